#pragma once

// The request and response of AWS's policy simulator, answered here and offline.
//
// The shapes are those of `SimulateCustomPolicy` and `SimulatePrincipalPolicy` (IAM API Reference,
// version 2010-05-08); the answers are this evaluator's, which weighs what the simulator leaves
// out, such as the other account of a cross-account request.
//
// ```cpp
// iamcheck::AwsSimulation simulation;
// simulation.policies.push_back({"PolicyInputList.1", "none", iamcheck::PolicyKind::kIdentity,
//     R"({"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}})", 0});
// simulation.action_names = {"s3:ListBucket"};
// iamcheck::Result<std::string> response = iamcheck::simulate_as_aws(simulation);
// // {"EvaluationResults": [{"EvalActionName": "s3:ListBucket", "EvalDecision": "allowed", ...
// ```

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/policy.h"
#include "iamcheck/result.h"

namespace iamcheck {

class Account;

/// A policy of the simulation. Whoever simulates a principal of an account fills these with the
/// principal's policies: id and type are then what `MatchedStatements` says.
struct AwsPolicyInput {
  std::string source_policy_id;    ///< `PolicyInputList.1`, or the policy's own name
  std::string source_policy_type;  ///< user, group, role, aws-managed, user-managed, resource, none
  PolicyKind kind = PolicyKind::kIdentity;
  std::string text;         ///< JSON
  std::uint32_t level = 0;  ///< SCPs: 0 for those of the root
  /// A policy that was read already; then `text` is not looked at. Positions count from the
  /// beginning of the policy, also where it stands inside another document.
  std::shared_ptr<const Policy> policy = nullptr;
};

struct AwsContextEntry {
  std::string name;
  std::vector<std::string> values;
  /// `string`, `stringList`, ...; empty: a list when there is more than one value.
  std::string type;
};

struct AwsSimulation {
  /// SimulatePrincipalPolicy: the user, group or role whose policies are simulated, by ARN or by a
  /// name that `Account::find_principal` knows, or `group/NAME`.
  std::string policy_source_arn;
  std::vector<AwsPolicyInput> policies;
  /// Levels of SCPs, root first: one on which no policy lies allows nothing. 0: those that
  /// `policies` have.
  std::uint32_t scp_levels = 0;
  std::vector<std::string> action_names;
  std::vector<std::string> resource_arns;  ///< empty: `*`
  std::string resource_owner;              ///< account id, or an ARN that has one
  std::string caller_arn;                  ///< empty: a user about whom nothing is known
  std::string caller_account;              ///< of that user; empty: the resource's
  std::string caller_role_arn;             ///< the role behind a session, with its path
  std::string management_account;          ///< SCPs do not hold in it
  std::vector<AwsContextEntry> context;
  /// ISO 8601 or epoch seconds; fills aws:CurrentTime and aws:EpochTime where they are not given,
  /// as the simulator does. Empty: they are absent.
  std::string now;
  /// A `PolicyInputList` was read, be it an empty one. SimulateCustomPolicy requires it;
  /// `simulate_as_aws` does not, as a principal may have no policies.
  bool has_policy_list = false;
};

/// Adds what the JSON of `--cli-input-json` says: the members of the API's request. Errors:
/// `json-syntax`, `invalid-argument` for what the API does not have.
std::optional<Error> read_aws_input(const std::string& json, AwsSimulation& simulation);

/// Adds one value of `--context-entries`: the AWS CLI's shorthand
/// `ContextKeyName=K,ContextKeyValues=V,W,ContextKeyType=T`, one JSON object, or a JSON list of
/// them.
std::optional<Error> read_aws_context(const std::string& text, AwsSimulation& simulation);

/// Adds one value of `--action-names` or `--resource-arns`: a text, or a JSON list of texts.
std::optional<Error> read_aws_texts(std::string_view list_name, const std::string& text,
                                    std::vector<std::string>& out);

/// Adds one value of `--policy-input-list` and the like: a policy, or a JSON list of texts that
/// hold one each. Ids count up: `NAME.1`, `NAME.2`, ...
std::optional<Error> read_aws_policies(std::string_view list_name, const std::string& text,
                                       PolicyKind kind, std::uint32_t level,
                                       AwsSimulation& simulation);

/// The response, as the AWS CLI prints it, with a line end. Errors: `invalid-argument` for an
/// argument that the API would refuse, `json-syntax` and `not-a-policy` for a policy, which the
/// message names.
/// `not-a-policy` also where the answer hangs on a value that is not known.
Result<std::string> simulate_as_aws(const AwsSimulation& simulation);

/// SimulatePrincipalPolicy: adds what `account` knows about `policy_source_arn`, which are its
/// identity-based policies and those of its groups, its permissions boundary unless another one is
/// given, its SCPs, its tags and ids; the caller is the user or role itself unless another one is
/// named. Policies of resources, RCPs and endpoint policies are not looked at, as AWS does not.
/// Errors besides: `unknown-name` with the nearest name, `not-a-policy` when one of its policies
/// could not be read.
Result<std::string> simulate_as_aws(const AwsSimulation& simulation, const Account& account);

}  // namespace iamcheck
