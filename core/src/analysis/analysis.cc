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

}  // namespace iamcheck
