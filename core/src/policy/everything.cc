#include "policy/everything.h"

#include <utility>

namespace iamcheck {

ListElement every_value() {
  ListElement element;
  element.values.push_back({"*", {}, false});
  return element;
}

PrincipalElement everyone() {
  PrincipalEntry entry;
  entry.type = PrincipalEntry::Type::kEveryone;
  entry.value = {"*", {}, false};
  return {{}, {}, {std::move(entry)}};
}

Statement allow_everything(PolicyKind kind) {
  Statement statement;
  statement.effect = Effect::kAllow;
  statement.action = every_value();
  statement.resource = every_value();
  if (info(kind).takes_principal) statement.principal = everyone();
  return statement;
}

void append(Statement statement, Policy& policy) {
  statement.index = policy.statements.size();
  policy.statements.push_back(std::move(statement));
}

Policy policy_of(Statement statement) {
  Policy policy;
  append(std::move(statement), policy);
  return policy;
}

}  // namespace iamcheck
