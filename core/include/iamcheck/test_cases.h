#pragma once

// Tests for policies: requests with the decisions that are expected of them.
//
// A file is YAML or JSON with fixtures (`policies`, `principals`, `resources`, `contexts`,
// `defaults`), `cases` and `tables`, or JSON Lines with one case a line. A case is a request of
// `iamcheck simulate` with `expect`. docs/testing-policies.md teaches the format, docs/schema
// (test-cases-v1) defines it.
//
// ```cpp
// iamcheck::TestRun run;
// run.add(iamcheck::Source::from_bytes("t.jsonl",
//     R"({"expect": "denied", "principal": "arn:aws:iam::111122223333:user/alice",)"
//     R"( "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k"})"));
// bool good = run.report().failed == 0 && run.report().errors.empty();
// ```

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "iamcheck/decision_kind.h"
#include "iamcheck/limits.h"
#include "iamcheck/result.h"
#include "iamcheck/source.h"

namespace iamcheck {

/// How one case came out.
struct CaseOutcome {
  std::string file;
  std::uint32_t line = 1;  ///< where the case, or the table it comes from, begins
  std::string name;        ///< `why`, else the request in words
  std::string rule;        ///< what the case cites; may be empty
  std::string expected;    ///< `allowed`, `denied`, or one of the four decisions
  DecisionKind given = DecisionKind::kImplicitlyDenied;
  bool passed = false;
  /// Lines for people about a case that failed: what was expected, what was given, and why.
  std::vector<std::string> details;
  /// Doubts about the case itself, `code: message`, as of `iamcheck simulate`: an action that AWS
  /// does not have, an element of a policy that AWS would refuse. None makes it fail.
  std::vector<std::string> warnings;
};

/// A statement of a policy under `policies`.
struct StatementCoverage {
  std::string policy;  ///< its name in the test file
  std::string file;    ///< where its text stands
  std::uint32_t line = 1;
  std::uint32_t statement = 0;
  std::string sid;
  /// Cases that it decided: its Deny was the answer, or its Allow granted, or the request would
  /// have been denied without the Allows of its layer (boundary, session policy, SCP, endpoint
  /// policy, a resource-based policy that must agree). One statement of a layer counts.
  std::uint64_t decided = 0;
  std::uint64_t applied = 0;  ///< cases that it matched
};

/// A case, or a whole file, that could not be read. Nothing is known about what it tests.
struct TestError {
  std::string file;
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  Error error;
};

struct TestReport {
  std::vector<CaseOutcome> cases;
  std::vector<StatementCoverage> statements;
  std::vector<TestError> errors;
  std::uint64_t passed = 0;
  std::uint64_t failed = 0;
};

struct TestOptions {
  /// Reads what `{file: PATH}` names; `from` is the name of the test file, PATH is relative to its
  /// folder. Test files are hostile: the function decides what PATH may be. `iamcheck test` stays
  /// in that folder. Without one no file is read, and such a policy is an error.
  std::function<Result<std::string>(const std::string& from, const std::string& path)> read_file;
  /// Of a test file: 64 MiB, nesting of 64, two million values, far above what people write.
  Limits limits = default_limits();
  /// Cases of all files, the cells of their tables included.
  std::size_t max_cases = 200'000;

  static Limits default_limits() {
    Limits limits;
    limits.max_bytes = std::size_t{64} * 1024 * 1024;
    limits.max_depth = 64;
    limits.max_nodes = 2'000'000;
    return limits;
  }
};

/// Runs test files one after another.
class TestRun {
 public:
  explicit TestRun(TestOptions options = {});
  ~TestRun();
  TestRun(TestRun&&) noexcept;
  TestRun& operator=(TestRun&&) noexcept;

  /// Runs the cases of a file. The name of the source tells its format: `.jsonl`, `.ndjson` and
  /// `<stdin>` are JSON Lines, `.yaml` and `.yml` YAML, anything else JSON.
  void add(const std::shared_ptr<const Source>& source);
  const TestReport& report() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// For people: the cases that failed, what could not be read, one summary line; with `coverage`
/// also the statements that decided no case.
std::string render_test_text(const TestReport& report, bool coverage);
/// Test Anything Protocol, version 13. Source:
/// https://testanything.org/tap-version-13-specification.html
std::string render_tap(const TestReport& report);
/// The XML that continuous integration systems call JUnit: a suite for each file.
std::string render_junit(const TestReport& report);

}  // namespace iamcheck
