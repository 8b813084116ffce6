#pragma once

#include <cstddef>
#include <string>

namespace iamcheck {

/// Breaks lines at blanks so that none is wider than 100 columns where that can be. Lines behind
/// the first begin with `indent` blanks; the first one is taken to stand there already.
std::string wrapped(const std::string& text, std::size_t indent);

}  // namespace iamcheck
