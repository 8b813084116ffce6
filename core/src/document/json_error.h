#pragma once

// Says what is wrong with a text that is not JSON, and what the writer probably meant.

#include <string_view>

#include "iamcheck/result.h"

namespace iamcheck {

/// What the parser knew when it gave up.
struct JsonFailure {
  std::size_t bytes_read = 0;                         ///< how far it had read
  std::size_t token = 0;                              ///< offset of the token that it refused
  std::string_view parser_reason;                     ///< the parser's own message
  bool complete = false;                              ///< a whole value stands before the failure
  std::size_t open_bracket = std::string_view::npos;  ///< offset of the innermost open bracket
};

/// `text` is what was parsed, `source` and `base` place it.
Error explain_json_failure(std::string_view text, const JsonFailure& failure, std::uint32_t source,
                           std::uint32_t base);

}  // namespace iamcheck
