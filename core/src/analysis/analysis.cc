#include "iamcheck/analysis.h"

#include <array>
#include <utility>

#include "analysis/question.h"

namespace iamcheck {
namespace {

using analysis::PolicyList;

// One policy on each side is a document, and no more than that; not so where the sides are of two
// kinds.
bool are_documents(const PolicyList& a, const PolicyList& b) {
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
  const PolicyList before(existing, kind), after(updated, kind);
  return analysis::ask({before, after, analysis::Confirmation::kDocument}, options);
}

AccessAnswer no_new_access(const PolicySet& existing, const PolicySet& updated,
                           const AnalysisOptions& options) {
  const PolicyList before(existing), after(updated);
  const auto how = are_documents(before, after) ? analysis::Confirmation::kDocument
                                                : analysis::Confirmation::kDecision;
  return analysis::ask({before, after, how}, options);
}

}  // namespace iamcheck
