#include "account/narrowed.h"

#include <algorithm>
#include <set>

#include "evaluate/policy_subset.h"
#include "iamcheck/arn.h"
#include "match/overlap.h"

namespace iamcheck {
namespace {

Overlap overlap_with(const Text& entry, const std::string& asked, bool variables) {
  if (entry.unresolved) return Overlap::kSome;
  if (entry.value == "*") return Overlap::kAll;
  if (!entry.value.starts_with("arn:")) return Overlap::kNone;
  return asked.empty() ? Overlap::kSome : overlap_of(entry.value, asked, variables);
}

// Whether the entry can never be right (S6.6).
bool is_invalid(const Text& entry, PolicyKind kind, bool variables) {
  if (entry.unresolved) return false;
  return ResourcePattern(entry.value, {variables, short_arn_rule(kind), false}).invalid();
}

struct Writing {
  PolicyKind kind;
  bool variables;     // the policy's Version has them
  bool open_version;  // whether it has is not known
  std::optional<Effect> effect;
};

ListElement narrowed(const ListElement& element, const std::string& asked, const Writing& writing,
                     bool negated) {
  ListElement result = element;
  result.values.clear();
  for (const Text& value : element.values) {
    Text entry = value;
    const bool variable = value.value.find("${") != std::string::npos;
    if (writing.open_version && variable) entry.unresolved = true;
    if (is_invalid(entry, writing.kind, writing.variables)) {
      // S6.6: under NotResource an Allow does not match at all, a Deny reads it as matching
      // nothing.
      if (!negated || writing.effect == Effect::kDeny) continue;
      entry.value = "*";
      entry.unresolved = !writing.effect;
      result.values.push_back(std::move(entry));
      continue;
    }
    switch (overlap_with(entry, asked, writing.variables)) {
      case Overlap::kNone:
        // S4.6: a variable without a value spoils the whole NotResource of an Allow, wherever the
        // entry points.
        if (!negated || writing.effect == Effect::kDeny || !writing.variables || !variable)
          continue;
        entry.unresolved = true;
        break;
      case Overlap::kAll:
        entry.value = "*";
        break;
      case Overlap::kSome:
        entry.unresolved = true;
        break;
    }
    result.values.push_back(std::move(entry));
  }
  return result;
}

// Whether the policy says the same about every resource.
bool is_general(const Policy& policy) {
  const auto general = [](const std::optional<ListElement>& element) {
    return !element || std::ranges::all_of(element->values, [](const Text& value) {
      return !value.unresolved && value.value == "*";
    });
  };
  return std::ranges::all_of(policy.statements, [&](const Statement& statement) {
    return general(statement.resource) && general(statement.not_resource);
  });
}

}  // namespace

PolicySet Narrowing::apply(const PolicySet& policies) {
  return put_together(policies, [&](std::size_t i, PolicySet& result) {
    const AttachedPolicy& attached = policies.policies()[i];
    std::shared_ptr<PolicySet>& known = narrowed_[policies.compiled()[i].get()];
    if (known == nullptr) {
      known = std::make_shared<PolicySet>();
      if (is_general(*attached.policy)) {
        known->add_shared(policies, i, attached.name);
      } else {
        Policy copy = *attached.policy;
        Writing writing{
            attached.kind, copy.has_variables(), copy.version && copy.version->unresolved, {}};
        for (Statement& statement : copy.statements) {
          writing.effect = statement.effect;
          if (statement.resource)
            statement.resource = narrowed(*statement.resource, asked_, writing, false);
          if (statement.not_resource)
            statement.not_resource = narrowed(*statement.not_resource, asked_, writing, true);
        }
        known->add(attached.name, attached.kind, std::move(copy));
      }
    }
    result.add_shared(*known, 0, attached.name);
  });
}

std::vector<std::string> Narrowing::narrower_entries(const PolicySet& policies,
                                                     const std::string& asked,
                                                     const Request& request) {
  std::set<std::string> entries;
  for (const AttachedPolicy& attached : policies.policies()) {
    if (attached.kind == PolicyKind::kScp || attached.kind == PolicyKind::kRcp) continue;
    for (const Statement& statement : attached.policy->statements) {
      if (statement.effect != Effect::kAllow || !statement.resource || !statement.action) continue;
      const bool speaks = std::ranges::any_of(statement.action->values, [&](const Text& action) {
        return action.unresolved || ActionPattern(action.value).matches(request.action());
      });
      if (!speaks) continue;
      for (const Text& value : statement.resource->values) {
        if (value.unresolved || !Arn::parse(value.value)) continue;
        std::string entry = value.value;
        // A variable that the request answers is part of the entry.
        for (std::size_t at = entry.find("${"); at != std::string::npos;
             at = entry.find("${", at)) {
          const std::size_t end = entry.find('}', at);
          if (end == std::string::npos) break;
          const VariableValue known =
              request.context().find_variable(ContextKey(entry.substr(at + 2, end - at - 2)));
          if (known.state != VariableValue::State::kFound) break;
          entry.replace(at, end - at + 1, known.text);
          at += known.text.size();
        }
        if (entry.find("${") != std::string::npos || entry == asked) continue;
        if (asked.empty() || overlap_of(asked, entry, false) == Overlap::kAll)
          entries.insert(std::move(entry));
      }
    }
  }
  return {entries.begin(), entries.end()};
}

std::string instance_of(std::string_view pattern) {
  std::string text;
  for (const char c : pattern) {
    if (c == '*') {
      text += "x7q";
    } else {
      text += c == '?' ? 'x' : c;
    }
  }
  return text;
}

}  // namespace iamcheck
