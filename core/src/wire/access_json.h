#pragma once

// Answers about policies as sets, as JSON.

#include <nlohmann/json.hpp>

#include "iamcheck/access_answer.h"

namespace iamcheck {

/// A simulate request without policies (docs/schema/simulate-request-v1.schema.json).
nlohmann::ordered_json witness_json(const RequestFields& request);
nlohmann::ordered_json pieces_json(const AccessAnswer& answer);

}  // namespace iamcheck
