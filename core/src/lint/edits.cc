#include "lint/edits.h"

#include <algorithm>
#include <array>

namespace iamcheck {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

bool is_empty_between(const Policy& policy, const Span& span, char open, char close) {
  const std::string_view text = raw_text(policy, span);
  return text.size() >= 2 && text.front() == open && text.back() == close &&
         text.substr(1, text.size() - 2).find_first_not_of(kSpaces) == std::string_view::npos;
}

std::uint32_t offset(std::size_t position) { return static_cast<std::uint32_t>(position); }

}  // namespace

std::string_view raw_text(const Policy& policy, const Span& span) {
  return policy.source ? policy.source->slice(span) : std::string_view();
}

std::string json_string(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.append({'\\', c});
    } else if (code < 0x20U) {
      out.append("\\u00").append({kHex[code >> 4U], kHex[code & 15U]});
    } else {
      out += c;
    }
  }
  return out += '"';
}

bool is_plain(const Policy& policy, const Text& text) {
  const std::string_view raw = raw_text(policy, text.span);
  return !text.unresolved && raw.size() == text.value.size() + 2 && raw.front() == '"' &&
         raw.back() == '"' && raw.substr(1, text.value.size()) == text.value;
}

bool is_empty_list(const Policy& policy, const Span& span) {
  return is_empty_between(policy, span, '[', ']');
}

bool is_empty_object(const Policy& policy, const Span& span) {
  return is_empty_between(policy, span, '{', '}');
}

std::optional<Span> name_of_member(const Policy& policy, std::string_view name, const Span& value) {
  if (!policy.source) return std::nullopt;
  const std::string_view text = policy.source->text();
  std::size_t end = std::min<std::size_t>(value.begin, text.size());
  for (const char expected : {':', '"'}) {
    const std::size_t last = text.substr(0, end).find_last_not_of(kSpaces);
    if (last == std::string_view::npos || text[last] != expected) return std::nullopt;
    end = expected == ':' ? last : last + 1;
  }
  const std::string written = json_string(name);
  if (!text.substr(0, end).ends_with(written)) return std::nullopt;
  return Span{value.source, offset(end - written.size()), offset(end)};
}

std::optional<Edit> deletion_of_member(const Policy& policy, const Span& name, const Span& value) {
  if (!raw_text(policy, name).starts_with("\"")) return std::nullopt;
  const std::string_view text = policy.source->text();
  const std::size_t behind = text.find_first_not_of(kSpaces, value.end);
  if (behind == std::string_view::npos) return std::nullopt;
  if (text[behind] == ',') {
    const std::size_t next = text.find_first_not_of(kSpaces, behind + 1);
    if (next == std::string_view::npos || text[next] != '"') return std::nullopt;
    return Edit{{name.source, name.begin, offset(next)}, ""};
  }
  if (text[behind] != '}') return std::nullopt;
  const std::size_t before = text.substr(0, name.begin).find_last_not_of(kSpaces);
  if (before == std::string_view::npos) return std::nullopt;
  if (text[before] == '{') return Edit{{name.source, name.begin, value.end}, ""};
  if (text[before] != ',') return std::nullopt;
  return Edit{{name.source, offset(before), value.end}, ""};
}

std::optional<std::vector<Edit>> deletion_of_items(const Policy& policy,
                                                   std::span<const Span> items,
                                                   std::span<const std::size_t> drop) {
  if (!policy.source || drop.size() >= items.size()) return std::nullopt;
  for (std::size_t i = 1; i < items.size(); ++i) {
    if (items[i].begin < items[i - 1].end) return std::nullopt;
    const Span gap{items[i].source, items[i - 1].end, items[i].begin};
    const std::string_view between = raw_text(policy, gap);
    if (between.find_first_not_of(" \t\r\n,") != std::string_view::npos ||
        std::ranges::count(between, ',') != 1)
      return std::nullopt;
  }
  std::vector<bool> dropped(items.size());
  for (const std::size_t i : drop) dropped[i] = true;
  std::size_t last_kept = items.size() - 1;
  while (dropped[last_kept]) --last_kept;
  std::vector<Edit> edits;
  for (std::size_t i = 0; i < last_kept; ++i) {
    if (dropped[i]) edits.push_back({{items[i].source, items[i].begin, items[i + 1].begin}, ""});
  }
  if (last_kept + 1 < items.size())
    edits.push_back({{items[0].source, items[last_kept].end, items.back().end}, ""});
  return edits;
}

std::optional<Edit> deletion_of_condition(const Policy& policy, const Statement& statement) {
  if (!statement.condition_span) return std::nullopt;
  const auto name = name_of_member(policy, "Condition", *statement.condition_span);
  if (!name) return std::nullopt;
  return deletion_of_member(policy, *name, *statement.condition_span);
}

bool may_have_variables(const Policy& policy) {
  constexpr std::array<std::string_view, 4> kSigns = {"${", "\\u0024", "\\u007b", "\\u007B"};
  const std::string_view text = raw_text(policy, policy.span);
  return std::ranges::any_of(
      kSigns, [&](std::string_view sign) { return text.find(sign) != std::string_view::npos; });
}

}  // namespace iamcheck
