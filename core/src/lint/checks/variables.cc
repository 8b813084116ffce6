// `${...}` in policies: where it does not work, and what is wrong inside. What a template engine
// will replace before AWS sees it is left alone.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "lint/ageing.h"
#include "lint/condition_values.h"
#include "lint/context.h"
#include "lint/written_variable.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

// A text that may hold variables.
struct VariableHost {
  const Text& text;
  std::string path;
};

template <typename Visit>
void for_each_host(const Policy& policy, Visit visit) {
  for (const ListEntry& entry : resource_entries(policy)) {
    if (!entry.text.unresolved && entry.text.value.find("${") != std::string::npos)
      visit(VariableHost{entry.text, path_of(policy, entry)});
  }
  for (const ConditionValuePlace& value : condition_values(policy)) {
    if (value.text.value.find("${") != std::string::npos)
      visit(VariableHost{value.text, path_of(policy, value)});
  }
}

// One finding for each text in which `is_wrong` holds for a variable; it names the first.
template <typename Wrong, typename Describe>
void report_variables(RuleContext& context, Wrong is_wrong, Describe describe) {
  for_each_host(context.policy(), [&](const VariableHost& host) {
    for (const WrittenVariable& variable : written_variables(host.text.value)) {
      if (!is_wrong(variable)) continue;
      const std::string_view written =
          std::string_view(host.text.value).substr(variable.begin, variable.end - variable.begin);
      describe(context.report(host.text.span, host.path, {}), written);
      return;
    }
  });
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpaces) + 1 - begin);
}

bool is_escape(std::string_view key) { return key == "*" || key == "?" || key == "$"; }

void report_in_element(RuleContext& context, const Text& text, std::string path,
                       std::string_view element) {
  if (text.unresolved || !has_policy_variable(context, text.value)) return;
  Finding& finding = context.report(text.span, std::move(path),
                                    "policy variables do not work in " + std::string(element));
  finding.notes.push_back("they work in Resource, NotResource and the values of conditions");
  finding.help = "write the text that is meant, or compare it in a condition";
}

void report_in_principal(RuleContext& context, const Statement& statement, std::string_view name,
                         const std::optional<PrincipalElement>& element) {
  if (!element) return;
  for (const PrincipalEntry& entry : element->entries) {
    std::string path = path_of(context.policy(), statement) + "." + std::string(name);
    if (!entry.bare) path += "." + entry.type_name;
    report_in_element(context, entry.value, std::move(path), "a principal");
  }
}

// Services that fill variables of their own in before IAM sees the policy: session policies of
// AWS Transfer Family, policies of AWS IoT Core.
bool is_filled_in_elsewhere(std::string_view prefix) {
  return equals_ignoring_case(prefix, "transfer") || equals_ignoring_case(prefix, "iot");
}

}  // namespace

void check_variable_in_old_version(RuleContext& context) {
  const Policy& policy = context.policy();
  if (policy.has_variables() || context.mistyped("Version")) return;
  if (policy.version && (policy.version->unresolved || policy.version->value != "2008-10-17"))
    return;
  report_variables(
      context,
      [&](const WrittenVariable& variable) {
        return variable.closed && is_policy_variable(context, variable);
      },
      [&](Finding& finding, std::string_view written) {
        finding.message = quoted(written) + " is plain text in the language of 2008-10-17";
        if (policy.version) {
          finding.related.push_back({policy.version->span, "the version", true});
          finding.help = "write the version `2012-10-17`";
        } else {
          finding.notes.emplace_back("without `Version` that language applies");
          finding.help = "add `\"Version\": \"2012-10-17\"`";
        }
      });
}

void check_empty_variable(RuleContext& context) {
  report_variables(
      context,
      [](const WrittenVariable& variable) {
        return variable.closed && trimmed(variable.key).empty() && !variable.default_text;
      },
      [](Finding& finding, std::string_view written) {
        finding.message = "the variable " + quoted(written) + " names no key";
        finding.help = "write the key, such as `${aws:username}`, or `${$}` for a dollar sign";
      });
}

