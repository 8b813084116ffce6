#include "lint/arn_services.h"

namespace iamcheck {

std::optional<Arn> resource_arn(const Policy& policy, const Text& entry) {
  constexpr std::size_t kArnParts = 6;
  // In the old language `${` is text, and may be meant as a variable nevertheless.
  if (entry.unresolved || (!policy.has_variables() && entry.value.find("${") != std::string::npos))
    return std::nullopt;
  const auto parts = split_arn(entry.value, policy.has_variables());
  if (parts.size() != kArnParts || parts[0] != "arn") return std::nullopt;
  return Arn{parts[1], parts[2], parts[3], parts[4], parts[5]};
}

bool is_literal_part(std::string_view part) {
  return !part.empty() && part.find_first_of("*?$") == std::string_view::npos &&
         !has_placeholder(part);
}

std::optional<std::string> literal_arn_service(const Policy& policy, const Text& entry) {
  const auto arn = resource_arn(policy, entry);
  if (!arn || !is_literal_part(arn->service)) return std::nullopt;
  return std::string(arn->service);
}

bool ArnServices::contains(std::string_view service) {
  const auto known = catalogue_.find_service(service);
  if ((known && known->prefix() == service) || catalogue_.find_retired_service(service))
    return true;
  if (of_forms_.empty()) {
    for (const ResourceType type : catalogue_.resource_types()) {
      for (const std::string_view form : type.arn_forms()) {
        if (const auto arn = Arn::parse(form)) of_forms_.emplace(arn->service);
      }
    }
  }
  return of_forms_.contains(service);
}

}  // namespace iamcheck
