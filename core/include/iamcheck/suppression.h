#pragma once

// Comments that say which findings are not to be reported.
//
// `# iamcheck:ignore[slug, slug] reason` speaks about its own line,
// `iamcheck:ignore-next-line[...]` about the next one that is not empty; `until: 2027-01-01` in the
// reason ends it after that day. What stands in front of the marker must begin a comment: `#`,
// `//`, `/*`, `<!--`, `--`, `;` or
// `%`. Categories count for their rules. Nothing is deleted: the findings are marked, reports keep
// a record of them, and a comment that no finding needed is told too.
//
// ```cpp
// auto source = iamcheck::Source::from_bytes(
//     "p.yaml", "- Action: '*'  # iamcheck:ignore[star-action] ours");
// std::vector<iamcheck::Finding> findings(1);
// findings[0].rule = "star-action";
// iamcheck::Suppressions comments = iamcheck::read_suppressions(*source);
// comments.apply(findings, *source, {});
// std::string reason = findings[0].suppression->reason;  // ours
// ```

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/finding.h"
#include "iamcheck/source.h"

namespace iamcheck {

/// Days since 1970-01-01 of a date `YYYY-MM-DD`; nothing for any other text.
std::optional<std::int64_t> days_of_date(std::string_view date);

/// Whether a suppression of these rules and categories means a finding of this rule.
bool names_rule(const std::vector<std::string>& names, std::string_view rule);

/// What is to be said about a suppression.
struct SuppressionNote {
  Span span;
  std::string message;  ///< one line, lower case
  std::string help;
  bool mistake = false;  ///< it cannot be read: nothing is suppressed by it
};

/// The comments of one source.
class Suppressions {
 public:
  /// Marks the findings that a comment speaks about. `today` in days since 1970-01-01; without it
  /// nothing expires.
  void apply(std::vector<Finding>& findings, const Source& source,
             std::optional<std::int64_t> today);
  /// After `apply`: comments that cannot be read, have expired, or were not needed.
  std::vector<SuppressionNote> notes(std::optional<std::int64_t> today) const;

 private:
  friend Suppressions read_suppressions(const Source& source);
  struct Comment {
    std::vector<std::string> rules;
    std::string reason;
    Span span;
    std::uint32_t line = 0;  ///< that it speaks about
    std::optional<std::int64_t> until;
    bool used = false;
  };
  std::vector<Comment> comments_;
  std::vector<SuppressionNote> mistakes_;
};

/// At most 10,000 comments of one source are read.
Suppressions read_suppressions(const Source& source);

}  // namespace iamcheck
