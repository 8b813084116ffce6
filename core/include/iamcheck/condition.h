#pragma once

// Conditions: one operator, one key, its values, asked of a request context.
//
// A `Condition` is compiled once (numbers, dates, blocks of addresses and patterns are read ahead)
// and then asked any number of times; asking never changes it and allocates nothing but for
// case-insensitive operators with policy variables. The answer is true, false, or unknown when it
// hangs on a key that is unknown. What an operator is stands in one table, `kConditionOperators`.
// Source: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Set operators for
// multivalued context keys".
//
// ```cpp
// std::vector<iamcheck::ConditionValue> values = {{"192.0.2.0/24", false}};
// iamcheck::Condition condition("NotIpAddressIfExists", "aws:SourceIp", values, {});
// iamcheck::Context context;
// context.set("aws:sourceip", "192.0.2.7");
// bool no = condition.evaluate(context) == iamcheck::Truth::kFalse;
// ```

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/condition_operator.h"
#include "iamcheck/context.h"
#include "iamcheck/truth.h"

namespace iamcheck {

/// Why a condition came out as it did.
enum class ConditionReason : std::uint8_t {
  kMatched,     ///< the comparison held
  kNotMatched,  ///< the comparison did not hold
  kKeyMissing,  ///< S7.1
  kKeyMissingIfExists,
  kListWithoutSet,   ///< S7.3
  kNothingForAll,    ///< S7.4: ForAllValues over no values
  kNothingForAny,    ///< S7.4: ForAnyValue over no values
  kForAnyIfExists,   ///< S7.5
  kMistyped,         ///< S7.7
  kUnknownOperator,  ///< S7.8
  kNullIfExists,
  kNoVariableValue,  ///< S4.6
  kUnknownKey,       ///< the condition's own key is unknown
  kUnknownVariable,  ///< the key of a policy variable is unknown
  kUnresolvedText,   ///< the operator, the key or a value is known only at deploy time
};

/// One row per reason: a name for JSON, the rule it follows, the sentence for people.
struct ConditionReasonInfo {
  ConditionReason reason;
  std::string_view name;
  std::string_view rule;
  std::string_view sentence;
};
const std::array<ConditionReasonInfo, 15>& condition_reasons();
const ConditionReasonInfo& info(ConditionReason reason);
std::string_view to_string(ConditionReason reason);

/// What decided, for the trace.
struct ConditionExplanation {
  static constexpr std::uint32_t kNone = 0xffffffff;
  ConditionReason reason = ConditionReason::kNotMatched;
  std::uint32_t request_value = kNone;  ///< position in the request's values
  std::uint32_t policy_value = kNone;   ///< position in the condition's values
  /// The answer is false by a choice on which AWS is silent (S7.3, S7.5, S7.7 under a negated
  /// operator); in a Deny statement that fails open, so the trace has to say it.
  bool weakens_deny = false;
};

/// A value as it stands in the policy; `unresolved` when it is known only at deploy time. Such a
/// value may be anything: it compares as unknown.
struct ConditionValue {
  std::string_view text;
  bool unresolved = false;
};

/// A compiled condition. Immutable; copies share.
class Condition {
 public:
  struct Options {
    bool variables = false;  ///< Version 2012-10-17 (S4.1)
    bool unresolved =
        false;  ///< the operator or the key is known only at deploy time: always unknown
  };
  Condition(std::string_view operator_text, std::string_view key,
            std::span<const ConditionValue> values, Options options);

  Truth evaluate(const Context& context, ConditionExplanation* explanation = nullptr) const;

  /// Nothing for a name that is not in the table (S7.8).
  const std::optional<ConditionOperator>& condition_operator() const;
  const ContextKey& key() const;
  /// The key, then the keys of the variables in its values, as written, each once: all that the
  /// answer depends on.
  const std::vector<std::string>& keys() const;
  /// Those of `keys()` that the context does not know. Worth asking when the answer is unknown.
  std::vector<std::string> unknown_keys(const Context& context) const;

 private:
  struct Program;
  std::shared_ptr<const Program> program_;
};

/// A point on which AWS is silent or its sources disagree, and what was chosen ([D] in the rules).
struct ConditionChoice {
  std::string_view rule;
  std::string_view name;
  std::string_view chosen;
};
std::span<const ConditionChoice> condition_choices();

}  // namespace iamcheck
