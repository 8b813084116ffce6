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
// ```

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "iamcheck/analysis.h"
#include "iamcheck/finding.h"
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

}  // namespace iamcheck
