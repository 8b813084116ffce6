// JSON Lines in, JSON Lines out.
#include "iamcheck/simulate.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "catch.h"

using namespace iamcheck;
using nlohmann::json;

namespace {

const std::string kAlice = R"("principal": "arn:aws:iam::111122223333:user/alice")";
const std::string kAsk = kAlice + R"(, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k")";
const std::string kAllow = R"({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})";

std::string answers_of(const std::string& input, SimulateOptions options = {}) {
  Simulator simulator(options);
  std::string out = simulator.feed(input);
  return out + simulator.finish();
}

std::vector<json> simulate(const std::string& input, SimulateOptions options = {}) {
  std::vector<json> out;
  std::string text = answers_of(input, options);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    out.push_back(json::parse(text.substr(at, end - at)));
    at = end + 1;
  }
  return out;
}

json simulate_one(const std::string& members) {
  const std::vector<json> answers = simulate("{" + members + "}");
  REQUIRE(answers.size() == 1);
  return answers[0];
}

std::vector<std::string> codes(const json& answer) {
  std::vector<std::string> out;
  for (const json& warning : answer.at("warnings")) out.push_back(warning.at("code"));
  return out;
}

bool warns(const json& answer, const std::string& code) {
  const std::vector<std::string> all = codes(answer);
  return std::find(all.begin(), all.end(), code) != all.end();
}

}  // namespace

TEST_CASE("simulate: every line has one answer, in order, with its id") {
  const auto answers = simulate("{\"id\": \"a\", " + kAsk + "}\n\n  \r\n{\"id\": \"b\", " + kAsk +
                                ", \"identityPolicies\": [" + kAllow + "]}");
  REQUIRE(answers.size() == 2);
  CHECK(answers[0]["id"] == "a");
  CHECK(answers[0]["decision"] == "ImplicitlyDenied");
  CHECK(answers[1]["id"] == "b");
  CHECK(answers[1]["decision"] == "Allowed");
  CHECK(simulate_one(kAsk)["id"].is_null());
}

TEST_CASE("simulate: the cuts between blocks of input do not matter") {
  std::string input = "\xEF\xBB\xBF";
  for (int i = 0; i < 40; ++i)
    input += "{\"id\": \"\xC3\xA9" + std::to_string(i) + "\", " + kAsk + "}\r\n";
  input += "{bad}\n{\"id\": \"last\", " + kAsk + "}";
  const std::string whole = answers_of(input);
  for (std::size_t step : {1, 2, 7, 100}) {
    Simulator simulator;
    std::string out;
    for (std::size_t at = 0; at < input.size(); at += step)
      out += simulator.feed(std::string_view(input).substr(at, step));
    CHECK(out + simulator.finish() == whole);
    CHECK(simulator.counts().answers == 41);
    CHECK(simulator.counts().errors == 1);
  }
}

TEST_CASE("simulate: the number of threads does not show in the answers") {
  std::string input;
  for (int i = 0; i < 500; ++i) {
    const std::string set = "s" + std::to_string(i / 100);
    if (i % 100 == 0)
      input += "{\"policySet\": \"" + set + "\", \"identityPolicies\": [" + kAllow + "]}\n";
    input += i % 17 == 0 ? "{\"id\": 1}\n"
                         : "{\"id\": \"" + std::to_string(i) + "\", \"policySet\": \"" + set +
                               "\", " + kAsk + "}\n";
  }
  SimulateOptions many;
  many.threads = 8;
  CHECK(answers_of(input, many) == answers_of(input));
}

TEST_CASE(
    "simulate: a line that cannot be asked has an error with its place, and the run goes on") {
  const auto check = [](const std::string& line, const std::string& code, int column) {
    INFO(line);
    const auto answers = simulate("\n" + line + "\n{" + kAsk + "}\n");
    REQUIRE(answers.size() == 2);
    CHECK(answers[0]["line"] == 2);
    CHECK(answers[0]["column"] == column);
    CHECK(answers[0]["error"]["code"] == code);
    CHECK_FALSE(answers[0]["error"]["message"].get<std::string>().empty());
    CHECK(answers[1]["decision"] == "ImplicitlyDenied");
  };
  check("{\"id\": }", "json-syntax", 8);
  check("[1]", "invalid-argument", 1);
  check("{\"\xC3\xA9\": \"\xFF\"}", "not-utf8", 8);
  check("{" + kAlice + ", \"resource\": \"*\"}", "invalid-argument", 1);
  check("{" + kAsk + ", \"identityPolicies\": [\"{}\"]}", "not-a-policy",
        static_cast<int>(kAsk.size()) + 25);
  check("{\"id\": 5, " + kAsk + "}", "invalid-argument", 8);
  check("{\"mode\": \"maybe\", " + kAsk + "}", "invalid-argument", 10);
  check("{\"credentialKind\": \"x\", " + kAsk + "}", "invalid-argument", 20);
  check("{\"resourceIsPattern\": 1, " + kAsk + "}", "invalid-argument", 23);
  check("{\"serviceControlPolicies\": [" + kAllow + "], " + kAsk + "}", "invalid-argument", 29);
  check("{\"context\": {\"a:b\": {}}, " + kAsk + "}", "invalid-argument", 21);
}

