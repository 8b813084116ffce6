// Two policies, and whether the second grants more. docs/analysis.md.
#include <string>

#include "catch.h"
#include "iamcheck/analysis.h"
#include "iamcheck/evaluate.h"

using namespace iamcheck;

namespace {

Policy policy(const std::string& statements) {
  return *parse_policy("p.json", R"({"Version": "2012-10-17", "Statement": [)" + statements + "]}");
}

AccessAnswer compare(const std::string& before, const std::string& after,
                     PolicyKind kind = PolicyKind::kIdentity, AnalysisOptions options = {}) {
  return no_new_access(policy(before), policy(after), kind, options);
}

std::string allow(const std::string& action, const std::string& resource,
                  const std::string& more = "") {
  return R"({"Effect": "Allow", "Action": ")" + action + R"(", "Resource": ")" + resource + "\"" +
         more + "}";
}

std::string deny(const std::string& action, const std::string& resource,
                 const std::string& more = "") {
  return R"({"Effect": "Deny", "Action": ")" + action + R"(", "Resource": ")" + resource + "\"" +
         more + "}";
}

std::string when(const std::string& block) { return R"(, "Condition": {)" + block + "}"; }

bool passes(const std::string& before, const std::string& after) {
  const AccessAnswer answer = compare(before, after);
  INFO(before << "\n" << after);
  if (answer.witness) INFO(answer.witness->action << " on " << answer.witness->resource);
  CHECK((answer.verdict == Verdict::kPass || answer.verdict == Verdict::kFailConfirmed));
  return answer.verdict == Verdict::kPass;
}

}  // namespace

TEST_CASE("actions and resources narrow and widen") {
  const std::string all = allow("s3:*", "*"), get = allow("s3:GetObject", "arn:aws:s3:::b/*");
  CHECK(passes(all, get));
  CHECK_FALSE(passes(get, all));
  CHECK(passes(get, get));
  CHECK(passes(allow("s3:Get*", "*"), allow("S3:getobject*", "*")));
  CHECK_FALSE(passes(allow("s3:GetObject*", "*"), allow("s3:Get*", "*")));
  CHECK(passes(
      allow("s3:Get*", "*") + "," + allow("s3:Put*", "*"),
      R"({"Effect": "Allow", "Action": ["s3:PutObject", "s3:GetObject"], "Resource": "*"})"));
  CHECK(
      passes(R"({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"})", allow("ec2:*", "*")));
  CHECK_FALSE(
      passes(R"({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"})", allow("*", "*")));
}

TEST_CASE("a Deny takes away, and one that is gone gives back") {
  const std::string all = allow("*", "*");
  CHECK(passes(all, all + "," + deny("iam:*", "*")));
  CHECK_FALSE(passes(all + "," + deny("iam:*", "*"), all));
  CHECK(passes(all + "," + deny("iam:*", "*"),
               R"({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"})"));
  const AccessAnswer answer = compare(all + "," + deny("iam:*", "*"), all);
  REQUIRE(answer.added.size() == 1);
  CHECK(answer.added[0].was_denied_by == StatementRef{0, 1});
}

