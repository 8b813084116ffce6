#pragma once

// The offline checks for the credentials of Google Cloud and Azure.

#include <span>

#include "credentials/validation.h"

namespace iamcheck {

/// The checks of this family, by name.
std::span<const Check> cloud_checks();

}  // namespace iamcheck
