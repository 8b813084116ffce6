#include "analysis/lowering.h"

#include <algorithm>
#include <utility>

#include "analysis/lower_condition.h"
#include "analysis/principals.h"
#include "evaluate/compiled_policy.h"
#include "iamcheck/arn.h"
#include "match/variable.h"
#include "text/ascii.h"

namespace iamcheck::analysis {
namespace {

class StatementLowering {
 public:
  StatementLowering(const Policy& policy, PolicyKind kind, ArnReading reading, Universe& universe,
                    LoweringOptions options)
      : policy_(policy), kind_(kind), reading_(reading), universe_(universe), options_(options) {
    variables_.work = policy.has_variables();
    variables_.open = policy.version && policy.version->unresolved;
  }

  std::vector<LoweredStatement> lower(const Statement& statement) {
    if (statement.expression) return both(statement, "statement " + statement.expression->value);
    const bool open_effect = statement.effect_text && statement.effect_text->unresolved;
    if (!statement.effect && !open_effect) return {};
    if (statement.condition_malformed && !open_effect && statement.effect == Effect::kAllow)
      return {};
    if (!open_effect) return {lower_as(statement, *statement.effect)};
    // The Effect is one of the two.
    return {lower_as(statement, Effect::kAllow), lower_as(statement, Effect::kDeny)};
  }

 private:
  LoweredStatement lower_as(const Statement& statement, Effect effect) {
    effect_ = effect;
    depends_on_reading_ = false;
    ways_ = {Box{}};
    // A Deny whose Condition cannot be read may match (S2).
    if (statement.condition_malformed) add_open("condition " + condition_text(statement));
    if (!statement.effect && statement.effect_text) {
      const AttributeId question =
          universe_.open_question("effect " + statement.effect_text->value);
      add({question, universe_.everything(), false, effect == Effect::kAllow});
    }
    lower_elements(statement);
    return finish(statement, effect);
  }

  std::string condition_text(const Statement& statement) const {
    if (!policy_.source || !statement.condition_span) return std::string();
    return std::string(policy_.source->slice(*statement.condition_span));
  }

  // A statement of which nothing is known may allow anything, and deny anything.
  std::vector<LoweredStatement> both(const Statement& statement, const std::string& text) {
    std::vector<LoweredStatement> lowered;
    depends_on_reading_ = false;
    for (const Effect effect : {Effect::kAllow, Effect::kDeny}) {
      ways_ = {Box{}};
      add_open(text + (effect == Effect::kAllow ? " allows" : " denies"));
      lowered.push_back(finish(statement, effect));
    }
    return lowered;
  }

  LoweredStatement finish(const Statement& statement, Effect effect) const {
    LoweredStatement lowered;
    lowered.statement = static_cast<std::uint32_t>(statement.index);
    lowered.effect = effect;
    lowered.too_large = ways_.size() > kMaxBoxes;
    lowered.depends_on_reading = depends_on_reading_;
    if (!lowered.too_large) lowered.boxes = ways_;
    return lowered;
  }

  void lower_elements(const Statement& statement) {
    // S2: a statement without Action and NotAction never matches.
    if (!statement.action && !statement.not_action) return never();
    if (statement.action) add({kActionAttribute, actions(*statement.action), false, true});
    if (statement.not_action) add({kActionAttribute, actions(*statement.not_action), false, false});
    lower_resources(statement);
    lower_principals(statement);
    for (const ConditionEntry& entry : statement.conditions) {
      if (ways_.empty() || ways_.size() > kMaxBoxes) return;
      add_any(analysis::lower(entry, variables_, universe_));
    }
  }

  SetId actions(const ListElement& element) {
    return universe_.set(describe("actions", element), [&] {
      ValueSet set;
      for (const Text& value : element.values) {
        if (value.unresolved) {
          set.languages.add(unknown_text(value.value));
          continue;
        }
        const ActionText entry(value.value);
        if (entry.never) continue;
        set.everything = set.everything || entry.everything;
        set.languages.add_like(entry.everything ? "*" : ascii_lower(value.value), value.value);
      }
      return set;
    });
  }

