#include "resource.h"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "arn.h"
#include "characters.h"
#include "variables.h"
#include "wildcard.h"

namespace iamcheck::oracle {
namespace {

using Parts = std::vector<std::string>;

constexpr std::size_t kParts = 6;

// A part before the sixth: wildcards stay within the part, but a `*` that is its last character may
// run on past the colon (S6.1). Letters ignore case (S6.2).
Tokens early_part(std::string_view part, bool last_star_crosses) {
  Tokens tokens = wildcard_tokens(part);
  for (Token& token : tokens) {
    token.refuses_colon = token.kind != Token::Kind::kCharacter;
    token.ignores_case = true;
  }
  if (last_star_crosses && !tokens.empty() && tokens.back().kind == Token::Kind::kAnyRun) {
    tokens.back().refuses_colon = false;
  }
  return tokens;
}

// The request's ARN; only its first five parts ignore case, so a letter is compared ignoring case
// only when it stands before the sixth part on both sides.
Text resource_text(std::string_view resource) {
  Text text = plain_text(resource);
  std::size_t colons = 0;
  for (TextCharacter& c : text) {
    if (c.character == U':') ++colons;
    c.ignores_case = colons < kParts - 1;
  }
  return text;
}

// As written, colons being colons.
Tokens whole_pattern(const Parts& parts, const Tokens& sixth) {
  Tokens tokens;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) tokens.push_back({Token::Kind::kCharacter, U':'});
    const Tokens part = i + 1 == kParts ? sixth : early_part(parts[i], true);
    tokens.insert(tokens.end(), part.begin(), part.end());
  }
  return tokens;
}

// S6.4: a short ARN filled up with `*`, compared part by part.
bool padded_matches(const Parts& pattern, const Parts& resource) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    Text text = plain_text(resource[i]);
    for (TextCharacter& c : text) c.ignores_case = true;
    if (!matches(early_part(pattern[i], false), text)) return false;
  }
  return true;
}

enum class ShortArn { kPad, kNever, kInvalid };

ShortArn short_arn_rule(std::string_view entry, PolicyKind kind) {
  switch (kind) {
    case PolicyKind::kIdentity:
    case PolicyKind::kSession:
    case PolicyKind::kBoundary:
      return ShortArn::kPad;
    case PolicyKind::kResource:
    case PolicyKind::kTrust:
    case PolicyKind::kEndpoint:
      return entry.find('*') != std::string_view::npos ? ShortArn::kPad : ShortArn::kNever;
    case PolicyKind::kScp:
      return entry.back() == '*' ? ShortArn::kPad : ShortArn::kInvalid;
    case PolicyKind::kRcp:
      break;
  }
  return ShortArn::kInvalid;
}

EntryMatch match_short(const Parts& parts, std::string_view entry, std::string_view resource,
                       PolicyKind kind) {
  switch (short_arn_rule(entry, kind)) {
    case ShortArn::kInvalid:
      return EntryMatch::kBroken;
    case ShortArn::kNever:
      return EntryMatch::kMiss;
    case ShortArn::kPad:
      break;
  }
  const auto resource_parts = six_parts(resource);
  if (!resource_parts) return EntryMatch::kMiss;
  const bool hit = padded_matches(parts, *resource_parts) ||
                   matches(whole_pattern(parts, {}), resource_text(resource));
  return hit ? EntryMatch::kMatch : EntryMatch::kMiss;
}

}  // namespace

EntryMatch match_entry(std::string_view entry, std::string_view resource, PolicyKind kind,
                       bool variables_on, const Context& context, std::set<std::string>& unknown) {
  if (entry == "*") return EntryMatch::kMatch;
  if (!starts_with(entry, "arn:")) return EntryMatch::kBroken;
  const Parts parts = split_outside_variables(entry, variables_on, kParts);
  // S4.2: a variable before the fifth colon.
  for (std::size_t i = 0; variables_on && i < parts.size() && i + 1 < kParts; ++i) {
    if (holds_variable(parts[i])) return EntryMatch::kBroken;
  }
  if (parts.size() < kParts) return match_short(parts, entry, resource, kind);

  const Expansion sixth = expand(parts.back(), variables_on, true, context);
  if (sixth.state == Expansion::State::kUnresolvable) return EntryMatch::kBroken;
  // S6.5: the resource `*`, and anything else that is no ARN, is matched by the entry `*` alone.
  const bool hit = six_parts(resource).has_value() &&
                   matches(whole_pattern(parts, sixth.tokens), resource_text(resource));
  if (sixth.state == Expansion::State::kUnknown) {
    unknown.insert(sixth.unknown_keys.begin(), sixth.unknown_keys.end());
    return hit ? EntryMatch::kUnknown : EntryMatch::kUnknownButNever;
  }
  return hit ? EntryMatch::kMatch : EntryMatch::kMiss;
}

std::vector<std::string> text_list(const nlohmann::json& value) {
  std::vector<std::string> result;
  if (value.is_string()) result.push_back(value.get<std::string>());
  if (value.is_array()) {
    for (const auto& element : value) {
      if (element.is_string()) result.push_back(element.get<std::string>());
    }
  }
  return result;
}

Answer match_resource(const nlohmann::json& entries, std::string_view resource, PolicyKind kind,
                      bool variables_on, const Context& context, std::set<std::string>& unknown) {
  Answer result = Answer::kNo;
  for (const std::string& entry : text_list(entries)) {
    switch (match_entry(entry, resource, kind, variables_on, context, unknown)) {
      case EntryMatch::kMatch:
        result = either(result, Answer::kYes);
        break;
      case EntryMatch::kUnknown:
        result = either(result, Answer::kUnknown);
        break;
      case EntryMatch::kMiss:
      case EntryMatch::kBroken:
      case EntryMatch::kUnknownButNever:
        break;
    }
  }
  return result;
}

// S6.6: matches when every entry is a definite miss. A broken entry keeps an Allow from matching;
// under Deny it counts as matching nothing, and another entry that does match still exempts.
Answer match_not_resource(const nlohmann::json& entries, bool is_deny, std::string_view resource,
                          PolicyKind kind, bool variables_on, const Context& context,
                          std::set<std::string>& unknown) {
  Answer result = Answer::kYes;
  for (const std::string& entry : text_list(entries)) {
    switch (match_entry(entry, resource, kind, variables_on, context, unknown)) {
      case EntryMatch::kMatch:
        result = both(result, Answer::kNo);
        break;
      case EntryMatch::kMiss:
        break;
      case EntryMatch::kBroken:
        if (!is_deny) result = both(result, Answer::kNo);
        break;
      case EntryMatch::kUnknown:
        result = both(result, Answer::kUnknown);
        break;
      case EntryMatch::kUnknownButNever:
        if (!is_deny) result = both(result, Answer::kUnknown);
        break;
    }
  }
  return result;
}

}  // namespace iamcheck::oracle
