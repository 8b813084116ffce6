#pragma once

// Checks of signed requests of AWS: headers, URLs, and tokens that are URLs in base64.

#include <span>

#include "credentials/validation.h"

namespace iamcheck {

std::span<const Check> signed_request_checks();

}  // namespace iamcheck
