#pragma once

// The ARNs that a service's resources have, part by part.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/catalogue.h"

namespace iamcheck {

/// One ARN form of a resource type; each placeholder is a `*`.
struct ArnForm {
  std::string region;
  std::string account;
  std::string resource;
};

/// By the service in the ARN.
using ArnFormTable = std::map<std::string, std::vector<ArnForm>, std::less<>>;

class ArnForms {
 public:
  explicit ArnForms(const Catalogue& catalogue);

  /// Empty where no form has the service.
  const std::vector<ArnForm>& of(std::string_view service) const;
  /// Those whose resource part meets `resource`, an entry's sixth part with wildcards and
  /// variables. All, when there is no time left to compare.
  std::vector<const ArnForm*> that_meet(std::string_view service, std::string_view resource);

 private:
  std::shared_ptr<const ArnFormTable> forms_;
  std::uint64_t steps_left_ = 50'000'000;
};

}  // namespace iamcheck
