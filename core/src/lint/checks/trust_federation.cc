// Roles that identities of SAML and OIDC providers assume. Source: IAM User Guide, "Create a role
// for a third-party identity provider".
#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "iamcheck/arn.h"
#include "iamcheck/limits.h"
#include "lint/action_cover.h"
#include "lint/context.h"
#include "lint/federated_provider.h"
#include "lint/insertion.h"
#include "lint/principal_places.h"
#include "lint/service_principal.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

using Type = PrincipalEntry::Type;
using Kind = FederatedProvider::Kind;

constexpr std::string_view kAssumeRole = "sts:AssumeRole";
constexpr std::string_view kWithSaml = "sts:AssumeRoleWithSAML";
constexpr std::string_view kWithWebIdentity = "sts:AssumeRoleWithWebIdentity";

// The way in that an entry of Principal has; empty when it may have any, or nobody knows.
std::string_view way_in(const PrincipalEntry& entry) {
  switch (entry.type) {
    case Type::kAws:
    case Type::kService:
      return kAssumeRole;
    case Type::kFederated: {
      const FederatedProvider provider = federated_provider(entry.value);
      if (provider.kind == Kind::kSaml) return kWithSaml;
      if (provider.kind == Kind::kOidc) return kWithWebIdentity;
      return {};
    }
    case Type::kEveryone:
    case Type::kCanonicalUser:
    case Type::kOther:
      break;
  }
  return {};
}

// Of the three ways in the one that is written, empty for another action or a pattern.
std::string_view written_way(const Text& action) {
  if (!is_literal(action)) return {};
  for (std::string_view way : {kAssumeRole, kWithSaml, kWithWebIdentity}) {
    if (equals_ignoring_case(action.value, way)) return way;
  }
  return {};
}

std::string_view sign_in_of(std::string_view provider) {
  if (provider.starts_with("arn:aws-cn:")) return "https://signin.amazonaws.cn/saml";
  if (provider.starts_with("arn:aws-us-gov:")) return "https://signin.amazonaws-us-gov.com/saml";
  return "https://signin.aws.amazon.com/saml";
}

// All actions are those of sts: a trust policy that was not recognized as one.
bool is_about_sts(const Statement& statement) {
  return statement.action && !statement.action->values.empty() &&
         std::ranges::all_of(statement.action->values, [](const Text& action) {
           return action.unresolved || ActionPattern(action.value).service() == "sts";
         });
}

}  // namespace

void check_federated_not_supported(RuleContext& context) {
  const Policy& policy = context.policy();
  const Statement* last = nullptr;
  bool trusts = false;
  for (const PrincipalPlace& place : principal_places(policy)) {
    if (!place.has_type(Type::kFederated)) continue;
    if (last != &place.statement) trusts = is_about_sts(place.statement);
    last = &place.statement;
    if (trusts) continue;
    Finding& finding = context.report(place.entry.value.span, path_of(policy, place),
                                      "a resource-based policy names no identity provider");
    finding.notes.emplace_back(
        "who signs in through a provider assumes a role first; it is the role that calls");
    finding.help = "name the role that the identities assume, under `AWS`";
  }
}

void check_federated_syntax(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const PrincipalPlace& place : principal_places(policy)) {
    const Text& value = place.entry.value;
    if (!place.has_type(Type::kFederated) || federated_provider(value).kind != Kind::kInvalid)
      continue;
    if (value.value.find_first_of("*?") != std::string::npos) continue;
    Finding& finding =
        context.report(value.span, path_of(policy, place),
                       (value.value.empty() ? "an empty text" : quoted(value.value)) +
                           " is neither the ARN of an identity provider nor a domain");
    finding.help =
        "write `arn:aws:iam::111122223333:saml-provider/name`, "
        "`arn:aws:iam::111122223333:oidc-provider/host` or a domain such as `accounts.google.com`";
  }
}