TEST_CASE("S7: conditions, each operator as the evaluator has it") {
  const auto with = [](const std::string& block) { return allow("s3:*", "*", when(block)); };
  const std::string eq = with(R"("StringEquals": {"aws:PrincipalOrgID": "o-1"})");
  CHECK(passes(allow("s3:*", "*"), eq));
  CHECK_FALSE(passes(eq, allow("s3:*", "*")));
  CHECK(passes(with(R"("StringLike": {"aws:PrincipalOrgID": "o-*"})"), eq));
  CHECK_FALSE(passes(with(R"("StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1"})"),
                     with(R"("StringLikeIfExists": {"aws:PrincipalOrgID": "o-*"})")));
  CHECK(passes(with(R"("StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1"})"), eq));
  CHECK_FALSE(passes(eq, with(R"("StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1"})")));
  // S7.1: a negated operator holds without the key.
  CHECK_FALSE(passes(with(R"("StringLike": {"aws:PrincipalOrgID": "*"})"),
                     with(R"("StringNotEquals": {"aws:PrincipalOrgID": "o-1"})")));
  CHECK(passes(with(R"("StringNotEquals": {"aws:PrincipalOrgID": "o-1"})"),
               with(R"("StringEquals": {"aws:PrincipalOrgID": "o-2"})")));
  CHECK(passes(with(R"("NumericLessThan": {"aws:MultiFactorAuthAge": "100"})"),
               with(R"("NumericLessThanEquals": {"aws:MultiFactorAuthAge": "99"})")));
  CHECK_FALSE(passes(with(R"("NumericLessThan": {"aws:MultiFactorAuthAge": "100"})"),
                     with(R"("NumericLessThanEquals": {"aws:MultiFactorAuthAge": "100"})")));
  CHECK(passes(with(R"("IpAddress": {"aws:SourceIp": "10.0.0.0/8"})"),
               with(R"("IpAddress": {"aws:SourceIp": ["10.1.0.0/16", "10.2.3.4"]})")));
  CHECK_FALSE(passes(with(R"("IpAddress": {"aws:SourceIp": "10.1.0.0/16"})"),
                     with(R"("IpAddress": {"aws:SourceIp": "10.0.0.0/8"})")));
  CHECK(passes(with(R"("DateLessThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"})"),
               with(R"("DateLessThan": {"aws:CurrentTime": "2025-01-01T00:00:00Z"})")));
  CHECK(passes(with(R"("Null": {"aws:MultiFactorAuthPresent": "false"})"),
               with(R"("Bool": {"aws:MultiFactorAuthPresent": "true"})")));
  CHECK_FALSE(passes(with(R"("Bool": {"aws:MultiFactorAuthPresent": "true"})"),
                     with(R"("BoolIfExists": {"aws:MultiFactorAuthPresent": "true"})")));
  // S7.4: ForAllValues holds of nothing.
  CHECK_FALSE(passes(with(R"("ForAnyValue:StringEquals": {"aws:TagKeys": "a"})"),
                     with(R"("ForAllValues:StringEquals": {"aws:TagKeys": "a"})")));
  CHECK(passes(with(R"("ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]})"),
               with(R"("ForAllValues:StringEquals": {"aws:TagKeys": "a"})")));
  CHECK(passes(with(R"("ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:t*"})"),
               with(R"("ArnEquals": {"aws:SourceArn": "arn:aws:sns:eu-west-1:*:topic"})")));
}

TEST_CASE("S4: the same variable cancels, in a wider pattern too") {
  const std::string home = allow("s3:*", "arn:aws:s3:::b/${aws:username}/*");
  CHECK(passes(home, home));
  CHECK(passes(allow("s3:*", "arn:aws:s3:::b/*"), home));
  CHECK(passes(home, allow("s3:*", "arn:aws:s3:::b/${aws:username}/x*")));
  CHECK(compare(home, allow("s3:*", "arn:aws:s3:::b/${aws:userid}/*")).verdict != Verdict::kPass);
  CHECK(compare(home, allow("s3:*", "arn:aws:s3:::b/alice/*")).verdict != Verdict::kPass);
}

TEST_CASE("both readings of ARNs, and the strict one is their worse") {
  const std::string before = allow("cloudformation:*", "arn:aws:cloudformation:*:*:stack/Not/*");
  const std::string after = allow("cloudformation:*", "arn:aws:cloudformation:*:*:stack/My/*");
  CHECK_FALSE(passes(before, after));
  const std::string narrow = allow("s3:*", "arn:aws:s3:::a*"),
                    deny_other = deny("s3:*", "arn:aws:s3:::b*");
  CHECK(compare(narrow, narrow + "," + deny_other).verdict == Verdict::kPass);
  // A `*` that ends the account crosses into the resource under the documented reading.
  const std::string crossing = allow("sns:*", "arn:aws:sns:*:*:t");
  const std::string denied =
      allow("sns:*", "arn:aws:sns:*:111122223333:t") + "," + allow("sns:*", "arn:aws:sns:*:*:t");
  CHECK(compare(denied, crossing).verdict == Verdict::kPass);
}

