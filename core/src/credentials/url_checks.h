#pragma once

// Checks of passwords inside URLs, connection strings, headers and command lines.

#include <span>

#include "credentials/validation.h"

namespace iamcheck {

std::span<const Check> url_checks();

}  // namespace iamcheck
