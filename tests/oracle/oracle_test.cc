// The parts of the oracle by themselves, by the rules of evaluation-semantics.md. Whole decisions
// are in tests/conformance.

#include <nlohmann/json.hpp>
#include <string>

#include "action.h"
#include "address.h"
#include "base64.h"
#include "caller.h"
#include "catch.h"
#include "characters.h"
#include "condition.h"
#include "decimal.h"
#include "evaluate.h"
#include "instant.h"
#include "principal.h"
#include "resource.h"
#include "variables.h"
#include "wildcard.h"

namespace iamcheck::oracle {
namespace {

using nlohmann::json;

bool wild(std::string_view pattern, std::string_view text) {
  return matches(wildcard_tokens(pattern), text);
}

int order(const char* a, const char* b) { return compare(*parse_decimal(a), *parse_decimal(b)); }

int instant_order(const char* a, const char* b) {
  return compare(*parse_instant(a), *parse_instant(b));
}

bool in_range(const char* range, const char* address) {
  return contains(*parse_range(range), *parse_address(address));
}

json request_of(const char* principal) {
  return {{"principal", principal}, {"action", "s3:GetObject"}, {"resource", "arn:aws:s3:::b/k"}};
}

constexpr const char* kUser = "arn:aws:iam::111122223333:user/alice";
constexpr const char* kSession = "arn:aws:sts::111122223333:assumed-role/ci/run7";

PrincipalMatch principal_of(const char* caller, const json& principal,
                            PolicyKind kind = PolicyKind::kResource) {
  return match_principal(principal, read_caller(request_of(caller)), kind);
}

}  // namespace

TEST_CASE("S3: wildcards") {
  CHECK(wild("", ""));
  CHECK_FALSE(wild("", "a"));
  CHECK(wild("*", ""));
  CHECK_FALSE(wild("?", ""));
  CHECK(wild("a*b?c", "aXXbYc"));
  CHECK_FALSE(wild("a*b?c", "aXXbc"));
  CHECK(wild("*a*", "\n a"));
  CHECK(wild("?", "\xC3\xA9"));
  CHECK(wild("?", "\xFF"));  // a byte of no valid sequence is one character
  CHECK_FALSE(wild("?",
                   "\xC3"
                   "a"));
}

TEST_CASE("S3: characters are code points, stray bytes are characters of their own") {
  CHECK(characters("a\xC3\xA9").size() == 2);
  CHECK(characters("\xF0\x9F\x98\x80").size() == 1);
  CHECK(characters("\xED\xA0\x80").size() == 3);  // a surrogate is not valid UTF-8
  CHECK(characters("\xC0\x80").size() == 2);      // nor is an overlong form
}

TEST_CASE("S7: simple lower-casing") {
  CHECK(simple_lower(characters("ÀÉΣЖ")) == characters("àéσж"));
  CHECK(simple_lower(characters("ß")) == characters("ß"));
}

TEST_CASE("S5: actions") {
  CHECK(action_entry_matches("S3:get*", "s3:GetObject"));
  CHECK_FALSE(action_entry_matches("s*:GetObject", "s3:GetObject"));
  CHECK_FALSE(action_entry_matches("s3:Get Object", "s3:Get Object"));
}

TEST_CASE("S6.4: short ARNs by the kind of policy") {
  const json request = request_of(kUser);
  const Context context(request, read_caller(request));
  std::set<std::string> unknown;
  const auto entry = [&](std::string_view text, PolicyKind kind) {
    return match_entry(text, "arn:aws:s3:::b/k", kind, true, context, unknown);
  };
  for (const PolicyKind kind :
       {PolicyKind::kIdentity, PolicyKind::kSession, PolicyKind::kBoundary}) {
    CHECK(entry("arn:aws:s3", kind) == EntryMatch::kMatch);
  }
  for (const PolicyKind kind : {PolicyKind::kResource, PolicyKind::kEndpoint}) {
    CHECK(entry("arn:aws:s3", kind) == EntryMatch::kMiss);
    CHECK(entry("arn:aws:s3*", kind) == EntryMatch::kMatch);
    CHECK(entry("arn:*:s3", kind) == EntryMatch::kMatch);
  }
  CHECK(entry("arn:aws:s3", PolicyKind::kScp) == EntryMatch::kBroken);
  CHECK(entry("arn:*:s3", PolicyKind::kScp) == EntryMatch::kBroken);
  CHECK(entry("arn:aws:s3*", PolicyKind::kScp) == EntryMatch::kMatch);
  CHECK(entry("arn:aws:s3*", PolicyKind::kRcp) == EntryMatch::kBroken);
}

TEST_CASE("S7: decimals are compared exactly") {
  CHECK(order("1", "1.0") == 0);
  CHECK(order("0.1", "0.10000000000000000001") < 0);
  CHECK(order("-2", "-10") > 0);
  CHECK(order("-0", "0") == 0);
  CHECK(order("1e3", "1000") == 0);
  CHECK(order("10e-1", "1") == 0);
  CHECK(order("123456789012345678901234567890", "123456789012345678901234567891") < 0);
  for (const char* bad : {"", " 5", "5 ", "5x", "1.", ".5", "e3", "1e", "--1", "0x10"}) {
    CHECK_FALSE(parse_decimal(bad).has_value());
  }
}

TEST_CASE("S7: instants") {
  CHECK(instant_order("1970-01-01T00:00:00Z", "0") == 0);
  CHECK(instant_order("2024-03-01T12:00:00Z", "1709294400") == 0);
  CHECK(instant_order("2024-03-01T14:00:00+02:00", "1709294400") == 0);
  CHECK(instant_order("2024-03-01T07:30:00-04:30", "1709294400") == 0);
  CHECK(instant_order("2024-03-01T12:00:00.25Z", "1709294400.250") == 0);
  CHECK(instant_order("2024", "1970-01-01T00:33:44Z") == 0);
  CHECK(instant_order("1969-12-31T23:59:59.25Z", "1969-12-31T23:59:59.5Z") < 0);
  CHECK(instant_order("1969-12-31T23:59:59.25Z", "1969-12-31T23:59:59Z") > 0);
  CHECK(instant_order("1969-12-31T23:59:59.90Z", "1970-01-01") < 0);
  CHECK(instant_order("2000-02-29", "951782400") == 0);
  for (const char* bad : {"", "2024-13", "2024-02-30", "1900-02-29", "2024-01-01T", "2024-01-01T12",
                          "2024-01-01T24:00", "2024-01-01T12:60", "2024-01-01T12:00:00.Z",
                          "2024-01-01 12:00", "2024-01-01T12:00:00+2", "2024-01-01Z", "-5"}) {
    CHECK_FALSE(parse_instant(bad).has_value());
  }
}

TEST_CASE("S7: addresses and ranges") {
  CHECK(in_range("10.0.0.77/24", "10.0.0.1"));
  CHECK_FALSE(in_range("10.0.0.77/24", "10.0.1.1"));
  CHECK_FALSE(in_range("0.0.0.0/0", "::1"));
  CHECK(in_range("::/0", "::1"));
  CHECK(in_range("2001:db8::1", "2001:DB8:0:0:0:0:0:1"));
  CHECK(in_range("::ffff:1.2.3.4", "::ffff:102:304"));
  for (const char* bad : {"", "1.2.3", "1.2.3.256", "1.2.3.4.5", "01.2.3.4", "1:2:3:4:5:6:7", ":::",
                          "1::2::3", "12345::", "1:2:3:4:5:6:7:8:9", "::1%eth0", "1.2.3.4/24"}) {
    CHECK_FALSE(parse_address(bad).has_value());
  }
  for (const char* bad : {"1.2.3.4/33", "::/129", "1.2.3.4/", "1.2.3.4/x"}) {
    CHECK_FALSE(parse_range(bad).has_value());
  }
}

TEST_CASE("S7: base64, by the vectors of RFC 4648") {
  CHECK(decode_base64("") == "");
  CHECK(decode_base64("Zg==") == "f");
  CHECK(decode_base64("Zm8=") == "fo");
  CHECK(decode_base64("Zm9vYmFy") == "foobar");
  for (const char* bad : {"Zg", "Zg=", "Z===", "Zm9v=", "Zm 9", "Zg==Zg=="}) {
    CHECK_FALSE(decode_base64(bad).has_value());
  }
}

TEST_CASE("S7: operator names") {
  CHECK(parse_operator("StringEquals"));
  CHECK(parse_operator("forallvalues:arnnotlikeifexists")->negated);
  CHECK(parse_operator("ForAnyValue:NotIpAddressIfExists")->if_exists);
  CHECK_FALSE(parse_operator("NullIfExists"));
  CHECK_FALSE(parse_operator("IfExists"));
  CHECK_FALSE(parse_operator("NumericLike"));
  CHECK_FALSE(parse_operator("ForAllValues:ForAnyValue:StringEquals"));
}

TEST_CASE("S8: the kinds of match") {
  CHECK(principal_of(kUser, "*") == PrincipalMatch::kDirect);
  CHECK(principal_of(kUser, {{"AWS", "111122223333"}}) == PrincipalMatch::kAccount);
  CHECK(principal_of(kUser, {{"AWS", {"111122223333", kUser}}}) == PrincipalMatch::kDirect);
  CHECK(principal_of(kSession, {{"AWS", "arn:aws:iam::111122223333:role/p/q/ci"}}) ==
        PrincipalMatch::kSessionRole);
  CHECK(principal_of(kSession, {{"AWS", kSession}}) == PrincipalMatch::kDirect);
  CHECK(principal_of("*anonymous*", {{"AWS", "111122223333"}}) == PrincipalMatch::kNone);
  CHECK(principal_of("accounts.example.com", {{"Federated", "accounts.example.com"}},
                     PolicyKind::kTrust) == PrincipalMatch::kDirect);
  CHECK(principal_of("accounts.example.com", {{"Federated", "accounts.example.com"}}) ==
        PrincipalMatch::kNone);
}

TEST_CASE("ask mode names the missing keys") {
  json request = request_of(kUser);
  request["mode"] = "ask";
  request["context"] = {{"ctx:given", "1"}};
  request["identityPolicies"] = json::parse(R"([{"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b/${ctx:Variable}",
       "Condition": {"StringEquals": {"ctx:Missing": "1", "ctx:given": "1"}}},
      {"Effect": "Allow", "Action": "sqs:*", "Resource": "*",
       "Condition": {"StringEquals": {"ctx:other": "1"}}}]}])");
  const Verdict verdict = evaluate(request);
  CHECK(verdict.kind == DecisionKind::kUndecided);
  CHECK(verdict.missing == std::set<std::string>{"ctx:missing", "ctx:variable"});
  request["mode"] = "strict";
  CHECK(evaluate(request).kind == DecisionKind::kImplicitlyDenied);
}

}  // namespace iamcheck::oracle
