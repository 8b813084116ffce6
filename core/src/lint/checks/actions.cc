// Names of actions and services, checked against the catalogue.
#include <algorithm>

#include "lint/ageing.h"
#include "lint/context.h"
#include "lint/written_variable.h"

namespace iamcheck {
namespace {

bool is_action_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '*' ||
         c == '?' || c == '-' || c == '.' || c == '_';
}

bool has_only_action_characters(const ActionText& action) {
  return std::all_of(action.service.begin(), action.service.end(), is_action_character) &&
         std::all_of(action.name.begin(), action.name.end(), is_action_character);
}

bool is_well_formed(std::string_view text) {
  const ActionText action(text);
  return action.everything || (!action.never && has_only_action_characters(action));
}

std::string what_is_malformed(std::string_view action) {
  const std::size_t colon = action.find(':');
  if (action.empty()) return "an empty text is no action";
  if (colon == std::string_view::npos) return quoted(action) + " has no service before the action";
  const std::string_view prefix = action.substr(0, colon);
  if (prefix.empty()) return quoted(action) + " has no service before the colon";
  if (colon + 1 == action.size()) return quoted(action) + " has no action behind the colon";
  if (prefix.find_first_of("*?") != std::string_view::npos) {
    return quoted(action) + " has a wildcard in the service, where none works";
  }
  return quoted(action) + " has a character that no action has";
}

// AWS knows no malformed action: it is one that does not exist.
void report_malformed(RuleContext& context, const ListEntry& entry) {
  Finding& finding = context.report(entry.text.span, path_of(context.policy(), entry),
                                    what_is_malformed(entry.text.value));
  finding.help = "write `service:Action`, such as `s3:GetObject`, or `*`";
}

bool is_malformed(const RuleContext& context, const Text& action) {
  return !action.unresolved && !is_left_open(context, action.value) &&
         !is_well_formed(action.value);
}

// Entries that the catalogue can say something about.
bool has_service_and_name(const Text& action) {
  const ActionText parts(action.value);
  return !action.unresolved && !parts.everything && !parts.never &&
         has_only_action_characters(parts) && !has_placeholder(action.value);
}

}  // namespace

void check_malformed_action(RuleContext& context) {
  for (const ListEntry& entry : action_entries(context.policy())) {
    if (is_malformed(context, entry.text)) report_malformed(context, entry);
  }
}

void check_unknown_service_in_action(RuleContext& context) {
  for (const ListEntry& entry : action_entries(context.policy())) {
    if (!has_service_and_name(entry.text)) continue;
    const std::string_view written = ActionText(entry.text.value).service;
    const Catalogue& catalogue = context.catalogue();
    // AWS still accepts the prefixes of retired services.
    if (catalogue.find_service(written) || catalogue.find_retired_service(written)) continue;
    const std::string prefix = ActionPattern(entry.text.value).service();
    Finding& finding = context.report(entry.text.span, path_of(context.policy(), entry),
                                      "there is no service " + quoted(prefix));
    if (context.full()) continue;
    const std::vector<std::string> near = catalogue.suggest_service(prefix, 3);
    finding.help = did_you_mean(near);
    if (!near.empty()) continue;
    // New services appear faster than catalogues are replaced.
    finding.severity = Severity::kWarning;
    finding.notes.push_back("as of " + std::string(catalogue.date()) + ", the catalogue's date");
    finding.help = "check the prefix in the Service Authorization Reference";
    age(context, finding, "services every month");
  }
}

void check_unknown_action(RuleContext& context) {
  const bool as_aws = context.profile() == Profile::kAccessAnalyzer;
  const Catalogue& catalogue = context.catalogue();
  for (const ListEntry& entry : action_entries(context.policy())) {
    const std::string& action = entry.text.value;
    if (as_aws && is_malformed(context, entry.text) &&
        action.find_first_of("*?") == std::string::npos) {
      report_malformed(context, entry);
      continue;
    }
    if (!has_service_and_name(entry.text)) continue;
    if (action.find_first_of("*?") != std::string::npos || catalogue.find_action(action)) continue;
    const std::string service = ActionPattern(action).service();
    if (!catalogue.find_service(service)) continue;  // unknown-service-in-action, retired-service
    Finding& finding =
        context.report(entry.text.span, path_of(context.policy(), entry),
                       quoted(service) + " has no action " +
                           quoted(std::string_view(action).substr(service.size() + 1)));
    if (context.full()) continue;
    const std::vector<std::string> near = catalogue.suggest_action(action, 3);
    const auto retired = catalogue.find_retired_action(action);
    if (retired) {
      // AWS had it: no slip of the pen, only dead text.
      finding.severity = Severity::kWarning;
      finding.message = "AWS has retired " + quoted(action);
      if (!retired->last_seen.empty()) {
        finding.notes.push_back("it was last seen on " + std::string(retired->last_seen));
      }
      finding.help = near.empty() ? "remove it" : did_you_mean(near);
      continue;
    }
    finding.help = did_you_mean(near);
    if (!near.empty()) continue;
    finding.help = "`iamcheck catalogue " + service + ":*` lists the actions of the service";
    age(context, finding, "actions every day");
  }
}

}  // namespace iamcheck
