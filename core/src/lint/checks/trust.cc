// Who may assume a role, and elements that a trust policy does not take. Source: IAM User Guide,
// "Role trust policies" and "AWS JSON policy elements: Principal".
#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "iamcheck/arn.h"
#include "lint/context.h"
#include "lint/deletion.h"
#include "lint/origin_limit.h"
#include "lint/principal_places.h"
#include "lint/service_principal.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

using Type = PrincipalEntry::Type;

// Services that run code of whoever may start something there: to start is to have the role.
constexpr std::array<std::string_view, 20> kComputeServices = {"apprunner",
                                                               "tasks.apprunner",
                                                               "batch",
                                                               "bedrock-agentcore",
                                                               "build.apprunner",
                                                               "codebuild",
                                                               "ec2",
                                                               "ecs",
                                                               "ecs-tasks",
                                                               "edgelambda",
                                                               "eks",
                                                               "elasticmapreduce",
                                                               "emr-serverless",
                                                               "glue",
                                                               "lambda",
                                                               "lightsail",
                                                               "pods.eks",
                                                               "robomaker",
                                                               "sagemaker",
                                                               "ssm"};

// The first `*` of the statement's Principal, if it is an Allow.
std::optional<PrincipalPlace> everyone_of(const Policy& policy, const Statement& statement) {
  if (!is_grant(statement)) return std::nullopt;
  for (const PrincipalPlace& place : principal_places(policy, statement)) {
    if (place.element == "Principal" && is_everyone(place.entry)) return place;
  }
  return std::nullopt;
}

// What the conditions fix at best.
struct BestLimit {
  OriginLimit limit = OriginLimit::kNone;
  const ConditionEntry* entry = nullptr;
};

BestLimit best_limit(const Policy& policy, const Statement& statement) {
  BestLimit best;
  const auto better = [](OriginLimit a, OriginLimit b) {
    constexpr std::array<OriginLimit, 5> kOrder = {OriginLimit::kNone, OriginLimit::kSource,
                                                   OriginLimit::kNetwork, OriginLimit::kUnknown,
                                                   OriginLimit::kCaller};
    return std::ranges::find(kOrder, a) > std::ranges::find(kOrder, b);
  };
  for (const ConditionEntry& entry : statement.conditions) {
    const OriginLimit limit = origin_limit(entry, policy.has_variables());
    if (better(limit, best.limit)) best = {limit, &entry};
  }
  return best;
}

}  // namespace

void check_trust_notprincipal(RuleContext& context) {
  for (const Statement& statement : context.policy().statements) {
    if (!statement.not_principal) continue;
    Finding& finding = context.report(statement.not_principal->name_span,
                                      path_of(context.policy(), statement) + ".NotPrincipal",
                                      "a role trust policy takes no `NotPrincipal`");
    finding.help = "name in `Principal` who may assume the role";
  }
}

void check_trust_wildcard_principal(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const PrincipalPlace& place : principal_places(policy)) {
    if (place.element != "Principal" || !place.entry.bare || !is_everyone(place.entry)) continue;
    Finding& finding = context.report(place.entry.value.span, path_of(policy, place),
                                      "a role trust policy does not take `\"*\"` as its principal");
    if (is_grant(place.statement) && !limits_origin(policy, place.statement)) {
      finding.security_severity = SecuritySeverity::kCritical;
      finding.notes.emplace_back(
          "where it is taken all the same, every AWS account may assume the role");
    }
    finding.help = "name the accounts, roles or services that may assume the role";
  }
}

void check_trust_wildcard_aws(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    const std::optional<PrincipalPlace> place = everyone_of(policy, statement);
    // trust-wildcard-principal has the bare `*`.
    if (!place || place->entry.bare || limits_origin(policy, statement)) continue;
    Finding& finding = context.report(place->entry.value.span, path_of(policy, *place),
                                      "everybody in the world may assume the role");
    finding.notes.emplace_back(
        has_condition(statement)
            ? "the conditions do not say which account, organization or principal"
            : "that is everybody with an AWS account");
    finding.help = "name the accounts or the service, or add a condition on `aws:PrincipalOrgID`";
  }
}

