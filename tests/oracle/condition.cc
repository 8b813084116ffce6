#include "condition.h"

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "candidates.h"
#include "characters.h"

namespace iamcheck::oracle {
namespace {

struct Base {
  std::string_view name;
  Family family;
  bool negated;
};

constexpr Base kBases[] = {
    {"stringequals", Family::kStringEquals, false},
    {"stringnotequals", Family::kStringEquals, true},
    {"stringequalsignorecase", Family::kStringEqualsIgnoreCase, false},
    {"stringnotequalsignorecase", Family::kStringEqualsIgnoreCase, true},
    {"stringlike", Family::kStringLike, false},
    {"stringnotlike", Family::kStringLike, true},
    {"numericequals", Family::kNumericEquals, false},
    {"numericnotequals", Family::kNumericEquals, true},
    {"numericlessthan", Family::kNumericLess, false},
    {"numericlessthanequals", Family::kNumericLessOrEqual, false},
    {"numericgreaterthan", Family::kNumericGreater, false},
    {"numericgreaterthanequals", Family::kNumericGreaterOrEqual, false},
    {"dateequals", Family::kDateEquals, false},
    {"datenotequals", Family::kDateEquals, true},
    {"datelessthan", Family::kDateLess, false},
    {"datelessthanequals", Family::kDateLessOrEqual, false},
    {"dategreaterthan", Family::kDateGreater, false},
    {"dategreaterthanequals", Family::kDateGreaterOrEqual, false},
    {"bool", Family::kBool, false},
    {"binaryequals", Family::kBinary, false},
    {"ipaddress", Family::kIp, false},
    {"notipaddress", Family::kIp, true},
    {"arnequals", Family::kArn, false},
    {"arnlike", Family::kArn, false},
    {"arnnotequals", Family::kArn, true},
    {"arnnotlike", Family::kArn, true},
    {"null", Family::kNull, false},
};

using Values = std::vector<std::string>;

Values value_list(const nlohmann::json& value) {
  Values result;
  if (!value.is_array()) return {scalar_text(value)};
  for (const auto& element : value) result.push_back(scalar_text(element));
  return result;
}

// S7.6: for Null and ForAllValues, "" and [""] are null.
bool is_null(const ContextValue& request) {
  return request.state == ContextValue::State::kAbsent ||
         (request.values.size() == 1 && request.values.front().empty());
}

Answer match_null(const Values& policy, const ContextValue& request) {
  const std::string wanted = is_null(request) ? "true" : "false";
  for (const std::string& value : policy) {
    if (ascii_lower(value) == wanted) return Answer::kYes;
  }
  return Answer::kNo;
}

class ConditionEntry {
 public:
  ConditionEntry(Operator op, Values policy, bool variables_on, const Context& context,
                 std::set<std::string>& unknown)
      : op_(op),
        policy_(std::move(policy)),
        variables_on_(variables_on),
        context_(context),
        unknown_(unknown) {}

  Answer match(const ContextValue& request) const {
    if (request.state == ContextValue::State::kUnknown) return match_whatever_it_is();
    if (op_.family == Family::kNull)
      return match_null(policy_, request);  // a set prefix is ignored
    const bool missing = request.state == ContextValue::State::kAbsent;
    switch (op_.set) {
      case Operator::Set::kForAllValues:  // S7.4: true when there are none
        return is_null(request) ? Answer::kYes : every(request.values);
      case Operator::Set::kForAnyValue:  // S7.4, S7.5: false when there are none, with IfExists too
        return missing ? Answer::kNo : some(request.values);
      case Operator::Set::kNone:
        break;
    }
    if (missing) return answer(op_.if_exists || op_.negated);  // S7.1
    if (request.is_list) return Answer::kNo;                   // S7.3
    return satisfies(request.values.front());
  }

 private:
  // An unknown key may be absent, any text, any list. Whatever has an effect is among the
  // candidates.
  Answer match_whatever_it_is() const {
    const Answer first = match(ContextValue{});
    for (const ContextValue& candidate : candidates(policy_, variables_on_, context_)) {
      if (match(candidate) != first) return Answer::kUnknown;
    }
    return first;
  }

  Answer every(const Values& values) const {
    Answer result = Answer::kYes;
    for (const std::string& value : values) result = both(result, satisfies(value));
    return result;
  }

  Answer some(const Values& values) const {
    Answer result = Answer::kNo;
    for (const std::string& value : values) result = either(result, satisfies(value));
    return result;
  }

  // One request value against the whole policy list: positive = OR, negated = NOR (S7.2), and one
  // value that does not parse spoils a negated operator (S7.7).
  Answer satisfies(const std::string& request_value) const {
    Answer any = Answer::kNo;
    bool trouble = false;
    for (const std::string& policy_value : policy_) {
      switch (compare_values(op_.family, policy_value, request_value, variables_on_, context_,
                             unknown_)) {
        case Comparison::kEqual:
          any = either(any, Answer::kYes);
          break;
        case Comparison::kUnknown:
          any = either(any, Answer::kUnknown);
          break;
        case Comparison::kTrouble:
          trouble = true;
          break;
        case Comparison::kDifferent:
          break;
      }
    }
    if (!op_.negated) return any;
    return trouble ? Answer::kNo : opposite(any);
  }

  Operator op_;
  Values policy_;
  bool variables_on_;
  const Context& context_;
  std::set<std::string>& unknown_;
};

bool take_prefix(std::string& text, std::string_view prefix) {
  if (!starts_with(text, prefix)) return false;
  text.erase(0, prefix.size());
  return true;
}

}  // namespace

std::optional<Operator> parse_operator(std::string_view name) {
  Operator op;
  std::string base = ascii_lower(name);
  if (take_prefix(base, "forallvalues:")) {
    op.set = Operator::Set::kForAllValues;
  } else if (take_prefix(base, "foranyvalue:")) {
    op.set = Operator::Set::kForAnyValue;
  }
  constexpr std::string_view kIfExists = "ifexists";
  if (base.size() > kIfExists.size() &&
      base.compare(base.size() - kIfExists.size(), kIfExists.size(), kIfExists) == 0) {
    op.if_exists = true;
    base.resize(base.size() - kIfExists.size());
  }
  for (const Base& row : kBases) {
    if (row.name != base) continue;
    if (row.family == Family::kNull && op.if_exists) return std::nullopt;
    op.family = row.family;
    op.negated = row.negated;
    return op;
  }
  return std::nullopt;
}

Answer match_condition(const nlohmann::json& block, bool variables_on, const Context& context,
                       std::set<std::string>& unknown) {
  if (!block.is_object()) return Answer::kNo;
  Answer result = Answer::kYes;
  for (const auto& [name, entries] : block.items()) {
    const auto op = parse_operator(name);
    if (!op || !entries.is_object()) return Answer::kNo;  // S7.8
    for (const auto& [key, values] : entries.items()) {
      const ContextValue request = context.find(key);
      std::set<std::string> keys;
      if (request.state == ContextValue::State::kUnknown) keys.insert(ascii_lower(key));
      const Answer entry =
          ConditionEntry(*op, value_list(values), variables_on, context, keys).match(request);
      if (entry == Answer::kUnknown) unknown.insert(keys.begin(), keys.end());
      result = both(result, entry);
    }
  }
  return result;
}

}  // namespace iamcheck::oracle
