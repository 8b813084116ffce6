#include "analysis/witness.h"

#include <algorithm>

#include "analysis/principals.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/evaluate.h"
#include "text/ascii.h"

namespace iamcheck::analysis {
namespace {

constexpr std::string_view kSomeone = "arn:aws:iam::111122223333:user/someone";

void set_key(const Attribute& attribute, const AttributeValue& value, Context& context) {
  switch (value.state) {
    case AttributeValue::State::kAbsent:
      return context.set_absent(attribute.name);
    case AttributeValue::State::kSingle:
      return context.set(attribute.name, value.values.front());
    case AttributeValue::State::kList:
      return context.set_list(attribute.name, value.values);
  }
}

bool holds_of(const std::vector<Literal>& literals, const Universe& universe,
              const std::string& text) {
  return std::ranges::all_of(literals, [&](const Literal& literal) {
    return universe.set(literal.set).can_place(text, literal.holds != literal.outside);
  });
}

// An action that exists, spelled as AWS does, if the catalogue has one.
std::optional<Action> real_action(const std::vector<Literal>& literals, const Universe& universe,
                                  const std::string& found) {
  const Catalogue& catalogue = Catalogue::embedded();
  const std::string own(std::string_view(found).substr(0, found.find(':')));
  for (const std::string_view service :
       {std::string_view(own), std::string_view("s3"), std::string_view("ec2"),
        std::string_view("iam"), std::string_view("lambda")}) {
    const auto known = catalogue.find_service(service);
    if (!known) continue;
    for (const Action action : known->actions()) {
      if (holds_of(literals, universe, ascii_lower(action.full_name()))) return action;
    }
  }
  return std::nullopt;
}

// The form of an ARN with names of examples in the place of its placeholders.
std::string example_of(std::string_view form) {
  std::string text;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] != '$') {
      text += form[i];
      continue;
    }
    const std::size_t end = form.find('}', i);
    if (end == std::string_view::npos) break;
    const std::string_view name = form.substr(i + 2, end - i - 2);
    text += name == "Partition" ? "aws"
            : name == "Region"  ? "us-east-1"
            : name == "Account" ? "111122223333"
                                : "example";
    i = end;
  }
  return text;
}

// The first that holds: an ARN of the action's own resource types, one in the account of examples,
// whatever was found.
std::string readable_resource(const std::vector<Literal>& literals, Universe& universe,
                              Domain& domain, const std::optional<Action>& action,
                              const std::string& found) {
  if (action) {
    for (const ResourceUse use : action->resource_types()) {
      for (const std::string_view form : use.type().arn_forms()) {
        std::string text = example_of(form);
        if (holds_of(literals, universe, text)) return text;
      }
    }
    if (action->resource_types().empty() && holds_of(literals, universe, "*")) return "*";
  }
  for (const SetId set : universe.readable_resources()) {
    std::vector<Literal> narrowed = literals;
    narrowed.push_back({kResourceAttribute, set, false, true});
    const DomainAnswer& answer = domain.ask(kResourceAttribute, narrowed);
    if (answer.feasible == Feasible::kYes) return answer.value.values.front();
  }
  return found;
}

}  // namespace

std::optional<RequestFields> request_of(const Piece& piece, Universe& universe, Domain& domain,
                                        Wording wording) {
  RequestFields fields;
  fields.principal = kSomeone;
  std::optional<Action> action;
  const std::vector<Attribute>& attributes = universe.attributes();
  for (AttributeId id = 0; id < attributes.size(); ++id) {
    const Attribute& attribute = attributes[id];
    if (attribute.kind == Attribute::Kind::kOpen) continue;
    const std::vector<Literal> literals = piece.about(id);
    const bool asked =
        !literals.empty() || !piece.caller.empty() || attribute.kind != Attribute::Kind::kPrincipal;
    if (!asked) continue;
    const DomainAnswer& answer = domain.ask(id, literals);
    if (answer.feasible != Feasible::kYes) return std::nullopt;
    switch (attribute.kind) {
      case Attribute::Kind::kAction:
        fields.action = answer.value.values.front();
        if (wording == Wording::kAsFound) break;
        action = real_action(literals, universe, fields.action);
        if (action) fields.action = action->full_name();
        break;
      case Attribute::Kind::kResource:
        fields.resource = wording == Wording::kAsFound
                              ? answer.value.values.front()
                              : readable_resource(literals, universe, domain, action,
                                                  answer.value.values.front());
        break;
      case Attribute::Kind::kPrincipal: {
        CallerFields caller =
            fields_of_caller(piece.caller.empty() ? answer.value.values.front() : piece.caller);
        if (!caller.known_kind) return std::nullopt;
        fields.principal = std::move(caller.principal);
        fields.issuer_arn = std::move(caller.issuer);
        break;
      }
      default:
        set_key(attribute, answer.value, fields.context);
    }
  }
  return fields;
}

Truth grants(const PolicySet& document, const Request& request) {
  const Decision decision = evaluate(document, request, {.trace = true, .warnings = false});
  Truth allowed = Truth::kFalse, denied = Truth::kFalse;
  for (const StatementTrace& one : decision.trace) {
    const AttachedPolicy& attached = document.policies()[one.statement.policy];
    const Statement& statement = attached.policy->statements[one.statement.statement];
    // An Effect that is known only at deploy time may be either.
    if (statement.effect != Effect::kDeny) allowed = truth_or(allowed, one.truth);
    if (statement.effect != Effect::kAllow) denied = truth_or(denied, one.truth);
  }
  return truth_and(allowed, truth_not(denied));
}

}  // namespace iamcheck::analysis
