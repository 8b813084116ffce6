#pragma once

// Identity providers as principals, and the condition keys that their tokens fill.

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "iamcheck/policy.h"

namespace iamcheck {

struct FederatedProvider {
  enum class Kind : std::uint8_t {
    kUnknown,  ///< known at deploy time only
    kInvalid,  ///< neither an ARN of a provider nor a domain
    kSaml,     ///< `arn:aws:iam::111122223333:saml-provider/name`
    kOidc,     ///< `arn:aws:iam::111122223333:oidc-provider/host/path`, or a domain
  };
  Kind kind = Kind::kUnknown;
  /// Of OIDC: what its condition keys begin with, `oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE`;
  /// empty when only a template knows it.
  std::string_view host;
};
FederatedProvider federated_provider(const Text& value);

/// The claims that the conditions of a statement ask for, whatever the case of their keys. `Null`
/// and negations do not count; what a template fills in may be any of them.
class Claims {
 public:
  /// Remembers the statement, so that asking for many principals of one costs little.
  void read(const Statement& statement);
  /// Some condition is on `host:claim`. With an empty `claim`: on any claim. With an empty `host`
  /// nobody knows, and the answer is that there is a condition.
  bool ask_for(std::string_view host, std::string_view claim) const;

 private:
  const Statement* statement_ = nullptr;
  bool open_ = false;
  std::set<std::string> keys_;   // in small letters
  std::set<std::string> hosts_;  // before the colon
};

}  // namespace iamcheck
