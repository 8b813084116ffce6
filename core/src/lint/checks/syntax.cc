// What the reader and the parser have noted about the document itself.
#include <algorithm>

#include "lint/context.h"

namespace iamcheck {
namespace {

using Kind = PolicyDiagnostic::Kind;

void report_diagnostics(RuleContext& context, Kind kind) {
  for (const PolicyDiagnostic& diagnostic : context.policy().diagnostics) {
    if (diagnostic.kind != kind) continue;
    if (diagnostic.of_condition_value) continue;  // mixed-condition-value-types
    // principal-format and principal-key, where there may be a principal at all.
    if (diagnostic.of_principal && info(context.kind()).takes_principal) continue;
    Finding& finding = context.report(diagnostic.span, diagnostic.path, diagnostic.message);
    finding.help = diagnostic.help;
    // A reader that goes on has understood the document; AWS would not.
    if (kind == Kind::kForgiven) finding.severity = Severity::kWarning;
    if (diagnostic.related) finding.related.push_back({*diagnostic.related, "the first one"});
    // AWS does not read on behind it.
    if (kind == Kind::kForgiven && context.profile() == Profile::kAccessAnalyzer) return;
  }
}

}  // namespace

void check_json_syntax(RuleContext& context) { report_diagnostics(context, Kind::kForgiven); }

void check_json_duplicate_key(RuleContext& context) {
  report_diagnostics(context, Kind::kDuplicateMember);
}

void check_json_type(RuleContext& context) { report_diagnostics(context, Kind::kWrongType); }

void check_unknown_element(RuleContext& context) {
  report_diagnostics(context, Kind::kUnknownElement);
}

void check_unresolved_statement(RuleContext& context) {
  const Policy& policy = context.policy();
  Finding* finding = nullptr;
  for (const Statement& statement : policy.statements) {
    if (!statement.expression) continue;
    if (finding != nullptr) {
      finding->related.push_back({statement.span, "this one too"});
      continue;
    }
    finding = &context.report(statement.span, path_of(policy, statement),
                              "the statement is known only at deploy time and was not checked");
    finding->help = "check the template after its functions are filled in";
  }
}

void check_missing_statement(RuleContext& context) {
  const Policy& policy = context.policy();
  if (!policy.has_statement) {
    Finding& finding = context.report(policy.span, "", "the policy has no `Statement`");
    finding.help = "add a `Statement` with an `Effect`, an `Action` and a `Resource`";
    return;
  }
  // A list whose only items are mistyped is not empty: json-type has its say.
  const bool mistyped = std::any_of(
      policy.diagnostics.begin(), policy.diagnostics.end(), [](const PolicyDiagnostic& diagnostic) {
        return diagnostic.kind == Kind::kWrongType && diagnostic.path.starts_with("Statement");
      });
  if (!policy.statements.empty() || mistyped) return;
  Finding& finding =
      context.report(policy.statement_span, "Statement", "the policy has an empty `Statement`");
  finding.help = "write at least one statement, or delete the policy";
}

}  // namespace iamcheck
