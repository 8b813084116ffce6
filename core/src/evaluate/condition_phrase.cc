#include "evaluate/condition_phrase.h"

#include <algorithm>
#include <array>

#include "iamcheck/condition_operator.h"
#include "text/letter_case.h"

namespace iamcheck {
namespace {

// How each comparison reads between the verb and its values.
struct ComparisonWords {
  ConditionComparison comparison;
  std::string_view words;
  std::string_view negated;
};

constexpr std::array<ComparisonWords, 9> kWords = {{
    {ConditionComparison::kEqual, "", "not "},
    {ConditionComparison::kEqualIgnoringCase, "(in any case) ", "not (in any case) "},
    {ConditionComparison::kLike, "like ", "not like "},
    {ConditionComparison::kLess, "below ", "not below "},
    {ConditionComparison::kLessOrEqual, "at most ", "above "},
    {ConditionComparison::kGreater, "above ", "not above "},
    {ConditionComparison::kGreaterOrEqual, "at least ", "below "},
    {ConditionComparison::kInBlock, "in ", "not in "},
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

// What a condition with Bool or Null asks for.
struct Booleans {
  bool names_true = false;
  bool names_false = false;
  bool open = false;  // a policy variable, or known only at deploy time

  bool both() const { return names_true && names_false; }
  bool none() const { return !names_true && !names_false && !open; }
};

Booleans booleans_of(const ConditionEntry& entry) {
  Booleans out;
  for (const Text& value : entry.values) {
    out.names_true |= lowers_to(value.value, "true");
    out.names_false |= lowers_to(value.value, "false");
    out.open |= value.unresolved || value.value.find("${") != std::string::npos;
  }
  return out;
}

// Bool has two values, so what must not be the one must be the other, or missing.
std::string bool_phrase(const std::string& subject, const Booleans& asked, bool if_exists,
                        bool holds) {
  if (asked.both()) return subject + (holds ? "present" : "absent");
  const std::string wanted = asked.names_true == holds ? "`true`" : "`false`";
  return subject + wanted + (if_exists == holds ? " or absent" : "");
}

}  // namespace

bool can_come_out(const ConditionEntry& entry, bool holds) {
  const std::optional<ConditionOperator> op =
      parse_condition_operator(entry.condition_operator.value);
  if (!op ||
      (op->base->family != ConditionFamily::kBool && op->base->family != ConditionFamily::kNull))
    return true;
  const Booleans asked = booleans_of(entry);
  if (holds) return !asked.none();
  // A key is missing or not; `true` or `false` it is only when it is there.
  const bool holds_when_missing = op->base->family == ConditionFamily::kNull ||
                                  op->set == SetQualifier::kForAllValues ||
                                  (op->if_exists && op->set == SetQualifier::kNone);
  return !(asked.both() && holds_when_missing);
}

std::string condition_phrase(const ConditionEntry& entry, bool holds, Mood mood) {
  const std::string one = mood == Mood::kIs ? " is " : " were ";
  const std::string many = mood == Mood::kIs ? " are " : " were ";
  const std::string outcome = mood == Mood::kIs ? (holds ? " holds" : " does not hold")
                                                : (holds ? " held" : " did not hold");
  if (entry.condition_operator.unresolved || entry.key.unresolved)
    return "the condition that is known only at deploy time" + outcome;
  const std::optional<ConditionOperator> op =
      parse_condition_operator(entry.condition_operator.value);
  const std::string key = "`" + entry.key.value + "`";
  if (!op) return "the condition on " + key + outcome;
  const Booleans asked = booleans_of(entry);
  if (op->base->comparison == ConditionComparison::kMissing)
    return key + one + (asked.names_true == holds ? "absent" : "present");
  if (op->base->family == ConditionFamily::kBool && op->set == SetQualifier::kNone && !asked.open &&
      !asked.none())
    return bool_phrase(key + one, asked, op->if_exists, holds);
  std::string subject = key + one;
  if (op->set == SetQualifier::kForAllValues)
    subject = (holds ? "all of " : "some of ") + key + many;
  if (op->set == SetQualifier::kForAnyValue)
    subject = (holds ? "some of " : "none of ") + key + many;
  // "none of" has taken the negation already.
  const bool positive =
      op->set == SetQualifier::kForAnyValue ? !op->base->negated : op->base->negated != holds;
  for (const ComparisonWords& row : kWords) {
    if (row.comparison != op->base->comparison) continue;
    std::string words(positive ? row.words : row.negated);
    const bool hangs_on_absence =
        op->if_exists && !op->base->negated && op->set == SetQualifier::kNone;
    // A missing key makes it hold too.
    if (hangs_on_absence && !holds) words.insert(0, "present and ");
    subject.append(words).append(value_list(entry));
    if (hangs_on_absence && holds) subject += " or absent";
    return subject;
  }
  return "the condition on " + key + outcome;
}

}  // namespace iamcheck
