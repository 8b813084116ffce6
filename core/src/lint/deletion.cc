#include "lint/deletion.h"

#include <string_view>

namespace iamcheck {

std::optional<Fix> deletion_of(const Policy& policy, const Statement& statement) {
  if (!policy.source || !policy.statement_is_list || policy.statements.size() < 2)
    return std::nullopt;
  const std::size_t index = statement.index;
  // With the comma behind the statement before it, or that before the one that follows.
  Span whole = statement.span, gap = statement.span;
  if (index > 0) {
    gap.begin = policy.statements[index - 1].span.end;
    gap.end = statement.span.begin;
    whole.begin = gap.begin;
  } else {
    gap.begin = statement.span.end;
    gap.end = policy.statements[1].span.begin;
    whole.end = gap.end;
  }
  if (gap.end < gap.begin) return std::nullopt;
  const std::string_view between = policy.source->slice(gap);
  if (between.find_first_not_of(" \t\r\n,") != std::string_view::npos ||
      between.find(',') == std::string_view::npos)
    return std::nullopt;
  return Fix{true, "delete the statement", {{whole, ""}}};
}

}  // namespace iamcheck
