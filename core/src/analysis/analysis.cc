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

bool decides_by_layers(const PolicySet& set) {
  return set.policies().size() != 1 || set.has(PolicyKind::kScp) || set.has(PolicyKind::kRcp);
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
  const bool layered = decides_by_layers(existing) || decides_by_layers(updated);
  const auto how = layered ? analysis::Confirmation::kDecision : analysis::Confirmation::kDocument;
  return analysis::ask({existing, updated, how, {}, {}, false}, options);
}

}  // namespace iamcheck
