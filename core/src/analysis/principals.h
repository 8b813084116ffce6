#pragma once

// Callers as texts, and the entries of Principal as sets of them (S8).
//
//     A|111122223333|arn:aws:iam::111122223333:user/alice|
//     A|111122223333|arn:aws:iam::111122223333:role/ci|session      a session; empty: the role
//     S|ec2.amazonaws.com|     F|accounts.google.com|     C|canonical id|     N||
//
// A role goes by its name alone: names are unique in an account, and a session's ARN has lost the
// path (S8.3).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/universe.h"
#include "iamcheck/policy.h"
#include "iamcheck/request.h"

namespace iamcheck::analysis {

/// The callers that an entry names; languages that lie apart or are equal. `federated`: the policy
/// is a trust policy.
std::vector<Language> callers_of(const PrincipalEntry& entry, bool federated);

/// The callers that a Deny with this NotPrincipal leaves alone: those of whom it lists every name
/// (S8.6).
std::vector<Language> callers_left_alone(const PrincipalElement& element);

/// One caller of every kind that entries with these texts can tell apart, likeliest first.
std::vector<std::string> sample_callers(const std::vector<const ValueSet*>& sets);

/// The caller of a request as such a text.
std::string text_of_caller(const Principal& caller);

/// What the text of a caller says, to make a request of.
struct CallerFields {
  std::string principal;   ///< as `RequestFields::principal`
  bool known_kind = true;  ///< false: a canonical user, whom the evaluator does not know (S8.5)
};
CallerFields fields_of_caller(std::string_view caller);

}  // namespace iamcheck::analysis
