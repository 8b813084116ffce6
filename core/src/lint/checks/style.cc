// How a policy is written. None of this changes what it means.
#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "lint/canonical_statement.h"
#include "lint/condition_values.h"
#include "lint/context.h"
#include "lint/deletion.h"
#include "lint/edits.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

// ---- mergeable-statements ----

using ListOf = std::optional<ListElement> Statement::*;

struct Mergeable {
  std::size_t first = 0;
  ListOf list = nullptr;
  std::string_view element;
};

// By place among the statements: the first one that differs in this element alone.
void find_mergeable(const Policy& policy, ListOf list, std::string_view element,
                    std::vector<std::optional<Mergeable>>& out) {
  std::map<CanonicalStatement, std::size_t> first;
  for (std::size_t s = 0; s < policy.statements.size(); ++s) {
    const Statement& statement = policy.statements[s];
    const auto& values = statement.*list;
    if (!statement.effect || statement.condition_malformed || !values || values->values.empty())
      continue;
    const auto [place, fresh] = first.emplace(CanonicalStatement(statement, element), s);
    if (!fresh && !out[s]) out[s] = Mergeable{place->second, list, element};
  }
}

// The values of the second behind those of the first, and the second deleted.
std::optional<Fix> merging(const Policy& policy, const ListElement& into, const ListElement& from,
                           const Statement& second) {
  std::optional<Fix> fix = deletion_of(policy, second);
  if (!fix || !raw_text(policy, policy.span).starts_with("{")) return std::nullopt;
  std::string added;
  for (const Text& value : from.values) {
    const bool known = std::ranges::any_of(into.values, [&](const Text& other) {
      return other.value == value.value && other.unresolved == value.unresolved;
    });
    if (!known) added.append(", ").append(raw_text(policy, value.span));
  }
  if (into.is_list) {
    const Span& last = into.values.back().span;
    fix->edits.push_back({{last.source, last.end, last.end}, added});
  } else {
    fix->edits.push_back({into.span, "[" + std::string(raw_text(policy, into.span)) + added + "]"});
  }
  fix->description = "merge it into the other statement";
  return fix;
}

// ---- action-case ----

// Service in lower case, name as AWS writes it; the name of a pattern stays.
std::string canonical_action(const Catalogue& catalogue, std::string_view text) {
  if (const auto action = catalogue.find_action(text)) return action->full_name();
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || !catalogue.find_service(text.substr(0, colon)))
    return std::string(text);
  return ascii_lower(text.substr(0, colon)).append(text.substr(colon));
}

std::string canonical_key(const Catalogue& catalogue, std::string_view text) {
  const auto key = catalogue.find_condition_key(text);
  if (!key) return std::string(text);
  const std::string_view prefix = key->template_prefix(), suffix = key->template_suffix();
  if (!key->is_template()) return std::string(prefix);
  if (text.size() < prefix.size() + suffix.size()) return std::string(text);
  // What stands for the placeholder is the user's.
  return std::string(prefix)
      .append(text.substr(prefix.size(), text.size() - prefix.size() - suffix.size()))
      .append(suffix);
}

void report_case(RuleContext& context, const Text& text, std::string path,
                 const std::string& canonical) {
  if (text.value == canonical || !equals_ignoring_case(text.value, canonical)) return;
  Finding& finding = context.report(
      text.span, std::move(path), "AWS writes " + quoted(text.value) + " as " + quoted(canonical));
  finding.help = "write it so: searches and reviews find it";
  if (is_plain(context.policy(), text))
    finding.fix = Fix{true, "write " + quoted(canonical), {{text.span, json_string(canonical)}}};
}

// ---- unsorted-actions ----

void report_unsorted(RuleContext& context, const std::vector<ListEntry>& entries) {
  if (entries.size() < 2) return;
  const Policy& policy = context.policy();
  std::vector<std::pair<std::string, std::size_t>> sorted;
  for (const ListEntry& entry : entries) {
    if (entry.text.unresolved) return;
    sorted.emplace_back(ascii_lower(entry.text.value), entry.index);
  }
  const auto out_of_order = std::ranges::is_sorted_until(sorted);
  if (out_of_order == sorted.end()) return;
  const ListEntry& entry = entries[out_of_order->second];
  const ListEntry& before = entries[entry.index - 1];
  const bool keep = !context.full();
  Finding& finding = context.report(
      entry.text.span, path_of(policy, entry),
      quoted(entry.text.value) + " comes before " + quoted(before.text.value) + " in the alphabet");
  if (!keep) return;
  finding.related.push_back({before.text.span, "the entry before it", true});
  finding.help = "sort the list: differences between versions become small";
  std::ranges::sort(sorted);
  Fix fix{true, "sort the list", {}};
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Text& moved = entries[sorted[i].second].text;
    if (sorted[i].second == i) continue;
    fix.edits.push_back({entries[i].text.span, std::string(raw_text(policy, moved.span))});
  }
  finding.fix = std::move(fix);
}

