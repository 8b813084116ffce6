// String*: exact, with wildcards over the whole text (`*` crosses everything, S3), or in lower case
// on both sides (S7). Policy variables work in all of them (S4.2).
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
#include <deque>

#include "condition/families/policy_values.h"
#include "text/letter_case.h"

namespace iamcheck::families {
namespace {

// Reads variables in lower case, for the comparison that ignores case.
class LowerScope final : public VariableScope {
 public:
  explicit LowerScope(const VariableScope& scope) : scope_(scope) {}
  VariableValue find_variable(const ContextKey& key) const override {
    VariableValue value = scope_.find_variable(key);
    if (value.state == VariableValue::State::kFound) {
      value.text = lowered_.emplace_back(to_lower(value.text));
    }
    return value;
  }

 private:
  const VariableScope& scope_;
  mutable std::deque<std::string> lowered_;  // views into these stay valid
};

struct StringValue {
  Pattern pattern;                // lower case when case is ignored
  std::vector<std::string> keys;  // of the variables, as written
};

struct StringFamily {
  using Request = std::string_view;
  using Value = StringValue;
  static constexpr bool kReadsEveryText = true;
  static std::optional<Request> read_request(std::string_view text) { return text; }
  static std::optional<Value> read_value(const std::string& text, const ValueSource& source) {
    Pattern::Options options{.variables = source.variables};
    Pattern written = source.comparison == ConditionComparison::kLike
                          ? Pattern::like(text, options)
                          : Pattern::exact(text, options);
    Value value{{}, written.variable_keys()};
    value.pattern = source.comparison == ConditionComparison::kEqualIgnoringCase
                        ? Pattern::exact(to_lower(text), options)
                        : std::move(written);
    return value;
  }
  static Comparison compare(const Request& request, const Value& value,
                            ConditionComparison comparison, const VariableScope& scope) {
    const Pattern& pattern = value.pattern;
    bool ignore_case = comparison == ConditionComparison::kEqualIgnoringCase;
    if (!pattern.has_variables()) {
      return to_comparison(ignore_case ? lowers_to(request, pattern.literal())
                                       : pattern.matches(request));
    }
    if (!ignore_case) return to_comparison(pattern.match(request, scope));
    return to_comparison(pattern.match(to_lower(request), LowerScope(scope)));
  }
  static bool is_everything(const Value& value) {
    return value.pattern.shape() == Pattern::Shape::kAny;
  }
  static bool is_nothing(const Value& value, const VariableScope& scope) {
    return lacks_a_value(value.pattern, scope);
  }
  static std::vector<std::string> variable_keys(const Value& value) { return value.keys; }
};

}  // namespace

std::unique_ptr<PolicyValues> make_string_values(const ValueSource& source) {
  return std::make_unique<FamilyValues<StringFamily>>(source);
}

}  // namespace iamcheck::families
