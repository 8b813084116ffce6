// What the linter calls redundant in an AWS managed policy can be deleted, and no decision changes.
#include <optional>
#include <string>

#include "catch.h"
#include "iamcheck/evaluate.h"
#include "iamcheck/lint.h"
#include "question.h"

namespace iamcheck::managed {
namespace {

std::size_t number_behind(const std::string& path, const std::string& name) {
  return std::stoul(path.substr(path.find(name) + name.size()));
}

// The policy without the entry that a finding points at, such as `Statement[2].Action[7]`.
Policy without(Policy policy, const std::string& path) {
  Statement& statement = policy.statements.at(number_behind(path, "Statement["));
  const bool action = path.find("Action[") != std::string::npos;
  std::optional<ListElement>& element =
      action ? (statement.action ? statement.action : statement.not_action)
             : (statement.resource ? statement.resource : statement.not_resource);
  const std::size_t entry = number_behind(path, action ? "Action[" : "Resource[");
  REQUIRE(entry < element->values.size());
  element->values.erase(element->values.begin() + static_cast<std::ptrdiff_t>(entry));
  return policy;
}

// How many of `count` questions about the statement are answered differently.
int differences(const Policy& policy, const Policy& shorter, const Statement& statement,
                int count) {
  PolicySet before;
  before.add("before", PolicyKind::kIdentity, policy);
  PolicySet after;
  after.add("after", PolicyKind::kIdentity, shorter);
  oracle::Dice dice(1);
  int different = 0;
  for (int i = 0; i < count; ++i) {
    const Question question = question_about(policy, statement, Catalogue::embedded(), dice);
    const Request request(question.fields);
    different += evaluate(before, request).kind != evaluate(after, request).kind ? 1 : 0;
  }
  return different;
}

}  // namespace

TEST_CASE("deleting what redundant-action and redundant-resource report changes no decision") {
  LintOptions options;
  options.select = {"redundant-action", "redundant-resource"};
  std::size_t found = 0;
  for (const ManagedPolicy managed : Catalogue::embedded().managed_policies()) {
    const Policy policy = *parse_policy(std::string(managed.name()), *managed.document());
    LintSubject subject;
    subject.policy = &policy;
    subject.kind = PolicyKind::kIdentity;
    for (const Finding& finding : lint(subject, options)) {
      ++found;
      INFO(managed.name() << " " << finding.document_path << " " << finding.message);
      const std::size_t index = number_behind(finding.document_path, "Statement[");
      CHECK(differences(policy, without(policy, finding.document_path), policy.statements.at(index),
                        300) == 0);
    }
  }
  CHECK(found > 50);
}

TEST_CASE("deleting an entry that nothing covers does change decisions") {
  const auto policy = parse_policy("p", R"({"Version": "2012-10-17", "Statement": [{"Effect":
      "Allow", "Action": ["s3:Get*", "s3:PutObject"], "Resource": "*"}]})");
  CHECK(differences(*policy, without(*policy, "Statement[0].Action[1]"), policy->statements[0],
                    100) > 0);
}

}  // namespace iamcheck::managed
