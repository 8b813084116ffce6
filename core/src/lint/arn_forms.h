#pragma once

// The ARNs that a service's resources have, part by part.

#include <cstdint>
#include <map>
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

class ArnForms {
 public:
  explicit ArnForms(const Catalogue& catalogue) : catalogue_(catalogue) {}

  /// By the service in the ARN; empty where no form has it.
  const std::vector<ArnForm>& of(std::string_view service);
  /// Those whose resource part meets `resource`, an entry's sixth part with wildcards and
  /// variables. All, when there is no time left to compare.
  std::vector<const ArnForm*> that_meet(std::string_view service, std::string_view resource);

 private:
  const Catalogue& catalogue_;
  std::map<std::string, std::vector<ArnForm>, std::less<>> forms_;
  std::uint64_t steps_left_ = 50'000'000;
};

}  // namespace iamcheck
