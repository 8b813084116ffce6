// S10.2: calls of several units.
#include "iamcheck/call.h"

#include <algorithm>
#include <string>
#include <vector>

#include "asked.h"
#include "iamcheck/catalogue.h"

using namespace iamcheck;
using namespace iamcheck::test;

namespace {

const std::string kEc2 = "arn:aws:ec2:eu-west-1:111122223333:";
const std::string kInstance = kEc2 + "instance/i-1";
const std::string kSubnet = kEc2 + "subnet/s-1";
const std::string kImage = "arn:aws:ec2:eu-west-1::image/ami-1";
const std::string kRole = "arn:aws:iam::111122223333:role/app";

using Names = std::vector<std::string>;

struct Called {
  PolicySet policies;
  Call call;

  explicit Called(std::vector<CallUnit> units, const std::string& statements = kAllowAll) {
    policies = Asked(kAlice, "").identity(statements).policies;
    call.fields.principal = kAlice;
    call.units = std::move(units);
  }
  Called& with(const std::string& key, const std::string& value) {
    call.fields.context.set(key, value);
    return *this;
  }
  Called& ask() {
    call.fields.context.set_mode(Context::Mode::kAsk);
    return *this;
  }
  std::vector<UnitQuestion> split() const {
    auto units = split_call(call, policies, Catalogue::embedded());
    REQUIRE(units);
    return *std::move(units);
  }
  CallDecision decide() const {
    auto decision = decide_call(policies, call, Catalogue::embedded());
    REQUIRE(decision);
    return *std::move(decision);
  }
};

// AWS's own example of `...IfExists`, with the operator to be filled in.
std::string only_small(const std::string& condition_operator) {
  return R"({"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*", "Condition": {")" +
         condition_operator + R"(": {"ec2:InstanceType": ["t1.*", "t2.*"]}}})";
}

Called run_instances(const std::string& statements) {
  return Called({{"ec2:RunInstances", kInstance},
                 {"ec2:RunInstances", kSubnet},
                 {"ec2:RunInstances", kImage}},
                statements)
      .with("ec2:InstanceType", "t2.micro");
}

Names codes(const std::vector<DecisionWarning>& warnings) {
  Names out;
  for (const DecisionWarning& warning : warnings) out.push_back(warning.code);
  return out;
}

std::string message(const std::vector<DecisionWarning>& warnings, const std::string& code) {
  const auto found = std::ranges::find(warnings, code, &DecisionWarning::code);
  return found == warnings.end() ? "" : found->message;
}

}  // namespace

TEST_CASE("S10.2: a key of the instance is missing for the subnet, so StringLike denies the call") {
  const CallDecision decision = run_instances(only_small("StringLike")).decide();
  CHECK(decision.kind == DecisionKind::kImplicitlyDenied);
  REQUIRE(decision.deciding_unit.has_value());
  CHECK(decision.deciding_unit.value() == 1);
  REQUIRE(decision.units.size() == 3);
  CHECK(decision.units[0].decision.allowed());
  CHECK(decision.units[0].left_out.empty());
  CHECK(decision.units[1].left_out == Names{"ec2:InstanceType"});
  CHECK(decision.units[2].left_out == Names{"ec2:InstanceType"});
}

TEST_CASE("S10.2: with StringLikeIfExists the subnet does not deny the call, the instance may") {
  Called called = run_instances(only_small("StringLikeIfExists"));
  const CallDecision decision = called.decide();
  CHECK(decision.allowed());
  CHECK_FALSE(decision.deciding_unit.has_value());
  const CallDecision large = called.with("ec2:InstanceType", "p5.48xlarge").decide();
  REQUIRE(large.deciding_unit.has_value());
  CHECK(large.deciding_unit.value() == 0);
}

TEST_CASE("S10.2: a Deny by a negated operator hits the units that lack the key") {
  const CallDecision decision =
      run_instances(kAllowAll + R"(, {"Effect": "Deny", "Action": "ec2:RunInstances",
          "Resource": "*", "Condition": {"StringNotEquals": {"ec2:InstanceType": "t2.micro"}}})")
          .decide();
  CHECK(decision.kind == DecisionKind::kExplicitlyDenied);
  CHECK(decision.deciding_unit.value_or(9) == 1);
  CHECK(decision.cause == DecisionCause::kExplicitDeny);
}

