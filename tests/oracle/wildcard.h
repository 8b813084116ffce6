#pragma once

// S3, as obvious as it gets: a pattern is a list of tokens, matching is "try both ways" with a
// memo.

#include <string>
#include <string_view>
#include <vector>

namespace iamcheck::oracle {

struct Token {
  enum class Kind { kCharacter, kAnyOne, kAnyRun };
  Kind kind = Kind::kCharacter;
  char32_t character = 0;
  bool refuses_colon = false;  // a wildcard that stays within its ARN part (S6.1)
  bool ignores_case = false;   // a letter of the first five parts of an ARN (S6.2)
};

using Tokens = std::vector<Token>;

/// The text to match. Case is ignored only where token and text both say so.
struct TextCharacter {
  char32_t character = 0;
  bool ignores_case = false;
};

using Text = std::vector<TextCharacter>;

Text plain_text(std::string_view text);
Text plain_text(const std::u32string& text);

Tokens literal_tokens(std::string_view text);
/// `*` and `?` are wildcards, all else is literal.
Tokens wildcard_tokens(std::string_view text);

bool matches(const Tokens& pattern, const Text& text);
bool matches(const Tokens& pattern, std::string_view text);

}  // namespace iamcheck::oracle
