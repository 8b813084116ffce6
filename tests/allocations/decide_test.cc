// "A decision without trace allocates nothing": counted, over every layer and every family of
// conditions, once everything that is made on first use has been made.

#include <memory>

#include "../unit/evaluate/asked.h"
#include "counted_new.h"

using namespace iamcheck;
using namespace iamcheck::test;

namespace {

struct Counted {
  DecisionKind kind;
  std::size_t allocations;
};

Counted decide_counted(const Asked& asked, const EvaluateOptions& options = {.warnings = false}) {
  const Request request(asked.fields);
  evaluate(asked.policies, request, options);  // warm
  const std::size_t before = allocations();
  const DecisionKind kind = evaluate(asked.policies, request, options).kind;
  return {kind, allocations() - before};
}

// A table would do, but a failure should name its line.
#define CHECK_ALLOCATES_NOTHING(asked, expected)      \
  do {                                                \
    const Counted counted = decide_counted(asked);    \
    CHECK(counted.kind == DecisionKind::k##expected); \
    CHECK(counted.allocations == 0);                  \
  } while (false)

const std::string kAllowS3 = R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})";
const std::string kAllowSqs = R"({"Effect": "Allow", "Action": "sqs:*", "Resource": "*"})";
const std::string kForEveryone =
    R"({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"})";

// Alice reads an object through every layer that there is.
Asked alice_through_all_layers() {
  Asked asked(kAlice, "s3:GetObject", "arn:aws:s3:::reports/home/alice/2026.csv");
  asked.fields.resource_account = "111122223333";
  asked.fields.context.set("aws:SourceIp", "192.0.2.44");
  asked.fields.context.set("aws:PrincipalTag/team", "blue-and-green-together");
  asked.fields.context.set_list("aws:TagKeys", {"team", "stage"});
  asked.policies.add_level(PolicyKind::kScp, "root");
  asked.with(PolicyKind::kScp, kAllowAll);
  asked.policies.add_level(PolicyKind::kScp, "unit");
  asked.with(PolicyKind::kScp, R"({"Effect": "Allow", "NotAction": "ec2:*", "Resource": "*"})");
  asked.policies.add_level(PolicyKind::kRcp, "root");
  asked.with(PolicyKind::kRcp, kForEveryone);
  asked.with(PolicyKind::kEndpoint, kForEveryone);
  asked.with(PolicyKind::kBoundary, kAllowS3);
  asked.with(PolicyKind::kSession, kAllowS3);
  asked.resource(granted_to(R"({"AWS": "111122223333"})"));
  asked.identity(kAllowS3);
  return asked;
}

