#pragma once

// What `iamcheck catalogue` prints.
//
// ```cpp
// const auto& catalogue = iamcheck::Catalogue::embedded();
// std::string summary = iamcheck::catalogue_summary(catalogue, iamcheck::CatalogueFormat::kText);
// iamcheck::CatalogueAnswer answer =
//     iamcheck::describe_name(catalogue, "s3:GetObject", iamcheck::CatalogueFormat::kText);
// // answer.found, and answer.output ends with a line end
// ```

#include <cstdint>
#include <string>
#include <string_view>

#include "iamcheck/catalogue.h"

namespace iamcheck {

enum class CatalogueFormat : std::uint8_t { kText, kJson };

/// Date, counts, sources.
std::string catalogue_summary(const Catalogue& catalogue, CatalogueFormat format);

/// What one catalogue has and the other has not: services, actions, resource types, condition keys
/// and managed policies, and what changed of those that both have (access levels, resource types
/// and keys of actions, ARN forms, key types, versions of policies).
std::string catalogue_difference(const Catalogue& before, const Catalogue& after,
                                 CatalogueFormat format);

struct CatalogueAnswer {
  bool found = false;
  std::string output;  ///< the description, or what was not found and what may have been meant
};

/// Describes whatever has the name: an action (`s3:GetObject`), the actions of a pattern
/// (`s3:Get*`), a service (`s3`), a condition key (`aws:SourceIp`), a managed policy
/// (`ReadOnlyAccess` or its ARN). A name that is several of these is the first of them.
CatalogueAnswer describe_name(const Catalogue& catalogue, std::string_view name,
                              CatalogueFormat format);

}  // namespace iamcheck