TEST_CASE("reasons are the statements with new access, the witness shows one of them") {
  const AccessAnswer answer =
      compare(allow("s3:Get*", "*"), allow("s3:GetObject", "*") + "," +
                                         allow("s3:PutObject", "arn:aws:s3:::b/k") + "," +
                                         allow("iam:PassRole", "arn:aws:iam::111122223333:role/*"));
  REQUIRE(answer.verdict == Verdict::kFailConfirmed);
  CHECK(answer.reasons == std::vector<StatementRef>{{0, 1}, {0, 2}});
  REQUIRE(answer.witness);
  CHECK(answer.witness->action == "s3:PutObject");
  CHECK(answer.witness->resource == "arn:aws:s3:::b/k");
  CHECK(answer.added_complete);
  REQUIRE(answer.added.size() == 2);
  CHECK(answer.added[1].resources == std::vector<std::string>{"arn:aws:iam::111122223333:role/*"});
  CHECK(answer.closest == StatementRef{0, 0});
  CHECK(answer.closest_lacks == std::vector<std::string>{"Action"});
}

TEST_CASE("S8: principals of resource-based policies") {
  const auto to = [](const std::string& principal) {
    return R"({"Effect": "Allow", "Principal": )" + principal +
           R"(, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"})";
  };
  const auto verdict = [&](const std::string& before, const std::string& after) {
    return compare(to(before), to(after), PolicyKind::kResource).verdict;
  };
  CHECK(verdict(R"("*")", R"({"Service": "ec2.amazonaws.com"})") == Verdict::kPass);
  CHECK(verdict(R"({"AWS": "111122223333"})", R"({"AWS": "arn:aws:iam::111122223333:role/x"})") ==
        Verdict::kPass);
  CHECK(verdict(R"({"AWS": "arn:aws:iam::111122223333:role/x"})", R"({"AWS": "111122223333"})") ==
        Verdict::kFailConfirmed);
  CHECK(verdict(R"({"AWS": "111122223333"})", R"({"AWS": "444455556666"})") ==
        Verdict::kFailConfirmed);
  CHECK(verdict(R"({"AWS": "111122223333"})", R"("*")") == Verdict::kFailConfirmed);
  CHECK(verdict(R"({"AWS": "arn:aws:iam::111122223333:role/x"})",
                R"({"AWS": "arn:aws:sts::111122223333:assumed-role/x/s"})") == Verdict::kPass);
  // The path belongs to the role.
  CHECK(verdict(R"({"AWS": "arn:aws:iam::111122223333:role/a/x"})",
                R"({"AWS": "arn:aws:iam::111122223333:role/b/x"})") == Verdict::kFailConfirmed);
  CHECK(verdict(R"({"AWS": "arn:aws:iam::111122223333:role/a/x"})",
                R"({"AWS": "arn:aws:sts::111122223333:assumed-role/x/s"})") == Verdict::kPass);
}

TEST_CASE("a piece names a role once, with its sessions") {
  const std::string role = R"({"AWS": "arn:aws:iam::111122223333:role/a"})";
  const AccessAnswer answer =
      compare("", allow("s3:GetObject", "*", R"(, "Principal": )" + role), PolicyKind::kResource);
  REQUIRE(answer.added.size() == 1);
  CHECK(answer.added[0].callers == std::vector<std::string>{"arn:aws:iam::111122223333:role/a"});
}

TEST_CASE("layers: a boundary, an SCP and a session policy take away") {
  const auto set = [&](const std::string& identity, PolicyKind kind, const std::string& other) {
    PolicySet policies;
    policies.add("identity", PolicyKind::kIdentity, policy(identity));
    if (!other.empty()) policies.add("other", kind, policy(other));
    return policies;
  };
  const std::string all = allow("*", "*"), s3 = allow("s3:*", "*");
  for (const PolicyKind kind : {PolicyKind::kBoundary, PolicyKind::kScp, PolicyKind::kSession}) {
    INFO(info(kind).name);
    CHECK(no_new_access(set(s3, kind, ""), set(all, kind, s3)).verdict == Verdict::kPass);
    CHECK(no_new_access(set(all, kind, s3), set(s3, kind, "")).verdict == Verdict::kPass);
    const AccessAnswer wider = no_new_access(set(all, kind, s3), set(all, kind, all));
    CHECK(wider.verdict == Verdict::kFailConfirmed);
  }
  CHECK(
      no_new_access(set(s3, PolicyKind::kRcp, ""), set(s3, PolicyKind::kRcp, deny("s3:Put*", "*")))
          .verdict == Verdict::kPass);
}

