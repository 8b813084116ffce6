#pragma once

// How two resource patterns lie to each other: one as a policy writes it, one as somebody asks
// about it ("can X read arn:aws:s3:::b/*", S10.3).
//
// Both tests are sound and incomplete. `covers` says yes only where every text of the question
// matches the entry; `overlaps` says no only where none does. What lies between is "some of it, or
// we cannot tell".

#include <string_view>

namespace iamcheck {

enum class Overlap : unsigned char {
  kNone,  ///< no text matches both
  kSome,  ///< perhaps some texts do
  kAll,   ///< every text of the question matches the entry
};

/// `asked` is an ARN in which `*` and `?` are wildcards: in the first five parts they stay inside
/// their part, in the last one they match anything. `entry` is a value of Resource or NotResource;
/// `variables`: its `${...}` are policy variables, which stand for anything here.
Overlap overlap_of(std::string_view entry, std::string_view asked, bool variables);

/// The same for two texts in which `*` and `?` match any character.
Overlap overlap_of_texts(std::string_view entry, std::string_view asked, bool ignore_case);

/// Whether `text` holds a wildcard.
inline bool has_wildcard(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos;
}

}  // namespace iamcheck
