// Who asks, read from a text. Source: IAM User Guide, "IAM identifiers" and "AWS JSON policy
// elements: Principal".
#include <algorithm>
#include <array>

#include "iamcheck/arn.h"
#include "iamcheck/request.h"

namespace iamcheck {
namespace {

std::string_view last_segment(std::string_view path) {
  std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

// Service principals are host names of AWS: `ec2.amazonaws.com`, `ec2.amazonaws.com.cn`,
// `states.us-east-1.amazonaws.com`.
bool is_service_name(std::string_view text) {
  return text.find(':') == std::string_view::npos &&
         (text.ends_with(".amazonaws.com") || text.ends_with(".amazonaws.com.cn") ||
          text.ends_with(".aws.internal"));
}

// An OIDC provider by its name, as in a trust policy: `accounts.google.com`, `graph.facebook.com`,
// `token.actions.githubusercontent.com`.
bool is_provider_name(std::string_view text) {
  return text.find('.') != std::string_view::npos &&
         text.find_first_of(": \t\r\n*") == std::string_view::npos;
}

void read_iam_arn(const Arn& arn, Principal& principal) {
  std::string_view resource = arn.resource;
  if (resource == "root") {
    principal.kind = Principal::Kind::kRoot;
  } else if (resource.starts_with("user/")) {
    principal.kind = Principal::Kind::kUser;
    principal.name = last_segment(resource);
  } else if (resource.starts_with("role/")) {
    principal.kind = Principal::Kind::kRole;
    principal.name = last_segment(resource);
  } else if (resource.starts_with("saml-provider/") || resource.starts_with("oidc-provider/")) {
    principal.kind = Principal::Kind::kFederatedIdentity;
  }
}

void read_sts_arn(const Arn& arn, Principal& principal) {
  std::string_view resource = arn.resource;
  if (resource.starts_with("assumed-role/")) {
    resource.remove_prefix(13);
    std::size_t slash = resource.find('/');
    if (slash == std::string_view::npos) return;
    principal.kind = Principal::Kind::kRoleSession;
    principal.name = resource.substr(0, slash);
    principal.session = resource.substr(slash + 1);
  } else if (resource.starts_with("federated-user/")) {
    principal.kind = Principal::Kind::kFederatedSession;
    principal.name = resource.substr(15);
  }
}

}  // namespace

Principal Principal::parse(std::string_view text) {
  Principal principal;
  principal.text = text;
  if (text == "*anonymous*") {
    principal.kind = Kind::kAnonymous;
  } else if (is_account_id(text)) {
    // An account id alone means the account itself, as in a policy's Principal element.
    principal.kind = Kind::kRoot;
    principal.partition = "aws";
    principal.account = text;
    principal.text = "arn:aws:iam::" + std::string(text) + ":root";
  } else if (std::optional<Arn> arn = Arn::parse(text)) {
    principal.partition = arn->partition;
    principal.account = arn->account;
    if (arn->service == "iam") read_iam_arn(*arn, principal);
    if (arn->service == "sts") read_sts_arn(*arn, principal);
  } else if (is_service_name(text)) {
    principal.kind = Kind::kService;
  } else if (is_provider_name(text)) {
    principal.kind = Kind::kFederatedIdentity;
  }
  return principal;
}

std::string_view to_string(Principal::Kind kind) {
  static constexpr std::array<std::string_view, 9> kNames = {"user",
                                                             "role",
                                                             "role session",
                                                             "federated-user session",
                                                             "root user",
                                                             "service principal",
                                                             "federated identity",
                                                             "anonymous",
                                                             "unrecognised principal"};
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace iamcheck