TEST_CASE("simulate: the id of a line with an error is echoed where it can be read") {
  CHECK(simulate_one(R"("id": "x", "action": "s3:GetObject")")["id"] == "x");
  CHECK(simulate("{\"id\": \"x\"")[0]["id"].is_null());
}

TEST_CASE("simulate: a named set decides the lines behind it, with what they bring themselves") {
  const std::string deny =
      R"({"Statement": {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}})";
  const auto answers = simulate(
      "{\"policySet\": \"s\", \"identityPolicies\": [{\"name\": \"all\", \"policy\": " + kAllow +
      "}]}\n{\"policySet\": \"s\", " + kAsk + "}\n{\"policySet\": \"s\", " + kAsk +
      ", \"resourcePolicy\": " + deny + "}\n{\"policySet\": \"s\", " + kAsk +
      ", \"identityPolicies\": []}\n{\"policySet\": \"s\", " + kAsk + ", \"identityPolicies\": [" +
      kAllow + "]}\n{\"policySet\": \"s\", \"identityPolicies\": []}\n{\"policySet\": \"t\", " +
      kAsk + "}\n");
  REQUIRE(answers.size() == 6);
  CHECK(answers[0]["decision"] == "Allowed");
  CHECK(answers[0]["decidedBy"]["policy"] == "all");
  CHECK(answers[0]["decidedBy"]["span"]["begin"]["line"] == 1);
  CHECK(answers[1]["decision"] == "ExplicitlyDenied");
  CHECK(answers[1]["decidedBy"]["layer"] == "resource");
  CHECK(answers[1]["decidedBy"]["span"]["begin"]["line"] == 3);
  CHECK(answers[2]["decision"] == "Allowed");
  // One kind of policy in two places, a second definition, a name that nobody defined.
  CHECK(answers[3]["error"]["code"] == "invalid-argument");
  CHECK(answers[4]["error"]["code"] == "invalid-argument");
  CHECK(answers[5]["error"]["code"] == "unknown-name");
}

TEST_CASE("simulate: places are those of the input, also of policies that were compiled before") {
  const std::string one =
      "{\"id\": \"\xC3\xA9\", " + kAsk + ", \"identityPolicies\": [" + kAllow + "]}";
  const std::string two =
      "{\"id\": \"much longer\", " + kAsk + ", \"identityPolicies\": [" + kAllow + "]}";
  const std::string input = one + "\n" + two + "\n" + one + "\n";
  const auto answers = simulate(input);
  REQUIRE(answers.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    const json& begin = answers[i]["decidedBy"]["span"]["begin"];
    CHECK(begin["line"] == i + 1);
    CHECK(input.compare(begin["offset"].get<std::size_t>(), 9, "{\"Effect\"") == 0);
  }
  // Columns count characters: é is one, and two bytes.
  const std::size_t place = one.find("{\"Effect\"");
  CHECK(answers[0]["decidedBy"]["span"]["begin"]["column"] == place);
  CHECK(answers[2]["decidedBy"]["span"]["begin"]["column"] == place);
}

TEST_CASE(
    "simulate: the same policy text under another name or in another layer is another policy") {
  const auto ask = [&](const std::string& policies) {
    return "{" + kAsk + ", " + policies + "}\n";
  };
  const auto answers =
      simulate(ask("\"identityPolicies\": [" + kAllow + "]") +
               ask("\"permissionBoundaries\": [" + kAllow + "]") +
               ask("\"identityPolicies\": [{\"name\": \"n\", \"policy\": " + kAllow + "}]"));
  CHECK(answers[0]["decidedBy"]["policy"] == "identityPolicies[0]");
  CHECK(answers[1]["decision"] == "ImplicitlyDenied");
  CHECK(answers[2]["decidedBy"]["policy"] == "n");
}

