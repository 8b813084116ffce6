#pragma once

// The type of resource that a policy is attached to, as `validate-policy` is told it.
//
//     const auto type = attached_resource(context);  // AWS::S3::Bucket
//     if (type && !type->takes(action)) ...

#include <optional>
#include <span>
#include <string_view>

#include "iamcheck/catalogue.h"
#include "lint/context.h"

namespace iamcheck {

class AttachedResource {
 public:
  /// `resource_types`: names of the service's types of resources in the catalogue.
  constexpr AttachedResource(std::string_view name, std::string_view service,
                             std::span<const std::string_view> resource_types)
      : name_(name), service_(service), resource_types_(resource_types) {}

  std::string_view name() const { return name_; }
  std::string_view service() const { return service_; }
  /// A policy there may name the action, which works on the resource or on what is in it.
  bool takes(const Action& action) const;
  /// The type of resource is the one of the policy, or what is in it.
  bool has(const ResourceType& type) const;

 private:
  std::string_view name_;
  std::string_view service_;
  std::span<const std::string_view> resource_types_;
};

/// Nothing where the type is not given, or not one that AWS's validation knows.
std::optional<AttachedResource> attached_resource(const RuleContext& context);

}  // namespace iamcheck
