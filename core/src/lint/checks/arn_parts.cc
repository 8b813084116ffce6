// The parts of resource ARNs. AWS accepts much that looks odd (validation-semantics, "Names"), so
// that what the public ARN forms alone say is for the strict profile.
#include <algorithm>

#include "lint/arn_forms.h"
#include "lint/arn_services.h"
#include "lint/regions.h"
#include "lint/written_variable.h"
#include "match/overlap.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

constexpr std::size_t kAccountDigits = 12;

// An entry with the parts of an ARN.
struct ArnPlace {
  ListEntry entry;
  Arn arn;
};

std::vector<ArnPlace> arn_places(const Policy& policy) {
  std::vector<ArnPlace> places;
  for (const ListEntry& entry : resource_entries(policy)) {
    if (const auto arn = resource_arn(policy, entry.text)) places.push_back({entry, *arn});
  }
  return places;
}

Finding& report(RuleContext& context, const ArnPlace& place, std::string message) {
  return context.report(place.entry.text.span, path_of(context.policy(), place.entry),
                        std::move(message));
}

// Twelve digits, or a pattern that takes twelve digits in.
bool may_be_account_id(std::string_view text) {
  if (text.find_first_not_of("0123456789*?") != std::string_view::npos) return false;
  const auto stars = static_cast<std::size_t>(std::ranges::count(text, '*'));
  return stars == 0 ? text.size() == kAccountDigits : text.size() - stars <= kAccountDigits;
}

bool is_service_alias(std::string_view account, const std::vector<ArnForm>& forms) {
  return account == "aws" || std::ranges::any_of(forms, [&](const ArnForm& form) {
           return overlap_of_texts(form.account, account, false) != Overlap::kNone &&
                  form.account != "*";
         });
}

// The forms that speak about an entry: to Access Analyzer those of its type of resource, where the
// entry names one; else all of the service, which never says too much.
std::vector<const ArnForm*> forms_for(const RuleContext& context, ArnForms& forms, const Arn& arn) {
  std::vector<const ArnForm*> all;
  if (context.profile() == Profile::kAccessAnalyzer)
    all = forms.that_meet(arn.service, arn.resource);
  if (!all.empty()) return all;
  for (const ArnForm& form : forms.of(arn.service)) all.push_back(&form);
  return all;
}

// All forms that the ARN may have leave the part empty, or all fill it. Neither, where there is no
// form.
bool all_leave_out(const std::vector<const ArnForm*>& forms, std::string ArnForm::* part) {
  return !forms.empty() &&
         std::ranges::all_of(forms, [&](const ArnForm* form) { return (form->*part).empty(); });
}
bool all_have(const std::vector<const ArnForm*>& forms, std::string ArnForm::* part) {
  return !forms.empty() &&
         std::ranges::none_of(forms, [&](const ArnForm* form) { return (form->*part).empty(); });
}

bool lacks_region(const RuleContext& context, ArnForms& forms, const Arn& arn) {
  return arn.region.empty() && all_have(forms_for(context, forms, arn), &ArnForm::region);
}

// Services with resources of AWS itself, whose ARNs have no account though the forms have one.
bool owns_resources(std::string_view service) { return service == "ssm"; }

bool has_wildcard_or_variable(std::string_view part) {
  return part.find_first_of("*?$") != std::string_view::npos || has_placeholder(part);
}

// Resources with forms that the catalogue does not have.
bool has_second_forms(std::string_view service) { return service == "apigateway"; }

}  // namespace

void check_wildcard_in_service(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const ListEntry& entry : action_entries(policy)) {
    const std::string_view text = entry.text.value;
    const std::size_t colon = text.find(':');
    if (entry.text.unresolved || colon == std::string_view::npos || has_placeholder(text) ||
        !has_wildcard(text.substr(0, colon)))
      continue;
    Finding& finding = context.report(entry.text.span, path_of(policy, entry),
                                      "the service in " + quoted(text) + " has a wildcard");
    finding.help = "name the service; no wildcard works there but in `*:*`";
  }
  for (const ArnPlace& place : arn_places(policy)) {
    if (!has_wildcard(place.arn.service) || has_placeholder(place.arn.service)) continue;
    Finding& finding = report(
        context, place, "the service in " + quoted(place.entry.text.value) + " has a wildcard");
    finding.notes.emplace_back("it also takes in the resources of services to come");
    finding.help = "name the service";
  }
}

void check_arn_partition(RuleContext& context) {
  for (const ArnPlace& place : arn_places(context.policy())) {
    const std::string_view partition = place.arn.partition;
    if (has_wildcard_or_variable(partition) || is_partition(partition)) continue;
    Finding& finding = report(context, place,
                              partition.empty() ? "the partition of the ARN is empty"
                                                : "there is no partition " + quoted(partition));
    finding.help = "write `aws`, or `aws-cn`, `aws-us-gov` and the like for other partitions";
  }
}

void check_arn_service_case(RuleContext& context) {
  ArnServices services(context.catalogue());
  for (const ArnPlace& place : arn_places(context.policy())) {
    if (!is_literal_part(place.arn.service)) continue;
    const std::string lower = ascii_lower(place.arn.service);
    if (lower == place.arn.service || services.contains(place.arn.service)) continue;
    Finding& finding =
        report(context, place, "the service " + quoted(place.arn.service) + " has capital letters");
    finding.notes.emplace_back("ARNs are compared with their case, unlike actions");
    finding.help = "write " + quoted(lower);
  }
}

