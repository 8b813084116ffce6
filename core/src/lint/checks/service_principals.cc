// Names of services as principals, in Principal and as values of conditions.
#include <array>
#include <string>

#include "lint/context.h"
#include "lint/principal_places.h"
#include "lint/service_principal.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

using Type = PrincipalEntry::Type;

constexpr std::string_view kForm = "a service is named like `lambda.amazonaws.com`";

// Condition keys whose values are names of services.
enum class ServiceKey { kNone, kCalledVia, kPassedTo, kViaService };

ServiceKey service_key(std::string_view key) {
  for (std::string_view name : {"aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"}) {
    if (equals_ignoring_case(key, name)) return ServiceKey::kCalledVia;
  }
  for (std::string_view name : {"iam:PassedToService", "iam:AWSServiceName"}) {
    if (equals_ignoring_case(key, name)) return ServiceKey::kPassedTo;
  }
  return equals_ignoring_case(key, "kms:ViaService") ? ServiceKey::kViaService : ServiceKey::kNone;
}

bool has_wildcard(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos;
}

// What to say about the value, empty when it is in order. AWS itself looks at aws:CalledVia alone.
std::string wrong_value(ServiceKey key, const std::string& value, bool as_aws) {
  const ServicePrincipal read = read_service_principal(value);
  switch (key) {
    case ServiceKey::kCalledVia:
      if (read.well_formed && read.labels == 1) return "";
      return "`aws:CalledVia` holds names like `athena.amazonaws.com`, with nothing before the "
             "service and no region";
    case ServiceKey::kPassedTo:
      if (as_aws || value.find('.') != std::string::npos) return "";
      return std::string(kForm);
    case ServiceKey::kViaService:
      if (as_aws || read.regional || (read.label.empty() && value.find('.') != std::string::npos))
        return "";
      return "`kms:ViaService` holds names with the region, like `s3.eu-west-1.amazonaws.com`";
    case ServiceKey::kNone:
      break;
  }
  return "";
}

void check_condition_values(RuleContext& context) {
  const Policy& policy = context.policy();
  const bool as_aws = context.profile() == Profile::kAccessAnalyzer;
  for (const ConditionPlace& place : condition_places(policy)) {
    if (!place.op || place.op->base->family != ConditionFamily::kString) continue;
    const ServiceKey key = service_key(place.entry.key.value);
    if (key == ServiceKey::kNone) continue;
    for (std::size_t i = 0; i < place.entry.values.size(); ++i) {
      const Text& value = place.entry.values[i];
      if (!is_literal(value) || has_wildcard(value.value)) continue;
      const std::string wrong = wrong_value(key, value.value, as_aws);
      if (wrong.empty()) continue;
      Finding& finding =
          context.report(value.span, path_of(policy, place, i),
                         quoted(value.value) + " is not the form of a service in this key");
      const bool several_words =
          key == ServiceKey::kCalledVia && read_service_principal(value.value).well_formed;
      if (several_words) finding.confidence = Confidence::kMedium;
      finding.notes.emplace_back(
          several_words ? "Access Analyzer takes such a name for an error, though AWS uses a few"
                        : "no request has such a value, so that the condition never holds");
      finding.help = wrong;
    }
  }
}

}  // namespace

void check_service_principal_format(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const PrincipalPlace& place : principal_places(policy)) {
    const Text& value = place.entry.value;
    if (!place.has_type(Type::kService) || !is_literal(value) || has_wildcard(value.value))
      continue;
    if (read_service_principal(value.value).well_formed) continue;
    Finding& finding =
        context.report(value.span, path_of(policy, place),
                       quoted(value.value) + " is not the form of a service principal");
    finding.notes.emplace_back("AWS refuses a policy with a principal that does not exist");
    const std::string lower = ascii_lower(value.value);
    const bool case_only = lower != value.value && read_service_principal(lower).well_formed;
    finding.help = case_only ? "write it in small letters, `" + lower + "`" : std::string(kForm);
  }
  check_condition_values(context);
}

void check_service_principal_unknown(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const PrincipalPlace& place : principal_places(policy)) {
    const Text& value = place.entry.value;
    if (!place.has_type(Type::kService) || !is_literal(value) || has_wildcard(value.value))
      continue;
    const ServicePrincipal read = read_service_principal(value.value);
    if (!read.well_formed || is_known_service_principal(context.catalogue(), read)) continue;
    const bool kept = !context.full();
    Finding& finding =
        context.report(value.span, path_of(policy, place),
                       quoted(value.value) + " is no service principal that is known");
    if (!kept) continue;
    std::vector<std::string> near = similar_service_principals(context.catalogue(), read);
    if (near.empty()) {
      // The name may be newer than the catalogue, or one that no list has.
      finding.severity = Severity::kNote;
      finding.confidence = Confidence::kLow;
      finding.help = "look the name up in the documentation of the service";
      continue;
    }
    const std::string_view domain = std::string_view(value.value).substr(read.label.size());
    for (std::string& name : near) name.append(domain);
    finding.help = did_you_mean(near);
  }
}

}  // namespace iamcheck
