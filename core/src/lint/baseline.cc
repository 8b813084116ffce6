#include "iamcheck/baseline.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "iamcheck/document.h"
#include "text/sha256.h"

namespace iamcheck {
namespace {

constexpr std::string_view kSchema = "iamcheck/baseline/v1";
constexpr std::size_t kHashBytes = 8;
constexpr std::string_view kDigits = "0123456789abcdef";

std::string hex(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::optional<std::string> bytes_of(std::string_view text) {
  std::string bytes;
  if (text.size() % 2 != 0) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const std::size_t high = kDigits.find(text[i]), low = kDigits.find(text[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    bytes += static_cast<char>(static_cast<unsigned char>(high << 4 | low));
  }
  return bytes;
}

Error invalid(std::string message) {
  return {ErrorCode::kInvalidArgument,
          std::move(message),
          "write a new one with `iamcheck baseline`",
          {}};
}

}  // namespace

Baseline Baseline::with_key(std::string key) {
  Baseline baseline;
  baseline.key_ = std::move(key);
  return baseline;
}

Result<Baseline> Baseline::from_json(std::string_view text) {
  const Result<Document> document =
      read_json(Source::from_bytes("baseline", std::string(text)), {});
  if (!document) return document.error();
  const Node* schema = document->root.find("schema");
  const Node* key = document->root.find("key");
  const Node* findings = document->root.find("findings");
  if (schema == nullptr || schema->text != kSchema || key == nullptr || findings == nullptr)
    return invalid("it is no baseline of version 1");
  const std::optional<std::string> bytes = bytes_of(key->text);
  if (!bytes || bytes->size() < 16) return invalid("the key of the baseline is damaged");
  Baseline baseline = with_key(*bytes);
  for (const Node& one : findings->items) {
    const Node* rule = one.find("rule");
    const Node* hash = one.find("hash");
    if (rule == nullptr || hash == nullptr || hash->text.size() != 2 * kHashBytes)
      return invalid("an entry of the baseline has no rule or no hash");
    const Node* path = one.find("path");
    baseline.entries_.push_back({path != nullptr ? path->text : "", 0, rule->text, hash->text});
    ++baseline.left_[rule->text + "\n" + hash->text];
  }
  return baseline;
}

std::string Baseline::hash_of(const Finding& finding, const Source& source) const {
  std::string value(source.slice(finding.span));
  // The value of a credential is the same wherever it stands.
  if (!finding.credential) value = finding.document_path + "\n" + value;
  const Sha256 digest = hmac_sha256(key_, finding.rule + "\n" + value);
  return hex({reinterpret_cast<const char*>(digest.data()), kHashBytes});
}

void Baseline::add(const Finding& finding, const Source& source) {
  std::string hash = hash_of(finding, source);
  ++left_[finding.rule + "\n" + hash];
  entries_.push_back(
      {source.name(), source.position(finding.span.begin).line, finding.rule, std::move(hash)});
}

std::string Baseline::to_json() const {
  using Json = nlohmann::ordered_json;
  std::vector<Entry> sorted = entries_;
  std::ranges::sort(sorted);
  Json findings = Json::array();
  for (const Entry& one : sorted) {
    findings.push_back(
        {{"rule", one.rule}, {"hash", one.hash}, {"path", one.path}, {"line", one.line}});
  }
  const Json json = {{"schema", kSchema}, {"key", hex(key_)}, {"findings", std::move(findings)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void Baseline::apply(std::vector<Finding>& findings, const Source& source) {
  for (Finding& finding : findings) {
    if (finding.suppression) continue;
    const auto entry = left_.find(finding.rule + "\n" + hash_of(finding, source));
    if (entry == left_.end() || entry->second == 0) continue;
    --entry->second;
    finding.suppression = Suppression{Suppression::Kind::kBaseline, "it was there before"};
  }
}

std::size_t Baseline::unused() const {
  std::size_t count = 0;
  for (const auto& [name, left] : left_) count += left;
  return count;
}

}  // namespace iamcheck
