#pragma once

// Requests about one rule each: everything else allows, so that the rule decides.

#include <nlohmann/json_fwd.hpp>

#include "dice.h"

namespace iamcheck::oracle {

nlohmann::json random_scenario(Dice& dice);

}  // namespace iamcheck::oracle
