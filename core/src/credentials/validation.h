#pragma once

// The offline checks that rule pages name under `validate`.
//
// A check sees the text around the match and decides how much speaks for it. It never asks a
// network. A new check is a function and a row in the table of validation.cc.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "credentials/candidate.h"
#include "credentials/statement.h"

namespace iamcheck {

/// The scanner, for what a check decodes. What is found there is not decoded again.
class InnerScan {
 public:
  virtual ~InnerScan() = default;
  virtual std::vector<Candidate> find(std::string_view text) const = 0;
};

struct Match {
  std::string_view text;  ///< the whole text
  std::size_t begin = 0;  ///< of the match in the text
  std::size_t end = 0;
  std::string_view value;                ///< the match with its escapes resolved
  std::string_view name;                 ///< the name it is bound to; empty for tokens
  double entropy = 0;                    ///< the floor of the page
  std::string_view file = {};            ///< the name of the source
  const Statement* statement = nullptr;  ///< with the anchor `literal`
  const InnerScan* inner = nullptr;      ///< null inside decoded text
};

/// Fills in weight, flags, account, redaction; may move the end of the candidate.
using CheckFunction = void (*)(const Match& match, Candidate& candidate);

struct Check {
  std::string_view name;
  CredentialRole role = CredentialRole::kWhole;
  CheckFunction function = nullptr;
  int rank = 0;  ///< see `kLastRank`
};

/// What every kind asks for: documented values are notes, placeholders and what is below the floor
/// of entropy stay silent (false), the rest is sound.
bool passes_basics(const Match& match, Candidate& candidate);

/// The check of AWS key ids, for those inside something else: fills in weight, account and flags.
void check_key_id(const Match& match, Candidate& candidate);

/// An account number with its leading zeros.
std::string account_number(std::uint64_t account);

/// The check with this name; null when there is none.
const Check* find_check(std::string_view name);

}  // namespace iamcheck
