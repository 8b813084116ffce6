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

ListElement one(Text value) {
  ListElement element;
  element.values.push_back(std::move(value));
  return element;
}

Statement maybe(Effect effect, std::size_t index) {
  Statement statement;
  statement.index = index;
  statement.effect = effect;
  statement.effect_text = text(std::string(to_string(effect)));
  statement.action = one(text("*"));
  // A resource that is known to nobody: the statement applies perhaps, whatever the request.
  statement.resource = one(text("(a policy that was not read)", true));
  PrincipalEntry everyone;
  everyone.type = PrincipalEntry::Type::kEveryone;
  everyone.value = text("*");
  statement.principal.emplace();
  statement.principal->entries.push_back(std::move(everyone));
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