void check_arn_region(RuleContext& context) {
  for (const ArnPlace& place : arn_places(context.policy())) {
    const std::string_view region = place.arn.region;
    if (!is_literal_part(region) || is_region(region)) continue;
    Finding& finding = report(context, place, "there is no region " + quoted(region));
    if (context.full()) continue;
    if (may_be_new_region(region)) {
      finding.severity = Severity::kWarning;
      finding.notes.emplace_back("unless AWS has opened it since this was written");
    }
    finding.help = did_you_mean(suggest_region(region));
    if (finding.help.empty()) finding.help = "write a region such as `eu-west-1`, or `*`";
  }
}

void check_arn_region_missing(RuleContext& context) {
  ArnForms forms(context.catalogue());
  for (const ArnPlace& place : arn_places(context.policy())) {
    if (!is_literal_part(place.arn.service) || !lacks_region(context, forms, place.arn)) continue;
    Finding& finding = report(
        context, place,
        "resources of " + quoted(place.arn.service) + " have a region, and the ARN has none");
    finding.help = "write the region, or `*`";
  }
}

void check_arn_region_not_allowed(RuleContext& context) {
  ArnForms forms(context.catalogue());
  for (const ArnPlace& place : arn_places(context.policy())) {
    if (!is_literal_part(place.arn.region) || !is_literal_part(place.arn.service)) continue;
    if (!all_leave_out(forms_for(context, forms, place.arn), &ArnForm::region)) continue;
    Finding& finding = report(
        context, place,
        "resources of " + quoted(place.arn.service) + " have no region, and the ARN has one");
    finding.help = "leave the region empty";
  }
}

void check_arn_account(RuleContext& context) {
  ArnForms forms(context.catalogue());
  for (const ArnPlace& place : arn_places(context.policy())) {
    const std::string_view account = place.arn.account;
    if (account.empty() || may_be_account_id(account) || is_left_open(context, account) ||
        account.find('$') != std::string_view::npos)
      continue;
    if (is_service_alias(account, forms.of(place.arn.service))) continue;
    // What a wildcard stands for may be an alias that nobody documents.
    if (has_wildcard(account) &&
        account.find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string_view::npos)
      continue;
    Finding& finding = report(context, place, quoted(account) + " is no account id");
    finding.notes.emplace_back("an account id has twelve digits");
    finding.help = "write the twelve digits, without dashes, or `*`";
  }
}

void check_arn_account_missing(RuleContext& context) {
  ArnForms forms(context.catalogue());
  // The public forms fire on resources that AWS owns, such as documents of Systems Manager. What
  // Access Analyzer says of its own managed policies agrees with the forms otherwise.
  const Profile profile = context.profile();
  for (const ArnPlace& place : arn_places(context.policy())) {
    if (!place.arn.account.empty() || !is_literal_part(place.arn.service)) continue;
    if (profile == Profile::kDefault && place.arn.service != "resource-explorer-2") continue;
    if (profile == Profile::kAccessAnalyzer &&
        (owns_resources(place.arn.service) || is_everything(place.arn.resource)))
      continue;
    if (!all_have(forms.that_meet(place.arn.service, place.arn.resource), &ArnForm::account))
      continue;
    Finding& finding = report(
        context, place,
        "resources of " + quoted(place.arn.service) + " have an account, and the ARN has none");
    finding.help = "write the account, or `*`";
  }
}

void check_arn_account_not_allowed(RuleContext& context) {
  ArnForms forms(context.catalogue());
  for (const ArnPlace& place : arn_places(context.policy())) {
    if (!is_account_id(place.arn.account) || !is_literal_part(place.arn.service)) continue;
    if (!all_leave_out(forms.that_meet(place.arn.service, place.arn.resource), &ArnForm::account))
      continue;
    Finding& finding = report(
        context, place,
        "such resources of " + quoted(place.arn.service) + " have no account, and the ARN has one");
    finding.help = "leave the account empty";
  }
}

void check_arn_resource(RuleContext& context) {
  const bool as_aws = context.profile() == Profile::kAccessAnalyzer;
  ArnForms forms(context.catalogue());
  for (const ArnPlace& place : arn_places(context.policy())) {
    if (!is_literal_part(place.arn.service) || forms.of(place.arn.service).empty()) continue;
    if (as_aws &&
        (has_second_forms(place.arn.service) || has_wildcard_or_variable(place.arn.region) ||
         has_wildcard_or_variable(place.arn.account)))
      continue;
    // A wildcard at the end of the account runs on into the resource.
    if (has_wildcard(place.arn.account) && place.arn.account != "*") continue;
    if (!forms.that_meet(place.arn.service, place.arn.resource).empty()) continue;
    if (as_aws && lacks_region(context, forms, place.arn)) continue;
    Finding& finding =
        report(context, place,
               quoted(place.arn.resource) + " is no resource of " + quoted(place.arn.service));
    finding.help = "compare it with the ARN forms that `iamcheck catalogue` prints of the service";
  }
}

}  // namespace iamcheck
