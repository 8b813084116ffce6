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

#include <string>
#include <vector>

#include "iamcheck/access_answer.h"
#include "iamcheck/report.h"

namespace iamcheck {

/// The verdict of each pair in one sentence, then the evidence.
std::string render_text(const std::vector<AccessDiff>& diffs, TextOptions options);
/// A comment for a pull request.
std::string render_markdown(const std::vector<AccessDiff>& diffs);

}  // namespace iamcheck
