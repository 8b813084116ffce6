#include "evaluate/condition_phrase.h"

#include <algorithm>
#include <array>

#include "iamcheck/condition_operator.h"

namespace iamcheck {
namespace {

// How each comparison reads between the key and its values.
struct ComparisonWords {
  ConditionComparison comparison;
  std::string_view words;
  std::string_view negated;
};

constexpr std::array<ComparisonWords, 9> kWords = {{
    {ConditionComparison::kEqual, "were", "were not"},
    {ConditionComparison::kEqualIgnoringCase, "were (in any case)", "were not (in any case)"},
    {ConditionComparison::kLike, "were like", "were not like"},
    {ConditionComparison::kLess, "were below", "were not below"},
    {ConditionComparison::kLessOrEqual, "were at most", "were above"},
    {ConditionComparison::kGreater, "were above", "were not above"},
    {ConditionComparison::kGreaterOrEqual, "were at least", "were below"},
    {ConditionComparison::kInBlock, "were in", "were not in"},
    {ConditionComparison::kMissing, "", ""},
}};

// Lists longer than this end in a count: a condition may hold thousands of values.
constexpr std::size_t kMaxValues = 3;
// A value of a hostile policy may have megabytes.
constexpr std::size_t kMaxLength = 80;

std::string shortened(const std::string& value) {
  if (value.size() <= kMaxLength) return "`" + value + "`";
  std::size_t end = kMaxLength;
  while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) --end;
  return "`" + value.substr(0, end) + "...`";
}

std::string value_list(const ConditionEntry& entry) {
  std::string text;
  for (std::size_t i = 0; i < entry.values.size() && i < kMaxValues; ++i) {
    if (i > 0) text += i + 1 == entry.values.size() ? " or " : ", ";
    text += shortened(entry.values[i].value);
  }
  if (entry.values.size() > kMaxValues)
    text += " or one of " + std::to_string(entry.values.size() - kMaxValues) + " more";
  return text;
}

bool names_true(const ConditionEntry& entry) {
  return std::ranges::any_of(entry.values, [](const Text& value) {
    return value.value.size() == 4 && (value.value[0] == 't' || value.value[0] == 'T');
  });
}

}  // namespace

std::string condition_phrase(const ConditionEntry& entry, bool holds) {
  if (entry.condition_operator.unresolved || entry.key.unresolved)
    return std::string("the condition that is known only at deploy time") +
           (holds ? " held" : " did not hold");
  const std::optional<ConditionOperator> op =
      parse_condition_operator(entry.condition_operator.value);
  const std::string key = "`" + entry.key.value + "`";
  if (!op) return "the condition on " + key + (holds ? " held" : " did not hold");
  if (op->base->comparison == ConditionComparison::kMissing)
    return key + (names_true(entry) == holds ? " were absent" : " were present");
  std::string subject = key;
  if (op->set == SetQualifier::kForAllValues) subject = (holds ? "all of " : "some of ") + key;
  if (op->set == SetQualifier::kForAnyValue) subject = (holds ? "some of " : "none of ") + key;
  // "none of" has taken the negation already.
  const bool positive =
      op->set == SetQualifier::kForAnyValue ? !op->base->negated : op->base->negated != holds;
  for (const ComparisonWords& row : kWords) {
    if (row.comparison != op->base->comparison) continue;
    return subject + " " + std::string(positive ? row.words : row.negated) + " " +
           value_list(entry);
  }
  return "the condition on " + key + (holds ? " held" : " did not hold");
}

}  // namespace iamcheck
