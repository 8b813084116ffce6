#pragma once

// Reading inputs.

#include <string>

#include "iamcheck/limits.h"
#include "iamcheck/result.h"

namespace iamcheck::cli {

/// The bytes of a file, or of standard input for `-`. Errors: `unreadable`, `limit-exceeded`.
Result<std::string> read_input(const std::string& path, const Limits& limits);

}  // namespace iamcheck::cli
