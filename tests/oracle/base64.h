#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace iamcheck::oracle {

/// RFC 4648, section 4: the standard alphabet, padding required; bits left over before the padding
/// are ignored, as the RFC allows.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace iamcheck::oracle
