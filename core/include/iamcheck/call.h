#pragma once

// One call of AWS that needs several answers.
//
// AWS authorizes a call such as ec2:RunInstances, an S3 copy or lambda:CreateFunction as several
// units: the action on each of its resources, and each action that it takes on the caller's behalf,
// such as iam:PassRole. The call is allowed only if every unit is (S10.2). A unit has the context
// of its own resource: ec2:InstanceType is there for the instance and missing for the subnet, which
// is why policies ask it with `...IfExists`. Source: IAM User Guide, "IAM JSON policy elements:
// Condition operators", `...IfExists`, and the Service Authorization Reference.
//
// ```cpp
// iamcheck::PolicySet set;
// iamcheck::Call call;
// call.fields.principal = "arn:aws:iam::111122223333:user/alice";
// call.fields.context.set("iam:PassedToService", "lambda.amazonaws.com");
// call.units = {{"lambda:CreateFunction", "arn:aws:lambda:eu-west-1:111122223333:function:f"},
//               {"iam:PassRole", "arn:aws:iam::111122223333:role/app"}};
// auto answer = iamcheck::decide_call(set, call, iamcheck::Catalogue::embedded());
// bool denied = answer && !answer->allowed();
// std::size_t first_that_denies = answer ? answer->deciding_unit.value_or(0) : 0;
// ```

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "iamcheck/catalogue.h"
#include "iamcheck/evaluate.h"
#include "iamcheck/result.h"

namespace iamcheck {

/// One thing that a call needs.
struct CallUnit {
  std::string action;                 ///< `service:Name`
  std::string resource = "*";         ///< an ARN, or `*`
  std::string resource_account = {};  ///< empty: from the ARN, else that of the call
  /// Keys of this unit alone; they win over those of the call, whatever the catalogue says.
  Context context = {};
};

struct Call {
  /// Above this many units a call is an error: each of them asks all policies. So is one whose
  /// units have more than this many statements together.
  static constexpr std::size_t kMaxUnits = 100;
  static constexpr std::size_t kMaxStatements = 1'000'000;

  /// Who asks, and what holds for the whole call. `action` and `resource` are not read, and
  /// `resource_account` only for units whose ARN has no account.
  RequestFields fields;
  std::vector<CallUnit> units;
};

/// A unit as a question of its own.
///
/// In a call with more than one unit its context is that of the call, without the keys that AWS
/// does not send with it as far as the catalogue knows: those that it lists for the action under
/// other resource types only, and those that it lists for another action of the call and not for
/// this one. Global keys (`aws:...`) and keys that the catalogue does not know stay. In ask mode
/// such keys are absent too, instead of unknown, where the policies test them.
struct UnitQuestion {
  Request request{RequestFields{}};
  PolicySet policies;
  /// The keys that were left out and were given, or that the policies test in ask mode.
  std::vector<std::string> left_out;
  /// What its asker should know beside what deciding it tells.
  std::vector<DecisionWarning> warnings;
  /// What was taken for granted about it, for people. `split_call` leaves it to
  /// `check_resource_accounts`, which takes time.
  std::vector<std::string> assumptions;
};

/// The units with the same policies each: resource-based policies and RCPs of `policies` are asked
/// about every unit. `Account::ask_call` gives each unit those of its own resource. Errors:
/// `invalid-argument` for a call without units, `limit-exceeded` above the limits of `Call`.
Result<std::vector<UnitQuestion>> split_call(const Call& call, const PolicySet& policies,
                                             const Catalogue& catalogue);

/// `check_resource_account` of each unit, into its `assumptions`.
void check_resource_accounts(std::span<UnitQuestion> units);

/// One decision for all units: ExplicitlyDenied if one is, else ImplicitlyDenied if one is, else
/// Undecided if one is, else Allowed. With warnings it also says which further units the catalogue
/// knows, and those of `check_request` stand with each unit; those of `check_policies` do not.
/// There is at least one unit.
CallDecision decide_units(std::span<const UnitQuestion> units, const Catalogue& catalogue,
                          const EvaluateOptions& options = {});

/// `split_call` and `decide_units` in one.
Result<CallDecision> decide_call(const PolicySet& policies, const Call& call,
                                 const Catalogue& catalogue, const EvaluateOptions& options = {});

/// The decision in words. The arguments are those of `decide_units`, and what it returned.
CallExplanation explain_units(std::span<const UnitQuestion> units, const CallDecision& decision);

}  // namespace iamcheck