TEST_CASE("S10.2: a single question keeps its whole context") {
  Called called({{"ec2:RunInstances", kSubnet}}, only_small("StringLike"));
  called.with("ec2:InstanceType", "t2.micro");
  const CallDecision decision = called.decide();
  CHECK(decision.allowed());
  CHECK(decision.units[0].left_out.empty());
}

TEST_CASE("S10.2: a key that was given for the unit stays in it") {
  Called called = run_instances(only_small("StringLike"));
  called.call.units[1].context.set("EC2:instancetype", "t2.nano");
  called.call.units[2].context.set("ec2:InstanceType", "p5.48xlarge");
  const CallDecision decision = called.decide();
  CHECK(decision.units[1].decision.allowed());
  CHECK(decision.units[1].left_out.empty());
  CHECK_FALSE(decision.units[2].decision.allowed());
  CHECK(decision.deciding_unit.value_or(9) == 2);
}

TEST_CASE("S10.2: a unit may lack what the call has") {
  Called called = run_instances(only_small("StringLike"));
  called.call.units[0].context.set_absent("ec2:InstanceType");
  CHECK_FALSE(called.decide().units[0].decision.allowed());
}

TEST_CASE("S10.2: keys of the action, of the type, global keys and unknown keys stay") {
  Called called({{"ec2:RunInstances", kInstance}, {"ec2:RunInstances", kSubnet}});
  called
      .with("ec2:Region", "eu-west-1")    // of the action
      .with("ec2:SubnetID", "s-1")        // of the subnet
      .with("aws:SourceIp", "192.0.2.1")  // global
      .with("corp:Invented", "x")         // in no catalogue
      .with("s3:prefix", "home/");        // of nothing in this call
  const std::vector<UnitQuestion> units = called.split();
  CHECK(units[0].left_out == Names{"ec2:SubnetID"});
  CHECK(units[1].left_out.empty());
  CHECK_FALSE(units[0].request.context().find("ec2:SubnetID").present());
  for (const char* key : {"ec2:Region", "aws:SourceIp", "corp:Invented", "s3:prefix"})
    CHECK(units[0].request.context().find(key).present());
  // Of a single question the same is said today.
  CHECK(codes(called.decide().warnings) ==
        Names{"further-units", "unknown-context-key", "context-key-not-of-action"});
}

TEST_CASE("S10.2: each action of a call has its own keys") {
  Called called({{"lambda:CreateFunction", "arn:aws:lambda:eu-west-1:111122223333:function:f"},
                 {"iam:PassRole", kRole}},
                R"({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition":
                    {"StringEqualsIfExists": {"iam:PassedToService": "lambda.amazonaws.com"}}})");
  called.with("iam:PassedToService", "ec2.amazonaws.com").with("lambda:VpcIds", "vpc-1");
  const CallDecision decision = called.decide();
  CHECK(decision.units[0].left_out == Names{"iam:PassedToService"});
  CHECK(decision.units[1].left_out == Names{"lambda:VpcIds"});
  CHECK(decision.units[0].decision.allowed());
  CHECK(decision.deciding_unit.value_or(9) == 1);
}

TEST_CASE("S10.2: a resource of no known type may have every key of the action") {
  Called called({{"ec2:RunInstances", "*"}, {"corp:Unknown", kSubnet}, {"iam:PassRole", kRole}});
  const std::vector<UnitQuestion> units = called.with("ec2:InstanceType", "t2.micro").split();
  CHECK(units[0].left_out.empty());
  CHECK(units[1].left_out.empty());
  CHECK(units[2].left_out == Names{"ec2:InstanceType"});
}

TEST_CASE("S10.2: in ask mode a key that the unit cannot have is absent, not unknown") {
  Called called({{"ec2:RunInstances", kInstance}, {"ec2:RunInstances", kSubnet}},
                only_small("StringLikeIfExists"));
  const CallDecision open = called.ask().decide();
  CHECK(open.kind == DecisionKind::kUndecided);
  CHECK(open.missing_context == Names{"ec2:InstanceType"});
  CHECK(open.deciding_unit.value_or(9) == 0);
  CHECK(open.units[1].decision.allowed());
  CHECK(open.units[1].left_out == Names{"ec2:InstanceType"});
}