std::string allow_if(const std::string& condition) {
  return R"({"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::reports/*",)"
         R"( "Condition": {)" +
         condition + "}}";
}

}  // namespace

TEST_CASE("the counter counts") {
  const std::size_t before = allocations();
  const auto one = std::make_unique<int>(1);
  CHECK(allocations() > before);
}

TEST_CASE("no allocation in a decision: through all layers, and stopped by each") {
  CHECK_ALLOCATES_NOTHING(alice_through_all_layers(), Allowed);
  for (const PolicyKindInfo& kind : policy_kinds()) {
    if (kind.kind == PolicyKind::kTrust) continue;
    INFO(kind.name);
    const std::string deny =
        kind.takes_principal
            ? R"({"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"})"
            : kDenyAll;
    CHECK_ALLOCATES_NOTHING(alice_through_all_layers().with(kind.kind, deny), ExplicitlyDenied);
  }
  for (const PolicyKind kind : {PolicyKind::kScp, PolicyKind::kBoundary, PolicyKind::kSession}) {
    INFO(info(kind).name);
    Asked asked = Asked(kAlice, "s3:GetObject").identity(kAllowS3).with(kind, kAllowSqs);
    CHECK_ALLOCATES_NOTHING(asked, ImplicitlyDenied);
  }
  CHECK_ALLOCATES_NOTHING(Asked(kAlice, "s3:GetObject").with(PolicyKind::kEndpoint, kAllowSqs),
                          ImplicitlyDenied);
  CHECK_ALLOCATES_NOTHING(Asked(kAlice, "s3:GetObject"), ImplicitlyDenied);
}

TEST_CASE("no allocation in a decision: across accounts, for roles, services and nobody") {
  const auto granted = [](const std::string& caller, const std::string& named) {
    Asked asked(caller, "s3:GetObject");
    asked.fields.resource_account = "444455556666";
    return asked.identity(kAllowS3).resource(granted_to(named));
  };
  CHECK_ALLOCATES_NOTHING(granted(kAlice, R"({"AWS": ")" + kAlice + "\"}"), Allowed);
  CHECK_ALLOCATES_NOTHING(granted(kAlice, R"({"AWS": "444455556666"})"), ImplicitlyDenied);
  CHECK_ALLOCATES_NOTHING(granted(kSession, R"({"AWS": "arn:aws:iam::111122223333:role/ci"})"),
                          Allowed);
  CHECK_ALLOCATES_NOTHING(
      granted("cloudtrail.amazonaws.com", R"({"Service": "cloudtrail.amazonaws.com"})"), Allowed);
  CHECK_ALLOCATES_NOTHING(granted("*anonymous*", "\"*\""), Allowed);

  Asked trust(kAlice, "sts:AssumeRole", "arn:aws:iam::111122223333:role/a-role-with-a-name");
  trust.trust(R"({"Effect": "Allow", "Principal": {"AWS": ")" + kAlice +
              R"("}, "Action": "sts:AssumeRole"})");
  CHECK_ALLOCATES_NOTHING(trust, Allowed);
}

TEST_CASE("no allocation in a decision: public access") {
  Asked asked = alice_through_all_layers().resource(allow_if(
      R"("IpAddress": {"aws:SourceIp": "0.0.0.0/1"}, "StringLike": {"aws:PrincipalOrgID": "*"})"));
  asked.fields.s3_block_public_access = true;
  CHECK_ALLOCATES_NOTHING(asked, Allowed);
}

TEST_CASE("no allocation in a decision: every family of conditions") {
  for (const char* condition : {
           R"("StringEquals": {"aws:PrincipalTag/team": "blue-and-green-together"})",
           R"("StringNotEqualsIgnoreCase": {"aws:PrincipalTag/team": "red"})",
           R"("StringLike": {"aws:PrincipalTag/team": "blue-*-together"})",
           R"("StringEqualsIfExists": {"aws:PrincipalTag/stage": "a-stage-that-nobody-has"})",
           R"("ForAllValues:StringEquals": {"aws:TagKeys": ["team", "stage", "cost"]})",
           R"("ForAnyValue:StringLike": {"aws:TagKeys": ["te?m"]})",
           R"("Null": {"aws:TokenIssueTime": "true"})",
           R"("IpAddress": {"aws:SourceIp": ["192.0.2.0/24", "2001:db8::/32"]})",
           R"("NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"})",
           R"("ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/*"})",
           R"("ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:user/bob"})",
           R"("Bool": {"aws:SecureTransport": "true"})",
           R"("NumericLessThan": {"s3:max-keys": "1000"})",
           R"("DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"})",
           R"("BinaryEquals": {"aws:BinaryThatIsLongEnough": "aVNlZVRoaXNBc0FMb25nVmFsdWU="})",
           R"("StringEquals": {"aws:PrincipalTag/team": "${aws:PrincipalTag/team}"})",
           R"("StringLike": {"aws:PrincipalTag/team": "${aws:PrincipalTag/stage, 'blue'}-*"})",
       }) {
    INFO(condition);
    Asked asked(kAlice, "s3:GetObject", "arn:aws:s3:::reports/2026.csv");
    Context& context = asked.fields.context;
    context.set("aws:SourceIp", "192.0.2.44");
    context.set("aws:PrincipalTag/team", "blue-and-green-together");
    context.set_list("aws:TagKeys", {"team", "stage"});
    context.set("aws:SecureTransport", "true");
    context.set("s3:max-keys", "10");
    context.set("aws:CurrentTime", "2026-11-20T16:00:00Z");
    context.set("aws:BinaryThatIsLongEnough", "aVNlZVRoaXNBc0FMb25nVmFsdWU=");
    CHECK_ALLOCATES_NOTHING(asked.identity(allow_if(condition)), Allowed);
  }
}

TEST_CASE("no allocation in a decision: patterns with stars and variables") {
  for (const char* resource :
       {"arn:aws:s3:::reports/*/*a*/*2026*", "arn:*:s3:*:*:reports/home/??ic?/2026.csv",
        "arn:aws:s3:::reports/home/${aws:username}/*",
        "arn:aws:s3:::reports/*/${aws:username}/${aws:nothing, '20'}*.csv"}) {
    INFO(resource);
    Asked asked(kAlice, "s3:GetObject", "arn:aws:s3:::reports/home/alice/2026.csv");
    asked.identity(R"({"Effect": "Allow", "Action": "s3:*Ob*ct", "Resource": ")" +
                   std::string(resource) + "\"}");
    CHECK_ALLOCATES_NOTHING(asked, Allowed);
  }
}

TEST_CASE("no allocation in a decision: keys that nobody knows and that do not matter") {
  Asked asked = alice_through_all_layers().identity(
      allow_if(R"("StringEquals": {"aws:PrincipalTag/unknown": "x"})"));
  asked.fields.context.set_mode(Context::Mode::kAsk);
  CHECK_ALLOCATES_NOTHING(asked, Allowed);
}
