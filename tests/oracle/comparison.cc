#include "comparison.h"

#include <cstddef>
#include <optional>
#include <vector>

#include "address.h"
#include "arn.h"
#include "base64.h"
#include "characters.h"
#include "decimal.h"
#include "instant.h"
#include "variables.h"
#include "wildcard.h"

namespace iamcheck::oracle {
namespace {

Comparison equal_if(bool value) { return value ? Comparison::kEqual : Comparison::kDifferent; }

// S4.6: an unresolvable value equals nothing. An unknown variable stands for any text: when even
// that does not match, no value of it can.
Comparison conclude(const Expansion& expansion, bool hit, std::set<std::string>& unknown) {
  if (expansion.state == Expansion::State::kUnresolvable || !hit) return Comparison::kDifferent;
  if (expansion.state == Expansion::State::kResolved) return Comparison::kEqual;
  unknown.insert(expansion.unknown_keys.begin(), expansion.unknown_keys.end());
  return Comparison::kUnknown;
}

Comparison compare_strings(Family family, const std::string& policy_value,
                           const std::string& request_value, bool variables_on,
                           const Context& context, std::set<std::string>& unknown) {
  Expansion expansion = expand(policy_value, variables_on, family == Family::kStringLike, context);
  std::u32string request = characters(request_value);
  if (family == Family::kStringEqualsIgnoreCase) {
    request = simple_lower(request);
    for (Token& token : expansion.tokens) token.character = simple_lower(token.character);
  }
  return conclude(expansion, matches(expansion.tokens, plain_text(request)), unknown);
}

// Six parts on both sides, each matched by S3, all case-sensitive; the sixth may hold colons.
// The parts are cut before variables are substituted (S4.5).
Comparison compare_arns(const std::string& policy_value, const std::string& request_value,
                        bool variables_on, const Context& context, std::set<std::string>& unknown) {
  const auto request = six_parts(request_value);
  if (!request) return Comparison::kTrouble;
  const std::vector<std::string> policy = split_outside_variables(policy_value, variables_on, 6);
  if (policy.size() != 6) return Comparison::kDifferent;
  Expansion whole;
  bool hit = true;
  for (std::size_t i = 0; i < 6; ++i) {
    const Expansion part = expand(policy[i], variables_on, true, context);
    hit = hit && matches(part.tokens, (*request)[i]);
    whole.unknown_keys.insert(part.unknown_keys.begin(), part.unknown_keys.end());
    if (part.state == Expansion::State::kUnresolvable) whole.state = part.state;
    if (part.state == Expansion::State::kUnknown && whole.state == Expansion::State::kResolved) {
      whole.state = part.state;
    }
  }
  return conclude(whole, hit, unknown);
}

std::optional<bool> parse_bool(const std::string& text) {
  const std::string lower = ascii_lower(text);
  if (lower == "true") return true;
  if (lower == "false") return false;
  return std::nullopt;
}

std::string text_of(const Tokens& tokens) {
  std::string text;
  for (const Token& token : tokens) {
    // Only ASCII can spell a boolean; anything else becomes a character that does not.
    text.push_back(token.character < 0x80 ? static_cast<char>(token.character) : '\x7f');
  }
  return text;
}

Comparison compare_bools(const std::string& policy_value, const std::string& request_value,
                         bool variables_on, const Context& context,
                         std::set<std::string>& unknown) {
  const auto request = parse_bool(request_value);
  if (!request) return Comparison::kTrouble;
  Expansion expansion = expand(policy_value, variables_on, false, context);
  if (expansion.state == Expansion::State::kUnknown) {
    for (Token& token : expansion.tokens) token.character = ascii_lower(token.character);
    return conclude(expansion, matches(expansion.tokens, ascii_lower(request_value)), unknown);
  }
  if (expansion.state == Expansion::State::kUnresolvable) return Comparison::kDifferent;
  const auto policy = parse_bool(text_of(expansion.tokens));
  if (!policy) return Comparison::kTrouble;
  return equal_if(*policy == *request);
}

// `order` is request against policy: the direction of S7's table is request OP policy.
bool holds(Family family, int order) {
  switch (family) {
    case Family::kNumericEquals:
    case Family::kDateEquals:
      return order == 0;
    case Family::kNumericLess:
    case Family::kDateLess:
      return order < 0;
    case Family::kNumericLessOrEqual:
    case Family::kDateLessOrEqual:
      return order <= 0;
    case Family::kNumericGreater:
    case Family::kDateGreater:
      return order > 0;
    case Family::kNumericGreaterOrEqual:
    case Family::kDateGreaterOrEqual:
      return order >= 0;
    default:
      return false;
  }
}

Comparison compare_decimals(Family family, const std::optional<Decimal>& policy,
                            const std::optional<Decimal>& request) {
  if (!policy || !request) return Comparison::kTrouble;
  return equal_if(holds(family, compare(*request, *policy)));
}

}  // namespace

Comparison compare_values(Family family, const std::string& policy_value,
                          const std::string& request_value, bool variables_on,
                          const Context& context, std::set<std::string>& unknown) {
  switch (family) {
    case Family::kStringEquals:
    case Family::kStringEqualsIgnoreCase:
    case Family::kStringLike:
      return compare_strings(family, policy_value, request_value, variables_on, context, unknown);
    case Family::kNumericEquals:
    case Family::kNumericLess:
    case Family::kNumericLessOrEqual:
    case Family::kNumericGreater:
    case Family::kNumericGreaterOrEqual:
      return compare_decimals(family, parse_decimal(policy_value), parse_decimal(request_value));
    case Family::kDateEquals:
    case Family::kDateLess:
    case Family::kDateLessOrEqual:
    case Family::kDateGreater:
    case Family::kDateGreaterOrEqual:
      return compare_decimals(family, parse_instant(policy_value), parse_instant(request_value));
    case Family::kBool:
      return compare_bools(policy_value, request_value, variables_on, context, unknown);
    case Family::kBinary: {
      const auto policy = decode_base64(policy_value);
      const auto request = decode_base64(request_value);
      return policy && request ? equal_if(*policy == *request) : Comparison::kTrouble;
    }
    case Family::kIp: {
      const auto range = parse_range(policy_value);
      const auto address = parse_address(request_value);
      return range && address ? equal_if(contains(*range, *address)) : Comparison::kTrouble;
    }
    case Family::kArn:
      return compare_arns(policy_value, request_value, variables_on, context, unknown);
    case Family::kNull:
      break;  // about presence, not about values: see condition.cc
  }
  return Comparison::kTrouble;
}

}  // namespace iamcheck::oracle
