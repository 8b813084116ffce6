#pragma once

// Two versions of a text as a unified diff, as `diff -u` and `git diff` print it.

#include <string>
#include <string_view>

namespace iamcheck::cli {

/// Empty when both are equal. Three lines of context; control characters stay, so that the output
/// can be given to `patch`. Myers's algorithm ("An O(ND) Difference Algorithm", 1986); where the
/// texts differ in more than 2,000 lines, all of the middle is replaced.
std::string unified_diff(std::string_view name, std::string_view before, std::string_view after);

}  // namespace iamcheck::cli
