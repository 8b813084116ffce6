#pragma once

// A question: may this principal do this action on this resource?
//
// ```cpp
// iamcheck::RequestFields fields;
// fields.principal = "arn:aws:iam::111122223333:user/alice";
// fields.action = "s3:GetObject";
// fields.resource = "arn:aws:s3:::reports/2026.csv";
// iamcheck::Request request(std::move(fields));
// bool user = request.principal().kind == iamcheck::Principal::Kind::kUser;
// ```

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/arn.h"
#include "iamcheck/context.h"

namespace iamcheck {

/// Who asks. Source: IAM User Guide, "AWS JSON policy elements: Principal".
struct Principal {
  enum class Kind : std::uint8_t {
    kUser,  ///< arn:aws:iam::ACCOUNT:user/PATH/NAME
    kRole,  ///< arn:aws:iam::ACCOUNT:role/PATH/NAME: a session whose name is not known (S8.3)
    kRoleSession,        ///< arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION
    kFederatedSession,   ///< arn:aws:sts::ACCOUNT:federated-user/NAME
    kRoot,               ///< arn:aws:iam::ACCOUNT:root
    kService,            ///< ec2.amazonaws.com
    kFederatedIdentity,  ///< a SAML or OIDC provider: the caller of AssumeRoleWithSAML /
                         ///< WithWebIdentity
    kAnonymous,          ///< `*anonymous*`
    kOther,              ///< nothing that can call AWS: no principal entry but `*` matches it
  };
  Kind kind = Kind::kOther;
  std::string text;  ///< as given
  std::string partition;
  std::string account;  ///< empty when the form has none
  std::string name;     ///< user, role or federated-user name: the last path segment
  std::string session;  ///< session name

  static Principal parse(std::string_view text);
  /// Has an identity of its own in an account (not a service, not anonymous).
  bool has_account() const { return !account.empty(); }
};

std::string_view to_string(Principal::Kind kind);  // user, role, assumed-role session, ...

/// How the caller's credentials came about, where that matters (S9.9, S10.1).
enum class CredentialKind : std::uint8_t {
  kUnspecified,
  kLongTerm,
  kConsole,
  kAssumeRole,
  kGetSessionToken,
  kFederationToken,
  kWebIdentity,
  kSaml,
  kAssumeRoot,
  kService,
};

/// `long-term`, `console`, ...; nothing for an unknown name.
std::optional<CredentialKind> credential_kind_from(std::string_view name);
std::string_view to_string(CredentialKind kind);

/// How a VPC endpoint reads the principals of its policy (S9.8). Source: VPC User Guide, "Control
/// access to VPC endpoints using endpoint policies".
enum class EndpointKind : std::uint8_t { kInterface, kGateway };

/// `interface` or `gateway`; nothing for another name.
std::optional<EndpointKind> endpoint_kind_from(std::string_view name);

/// A point in time as the two keys that carry it: aws:CurrentTime and aws:EpochTime.
struct RequestTime {
  std::string current_time;  ///< `2026-11-20T16:00:00Z`
  std::string epoch_time;    ///< seconds since 1970, in digits
  /// Reads ISO 8601 or epoch seconds, whole seconds kept; nothing for any other text and for years
  /// outside 1970 to 9999. Source: IAM User Guide, "Date condition operators".
  static std::optional<RequestTime> parse(std::string_view text);
};

/// What the caller of iamcheck gives.
struct RequestFields {
  std::string principal;
  std::string principal_account;   ///< empty: from the ARN
  std::string action;              ///< `service:Name`
  std::string resource = "*";      ///< an ARN, or `*`
  std::string resource_account;    ///< empty: from the resource ARN, else the principal's account
  Context context;                 ///< its mode decides what a key is that nobody gave
  std::string principal_role_arn;  ///< the role behind a session, with its path
  std::string issuer_arn;          ///< the user behind a federated-user session
  CredentialKind credential_kind = CredentialKind::kUnspecified;
  /// Account id of the organization's management account, where SCPs and RCPs have no effect
  /// (S9.3); empty: neither side is it.
  std::string management_account;
  EndpointKind endpoint_kind = EndpointKind::kInterface;
  /// RestrictPublicBuckets is on for the bucket (S9.10).
  bool s3_block_public_access = false;
};

/// Whether the request counts the resource as the principal's account's although nobody says so:
/// its ARN has no account, as those of S3 buckets, and `resource_account` is empty. `*` is no
/// resource, and the ARNs of what AWS owns (`arn:aws:iam::aws:policy/...`) say so.
bool takes_resource_account(const RequestFields& fields);

/// What requests and policies index names by.
inline std::size_t request_hash(std::string_view text) {
  return std::hash<std::string_view>()(text);
}

/// A request with everything derived that follows from its own fields (S10.1). Values that were
/// given win. Immutable; share it freely.
class Request {
 public:
  explicit Request(RequestFields fields);

  const Principal& principal() const { return principal_; }
  const RequestFields& fields() const { return fields_; }
  const std::string& action() const { return fields_.action; }
  /// The resource that policies see: `s3:ListAllMyBuckets` on `*` is asked on `arn:aws:s3:::*`
  /// (S6.5).
  const std::string& resource() const { return every_bucket_ ? kEveryBucket : fields_.resource; }
  /// Account that owns the resource; empty when unknown, which counts as "not cross-account".
  const std::string& resource_account() const { return resource_account_; }
  const std::string& principal_account() const { return principal_.account; }
  const Context& context() const { return fields_.context; }
  /// Lower case, split at the colon; both empty when the action has no colon.
  std::string_view service() const { return service_; }
  std::string_view action_name() const { return action_name_; }
  /// `request_hash` of `service()` and of `action_name()`.
  std::size_t service_hash() const { return service_hash_; }
  std::size_t action_hash() const { return action_hash_; }
  /// The caller and the resource are of two accounts, both known (S9.5).
  bool is_cross_account() const { return cross_account_; }
  /// The caller and the resource are of two partitions, both known (S1.4).
  bool is_cross_partition() const { return cross_partition_; }
  /// `resource()` taken apart; nothing when it is no ARN.
  std::optional<Arn> resource_arn() const;

 private:
  void find_resource_account();
  bool crosses_partitions() const;
  void derive_context();

  static const std::string kEveryBucket;

  // What every decision reads comes first: a few cache lines of each of many requests.
  std::size_t service_hash_ = 0;
  std::size_t action_hash_ = 0;
  std::array<std::uint32_t, 4> resource_colons_{};  // the second to fifth; zeros: no ARN
  bool every_bucket_ = false;
  bool cross_account_ = false;
  bool cross_partition_ = false;
  std::string service_;
  std::string action_name_;
  Principal principal_;
  std::string resource_account_;
  RequestFields fields_;
};

}  // namespace iamcheck
