#include "analysis/request_facts.h"

#include <utility>

#include "analysis/principals.h"
#include "iamcheck/arn.h"
#include "text/ascii.h"

namespace iamcheck::analysis {
namespace {

void add_key(AttributeId id, const Request& request, Universe& universe, RequestFacts& facts) {
  const Attribute& attribute = universe.attributes()[id];
  const ContextValue value = request.context().find(attribute.name);
  switch (value.state) {
    case ContextValue::State::kUnknown:
      facts.unknown.push_back(id);
      return;
    case ContextValue::State::kAbsent:
      facts.literals.push_back({id, universe.everything(), false, false});
      return;
    case ContextValue::State::kSingle:
    case ContextValue::State::kList:
      break;
  }
  std::string all = "exactly one of";
  for (const std::string& text : value.values) {
    facts.literals.push_back({id, universe.exactly(text), false, true});
    all += "\1" + text;
  }
  const SetId set = universe.set(all, [&] {
    ValueSet these;
    for (const std::string& text : value.values) these.languages.emplace(Pattern::exact(text, {}));
    return these;
  });
  facts.literals.push_back({id, set, true, false});
  if (attribute.lists)
    facts.literals.push_back(
        {id, Literal::kIsList, false, value.state == ContextValue::State::kList});
}

}  // namespace

RequestFacts facts_of(const Request& request, Universe& universe) {
  RequestFacts facts;
  facts.literals.push_back(
      {kPrincipalAttribute, universe.exactly(text_of_caller(request.principal())), false, true});
  const std::size_t count = universe.attributes().size();
  for (AttributeId id = kFirstKey; id < count; ++id) {
    if (universe.attributes()[id].kind == Attribute::Kind::kKey)
      add_key(id, request, universe, facts);
  }
  return facts;
}

std::string lower_head(const std::string& resource) {
  const auto arn = Arn::parse(resource);
  if (!arn) return resource;
  const std::size_t head = resource.size() - arn->resource.size();
  return ascii_lower(resource.substr(0, head)) + resource.substr(head);
}

RequestFields with_values(RequestFields fields, const RequestFields& witness,
                          const std::vector<AttributeId>& unknown, const Universe& universe) {
  for (const AttributeId id : unknown) {
    const std::string& name = universe.attributes()[id].name;
    const ContextValue value = witness.context.find(name);
    switch (value.state) {
      case ContextValue::State::kSingle:
        fields.context.set(name, value.values.front());
        break;
      case ContextValue::State::kList:
        fields.context.set_list(name, {value.values.begin(), value.values.end()});
        break;
      default:
        fields.context.set_absent(name);
    }
  }
  return fields;
}

}  // namespace iamcheck::analysis
