#pragma once

// What an operator family offers: its policy values, read ahead, and the positive comparison of one
// value of the request with each of them. Negation, missing keys and sets are no business of a
// family; they are composed in operators.cc.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "iamcheck/condition.h"

namespace iamcheck::families {

/// One value of the request against one of the policy.
enum class Comparison : std::uint8_t {
  kNo,
  kYes,
  kNoVariableValue,  ///< a policy variable has no value: the entry equals nothing (S4.6)
  kUnknownVariable,  ///< the key of a policy variable is unknown
};

/// One value of the request against all of the policy's: the first position of each outcome.
/// Nothing behind a match is looked at.
struct Tally {
  static constexpr std::uint32_t kNone = ConditionExplanation::kNone;
  bool request_mistyped = false;  ///< the request's value is not of the family's type (S7.7)
  std::uint32_t matched = kNone;
  std::uint32_t mistyped = kNone;  ///< a policy value is not of the family's type (S7.7)
  std::uint32_t no_variable_value = kNone;
  std::uint32_t unknown_variable = kNone;
  std::uint32_t unresolved = kNone;  ///< a policy value known only at deploy time
};

class PolicyValues {
 public:
  virtual ~PolicyValues() = default;
  virtual Tally compare(std::string_view request, const VariableScope& scope) const = 0;
  /// What the comparison with the whole list comes to for every request value alike, when it does;
  /// `negated` asks the same of the denied comparison.
  virtual std::optional<bool> constant(bool negated, const VariableScope& scope) const = 0;
  /// Keys of the policy variables, as written.
  virtual std::vector<std::string> variable_keys() const = 0;
};

/// What a family is made from.
struct ValueSource {
  std::span<const ConditionValue> values;
  ConditionComparison comparison = ConditionComparison::kEqual;
  bool variables = false;
};

std::unique_ptr<PolicyValues> make_string_values(const ValueSource& source);
std::unique_ptr<PolicyValues> make_numeric_values(const ValueSource& source);
std::unique_ptr<PolicyValues> make_date_values(const ValueSource& source);
std::unique_ptr<PolicyValues> make_boolean_values(const ValueSource& source);
std::unique_ptr<PolicyValues> make_binary_values(const ValueSource& source);
std::unique_ptr<PolicyValues> make_ip_values(const ValueSource& source);
std::unique_ptr<PolicyValues> make_arn_values(const ValueSource& source);
/// Its request value is the text `true` when the key is missing, else `false`.
std::unique_ptr<PolicyValues> make_null_values(const ValueSource& source);

/// That of the family. The texts of `source` are copied.
std::unique_ptr<PolicyValues> make_values(ConditionFamily family, const ValueSource& source);

/// The list of one family. `Family` has
///   Request, Value              a value of either side, read;
///   read_request(text)          optional<Request>, a view into `text`;
///   read_value(text, source)    optional<Value>, may be a view into `text`, which stays;
///   compare(request, value, comparison, scope)   the positive comparison;
///   is_everything(value)        whether every request value matches;
///   cover_everything(values)    whether every request value of the right type matches one of them;
///                               a family without it has no such lists but `is_everything` ones;
///   is_nothing(value, scope)    whether none can match, though it is of the right type;
///   kReadsEveryText             whether no request value is of the wrong type;
///   variable_keys(value)        keys of its policy variables.
template <typename Family>
class FamilyValues final : public PolicyValues {
 public:
  explicit FamilyValues(const ValueSource& source) : comparison_(source.comparison) {
    texts_.reserve(source.values.size());  // values may be views into these texts
    for (std::uint32_t i = 0; i < source.values.size(); ++i) {
      if (source.values[i].unresolved) {
        if (unresolved_ == Tally::kNone) unresolved_ = i;
        continue;
      }
      const std::string& text = texts_.emplace_back(source.values[i].text);
      if (auto value = Family::read_value(text, source)) {
        everything_ = everything_ || Family::is_everything(*value);
        values_.emplace_back(i, std::move(*value));
      } else if (mistyped_ == Tally::kNone) {
        mistyped_ = i;
      }
    }
    if constexpr (requires { Family::cover_everything(values_); })
      covered_ = Family::cover_everything(values_);
  }

