#pragma once

// Which iamcheck this is.
//
// The version is that of the library you run with, which need not be the one whose headers you
// compiled against. It follows semantic versioning; CHANGELOG.md says what each one changed.
//
// ```cpp
// std::string banner = "iamcheck " + std::string(iamcheck::version());
// ```

#include <string_view>

namespace iamcheck {

/// `major.minor.patch`, as in `0.1.0`.
std::string_view version();

}  // namespace iamcheck
