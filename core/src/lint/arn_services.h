#pragma once

// The service in a resource ARN, which is not always the prefix of the service's actions.

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "iamcheck/arn.h"
#include "iamcheck/catalogue.h"
#include "lint/context.h"

namespace iamcheck {

/// An entry of Resource or NotResource with all six parts of an ARN; nothing for one with fewer,
/// and one that is known at deploy time only. Parts may hold wildcards and variables.
std::optional<Arn> resource_arn(const Policy& policy, const Text& entry);

/// The part is a text to the letter: not empty, without wildcard, variable and placeholder.
bool is_literal_part(std::string_view part);

/// The service part of such an entry where it is literal.
std::optional<std::string> literal_arn_service(const Policy& policy, const Text& entry);

/// What stands for services in ARNs. The first name that is no prefix costs a walk over all
/// resource types.
class ArnServices {
 public:
  explicit ArnServices(const Catalogue& catalogue) : catalogue_(catalogue) {}
  /// Some service has the prefix, AWS once had one, or some resource type has it in its ARNs.
  /// `service` is compared to the letter, as ARNs are.
  bool contains(std::string_view service);

 private:
  const Catalogue& catalogue_;
  std::set<std::string, std::less<>> of_forms_;
};

}  // namespace iamcheck
