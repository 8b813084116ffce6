#pragma once

// Base64 after RFC 4648 section 4: the standard alphabet, padding required, nothing else between.
//
// The unused bits of the last character may be anything (section 3.5 leaves that to the decoder,
// and AWS's own SDKs accept it): two texts can therefore stand for the same bytes, which is why
// bytes are compared and not texts.

#include <optional>
#include <string>
#include <string_view>

namespace iamcheck {

/// The bytes behind `text`; nothing for a foreign character, white space, or missing or misplaced
/// padding.
std::optional<std::string> decode_base64(std::string_view text);

/// How `text` compares with `bytes` without building the decoded text.
enum class Base64Match : unsigned char { kDifferent, kEqual, kNotBase64 };
Base64Match match_base64(std::string_view text, std::string_view bytes);

}  // namespace iamcheck