  void lower_resources(const Statement& statement) {
    // S2: only resource-based policies may leave it out. Trust policies and some examples of
    // Access Analyzer do; it is then the resource that the policy hangs on.
    if (!statement.resource && !statement.not_resource) {
      const bool own = kind_ == PolicyKind::kResource || kind_ == PolicyKind::kTrust;
      return own ? void() : never();
    }
    if (statement.resource) add({kResourceAttribute, resources(*statement.resource), false, true});
    if (!statement.not_resource) return;
    // S6.6: an entry that can never be right, or whose variable has no value, makes an Allow not
    // match and counts as matching nothing in a Deny.
    const bool broken = std::ranges::any_of(statement.not_resource->values, [&](const Text& value) {
      return !value.unresolved && pattern(value).invalid();
    });
    if (effect_ == Effect::kAllow) {
      if (broken) return never();
      for (const Text& value : statement.not_resource->values) demand_variables(value);
    }
    add({kResourceAttribute, resources(*statement.not_resource), false, false});
  }

  // S4.6: the variables of the text have values in the request.
  void demand_variables(const Text& value) {
    const bool hidden = variables_.open && value.value.find("${") != std::string::npos;
    if (value.unresolved || hidden) return add_open("entry of NotResource " + value.value);
    if (!variables_.work) return;
    const VariableReader reader(value.value, true);
    for (std::size_t i = 0; i < value.value.size(); ++i) {
      const auto variable = value.value[i] == '$' ? reader.read(i) : std::nullopt;
      if (!variable) continue;
      i = variable->end - 1;
      if (variable->escaped != 0) continue;
      const AttributeId key = universe_.key(variable->key);
      // S4.4: an empty value is none.
      if (!variable->default_text) add({key, universe_.not_empty(), false, true});
      if (universe_.attributes()[key].lists) add({key, Literal::kIsList, false, false});
    }
  }

  ResourcePattern pattern(const Text& value) const {
    return {value.value,
            {.variables = variables_.work,
             .short_arns = short_arn_rule(kind_),
             .component_wise = reading_ == ArnReading::kComponentWise}};
  }

  // S6.1: whether some `*` ends a part before the last, or is all that may reach beyond a short
  // ARN.
  bool has_two_readings(const Text& value) const {
    if (value.value.find('*') == std::string::npos || value.value == "*") return false;
    const std::vector<std::string_view> parts = split_arn(value.value, variables_.work);
    return parts.size() != 6 ||
           std::any_of(parts.begin(), parts.end() - 1,
                       [](std::string_view part) { return part.ends_with('*'); });
  }

  SetId resources(const ListElement& element) {
    std::string name = "resources" + std::to_string(static_cast<int>(short_arn_rule(kind_)));
    if (std::ranges::any_of(element.values,
                            [&](const Text& one) { return has_two_readings(one); })) {
      depends_on_reading_ = true;
      name += reading_ == ArnReading::kComponentWise ? 'c' : 'd';
    }
    return universe_.set(describe(std::move(name), element), [&] {
      ValueSet set;
      for (const Text& value : element.values) {
        const bool hidden = variables_.open && value.value.find("${") != std::string::npos;
        if (value.unresolved || hidden) {
          set.languages.add(unknown_text(value.value));
          continue;
        }
        const ResourcePattern entry = pattern(value);
        set.everything = set.everything || entry.matches_everything();
        if (entry.matches_everything()) set.languages.emplace(Pattern::like("*", {}));
        for (const Pattern& one : entry.readings()) set.languages.emplace(one);
      }
      return set;
    });
  }

