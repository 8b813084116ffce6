// A request and what follows from its own fields (S10.1). Source: IAM User Guide, "AWS global
// condition context keys". Values that were given are never touched.
#include "iamcheck/request.h"

#include <algorithm>
#include <array>
#include <utility>

#include "iamcheck/arn.h"
#include "match/overlap.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

constexpr std::array<std::pair<CredentialKind, std::string_view>, 10> kCredentialKinds = {{
    {CredentialKind::kUnspecified, "unspecified"},
    {CredentialKind::kLongTerm, "long-term"},
    {CredentialKind::kConsole, "console"},
    {CredentialKind::kAssumeRole, "assume-role"},
    {CredentialKind::kGetSessionToken, "get-session-token"},
    {CredentialKind::kFederationToken, "federation-token"},
    {CredentialKind::kWebIdentity, "web-identity"},
    {CredentialKind::kSaml, "saml"},
    {CredentialKind::kAssumeRoot, "assume-root"},
    {CredentialKind::kService, "service"},
}};

// The keys that are derived, folded and hashed once.
struct Keys {
  ContextKey assumed_root{"aws:AssumedRoot"};
  ContextKey multi_factor_auth_present{"aws:MultiFactorAuthPresent"};
  ContextKey principal_account{"aws:PrincipalAccount"};
  ContextKey principal_arn{"aws:PrincipalArn"};
  ContextKey principal_is_aws_service{"aws:PrincipalIsAWSService"};
  ContextKey principal_org_id{"aws:PrincipalOrgID"};
  ContextKey principal_org_paths{"aws:PrincipalOrgPaths"};
  ContextKey principal_service_name{"aws:PrincipalServiceName"};
  ContextKey principal_type{"aws:PrincipalType"};
  ContextKey resource_account{"aws:ResourceAccount"};
  ContextKey token_issue_time{"aws:TokenIssueTime"};
  ContextKey userid{"aws:userid"};
  ContextKey username{"aws:username"};
};

const Keys& all_keys() {
  static const Keys kKeys;
  return kKeys;
}

// Sets a key only where nothing was said about it.
class Derivation {
 public:
  explicit Derivation(Context& context) : context_(context) {}
  void set(const ContextKey& key, std::string_view value) { context_.set_default(key, value); }
  void set_absent(const ContextKey& key) { context_.set_default_absent(key); }
  void set_unknown(const ContextKey& key) { context_.set_default_unknown(key); }

 private:
  Context& context_;
};

// aws:PrincipalArn of a session is the ARN of its role, whose path the session ARN does not tell.
std::string role_arn_of(const Principal& session, const std::string& given) {
  if (!given.empty()) return given;
  return "arn:" + session.partition + ":iam::" + session.account + ":role/" + session.name;
}

void derive_for_kind(const Principal& principal, const RequestFields& fields, const Keys& keys,
                     Derivation& derive) {
  using Kind = Principal::Kind;
  switch (principal.kind) {
    case Kind::kUser:
      derive.set(keys.principal_type, "User");
      derive.set(keys.username, principal.name);
      derive.set_unknown(keys.userid);
      break;
    case Kind::kRole:
    case Kind::kRoleSession:
      derive.set(keys.principal_type, "AssumedRole");
      derive.set_unknown(keys.userid);
      break;
    case Kind::kFederatedSession:
      derive.set(keys.principal_type, "FederatedUser");
      derive.set(keys.userid, principal.account + ":" + principal.name);
      break;
    case Kind::kRoot:
      derive.set(keys.principal_type, "Account");
      derive.set(keys.userid, principal.account);
      break;
    case Kind::kAnonymous:
      derive.set(keys.principal_type, "Anonymous");
      derive.set(keys.principal_account, "anonymous");
      derive.set(keys.userid, "anonymous");
      break;
    case Kind::kService:
    case Kind::kFederatedIdentity:
    case Kind::kOther:
      break;
  }
  if (principal.kind == Kind::kRoleSession) {
    derive.set(keys.principal_arn, role_arn_of(principal, fields.principal_role_arn));
  } else if (principal.has_account() && principal.kind != Kind::kFederatedIdentity) {
    derive.set(keys.principal_arn, principal.text);
  }
}

}  // namespace

std::optional<CredentialKind> credential_kind_from(std::string_view name) {
  for (const auto& [kind, text] : kCredentialKinds) {
    if (name == text) return kind;
  }
  return std::nullopt;
}

std::optional<EndpointKind> endpoint_kind_from(std::string_view name) {
  if (name == "interface") return EndpointKind::kInterface;
  if (name == "gateway") return EndpointKind::kGateway;
  return std::nullopt;
}

std::string_view to_string(CredentialKind kind) {
  return kCredentialKinds[static_cast<std::size_t>(kind)].second;
}

bool takes_resource_account(const RequestFields& fields) {
  if (!fields.resource_account.empty()) return false;
  const std::optional<Arn> arn = Arn::parse(fields.resource);
  if (!arn || (!arn->account.empty() && !has_wildcard(arn->account))) return false;
  return !fields.principal_account.empty() || Principal::parse(fields.principal).has_account();
}

const std::string Request::kEveryBucket = "arn:aws:s3:::*";

