// S10.2: one decision for a call of several units.
#include "iamcheck/call.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "evaluate/further_units.h"
#include "evaluate/question_check.h"
#include "evaluate/unit_scope.h"

namespace iamcheck {
namespace {

// The answer of the call is the first of these that some unit has.
constexpr std::array<DecisionKind, 4> kStrongestFirst = {
    DecisionKind::kExplicitlyDenied, DecisionKind::kImplicitlyDenied, DecisionKind::kUndecided,
    DecisionKind::kAllowed};

void append(std::vector<DecisionWarning>& to, std::vector<DecisionWarning> more) {
  for (DecisionWarning& warning : more) to.push_back(std::move(warning));
}

// What is said of every unit is said once, of the call.
void share_warnings(CallDecision& call) {
  using Key = std::pair<std::string, std::string>;
  const auto key_of = [](const DecisionWarning& one) { return Key(one.code, one.message); };
  std::set<Key> common;
  for (std::size_t i = 0; i < call.units.size(); ++i) {
    std::set<Key> own;
    for (const DecisionWarning& one : call.units[i].decision.warnings) {
      if (i == 0 || common.contains(key_of(one))) own.insert(key_of(one));
    }
    common = std::move(own);
  }
  if (common.empty()) return;
  for (std::size_t i = 0; i < call.units.size(); ++i) {
    std::vector<DecisionWarning> rest;
    for (DecisionWarning& one : call.units[i].decision.warnings) {
      if (!common.contains(key_of(one))) {
        rest.push_back(std::move(one));
      } else if (i == 0) {
        call.warnings.push_back(std::move(one));
      }
    }
    call.units[i].decision.warnings = std::move(rest);
  }
}

// So is what was taken for granted about every unit.
void share_assumptions(CallDecision& call) {
  if (call.units.empty()) return;
  for (const std::string& one : call.units[0].assumptions) {
    const bool common = std::ranges::all_of(call.units, [&one](const UnitDecision& unit) {
      return std::ranges::find(unit.assumptions, one) != unit.assumptions.end();
    });
    if (common) call.assumptions.push_back(one);
  }
  for (UnitDecision& unit : call.units) {
    std::erase_if(unit.assumptions, [&call](const std::string& one) {
      return std::ranges::find(call.assumptions, one) != call.assumptions.end();
    });
  }
}

void combine(CallDecision& call) {
  for (const DecisionKind kind : kStrongestFirst) {
    const auto found = std::ranges::find_if(
        call.units, [kind](const UnitDecision& unit) { return unit.decision.kind == kind; });
    if (found == call.units.end()) continue;
    call.kind = kind;
    call.cause = found->decision.cause;
    if (kind != DecisionKind::kAllowed)
      call.deciding_unit = static_cast<std::size_t>(found - call.units.begin());
    break;
  }
  if (call.kind != DecisionKind::kUndecided) return;
  std::set<std::string> keys;
  for (const UnitDecision& unit : call.units)
    keys.insert(unit.decision.missing_context.begin(), unit.decision.missing_context.end());
  call.missing_context.assign(keys.begin(), keys.end());
}

}  // namespace

Result<std::vector<UnitQuestion>> split_call(const Call& call, const PolicySet& policies,
                                             const Catalogue& catalogue) {
  if (std::optional<Error> error = check_units(call)) return *std::move(error);
  const UnitScope scope(call, catalogue);
  std::vector<UnitQuestion> units(call.units.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    units[i].request = Request(scope.fields(i, units[i]));
    units[i].policies = policies;
    scope.leave_out_tested(i, units[i]);
  }
  if (std::optional<Error> error = check_statements(units)) return *std::move(error);
  return units;
}

void check_resource_accounts(std::span<UnitQuestion> units) {
  for (UnitQuestion& unit : units)
    unit.assumptions = check_resource_account(unit.policies, unit.request);
}

CallDecision decide_units(std::span<const UnitQuestion> units, const Catalogue& catalogue,
                          const EvaluateOptions& options) {
  CallDecision call;
  call.units.reserve(units.size());
  for (const UnitQuestion& unit : units) {
    UnitDecision answer{unit.request.action(), unit.request.fields().resource, unit.left_out,
                        evaluate(unit.policies, unit.request, options), unit.assumptions};
    if (options.warnings) {
      append(answer.decision.warnings,
             check_question(unit.request, catalogue, units.size() > 1 ? &unit.left_out : nullptr));
      append(answer.decision.warnings, unit.warnings);
    }
    call.units.push_back(std::move(answer));
  }
  combine(call);
  share_assumptions(call);
  if (!options.warnings) return call;
  if (units.size() > 1) warn_of_further_units(units, catalogue, call.warnings);
  share_warnings(call);
  return call;
}

Result<CallDecision> decide_call(const PolicySet& policies, const Call& call,
                                 const Catalogue& catalogue, const EvaluateOptions& options) {
  const Result<std::vector<UnitQuestion>> units = split_call(call, policies, catalogue);
  if (!units) return units.error();
  return decide_units(*units, catalogue, options);
}

}  // namespace iamcheck
