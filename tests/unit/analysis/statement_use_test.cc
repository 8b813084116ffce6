// What each statement of a document is good for.
#include <string>

#include "catch.h"
#include "iamcheck/analysis.h"

namespace iamcheck {
namespace {

Policy parse(const std::string& statements) {
  auto policy =
      parse_policy("p.json", R"({"Version": "2012-10-17", "Statement": [)" + statements + "]}");
  REQUIRE(policy);
  return *policy;
}

std::string one(const std::string& effect, const std::string& action, const std::string& resource,
                const std::string& more = "") {
  return R"({"Effect": ")" + effect + R"(", "Action": ")" + action + R"(", "Resource": ")" +
         resource + "\"" + more + "}";
}

// `1 needed`, `0 covered by 1 2`, ... in one line.
std::string uses(const std::string& statements, PolicyKind kind = PolicyKind::kIdentity,
                 const AnalysisOptions& options = {}) {
  constexpr std::array<std::string_view, 5> kNames = {"needed", "never", "taken", "covered",
                                                      "unknown"};
  std::string text;
  for (const StatementUse& use : statement_uses(parse(statements), kind, options)) {
    if (!text.empty()) text += ", ";
    text += kNames[static_cast<std::size_t>(use.kind)];
    if (use.contradicts_itself) text += " itself";
    for (const std::uint32_t other : use.by) text += " " + std::to_string(other);
  }
  return text;
}

TEST_CASE("a statement that others say already is covered, by the fewest of them") {
  CHECK(uses(one("Allow", "s3:*", "*") + "," + one("Allow", "s3:Get*", "arn:aws:s3:::b/*")) ==
        "needed, covered 0");
  CHECK(uses(one("Allow", "s3:Get*", "*") + "," + one("Allow", "s3:*", "*")) ==
        "covered 1, needed");
  CHECK(uses(one("Allow", "s3:Get*", "*") + "," + one("Allow", "iam:*", "*") + "," +
             one("Allow", "s3:List*", "*") + "," +
             R"({"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"],
                 "Resource": "*"})") == "needed, needed, needed, covered 0 2");
  CHECK(uses(one("Deny", "s3:*", "*") + "," + one("Deny", "s3:Get*", "*")) == "needed, covered 0");
}

TEST_CASE("of two equal statements the first stays") {
  CHECK(uses(one("Allow", "s3:*", "*") + "," + one("Allow", "S3:*", "*")) == "needed, covered 0");
  CHECK(uses(one("Allow", "s3:*", "*") + "," + one("Allow", "s3:*", "*") + "," +
             one("Allow", "s3:*", "*")) == "needed, covered 0, covered 0");
}

TEST_CASE("an Allow that Denies take away whole, and one that they take away in part") {
  CHECK(uses(one("Allow", "s3:Get*", "*") + "," + one("Deny", "s3:*", "*")) == "taken 1, needed");
  CHECK(uses(one("Allow", "s3:*", "*") + "," + one("Deny", "s3:Get*", "*")) == "needed, needed");
  // What one half denies and the other half allows already.
  CHECK(uses(R"({"Effect": "Allow", "Action": ["s3:Get*", "iam:Get*"], "Resource": "*"},)" +
             one("Deny", "s3:*", "*") + "," + one("Allow", "iam:*", "*")) ==
        "covered 1 2, needed, needed");
  // A Deny says something even where nothing is allowed here.
  CHECK(uses(one("Deny", "s3:*", "*")) == "needed");
}

TEST_CASE("a condition narrows what covers and what is covered") {
  const std::string mfa = R"(, "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}})";
  CHECK(uses(one("Allow", "s3:*", "*", mfa) + "," + one("Allow", "s3:Get*", "*")) ==
        "needed, needed");
  CHECK(uses(one("Allow", "s3:*", "*") + "," + one("Allow", "s3:Get*", "*", mfa)) ==
        "needed, covered 0");
  CHECK(uses(one("Allow", "s3:*", "*") + "," + one("Deny", "s3:*", "*", mfa)) == "needed, needed");
}

TEST_CASE("a statement that no request matches, for its conditions or without them") {
  CHECK(uses(one("Allow", "s3:*", "*",
                 R"(, "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a"},
                                    "Null": {"aws:PrincipalOrgID": "true"}})")) == "never itself");
  CHECK(uses(one("Deny", "s3:*", "*",
                 R"(, "Condition": {"NumericLessThan": {"s3:max-keys": "3"},
                                    "NumericGreaterThan": {"s3:max-keys": "5"}})")) ==
        "never itself");
  CHECK(uses(R"({"Effect": "Allow", "NotAction": "*", "Resource": "*"})") == "never");
}

TEST_CASE("S9.4: whom a resource names through its account it does not name directly") {
  const auto names = [](const std::string& arn) {
    return one("Allow", "s3:GetObject", "*", R"(, "Principal": {"AWS": ")" + arn + "\"}");
  };
  const std::string session = names("arn:aws:sts::111122223333:assumed-role/ci/deploy");
  const std::string role = names("arn:aws:iam::111122223333:role/ci");
  // Both match the session; only the first gives it what a boundary does not take back.
  CHECK(uses(session + "," + role, PolicyKind::kResource) == "needed, needed");
  CHECK(uses(role + "," + role, PolicyKind::kResource) == "needed, covered 0");
  CHECK(uses(session + "," + names("*"), PolicyKind::kResource) == "covered 1, needed");
}

TEST_CASE("what is known only at deploy time covers nothing but the same expression") {
  const std::string bucket = R"({"Effect": "Allow", "Action": "s3:GetObject",
                                 "Resource": {"Ref": "Bucket"}})";
  const std::string other = R"({"Effect": "Allow", "Action": "s3:GetObject",
                                "Resource": {"Ref": "Other"}})";
  CHECK(uses(bucket + "," + other) == "needed, needed");
  CHECK(uses(bucket + "," + bucket) == "needed, covered 0");
  CHECK(uses(one("Allow", "s3:*", "*") + "," + bucket) == "needed, covered 0");
  const std::string open = R"({"Effect": {"Ref": "Effect"}, "Action": "s3:*", "Resource": "*"})";
  CHECK(uses(open + "," + one("Allow", "s3:Get*", "*")) == "unknown, needed");
}

TEST_CASE("beyond the limits of the document nothing is said to be useless") {
  AnalysisOptions options;
  options.max_steps = 2;
  CHECK(uses(one("Allow", "s3:*", "*") + "," + one("Allow", "s3:Get*", "*"), PolicyKind::kIdentity,
             options) == "unknown, unknown");
}

// Bounded work: each pair of statements would be looked at otherwise.
TEST_CASE("a document of very many statements is given up, not looked through") {
  std::string statements = one("Allow", "s3:Get*", "*");
  for (int i = 0; i < 20'000; ++i)
    statements += "," + one("Allow", "s3:Get" + std::to_string(i), "arn:aws:s3:::b/*");
  AnalysisOptions options;
  options.max_steps = 200'000;
  const auto uses = statement_uses(parse(statements), PolicyKind::kIdentity, options);
  REQUIRE(uses.size() == 20'001);
  CHECK(uses.front().kind == StatementUse::Kind::kUnknown);
}

}  // namespace
}  // namespace iamcheck
