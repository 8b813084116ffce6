#pragma once

// Random questions of every kind about the small world, with what is to be compared of the answer.

#include <array>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "attack_world.h"

namespace iamcheck::small_world {

inline std::string words_of(const AccessAnswer& answer) {
  std::string text = std::to_string(static_cast<int>(answer.verdict));
  for (const StatementRef& reason : answer.reasons)
    text += " " + std::to_string(reason.policy) + "." + std::to_string(reason.statement);
  return text + " of " + std::to_string(answer.added.size()) +
         (answer.added_complete ? "" : " and more");
}

inline std::string named_statements(World& world, bool trust) {
  constexpr auto kCallers = std::to_array<std::string_view>(
      {R"("*")", R"({"AWS": "111122223333"})", R"({"AWS": "arn:aws:iam::111122223333:root"})",
       R"({"AWS": ["arn:aws:iam::111122223333:user/alice", "111122223333"]})",
       R"({"AWS": "arn:aws:iam::111122223333:user/alice"})",
       R"({"AWS": "arn:aws:iam::111122223333:role/p/ci"})",
       R"({"AWS": ["arn:aws:sts::111122223333:assumed-role/ci/s",
                   "arn:aws:iam::111122223333:role/ci", "111122223333"]})",
       R"({"AWS": "arn:aws:sts::111122223333:federated-user/fed"})",
       R"({"Service": ["ec2.amazonaws.com", "sns.amazonaws.com"]})",
       R"({"Service": "sns.amazonaws.com"})", R"({"Federated": "accounts.google.com"})",
       R"({"AWS": "arn:aws:iam::111122223333:role/ci"})",
       R"({"AWS": "arn:aws:sts::111122223333:assumed-role/ci/s"})",
       R"({"AWS": ["arn:aws:sts::111122223333:assumed-role/ci/s", "111122223333"]})",
       R"({"AWS": "arn:aws:iam::111122223333:user/*"})"});
  std::string text;
  for (int i = world.one_in(2) ? 2 : 1; i > 0; --i) {
    text += world.one_in(3) ? R"({"Effect": "Deny", )" : R"({"Effect": "Allow", )";
    text += world.one_in(4) ? R"("NotPrincipal": )" : R"("Principal": )";
    text += world.pick(kCallers);
    text += world.one_in(2) ? R"(, "Action": "sts:*")" : R"(, "Action": "sts:AssumeRole")";
    if (!trust) text += R"(, "Resource": "*")";
    text += i > 1 ? "}, " : "}";
  }
  return text;
}

inline PolicySet layers(World& world) {
  constexpr auto kActions = std::to_array<std::string_view>(
      {"*", "s3:*", "s3:GetObject", "ec2:*", "sts:AssumeRole", "kms:*", "kms:RetireGrant"});
  constexpr auto kNamed = std::to_array<std::string_view>(
      {R"(, "Principal": {"AWS": "111122223333"})", R"(, "Principal": "*")",
       R"(, "Principal": {"AWS": "arn:aws:iam::111122223333:role/ci"})",
       R"(, "Principal": {"Service": "ec2.amazonaws.com"})"});
  PolicySet set;
  const auto add = [&](PolicyKind kind) {
    std::string text = world.one_in(4) ? R"({"Effect": "Deny")" : R"({"Effect": "Allow")";
    if (kind == PolicyKind::kRcp) text += R"(, "Principal": "*")";
    if (kind == PolicyKind::kResource) text += world.pick(kNamed);
    text.append(R"(, "Action": ")").append(world.pick(kActions)).append(R"(", "Resource": "*"})");
    set.add("p", kind, policy(text));
  };
  for (const PolicyKind kind :
       {PolicyKind::kIdentity, PolicyKind::kBoundary, PolicyKind::kSession, PolicyKind::kResource,
        PolicyKind::kEndpoint, PolicyKind::kScp, PolicyKind::kRcp}) {
    if (kind == PolicyKind::kIdentity || world.one_in(3)) add(kind);
  }
  return set;
}

// What chance rarely makes: Allows of which the second says more in one small way.
inline std::vector<std::function<std::string()>> chosen_questions() {
  const auto when = [](const std::string& condition) {
    return policy(R"({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {)" +
                  condition + "}}");
  };
  const auto on = [](const std::string& resource) {
    return policy(R"({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::)" + resource +
                  "\"}");
  };
  const std::string far(70, 'a');
  Policy open = when(R"("StringEquals": {"aws:PrincipalOrgID": "${aws:username}"})");
  open.version->unresolved = true;
  const std::vector<std::pair<Policy, Policy>> pairs = {
      {when(R"("StringEquals": {"aws:PrincipalOrgID": "a"})"),
       when(R"("StringEqualsIgnoreCase": {"aws:PrincipalOrgID": "A"})")},
      {when(R"("NumericGreaterThanEquals": {"aws:MultiFactorAuthAge": "6"})"),
       when(R"("NumericGreaterThan": {"aws:MultiFactorAuthAge": "5"})")},
      {when(R"("NumericGreaterThanEquals": {"aws:MultiFactorAuthAge": "-6"})"),
       when(R"("NumericGreaterThan": {"aws:MultiFactorAuthAge": "-7"})")},
      {when(R"("NumericLessThanEquals": {"aws:MultiFactorAuthAge": "-7"})"),
       when(R"("NumericLessThan": {"aws:MultiFactorAuthAge": "-6"})")},
      {open, when(R"("StringEquals": {"aws:PrincipalOrgID": "${aws:username}"})")},
      {when(R"("StringEquals": {"aws:PrincipalOrgID": "${aws:username}"})"), open},
      {on("b/${aws:username}"), on("b/${aws:userid}")},
      {on("b/${aws:username}/*"), on("b/${aws:username}/x*")},
      {on("*" + far + "?b"), on("*" + far + "*b")},
      {on("*b"), on("*" + far + "?*")},
      {on("?"), on("*")},
      {on("?*"), on("*?")}};
  std::vector<std::function<std::string()>> questions;
  for (const auto& [before, after] : pairs) {
    questions.push_back([before = before, after = after] {
      return words_of(no_new_access(before, after, PolicyKind::kIdentity));
    });
  }
  return questions;
}

inline std::vector<std::function<std::string()>> small_questions(int rounds) {
  std::vector<std::function<std::string()>> questions = chosen_questions();
  World world(61);
  for (int round = 0; round < rounds; ++round) {
    world.choose_keys();
    const bool variables = world.one_in(3);
    const Policy before = policy(world.statements(variables));
    const Policy after = policy(world.statements(variables));
    AnalysisOptions options;
    options.catalogued = world.one_in(6);
    options.max_pieces = world.one_in(3) ? 1 : 20;
    questions.push_back(
        [=] { return words_of(no_new_access(before, after, PolicyKind::kIdentity, options)); });
    questions.push_back([=] {
      const RedundancyAnswer answer = redundant_statements(before, PolicyKind::kIdentity);
      std::string text;
      for (const RedundantStatement& one : answer.redundant)
        text += " " + std::to_string(one.statement);
      return text;
    });
    const PolicyKind kind = world.one_in(2) ? PolicyKind::kTrust : PolicyKind::kResource;
    const Policy narrow = policy(named_statements(world, kind == PolicyKind::kTrust));
    const Policy wide = policy(named_statements(world, kind == PolicyKind::kTrust));
    questions.push_back([=] { return words_of(no_new_access(narrow, wide, kind)); });
    questions.push_back([=] { return words_of(no_public_access(wide, kind)); });
    const PolicySet old_set = layers(world), new_set = layers(world);
    questions.push_back([=] { return words_of(no_new_access(old_set, new_set)); });
    questions.push_back([=] {
      RequestFields fields;
      fields.principal = "arn:aws:iam::111122223333:user/alice";
      fields.action = "s3:a";
      fields.resource = "arn:aws:s3:::b";
      fields.context.set_mode(Context::Mode::kAsk);
      PolicySet set;
      set.add("p", PolicyKind::kIdentity, before);
      const AllowedIf answer = allowed_if(set, Request(fields));
      std::string text = answer.complete ? "all" : "some";
      for (const auto& way : answer.ways) {
        for (const AccessCondition& one : way) text += " " + one.key + " " + one.phrase;
      }
      return text;
    });
  }
  return questions;
}

}  // namespace iamcheck::small_world
