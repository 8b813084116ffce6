#pragma once

// The small alphabets of the generator.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "comparison.h"
#include "dice.h"

namespace iamcheck::oracle {

using Words = std::vector<std::string_view>;

extern const Words kAccounts;
extern const Words kPrincipals;
extern const Words kPrincipalEntries;  // for {"AWS": ...}
extern const Words kActions;
extern const Words kOtherActionPatterns;
extern const Words kOtherResourcePatterns;
extern const Words kOperators;
extern const Words kKeys;
extern const Words kVariables;

/// A resource that the action is about.
std::string random_resource(std::string_view action, Dice& dice);

/// What kind of value a key or an operator deals with.
enum class ValueKind : unsigned char { kText, kNumber, kDate, kBool, kBinary, kIp, kArn };

ValueKind kind_of_key(std::string_view key);
ValueKind kind_of_operator(std::string_view name);
std::string random_request_value(ValueKind kind, Dice& dice);
std::string random_policy_value(ValueKind kind, Dice& dice);

std::string random_case(std::string text, Dice& dice);

}  // namespace iamcheck::oracle
