// Operators that do not fit the type of their key (validation-semantics, "Keys and operators").
#include <algorithm>
#include <array>

#include "iamcheck/arn.h"
#include "lint/condition_edit.h"
#include "lint/condition_facts.h"

namespace iamcheck {
namespace {

// What AWS takes for a key of the type without a warning. The matrix has changed before: in 2026
// ARN operators on String keys began to be reported.
struct AllowedFamily {
  KeyType type;
  ConditionFamily family;
};
constexpr std::array<AllowedFamily, 8> kAllowed = {{
    {KeyType::kString, ConditionFamily::kString},
    {KeyType::kArn, ConditionFamily::kArn},
    {KeyType::kArn, ConditionFamily::kString},
    {KeyType::kBool, ConditionFamily::kBool},
    {KeyType::kNumeric, ConditionFamily::kNumeric},
    {KeyType::kDate, ConditionFamily::kDate},
    {KeyType::kIpAddress, ConditionFamily::kIpAddress},
    {KeyType::kBinary, ConditionFamily::kBinary},
}};

bool fits(const ConditionKey& key, ConditionFamily family) {
  if (family == ConditionFamily::kNull) return true;
  if (family == ConditionFamily::kNumeric && is_tag_key(key)) return true;
  return std::ranges::any_of(kAllowed, [&](const AllowedFamily& row) {
    return row.family == family && key.has_type(row.type);
  });
}

std::string families_of(const ConditionKey& key) {
  std::string text;
  for (const AllowedFamily& row : kAllowed) {
    if (!key.has_type(row.type)) continue;
    text += text.empty() ? "" : " or ";
    text += to_string(row.family);
  }
  return text;
}

bool is_open(std::string_view text) { return text.find_first_of("*?") != std::string_view::npos; }

// What changes when the value is compared part by part (S7.6): nothing where it is an ARN with
// wildcards in its last part only.
enum class PartByPart { kSame, kLess, kOther };

PartByPart compare_by_parts(const Text& value, bool variables) {
  const auto parts = split_arn(value.value, variables);
  constexpr std::size_t kArnParts = 6;
  if (value.unresolved || parts.size() != kArnParts || parts[0] != "arn") return PartByPart::kOther;
  const bool open = std::any_of(parts.begin(), parts.end() - 1, is_open);
  return open ? PartByPart::kLess : PartByPart::kSame;
}

std::optional<Fix> arn_operator(const Policy& policy, const ConditionPlace& place) {
  bool same = true;
  for (const Text& value : place.entry.values) {
    const PartByPart change = compare_by_parts(value, policy.has_variables());
    if (change == PartByPart::kOther) return std::nullopt;
    same = same && change == PartByPart::kSame;
  }
  // A pattern that matches less: an Allow allows less, and a denied pattern in a Deny denies more.
  const bool allow = place.statement.effect == Effect::kAllow;
  if (!same && allow == place.negated()) return std::nullopt;
  const std::string_view name = place.negated() ? "ArnNotLike" : "ArnLike";
  return with_operator(policy, place, with_base(known_operator(place), name), same,
                       "compare as ARNs, with " + quoted(name));
}

}  // namespace

void check_string_operator_on_arn(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const ConditionPlace& place : condition_places(policy)) {
    if (!place.op || place.op->base->family != ConditionFamily::kString ||
        place.op->base->comparison != ConditionComparison::kLike)
      continue;
    const auto key = catalogued_key(context.catalogue(), place);
    if (!key || !key->has_type(KeyType::kArn)) continue;
    const std::string_view wanted = place.negated() ? "ArnNotLike" : "ArnLike";
    Finding& finding =
        context.report(place.entry.key.span, path_of(policy, place),
                       quoted(key->name()) + " is an ARN, and " +
                           quoted(place.entry.condition_operator.value) + " compares it as a text");
    finding.notes.emplace_back(
        "a wildcard then runs on over the colons, into the account or the resource of another ARN");
    finding.help = "use " + quoted(to_string(with_base(known_operator(place), wanted)));
    if (!context.full()) finding.fix = arn_operator(policy, place);
  }
}

void check_operator_type_mismatch(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const ConditionPlace& place : condition_places(policy)) {
    if (!place.op) continue;
    const auto key = catalogued_key(context.catalogue(), place);
    if (!key || fits(*key, place.op->base->family)) continue;
    Finding& finding = context.report(
        place.entry.key.span, path_of(policy, place),
        quoted(key->name()) + " has the type " + std::string(to_string(key->type())) + ", which " +
            quoted(place.entry.condition_operator.value) + " does not compare");
    finding.help = "use an operator of the family " + families_of(*key);
  }
}

}  // namespace iamcheck
