// Names of condition keys, checked against the catalogue.
#include "lint/ageing.h"
#include "lint/arn_services.h"
#include "lint/condition_facts.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

constexpr std::string_view kOldPrincipalKey = "aws:ARN";

bool is_global(std::string_view key) { return equals_ignoring_case(key_prefix(key), "aws"); }

bool has_prefix_and_name(std::string_view key) {
  const std::size_t colon = key.find(':');
  return colon != std::string_view::npos && colon != 0 && colon + 1 < key.size();
}

// `aws:ResourceTag/` and `aws:ResourceTag`: the tag itself is missing.
bool lacks_tag(const Catalogue& catalogue, std::string_view key) {
  if (catalogue.find_condition_key(key)) return false;
  std::string whole(key);
  if (!whole.ends_with('/')) whole += '/';
  const auto found = catalogue.find_condition_key(whole + "tag");
  return found && is_tag_key(*found) && found->template_prefix().size() == whole.size();
}

// Of an identity provider: a host, which may be anybody's.
bool is_host(std::string_view prefix) {
  return prefix.find_first_of("./") != std::string_view::npos;
}

// How sure it is that the name does not exist: see unknown-action, which ages in the same way.
void explain_unknown(RuleContext& context, const std::string& key, Finding& finding) {
  if (context.full()) return;
  const std::vector<std::string> near = context.catalogue().suggest_condition_key(key, 3);
  finding.help = did_you_mean(near);
  if (!near.empty()) return;
  finding.help = "look the key up in the Service Authorization Reference";
  age(context, finding, "keys every month");
}

}  // namespace

void check_unknown_condition_key(RuleContext& context) {
  const Catalogue& catalogue = context.catalogue();
  for (const ConditionPlace& place : condition_places(context.policy())) {
    const std::string& key = place.entry.key.value;
    if (!is_literal_key(place) || !has_prefix_and_name(key) || is_global(key)) continue;
    const std::string_view prefix = key_prefix(key);
    // Providers send more claims than anybody lists.
    if (!catalogue.find_service(prefix) || catalogue.find_condition_key(key) ||
        lacks_tag(catalogue, key))
      continue;
    Finding& finding = context.report(place.entry.key.span, path_of(context.policy(), place),
                                      quoted(ascii_lower(prefix)) + " has no condition key " +
                                          quoted(std::string_view(key).substr(prefix.size() + 1)));
    explain_unknown(context, key, finding);
  }
}

void check_unknown_global_key(RuleContext& context) {
  const Catalogue& catalogue = context.catalogue();
  for (const ConditionPlace& place : condition_places(context.policy())) {
    const std::string& key = place.entry.key.value;
    if (!is_literal_key(place) || !has_prefix_and_name(key) || !is_global(key) ||
        names_key(place, kOldPrincipalKey) || catalogue.find_condition_key(key) ||
        lacks_tag(catalogue, key))
      continue;
    Finding& finding = context.report(place.entry.key.span, path_of(context.policy(), place),
                                      "there is no global condition key " + quoted(key));
    finding.notes.emplace_back("no request ever has it");
    explain_unknown(context, key, finding);
  }
}

void check_tag_key_missing(RuleContext& context) {
  for (const ConditionPlace& place : condition_places(context.policy())) {
    const std::string& key = place.entry.key.value;
    if (!is_literal_key(place) || !lacks_tag(context.catalogue(), key)) continue;
    Finding& finding = context.report(place.entry.key.span, path_of(context.policy(), place),
                                      quoted(key) + " does not say which tag");
    const char* slash = key.ends_with('/') ? "" : "/";
    finding.help = "write the tag's name behind it, such as " + quoted(key + slash + "team");
  }
}

void check_unknown_service(RuleContext& context) {
  const Policy& policy = context.policy();
  const Catalogue& catalogue = context.catalogue();
  const auto explain = [&](std::string_view written, Finding& finding) {
    if (context.full()) return;
    const std::vector<std::string> near = catalogue.suggest_service(written, 3);
    finding.help = did_you_mean(near);
    if (!near.empty()) return;
    finding.severity = Severity::kWarning;
    finding.notes.push_back("as of " + std::string(catalogue.date()) + ", the catalogue's date");
    finding.help = "check the prefix in the Service Authorization Reference";
    age(context, finding, "services every month");
  };
  ArnServices services(catalogue);
  for (const ListEntry& entry : resource_entries(policy)) {
    const std::optional<std::string> service = literal_arn_service(policy, entry.text);
    // Only the case is wrong: arn-service-case.
    if (!service || services.contains(ascii_lower(*service))) continue;
    Finding& finding = context.report(entry.text.span, path_of(policy, entry),
                                      "there is no service " + quoted(*service) + " in ARNs");
    explain(*service, finding);
  }
  for (const ConditionPlace& place : condition_places(policy)) {
    const std::string& key = place.entry.key.value;
    if (!is_literal_key(place) || !has_prefix_and_name(key)) continue;
    const std::string_view prefix = key_prefix(key);
    if (catalogue.knows_key_prefix(prefix) || is_host(prefix) ||
        catalogue.find_retired_service(prefix) || catalogue.find_condition_key(key))
      continue;
    Finding& finding =
        context.report(place.entry.key.span, path_of(policy, place),
                       "there is no service " + quoted(prefix) + ", so no key of it either");
    explain(prefix, finding);
  }
}

void check_deprecated_global_key(RuleContext& context) {
  // Where callers are not named, the key can only have meant the caller.
  if (info(context.kind()).takes_principal) return;
  for (const ConditionPlace& place : condition_places(context.policy())) {
    if (!names_key(place, kOldPrincipalKey)) continue;
    Finding& finding = context.report(place.entry.key.span, path_of(context.policy(), place),
                                      quoted(place.entry.key.value) + " is an old key");
    finding.notes.emplace_back("AWS no longer documents what requests send for it");
    finding.help = "use `aws:PrincipalArn`";
  }
}

void check_unsupported_global_key(RuleContext& context) {
  if (!info(context.kind()).takes_principal) return;
  for (const ConditionPlace& place : condition_places(context.policy())) {
    if (!names_key(place, kOldPrincipalKey)) continue;
    Finding& finding = context.report(place.entry.key.span, path_of(context.policy(), place),
                                      quoted(place.entry.key.value) + " is not supported in a " +
                                          std::string(info(context.kind()).title));
    finding.help =
        "use `aws:PrincipalArn` for who calls, or `aws:SourceArn` for what a service "
        "acts for";
  }
}

}  // namespace iamcheck
