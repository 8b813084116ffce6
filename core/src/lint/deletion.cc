#include "lint/deletion.h"

#include <string_view>

namespace iamcheck {
namespace {

bool is_one_comma(std::string_view between) {
  return between.find_first_not_of(" \t\r\n,") == std::string_view::npos &&
         between.find(',') != std::string_view::npos;
}

}  // namespace

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
  if (!is_one_comma(policy.source->slice(gap))) return std::nullopt;
  return Fix{true, "delete the statement", {{whole, ""}}};
}

std::optional<Fix> deletion_of(const Policy& policy, const ListElement& list,
                               const std::vector<std::size_t>& entries) {
  const std::vector<Text>& values = list.values;
  if (!policy.source || !list.is_list || entries.size() >= values.size()) return std::nullopt;
  for (std::size_t i = 0; i + 1 < values.size(); ++i) {
    const Span between{values[i].span.source, values[i].span.end, values[i + 1].span.begin};
    if (between.end < between.begin || !is_one_comma(policy.source->slice(between)))
      return std::nullopt;
  }
  std::vector<bool> goes(values.size(), false);
  for (const std::size_t i : entries) goes[i] = true;
  Fix fix{true, entries.size() == 1 ? "delete the entry" : "delete the entries", {}};
  bool kept_one = false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!goes[i]) {
      kept_one = true;
      continue;
    }
    // With the comma before it, or before the first that stays with the one behind.
    const Span& own = values[i].span;
    fix.edits.push_back({kept_one ? Span{own.source, values[i - 1].span.end, own.end}
                                  : Span{own.source, own.begin, values[i + 1].span.begin},
                         ""});
  }
  return fix;
}

std::optional<Edit> deletion_of(const Policy& policy, const Statement& statement, Span name,
                                Span value) {
  if (!policy.source || name.begin <= statement.span.begin || value.end >= statement.span.end)
    return std::nullopt;
  const std::string_view text = policy.source->slice(statement.span);
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t before = text.find_last_not_of(kSpace, name.begin - statement.span.begin - 1);
  const std::size_t after = text.find_first_not_of(kSpace, value.end - statement.span.begin);
  if (before == std::string_view::npos || after == std::string_view::npos ||
      text[name.begin - statement.span.begin] != '"') {
    return std::nullopt;
  }
  Span gone{statement.span.source, name.begin, value.end};
  if (text[before] == ',') {
    gone.begin = static_cast<std::uint32_t>(statement.span.begin + before);
    return Edit{gone, ""};
  }
  const std::size_t next = text.find_first_not_of(kSpace, after + 1);
  if (text[before] != '{' || text[after] != ',' || next == std::string_view::npos)
    return std::nullopt;
  gone.end = static_cast<std::uint32_t>(statement.span.begin + next);
  return Edit{gone, ""};
}

}  // namespace iamcheck
