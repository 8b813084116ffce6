#pragma once

// The names of services as principals, such as `lambda.amazonaws.com`.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/catalogue.h"

namespace iamcheck {

/// A service principal, taken apart. Views into its text.
struct ServicePrincipal {
  std::string_view label;  ///< before the domain: `lambda`, `delivery.logs`; empty: no known domain
  std::string_view last;   ///< the last part of it
  std::size_t labels = 0;
  bool well_formed = false;  ///< small letters, digits and hyphens
  bool aws = false;          ///< of `amazonaws.com` and its sisters
  bool regional = false;     ///< ends in a region: `logs.eu-west-1`
};
ServicePrincipal read_service_principal(std::string_view text);

/// The catalogue has a service of this name, or it is one of the names that differ from theirs.
bool is_known_service_principal(const Catalogue& catalogue, const ServicePrincipal& principal);
/// Labels that may have been meant, best first.
std::vector<std::string> similar_service_principals(const Catalogue& catalogue,
                                                    const ServicePrincipal& principal);
/// The label without a region, in small letters: `logs` of `logs.eu-west-1.amazonaws.com`.
std::string service_of_principal(std::string_view text);

}  // namespace iamcheck
