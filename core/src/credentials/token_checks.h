#pragma once

// The offline checks for the tokens of code hosts, registries and services: checksums, what a
// base64 part decodes to, names that say what a value is.

#include <span>

#include "credentials/validation.h"

namespace iamcheck {

/// The checks of this family, by name.
std::span<const Check> token_checks();

}  // namespace iamcheck
