#include "wildcard.h"

#include <cstddef>
#include <optional>

#include "characters.h"

namespace iamcheck::oracle {
namespace {

class Matcher {
 public:
  Matcher(const Tokens& pattern, const Text& text)
      : pattern_(pattern),
        text_(text),
        memo_((pattern.size() + 1) * (text.size() + 1), std::nullopt) {}

  bool match(std::size_t p, std::size_t t) {
    std::optional<bool>& known = memo_[p * (text_.size() + 1) + t];
    if (!known.has_value()) known = compute(p, t);
    return *known;
  }

 private:
  bool compute(std::size_t p, std::size_t t) {
    if (p == pattern_.size()) return t == text_.size();
    const Token& token = pattern_[p];
    const bool takes_one = t < text_.size() && takes(token, text_[t]);
    if (token.kind == Token::Kind::kAnyRun) {
      return match(p + 1, t) || (takes_one && match(p, t + 1));
    }
    return takes_one && match(p + 1, t + 1);
  }

  static bool takes(const Token& token, const TextCharacter& next) {
    if (token.kind != Token::Kind::kCharacter) {
      return !(token.refuses_colon && next.character == U':');
    }
    if (token.character == next.character) return true;
    return token.ignores_case && next.ignores_case &&
           ascii_lower(token.character) == ascii_lower(next.character);
  }

  const Tokens& pattern_;
  const Text& text_;
  std::vector<std::optional<bool>> memo_;
};

}  // namespace

Text plain_text(const std::u32string& text) {
  Text result;
  for (const char32_t c : text) result.push_back({c, false});
  return result;
}

Text plain_text(std::string_view text) { return plain_text(characters(text)); }

Tokens literal_tokens(std::string_view text) {
  Tokens tokens;
  for (const char32_t c : characters(text)) tokens.push_back({Token::Kind::kCharacter, c});
  return tokens;
}

Tokens wildcard_tokens(std::string_view text) {
  Tokens tokens = literal_tokens(text);
  for (Token& token : tokens) {
    if (token.character == U'*') token.kind = Token::Kind::kAnyRun;
    if (token.character == U'?') token.kind = Token::Kind::kAnyOne;
  }
  return tokens;
}

bool matches(const Tokens& pattern, const Text& text) { return Matcher(pattern, text).match(0, 0); }

bool matches(const Tokens& pattern, std::string_view text) {
  return matches(pattern, plain_text(text));
}

}  // namespace iamcheck::oracle
