// S10.2: what a call of several units says of an account that was not wholly read.
#include "catch.h"
#include "iamcheck/report.h"
#include "small_account.h"

using namespace iamcheck;
using namespace iamcheck::test;

namespace {

struct Asked {
  std::vector<UnitQuestion> units;
  CallDecision decision;
};

Asked ask(const Account& account, std::vector<CallUnit> call_units) {
  const Result<Caller> alice = account.find_principal("alice");
  REQUIRE(alice);
  Call call;
  call.fields.context.set_mode(Context::Mode::kAsk);
  call.units = std::move(call_units);
  auto units = account.ask_call(*alice, call, Catalogue::embedded());
  REQUIRE(units);
  CallDecision decision = decide_units(*units, Catalogue::embedded());
  return {*std::move(units), std::move(decision)};
}

std::string to_text(const Asked& asked) {
  return render_text(explain_units(asked.units, asked.decision), asked.decision, {});
}

bool has(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

const CallUnit kReport{"s3:GetObject", "arn:aws:s3:::reports/a"};
const CallUnit kPass{"iam:PassRole", role_arn("app")};

Account broken_bucket() {
  const std::string policy = R"({"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
      {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*",
       "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}]})";
  return Account::read({{"a/dump.json", dump(user("alice", policy))},
                        {"a/x.json", R"({"arn": "arn:aws:s3:::reports", "polcy": {}})"}});
}

}  // namespace

TEST_CASE("account: S10.2 a resource policy that was not read is told with its unit, and why") {
  const Asked asked = ask(broken_bucket(), {{"s3:GetObject", "arn:aws:s3:::other/a"}, kReport});
  const CallDecision& call = asked.decision;
  CHECK(call.kind == DecisionKind::kUndecided);
  CHECK(call.deciding_unit.value_or(9) == 1);
  CHECK(call.units[0].decision.allowed());
  CHECK(call.units[0].decision.warnings.empty());
  REQUIRE(call.units[1].decision.warnings.size() == 1);
  CHECK(call.units[1].decision.warnings[0].code == "policy-not-read");
  CHECK(has(call.units[1].decision.warnings[0].message,
            "(a/x.json:1:33: `polcy` is no member that is read here)"));
  CHECK(has(to_text(asked), "unit 2 of 2 decides: it hangs on policies that were not read"));
}

TEST_CASE("account: S10.2 an open call names its keys and that policies were not read") {
  const std::string text = to_text(ask(broken_bucket(), {kReport, kPass}));
  CHECK(has(text,
            "it hangs on: iam:PassedToService and policies that were not read; unit 1 of 2 is the "
            "first that is open"));
  CHECK(has(to_text(ask(broken_bucket(), {kPass, kPass})),
            "it hangs on: iam:PassedToService; unit 1 of 2"));
}

TEST_CASE("account: S10.2 what was taken for granted is no warning, and said once") {
  const Account account = read_dump(dump(user("alice", allow("s3:*", "*"))));
  const CallUnit other{"s3:GetObject", "arn:aws:s3:::other/a"};
  const CallDecision call = ask(account, {kReport, other}).decision;
  CHECK(call.warnings.empty());
  CHECK(call.assumptions ==
        std::vector<std::string>{"the resource belongs to the principal's account"});
  CHECK(call.units[0].assumptions ==
        std::vector<std::string>{"no resource-based policy on " + kReport.resource});
  CHECK(call.units[1].assumptions ==
        std::vector<std::string>{"no resource-based policy on " + other.resource});
}
