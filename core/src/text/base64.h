#pragma once

// Base64, by the letter for what AWS compares, and leniently for what might be a credential.
//
// The unused bits of the last character may be anything (section 3.5 leaves that to the decoder,
// and AWS's own SDKs accept it): two texts can therefore stand for the same bytes, which is why
// bytes are compared and not texts.

#include <optional>
#include <string>
#include <string_view>

namespace iamcheck {

/// RFC 4648 section 4: the bytes behind `text` in the standard alphabet; nothing for a foreign
/// character, white space, or missing or misplaced padding.
std::optional<std::string> decode_base64(std::string_view text);

/// What `text` would be: also in the URL-safe alphabet of section 5, with any of the padding left
/// out. Nothing for a character of neither alphabet, or a length that no encoder writes.
std::optional<std::string> decode_base64_leniently(std::string_view text);

/// How `text` compares with `bytes` without building the decoded text.
enum class Base64Match : unsigned char { kDifferent, kEqual, kNotBase64 };
Base64Match match_base64(std::string_view text, std::string_view bytes);

}  // namespace iamcheck
