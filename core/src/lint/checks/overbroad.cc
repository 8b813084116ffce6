// Grants of more than anybody can have meant. A Deny grants nothing and is never reported here.
#include <algorithm>
#include <array>

#include "lint/context.h"
#include "lint/every_resource.h"

namespace iamcheck {
namespace {

bool names_whole_service(const Text& action) {
  const ActionText parts(action.value);
  return !action.unresolved && !parts.everything && !parts.never && is_everything(parts.name);
}

// NotAction that takes nothing away: no entry matches an action there is.
bool takes_nothing_away(const ListElement& not_action, const Catalogue& catalogue) {
  return std::all_of(not_action.values.begin(), not_action.values.end(), [&](const Text& action) {
    const ActionPattern pattern(action.value);
    // An entry of a service that the catalogue does not know may well match something.
    const bool known = pattern.never_matches() || catalogue.find_service(pattern.service());
    return !action.unresolved && !has_placeholder(action.value) && known &&
           catalogue.expand(pattern).empty();
  });
}

// Whoever has all of these has the account, or can hide in it.
constexpr std::array<std::string_view, 6> kPrivilegedServices = {
    "iam", "kms", "sts", "organizations", "cloudtrail", "s3"};

}  // namespace

void check_admin_star_star(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    const Text* resource = everything_in(statement.resource);
    if (!is_grant(statement) || resource == nullptr || has_condition(statement)) continue;
    if (statement.not_action && !statement.action &&
        takes_nothing_away(*statement.not_action, context.catalogue())) {
      Finding& finding =
          context.report(statement.not_action->name_span, path_of(policy, statement) + ".NotAction",
                         "every action on every resource is allowed: `NotAction` takes none away");
      finding.related.push_back({resource->span, "on every resource"});
      finding.help = "list the actions that are needed";
      continue;
    }
    if (statement.not_action) continue;
    for (const ListEntry& entry : entries_of(statement, "Action", statement.action)) {
      const bool all = !entry.text.unresolved && ActionText(entry.text.value).everything;
      if (!all && !(names_whole_service(entry.text) &&
                    ActionPattern(entry.text.value).service() == "iam")) {
        continue;
      }
      Finding& finding = context.report(entry.text.span, path_of(policy, entry),
                                        all ? "every action on every resource is allowed"
                                            : "every IAM action on every resource is allowed");
      finding.related.push_back({resource->span, "on every resource"});
      finding.notes.push_back(all ? "whoever has this policy is an administrator of the account"
                                  : "whoever may do this can make themselves administrator");
      finding.help = "list the actions and the resources that are needed";
    }
  }
}

void check_service_wildcard(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!is_grant(statement)) continue;
    const bool limited = has_condition(statement) || everything_in(statement.resource) == nullptr;
    for (const ListEntry& entry : entries_of(statement, "Action", statement.action)) {
      if (!names_whole_service(entry.text) || has_placeholder(entry.text.value)) continue;
      const std::string service = ActionPattern(entry.text.value).service();
      if (!context.catalogue().find_service(service) &&
          !context.catalogue().find_retired_service(service)) {
        continue;  // unknown-service-in-action
      }
      const bool admin = service == "iam" && !limited && !statement.not_action;
      if (admin) continue;  // admin-star-star says it louder
      Finding& finding = context.report(entry.text.span, path_of(policy, entry),
                                        "every action of " + quoted(service) + " is allowed");
      const bool privileged =
          std::ranges::find(kPrivilegedServices, service) != kPrivilegedServices.end();
      if (limited || !privileged) {
        finding.severity = Severity::kNote;
      } else {
        finding.security_severity = SecuritySeverity::kHigh;
      }
      finding.notes.push_back("actions that AWS adds to the service later are allowed too");
      finding.help = "list the actions that are needed, or a pattern such as `";
      finding.help.append(service).append(":Get*`; `iamcheck catalogue ");
      finding.help.append(service).append(":*` lists all");
    }
  }
}

void check_allow_notaction(RuleContext& context) {
  for (const Statement& statement : context.policy().statements) {
    if (!is_grant(statement) || !statement.not_action || statement.action) continue;
    Finding& finding = context.report(
        statement.not_action->name_span, path_of(context.policy(), statement) + ".NotAction",
        "every action but the listed ones is allowed, those of other services too");
    finding.help = "list what is allowed in `Action`, or keep `NotAction` for a Deny";
    const Text* resource = everything_in(statement.resource);
    if (resource == nullptr || has_condition(statement)) continue;
    finding.severity = Severity::kError;
    finding.security_severity = SecuritySeverity::kHigh;
    finding.related.push_back({resource->span, "on every resource"});
  }
}

void check_allow_notresource(RuleContext& context) {
  for (const Statement& statement : context.policy().statements) {
    if (!is_grant(statement) || !statement.not_resource || statement.resource) continue;
    Finding& finding = context.report(statement.not_resource->name_span,
                                      path_of(context.policy(), statement) + ".NotResource",
                                      "every resource but the listed ones is allowed");
    finding.notes.push_back("resources that are made later are allowed too");
    finding.help = "list what is allowed in `Resource`, or keep `NotResource` for a Deny";
  }
}

}  // namespace iamcheck