Request::Request(RequestFields fields)
    : principal_(Principal::parse(fields.principal)), fields_(std::move(fields)) {
  if (!fields_.principal_account.empty()) principal_.account = fields_.principal_account;
  std::size_t colon = fields_.action.find(':');
  if (colon != std::string::npos) {
    service_ = ascii_lower(std::string_view(fields_.action).substr(0, colon));
    action_name_ = ascii_lower(std::string_view(fields_.action).substr(colon + 1));
  }
  // S6.5: the one action on `*` that AWS authorizes on an ARN.
  every_bucket_ =
      fields_.resource == "*" && service() == "s3" && action_name() == "listallmybuckets";
  service_hash_ = request_hash(service_);
  action_hash_ = request_hash(action_name_);
  const std::string& text = resource();
  if (const auto arn = Arn::parse(text); arn && text.size() < 0xffffffff) {
    const auto colon_before = [&](std::string_view part) {
      return static_cast<std::uint32_t>(part.data() - text.data() - 1);
    };
    resource_colons_ = {colon_before(arn->service), colon_before(arn->region),
                        colon_before(arn->account), colon_before(arn->resource)};
  }
  find_resource_account();
  cross_account_ = !resource_account_.empty() && principal_.has_account() &&
                   resource_account_ != principal_.account;
  cross_partition_ = crosses_partitions();
  derive_context();
}

void Request::find_resource_account() {
  resource_account_ = fields_.resource_account;
  if (resource_account_.empty()) {
    // Names such as `aws` or `aws-marketplace` own what is shared with everyone; they are nobody's
    // other account.
    if (const auto arn = resource_arn(); arn && is_account_id(arn->account))
      resource_account_ = arn->account;
  }
  if (resource_account_.empty()) resource_account_ = principal_.account;
}

// The case of partitions is no difference (S6.2). The ARN that S6.5 puts in the place of `*` has no
// partition of its own.
bool Request::crosses_partitions() const {
  const std::uint32_t end = resource_colons_[0];
  if (every_bucket_ || end == 0 || principal_.partition.empty()) return false;
  const std::string_view partition = std::string_view(resource()).substr(4, end - 4);
  return !equals_ignoring_case(partition, principal_.partition);
}

std::optional<Arn> Request::resource_arn() const {
  const auto [service, region, account, rest] = resource_colons_;
  if (rest == 0) return std::nullopt;
  const std::string_view text = resource();
  const auto between = [text](std::uint32_t before, std::uint32_t after) {
    return text.substr(before + 1, after - before - 1);
  };
  constexpr std::uint32_t kFirst = 3;  // the colon of `arn:`
  return Arn{between(kFirst, service), between(service, region), between(region, account),
             between(account, rest), text.substr(rest + 1)};
}

void Request::derive_context() {
  // The keys that most callers get.
  constexpr std::size_t kUsual = 8;
  fields_.context.reserve_more(kUsual);
  Derivation derive(fields_.context);
  const Keys& keys = all_keys();
  derive_for_kind(principal_, fields_, keys, derive);
  bool service = principal_.kind == Principal::Kind::kService;
  bool anonymous = principal_.kind == Principal::Kind::kAnonymous;
  if (principal_.has_account()) derive.set(keys.principal_account, principal_.account);
  // Only requests that are signed with AWS credentials have it (IAM User Guide, "AWS global
  // condition context keys"); nobody signs with those of another provider.
  const bool is_signed = !anonymous && principal_.kind != Principal::Kind::kFederatedIdentity;
  if (is_signed) derive.set(keys.principal_is_aws_service, service ? "true" : "false");
  if (service) derive.set(keys.principal_service_name, principal_.text);
  // What a caller of this kind never has is known to be absent, also in ask mode.
  derive.set_absent(keys.principal_service_name);
  derive.set_absent(keys.username);
  derive.set_absent(keys.principal_is_aws_service);
  if (anonymous) {
    derive.set_absent(keys.principal_arn);
    derive.set_absent(keys.principal_org_id);
    derive.set_absent(keys.principal_org_paths);
  }
  if (!resource_account_.empty()) derive.set(keys.resource_account, resource_account_);
  switch (fields_.credential_kind) {
    case CredentialKind::kConsole:
    case CredentialKind::kAssumeRole:
    case CredentialKind::kGetSessionToken:
      derive.set(keys.multi_factor_auth_present, "false");
      break;
    case CredentialKind::kLongTerm:
    case CredentialKind::kFederationToken:
    case CredentialKind::kWebIdentity:
    case CredentialKind::kSaml:
      derive.set_absent(keys.multi_factor_auth_present);
      break;
    case CredentialKind::kAssumeRoot:
      derive.set(keys.assumed_root, "true");
      break;
    case CredentialKind::kUnspecified:
    case CredentialKind::kService:
      break;
  }
  if (fields_.credential_kind == CredentialKind::kLongTerm)
    derive.set_absent(keys.token_issue_time);
  // Only a session of AssumeRoot has it; what was set above stays.
  if (fields_.credential_kind != CredentialKind::kUnspecified) derive.set_absent(keys.assumed_root);
}

}  // namespace iamcheck
