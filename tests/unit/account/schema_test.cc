// docs/schema says what the files of an account folder hold: what is read without a problem is
// valid, and what is not valid is a problem.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "catch.h"
#include "json_schema.h"
#include "small_account.h"
#include "whole_file.h"

using namespace iamcheck;
using namespace iamcheck::test;
using nlohmann::json;

namespace {

const std::filesystem::path kRoot = IAMCHECK_SOURCE_DIR;

json parsed(const std::filesystem::path& path) {
  return json::parse(test::whole_file(kRoot / path));
}

const JsonSchema& organization_schema() {
  static const JsonSchema kSchema(parsed("docs/schema/account-organization-v1.schema.json"));
  return kSchema;
}

const JsonSchema& resource_schema() {
  static const JsonSchema kSchema(parsed("docs/schema/account-resource-v1.schema.json"));
  return kSchema;
}

bool is_valid(const JsonSchema& schema, const json& value) {
  const auto complaints = schema.complaints(value);
  for (const std::string& complaint : complaints) UNSCOPED_INFO(complaint);
  return complaints.empty();
}

// Whether an account with this file beside a dump has no problem.
bool reads_clean(const std::string& path, const json& file) {
  const Account account =
      Account::read({{"dump.json", dump(user("alice", allow("s3:*", "*")))}, {path, file.dump()}});
  return account.problems().empty();
}

// The file with one member put in place of another, or taken away (null).
json changed(json file, const char* pointer, const json& value) {
  const json::json_pointer place(pointer);
  if (!value.is_null()) {
    file[place] = value;
  } else if (file.contains(place)) {
    file[place.parent_pointer()].erase(place.back());
  }
  return file;
}

}  // namespace

TEST_CASE("schema: the files of the example account are valid") {
  const std::filesystem::path folder = "docs/examples/account";
  CHECK(is_valid(organization_schema(), parsed(folder / "organization.json")));
  std::size_t resources = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kRoot / folder / "resources")) {
    INFO(entry.path());
    CHECK(is_valid(resource_schema(), json::parse(test::whole_file(entry.path()))));
    ++resources;
  }
  CHECK(resources > 0);
}

TEST_CASE("schema: an organization that the schema refuses is a problem") {
  const json good = {
      {"id", "o-1"},
      {"managementAccount", "999999999999"},
      {"root",
       {{"id", "r-1"},
        {"serviceControlPolicies", {"FullAWSAccess"}},
        {"accounts",
         {{{"id", kAccount}, {"serviceControlPolicies", json::array({"FullAWSAccess"})}}}}}}};
  CHECK(is_valid(organization_schema(), good));
  CHECK(reads_clean("organization.json", good));
  const std::vector<std::pair<const char*, json>> broken = {
      {"/root", nullptr},
      {"/root", json::array()},
      {"/root/id", nullptr},
      {"/root/id", 5},
      {"/managementAccount", "9"},
      {"/rooot", json::object()},
      {"/root/policies", json::array()},
      {"/root/serviceControlPolicies", "FullAWSAccess"},
      {"/root/serviceControlPolicies/0", 5},
      {"/root/units", json::object()},
      {"/root/accounts/0", kAccount},
      {"/root/accounts/0/id", nullptr},
      {"/root/accounts/0/units", json::array()},
  };
  for (const auto& [pointer, value] : broken) {
    const json bad = changed(good, pointer, value);
    INFO(bad.dump());
    CHECK_FALSE(organization_schema().complaints(bad).empty());
    CHECK_FALSE(reads_clean("organization.json", bad));
  }
}

TEST_CASE("schema: a resource or endpoint that the schema refuses is a problem") {
  const json bucket = {{"arn", "arn:aws:s3:::reports"},
                       {"account", kAccount},
                       {"tags", {{"class", "internal"}}},
                       {"blockPublicAccess", true},
                       {"policy", nullptr}};
  const json endpoint = {{"vpcEndpoint", "vpce-1"}, {"kind", "gateway"}};
  for (const json& good : {bucket, endpoint, json::array({bucket, endpoint})}) {
    CHECK(is_valid(resource_schema(), good));
    CHECK(reads_clean("resource.json", good));
  }
  const auto refused = [](const json& bad) {
    INFO(bad.dump());
    CHECK_FALSE(resource_schema().complaints(bad).empty());
    CHECK_FALSE(reads_clean("resource.json", bad));
  };
  refused(changed(bucket, "/arn", "reports"));
  refused(changed(bucket, "/arn", nullptr));
  refused(changed(bucket, "/account", "1"));
  refused(changed(bucket, "/tags", "internal"));
  refused(changed(bucket, "/tags", {{"class", 5}}));
  refused(changed(bucket, "/policy", 5));
  refused(changed(bucket, "/policy", json::array()));
  refused(changed(bucket, "/blockPublicAccess", "true"));
  refused(changed(bucket, "/polcy", json::object()));
  refused(changed(endpoint, "/kind", "tunnel"));
  refused(changed(endpoint, "/vpcEndpoint", nullptr));
  refused(changed(endpoint, "/vpcEndpoint", 5));
  refused(changed(endpoint, "/arns", "x"));
  refused(json::array({bucket, json::object()}));
}
