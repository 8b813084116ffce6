// `iamcheck catalogue` for people.
#include <algorithm>

#include "iamcheck/catalogue_report.h"
#include "iamcheck/report.h"
#include "report/catalogue_facts.h"
#include "report/catalogue_json.h"

namespace iamcheck {

namespace {

/// Fills up with blanks, and keeps at least two behind a long text.
std::string padded(std::string_view text, std::size_t width) {
  std::string result(text);
  result.append(text.size() + 2 > width ? 2 : width - text.size(), ' ');
  return result;
}

std::string plural(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string key_lines(const CatalogueList<ConditionKey>& keys, std::string_view title) {
  if (keys.empty()) return {};
  std::size_t width = 0;
  for (const ConditionKey key : keys) width = std::max(width, key.name().size() + 2);
  std::string text = "  " + std::string(title) + "\n";
  for (const ConditionKey key : keys) {
    text += "    " + padded(key.name(), width) + key_type_text(key) + "\n";
  }
  return text;
}

std::string action_lines(const std::vector<Action>& actions) {
  std::size_t width = 0;
  for (const Action& action : actions) width = std::max(width, action.full_name().size() + 2);
  std::string text;
  for (const Action& action : actions) {
    text += "  " + padded(action.full_name(), width) + level_text(action.access_levels()) + "\n";
  }
  return text;
}

struct TextWriter {
  const Catalogue& catalogue;

  std::string operator()(const Action& action) const {
    std::string text = action.full_name() + "  (" + std::string(action.service().name()) + ")\n";
    text += "  access level    " + level_text(action.access_levels()) + "\n";
    if (action.permission_only()) {
      text += "  permission only: no API operation has this name\n";
    }
    if (action.resource_types().empty()) {
      text += "  resource types  none: the statement must say \"Resource\": \"*\"\n";
    } else {
      text += "  resource types\n";
      for (const ResourceUse use : action.resource_types()) {
        std::string label(use.type().name());
        if (use.required()) label += " (required)";
        for (const std::string_view form : use.type().arn_forms()) {
          text += "    " + padded(label, 28) + std::string(form) + "\n";
          label.clear();
        }
      }
    }
    text += key_lines(action.condition_keys(), "condition keys, beside the global ones");
    if (!action.dependent_actions().empty()) {
      text += "  also needs\n";
      for (const Action each : action.dependent_actions()) text += "    " + each.full_name() + "\n";
    }
    return text;
  }

  std::string operator()(const PatternActions& found) const {
    std::string text = "`" + found.pattern + "` matches " +
                       plural(found.actions.size(), "action", "actions") + " of " +
                       std::to_string(catalogue.actions().size()) + "\n";
    return text + action_lines(found.actions);
  }

  std::string operator()(const Service& service) const {
    std::string text =
        std::string(service.prefix()) + "  (" + std::string(service.name()) + ")\n  " +
        plural(service.actions().size(), "action", "actions") + ", " +
        plural(service.resource_types().size(), "resource type", "resource types") + ", " +
        plural(service.condition_keys().size(), "condition key", "condition keys") + "\n";
    text += service.supports_rcp() ? "  resource control policies apply to it\n" : "";
    std::vector<Action> actions;
    for (const Action action : service.actions()) actions.push_back(action);
    return text + action_lines(actions);
  }

  std::string operator()(const ConditionKey& key) const {
    std::string text = std::string(key.name()) + "\n  type  " + key_type_text(key) + "\n";
    if (key.global()) text += "  global: AWS sends it for every service\n";
    if (key.multivalued()) {
      text += "  multivalued: use ForAllValues: or ForAnyValue: before the operator\n";
    }
    return text;
  }

  std::string operator()(const ManagedPolicy& policy) const {
    return std::string(policy.name()) + "  (AWS managed policy)\n  ARN      " + policy.arn() +
           "\n  version  " + std::string(policy.version()) + ", updated " +
           std::string(policy.updated()) + "\n";
  }

  std::string operator()(const NotFound& missing) const {
    std::string text = "`" + escape_controls(missing.name) + "` is not in the catalogue of " +
                       std::string(catalogue.date()) + "\n";
    if (!missing.retired_since.empty()) {
      text += "  AWS retired it";
      text += missing.retired_since == "unknown" ? "" : "; last seen " + missing.retired_since;
      text += "\n";
    }
    for (std::size_t i = 0; i < missing.suggestions.size(); ++i) {
      text += (i == 0 ? "  did you mean `" : "            or `") + missing.suggestions[i] + "`\n";
    }
    return text;
  }
};

}  // namespace

std::string catalogue_summary(const Catalogue& catalogue, CatalogueFormat format) {
  if (format == CatalogueFormat::kJson) return catalogue_summary_json(catalogue);
  std::string text = "service authorization catalogue of " + std::string(catalogue.date()) +
                     ", format " + std::to_string(catalogue.format_version()) + "\n";
  const auto line = [&](std::size_t count, std::string_view what) {
    const std::string number = std::to_string(count);
    text += "  " + std::string(number.size() < 6 ? 6 - number.size() : 0, ' ') + number + " " +
            std::string(what) + "\n";
  };
  line(catalogue.services().size(), "services");
  line(catalogue.actions().size(), "actions");
  line(catalogue.resource_types().size(), "resource types");
  line(catalogue.condition_keys().size(), "condition keys");
  line(catalogue.managed_policies().size(), "AWS managed policies");
  text += "sources\n";
  for (const CatalogueSource source : catalogue.sources()) {
    text += "  " + std::string(source.source) + " " + std::string(source.version) + " of " +
            std::string(source.date) + " (" + std::string(source.licence) + ")\n    " +
            std::string(source.content) + "\n";
  }
  return text;
}

CatalogueAnswer describe_name(const Catalogue& catalogue, std::string_view name,
                              CatalogueFormat format) {
  const CatalogueFact fact = look_up(catalogue, name);
  return {!std::holds_alternative<NotFound>(fact), format == CatalogueFormat::kJson
                                                       ? catalogue_fact_json(catalogue, fact)
                                                       : std::visit(TextWriter{catalogue}, fact)};
}

}  // namespace iamcheck
