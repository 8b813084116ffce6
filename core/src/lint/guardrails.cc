// What a policy grants of what a guardrail forbids. A finding is a request; silence is a proof.
#include "lint/guardrails.h"

#include <algorithm>
#include <string>
#include <utility>

#include "iamcheck/analysis.h"
#include "iamcheck/arn.h"

namespace iamcheck {
namespace {

// `iam:PassRole on arn:... by arn:...:user/someone, with aws:SourceIp = 192.0.2.1`
std::string in_words(const RequestFields& request) {
  std::string text = request.action + " on " + request.resource + " by " + request.principal;
  const char* before = ", with ";
  for (const Context::Entry& entry : request.context.entries()) {
    std::string value = entry.single;
    if (entry.state == ContextValue::State::kList) {
      value = "[";
      for (std::size_t i = 0; i < entry.list.size(); ++i)
        value.append(i == 0 ? "" : ", ").append(entry.list[i]);
      value += "]";
    } else if (entry.state != ContextValue::State::kSingle) {
      continue;
    }
    text.append(before).append(entry.key.name()).append(" = ").append(value);
    before = " and ";
  }
  return text;
}

struct Place {
  Span span;
  std::string path;
};

// The entry of Action that lets the request through, or all of them.
Place place_of(const Policy& policy, const Statement& statement,
               const std::optional<RequestFields>& request) {
  const std::string path = path_of(policy, statement);
  if (!statement.action) {
    if (!statement.not_action) return {statement.span, path};
    return {statement.not_action->span, path + ".NotAction"};
  }
  for (const ListEntry& entry : entries_of(statement, "Action", statement.action)) {
    if (request && !entry.text.unresolved &&
        ActionPattern(entry.text.value).matches(request->action))
      return {entry.text.span, path_of(policy, entry)};
  }
  return {statement.action->span, path + ".Action"};
}

// Statements of the policy, in order, that allow something forbidden.
std::vector<const Statement*> statements_of(const Policy& policy, const AccessAnswer& answer) {
  std::vector<const Statement*> statements;
  for (const StatementRef& ref : answer.reasons) {
    if (ref.policy == 0 && ref.statement < policy.statements.size())
      statements.push_back(&policy.statements[ref.statement]);
  }
  return statements;
}

}  // namespace

void check_guardrail(const Guardrail& guardrail, RuleContext& context) {
  const Policy& policy = context.policy();
  AnalysisOptions real;
  real.real_callers = true;
  AccessAnswer answer = forbidden_access(policy, guardrail.forbidden, context.kind(), real);
  if (answer.verdict == Verdict::kPass) return;
  const auto at = [&](const std::vector<const Statement*>& statements) -> Finding& {
    Place place{policy.statement_span, "Statement"};
    if (!statements.empty()) place = place_of(policy, *statements.front(), answer.witness);
    Finding& finding = context.report(place.span, std::move(place.path), guardrail.title);
    for (std::size_t i = 1; i < statements.size(); ++i)
      finding.related.push_back(
          {place_of(policy, *statements[i], answer.witness).span, "allows some of it too"});
    if (!guardrail.why.empty()) finding.notes.push_back(guardrail.why);
    finding.help = guardrail.help;
    return finding;
  };
  if (answer.verdict == Verdict::kUnknown) {
    Finding& finding = at({});
    finding.confidence = Confidence::kLow;
    finding.notes.emplace_back(
        "not proved either way: the limits of one question were reached, so that it counts as "
        "granted");
    return;
  }
  // Access Analyzer documents false alarms about requests that do not exist: an action on a
  // resource of another type. They are told apart, and not left out: the catalogue may be old.
  real.catalogued = true;
  AccessAnswer possible = forbidden_access(policy, guardrail.forbidden, context.kind(), real);
  const bool only_unknown = possible.verdict == Verdict::kPass;
  if (!only_unknown && possible.verdict != Verdict::kUnknown) answer = std::move(possible);
  Finding& finding = at(statements_of(policy, answer));
  if (answer.witness) finding.notes.push_back("for example, " + in_words(*answer.witness));
  if (only_unknown) {
    finding.severity = Severity::kNote;
    finding.confidence = Confidence::kLow;
    finding.notes.push_back("only requests that the catalogue of " +
                            std::string(context.catalogue().date()) +
                            " does not have: no such action on no such resource");
  } else if (answer.verdict == Verdict::kFailPossible) {
    finding.confidence = Confidence::kMedium;
    finding.notes.emplace_back(
        "no request was found that shows it, and nothing rules it out: what is known only at "
        "deploy time decides");
  }
}

}  // namespace iamcheck
