#pragma once

// Fixes: edits of a text, and the proof that they do to a policy what they promise.
//
// A safe fix leaves every decision as it is; any other one at most takes something away. Neither is
// believed: both versions are compared as sets of requests (analysis.h).
//
// ```cpp
// std::string text = R"({"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}})";
// std::vector<iamcheck::Edit> edits = {{{0, 45, 49}, "s3:GetObject"}};
// iamcheck::Result<std::string> narrower = iamcheck::apply_edits(text, edits);
// auto before = iamcheck::parse_policy("p.json", text);
// auto after = iamcheck::parse_policy("p.json", *narrower);
// auto effect = iamcheck::effect_of_fix(*before, *after, iamcheck::PolicyKind::kIdentity);
// bool fine = iamcheck::keeps_promise(effect, /*safe=*/false);
//
// auto fixed = iamcheck::fix_text("p.json", text);  // all safe fixes that rules have for it
// std::string better = fixed ? fixed->text : text;
// ```

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/analysis.h"
#include "iamcheck/finding.h"
#include "iamcheck/lint.h"
#include "iamcheck/policy.h"
#include "iamcheck/result.h"

namespace iamcheck {

/// The text with all edits made; their order does not matter. Errors: `invalid-argument` for edits
/// that overlap or lie outside of the text.
Result<std::string> apply_edits(std::string_view text, std::span<const Edit> edits);

enum class FixEffect : std::uint8_t {
  kSame,       ///< proved: every decision stays
  kNarrower,   ///< proved: nothing is allowed that was not
  kWider,      ///< something may be allowed that was not
  kUnknown,    ///< not decided within the limits
  kNoMeaning,  ///< AWS refuses the policy as it was: there is nothing to keep
};
std::string_view to_string(FixEffect effect);  // same, narrower, wider, unknown, no-meaning

/// What becomes of a policy. In resource-based policies callers that are named directly are
/// compared by themselves as well (S9.4).
FixEffect effect_of_fix(const Policy& before, const Policy& after, PolicyKind kind,
                        const AnalysisOptions& options = {});

/// Whether a fix may be applied by itself: one that is `safe` must leave the policy the same,
/// another must not widen it. What is unknown keeps no promise.
bool keeps_promise(FixEffect effect, bool safe);

/// The error for a text that cannot be changed in place: written in another encoding than UTF-8, or
/// with a byte order mark. Edits count in the bytes of UTF-8.
std::optional<Error> check_editable(const Source& source);

enum class FixMode : std::uint8_t {
  kSafe,  ///< fixes that leave every decision as it is
  kAll,   ///< those that narrow the policy too, or give one that AWS refuses a meaning
};

struct FixOptions {
  FixMode mode = FixMode::kSafe;
  /// Of every policy in the text; without it place and content decide.
  std::optional<PolicyKind> kind;
  /// As `LintSubject::resource_type`.
  std::string resource_type;
  /// Marks findings of a policy as suppressed: they are left alone, as are those that comments in
  /// the text suppress.
  std::function<void(std::vector<Finding>&, const Source&, const Policy&)> silence;
};

struct FixedText {
  std::string text;                  ///< the whole of it
  std::vector<std::string> applied;  ///< `path:line:column: what was done [rule]`
  std::vector<std::string> refused;  ///< fixes that would not have kept their promise
};

/// Applies fixes until none is left: again and again, because one fix may make room for another. At
/// most 1,000 in one text. Each is applied only when it is proved to keep its promise. Errors:
/// `unreadable` for a text that cannot be changed in place.
Result<FixedText> fix_text(const std::string& name, const std::string& text,
                           const LintOptions& rules = {}, const FixOptions& options = {});

}  // namespace iamcheck
