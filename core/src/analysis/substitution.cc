#include "analysis/substitution.h"

#include <algorithm>

#include "match/variable.h"
#include "text/letter_case.h"

namespace iamcheck::analysis {
namespace {

// Every text of the policy in which variables work.
template <typename PolicyType, typename Visit>
void each_text(PolicyType& policy, Visit visit) {
  for (auto& statement : policy.statements) {
    for (auto* element : {&statement.resource, &statement.not_resource}) {
      if (!element->has_value()) continue;
      for (auto& value : (**element).values) visit(value);
    }
    for (auto& entry : statement.conditions) {
      for (auto& value : entry.values) visit(value);
    }
  }
}

std::string value_of(std::string_view key, std::size_t number) {
  if (key.ends_with("account")) return "111122223333";
  if (key == "aws:principalarn") return "arn:aws:iam::111122223333:role/someone";
  if (key == "aws:requestedregion") return "us-east-1";
  return "value" + std::to_string(number);
}

}  // namespace

std::vector<Assignment> assignments_for(const std::vector<const PolicyList*>& lists) {
  Assignment distinct;
  for (const PolicyList* list : lists) {
    for (const AttachedPolicy& attached : list->policies()) {
      if (!attached.policy->has_variables()) continue;
      each_text(*attached.policy, [&](const Text& text) {
        if (text.unresolved) return;
        const VariableReader reader(text.value, true);
        for (std::size_t i = 0; i < text.value.size(); ++i) {
          const auto variable = text.value[i] == '$' ? reader.read(i) : std::nullopt;
          if (!variable) continue;
          if (variable->escaped == 0) {
            const std::string key = to_lower(variable->key);
            distinct.emplace(key, value_of(key, distinct.size() + 1));
          }
          i = variable->end - 1;
        }
      });
    }
  }
  if (distinct.empty()) return {};
  Assignment equal = distinct;
  for (auto& [key, value] : equal) value = "111122223333";
  return {distinct, equal};
}

PolicyList substitute(PolicyList policies, const Assignment& values) {
  const auto put_in = [&](Text& text) {
    if (text.unresolved) return;
    const VariableReader reader(text.value, true);
    std::string out;
    for (std::size_t i = 0; i < text.value.size();) {
      const auto variable = text.value[i] == '$' ? reader.read(i) : std::nullopt;
      const auto value =
          variable && variable->escaped == 0 ? values.find(to_lower(variable->key)) : values.end();
      if (value == values.end()) {
        out += text.value[i++];
        continue;
      }
      out += value->second;
      i = variable->end;
    }
    text.value = std::move(out);
  };
  for (AttachedPolicy& attached : policies.policies()) {
    if (!attached.policy->has_variables()) continue;
    Policy policy = *attached.policy;
    each_text(policy, put_in);
    attached.policy = std::make_shared<const Policy>(std::move(policy));
  }
  return policies;
}

}  // namespace iamcheck::analysis