TEST_CASE(
    "S10.2: an explicit deny of one unit is the answer, then an implicit one, then undecided") {
  const auto denied = [](const std::string& what) {
    return R"({"Effect": "Deny", "Action": "s3:PutObject", "Resource": ")" + what + R"("})";
  };
  const std::string asks = R"({"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/2",
      "Condition": {"Bool": {"aws:SecureTransport": "true"}}})";
  const std::string asks_too = R"({"Effect": "Allow", "Action": "s3:*",
      "Resource": "arn:aws:s3:::b/1", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}})";
  const auto decide = [](Names resources, const std::string& statements) {
    std::vector<CallUnit> units;
    for (const std::string& resource : resources)
      units.push_back({"s3:PutObject", "arn:aws:s3:::b/" + resource});
    return Called(units, statements).ask().decide();
  };
  const std::string all = asks + "," + asks_too + "," + denied("arn:aws:s3:::b/4");
  const CallDecision undecided = decide({"2", "1"}, all);
  CHECK(undecided.kind == DecisionKind::kUndecided);
  CHECK(undecided.missing_context == Names{"aws:SecureTransport", "aws:SourceIp"});
  CHECK(undecided.deciding_unit.value_or(9) == 0);
  const CallDecision implicit = decide({"2", "1", "3"}, all);
  CHECK(implicit.kind == DecisionKind::kImplicitlyDenied);
  CHECK(implicit.missing_context.empty());
  CHECK(implicit.deciding_unit.value_or(9) == 2);
  const CallDecision explicitly = decide({"2", "3", "4", "1"}, all);
  CHECK(explicitly.kind == DecisionKind::kExplicitlyDenied);
  CHECK(explicitly.deciding_unit.value_or(9) == 2);
}

TEST_CASE("S10.2: the account of the call is for units whose ARN has none") {
  Called called({{"s3:GetObject", "arn:aws:s3:::a/k"},
                 {"iam:PassRole", kRole},
                 {"s3:PutObject", "arn:aws:s3:::b/k", "333344445555"}});
  called.call.fields.resource_account = "222233334444";
  const std::vector<UnitQuestion> units = called.split();
  CHECK(units[0].request.resource_account() == "222233334444");
  CHECK(units[1].request.resource_account() == "111122223333");
  CHECK(units[2].request.resource_account() == "333344445555");
}

TEST_CASE("S10.2: the units that a call still lacks are named, and nothing when it has all") {
  Called called({{"ec2:RunInstances", kInstance}, {"ec2:RunInstances", kSubnet}});
  const std::string lacks = message(called.decide().warnings, "further-units");
  CHECK(lacks.find("(image, network-interface, security-group)") != std::string::npos);
  CHECK(lacks.find("ec2:CreateTags, iam:PassRole, ssm:GetParameters") != std::string::npos);
  for (const std::string& resource :
       {kImage, kEc2 + "network-interface/e", kEc2 + "security-group/g"})
    called.call.units.push_back({"ec2:runinstances", resource});
  called.call.units.push_back({"iam:PassRole", kRole});
  called.call.units.push_back({"ssm:GetParameters", "*"});
  CHECK(message(called.decide().warnings, "further-units") ==
        "`ec2:RunInstances` may also need ec2:CreateTags, which no unit is about; add them");
  called.call.units.push_back({"ec2:CreateTags", kInstance});
  CHECK(called.decide().warnings.empty());
}

TEST_CASE("S10.2: one resource covers one type, whatever the order") {
  // The action must have an agent space and an association, whose ARN has the form of a space too.
  const std::string space = "arn:aws:aidevops:us-east-1:111122223333:agentspace/a";
  const std::string association = space + "/association/b";
  const auto lacking = [](const Names& resources) {
    std::vector<CallUnit> units = {{"iam:PassRole", kRole}};
    for (const std::string& resource : resources)
      units.push_back({"aidevops:GetAssociation", resource});
    return message(Called(units).decide().warnings, "further-units");
  };
  CHECK(lacking({association, space}).empty());
  CHECK(lacking({space, association}).empty());
  CHECK(lacking({association}).find("(associations)") != std::string::npos);
  CHECK(lacking({space, space + "2"}).find("(associations)") != std::string::npos);
  CHECK(lacking({"*"}).empty());
}