void check_trust_wildcard_aws_conditional(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    const std::optional<PrincipalPlace> place = everyone_of(policy, statement);
    if (!place) continue;
    const BestLimit best = best_limit(policy, statement);
    if (best.entry == nullptr) continue;
    const std::string key = quoted(best.entry->key.value);
    Finding& finding =
        context.report(place->entry.value.span, path_of(policy, *place),
                       "only the condition on " + key + " says who may assume the role");
    finding.related.push_back({best.entry->key.span, "the condition", true});
    if (best.limit == OriginLimit::kCaller) {
      finding.severity = Severity::kNote;
      finding.security_severity = SecuritySeverity::kNone;
      finding.notes.emplace_back("that is sound: the caller cannot choose the value");
      finding.help = "name the accounts in `Principal` too where they are few";
    } else if (best.limit == OriginLimit::kNetwork) {
      finding.notes.push_back(key + " says from where, not who: any AWS account will do there");
      finding.help = "name the accounts, or add a condition on `aws:PrincipalOrgID`";
    } else if (best.limit == OriginLimit::kSource) {
      finding.notes.push_back(key +
                              " is sent for calls of services, not for those of people and roles");
      finding.help = "name the service, or a condition on `aws:PrincipalOrgID` instead";
    } else {
      finding.severity = Severity::kNote;
      finding.notes.emplace_back("what it says is known only at deploy time");
      finding.help = "name the accounts in `Principal` too where they are few";
    }
  }
}

void check_trust_resource(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    const auto report = [&](std::string_view name, const std::optional<ListElement>& element) {
      if (!element) return;
      Finding& finding = context.report(
          element->name_span, path_of(policy, statement) + "." + std::string(name),
          "a role trust policy takes no `" + std::string(name) + "`: the role is the resource");
      finding.help = "remove the element";
      // Another resource than every one may be what keeps the statement from applying.
      const bool everything = std::ranges::any_of(element->values, [](const Text& text) {
        return !text.unresolved && is_everything(text.value);
      });
      if (name != "Resource" || !everything) return;
      if (const auto edit = deletion_of(policy, statement, element->name_span, element->span))
        finding.fix = Fix{true, "delete `Resource`", {*edit}};
    };
    report("Resource", statement.resource);
    report("NotResource", statement.not_resource);
  }
}

void check_trust_wildcard_action(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!is_grant(statement)) continue;
    constexpr std::string_view kHelp =
        "name the way in: `sts:AssumeRole`, `sts:AssumeRoleWithSAML` or "
        "`sts:AssumeRoleWithWebIdentity`, and `sts:TagSession` where it is needed";
    for (const ListEntry& entry : entries_of(statement, "Action", statement.action)) {
      if (!is_literal(entry.text)) continue;
      const ActionPattern pattern(entry.text.value);
      const bool every_sts =
          pattern.service() == "sts" && is_everything(ActionText(entry.text.value).name);
      if (!every_sts && !pattern.matches_everything()) continue;
      Finding& finding = context.report(entry.text.span, path_of(policy, entry),
                                        "the trusted may do everything with the role's sessions");
      finding.notes.emplace_back(
          "that includes session tags and source identities of their choice");
      finding.help = kHelp;
    }
    if (!statement.not_action || statement.action) continue;
    Finding& finding =
        context.report(statement.not_action->name_span, path_of(policy, statement) + ".NotAction",
                       "the trusted may do everything but the listed with the role's sessions");
    finding.help = kHelp;
  }
}

void check_trust_compute_service(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const PrincipalPlace& place : principal_places(policy)) {
    const Text& value = place.entry.value;
    if (!is_grant(place.statement) || place.element != "Principal" ||
        !place.has_type(Type::kService) || !is_literal(value)) {
      continue;
    }
    const std::string service = service_of_principal(value.value);
    if (std::ranges::find(kComputeServices, service) == kComputeServices.end()) continue;
    Finding& finding =
        context.report(value.span, path_of(policy, place),
                       "code that runs in " + quoted(value.value) + " has the role's permissions");
    finding.notes.emplace_back(
        "whoever may pass the role to the service, or change the code, has them too");
    finding.help = "give the role no more than that code needs, and limit `iam:PassRole` of it";
  }
}

}  // namespace iamcheck
