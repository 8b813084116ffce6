// Who may hand a role to a service: iam:PassRole with nothing that says which role or which service
// (validation-semantics, "Grants").
#include "lint/unguarded_grant.h"

namespace iamcheck {
namespace {

constexpr const char* kWhy =
    "whoever passes a role to a service they control has the permissions of the role";

std::string see(std::string advice, std::string_view slug) {
  return advice.append("; see `iamcheck rule ").append(slug).append("`");
}

std::string by_pattern(const UnguardedGrant& grant) {
  return quoted(grant.action->value) + " includes `iam:PassRole`";
}

void tell(Finding& finding, std::string help) {
  finding.notes.emplace_back(kWhy);
  finding.help = std::move(help);
}

}  // namespace

void check_passrole_star_resource(RuleContext& context) {
  for (const UnguardedGrant& grant :
       unguarded_grants(context, kPassRole, ActionForm::kLiteral, ResourceForm::kStar)) {
    Finding& finding = context.report(grant.resource_span, grant.resource_path,
                                      "any role can be passed to any service");
    finding.label = "with `iam:PassRole` in the same statement";
    finding.related.push_back({grant.action_span, "the action"});
    tell(finding, see("name the roles, or add `iam:PassedToService`", "passrole-star-resource"));
  }
}

void check_passrole_star_action(RuleContext& context) {
  for (const UnguardedGrant& grant :
       unguarded_grants(context, kPassRole, ActionForm::kPattern, ResourceForm::kStar)) {
    Finding& finding =
        context.report(grant.action_span, grant.action_path,
                       "any role can be passed to any service: " + by_pattern(grant));
    finding.related.push_back({grant.resource_span, "on every role"});
    tell(finding, see("list the actions, and give `iam:PassRole` a statement of its own",
                      "passrole-star-action"));
  }
}

void check_passrole_star_resource_notaction(RuleContext& context) {
  for (const UnguardedGrant& grant :
       unguarded_grants(context, kPassRole, ActionForm::kNotAction, ResourceForm::kStar)) {
    Finding& finding = context.report(
        grant.action_span, grant.action_path,
        "any role can be passed to any service: `NotAction` does not leave out `iam:PassRole`");
    finding.related.push_back({grant.resource_span, "on every role"});
    tell(finding, see("add `iam:*` to `NotAction`, and give `iam:PassRole` a statement of its own",
                      "passrole-star-resource-notaction"));
  }
}

void check_passrole_notresource(RuleContext& context) {
  for (const UnguardedGrant& grant :
       unguarded_grants(context, kPassRole, ActionForm::kLiteral, ResourceForm::kNotResource)) {
    Finding& finding =
        context.report(grant.resource_span, grant.resource_path,
                       "every role that `NotResource` does not name can be passed to any service");
    finding.label = "with `iam:PassRole` in the same statement";
    finding.related.push_back({grant.action_span, "the action"});
    tell(finding, see("name the roles in `Resource`", "passrole-notresource"));
  }
}

void check_passrole_star_action_notresource(RuleContext& context) {
  for (const UnguardedGrant& grant :
       unguarded_grants(context, kPassRole, ActionForm::kPattern, ResourceForm::kNotResource)) {
    Finding& finding = context.report(
        grant.action_span, grant.action_path,
        "every role that `NotResource` does not name can be passed to any service: " +
            by_pattern(grant));
    finding.related.push_back({grant.resource_span, "on every other role"});
    tell(finding, see("list the actions, and name the roles in `Resource`",
                      "passrole-star-action-notresource"));
  }
}

void check_passrole_notaction_notresource(RuleContext& context) {
  for (const UnguardedGrant& grant :
       unguarded_grants(context, kPassRole, ActionForm::kNotAction, ResourceForm::kNotResource)) {
    Finding& finding =
        context.report(grant.action_span, grant.action_path,
                       "every role that `NotResource` does not name can be passed to any service: "
                       "`NotAction` does not leave out `iam:PassRole`");
    finding.related.push_back({grant.resource_span, "on every other role"});
    tell(finding,
         see("say what is allowed in `Action` and `Resource`", "passrole-notaction-notresource"));
  }
}

}  // namespace iamcheck
