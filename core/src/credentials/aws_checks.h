#pragma once

// Checks of credentials of AWS services.

#include <span>

#include "credentials/validation.h"

namespace iamcheck {

std::span<const Check> aws_checks();

}  // namespace iamcheck
