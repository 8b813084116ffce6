// Grants of more than anybody can have meant. A Deny grants nothing and is never reported here.
#include <algorithm>
#include <array>

#include "iamcheck/condition_operator.h"
#include "lint/context.h"
#include "text/edit_distance.h"

namespace iamcheck {
namespace {

bool same_name(std::string_view a, std::string_view b) { return edit_distance(a, b, 0) == 0u; }

// `*`, and ARNs with nothing but stars behind the partition, such as `arn:*` and `arn:aws:*:*:*:*`:
// a last star runs on over colons, so that there may be fewer than six parts.
bool is_every_resource(std::string_view text) {
  if (is_everything(text)) return true;
  constexpr std::string_view kArn = "arn:";
  constexpr std::size_t kPartsBehindArn = 5;
  if (!text.starts_with(kArn)) return false;
  text.remove_prefix(kArn.size());
  std::size_t stars = 0;
  for (std::size_t part = 0;; ++part) {
    const std::size_t colon = text.find(':');
    const std::string_view one = text.substr(0, colon);
    const bool partition = part == 0 && one.starts_with("aws") && colon != std::string_view::npos;
    if (part == kPartsBehindArn || (!partition && !is_everything(one))) return false;
    stars += partition ? 0 : 1;
    if (colon == std::string_view::npos) return stars > 0;
    text.remove_prefix(colon + 1);
  }
}

const Text* everything_in(const std::optional<ListElement>& resources) {
  if (!resources) return nullptr;
  for (const Text& text : resources->values) {
    if (!text.unresolved && is_every_resource(text.value)) return &text;
  }
  return nullptr;
}

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

// `*.amazonaws.com` and the like: every name of a service ends so.
bool is_every_service(std::string_view pattern) {
  const std::size_t named = pattern.find_first_not_of('*');
  return named != 0 && named != std::string_view::npos &&
         std::string_view(".amazonaws.com").ends_with(pattern.substr(named));
}

// What Access Analyzer takes for a limit of iam:PassRole (validation-semantics, "Grants").
bool limits_pass_role(const ConditionEntry& entry) {
  if (!same_name(entry.key.value, "iam:PassedToService") &&
      !same_name(entry.key.value, "iam:AssociatedResourceArn")) {
    return false;
  }
  const auto read = parse_condition_operator(entry.condition_operator.value);
  // ForAllValues is true when the key is missing: no limit.
  if (!read || read->set == SetQualifier::kForAllValues) return false;
  if (read->base->name == "StringLike") {
    return std::none_of(entry.values.begin(), entry.values.end(), [](const Text& value) {
      return !value.unresolved && (is_every_resource(value.value) || is_every_service(value.value));
    });
  }
  return read->base->name == "StringEquals" && !read->if_exists;
}

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
      if (limited) {
        finding.severity = Severity::kNote;
      } else if (std::find(kPrivilegedServices.begin(), kPrivilegedServices.end(), service) !=
                 kPrivilegedServices.end()) {
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

void check_passrole_star_resource(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!is_grant(statement) || !statement.action) continue;
    const auto& actions = statement.action->values;
    auto action = std::find_if(actions.begin(), actions.end(), [](const Text& text) {
      return !text.unresolved && same_name(text.value, "iam:PassRole");
    });
    if (action == actions.end()) continue;
    if (std::any_of(statement.conditions.begin(), statement.conditions.end(), limits_pass_role)) {
      continue;
    }
    for (const ListEntry& entry : entries_of(statement, "Resource", statement.resource)) {
      if (entry.text.unresolved || entry.text.value != "*") continue;
      Finding& finding = context.report(entry.text.span, path_of(policy, entry),
                                        "any role can be passed to any service");
      finding.label = "with `iam:PassRole` in the same statement";
      finding.related.push_back({action->span, "the action"});
      finding.notes.push_back(
          "whoever passes a role to a service they control has the permissions of the role");
      finding.help =
          "name the roles, or add `iam:PassedToService`; see `iamcheck rule "
          "passrole-star-resource`";
      break;
    }
  }
}

}  // namespace iamcheck
