#include "file_check.h"

#include "catch.h"
#include "scratch_folder.h"

using iamcheck::FileFindings;
using iamcheck::LintReport;
using iamcheck::cli::check_files;
using iamcheck::cli::FileOutcome;
using iamcheck::cli::LintCommandOptions;
using iamcheck::cli::walk;
using iamcheck::test::ScratchFolder;

namespace {

const char* const kAdmin =
    R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})";

std::string report_of(const ScratchFolder& folder, std::size_t threads) {
  LintReport report;
  const LintCommandOptions options;
  for (FileOutcome& outcome :
       check_files(walk({folder.path()}).files, options, {}, nullptr, threads)) {
    report.files_checked += outcome.checked ? 1 : 0;
    report.policies_checked += outcome.policies;
    for (auto& error : outcome.errors) report.errors.push_back(error);
    if (!outcome.findings.findings.empty()) report.files.push_back(outcome.findings);
  }
  return render_text(report, {}) + render_json(report);
}

}  // namespace

TEST_CASE("lint: the output is the same for one thread and for many") {
  ScratchFolder folder;
  for (int i = 0; i < 200; ++i) {
    std::string text = i % 3 == 0 ? kAdmin : "{\"Statement\": [";
    if (i % 5 == 0) text = "aws_access_key_id = AKIAQYLPMN5HFIQR7XYZ\n" + text;
    folder.write("f" + std::to_string(i % 7) + "/" + std::to_string(i) + ".json",
                 text + std::string(static_cast<std::size_t>(i * 97 % 1000), ' '));
  }
  const std::string one = report_of(folder, 1);
  CHECK(one.find("admin-star-star") != std::string::npos);
  CHECK(one.find("aws-access-key-id") != std::string::npos);
  CHECK(one == report_of(folder, 4));
  CHECK(one == report_of(folder, 64));
}

TEST_CASE(
    "lint: a policy type counts a named text without a policy as a finding, a found one not") {
  ScratchFolder folder;
  folder.write("readme.txt", "no policy\n");
  LintCommandOptions options;
  options.kind = iamcheck::PolicyKind::kScp;
  CHECK(check_files({{folder / "readme.txt", true}}, options, {}, nullptr, 1)[0]
            .findings.findings.size() == 1);
  CHECK(check_files({{folder / "readme.txt", false}}, options, {}, nullptr, 1)[0]
            .findings.findings.empty());
}

TEST_CASE("lint: above the limit of findings the worst are kept and the others counted") {
  ScratchFolder folder;
  std::string statements;
  for (int i = 0; i < 10'001; ++i) {
    statements += R"({"Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": "a"},)";
  }
  folder.write("a.json", R"({"Version": "2012-10-17", "Statement": [)" + statements +
                             R"({"Effect": "Allow", "Action": "*", "Resource": "*"}]})");
  LintCommandOptions options;
  options.select = {"redundant-action", "admin-star-star"};
  const FileOutcome outcome = check_files({{folder / "a.json", true}}, options, {}, nullptr, 1)[0];
  CHECK(outcome.findings.findings.size() == 10'000);
  CHECK(outcome.omitted == 2);
  CHECK(outcome.findings.findings.back().rule == "admin-star-star");
}

TEST_CASE("lint: what a deselected rule found is still masked") {
  ScratchFolder folder;
  folder.write("a.json",
               R"({"Version": "2012-10-17", "Statement": {"Sid": "AKIAQYLPMN5HFIQR7XYZ", )"
               R"("Effect": "Allow", "Action": "*", "Resource": "*"}})");
  LintCommandOptions options;
  options.select = {"admin-star-star"};
  LintReport report;
  report.files.push_back(
      check_files({{folder / "a.json", true}}, options, {}, nullptr, 1)[0].findings);
  REQUIRE(report.files[0].findings.size() == 1);
  CHECK(render_text(report, {}).find("AKIAQY") == std::string::npos);
}

TEST_CASE("lint: nesting above the limit is an input that could not be read, not a finding") {
  ScratchFolder folder;
  std::string deep = R"({"Statement": {"Effect": "Allow", "Action": )";
  folder.write("a.json", deep + std::string(1000, '[') + std::string(1000, ']') + "}}");
  const FileOutcome outcome = check_files({{folder / "a.json", true}}, {}, {}, nullptr, 1)[0];
  CHECK(outcome.findings.findings.empty());
  REQUIRE(outcome.errors.size() == 1);
  CHECK(outcome.errors[0].error.code == iamcheck::ErrorCode::kLimitExceeded);
}

TEST_CASE("lint: a file with findings without end says that it was not checked to its end") {
  ScratchFolder folder;
  std::string actions = "\"s3:Nope\"";
  for (int i = 0; i < 6000; ++i) actions += ", \"nope\"";
  std::string text;
  for (int i = 0; i < 20; ++i)
    text += R"({"Statement": {"Effect": "Allow", "Resource": "*", "Action": [)" + actions + "]}}\n";
  folder.write("p.json", text);
  LintCommandOptions options;
  options.select = {"malformed-action"};
  const auto outcomes = check_files(walk({folder.path()}).files, options, {}, nullptr, 1);
  REQUIRE(outcomes.size() == 1);
  CHECK(outcomes[0].findings.findings.size() == 10000);
  CHECK(outcomes[0].omitted == 17 * 6000 - 10000);
  CHECK(outcomes[0].policies == 17);
  REQUIRE(outcomes[0].errors.size() == 1);
  CHECK(outcomes[0].errors[0].error.code == iamcheck::ErrorCode::kLimitExceeded);
}
