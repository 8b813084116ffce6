// docs/schema says what simulate and test take and give, and no more than that.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "catch.h"
#include "iamcheck/document.h"
#include "iamcheck/simulate.h"
#include "json_schema.h"
#include "whole_file.h"

using namespace iamcheck;
using iamcheck::test::JsonSchema;
using nlohmann::json;

namespace {

const std::filesystem::path kRoot = IAMCHECK_SOURCE_DIR;

JsonSchema schema(const std::string& name) {
  return JsonSchema(json::parse(test::whole_file(kRoot / "docs/schema" / (name + ".schema.json"))));
}

json tree_of(const Node& node) {
  json out;
  if (node.is_object()) {
    out = json::object();
    for (const Member& member : node.members) out[member.name] = tree_of(member.value);
  } else if (node.is_list()) {
    out = json::array();
    for (const Node& item : node.items) out.push_back(tree_of(item));
  } else if (node.kind == Node::Kind::kBool) {
    out = node.text == "true";
  } else if (node.is_text()) {
    out = node.text;
  }
  return out;
}

json answer_to(const json& request) {
  SimulateOptions options;
  options.explain = true;
  Simulator simulator(options);
  return json::parse(simulator.feed(request.dump() + "\n"));
}

bool is_valid(const JsonSchema& schema, const json& value) {
  const auto complaints = schema.complaints(value);
  for (const std::string& complaint : complaints) UNSCOPED_INFO(complaint);
  return complaints.empty();
}

}  // namespace

TEST_CASE(
    "schema: every conformance case is a test case, its request a request, its answer an answer") {
  const JsonSchema request_schema = schema("simulate-request-v1");
  const JsonSchema answer_schema = schema("simulate-answer-v1");
  const JsonSchema case_schema = schema("test-cases-v1");
  std::size_t checked = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kRoot / "tests/conformance")) {
    std::istringstream lines(test::whole_file(entry.path()));
    for (std::string line; std::getline(lines, line);) {
      json one = json::parse(line, nullptr, false);
      if (!one.is_object() || ++checked % 5 != 0) continue;  // a fifth tells as much
      INFO(line);
      // What a document without a Statement means is tested, but no such document is promised.
      if (line.find("\"Statement\"") != std::string::npos) CHECK(is_valid(case_schema, one));
      for (const char* name : {"rule", "why", "expect", "missingContext"}) one.erase(name);
      CHECK(is_valid(answer_schema, answer_to(one)));
      if (line.find("\"Statement\"") != std::string::npos) CHECK(is_valid(request_schema, one));
    }
  }
  CHECK(checked >= 1000);
}

TEST_CASE("schema: errors, definitions and the example are valid too") {
  const JsonSchema answer_schema = schema("simulate-answer-v1");
  for (const json& wrong : {json::array(), json{{"id", 5}}, json{{"id", "x"}}})
    CHECK(is_valid(answer_schema, answer_to(wrong)));
  CHECK(is_valid(schema("simulate-request-v1"),
                 json{{"policySet", "s"}, {"identityPolicies", json::array()}}));
  const auto document = read_yaml(
      Source::from_bytes("t.yaml", test::whole_file(kRoot / "docs/examples/deploy-test.yaml")), {});
  REQUIRE(document);
  CHECK(is_valid(schema("test-cases-v1"), tree_of(document->root)));
}

TEST_CASE("schema: what the reader refuses the schema refuses") {
  const JsonSchema request_schema = schema("simulate-request-v1");
  const json good = {{"principal", "p"}, {"action", "a:b"}, {"resource", "*"}};
  CHECK(is_valid(request_schema, good));
  const auto refused = [&](const char* name, const json& value) {
    json bad = good;
    bad[name] = value;
    INFO(bad.dump());
    CHECK_FALSE(request_schema.complaints(bad).empty());
    CHECK(answer_to(bad).contains("error"));
  };
  refused("mode", "maybe");
  refused("id", 5);
  refused("context", json::array());
  refused("context", {{"a:b", {{"c", "d"}}}});
  refused("identityPolicies", "{}");
  refused("serviceControlPolicies", json::array({json::object()}));
  refused("s3BlockPublicAccess", "true");
  refused("credentialKind", "none");
  refused("vpcEndpointKind", "tunnel");
  refused("units", json::array());
  refused("units", json::array({{{"action", "a:b"}}}));
  refused("units", json::array({{{"resource", 5}}}));
}

TEST_CASE("schema: S10.2 a request with units is one, and so are its answer and its test") {
  const json unit = {{"action", "s3:GetObject"},
                     {"resource", "arn:aws:s3:::b/k"},
                     {"resourceAccountId", "111122223333"},
                     {"context", {{"aws:SourceIp", "192.0.2.1"}}}};
  json request = {{"principal", "arn:aws:iam::111122223333:user/alice"},
                  {"units", json::array({unit, unit})},
                  {"identityPolicies",
                   {{{"Statement", {{"Effect", "Deny"}, {"Action", "s3:*"}, {"Resource", "*"}}}}}}};
  CHECK(is_valid(schema("simulate-request-v1"), request));
  const json answer = answer_to(request);
  CHECK(answer.at("units").size() == 2);
  CHECK(is_valid(schema("simulate-answer-v1"), answer));
  request.erase("units");
  CHECK_FALSE(schema("simulate-request-v1").complaints(request).empty());
  request["units"] = json::array({unit});
  request["expect"] = "denied";
  CHECK(is_valid(schema("test-cases-v1"), request));
}
