// Conditions that AWS's grammar does not take, whatever they say.
#include <algorithm>
#include <map>
#include <string>

#include "iamcheck/suggestion.h"
#include "lint/condition_values.h"
#include "lint/context.h"
#include "lint/edits.h"
#include "lint/written_variable.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

enum class JsonType : std::uint8_t { kText, kNumber, kBoolean };

// The model keeps values as texts; what they were stands in the source. Outside of JSON a text has
// no quotes, and cannot be told from a number.
std::optional<JsonType> written_type(const Policy& policy, const Text& value) {
  const std::string_view raw = raw_text(policy, value.span);
  if (raw.empty() || value.unresolved) return std::nullopt;
  if (raw.front() == '"') return JsonType::kText;
  if (raw == "true" || raw == "false") return JsonType::kBoolean;
  if (!raw_text(policy, policy.span).starts_with("{")) return std::nullopt;
  return JsonType::kNumber;
}

bool is_mixed(const Policy& policy, const ConditionEntry& entry) {
  std::optional<JsonType> first;
  for (const Text& value : entry.values) {
    const std::optional<JsonType> type = written_type(policy, value);
    if (!type) continue;
    if (first && first != type) return true;
    first = type;
  }
  return false;
}

// `prefix:name`; the name may hold further colons, as in `kms:EncryptionContext:app`.
bool is_well_formed_key(std::string_view key) {
  const std::size_t colon = key.find(':');
  return colon != std::string_view::npos && colon > 0 && colon + 1 < key.size();
}

bool has_same_values(const ConditionEntry& a, const ConditionEntry& b) {
  return std::ranges::equal(a.values, b.values, [](const Text& x, const Text& y) {
    return x.value == y.value && x.unresolved == y.unresolved;
  });
}

}  // namespace

void check_null_ifexists(RuleContext& context) {
  const Policy& policy = context.policy();
  const Span* last = nullptr;
  for (const ConditionPlace& place : condition_places(policy)) {
    const Text& name = place.entry.condition_operator;
    if (!place.op || is_operator(name.value)) continue;
    // The keys of one operator stand side by side: one finding for all of them.
    if (last != nullptr && *last == name.span) continue;
    last = &name.span;
    Finding& finding =
        context.report(name.span, path_of(policy, place.statement) + ".Condition." + name.value,
                       "`Null` takes no `IfExists`; AWS refuses this policy");
    finding.notes.emplace_back("`Null` asks whether the key exists: there is nothing to add");
    finding.help = did_you_mean({"Null"});
    constexpr std::string_view kSuffix = "IfExists";
    const std::string rest = name.value.substr(0, name.value.size() - kSuffix.size());
    if (is_plain(policy, name))
      finding.fix = Fix{false, "delete `IfExists`", {{name.span, json_string(rest)}}};
  }
}

void check_null_with_qualifier(RuleContext& context) {
  const Policy& policy = context.policy();
  const Span* last = nullptr;
  for (const ConditionPlace& place : condition_places(policy)) {
    const Text& name = place.entry.condition_operator;
    if (!place.op || place.op->set == SetQualifier::kNone) continue;
    if (place.op->base->family != ConditionFamily::kNull || place.op->if_exists) continue;
    if (last != nullptr && *last == name.span) continue;
    last = &name.span;
    const bool all = place.op->set == SetQualifier::kForAllValues;
    Finding& finding =
        context.report(name.span, path_of(policy, place.statement) + ".Condition." + name.value,
                       std::string("`Null` looks at no value, and takes no `") +
                           (all ? "ForAllValues" : "ForAnyValue") + "`");
    finding.help = did_you_mean({"Null"});
    // What AWS makes of the prefix is not documented: the meaning may change.
    if (is_plain(policy, name)) finding.fix = with_operator(policy, place, "Null");
    if (finding.fix) finding.fix->safe = false;
  }
}

