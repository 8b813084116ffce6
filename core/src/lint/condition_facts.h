#pragma once

// What several checks ask about one condition: which key it is, and what it does where the request
// does not have the key.

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "iamcheck/catalogue.h"
#include "lint/context.h"

namespace iamcheck {

/// The key is a text that stands in the policy as it will be sent, without a placeholder.
bool is_literal_key(const ConditionPlace& place);
/// Nothing for a key that is not known, or not literal.
std::optional<ConditionKey> catalogued_key(const Catalogue& catalogue, const ConditionPlace& place);
bool names_key(const ConditionPlace& place, std::string_view name);
/// The operator of a place that is known to have one.
ConditionOperator known_operator(const ConditionPlace& place);
/// Before the first colon; the whole text when there is none.
std::string_view key_prefix(std::string_view key);

/// The audience claim of an identity provider, `accounts.google.com:aud`. Only roles are assumed
/// with it.
bool is_audience(const ConditionPlace& place);
/// A tag of something, such as `aws:RequestTag/team` or `ec2:ResourceTag/team`.
bool is_tag_key(const ConditionKey& key);

/// The condition holds for a request without the key (S7.1, S7.3). False where the operator is not
/// known.
bool holds_without_key(const ConditionPlace& place);
/// The one value as a boolean, whatever its case; nothing for another value or several.
std::optional<bool> boolean_value(const ConditionPlace& place);
/// Every request that such a policy is asked about has the key. In policies without a Principal
/// there is somebody who signed the request. Source: IAM User Guide, "AWS global condition context
/// keys", the lines "Availability".
bool is_always_present(std::string_view key, PolicyKind kind);

/// The keys for which statements have a Null of "true" (`missing`) or of "false".
class NullTests {
 public:
  explicit NullTests(bool missing) : missing_(missing) {}
  NullTests(const Statement& statement, bool missing) : missing_(missing) { add(statement); }
  void add(const Statement& statement);
  bool contains(std::string_view key) const;

 private:
  bool missing_;
  std::set<std::string, std::less<>> keys_;
};

/// Of all Deny statements: those keys whose absence some statement denies.
NullTests missing_keys_denied(const Policy& policy);

}  // namespace iamcheck
