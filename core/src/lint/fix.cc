#include "iamcheck/fix.h"

#include <algorithm>
#include <array>
#include <vector>

#include "lint/context.h"

namespace iamcheck {
namespace {

// AWS takes no policy with such a statement, so that it has decided nothing yet.
bool is_refused(const Policy& policy) {
  const auto has_no_operator = [](const ConditionEntry& entry) {
    return !entry.condition_operator.unresolved && !is_operator(entry.condition_operator.value);
  };
  const auto is_broken = [&](const Statement& statement) {
    const bool effect = statement.effect || statement.expression ||
                        (statement.effect_text && statement.effect_text->unresolved);
    return !effect || statement.condition_malformed ||
           std::ranges::any_of(statement.conditions, has_no_operator);
  };
  return !policy.has_statement || std::ranges::any_of(policy.statements, is_broken);
}

// The policy beside a boundary that allows nothing: what is left is what it gives directly.
PolicySet directly(const Policy& policy, PolicyKind kind) {
  PolicySet set;
  set.add("policy", kind, policy);
  set.add("nothing", PolicyKind::kBoundary, Policy());
  return set;
}

Verdict worse(Verdict a, Verdict b) { return a == Verdict::kPass ? b : a; }

// Whether `updated` allows nothing that `existing` does not.
Verdict compare(const Policy& existing, const Policy& updated, PolicyKind kind,
                const AnalysisOptions& options) {
  const Verdict all = no_new_access(existing, updated, kind, options).verdict;
  if (all != Verdict::kPass || (kind != PolicyKind::kResource && kind != PolicyKind::kTrust))
    return all;
  return worse(all,
               no_new_access(directly(existing, kind), directly(updated, kind), options).verdict);
}

}  // namespace

Result<std::string> apply_edits(std::string_view text, std::span<const Edit> edits) {
  std::vector<const Edit*> sorted;
  for (const Edit& edit : edits) sorted.push_back(&edit);
  std::ranges::stable_sort(sorted, {}, [](const Edit* edit) { return edit->span.begin; });
  std::string out;
  std::size_t at = 0;
  for (const Edit* edit : sorted) {
    const Span& span = edit->span;
    if (span.begin < at || span.end < span.begin || span.end > text.size())
      return Error{ErrorCode::kInvalidArgument, "the edits overlap or lie outside of the text",
                   "apply them one after the other", span};
    out += text.substr(at, span.begin - at);
    out += edit->replacement;
    at = span.end;
  }
  out += text.substr(at);
  return out;
}

std::string_view to_string(FixEffect effect) {
  constexpr std::array<std::string_view, 5> kNames = {"same", "narrower", "wider", "unknown",
                                                      "no-meaning"};
  return kNames[static_cast<std::size_t>(effect)];
}

FixEffect effect_of_fix(const Policy& before, const Policy& after, PolicyKind kind,
                        const AnalysisOptions& options) {
  if (is_refused(before)) return FixEffect::kNoMeaning;
  switch (compare(before, after, kind, options)) {
    case Verdict::kPass:
      break;
    case Verdict::kUnknown:
      return FixEffect::kUnknown;
    case Verdict::kFailConfirmed:
    case Verdict::kFailPossible:
      return FixEffect::kWider;
  }
  return compare(after, before, kind, options) == Verdict::kPass ? FixEffect::kSame
                                                                 : FixEffect::kNarrower;
}

bool keeps_promise(FixEffect effect, bool safe) {
  switch (effect) {
    case FixEffect::kSame:
      return true;
    case FixEffect::kNarrower:
      return !safe;
    case FixEffect::kWider:
    case FixEffect::kUnknown:
    case FixEffect::kNoMeaning:
      break;
  }
  return false;
}

}  // namespace iamcheck
