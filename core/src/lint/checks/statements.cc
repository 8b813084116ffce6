// Statements that change nothing: proved by the analysis engine over all requests there are
// (docs/analysis.md), so that a finding is never a guess.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "iamcheck/analysis.h"
#include "lint/canonical_statement.h"
#include "lint/context.h"
#include "lint/deletion.h"
#include "lint/written_variable.h"

namespace iamcheck {
namespace {

using Kind = StatementUse::Kind;

std::string called(const Policy& policy, std::uint32_t index) {
  const Statement& statement = policy.statements[index];
  std::string text = "statement " + std::to_string(index);
  if (statement.sid && !statement.sid->value.empty()) text += " " + quoted(statement.sid->value);
  return text;
}

// `statement 0`, `statements 0 and 2`, `statements 0, 2 and 5`; of many only how many.
std::string called(const Policy& policy, const std::vector<std::uint32_t>& indexes) {
  constexpr std::size_t kMost = 4;
  if (indexes.size() == 1) return called(policy, indexes.front());
  if (indexes.size() > kMost) return std::to_string(indexes.size()) + " statements together";
  std::string text = "statements ";
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    if (i > 0) text += i + 1 == indexes.size() ? " and " : ", ";
    text += std::to_string(indexes[i]);
  }
  return text + " together";
}

// By index: the first statement that says the same in other words. What is broken says nothing.
std::vector<std::optional<std::uint32_t>> repeated(const Policy& policy) {
  std::map<CanonicalStatement, std::uint32_t> first;
  std::vector<std::optional<std::uint32_t>> same(policy.statements.size());
  for (std::uint32_t s = 0; s < policy.statements.size(); ++s) {
    const Statement& statement = policy.statements[s];
    if (!statement.effect || statement.condition_malformed) continue;
    const auto [place, fresh] = first.emplace(CanonicalStatement(statement), s);
    if (!fresh) same[s] = place->second;
  }
  return same;
}

void relate(const Policy& policy, const std::vector<std::uint32_t>& others, const char* what,
            Finding& finding) {
  for (const std::uint32_t other : others)
    finding.related.push_back({policy.statements[other].span, what});
}

// The statement's own elements, without the condition, are in order: what is broken there is said
// by other rules.
bool names_nothing(const Statement& statement) {
  const auto covers_all = [](const std::optional<ListElement>& list) {
    return list && std::ranges::any_of(list->values, [](const Text& value) {
             return !value.unresolved && is_everything(value.value);
           });
  };
  return covers_all(statement.not_action) || covers_all(statement.not_resource);
}

// The one condition that never holds, or the first two that never hold together; more than two:
// none.
std::vector<std::size_t> culprits(const Policy& policy, const Statement& statement) {
  constexpr std::size_t kMost = 12;
  const std::size_t count = std::min(statement.conditions.size(), kMost);
  std::vector<std::vector<std::size_t>> parts;
  parts.reserve(count * (count + 1) / 2);
  for (std::size_t i = 0; i < count; ++i) parts.push_back({i});
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = i + 1; j < count; ++j) parts.push_back({i, j});
  }
  for (const std::vector<std::size_t>& part : parts) {
    std::vector<ConditionEntry> conditions;
    conditions.reserve(part.size());
    for (const std::size_t i : part) conditions.push_back(statement.conditions[i]);
    if (contradict_each_other(conditions, policy.version)) return part;
  }
  return {};
}

// Lists without a value and operators that do not exist are for other rules, and what a template
// engine will put in place of a value is not known.
bool is_broken(const RuleContext& context, const ConditionEntry& entry) {
  return entry.values.empty() || !is_operator(entry.condition_operator.value) ||
         std::ranges::any_of(entry.values, [&](const Text& value) {
           return has_placeholder(without_policy_variables(context, value.value));
         });
}

std::string quoted_key(const ConditionEntry& entry) { return quoted(entry.key.value); }

}  // namespace

void check_redundant_statement(RuleContext& context) {
  const Policy& policy = context.policy();
  const auto same = repeated(policy);
  // Access Analyzer has one finding for all that are the same.
  const bool as_aws = context.profile() == Profile::kAccessAnalyzer;
  std::map<std::uint32_t, std::size_t> finding_of;
  for (const Statement& statement : policy.statements) {
    const std::optional<std::uint32_t>& first = same[statement.index];
    if (!first) continue;
    const auto known = as_aws ? finding_of.find(*first) : finding_of.end();
    if (known != finding_of.end()) {
      relate(policy, {static_cast<std::uint32_t>(statement.index)}, "this one too",
             context.findings()[known->second]);
      continue;
    }
    if (!context.full()) finding_of.emplace(*first, context.findings().size());
    Finding& finding = context.report(statement.span, path_of(policy, statement),
                                      called(policy, *first) + " says the same already");
    relate(policy, {*first}, "the first one", finding);
    finding.help = "delete one of the two: the policy stays the same";
    finding.fix = deletion_of(policy, statement);
  }
}

