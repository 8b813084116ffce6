// Who may create the role of any AWS service: iam:CreateServiceLinkedRole without
// iam:AWSServiceName (validation-semantics, "Grants"). By name the six forms are those of
// iam:PassRole.
#include <algorithm>

#include "lint/unguarded_grant.h"

namespace iamcheck {
namespace {

constexpr std::string_view kWhat = "the service-linked role of any service can be created";
constexpr std::string_view kHelp =
    "add a Condition with StringEquals on `iam:AWSServiceName`, or name the role's path "
    "`arn:aws:iam::*:role/aws-service-role/SERVICE/*`";

// A pattern or NotAction that also passes roles is reported for that, which is worse.
std::vector<UnguardedGrant> said_already(RuleContext& context, ActionForm action,
                                         ResourceForm resource) {
  if (action == ActionForm::kLiteral || context.profile() == Profile::kAccessAnalyzer) return {};
  return unguarded_grants(context, kPassRole, action, resource);
}

std::string because(const UnguardedGrant& grant) {
  if (grant.action == nullptr)
    return ": `NotAction` does not leave out `iam:CreateServiceLinkedRole`";
  return ": " + quoted(grant.action->value) + " includes `iam:CreateServiceLinkedRole`";
}

void check(RuleContext& context, ActionForm action, ResourceForm resource) {
  const std::vector<UnguardedGrant> said = said_already(context, action, resource);
  auto next_said = said.begin();  // both are in the order of the policy
  for (const UnguardedGrant& grant :
       unguarded_grants(context, kCreateServiceLinkedRole, action, resource)) {
    next_said = std::find_if(next_said, said.end(), [&](const UnguardedGrant& other) {
      return other.statement->index >= grant.statement->index;
    });
    if (next_said != said.end() && next_said->statement == grant.statement) continue;
    const bool literal = action == ActionForm::kLiteral;
    const bool star = resource == ResourceForm::kStar;
    Finding& finding = literal ? context.report(grant.resource_span, grant.resource_path, "")
                               : context.report(grant.action_span, grant.action_path, "");
    finding.message = kWhat;
    if (literal) {
      finding.label = "with `iam:CreateServiceLinkedRole` in the same statement";
      finding.related.push_back({grant.action_span, "the action"});
    } else {
      finding.message += because(grant);
      finding.related.push_back({grant.resource_span, star ? "for every role" : "for all others"});
    }
    finding.notes.emplace_back(
        "such a role gives its service the permissions that AWS has written for it");
    finding.help = kHelp;
  }
}

}  // namespace

void check_slr_star_resource(RuleContext& context) {
  check(context, ActionForm::kLiteral, ResourceForm::kStar);
}

void check_slr_star_action(RuleContext& context) {
  check(context, ActionForm::kPattern, ResourceForm::kStar);
}

void check_slr_star_resource_notaction(RuleContext& context) {
  check(context, ActionForm::kNotAction, ResourceForm::kStar);
}

void check_slr_notresource(RuleContext& context) {
  check(context, ActionForm::kLiteral, ResourceForm::kNotResource);
}

void check_slr_star_action_notresource(RuleContext& context) {
  check(context, ActionForm::kPattern, ResourceForm::kNotResource);
}

void check_slr_notaction_notresource(RuleContext& context) {
  check(context, ActionForm::kNotAction, ResourceForm::kNotResource);
}

}  // namespace iamcheck