void check_variable_missing_brace(RuleContext& context) {
  report_variables(
      context, [](const WrittenVariable& variable) { return !variable.closed; },
      [](Finding& finding, std::string_view written) {
        finding.message = "the variable that begins with " + quoted(written) + " has no `}`";
        finding.notes.emplace_back("without the brace the text is compared letter by letter");
        finding.help = "close it, or write `${$}` for a dollar sign";
      });
}

void check_variable_missing_quote(RuleContext& context) {
  report_variables(
      context,
      [&](const WrittenVariable& variable) {
        if (!variable.closed || !variable.default_text || !is_policy_variable(context, variable))
          return false;
        const std::string_view text = trimmed(*variable.default_text);
        return text.size() < 2 || text.front() != '\'' || text.back() != '\'';
      },
      [](Finding& finding, std::string_view written) {
        finding.message =
            "the default of " + quoted(written) + " does not stand between single quotes";
        finding.help = "write it as `${aws:PrincipalTag/team, 'none'}`";
      });
}

void check_variable_space(RuleContext& context) {
  report_variables(
      context,
      [&](const WrittenVariable& variable) {
        return variable.closed && !trimmed(variable.key).empty() &&
               variable.key.find_first_of(kSpaces) != std::string_view::npos &&
               is_policy_variable(context, variable);
      },
      [](Finding& finding, std::string_view written) {
        finding.message = "the key of the variable " + quoted(written) + " has white space in it";
        finding.notes.emplace_back("no key has: the variable has no value");
        finding.help = "write the key without white space; only the default may have some";
      });
}

void check_variable_unsupported_element(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    const std::string path = path_of(policy, statement);
    if (statement.sid) report_in_element(context, *statement.sid, path + ".Sid", "a Sid");
    report_in_principal(context, statement, "Principal", statement.principal);
    report_in_principal(context, statement, "NotPrincipal", statement.not_principal);
    for (const ConditionPlace& place : condition_places(statement))
      report_in_element(context, place.entry.key, path_of(policy, place), "a condition key");
  }
  for (const ListEntry& entry : action_entries(policy))
    report_in_element(context, entry.text, path_of(policy, entry), "an action");
}

void check_variable_unsupported_operator(RuleContext& context) {
  for (const ConditionValuePlace& value : condition_values(context.policy())) {
    const ConditionOperatorInfo& base = value.base;
    if (base.family == ConditionFamily::kString || base.family == ConditionFamily::kArn) continue;
    if (!has_policy_variable(context, value.text.value)) continue;
    Finding& finding =
        context.report(value.text.span, path_of(context.policy(), value),
                       "policy variables do not work with `" + std::string(base.name) + "`");
    finding.notes.emplace_back("they work with the String and Arn operators");
    finding.help = "write the value that is meant";
  }
}

void check_variable_unknown_key(RuleContext& context) {
  const Catalogue& catalogue = context.catalogue();
  for_each_host(context.policy(), [&](const VariableHost& host) {
    for (const WrittenVariable& variable : written_variables(host.text.value)) {
      const std::string_view key = variable.key;
      if (!variable.closed || is_escape(key) || !is_policy_variable(context, variable)) continue;
      const std::string_view prefix = key.substr(0, key.find(':'));
      // What identity providers send is theirs to name; other rules have white space.
      if (prefix.find('.') != std::string_view::npos || is_filled_in_elsewhere(prefix)) continue;
      if (key.find_first_of(kSpaces) != std::string_view::npos) continue;
      if (catalogue.find_condition_key(key) || !catalogue.knows_key_prefix(prefix)) continue;
      const auto near =
          context.full() ? std::vector<std::string>() : catalogue.suggest_condition_key(key, 3);
      if (near.empty() && !equals_ignoring_case(prefix, "aws")) continue;
      Finding& finding =
          context.report(host.text.span, host.path, "there is no condition key " + quoted(key));
      finding.notes.emplace_back("a variable without a value makes the text match nothing");
      finding.help = near.empty() ? "`iamcheck catalogue` lists the condition keys of a service"
                                  : did_you_mean(near);
      if (near.empty() && !context.full()) age(context, finding, "keys every month");
    }
  });
}

}  // namespace iamcheck