TEST_CASE("S10.2: tags of the call are said to be of single resources") {
  Called called({{"ec2:RunInstances", kInstance}, {"ec2:RunInstances", kSubnet}});
  called.with("aws:RequestTag/team", "a");
  CHECK(codes(called.decide().warnings) == Names{"further-units", "tag-of-call"});
  called.call.units[0].context.set("aws:RequestTag/team", "a");
  called.call.units[1].context.set_absent("aws:RequestTag/team");
  CHECK(codes(called.decide().warnings) == Names{"further-units"});
}

TEST_CASE("S10.2: what is said of every unit is said once") {
  Called called(std::vector<CallUnit>{{"s3:GetObject", "arn:aws:s3:::a/k"},
                                      {"s3:PutObject", "arn:aws:sqs:::x"}});
  const CallDecision decision = called.with("aws:SorceIp", "192.0.2.1").decide();
  CHECK(codes(decision.warnings) == Names{"unknown-context-key"});
  CHECK(decision.units[0].decision.warnings.empty());
  CHECK(codes(decision.units[1].decision.warnings) == Names{"resource-type-mismatch"});
}

TEST_CASE("S10.2: what was taken for granted of every unit is said once, else with its unit") {
  const auto assumed = [](const std::string& second) {
    Called called(std::vector<CallUnit>{{"s3:GetObject", "arn:aws:s3:::a/k"}, {"*", second}});
    called.call.units[1].action =
        second.starts_with("arn:aws:s3") ? "s3:PutObject" : "iam:PassRole";
    std::vector<UnitQuestion> units = called.split();
    CHECK(decide_units(units, Catalogue::embedded()).assumptions.empty());
    check_resource_accounts(units);
    return decide_units(units, Catalogue::embedded());
  };
  const Names owner = {"the resource belongs to the principal's account, 111122223333"};
  const CallDecision both = assumed("arn:aws:s3:::b/k");
  CHECK(both.assumptions == owner);
  CHECK(both.units[0].assumptions.empty());
  CHECK(both.units[1].assumptions.empty());
  const CallDecision first = assumed(kRole);
  CHECK(first.assumptions.empty());
  CHECK(first.units[0].assumptions == owner);
  CHECK(first.units[1].assumptions.empty());
}

TEST_CASE("S10.2: a call without units and one with too many are errors") {
  const auto code = [](std::size_t count) {
    Called called(std::vector<CallUnit>(count, CallUnit{"s3:GetObject"}));
    const auto decision = decide_call(called.policies, called.call, Catalogue::embedded());
    return decision ? std::string() : std::string(to_string(decision.error().code));
  };
  CHECK(code(0) == "invalid-argument");
  CHECK(code(Call::kMaxUnits).empty());
  CHECK(code(Call::kMaxUnits + 1) == "limit-exceeded");
}

TEST_CASE("S10.2: the call in words names its units and the one that decides") {
  Called called = run_instances(only_small("StringLike"));
  called.call.units.push_back({"iam:PassRole", kRole});
  const std::vector<UnitQuestion> units = called.split();
  const CallDecision decision = decide_units(units, Catalogue::embedded(), {.trace = true});
  const CallExplanation words = explain_units(units, decision);
  CHECK(words.verdict == "denied");
  CHECK(words.sentence ==
        "user/alice cannot ec2:RunInstances on 3 resources and iam:PassRole on " + kRole);
  REQUIRE(words.units.size() == 4);
  CHECK(words.units[0].verdict == "allowed");
  // No value of the key would help: AWS does not send it.
  REQUIRE(words.units[1].nearest.size() == 1);
  CHECK(words.units[1].nearest[0].text.find("AWS does not send with this unit") !=
        std::string::npos);
}
