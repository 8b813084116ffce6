#pragma once

// Can X do Y on Z, and why.
//
// `evaluate` is a pure function: no clock, no environment, no network. It follows AWS's policy
// evaluation logic for identity-based policies and one resource-based policy, in one account and
// across two. Source: IAM User Guide, "Policy evaluation logic" and "Cross-account policy
// evaluation logic".
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

#include "iamcheck/decision.h"
#include "iamcheck/explanation.h"
#include "iamcheck/policy_set.h"
#include "iamcheck/request.h"

namespace iamcheck {

struct EvaluateOptions {
  /// Say for every statement why it applied or not.
  bool trace = false;
};

Decision evaluate(const PolicySet& policies, const Request& request,
                  const EvaluateOptions& options = {});

/// The decision in words. The arguments are those of `evaluate`, and what it returned for them.
Explanation explain(const PolicySet& policies, const Request& request, const Decision& decision);

}  // namespace iamcheck