  Tally compare(std::string_view text, const VariableScope& scope) const override {
    Tally tally;
    auto request = Family::read_request(text);
    if (!request) {
      // An empty list compares nothing, so nothing is of the wrong type.
      tally.request_mistyped = !texts_.empty() || unresolved_ != Tally::kNone;
      return tally;
    }
    tally.mistyped = mistyped_;
    tally.unresolved = unresolved_;
    for (const auto& [position, value] : values_) {
      switch (Family::compare(*request, value, comparison_, scope)) {
        case Comparison::kYes:
          tally.matched = position;
          return tally;
        case Comparison::kNoVariableValue:
          if (tally.no_variable_value == Tally::kNone) tally.no_variable_value = position;
          break;
        case Comparison::kUnknownVariable:
          if (tally.unknown_variable == Tally::kNone) tally.unknown_variable = position;
          break;
        case Comparison::kNo:
          break;
      }
    }
    return tally;
  }

  std::optional<bool> constant(bool negated, const VariableScope& scope) const override {
    if (everything_) return !negated;
    // S7.7: under a negated operator the wrong type is as false as a match.
    if (negated && (covered_ || mistyped_ != Tally::kNone)) return false;
    if (unresolved_ != Tally::kNone) return std::nullopt;
    for (const auto& [position, value] : values_) {
      if (!Family::is_nothing(value, scope)) return std::nullopt;
    }
    // Nothing is left to match. Under a negated operator a request value of the wrong type still
    // makes a difference, unless the list is empty.
    if (!negated) return false;
    if (texts_.empty() || Family::kReadsEveryText) return true;
    return std::nullopt;
  }

  std::vector<std::string> variable_keys() const override {
    std::vector<std::string> keys;
    for (const auto& [position, value] : values_) {
      for (std::string& key : Family::variable_keys(value)) keys.push_back(std::move(key));
    }
    return keys;
  }

 private:
  ConditionComparison comparison_;
  std::vector<std::string> texts_;
  std::vector<std::pair<std::uint32_t, typename Family::Value>> values_;  // position as written
  std::uint32_t mistyped_ = Tally::kNone;
  std::uint32_t unresolved_ = Tally::kNone;
  bool everything_ = false;
  bool covered_ = false;
};

/// What a family without policy variables need not say.
template <typename ValueType>
struct PlainFamily {
  using Value = ValueType;
  static constexpr bool kReadsEveryText = false;
  static bool is_everything(const Value&) { return false; }
  static bool is_nothing(const Value&, const VariableScope&) { return false; }
  static std::vector<std::string> variable_keys(const Value&) { return {}; }
};

constexpr Comparison to_comparison(bool matched) {
  return matched ? Comparison::kYes : Comparison::kNo;
}

constexpr Comparison to_comparison(Pattern::Outcome outcome) {
  switch (outcome) {
    case Pattern::Outcome::kYes:
      return Comparison::kYes;
    case Pattern::Outcome::kUnresolved:
      return Comparison::kNoVariableValue;
    case Pattern::Outcome::kUnknown:
      return Comparison::kUnknownVariable;
    case Pattern::Outcome::kNo:
      break;
  }
  return Comparison::kNo;
}

/// Whether a variable of the pattern has no value, so that it equals nothing (S4.6).
inline bool lacks_a_value(const Pattern& pattern, const VariableScope& scope) {
  return pattern.has_variables() &&
         pattern.match(std::string_view(), scope) == Pattern::Outcome::kUnresolved;
}

/// The answer of an ordering comparison; the request stands on its left.
template <typename Ordering>
constexpr Comparison to_comparison(Ordering ordering, ConditionComparison comparison) {
  switch (comparison) {
    case ConditionComparison::kLess:
      return to_comparison(ordering < 0);
    case ConditionComparison::kLessOrEqual:
      return to_comparison(ordering <= 0);
    case ConditionComparison::kGreater:
      return to_comparison(ordering > 0);
    case ConditionComparison::kGreaterOrEqual:
      return to_comparison(ordering >= 0);
    default:
      return to_comparison(ordering == 0);
  }
}

}  // namespace iamcheck::families
