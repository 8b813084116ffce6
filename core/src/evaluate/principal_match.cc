// Principal and NotPrincipal (S8). Source: IAM User Guide, "AWS JSON policy elements: Principal"
// and "AWS JSON policy elements: NotPrincipal".
#include "evaluate/principal_match.h"

#include <algorithm>

#include "iamcheck/arn.h"

namespace iamcheck {
namespace {

using Kind = Principal::Kind;

// S8.2: an account id, or the ARN of its root user.
bool names_account(std::string_view entry, const Principal& caller) {
  if (!caller.has_account()) return false;
  if (entry == caller.account) return true;
  std::optional<Arn> arn = Arn::parse(entry);
  return arn && arn->service == "iam" && arn->resource == "root" &&
         arn->account == caller.account &&
         (caller.partition.empty() || arn->partition == caller.partition);
}

// S8.3: a session ARN has lost the path of its role, so only the last segment can be compared.
bool names_role_of_session(std::string_view entry, const Principal& caller) {
  std::optional<Arn> arn = Arn::parse(entry);
  if (!arn || arn->service != "iam" || !arn->resource.starts_with("role/")) return false;
  std::string_view name = arn->resource.substr(arn->resource.rfind('/') + 1);
  return arn->partition == caller.partition && arn->account == caller.account &&
         name == caller.name;
}

bool carries_account(Kind kind) {
  return kind == Kind::kUser || kind == Kind::kRole || kind == Kind::kRoleSession ||
         kind == Kind::kFederatedSession || kind == Kind::kRoot;
}

PrincipalMatch match_aws(std::string_view entry, const Request& request) {
  const Principal& caller = request.principal();
  if (!carries_account(caller.kind)) return PrincipalMatch::kNone;
  if (names_account(entry, caller)) {
    return caller.kind == Kind::kRoot ? PrincipalMatch::kDirect : PrincipalMatch::kAccount;
  }
  switch (caller.kind) {
    case Kind::kUser:
      return entry == caller.text ? PrincipalMatch::kDirect : PrincipalMatch::kNone;
    case Kind::kRole:
      return entry == caller.text ? PrincipalMatch::kSessionRole : PrincipalMatch::kNone;
    case Kind::kRoleSession:
      if (entry == caller.text) return PrincipalMatch::kDirect;
      return names_role_of_session(entry, caller) ? PrincipalMatch::kSessionRole
                                                  : PrincipalMatch::kNone;
    case Kind::kFederatedSession:
      if (entry == caller.text) return PrincipalMatch::kDirect;
      // S8.4: the name in a federated-user ARN is chosen by the caller and proves nothing.
      return !request.fields().issuer_arn.empty() && entry == request.fields().issuer_arn
                 ? PrincipalMatch::kSessionUser
                 : PrincipalMatch::kNone;
    default:
      return PrincipalMatch::kNone;
  }
}

// S9.8: a gateway endpoint knows everyone and root users, nobody else.
PrincipalMatch match_gateway_entry(const PrincipalEntry& entry, const Principal& caller) {
  if (entry.type == PrincipalEntry::Type::kEveryone) return PrincipalMatch::kDirect;
  const bool names_root = entry.type == PrincipalEntry::Type::kAws && caller.kind == Kind::kRoot &&
                          names_account(entry.value.value, caller);
  return names_root ? PrincipalMatch::kDirect : PrincipalMatch::kNone;
}

PrincipalMatch match_entry(const PrincipalEntry& entry, const Request& request,
                           const PrincipalScene& scene) {
  const Principal& caller = request.principal();
  if (scene.kind == PolicyKind::kEndpoint &&
      request.fields().endpoint_kind == EndpointKind::kGateway)
    return match_gateway_entry(entry, caller);
  const bool trust = scene.trust;
  switch (entry.type) {
    case PrincipalEntry::Type::kEveryone:
      return PrincipalMatch::kDirect;  // S8.1: anonymous and services too
    case PrincipalEntry::Type::kAws:
      return match_aws(entry.value.value, request);
    case PrincipalEntry::Type::kService:
      return caller.kind == Kind::kService && entry.value.value == caller.text
                 ? PrincipalMatch::kDirect
                 : PrincipalMatch::kNone;
    case PrincipalEntry::Type::kFederated:
      // cognito-identity.amazonaws.com is a provider with the name of a service.
      return trust && (caller.kind == Kind::kFederatedIdentity || caller.kind == Kind::kService) &&
                     entry.value.value == caller.text
                 ? PrincipalMatch::kDirect
                 : PrincipalMatch::kNone;
    case PrincipalEntry::Type::kCanonicalUser:  // S8.5: no account is known for a canonical id
    case PrincipalEntry::Type::kOther:
      return PrincipalMatch::kNone;
  }
  return PrincipalMatch::kNone;
}

}  // namespace

void PrincipalAnswer::add(PrincipalMatch match, bool unresolved) {
  if (unresolved) {
    possible = PrincipalMatch::kDirect;
  } else {
    certain = std::max(certain, match);
    possible = std::max(possible, match);
  }
}

PrincipalAnswer match_principal(const PrincipalElement& element, const Request& request,
                                const PrincipalScene& scene) {
  PrincipalAnswer answer;
  for (const PrincipalEntry& entry : element.entries) {
    answer.add(match_entry(entry, request, scene), entry.value.unresolved);
  }
  return answer;
}

Truth exempts_from_deny(const PrincipalElement& element, const Request& request) {
  const Principal& caller = request.principal();
  // NPRINC asks for every name the caller goes by: session, role or user, and account.
  bool everyone = false, account = false, self = false, role = false, unresolved = false;
  for (const PrincipalEntry& entry : element.entries) {
    std::string_view text = entry.value.value;
    unresolved |= entry.value.unresolved;
    if (entry.type == PrincipalEntry::Type::kEveryone) everyone = true;
    if (entry.type == PrincipalEntry::Type::kService)
      self |= caller.kind == Kind::kService && text == caller.text;
    if (entry.type != PrincipalEntry::Type::kAws) continue;
    account |= names_account(text, caller);
    self |= carries_account(caller.kind) && text == caller.text;
    role |= caller.kind == Kind::kRoleSession && names_role_of_session(text, caller);
  }
  bool exempt = everyone;
  switch (caller.kind) {
    case Kind::kUser:
    case Kind::kFederatedSession:
      exempt |= self && account;
      break;
    case Kind::kRoleSession:
      exempt |= self && role && account;
      break;
    case Kind::kRoot:
      exempt |= account;
      break;
    case Kind::kService:
      exempt |= self;
      break;
    case Kind::kRole:  // no session name, so no session ARN can be listed
    case Kind::kFederatedIdentity:
    case Kind::kAnonymous:
    case Kind::kOther:
      break;
  }
  if (exempt) return Truth::kTrue;
  return unresolved ? Truth::kUnknown : Truth::kFalse;
}

}  // namespace iamcheck
