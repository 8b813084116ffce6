#pragma once

// Accounts that are written down in a line or two.

#include <string>

#include "iamcheck/access.h"
#include "iamcheck/account.h"
#include "iamcheck/evaluate.h"

namespace iamcheck::test {

inline const std::string kAccount = "111122223333";

inline std::string statement(const std::string& effect, const std::string& action,
                             const std::string& resource, const std::string& more = "") {
  return R"({"Version": "2012-10-17", "Statement": [{"Effect": ")" + effect + R"(", "Action": ")" +
         action + R"(", "Resource": ")" + resource + "\"" + more + "}]}";
}

inline std::string allow(const std::string& action, const std::string& resource,
                         const std::string& more = "") {
  return statement("Allow", action, resource, more);
}

inline std::string user_arn(const std::string& name) {
  return "arn:aws:iam::" + kAccount + ":user/" + name;
}
inline std::string role_arn(const std::string& name) {
  return "arn:aws:iam::" + kAccount + ":role/" + name;
}

/// A user with one inline policy; `more`: members behind it.
inline std::string user(const std::string& name, const std::string& policy,
                        const std::string& more = "") {
  return R"({"UserName": ")" + name + R"(", "UserId": "AIDA)" + name + R"(", "Arn": ")" +
         user_arn(name) + R"(", "UserPolicyList": [{"PolicyName": "p", "PolicyDocument": )" +
         policy + "}]" + more + "}";
}

inline std::string trust(const std::string& principal, const std::string& more = "") {
  return R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": )" +
         principal + R"(, "Action": "sts:AssumeRole")" + more + "}]}";
}

inline std::string role(const std::string& name, const std::string& trust_policy,
                        const std::string& policy, const std::string& more = "") {
  return R"({"RoleName": ")" + name + R"(", "RoleId": "AROA)" + name + R"(", "Arn": ")" +
         role_arn(name) + R"(", "AssumeRolePolicyDocument": )" + trust_policy +
         R"(, "RolePolicyList": [{"PolicyName": "p", "PolicyDocument": )" + policy + "}]" + more +
         "}";
}

inline std::string dump(const std::string& users, const std::string& roles = "",
                        const std::string& more = "") {
  return R"({"UserDetailList": [)" + users + R"(], "RoleDetailList": [)" + roles + "]" + more + "}";
}

inline Account read_dump(std::string text) {
  return Account::read({{"dump.json", std::move(text)}});
}

inline Decision decide(const Account& account, const std::string& who, const std::string& action,
                       const std::string& resource,
                       Context context = Context(Context::Mode::kStrict)) {
  const Result<Caller> caller = account.find_principal(who);
  if (!caller) return {};
  RequestFields fields;
  fields.action = action;
  fields.resource = resource;
  fields.context = std::move(context);
  const AccountQuestion question = account.ask(*caller, std::move(fields));
  return evaluate(question.policies, question.request);
}

}  // namespace iamcheck::test