// ---- scalar-array-style ----

struct SingleValue {
  const Statement& statement;
  std::string_view element;
  const ListElement& list;
};

std::vector<SingleValue> single_values(const Policy& policy) {
  std::vector<SingleValue> singles;
  for (const Statement& statement : policy.statements) {
    const auto add = [&](std::string_view name, const std::optional<ListElement>& list) {
      if (list && list->values.size() == 1) singles.push_back({statement, name, *list});
    };
    add("Action", statement.action);
    add("NotAction", statement.not_action);
    add("Resource", statement.resource);
    add("NotResource", statement.not_resource);
  }
  return singles;
}

}  // namespace

void check_mergeable_statements(RuleContext& context) {
  const Policy& policy = context.policy();
  std::vector<std::optional<Mergeable>> mergeable(policy.statements.size());
  find_mergeable(policy, &Statement::action, "Action", mergeable);
  find_mergeable(policy, &Statement::resource, "Resource", mergeable);
  std::map<CanonicalStatement, std::size_t> same;
  for (std::size_t s = 0; s < policy.statements.size(); ++s) {
    const Statement& statement = policy.statements[s];
    // A statement that says the same is a finding of redundant-statement.
    const bool repeated = !same.emplace(CanonicalStatement(statement), s).second;
    const auto& found = mergeable[s];
    if (repeated || !found) continue;
    const Statement& first = policy.statements[found->first];
    const auto& into = first.*(found->list);
    const auto& from = statement.*(found->list);
    if (!into || !from) continue;
    const bool keep = !context.full();
    Finding& finding =
        context.report(statement.span, path_of(policy, statement),
                       "this statement differs from statement " + std::to_string(first.index) +
                           " only in its " + std::string(found->element));
    if (!keep) continue;
    finding.related.push_back({first.span, "that one", true});
    finding.help = "write one statement with both lists";
    finding.fix = merging(policy, *into, *from, statement);
  }
}

void check_action_case(RuleContext& context) {
  const Policy& policy = context.policy();
  const Catalogue& catalogue = context.catalogue();
  for (const ListEntry& entry : action_entries(policy)) {
    if (entry.text.unresolved) continue;
    report_case(context, entry.text, path_of(policy, entry),
                canonical_action(catalogue, entry.text.value));
  }
  const Span* last = nullptr;
  for (const ConditionPlace& place : condition_places(policy)) {
    const Text& name = place.entry.condition_operator;
    const bool first = last == nullptr || *last != name.span;
    last = &name.span;
    if (place.op && first)
      report_case(context, name, path_of(policy, place.statement) + ".Condition." + name.value,
                  to_string(*place.op));
    if (!place.entry.key.unresolved)
      report_case(context, place.entry.key, path_of(policy, place),
                  canonical_key(catalogue, place.entry.key.value));
  }
}

void check_unsorted_actions(RuleContext& context) {
  for (const Statement& statement : context.policy().statements) {
    report_unsorted(context, entries_of(statement, "Action", statement.action));
    report_unsorted(context, entries_of(statement, "NotAction", statement.not_action));
    report_unsorted(context, entries_of(statement, "Resource", statement.resource));
    report_unsorted(context, entries_of(statement, "NotResource", statement.not_resource));
  }
}

void check_scalar_array_style(RuleContext& context) {
  const Policy& policy = context.policy();
  const std::vector<SingleValue> singles = single_values(policy);
  const auto lists =
      std::ranges::count_if(singles, [](const SingleValue& single) { return single.list.is_list; });
  const auto scalars = static_cast<std::ptrdiff_t>(singles.size()) - lists;
  if (lists == 0 || scalars == 0) return;
  // Those that are fewer are to follow; of equally many, the lists.
  const bool odd_ones_are_lists = lists <= scalars;
  Finding* finding = nullptr;
  Fix fix{
      true,
      odd_ones_are_lists ? "write single values without brackets" : "write single values as lists",
      {}};
  for (const SingleValue& single : singles) {
    if (single.list.is_list != odd_ones_are_lists) continue;
    const std::string value(raw_text(policy, single.list.values[0].span));
    fix.edits.push_back({single.list.span, odd_ones_are_lists ? value : "[" + value + "]"});
    if (finding != nullptr) {
      finding->related.push_back({single.list.span, "this one too"});
      continue;
    }
    const std::string path = path_of(policy, single.statement) + "." + std::string(single.element);
    finding = &context.report(single.list.span, path,
                              odd_ones_are_lists
                                  ? "single values are lists here and plain values elsewhere"
                                  : "single values are plain here and lists elsewhere");
    finding->help = "write single values in one way throughout the policy";
  }
  if (finding != nullptr && raw_text(policy, policy.span).starts_with("{"))
    finding->fix = std::move(fix);
}

}  // namespace iamcheck
