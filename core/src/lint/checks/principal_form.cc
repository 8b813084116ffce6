// The form of Principal and NotPrincipal and of what they list. Source: IAM User Guide, "AWS JSON
// policy elements: Principal".
#include <algorithm>
#include <map>
#include <string>

#include "iamcheck/arn.h"
#include "lint/context.h"
#include "lint/principal_places.h"
#include "lint/service_principal.h"

namespace iamcheck {
namespace {

using Type = PrincipalEntry::Type;

constexpr std::size_t kCanonicalUserSize = 64;
constexpr std::size_t kShortestUniqueId = 16;

bool has_wildcard(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos;
}

// `AROAEXAMPLEEXAMPLE123`: what IAM leaves in a policy when the role behind an ARN is deleted.
bool is_unique_id(std::string_view text, std::string_view prefix) {
  return text.size() >= kShortestUniqueId && text.starts_with(prefix) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

bool is_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

// An ARN of somebody who can be named, whatever its account; `cloudfront` is that of the origin
// access identities.
bool names_somebody(const Arn& arn) {
  const auto begins = [&](std::string_view type) {
    return arn.resource.size() > type.size() && arn.resource.starts_with(type);
  };
  if (!arn.region.empty()) return false;
  if (!is_account_id(arn.account) && arn.account != "cloudfront") return false;
  if (arn.service == "iam") return arn.resource == "root" || begins("user/") || begins("role/");
  if (arn.service != "sts") return false;
  const bool session =
      begins("assumed-role/") &&
      arn.resource.find('/', std::string_view("assumed-role/").size()) != std::string_view::npos;
  return session || begins("federated-user/") || arn.resource == "self";
}

// Empty: the value is in order.
std::string wrong_aws_value(std::string_view value) {
  if (is_account_id(value) || is_unique_id(value, "AROA") || is_unique_id(value, "AIDA")) return "";
  const auto arn = Arn::parse(value);
  if (arn && names_somebody(*arn)) return "";
  if (read_service_principal(value).well_formed) return "a service is named under `Service`";
  if (arn && (arn->resource.starts_with("saml-provider/") ||
              arn->resource.starts_with("oidc-provider/"))) {
    return "an identity provider is named under `Federated`";
  }
  if (arn && arn->service == "iam" && arn->resource.starts_with("group/"))
    return "a group is no principal: name its users, or a role that they assume";
  if (value.size() == kCanonicalUserSize && is_hex(value))
    return "a canonical user is named under `CanonicalUser`";
  if (value.find_first_not_of("0123456789") == std::string_view::npos)
    return "the id of an account has 12 digits";
  return "name an account, a role, a user or a session: `111122223333`, "
         "`arn:aws:iam::111122223333:role/name`";
}

void report_unique_id(RuleContext& context, std::string_view prefix, std::string_view what) {
  const Policy& policy = context.policy();
  for (const PrincipalPlace& place : principal_places(policy)) {
    const Text& value = place.entry.value;
    if (!place.has_type(Type::kAws) || value.unresolved || !is_unique_id(value.value, prefix))
      continue;
    Finding& finding = context.report(
        value.span, path_of(policy, place),
        quoted(value.value) + " is the id of a " + std::string(what) + ", not its ARN");
    finding.notes.push_back("IAM leaves the id in a policy when the " + std::string(what) +
                            " is deleted; one that is made anew under the same name has another");
    finding.help = "write the ARN of the " + std::string(what) + ", or remove the entry";
  }
}

// Quoted text is replaced as it stands, so that escapes stay as they are.
std::optional<Fix> wrapped(const Policy& policy, const PrincipalEntry& entry) {
  if (!policy.source || !policy.source->slice(entry.value.span).starts_with("\""))
    return std::nullopt;
  const std::string text(policy.source->slice(entry.value.span));
  return Fix{true, "write `{\"AWS\": ...}`", {{entry.value.span, "{\"AWS\": " + text + "}"}}};
}

}  // namespace

void check_principal_format(RuleContext& context) {
  const Policy& policy = context.policy();
  std::map<Span, const PrincipalEntry*> bare;
  for (const PrincipalPlace& place : principal_places(policy)) {
    if (place.entry.bare) bare.emplace(place.entry.value.span, &place.entry);
  }
  for (const PolicyDiagnostic& diagnostic : policy.diagnostics) {
    if (!diagnostic.of_principal || diagnostic.kind != PolicyDiagnostic::Kind::kWrongType) continue;
    Finding& finding = context.report(diagnostic.span, diagnostic.path,
                                      "a principal is written as `{\"AWS\": ...}`, or is `\"*\"`");
    finding.help = "say of which type it is: `AWS`, `Service`, `Federated` or `CanonicalUser`";
    const auto entry = bare.find(diagnostic.span);
    if (entry == bare.end() || !is_literal(entry->second->value)) continue;
    if (wrong_aws_value(entry->second->value.value).empty())
      finding.fix = wrapped(policy, *entry->second);
  }
}

void check_principal_key(RuleContext& context) {
  for (const PolicyDiagnostic& diagnostic : context.policy().diagnostics) {
    if (!diagnostic.of_principal || diagnostic.kind != PolicyDiagnostic::Kind::kUnknownElement)
      continue;
    Finding& finding = context.report(diagnostic.span, diagnostic.path, diagnostic.message);
    finding.help = diagnostic.help;
  }
}

void check_principal_value(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const PrincipalPlace& place : principal_places(policy)) {
    const Text& value = place.entry.value;
    if (!is_literal(value) || has_wildcard(value.value) || place.entry.bare) continue;
    std::string wrong;
    if (place.has_type(Type::kAws)) {
      wrong = wrong_aws_value(value.value);
    } else if (place.has_type(Type::kCanonicalUser) &&
               (value.value.size() != kCanonicalUserSize || !is_hex(value.value))) {
      wrong = "the canonical id of a user has 64 hexadecimal digits";
    }
    if (wrong.empty()) continue;
    Finding& finding = context.report(
        value.span, path_of(policy, place),
        (value.value.empty() ? "an empty text" : quoted(value.value)) + " names no principal");
    finding.notes.emplace_back("AWS refuses a policy with a principal that does not exist");
    finding.help = wrong;
  }
}

void check_principal_partial_wildcard(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const PrincipalPlace& place : principal_places(policy)) {
    const Text& value = place.entry.value;
    if (is_everyone(place.entry) || place.has_type(Type::kOther) || place.entry.bare ||
        !is_literal(value) || !has_wildcard(value.value)) {
      continue;
    }
    const std::string type(place.entry.type_name);
    const bool alone = is_everything(value.value);
    Finding& finding =
        context.report(value.span, path_of(policy, place),
                       alone ? quoted(value.value) + " stands for nobody under `" + type + "`"
                             : "a principal takes no wildcard as part of " + quoted(value.value));
    if (place.has_type(Type::kAws)) {
      finding.help =
          "name the principals, or say `\"*\"` and limit it with a condition such as `ArnLike` on "
          "`aws:PrincipalArn`";
    } else {
      finding.help = "name each one";
    }
  }
}

void check_principal_role_id(RuleContext& context) { report_unique_id(context, "AROA", "role"); }

void check_principal_user_id(RuleContext& context) { report_unique_id(context, "AIDA", "user"); }

}  // namespace iamcheck
