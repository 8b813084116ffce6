#include "iamcheck/catalogue_report.h"

#include <nlohmann/json.hpp>

#include "catch.h"

using iamcheck::Catalogue;
using iamcheck::CatalogueFormat;
using iamcheck::describe_name;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

nlohmann::json json_of(std::string_view name) {
  return nlohmann::json::parse(
      describe_name(Catalogue::embedded(), name, CatalogueFormat::kJson).output);
}

std::string text_of(std::string_view name) {
  return describe_name(Catalogue::embedded(), name, CatalogueFormat::kText).output;
}

}  // namespace

TEST_CASE("catalogue report: the summary gives date, counts and sources") {
  const Catalogue& catalogue = Catalogue::embedded();
  const std::string text = catalogue_summary(catalogue, CatalogueFormat::kText);
  CHECK(contains(text, std::string(catalogue.date())));
  CHECK(contains(text, std::to_string(catalogue.actions().size()) + " actions\n"));
  CHECK(contains(text, "(Apache-2.0)"));
  const auto json = nlohmann::json::parse(catalogue_summary(catalogue, CatalogueFormat::kJson));
  CHECK(json["schema"] == "iamcheck/catalogue/v1");
  CHECK(json["actions"] == catalogue.actions().size());
  CHECK(json["sources"].size() == catalogue.sources().size());
}

TEST_CASE("catalogue report: an action shows level, ARN forms, keys and dependents") {
  const std::string text = text_of("S3:getobject");
  CHECK(contains(text, "s3:GetObject  (Amazon S3)\n"));
  CHECK(contains(text, "access level    Read\n"));
  CHECK(contains(text, "arn:${Partition}:s3:::${BucketName}/${ObjectName}\n"));
  CHECK(contains(text, "s3:ExistingObjectTag/${key}"));
  CHECK(contains(text_of("s3:ListAllMyBuckets"), "\"Resource\": \"*\""));
  CHECK(contains(text_of("iam:PassRole"), "permission only"));
  CHECK(contains(text_of("lambda:CreateFunction"), "    iam:PassRole\n"));
  const auto json = json_of("s3:GetObject");
  CHECK(json["kind"] == "action");
  CHECK(json["accessLevels"] == nlohmann::json({"Read"}));
}

TEST_CASE("catalogue report: a pattern lists its actions") {
  const std::string text = text_of("s3:GetObjectT*");
  CHECK(contains(text, "s3:GetObjectTagging"));
  CHECK(contains(text, "s3:GetObjectTorrent"));
  CHECK_FALSE(contains(text, "s3:GetObjectAcl"));
  CHECK(json_of("s3:GetObjectT*")["actions"].size() ==
        static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n') - 1));
}

TEST_CASE("catalogue report: services, keys and managed policies are described too") {
  CHECK(contains(text_of("s3"), "s3  (Amazon S3)\n"));
  CHECK(contains(text_of("aws:CalledVia"), "list of String"));
  CHECK(contains(text_of("aws:EpochTime"), "Date or Numeric"));
  CHECK(contains(text_of("ReadOnlyAccess"), "arn:aws:iam::aws:policy/ReadOnlyAccess"));
  CHECK(json_of("ReadOnlyAccess")["document"]["Version"] == "2012-10-17");
}

TEST_CASE("catalogue report: a miss suggests near names and says what was retired") {
  const auto miss = describe_name(Catalogue::embedded(), "s3:GetObjct", CatalogueFormat::kText);
  CHECK_FALSE(miss.found);
  CHECK(contains(miss.output, "did you mean `s3:GetObject`\n"));
  CHECK(contains(text_of("deeplens"), "AWS retired it"));
  CHECK(contains(text_of("s3:Frobnicate*"), "is not in the catalogue"));
  CHECK(json_of("s3:GetObjct")["suggestions"][0] == "s3:GetObject");
  // Bytes that are no UTF-8 must not throw.
  CHECK(json_of("s3:\xFF\xFE")["kind"] == "not-found");
}

TEST_CASE("catalogue report: a name that does not exist is shown without its control characters") {
  CHECK(contains(text_of("s3:\x1b[31mk"), "`s3:\\x1b[31mk` is not in the catalogue"));
}

TEST_CASE("catalogue report: a managed policy is suggested") {
  CHECK(contains(text_of("ReadOnlyAcces"), "did you mean `ReadOnlyAccess`"));
}