void check_trust_action_principal_mismatch(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!statement.action || !statement.principal) continue;
    const auto& principals = statement.principal->entries;
    std::set<std::string_view> ways;
    for (const PrincipalEntry& principal : principals) ways.insert(way_in(principal));
    // Somebody who may have any way in suits every action.
    if (ways.empty() || ways.contains(std::string_view())) continue;
    for (const ListEntry& entry : entries_of(statement, "Action", statement.action)) {
      const std::string_view way = written_way(entry.text);
      if (way.empty() || ways.contains(way)) continue;
      const bool kept = !context.full();
      Finding& finding =
          context.report(entry.text.span, path_of(policy, entry),
                         "no principal of the statement can use " + quoted(entry.text.value));
      if (!kept) continue;
      const std::size_t most = std::min(principals.size(), Limits().max_related);
      for (std::size_t i = 0; i < most; ++i)
        finding.related.push_back({principals[i].value.span, "not this one"});
      finding.related_omitted = principals.size() - most;
      const bool one = ways.size() == 1;
      finding.help = one ? "write `" + std::string(*ways.begin()) + "`, or name other principals"
                         : "`sts:AssumeRole` is for AWS principals and services, "
                           "`sts:AssumeRoleWithSAML` for SAML providers, "
                           "`sts:AssumeRoleWithWebIdentity` for OIDC providers";
    }
  }
}

void check_trust_rolesanywhere_actions(RuleContext& context) {
  constexpr std::array<std::string_view, 3> kNeeded = {kAssumeRole, "sts:SetSourceIdentity",
                                                       "sts:TagSession"};
  const Policy& policy = context.policy();
  std::optional<PrincipalPlace> first;
  const Statement* last = nullptr;
  std::array<bool, 3> given = {};
  for (const PrincipalPlace& place : principal_places(policy)) {
    const Text& value = place.entry.value;
    if (!is_grant(place.statement) || place.element != "Principal" ||
        !place.has_type(Type::kService) || !is_literal(value) ||
        service_of_principal(value.value) != "rolesanywhere") {
      continue;
    }
    if (first && last == &place.statement) continue;  // named twice
    last = &place.statement;
    const auto& action = place.statement.action;
    const bool open = action && std::ranges::any_of(action->values, [](const Text& text) {
                        return !is_literal(text);
                      });
    if (open) return;
    if (!first) first.emplace(place);
    for (std::size_t i = 0; i < kNeeded.size(); ++i)
      given[i] = given[i] || covers_action(place.statement, kNeeded[i]);
  }
  if (!first || (given[0] && given[1] && given[2])) return;
  std::string missing;
  for (std::size_t i = 0; i < kNeeded.size(); ++i) {
    if (given[i]) continue;
    missing.append(missing.empty() ? "`" : " and `").append(kNeeded[i]).append("`");
  }
  Finding& finding = context.report(first->entry.value.span, path_of(policy, *first),
                                    "IAM Roles Anywhere needs " + missing + " too");
  finding.notes.emplace_back(
      "it tags each session and sets its source identity from the certificate; without the "
      "permission it gets no session at all");
  finding.help = "add " + missing + " to `Action`";
}

void check_trust_saml_aud_missing(RuleContext& context) {
  const Policy& policy = context.policy();
  ActionCover with_saml(kWithSaml);
  Claims claims;
  for (const PrincipalPlace& place : principal_places(policy)) {
    const Text& value = place.entry.value;
    if (!is_grant(place.statement) || place.element != "Principal" ||
        !place.has_type(Type::kFederated) || federated_provider(value).kind != Kind::kSaml ||
        !with_saml.of(place.statement)) {
      continue;
    }
    claims.read(place.statement);
    if (claims.ask_for("saml", "aud")) continue;
    Finding& finding = context.report(value.span, path_of(policy, place),
                                      "the trust in the SAML provider does not ask for `SAML:aud`");
    finding.notes.emplace_back(
        "an assertion that the provider made for another application may be used here");
    const std::string sign_in(sign_in_of(value.value));
    finding.help = "add `\"StringEquals\": {\"SAML:aud\": \"" + sign_in + "\"}` to the condition";
    if (place.statement.condition_span) continue;
    const auto edit =
        insertion_at_end(policy, place.statement.span,
                         R"("Condition": {"StringEquals": {"SAML:aud": ")" + sign_in + "\"}}");
    if (edit) finding.fix = Fix{false, "ask for `SAML:aud`", {*edit}};
  }
}

}  // namespace iamcheck
