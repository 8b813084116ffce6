#pragma once

// Amazon Resource Names, and the two elements of a statement that are lists of patterns.
//
// ```cpp
// auto arn = iamcheck::Arn::parse("arn:aws:iam::111122223333:role/app/deploy");
// // arn->service == "iam", arn->account == "111122223333", arn->resource == "role/app/deploy"
// ```

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/pattern.h"

namespace iamcheck {

/// The six parts of an ARN; views into the text that was parsed. The sixth part keeps its colons.
/// Source: IAM User Guide, "Identify AWS resources with Amazon Resource Names (ARNs)".
struct Arn {
  std::string_view partition;
  std::string_view service;
  std::string_view region;
  std::string_view account;
  std::string_view resource;

  /// Nothing when `text` does not start with `arn:` or has fewer than six parts.
  static std::optional<Arn> parse(std::string_view text);
};

/// Whether `text` is the id of an account: twelve ASCII digits.
bool is_account_id(std::string_view text);

/// Splits a policy ARN at its first five colons that stand outside `${...}` (when `variables`).
/// Fewer colons give fewer parts. An unterminated `${` is literal text (S4.7).
std::vector<std::string_view> split_arn(std::string_view text, bool variables);

/// An entry of Action or NotAction, taken apart but not compiled. Views into its text; allocates
/// nothing.
struct ActionText {
  std::string_view service;  ///< before the colon, as written; empty for `everything` and `never`
  std::string_view name;     ///< behind it
  bool everything = false;   ///< `*`, `**` or `*:*`
  /// No colon, an empty name, white space or a comma in it, or a wildcard in the prefix: matches
  /// nothing (S5).
  bool never = false;

  explicit ActionText(std::string_view text);
};

/// An entry of Action or NotAction (S5).
class ActionPattern {
 public:
  explicit ActionPattern(std::string_view text);

  /// `action` is `service:Name`; case is ignored on both sides.
  bool matches(std::string_view action) const;
  /// `*`, `**` or `*:*`.
  bool matches_everything() const { return everything_; }
  /// The prefix before the colon in lower case; empty for `*` and for an entry that never matches.
  const std::string& service() const { return service_; }
  /// The pattern over the name behind the colon.
  const Pattern& name() const { return name_; }
  /// As `ActionText::never`.
  bool never_matches() const { return never_; }

 private:
  bool everything_ = false;
  bool never_ = false;
  std::string service_;
  Pattern name_;
};

/// Which kind of policy a resource entry stands in; it decides what a short ARN means (S6.4).
enum class ShortArnRule : std::uint8_t {
  kPad,             ///< identity, session, boundary: missing parts are `*`
  kPadIfWildcard,   ///< resource and endpoint policies: only when the text has a `*`, else no match
  kPadIfStarAtEnd,  ///< SCP: only when the text ends in `*`, else the entry is invalid
  kInvalid,         ///< RCP
};

/// An entry of Resource or NotResource (S6).
class ResourcePattern {
 public:
  struct Options {
    bool variables = false;  ///< Version 2012-10-17
    ShortArnRule short_arns = ShortArnRule::kPad;
    bool component_wise =
        false;  ///< analysis.md 2.2: wildcards of the first five parts never cross a colon
  };
  ResourcePattern(std::string_view text, Options options);

  /// The entry can never be right: not `*` and no `arn:` prefix, a variable before the fifth colon
  /// (S4.2), or a short ARN that its policy type does not allow. It matches nothing, and S6.6 says
  /// what that means for NotResource.
  bool invalid() const { return invalid_; }
  bool matches_everything() const { return everything_; }

  /// `resource` is an ARN, or the text `*` for actions without resource-level support, which only
  /// the entry `*` matches (S6.5).
  Pattern::Outcome match(std::string_view resource, const VariableScope& scope) const;

  const std::string& text() const { return text_; }
  std::vector<std::string> variable_keys() const;
  /// The patterns of which one must match, when it is neither everything nor invalid: a short ARN
  /// has two, padded and as written (S6.1).
  const std::vector<Pattern>& readings() const { return readings_; }

 private:
  bool invalid_ = false;
  bool everything_ = false;
  std::string text_;
  std::vector<Pattern> readings_;  // a short ARN has two: padded, and as written (S6.1)
};

}  // namespace iamcheck
