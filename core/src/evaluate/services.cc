// Sources: KMS Developer Guide, "Key policies in AWS KMS"; IAM User Guide, "Policy evaluation for
// requests within a single account"; STS API reference, "GetCallerIdentity", "GetFederationToken",
// "GetSessionToken"; S3 User Guide, "Bucket policies".
#include "evaluate/services.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "iamcheck/arn.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

using Kind = Principal::Kind;

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view p) { return text.starts_with(p); });
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), text) != names.end();
}

bool is_true(std::string_view text) {
  return text.size() == 4 && std::equal(text.begin(), text.end(), "true",
                                        [](char a, char b) { return (a | 0x20) == b; });
}

// Resources that AWS owns inside a customer's account, and the calls that would change them.
struct ProtectedResource {
  std::string_view service;  // of the ARN and of the action
  std::string_view account;  // empty: any
  std::string_view resource_prefix;
  bool (*changes)(std::string_view action_name);
};

constexpr std::array<ProtectedResource, 3> kProtectedResources = {{
    {"iam", "aws", "policy/",
     [](std::string_view name) {
       return is_one_of(
           name, {"createpolicy", "createpolicyversion", "deletepolicy", "deletepolicyversion",
                  "setdefaultpolicyversion", "tagpolicy", "untagpolicy"});
     }},
    {"iam", "", "role/aws-reserved/",
     [](std::string_view name) {
       return name == "passrole" ||
              starts_with_any(name, {"create", "update", "put", "delete", "attach", "detach", "tag",
                                     "untag", "add", "remove"});
     }},
    {"kms", "", "alias/aws/",
     [](std::string_view name) {
       return is_one_of(name, {"createalias", "deletealias", "updatealias"});
     }},
}};

bool is_protected(const Request& request) {
  if (request.service() != "iam" && request.service() != "kms") return false;
  std::optional<Arn> arn = request.resource_arn();
  if (!arn) return false;
  return std::any_of(
      kProtectedResources.begin(), kProtectedResources.end(), [&](const ProtectedResource& row) {
        return arn->service == row.service && request.service() == row.service &&
               (row.account.empty() || arn->account == row.account) &&
               arn->resource.starts_with(row.resource_prefix) && row.changes(request.action_name());
      });
}

// STS: what temporary credentials of the two kinds without a role cannot do.
Truth refused_credentials(const Request& request) {
  const bool iam = request.service() == "iam";
  const bool sts = request.service() == "sts";
  if (!iam && !sts) return Truth::kFalse;
  const CredentialKind kind = request.fields().credential_kind;
  if (request.principal().kind == Kind::kRoot && sts && request.action_name() == "assumerole")
    return Truth::kTrue;
  bool identity_call = sts && request.action_name() == "getcalleridentity";
  bool federation = kind == CredentialKind::kFederationToken ||
                    request.principal().kind == Kind::kFederatedSession;
  if (federation) return to_truth(iam || (sts && !identity_call));
  if (kind == CredentialKind::kGetSessionToken) {
    if (sts) return to_truth(!identity_call && request.action_name() != "assumerole");
    ContextValue mfa = request.context().find("aws:multifactorauthpresent");
    if (mfa.state == ContextValue::State::kUnknown) return Truth::kUnknown;
    bool present = mfa.state == ContextValue::State::kSingle && is_true(mfa.values[0]);
    return to_truth(!present);
  }
  return Truth::kFalse;
}

}  // namespace

bool is_on_role(const Request& request) {
  std::optional<Arn> arn = request.resource_arn();
  return arn && arn->service == "iam" && arn->resource.starts_with("role/");
}

bool asks_trust_policy(const Request& request) {
  return request.service() == "sts" && is_on_role(request) &&
         (request.action_name().starts_with("assumerole") ||
          is_one_of(request.action_name(), {"tagsession", "setsourceidentity", "setcontext"}));
}

bool demands_resource_policy(const Request& request) {
  if (asks_trust_policy(request)) return true;
  std::optional<Arn> arn = request.resource_arn();
  return arn && arn->service == "kms" && arn->resource.starts_with("key/");
}

bool always_allowed(const Request& request) {
  if (request.service() != "sts") return false;
  if (request.action_name() == "getcalleridentity") {
    // An identity of another provider has no AWS credentials to sign the call with.
    const Kind caller = request.principal().kind;
    return caller != Kind::kAnonymous && caller != Kind::kFederatedIdentity &&
           caller != Kind::kOther;
  }
  return request.action_name() == "getsessiontoken" && request.principal().kind == Kind::kUser &&
         refused_credentials(request) == Truth::kFalse;
}

bool root_repairs_bucket_policy(const Request& request) {
  if (request.principal().kind != Kind::kRoot || request.service() != "s3") return false;
  std::optional<Arn> arn = request.resource_arn();
  // Directory buckets, access points and whatever else has a region or an account are not meant.
  bool bucket = arn && arn->service == "s3" &&
                equals_ignoring_case(arn->partition, request.principal().partition) &&
                arn->region.empty() && arn->account.empty() &&
                arn->resource.find_first_of("/:") == std::string_view::npos;
  return bucket && request.resource_account() == request.principal_account() &&
         is_one_of(request.action_name(),
                   {"getbucketpolicy", "putbucketpolicy", "deletebucketpolicy"});
}

Refusal built_in_refusal(const Request& request) {
  if (is_protected(request)) return {Truth::kTrue, DecisionCause::kProtectedResource};
  return {refused_credentials(request), DecisionCause::kCredentialKind};
}

}  // namespace iamcheck
