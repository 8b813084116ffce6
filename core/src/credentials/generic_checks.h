#pragma once

// Checks of what has no shape of its own: values that a name calls a secret.

#include <span>

#include "credentials/validation.h"

namespace iamcheck {

std::span<const Check> generic_checks();

}  // namespace iamcheck
