#pragma once

// What `iamcheck explain` prints. Credentials of the policy are masked, control characters escaped.
//
// ```cpp
// iamcheck::PolicySummary summary;  // as `iamcheck::summarize` makes it
// summary.source = iamcheck::Source::from_bytes("ci.json", R"({"Statement": []})");
// summary.sentence = "allows nothing";
// std::string text = iamcheck::render_text(summary);  // ci.json allows nothing ...
// std::string json = iamcheck::render_json({summary}, {});
// ```

#include <string>
#include <vector>

#include "iamcheck/policy_summary.h"
#include "iamcheck/report.h"

namespace iamcheck {

/// The sentence, then services, statements and ways to more rights. Long lists are cut short and
/// say so; the JSON has all of them.
std::string render_text(const PolicySummary& summary);

/// `iamcheck/explain/v1`, see docs/schema. `errors`: inputs that could not be read.
std::string render_json(const std::vector<PolicySummary>& summaries,
                        const std::vector<FileError>& errors);

}  // namespace iamcheck
