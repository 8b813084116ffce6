#include "account/stand_in.h"

#include <utility>

namespace iamcheck {
namespace {

Text text(std::string value, bool unresolved = false) {
  Text result;
  result.value = std::move(value);
  result.unresolved = unresolved;
  return result;
}

ListElement everything() {
  ListElement element;
  element.values.push_back(text("*"));
  return element;
}

Statement maybe(Effect effect, std::size_t index) {
  Statement statement;
  statement.index = index;
  statement.effect = effect;
  statement.effect_text = text(std::string(to_string(effect)));
  statement.action = everything();
  statement.resource = everything();
  PrincipalEntry everyone;
  everyone.type = PrincipalEntry::Type::kEveryone;
  everyone.value = text("*");
  statement.principal.emplace();
  statement.principal->entries.push_back(std::move(everyone));
  // A condition that is known to nobody: the statement applies perhaps.
  ConditionEntry condition;
  condition.condition_operator = text("StringEquals");
  condition.key = text("(a policy that was not read)", true);
  statement.conditions.push_back(std::move(condition));
  return statement;
}

}  // namespace

std::shared_ptr<const Policy> stand_in_policy() {
  Policy policy;
  policy.source = Source::from_bytes("(not read)", "");
  policy.has_statement = true;
  policy.statement_is_list = true;
  policy.statements.push_back(maybe(Effect::kAllow, 0));
  policy.statements.push_back(maybe(Effect::kDeny, 1));
  return std::make_shared<const Policy>(std::move(policy));
}

}  // namespace iamcheck
