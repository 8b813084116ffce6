#include "iamcheck/catalogue_report.h"

#include <nlohmann/json.hpp>

#include "catalogue/blob.h"
#include "catch.h"

using iamcheck::Catalogue;
using iamcheck::CatalogueFormat;
using iamcheck::describe_name;
namespace layout = iamcheck::layout;

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

TEST_CASE("catalogue report: the difference of two catalogues names what changed") {
  const Catalogue& before = Catalogue::embedded();
  // The access levels of s3:GetObject: Read becomes Read and Write.
  std::string bytes(before.bytes());
  const auto table =
      layout::kSectionTableAt + 8 * static_cast<std::size_t>(layout::Section::kActions);
  const auto at = [&](std::size_t offset) {
    return reinterpret_cast<const unsigned char*>(&bytes[offset]);
  };
  const std::size_t record =
      layout::load32(at(table)) +
      before.find_action("s3:GetObject")->id() *
          layout::kRecordSize[static_cast<std::size_t>(layout::Section::kActions)];
  bytes[record + layout::ActionField::kBits] |= 4;
  const std::uint32_t checksum = iamcheck::catalogue_checksum(bytes);
  for (std::size_t i = 0; i < 4; ++i)
    bytes[layout::kChecksumAt + i] = static_cast<char>(checksum >> (8 * i) & 0xFF);
  const auto after = Catalogue::from_bytes(std::move(bytes));
  REQUIRE(after.has_value());
  const std::string date(before.date());
  CHECK(catalogue_difference(before, *after, CatalogueFormat::kText) ==
        "from " + date + " to " + date +
            "\nservices: 0 added, 0 removed, 0 changed\n"
            "actions: 0 added, 0 removed, 1 changed\n  ~ s3:GetObject\n"
            "resource types: 0 added, 0 removed, 0 changed\n"
            "condition keys: 0 added, 0 removed, 0 changed\n"
            "managed policies: 0 added, 0 removed, 0 changed\n");
  const auto json =
      nlohmann::json::parse(catalogue_difference(before, *after, CatalogueFormat::kJson));
  CHECK(json["actions"]["changed"] == nlohmann::json::array({"s3:GetObject"}));
  CHECK(json["services"]["added"].empty());
}
