// Actions and resources that do not belong into the policy of a resource. Access Analyzer asks for
// the type of the resource; without it the rest of the policy tells.
#include <algorithm>
#include <map>
#include <set>

#include "evaluate/resource_form.h"
#include "iamcheck/arn.h"
#include "lint/arn_services.h"
#include "lint/attached_resource.h"
#include "match/overlap.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

// The service whose resource a policy is attached to, as its actions and ARNs tell, and what stands
// for it in ARNs.
struct Home {
  std::string service;
  std::set<std::string, std::less<>> in_arns;

  bool has_type_of(const Action& action) const {
    for (const ResourceUse use : action.resource_types()) {
      for (const std::string_view form : use.type().arn_forms()) {
        const auto arn = Arn::parse(form);
        if (arn && in_arns.contains(arn->service)) return true;
      }
    }
    return false;
  }
};

std::optional<Home> home_of(const Policy& policy, const Catalogue& catalogue) {
  std::map<std::string, std::size_t> votes;
  for (const ListEntry& entry : action_entries(policy)) {
    if (!entry.text.unresolved && !has_placeholder(entry.text.value))
      ++votes[ActionPattern(entry.text.value).service()];
  }
  for (const ListEntry& entry : resource_entries(policy)) {
    if (const auto service = literal_arn_service(policy, entry.text)) ++votes[*service];
  }
  votes.erase("");
  const auto most = std::ranges::max_element(
      votes, [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most == votes.end()) return std::nullopt;
  // Two services with as many votes: nobody knows.
  const auto as_many =
      std::ranges::count_if(votes, [&](const auto& vote) { return vote.second == most->second; });
  const auto service = catalogue.find_service(most->first);
  if (as_many != 1 || !service) return std::nullopt;
  Home home{most->first, {most->first}};
  for (const ResourceType type : service->resource_types()) {
    for (const std::string_view form : type.arn_forms()) {
      if (const auto arn = Arn::parse(form)) home.in_arns.emplace(arn->service);
    }
  }
  return home;
}

bool names_resources(const Statement& statement) {
  return statement.resource &&
         std::ranges::none_of(statement.resource->values, [](const Text& text) {
           return text.unresolved || is_everything(text.value);
         });
}

// ---- As Access Analyzer sees it ----

// An action of another service, or one that works on something else; of a pattern only the service
// is looked at.
bool is_foreign(const Catalogue& catalogue, const AttachedResource& resource, const Text& entry) {
  if (entry.unresolved || has_placeholder(entry.value)) return false;
  if (const auto action = catalogue.find_action(entry.value)) return !resource.takes(*action);
  const ActionText written(entry.value);
  if (written.everything || written.never || !has_wildcard(written.name)) return false;
  const auto service = catalogue.find_service(written.service);
  return service && !equals_ignoring_case(service->prefix(), resource.service());
}

// Types of resources, with their ARN forms as patterns, that the entry may mean.
bool means_other_type(const Catalogue& catalogue, const AttachedResource& resource,
                      std::string_view entry) {
  bool other = false;
  const auto service = catalogue.find_service(resource.service());
  if (!service) return false;
  for (const ResourceType type : service->resource_types()) {
    for (const std::string_view form : type.arn_forms()) {
      if (overlap_of_texts(entry, form_pattern(form), false) == Overlap::kNone) continue;
      if (resource.has(type)) return false;
      other = true;
    }
  }
  return other;
}

constexpr std::size_t kLongestCompared = 2'048;

void report_foreign_actions(RuleContext& context) {
  const auto resource = attached_resource(context);
  if (!resource) return;
  for (const ListEntry& entry : action_entries(context.policy())) {
    if (entry.element != "Action" || !is_foreign(context.catalogue(), *resource, entry.text))
      continue;
    Finding& finding = context.report(entry.text.span, path_of(context.policy(), entry),
                                      quoted(entry.text.value) + " is no action for a policy of " +
                                          std::string(resource->name()));
    finding.help = "grant it in an identity-based policy";
  }
}

void report_foreign_resources(RuleContext& context) {
  const auto resource = attached_resource(context);
  // A role trust policy names no resource at all: trust-resource.
  if (!resource || context.kind() == PolicyKind::kTrust) return;
  ArnServices services(context.catalogue());
  for (const ListEntry& entry : resource_entries(context.policy())) {
    const auto service = literal_arn_service(context.policy(), entry.text);
    if (!service || entry.text.value.size() > kLongestCompared || context.full()) continue;
    const bool other = *service != resource->service();
    if (other ? !services.contains(*service)
              : !means_other_type(context.catalogue(), *resource, entry.text.value))
      continue;
    Finding& finding = context.report(
        entry.text.span, path_of(context.policy(), entry),
        quoted(entry.text.value) + " is no resource of " + std::string(resource->name()));
    finding.help = "name the resource that the policy is attached to";
  }
}

}  // namespace

void check_unsupported_action_in_resource_policy(RuleContext& context) {
  if (context.profile() == Profile::kAccessAnalyzer) return report_foreign_actions(context);
  if (context.kind() == PolicyKind::kTrust) return;
  const Policy& policy = context.policy();
  const Catalogue& catalogue = context.catalogue();
  const std::optional<Home> home = home_of(policy, catalogue);
  if (!home) return;
  for (const ListEntry& entry : action_entries(policy)) {
    if (entry.element != "Action" || entry.text.unresolved || context.full()) continue;
    const auto action = catalogue.find_action(entry.text.value);
    if (!action || home->has_type_of(*action)) continue;
    const bool other = ascii_lower(action->service().prefix()) != home->service;
    // An action without resource types is asked on `*`, which a named resource is not.
    if (!other && (!action->resource_types().empty() || !names_resources(entry.statement)))
      continue;
    Finding& finding = context.report(
        entry.text.span, path_of(policy, entry),
        quoted(action->full_name()) + " works on no resource of " + quoted(home->service));
    finding.notes.push_back("the policy seems to be attached to a resource of " +
                            quoted(home->service));
    finding.help = "grant it in an identity-based policy";
  }
}

void check_unsupported_resource_in_resource_policy(RuleContext& context) {
  if (context.profile() == Profile::kAccessAnalyzer) return report_foreign_resources(context);
  const Policy& policy = context.policy();
  const std::optional<Home> home = home_of(policy, context.catalogue());
  if (!home) return;
  ArnServices services(context.catalogue());
  for (const ListEntry& entry : resource_entries(policy)) {
    const auto service = literal_arn_service(policy, entry.text);
    // A service that does not exist is reported as such.
    if (!service || home->in_arns.contains(*service) || !services.contains(*service)) continue;
    Finding& finding =
        context.report(entry.text.span, path_of(policy, entry),
                       quoted(entry.text.value) + " is no resource of " + quoted(home->service));
    finding.notes.push_back("the policy seems to be attached to a resource of " +
                            quoted(home->service));
    finding.help = "name the resource that the policy is attached to";
  }
}

}  // namespace iamcheck