  void lower_principals(const Statement& statement) {
    const PolicyKindInfo& kind = info(kind_);
    if (!kind.takes_principal) {
      // S8.6: NotPrincipal is not supported there; Principal is ignored (S2).
      return statement.not_principal ? never() : void();
    }
    if (!statement.principal && !statement.not_principal) return never();
    if (statement.principal)
      add({kPrincipalAttribute, callers(*statement.principal, part()), false, true});
    if (!statement.not_principal) return;
    if (kind_ == PolicyKind::kTrust || !kind.takes_not_principal) return never();
    const PrincipalElement& listed = *statement.not_principal;
    const bool deny = effect_ == Effect::kDeny;
    // An Allow names those who are not listed as everyone is named.
    if (!deny && !statement.principal && options_.part == PrincipalPart::kThroughOwner)
      return never();
    const SetId left_out = deny ? left_alone(listed) : callers(listed, PrincipalPart::kAny);
    add({kPrincipalAttribute, left_out, false, false});
  }

  SetId left_alone(const PrincipalElement& listed) {
    const char* name = options_.boundary ? "callers left alone, boundary" : "callers left alone";
    return universe_.set(describe(name, listed), [&] {
      ValueSet set;
      for (Language& one : callers_left_alone(listed, options_.boundary)) {
        set.everything = set.everything || one.is_everything();
        set.languages.add(std::move(one));
      }
      return set;
    });
  }

  // A Deny meets everybody whom it names, however it does.
  PrincipalPart part() const {
    return effect_ == Effect::kDeny ? PrincipalPart::kAny : options_.part;
  }

  SetId callers(const PrincipalElement& element, PrincipalPart part) {
    const bool trust = kind_ == PolicyKind::kTrust;
    std::string name = trust ? "trusted callers" : "callers";
    if (part != PrincipalPart::kAny) name += part == PrincipalPart::kDirect ? " direct" : " owned";
    return universe_.set(describe(name, element), [&] {
      ValueSet set;
      for (const PrincipalEntry& entry : element.entries) {
        if (entry.value.unresolved) {
          set.languages.add(unknown_text(entry.value.value));
          continue;
        }
        for (Language& one : callers_of(entry, trust, part)) {
          set.everything = set.everything || one.is_everything();
          set.languages.add(std::move(one));
        }
      }
      return set;
    });
  }

  std::string describe(std::string text, const ListElement& element) const {
    text += variables_.work ? 'v' : variables_.open ? 'o' : ' ';
    for (const Text& value : element.values) {
      text += value.unresolved ? '\2' : '\1';
      text += value.value;
    }
    return text;
  }
  static std::string describe(std::string text, const PrincipalElement& element) {
    for (const PrincipalEntry& entry : element.entries) {
      text += entry.value.unresolved ? '\2' : '\1';
      text += static_cast<char>('0' + static_cast<int>(entry.type));
      text += entry.value.value;
    }
    return text;
  }

  void never() { ways_.clear(); }
  void add(const Literal& literal) {
    for (Box& box : ways_) box.push_back(literal);
  }
  void add_open(const std::string& text) {
    add({universe_.open_question(text), universe_.everything(), false, true});
  }
  void add_any(const std::vector<Box>& alternatives) {
    if (alternatives.size() == 1) {  // most conditions; no way is copied
      for (Box& box : ways_) box.insert(box.end(), alternatives[0].begin(), alternatives[0].end());
      return;
    }
    std::vector<Box> ways;
    for (const Box& box : ways_) {
      for (const Box& more : alternatives) {
        Box& joined = ways.emplace_back(box);
        joined.insert(joined.end(), more.begin(), more.end());
      }
    }
    ways_ = std::move(ways);
  }

  const Policy& policy_;
  PolicyKind kind_;
  ArnReading reading_;
  Universe& universe_;
  LoweringOptions options_;
  VariableUse variables_;
  Effect effect_ = Effect::kAllow;
  std::vector<Box> ways_;
  bool depends_on_reading_ = false;
};

}  // namespace

std::vector<LoweredStatement> lower(const Policy& policy, PolicyKind kind, ArnReading reading,
                                    Universe& universe, LoweringOptions options) {
  StatementLowering lowering(policy, kind, reading, universe, options);
  std::vector<LoweredStatement> lowered;
  for (const Statement& statement : policy.statements) {
    for (LoweredStatement& one : lowering.lower(statement)) lowered.push_back(std::move(one));
  }
  return lowered;
}

}  // namespace iamcheck::analysis
