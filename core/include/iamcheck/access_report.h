#pragma once

// What a change of policies grants and takes away, for people.
//
// ```cpp
// iamcheck::AccessDiff diff;
// diff.old_name = "old.json";
// diff.new_name = "new.json";
// diff.added.verdict = diff.removed.verdict = iamcheck::Verdict::kPass;
// std::string text = iamcheck::render_text(std::vector{diff}, {});
// // text begins with "PASS  new.json allows exactly what old.json allows"
// ```

#include <cstdint>
#include <string>
#include <vector>

#include "iamcheck/access_answer.h"
#include "iamcheck/report.h"

namespace iamcheck {

/// The verdict of each pair in one sentence, then the evidence.
std::string render_text(const std::vector<AccessDiff>& diffs, TextOptions options);
/// A comment for a pull request.
std::string render_markdown(const std::vector<AccessDiff>& diffs);

/// SARIF 2.1.0: a result for each policy that may allow more than before, at the statements that
/// do. Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
std::string render_sarif(const std::vector<AccessDiff>& diffs);

/// An answer by itself, about one direction alone.
struct AccessReport {
  enum class Topic : std::uint8_t {
    kNewAccess,      ///< `name` against `existing_name`
    kGrantedAccess,  ///< `name` against a list of actions and resources
    kPublicAccess,   ///< `name` against the callers that it names
  };
  Topic topic = Topic::kNewAccess;
  std::string name, existing_name;
  AccessAnswer answer;
  StatementLabels labels, existing_labels;
};
std::string render_text(const AccessReport& report, TextOptions options);

}  // namespace iamcheck
