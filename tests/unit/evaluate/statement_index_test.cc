// Without a trace `evaluate` skips statements that cannot speak about the service of the action;
// with one it asks them all. Both must say the same.
#include <string>

#include "catch.h"
#include "iamcheck/evaluate.h"

namespace iamcheck {
namespace {

Decision decide(const std::string& statements, const std::string& action, bool trace) {
  const auto policy =
      parse_policy("p", R"({"Version": "2012-10-17", "Statement": [)" + statements + "]}");
  REQUIRE(policy.has_value());
  PolicySet set;
  set.add("p", PolicyKind::kIdentity, *policy);
  RequestFields fields;
  fields.principal = "arn:aws:iam::111122223333:user/alice";
  fields.action = action;
  fields.resource = "arn:aws:s3:::b/k";
  EvaluateOptions options;
  options.trace = trace;
  return evaluate(set, Request(std::move(fields)), options);
}

void check_same(const std::string& statements) {
  for (const char* action : {"s3:GetObject", "S3:getobject", "sqs:SendMessage", "s3:", "", "s3"}) {
    INFO(action << " " << statements);
    const Decision all = decide(statements, action, true);
    const Decision indexed = decide(statements, action, false);
    CHECK(indexed.kind == all.kind);
    CHECK(indexed.cause == all.cause);
    CHECK(indexed.decided_by == all.decided_by);
    CHECK(indexed.also == all.also);
    REQUIRE(indexed.warnings.size() == all.warnings.size());
    for (std::size_t i = 0; i < all.warnings.size(); ++i) {
      CHECK(indexed.warnings[i].message == all.warnings[i].message);
    }
  }
}

const std::string kGet = R"({"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"})";
const std::string kSend = R"({"Effect": "Allow", "Action": "SQS:Send*", "Resource": "*"})";
const std::string kEverything = R"({"Effect": "Allow", "Action": "*", "Resource": "*"})";
const std::string kAllBut = R"({"Effect": "Allow", "NotAction": "sqs:*", "Resource": "*"})";
const std::string kDenyBut = R"({"Effect": "Deny", "NotAction": "s3:Get*", "Resource": "*"})";
const std::string kBoth =
    R"({"Effect": "Allow", "Action": "s3:*", "NotAction": "s3:Put*", "Resource": "*"})";
const std::string kNeither = R"({"Effect": "Deny", "Resource": "*"})";
const std::string kBroken = R"({"Effect": "Maybe", "Action": "ec2:*", "Resource": "*"})";
const std::string kSeveral =
    R"({"Effect": "Allow", "Action": ["sqs:*", "ec2:*", "s3:Get*", "s3:Put*"], "Resource": "*"})";

}  // namespace

TEST_CASE("statements chosen by service and all statements give the same decision") {
  for (const std::string& statements :
       {kGet, kSend, kEverything, kAllBut, kDenyBut, kBoth, kNeither, kBroken, kSeveral,
        kGet + "," + kEverything, kEverything + "," + kGet, kSend + "," + kAllBut + "," + kGet,
        kAllBut + "," + kSend + "," + kDenyBut + "," + kBroken, kSeveral + "," + kBoth}) {
    check_same(statements);
  }
}

TEST_CASE("the first statement that allows is named, whether it names the service or not") {
  CHECK(decide(kEverything + "," + kGet, "s3:GetObject", false).decided_by->statement == 0);
  CHECK(
      decide(kSend + "," + kGet + "," + kEverything, "s3:GetObject", false).decided_by->statement ==
      1);
  CHECK(decide(kSend + "," + kAllBut + "," + kGet, "s3:GetObject", false).decided_by->statement ==
        1);
}

TEST_CASE("an unusable statement is told of whatever service it is about") {
  CHECK(decide(kBroken, "s3:GetObject", false).warnings.size() == 1);
}

}  // namespace iamcheck
