#include "lint/federated_provider.h"

#include <algorithm>
#include <utility>

#include "lint/context.h"
#include "lint/principal_places.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

using Kind = FederatedProvider::Kind;

constexpr std::string_view kSamlPart = ":saml-provider/";
constexpr std::string_view kOidcPart = ":oidc-provider/";

// A host name with at least one dot, and perhaps a path.
bool is_domain(std::string_view text) {
  const std::string_view host = text.substr(0, text.find('/'));
  const auto allowed = [](char c) {
    const char lower = ascii_lower(c);
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  };
  return host.find('.') != std::string_view::npos && host.front() != '.' && host.back() != '.' &&
         std::all_of(host.begin(), host.end(), allowed) &&
         text.find_first_of(" *?:") == std::string_view::npos;
}

}  // namespace

FederatedProvider federated_provider(const Text& value) {
  if (value.unresolved) return {};
  const std::string_view text = value.value;
  if (text.starts_with("arn:")) {
    if (text.find(kSamlPart) != std::string_view::npos) return {Kind::kSaml, {}};
    const std::size_t at = text.find(kOidcPart);
    if (at != std::string_view::npos) {
      const std::string_view host = text.substr(at + kOidcPart.size());
      return {Kind::kOidc, has_placeholder(host) ? std::string_view() : host};
    }
  }
  if (has_placeholder(text)) return {};
  if (!text.empty() && is_domain(text)) return {Kind::kOidc, text};
  return {Kind::kInvalid, {}};
}

void Claims::read(const Statement& statement) {
  if (statement_ == &statement) return;
  statement_ = &statement;
  open_ = false;
  keys_.clear();
  hosts_.clear();
  for (const ConditionPlace& place : condition_places(statement)) {
    const bool null = place.op && place.op->base->family == ConditionFamily::kNull;
    if (null || place.negated()) continue;
    if (!is_literal(place.entry.key)) {
      open_ = true;
      continue;
    }
    std::string key = ascii_lower(place.entry.key.value);
    const std::size_t colon = key.find(':');
    if (colon != std::string::npos) hosts_.insert(key.substr(0, colon));
    keys_.insert(std::move(key));
  }
}

bool Claims::ask_for(std::string_view host, std::string_view claim) const {
  if (open_) return true;
  if (host.empty()) return !keys_.empty();
  std::string key = ascii_lower(host);
  if (claim.empty()) return hosts_.contains(key);
  key.append(":").append(ascii_lower(claim));
  return keys_.contains(key);
}

}  // namespace iamcheck