void check_shadowed_statement(RuleContext& context) {
  const Policy& policy = context.policy();
  const auto same = repeated(policy);
  for (const Statement& statement : policy.statements) {
    const StatementUse& use = context.use_of(statement);
    if (use.kind != Kind::kCovered || same[statement.index]) continue;
    const bool deny = statement.effect == Effect::kDeny;
    const bool mixed = !deny && std::ranges::any_of(use.by, [&](std::uint32_t other) {
      return policy.statements[other].effect == Effect::kDeny;
    });
    std::string message = deny    ? "whatever this statement denies, "
                          : mixed ? "whatever this statement allows is allowed or denied by "
                                  : "whatever this statement allows, ";
    message += called(policy, use.by);
    if (!mixed)
      message += std::string(deny ? " den" : " allow") +
                 (use.by.size() == 1 ? (deny ? "ies" : "s") : (deny ? "y" : "")) + " already";
    Finding& finding =
        context.report(statement.span, path_of(policy, statement), std::move(message));
    relate(policy, use.by, use.by.size() == 1 ? "covers it" : "covers a part of it", finding);
    finding.notes.emplace_back("proved for all requests: no decision changes without it");
    finding.help = "delete it, or the broader statement when that was not meant";
    finding.fix = deletion_of(policy, statement);
  }
}

void check_dead_statement(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    const StatementUse& use = context.use_of(statement);
    const bool deny = statement.effect == Effect::kDeny;
    if (use.kind == Kind::kTakenAway) {
      Finding& finding =
          context.report(statement.span, path_of(policy, statement),
                         "nothing of this statement is ever allowed: " + called(policy, use.by) +
                             (use.by.size() == 1 ? " denies all of it" : " deny all of it"));
      relate(policy, use.by, use.by.size() == 1 ? "denies it" : "denies a part of it", finding);
      finding.notes.emplace_back("an explicit deny wins over every allow");
      finding.help = "delete it, or narrow the Deny when the access was meant";
      finding.fix = deletion_of(policy, statement);
      continue;
    }
    if (use.kind != Kind::kNeverMatches || use.contradicts_itself || !names_nothing(statement))
      continue;
    Finding& finding =
        context.report(statement.span, path_of(policy, statement),
                       deny ? "this statement never denies anything: it leaves everything out"
                            : "this statement never allows anything: it leaves everything out");
    finding.help = "name what it is about, or delete it";
    finding.fix = deletion_of(policy, statement);
  }
}

void check_contradictory_conditions(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    const StatementUse& use = context.use_of(statement);
    if (use.kind != Kind::kNeverMatches || !use.contradicts_itself) continue;
    if (std::ranges::any_of(statement.conditions,
                            [&](const ConditionEntry& entry) { return is_broken(context, entry); }))
      continue;
    if (context.full()) {
      context.report(statement.span, {}, {});
      continue;
    }
    const std::vector<std::size_t> bad = culprits(policy, statement);
    std::string message = statement.effect == Effect::kDeny
                              ? "this statement never denies anything: "
                              : "this statement never allows anything: ";
    if (bad.empty()) {
      message += "its conditions never hold together";
    } else if (bad.size() == 1) {
      message += "no request meets its condition on " + quoted_key(statement.conditions[bad[0]]);
    } else {
      const std::string first = quoted_key(statement.conditions[bad[0]]);
      const std::string second = quoted_key(statement.conditions[bad[1]]);
      message.append("its conditions on ").append(first);
      if (first != second) message.append(" and ").append(second);
      message += " never hold together";
    }
    const Span place = bad.empty() ? statement.condition_span.value_or(statement.span)
                                   : statement.conditions[bad[0]].span;
    const std::string path = path_of(policy, statement) + ".Condition";
    Finding& finding = context.report(place, path, std::move(message));
    if (bad.size() == 2)
      finding.related.push_back({statement.conditions[bad[1]].span, "contradicts it"});
    finding.notes.emplace_back("all conditions of a statement must hold at once");
    finding.help = "two ways to be let in are two statements, or two values of one key";
  }
}

}  // namespace iamcheck
