#pragma once

// What a rule found at a place, before pairs are made and findings are written.

#include <cstdint>
#include <string>

#include "iamcheck/rule_page.h"

namespace iamcheck {

/// What part of an AWS credential a rule finds; told by its offline check.
enum class CredentialRole : std::uint8_t { kWhole, kKeyId, kSecret, kSessionToken };

/// How much speaks for a candidate. See `severity_of`.
enum class Weight : std::uint8_t {
  kSilent,  ///< a placeholder, or not what the rule looks for
  kNote,    ///< a documented example, or an id that cannot be real
  kShape,   ///< the shape, no more: at most a warning
  kSound,   ///< shape and structure or entropy: the severity of the page
};

/// How specific a check is: of what lies on one place the lowest rank is kept.
constexpr int kWithinRank = 1;  ///< a value inside a notation, as the password of a URL
constexpr int kNamedRank = 2;   ///< a value that only its name gives away, in a known format
constexpr int kLastRank = 3;    ///< a value that only its name gives away

struct Candidate {
  const RulePage* page = nullptr;
  CredentialRole role = CredentialRole::kWhole;
  Weight weight = Weight::kSilent;
  Confidence confidence = Confidence::kHigh;
  bool documented = false;
  bool validated = false;
  bool temporary = false;  ///< an id that is worth something only with a session token
  bool nearby = false;     ///< a secret without a telling name
  bool named = false;      ///< the value of a telling name
  int rank = 0;            ///< that of the check
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t line = 0;  ///< from 0; filled before pairing
  std::string redacted;
  std::string account_id;
};

}  // namespace iamcheck