TEST_CASE("redundant statements: an Allow inside another, a Deny that meets no Allow") {
  const Policy document =
      policy(allow("s3:*", "*") + "," + allow("s3:GetObject", "arn:aws:s3:::b/*") + "," +
             deny("iam:*", "*") + "," + deny("s3:DeleteBucket", "*"));
  const RedundancyAnswer answer = redundant_statements(document, PolicyKind::kIdentity);
  REQUIRE(answer.redundant.size() == 2);
  CHECK(answer.redundant[0].statement == 1);
  CHECK(answer.redundant[1].statement == 2);
  CHECK(answer.unknown.empty());
}

TEST_CASE("what cannot be decided within the limits is unknown, never a pass") {
  AnalysisOptions options;
  options.max_steps = 1;
  CHECK(
      compare(allow("s3:*", "*"), allow("s3:Get*", "*"), PolicyKind::kIdentity, options).verdict ==
      Verdict::kUnknown);
}

TEST_CASE("with the catalogue, only requests that AWS knows are new") {
  AnalysisOptions real;
  real.catalogued = true;
  const auto verdict = [&](const std::string& before, const std::string& after) {
    const AccessAnswer answer = compare(before, after, PolicyKind::kIdentity, real);
    CHECK(answer.assumptions.size() == 1);
    return answer.verdict;
  };
  // Every action of s3:Get* that exists, and those alone.
  CHECK_FALSE(passes(allow("s3:GetBucketAcl", "*"), allow("s3:GetBucketAc*", "*")));
  CHECK(verdict(allow("s3:GetBucketAcl", "*"), allow("s3:GetBucketAc*", "*")) == Verdict::kPass);
  CHECK(verdict(allow("s3:GetBucketAcl", "*"), allow("s3:GetBucket*", "*")) ==
        Verdict::kFailConfirmed);
  // AWS documents this one as a false positive: the Deny names buckets, GetObject acts on objects.
  CHECK(verdict(allow("s3:GetObject", "*") + "," + deny("s3:GetObject", "arn:aws:s3:::b"),
                allow("s3:GetObject", "*")) == Verdict::kPass);
  CHECK(verdict(allow("s3:GetObject", "*") + "," + deny("s3:GetObject", "arn:aws:s3:::b/*"),
                allow("s3:GetObject", "*")) == Verdict::kFailConfirmed);
  // A key that the action never has is absent.
  const std::string passed =
      when(R"("StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"})");
  CHECK(verdict(allow("iam:PassRole", "*"), allow("s3:*", "*", passed)) == Verdict::kPass);
  CHECK(verdict(allow("s3:*", "*"), allow("iam:PassRole", "*", passed)) == Verdict::kFailConfirmed);
  // ListAllMyBuckets acts on no bucket; AWS asks it of the ARN of all (S6.5).
  CHECK(verdict(allow("s3:ListBucket", "*"), allow("s3:ListAllMyBuckets", "arn:aws:s3:::*")) ==
        Verdict::kFailConfirmed);
  CHECK(verdict(allow("s3:ListBucket", "*"), allow("s3:ListAllMyBuckets", "arn:aws:s3:::b")) ==
        Verdict::kPass);
}

TEST_CASE("with the catalogue, actions known at deploy time rule nothing out") {
  AnalysisOptions real;
  real.catalogued = true;
  const std::string open = R"({"Effect": "Allow", "Action": {"Ref": "Actions"}, "Resource": "*"})";
  CHECK(compare(open, allow("s3:GetObject", "*"), PolicyKind::kIdentity, real).verdict ==
        Verdict::kFailPossible);
  CHECK(compare(open, open, PolicyKind::kIdentity, real).verdict == Verdict::kPass);
}
