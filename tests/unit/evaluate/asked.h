#pragma once

// Questions for the tests of the evaluator, and everything there is to know about the answer.

#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "iamcheck/evaluate.h"
#include "iamcheck/explanation.h"

namespace iamcheck::test {

inline const std::string kAlice = "arn:aws:iam::111122223333:user/alice";
inline const std::string kSession = "arn:aws:sts::111122223333:assumed-role/ci/run7";
inline const std::string kKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/k";

struct Asked {
  PolicySet policies;
  RequestFields fields;

  Asked(std::string principal, std::string action, std::string resource = "arn:aws:s3:::b/k") {
    fields.principal = std::move(principal);
    fields.action = std::move(action);
    fields.resource = std::move(resource);
  }

  /// `statements`: one object, or several with commas between them.
  Asked& with(PolicyKind kind, const std::string& statements) {
    const std::string name =
        std::string(info(kind).name) + std::to_string(policies.policies().size());
    auto policy =
        parse_policy(name, "{\"Version\": \"2012-10-17\", \"Statement\": [" + statements + "]}");
    REQUIRE(policy);
    policies.add(name, kind, *std::move(policy));
    return *this;
  }
  Asked& identity(const std::string& statements) { return with(PolicyKind::kIdentity, statements); }
  Asked& resource(const std::string& statements) { return with(PolicyKind::kResource, statements); }
  Asked& trust(const std::string& statements) { return with(PolicyKind::kTrust, statements); }

  Decision decide(bool trace = false) const {
    return evaluate(policies, Request(fields), {.trace = trace});
  }
  DecisionCause cause() const { return decide().cause; }
  Explanation explained() const {
    const Request request(fields);
    return explain(policies, request, evaluate(policies, request, {.trace = true}));
  }
  /// The text that a note points at.
  static std::string pointed_at(const StatementNote& note) {
    return std::string(note.source->slice(note.span));
  }
};

inline const std::string kAllowAll = R"({"Effect": "Allow", "Action": "*", "Resource": "*"})";
inline const std::string kDenyAll = R"({"Effect": "Deny", "Action": "*", "Resource": "*"})";
/// An Allow of a resource-based policy for one principal.
inline std::string granted_to(const std::string& principal) {
  return R"({"Effect": "Allow", "Principal": )" + principal +
         R"(, "Action": "*", "Resource": "*"})";
}

}  // namespace iamcheck::test