TEST_CASE("simulate: S1.1 an empty list of SCPs is no organization, an empty level denies") {
  const std::string allowed = kAsk + ", \"identityPolicies\": [" + kAllow + "]";
  CHECK(simulate_one(allowed + ", \"serviceControlPolicies\": []")["decision"] == "Allowed");
  CHECK(
      simulate_one(
          allowed +
          R"(, "serviceControlPolicies": [{"orgIdentifier": "r", "policies": []}])")["decision"] ==
      "ImplicitlyDenied");
  CHECK(
      simulate_one(
          allowed +
          R"(, "resourceControlPolicies": [{"orgIdentifier": "r", "policies": []}])")["decision"] ==
      "Allowed");
}

TEST_CASE("simulate: values of the context are single, lists or absent as they are written") {
  const auto decide = [&](const std::string& operator_name, const std::string& value,
                          const std::string& mode) {
    return simulate_one(
               kAsk + ", \"mode\": \"" + mode + "\", \"context\": {\"aws:x\": " + value +
               R"(}, "identityPolicies": [{"Statement": {"Effect": "Allow", "Action": "*", )"
               R"("Resource": "*", "Condition": {")" +
               operator_name + R"(": {"aws:x": "5"}}}}])")["decision"]
        .get<std::string>();
  };
  CHECK(decide("StringEquals", "\"5\"", "strict") == "Allowed");
  CHECK(decide("StringEquals", "5", "strict") == "Allowed");
  CHECK(decide("StringEquals", "[\"5\"]", "strict") == "ImplicitlyDenied");
  CHECK(decide("ForAnyValue:StringEquals", "[\"5\"]", "strict") == "Allowed");
  CHECK(decide("StringEquals", "null", "ask") == "ImplicitlyDenied");
  CHECK(decide("StringEquals", "[]", "ask") == "ImplicitlyDenied");
  CHECK(decide("StringEqualsIfExists", "null", "strict") == "Allowed");
}

TEST_CASE("simulate: what the catalogue does not know is decided by the text, with a warning") {
  const std::string allow = ", \"identityPolicies\": [" + kAllow + "]";
  const auto ask = [&](const std::string& action, const std::string& resource,
                       const std::string& more) {
    return simulate_one(kAlice + ", \"action\": \"" + action + "\", \"resource\": \"" + resource +
                        "\"" + allow + more);
  };
  const auto check = [](const json& answer, const char* code) {
    INFO(answer.dump());
    CHECK(answer["decision"] == "Allowed");
    CHECK(warns(answer, code));
  };
  check(ask("s3:GetObjct", "arn:aws:s3:::b/k", ""), "unknown-action");
  check(ask("s4:GetObject", "arn:aws:s3:::b/k", ""), "unknown-service");
  check(ask("s3:GetObject", "arn:aws:sqs:us-east-1:111122223333:q", ""), "resource-type-mismatch");
  check(ask("s3:GetObject", "arn:aws:s3:::b/k", R"(, "context": {"s3:nokey": "x"})"),
        "unknown-context-key");
  check(ask("s3:GetObject", "arn:aws:s3:::b/k", R"(, "context": {"ec2:InstanceType": "x"})"),
        "context-key-not-of-action");
  check(ask("s3:GetObject", "arn:aws:s3:::b/k", R"(, "identityPolicy": [])"), "unknown-member");
  check(ask("s3:GetObject", "arn:aws:s3:::b/k", R"(, "mode": "ask", "mode": "strict")"),
        "duplicate-member");
  CHECK(codes(ask("s3:GetObject", "arn:aws:s3:::b/k", R"(, "context": {"aws:SourceIp": "::1"})"))
            .empty());
  const json far = simulate_one(
      R"("principal": "*anonymous*", "action": "s3:GetObject", "resource": "arn:moon:s3:::b/k")");
  CHECK(warns(far, "unknown-partition"));
}

TEST_CASE("simulate: ask mode names the keys that may decide") {
  const json answer = simulate_one(
      kAsk +
      R"(, "mode": "ask", "identityPolicies": [{"Statement": {"Effect": "Allow", "Action": )"
      R"("*", "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}}])");
  CHECK(answer["decision"] == "Undecided");
  CHECK(answer["missingContext"] == json({"aws:MultiFactorAuthPresent"}));
}

