// What the profile of Access Analyzer does otherwise than the rules by themselves.
#include <string>

#include "subject.h"

namespace iamcheck {
namespace {

// Of a Statement's members.
std::string document(const std::string& members) {
  return R"({"Version": "2012-10-17", "Statement": [{)" + members + "}]}";
}

struct AsAws {
  PolicyKind kind = PolicyKind::kIdentity;
  std::string resource_type;
};

// The marked text of each finding of the rule, with those of its further places.
std::vector<std::string> places(const std::string& text, const std::string& slug,
                                const AsAws& as_aws = {}) {
  LintOptions options;
  options.profile = Profile::kAccessAnalyzer;
  options.select = {slug};
  ReadOptions read;
  read.tolerant = true;
  const auto policy = parse_policy("policy.json", text, read);
  REQUIRE(policy.has_value());
  LintSubject subject;
  subject.policy = &*policy;
  subject.kind = as_aws.kind;
  subject.kind_source = KindSource::kFlag;
  subject.resource_type = as_aws.resource_type;
  std::vector<std::string> marked;
  for (const Finding& finding : lint(subject, options)) {
    std::string one(policy->source->slice(finding.span));
    for (const RelatedSpan& related : finding.related) {
      if (!related.aside) one.append(" ").append(policy->source->slice(related.span));
    }
    marked.push_back(one);
  }
  return marked;
}

using Texts = std::vector<std::string>;

const AsAws kBucket{PolicyKind::kResource, "AWS::S3::Bucket"};
const AsAws kTable{PolicyKind::kResource, "AWS::DynamoDB::Table"};
const AsAws kResource{PolicyKind::kResource, ""};
const AsAws kTrust{PolicyKind::kTrust, ""};

TEST_CASE("to Access Analyzer an error of syntax is the only finding") {
  const std::string text = document(R"("Effect": "Allow", "Action": "s3:Nix", "Resource": "*",)");
  CHECK(places(text, "unknown-action").empty());
  CHECK(places(text, "json-syntax") == Texts{","});
}

TEST_CASE("to Access Analyzer a malformed action does not exist") {
  for (const std::string action :
       {"s3", "", "s3:", "s3:Get Object", "s3: GetObject", "s3:GetObject "}) {
    const std::string written = "\"" + action + "\"";
    const std::string text = document(R"("Effect": "Deny", "Resource": "*", "Action": )" + written);
    CAPTURE(action);
    CHECK(places(text, "unknown-action") == Texts{written});
    CHECK(places(text, "unknown-service-in-action").empty());
  }
}

std::string of_resource(const std::string& arn) {
  return document(R"("Effect": "Deny", "Action": "s3:GetObject", "Resource": ")" + arn + "\"");
}

TEST_CASE("to Access Analyzer a star does not stand for fields of an ARN") {
  CHECK(places(of_resource("arn:aws:s3:*"), "arn-fields").size() == 1);
  CHECK(places(of_resource("arn:aws:s3:::*"), "arn-fields").empty());
}

TEST_CASE("Access Analyzer judges the resource of an ARN where region and account are fixed") {
  for (const std::string arn : {"arn:aws:lambda:us-east-1:111122223333:resize",
                                "arn:aws:iam::111122223333:user", "arn:aws:sts::111122223333:x"}) {
    CAPTURE(arn);
    CHECK(places(of_resource(arn), "arn-resource").size() == 1);
  }
  for (const std::string arn :
       {"arn:aws:lambda:us-east-1:*:resize", "arn:aws:lambda:*:111122223333:resize",
        "arn:aws:lambda:${aws:RequestedRegion}:111122223333:resize",
        "arn:aws:lambda:us-east-1:111122223333:*", "arn:aws:apigateway:us-east-1::/tags"}) {
    CAPTURE(arn);
    CHECK(places(of_resource(arn), "arn-resource").empty());
  }
}

TEST_CASE("Access Analyzer asks for region and account by the type of the resource") {
  const std::string regionless = of_resource("arn:aws:ec2::111122223333:instance/*");
  CHECK(places(regionless, "arn-region-missing").size() == 1);
  // Pools of addresses have no region.
  CHECK(places(of_resource("arn:aws:ec2::111122223333:ipam/*"), "arn-region-missing").empty());
  CHECK(places(of_resource("arn:aws:s3:us-east-1::bucket"), "arn-region-not-allowed").size() == 1);
  CHECK(places(of_resource("arn:aws:s3:us-east-1:111122223333:accesspoint/a"),
               "arn-region-not-allowed")
            .empty());
  CHECK(places(of_resource("arn:aws:iam::<account>:role/x"), "arn-account").size() == 1);
}

TEST_CASE("Access Analyzer holds actions against the type of resource that it is told") {
  const std::string text = document(
      R"("Effect": "Deny", "Principal": "*", "Resource": "*",
         "Action": ["kms:Decrypt", "kms:*", "s3:ListAllMyBuckets", "s3:ListBucket", "s3:*", "*"])");
  const std::string slug = "unsupported-action-in-resource-policy";
  CHECK(places(text, slug, kBucket) ==
        Texts{"\"kms:Decrypt\"", "\"kms:*\"", "\"s3:ListAllMyBuckets\""});
  CHECK(places(text, slug, kResource).empty());
  const std::string table = document(
      R"("Effect": "Deny", "Principal": "*", "Resource": "*",
         "Action": ["dynamodb:GetItem", "dynamodb:ListTables", "dynamodb:Query"])");
  CHECK(places(table, slug, kTable) == Texts{"\"dynamodb:ListTables\""});
  const std::string trust = document(
      R"("Effect": "Allow", "Principal": {"AWS": "111122223333"},
         "Action": ["sts:AssumeRole", "sts:TagSession", "sts:GetCallerIdentity", "s3:GetObject"])");
  CHECK(places(trust, slug, kTrust) == Texts{"\"sts:GetCallerIdentity\"", "\"s3:GetObject\""});
}

TEST_CASE("Access Analyzer holds ARNs against the type of resource that it is told") {
  const std::string text = document(
      R"("Effect": "Deny", "Principal": "*", "Action": "s3:*",
         "Resource": ["arn:aws:s3:::a", "arn:aws:s3:::a/*", "arn:aws:sqs:us-east-1:111122223333:q",
                      "arn:aws:s3:us-east-1:111122223333:accesspoint/a", "*"])");
  const std::string slug = "unsupported-resource-in-resource-policy";
  CHECK(places(text, slug, kBucket) ==
        Texts{"\"arn:aws:sqs:us-east-1:111122223333:q\"",
              "\"arn:aws:s3:us-east-1:111122223333:accesspoint/a\""});
  CHECK(places(text, slug, kResource).empty());
}

TEST_CASE("a key is irrelevant to Access Analyzer where it is told that the resource is of S3") {
  const std::string text = document(
      R"("Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition":
         {"StringEquals": {"s3:ResourceAccount": "111122223333", "aws:ResourceAccount": "1"}})");
  CHECK(places(text, "irrelevant-condition-key", kBucket) == Texts{"\"s3:ResourceAccount\""});
  CHECK(places(text, "irrelevant-condition-key", kResource).empty());
}

TEST_CASE("a policy of a role lacks a resource where Access Analyzer is not told that it is one") {
  const std::string text = document(
      R"("Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole")");
  CHECK(places(text, "missing-resource", kResource).size() == 1);
  CHECK(places(text, "missing-resource", kTrust).empty());
}

TEST_CASE("Access Analyzer wants the actions that let callers set the keys of a session") {
  const auto text = [](const std::string& actions) {
    return document(R"("Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": )" +
                    actions + R"(, "Condition": {"StringLike": {"sts:SourceIdentity": "a*"}})");
  };
  const std::string slug = "missing-action-for-key";
  CHECK(places(text(R"("sts:AssumeRole")"), slug, kTrust) == Texts{"\"sts:SourceIdentity\""});
  CHECK(places(text(R"(["sts:AssumeRole", "sts:SetSourceIdentity"])"), slug, kTrust).empty());
  CHECK(places(text(R"("sts:*")"), slug, kTrust).empty());
}

TEST_CASE("what is the same more than twice is one finding of Access Analyzer") {
  const std::string one = R"({"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"})";
  std::string statements = one;
  statements.append(", ").append(one).append(", ").append(one);
  const Texts same = places(R"({"Version": "2012-10-17", "Statement": [)" + statements + "]}",
                            "redundant-statement");
  REQUIRE(same.size() == 1);
  CHECK(same[0].size() == 3 * one.size() + 2);
  const std::string keys = document(
      R"("Effect": "Deny", "Action": "s3:GetObject", "Resource": "*", "Condition":
         {"StringEquals": {"aws:userid": "a", "aws:UserId": "b", "AWS:USERID": "c"}})");
  CHECK(places(keys, "duplicate-condition-key-case") ==
        Texts{R"("aws:UserId" "aws:userid" "AWS:USERID")"});
}

TEST_CASE(
    "keys that a service never sends are one finding of Access Analyzer, keys of an RCP two") {
  const std::string service = document(
      R"("Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage",
         "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5",
         "aws:PrincipalAccount": "111122223333"}})");
  CHECK(places(service, "condition-key-not-for-service-principal", kResource) ==
        Texts{R"("aws:PrincipalOrgID" "aws:PrincipalAccount")"});
  const std::string rcp = document(
      R"("Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition":
         {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5",
         "aws:PrincipalAccount": "111122223333"}})");
  CHECK(places(rcp, "rcp-missing-principal-is-service", {PolicyKind::kRcp, ""}).size() == 2);
}

