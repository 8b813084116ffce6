#include "iamcheck/analysis.h"

#include <array>
#include <utility>

#include "analysis/question.h"

namespace iamcheck {
namespace {

PolicySet set_of(const Policy& policy, PolicyKind kind) {
  PolicySet set;
  set.add("policy", kind, policy);
  return set;
}

// One policy on each side is a document, and no more than that; not so where the sides are of two
// kinds.
bool are_documents(const PolicySet& a, const PolicySet& b) {
  if (a.policies().size() != 1 || b.policies().size() != 1) return false;
  const PolicyKind kind = a.policies().front().kind;
  return b.policies().front().kind == kind && kind != PolicyKind::kScp && kind != PolicyKind::kRcp;
}

}  // namespace

std::string_view to_string(Verdict verdict) {
  constexpr std::array<std::string_view, 4> kNames = {"PASS", "FAIL", "FAIL", "UNKNOWN"};
  return kNames[static_cast<std::size_t>(verdict)];
}

std::string_view certainty_of(Verdict verdict) {
  constexpr std::array<std::string_view, 4> kNames = {"proved", "confirmed", "possible", ""};
  return kNames[static_cast<std::size_t>(verdict)];
}

AccessAnswer no_new_access(const Policy& existing, const Policy& updated, PolicyKind kind,
                           const AnalysisOptions& options) {
  const PolicySet before = set_of(existing, kind), after = set_of(updated, kind);
  return analysis::ask({before, after, analysis::Confirmation::kDocument, {}, {}, false}, options);
}

AccessAnswer no_new_access(const PolicySet& existing, const PolicySet& updated,
                           const AnalysisOptions& options) {
  const auto how = are_documents(existing, updated) ? analysis::Confirmation::kDocument
                                                    : analysis::Confirmation::kDecision;
  return analysis::ask({existing, updated, how, {}, {}, false}, options);
}

RedundancyAnswer redundant_statements(const Policy& policy, PolicyKind kind,
                                      const AnalysisOptions& options) {
  RedundancyAnswer answer;
  const PolicySet set = set_of(policy, kind);
  for (std::uint32_t s = 0; s < policy.statements.size(); ++s) {
    const Statement& statement = policy.statements[s];
    if (!statement.effect) continue;
    const StatementRef ref{0, s};
    const bool allow = *statement.effect == Effect::kAllow;
    // Without an Allow nothing more is allowed, without a Deny nothing less: one direction is left.
    const AccessAnswer without = analysis::ask(
        {set, set, analysis::Confirmation::kDocument, allow ? std::optional(ref) : std::nullopt,
         allow ? std::nullopt : std::optional(ref), true},
        options);
    if (without.verdict == Verdict::kPass) answer.redundant.push_back({s, !allow});
    if (without.verdict == Verdict::kUnknown) answer.unknown.push_back(s);
  }
  return answer;
}

}  // namespace iamcheck