TEST_CASE("simulate: layers and trace only when asked for") {
  SimulateOptions explain;
  explain.explain = true;
  const std::string line = "{" + kAsk + ", \"identityPolicies\": [" + kAllow +
                           "], \"serviceControlPolicies\": [{\"orgIdentifier\": \"r-1\", "
                           "\"policies\": [" +
                           kAllow + "]}]}";
  const json with = simulate(line, explain)[0];
  CHECK(with["layers"].size() == 2);
  CHECK(with["layers"][0]["layer"] == "scp");
  CHECK(with["layers"][0]["level"] == "r-1");
  CHECK(with["layers"][0]["allows"] == "true");
  CHECK(with["trace"].size() == 2);
  const json without = simulate(line)[0];
  CHECK_FALSE(without.contains("layers"));
  CHECK_FALSE(without.contains("trace"));
}

TEST_CASE("simulate: limits are errors of their line") {
  SimulateOptions tight;
  tight.max_line_bytes = 200;
  tight.max_policy_sets = 1;
  const auto answers = simulate("{\"id\": \"" + std::string(300, 'x') + "\"}\n{" + kAsk +
                                    "}\n{\"policySet\": \"a\"}\n" + "{\"policySet\": \"b\"}\n",
                                tight);
  REQUIRE(answers.size() == 3);
  CHECK(answers[0]["error"]["code"] == "limit-exceeded");
  CHECK(answers[0]["line"] == 1);
  CHECK(answers[1]["decision"] == "ImplicitlyDenied");
  CHECK(answers[2]["error"]["code"] == "limit-exceeded");
  SimulateOptions few;
  few.max_line_values = 10;
  CHECK(simulate("{\"id\": [1,2,3,4,5,6,7,8,9,10,11]}", few)[0]["error"]["code"] ==
        "limit-exceeded");
  std::string keys = "\"context\": {\"k0\": \"\"";
  for (int i = 1; i <= 10'000; ++i) keys += ", \"k" + std::to_string(i) + "\": \"\"";
  CHECK(simulate_one(kAsk + ", " + keys + "}")["error"]["code"] == "limit-exceeded");
}

TEST_CASE("simulate: hostile text comes back as data") {
  const std::string answers = answers_of(
      R"({"id": "\u001b[2J\u202e\ud83d\ude00\"\\\n\u0000", "principal": "\u001b]0;x\u0007", )"
      R"("action": "s3:Get", "resource": "*"})");
  for (const char c : answers.substr(0, answers.size() - 1)) {
    CHECK(static_cast<unsigned char>(c) >= 0x20);
  }
  CHECK(answers.find("\xE2\x80\xAE") == std::string::npos);
  const json answer = json::parse(answers);
  CHECK(answer["id"] == std::string("\x1b[2J\xE2\x80\xAE\xF0\x9F\x98\x80\"\\\n\0", 15));
}

TEST_CASE("simulate: a credential in a policy is not repeated") {
  const std::string key =
      "AKIA"
      "Q7ZK4MVD3WPX2LTB";
  const std::string answer =
      answers_of("{" + kAsk + ", \"identityPolicies\": [{\"Statement\": {\"Sid\": \"" + key +
                 "\", \"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}]}");
  CHECK(answer.find("\"sid\"") != std::string::npos);
  CHECK(answer.find(key) == std::string::npos);
}

TEST_CASE("simulate: an account that is not 12 digits is an error, not some answer") {
  for (const std::string name :
       {"principalAccountId", "resourceAccountId", "managementAccountId"}) {
    INFO(name);
    CHECK(simulate_one(kAsk + ", \"" + name + "\": \"111122223333\"").contains("decision"));
    for (const std::string value :
         {"\"11112222333\"", "\"prod\"", "\"\"", "111122223333", "null"}) {
      const json answer = simulate_one(kAsk + ", \"" + name + "\": " + value);
      REQUIRE(answer.contains("error"));
      CHECK(answer["error"]["code"] == "invalid-argument");
    }
  }
}

TEST_CASE("simulate: S10.2 units are one call, allowed only if each is") {
  const std::string units =
      R"("units": [{"action": "s3:GetObject", "resource": "arn:aws:s3:::a/k"},
                   {"action": "s3:PutObject", "resource": "arn:aws:s3:::b/k"}])";
  const auto ask = [&](const std::string& actions) {
    std::string line = kAlice + ", " + units +
                       R"(, "identityPolicies": [{"Statement": {"Effect": "Allow", "Action": )" +
                       actions + R"(, "Resource": "*"}}])";
    std::erase(line, '\n');
    return simulate_one(line);
  };
  const json allowed = ask(R"("s3:*")");
  CHECK(allowed["decision"] == "Allowed");
  CHECK_FALSE(allowed.contains("decidingUnit"));
  CHECK(allowed["units"].size() == 2);
  const json denied = ask(R"("s3:GetObject")");
  CHECK(denied["decision"] == "ImplicitlyDenied");
  CHECK(denied["decidingUnit"] == 1);
  CHECK(denied["units"][0]["decision"] == "Allowed");
  CHECK(denied["units"][0]["decidedBy"]["policy"] == "identityPolicies[0]");
  CHECK_FALSE(denied.contains("decidedBy"));
}