TEST_CASE("Access Analyzer has every wildcard in the subject of a GitHub token") {
  const auto text = [](const std::string& subject) {
    return document(
        R"("Effect": "Allow", "Principal": {"Federated":
           "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
           "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {"StringLike":
           {"token.actions.githubusercontent.com:sub": ")" +
        subject + "\"}}");
  };
  const std::string slug = "trust-github-sub-wildcard";
  CHECK(places(text("repo:o/r:ref:refs/heads/release-*"), slug, kTrust).size() == 1);
  CHECK(places(text("repo:o/r"), slug, kTrust).empty());
}

TEST_CASE("placeholders of templates are to Access Analyzer what they say") {
  const std::string text = document(
      R"("Effect": "Deny", "Action": "s3:*", "Resource": "*", "Sid": "<name>", "Condition":
         {"IpAddress": {"aws:SourceIp": "<address>/32"}, "DateLessThan": {"aws:CurrentTime": "{{day}}"}})");
  CHECK(places(text, "invalid-sid-chars") == Texts{"\"<name>\""});
  CHECK(places(text, "ip-value") == Texts{"\"<address>/32\""});
  CHECK(places(text, "date-value") == Texts{"\"{{day}}\""});
  CHECK(places(document(R"("Effect": "${effect}", "Action": "s3:*", "Resource": "*")"),
               "invalid-effect") == Texts{"\"${effect}\""});
}

TEST_CASE("of the weaker limits of a service Access Analyzer knows aws:Referer alone") {
  const auto text = [](const std::string& key) {
    return document(
        R"("Effect": "Allow", "Principal": {"Service": "ses.amazonaws.com"}, "Action": "s3:PutObject",
           "Resource": "arn:aws:s3:::a/*", "Condition": {"StringEquals": {")" +
        key + R"(": "111122223333"}})");
  };
  CHECK(places(text("aws:Referer"), "service-principal-weak-source", kResource).size() == 1);
  CHECK(places(text("aws:Referer"), "resource-confused-deputy", kResource).empty());
  CHECK(places(text("sts:ExternalId"), "service-principal-weak-source", kResource).empty());
  CHECK(places(text("sts:ExternalId"), "resource-confused-deputy", kResource).size() == 1);
}

TEST_CASE("to Access Analyzer the id of a network has letters and digits") {
  const std::string text = document(
      R"("Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals":
         {"aws:SourceVpc": ["vpc-111zzz22", "vpc-1"]}})");
  CHECK(places(text, "vpc-format") == Texts{"\"vpc-1\""});
}

}  // namespace
}  // namespace iamcheck
