#pragma once

// Callers as texts, and the entries of Principal as sets of them (S8).
//
//     A|111122223333|arn:aws:iam::111122223333:user/alice|
//     A|111122223333|arn:aws:iam::111122223333:role/ci|session      a session; empty: the role
//     A|111122223333|arn:aws:sts::111122223333:federated-user/bob|arn:...:user/alice     its issuer
//     S|ec2.amazonaws.com|     F|accounts.google.com|     C|canonical id|     N||
//
// A session goes by the name of its role alone, for its ARN has lost the path (S8.3); a bare role
// has its path.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/universe.h"
#include "iamcheck/policy.h"
#include "iamcheck/request.h"

namespace iamcheck::analysis {

/// How an entry names its callers, which decides what they need besides (S9.4).
enum class PrincipalPart : std::uint8_t {
  kAny,
  kDirect,        ///< by themselves, or as everyone
  kThroughOwner,  ///< sessions, by their role or by the user who issued them
};

/// The callers that an entry names. `federated`: the policy is a trust policy.
std::vector<Language> callers_of(const PrincipalEntry& entry, bool federated,
                                 PrincipalPart part = PrincipalPart::kAny);

/// The callers that a Deny with this NotPrincipal leaves alone: those of whom it lists every name
/// (S8.6). `boundary`: users and roles have a permissions boundary, and none of them is left alone.
std::vector<Language> callers_left_alone(const PrincipalElement& element, bool boundary = false);

/// One caller of every kind that entries with these texts can tell apart, likeliest first.
std::vector<std::string> sample_callers(const std::vector<const ValueSet*>& sets);

/// The caller of a request as such a text.
std::string text_of_caller(const Principal& caller);

/// What the text of a caller says, to make a request of.
struct CallerFields {
  std::string principal;   ///< as `RequestFields::principal`
  std::string issuer;      ///< as `RequestFields::issuer_arn`
  bool known_kind = true;  ///< false: a canonical user, whom the evaluator does not know (S8.5)
};
CallerFields fields_of_caller(std::string_view caller);

}  // namespace iamcheck::analysis
