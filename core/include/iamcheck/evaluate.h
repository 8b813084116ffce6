#pragma once

// Can X do Y on Z, and why.
//
// `evaluate` is a pure function: no clock, no environment, no network. It follows AWS's policy
// evaluation logic over every type of policy, in one account and across two. Source: IAM User
// Guide, "Policy evaluation logic" and "Cross-account policy evaluation logic".
//
// ```cpp
// iamcheck::PolicySet set;  // no policies: nothing is allowed
// iamcheck::RequestFields fields;
// fields.principal = "arn:aws:iam::111122223333:user/alice";
// fields.action = "s3:GetObject";
// fields.resource = "arn:aws:s3:::b/k";
// iamcheck::Decision decision = iamcheck::evaluate(set, iamcheck::Request(fields));
// bool denied = decision.kind == iamcheck::DecisionKind::kImplicitlyDenied;
// std::string sentence = iamcheck::explain(set, iamcheck::Request(fields), decision).sentence;
// ```

#include <optional>
#include <span>
#include <vector>

#include "iamcheck/decision.h"
#include "iamcheck/explanation.h"
#include "iamcheck/policy_set.h"
#include "iamcheck/request.h"
#include "iamcheck/result.h"

namespace iamcheck {

class Catalogue;

struct EvaluateOptions {
  /// Say for every statement why it applied or not.
  bool trace = false;
  /// Fill `Decision::warnings`. Off, a decision without trace that is not Undecided allocates
  /// nothing, but for what is rare: more than 16 statements that hang on unknown keys, a pattern
  /// with more than eight variables, a resource longer than 2,048 characters, a variable in a
  /// StringEqualsIgnoreCase.
  bool warnings = true;
};

/// What the catalogue has to say about a question: an action, service, condition key or resource
/// type that it does not know. The answer never depends on it, since the catalogue may be old.
std::vector<DecisionWarning> check_request(const Request& request, const Catalogue& catalogue);

/// The part of `check_request` that hangs on neither principal nor resource: an action, without
/// wildcards, or empty for none, and condition keys that the catalogue does not have.
std::vector<DecisionWarning> check_names(const std::string& action, const Context& context,
                                         const Catalogue& catalogue);

/// Whether `principal_role_arn` and `issuer_arn` can be behind the principal: a session's role has
/// its name and its account, the issuer of a federated-user session its account, and no other
/// principal has either. `evaluate` itself takes them as they are. The error is `invalid-argument`.
std::optional<Error> check_origin(const RequestFields& fields);

/// What `takes_resource_account` is about, when the answer hangs on it: a resource of another
/// account would get another one. One sentence for people, or none.
std::vector<std::string> check_resource_account(const PolicySet& policies, const Request& request);

/// Elements of the policies that AWS would refuse or that are ignored here, a warning each, at most
/// eight for a policy.
std::vector<DecisionWarning> check_policies(const PolicySet& policies);

Decision evaluate(const PolicySet& policies, const Request& request,
                  const EvaluateOptions& options = {});

/// Many requests to the same policies: an answer each, in the order of the requests. The answers
/// are those of `evaluate`, whatever the number of threads. `threads`: how many to use at most, 0
/// for as many as the machine has cores; a short batch uses fewer, and one thread is the caller's
/// own.
///
/// ```cpp
/// std::vector<iamcheck::Request> requests;  // any number, made by any thread
/// std::vector<iamcheck::Decision> answers =
///     iamcheck::evaluate_many(set, requests, {.warnings = false});
/// ```
std::vector<Decision> evaluate_many(const PolicySet& policies, std::span<const Request> requests,
                                    const EvaluateOptions& options = {}, unsigned threads = 0);

/// The decision in words. The arguments are those of `evaluate`, and what it returned for them.
Explanation explain(const PolicySet& policies, const Request& request, const Decision& decision);

}  // namespace iamcheck
