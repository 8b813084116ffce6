#include "lint/insertion.h"

#include <algorithm>
#include <string>

namespace iamcheck {
namespace {

bool has_comments(const Policy& policy) {
  return std::ranges::any_of(policy.diagnostics, [](const PolicyDiagnostic& diagnostic) {
    return diagnostic.kind == PolicyDiagnostic::Kind::kForgiven;
  });
}

}  // namespace

std::optional<Edit> insertion_at_end(const Policy& policy, Span holder, std::string_view item) {
  if (!policy.source) return std::nullopt;
  const std::string_view text = policy.source->slice(holder);
  constexpr std::string_view kSpace = " \t\r\n";
  const bool object = text.starts_with("{") && text.ends_with("}");
  const bool list = text.starts_with("[") && text.ends_with("]");
  if (!object && !list) return std::nullopt;
  const std::size_t first = text.find_first_not_of(kSpace, 1);
  if (first + 1 >= text.size() || (object && text[first] != '"')) return std::nullopt;
  const std::size_t last = text.find_last_not_of(kSpace, text.size() - 2);
  // A comment could stand behind the last one; in a text such as `*/` it only looks like one.
  const bool closed = std::string_view("\"}]").find(text[last]) != std::string_view::npos;
  if (!closed || has_comments(policy)) return std::nullopt;
  const std::size_t line = text.rfind('\n', first);
  std::string gap = " ";
  if (line != std::string_view::npos) gap = text.substr(line, first - line);
  const auto at = static_cast<std::uint32_t>(holder.begin + last + 1);
  return Edit{{holder.source, at, at}, "," + gap + std::string(item)};
}

}  // namespace iamcheck