void check_invalid_condition_key_format(RuleContext& context) {
  for (const ConditionPlace& place : condition_places(context.policy())) {
    const Text& key = place.entry.key;
    if (key.unresolved || place.entry.condition_operator.unresolved) continue;
    if (is_well_formed_key(key.value) || is_left_open(context, key.value)) continue;
    const std::string what = key.value.empty() ? std::string("an empty text") : quoted(key.value);
    Finding& finding = context.report(key.span, path_of(context.policy(), place),
                                      what + " is no condition key: one is `prefix:name`");
    finding.help = "write the prefix too, such as `aws:SourceIp` or `s3:prefix`";
  }
}

void check_duplicate_condition_key_case(RuleContext& context) {
  const Policy& policy = context.policy();
  // By operator as written, and key without case.
  std::map<std::pair<std::uint32_t, std::string>, const ConditionEntry*> first;
  // Access Analyzer has one finding for all forms of a key.
  const bool as_aws = context.profile() == Profile::kAccessAnalyzer;
  std::map<const ConditionEntry*, std::size_t> finding_of;
  for (const ConditionPlace& place : condition_places(policy)) {
    const ConditionEntry& entry = place.entry;
    if (entry.key.unresolved || entry.condition_operator.unresolved) continue;
    const auto [known, fresh] = first.try_emplace(
        {entry.condition_operator.span.begin, ascii_lower(entry.key.value)}, &entry);
    if (fresh) continue;
    const bool keep = !context.full();
    const ConditionEntry& other = *known->second;
    if (const auto told = finding_of.find(&other); as_aws && told != finding_of.end()) {
      context.findings()[told->second].related.push_back({entry.key.span, "this one too"});
      continue;
    }
    if (keep) finding_of.emplace(&other, context.findings().size());
    Finding& finding = context.report(entry.key.span, path_of(policy, place),
                                      quoted(entry.key.value) + " and " + quoted(other.key.value) +
                                          " are the same key, twice in one operator");
    finding.related.push_back({other.key.span, "the first one"});
    finding.notes.emplace_back("condition keys are compared without case; AWS refuses this policy");
    finding.help = "write one key with the values that are meant";
    if (!keep || !has_same_values(entry, other)) continue;
    if (const auto edit = deletion_of_member(policy, entry.key.span, entry.span))
      finding.fix = Fix{true, "delete the second one", {*edit}};
  }
}

void check_mixed_condition_value_types(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const PolicyDiagnostic& diagnostic : policy.diagnostics) {
    if (!diagnostic.of_condition_value) continue;
    Finding& finding = context.report(diagnostic.span, diagnostic.path, diagnostic.message);
    finding.notes.emplace_back("AWS refuses this policy; here the statement never matches");
    finding.help = "write a string, or a list of strings";
  }
  for (const ConditionPlace& place : condition_places(policy)) {
    if (!place.entry.is_list || !is_mixed(policy, place.entry)) continue;
    const bool keep = !context.full();
    Finding& finding =
        context.report(place.entry.key.span, path_of(policy, place),
                       "the values of " + quoted(place.entry.key.value) + " mix JSON types");
    if (!keep) continue;
    finding.help = "write all of them as strings";
    Fix fix{true, "write the values as strings", {}};
    for (const Text& value : place.entry.values) {
      const auto type = written_type(policy, value);
      if (!type || type == JsonType::kText) continue;
      finding.related.push_back({value.span, "not a string", true});
      fix.edits.push_back({value.span, json_string(value.value)});
    }
    finding.fix = std::move(fix);
  }
}

void check_multiple_booleans(RuleContext& context) {
  for (const ConditionPlace& place : condition_places(context.policy())) {
    if (!place.op || place.entry.values.size() < 2) continue;
    const ConditionFamily family = place.op->base->family;
    if (family != ConditionFamily::kBool && family != ConditionFamily::kNull) continue;
    Finding& finding =
        context.report(place.entry.key.span, path_of(context.policy(), place),
                       "`" + std::string(place.op->base->name) + "` takes one value, and has " +
                           std::to_string(place.entry.values.size()));
    finding.notes.emplace_back("a list of `true` and `false` holds for both; AWS refuses it");
    finding.help = "write the one value that is meant, or delete the condition";
  }
}

}  // namespace iamcheck