TEST_CASE("simulate: S10.2 action and resource are the first unit, and the action of the others") {
  const json answer = simulate_one(
      kAlice +
      R"(, "action": "ec2:RunInstances", "resource": "arn:aws:ec2:eu-west-1:111122223333:instance/i")"
      R"(, "context": {"ec2:InstanceType": "t2.micro"})"
      R"(, "units": [{"resource": "arn:aws:ec2:eu-west-1:111122223333:subnet/s"},)"
      R"( {"resource": "arn:aws:ec2:eu-west-1::image/i", "context": {"ec2:InstanceType": "x"}}])");
  REQUIRE(answer["units"].size() == 3);
  CHECK(answer["units"][0]["resource"] == "arn:aws:ec2:eu-west-1:111122223333:instance/i");
  CHECK(answer["units"][1]["action"] == "ec2:RunInstances");
  CHECK(answer["units"][0]["notInUnit"] == json::array());
  CHECK(answer["units"][1]["notInUnit"] == json::array({"ec2:InstanceType"}));
  CHECK(answer["units"][2]["notInUnit"] == json::array());
}

TEST_CASE("simulate: S10.2 units that cannot be read are errors of their line") {
  const auto message = [](const std::string& members) {
    const json answer = simulate_one(kAlice + ", " + members);
    return answer.contains("error") ? answer["error"]["message"].get<std::string>() : "";
  };
  CHECK(message(R"("units": [])") == "`units` is no list of units");
  CHECK(message(R"("units": [5])") == "`units[0]` is a number, not an object");
  CHECK(message(R"("units": [{"resource": "*"}])") == "`units[0]` lacks `action`");
  CHECK(message(R"("units": [{"action": "a:b"}])") == "`units[0]` lacks `resource`");
  CHECK(message(R"("resource": "*", "units": [{"action": "a:b", "resource": "*"}])") ==
        "the request lacks `action`");
  CHECK(message(R"("units": [{"action": "a:b", "resource": "*", "resourceAccountId": "1"}])") ==
        "`units[0].resourceAccountId` is no account id");
  CHECK(message(R"("action": "a:b", "resource": "arn:aws:s3:::b/*", "resourceIsPattern": true, )"
                R"("units": [{"resource": "*"}])") ==
        "`resourceIsPattern` cannot be asked of a call with `units`");
  std::string many = R"("action": "a:b", "units": [{"resource": "*"})";
  for (int i = 0; i < 100; ++i) many += R"(, {"resource": "*"})";
  CHECK(message(many + "]") == "`units` has more than 100 units");
  CHECK(warns(simulate_one(kAlice + R"(, "units": [{"action": "a:b", "resource": "*", "x": 1}])"),
              "unknown-member"));
}

TEST_CASE("simulate: S10.2 units and statements together are limited") {
  std::string line = kAlice + R"(, "action": "a:b", "units": [{"resource": "*"})";
  for (int i = 1; i < 100; ++i) line += R"(, {"resource": "*"})";
  line += R"(], "identityPolicies": [{"Statement": [{})";
  for (int i = 1; i < 10'001; ++i) line += ",{}";
  const json answer = simulate_one(line + "]}]");
  REQUIRE(answer.contains("error"));
  CHECK(answer["error"]["code"] == "limit-exceeded");
}

TEST_CASE(
    "simulate: a role or issuer that cannot be behind the principal is the error of its line") {
  const json role =
      simulate_one(kAsk + R"(, "principalRoleArn": "arn:aws:iam::111122223333:role/x")");
  CHECK(role["error"]["code"] == "invalid-argument");
  CHECK(role["column"].get<int>() > 1);
  const json issuer = simulate_one(kAsk + R"(, "issuerArn": "arn:aws:iam::111122223333:user/x")");
  CHECK(issuer["error"]["message"].get<std::string>().find("no federated-user session") !=
        std::string::npos);
  const json fine = simulate_one(
      R"("principal": "arn:aws:sts::111122223333:assumed-role/ci/x", "action": "s3:GetObject", )"
      R"("resource": "arn:aws:s3:::b/k", )"
      R"("principalRoleArn": "arn:aws:iam::111122223333:role/a/ci")");
  CHECK(fine["decision"] == "ImplicitlyDenied");
}
