#include "credentials/binding.h"

#include <algorithm>
#include <array>

#include "credentials/encoding.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

// Longest rest of a name behind the keyword, as in `secret_key_for_the_backup_bucket`.
constexpr std::size_t kMostTail = 40;
// Longest way from the name to the value: an indented `"value": "` on the next line, or a prompt.
constexpr std::size_t kMostGlue = 80;
constexpr std::size_t kMostTag = 32;

bool is_name_letter(char c) { return is_alphanumeric(c) || c == '_' || c == '-' || c == '.'; }
bool is_word_letter(char c) { return is_alphanumeric(c) || c == '_'; }

// Punctuation that stands between names and values. Not among it: `;` and `#` end a statement, `$`
// starts a variable, `%` an escape or a Windows variable, `/` may belong to the value.
bool is_glue(char c) {
  return std::string_view(" \t\r\n\"'`\\=:,()[]{}>|-*?!~@&").find(c) != std::string_view::npos;
}

// Words that may stand between a name and its value: `value` of name/value pairs, `[None]` of the
// prompt, types, CloudFormation tags, `or` before a default.
bool is_glue_word(std::string_view word) {
  constexpr std::array<std::string_view, 14> kWords = {
      "value",   "none", "null", "str", "string", "or", "sub",
      "default", "is",   "b",    "r",   "u",      "f",  "base64"};
  return std::find(kWords.begin(), kWords.end(), ascii_lower(word)) != kWords.end();
}

}  // namespace

ValueSearch::ValueSearch(std::string_view text, std::size_t keyword_end) {
  std::size_t tail_end = keyword_end;
  std::size_t most = std::min(text.size(), keyword_end + kMostTail);
  while (tail_end < most && is_name_letter(text[tail_end])) ++tail_end;
  text_ = text.substr(0, std::min(text.size(), tail_end + kMostGlue));
  at_ = tail_end;
}

// Skips one piece of punctuation; false at anything else.
bool ValueSearch::skip_punctuation() {
  char c = text_[at_];
  std::string_view rest = text_.substr(at_);
  if (c == '\\' && rest.size() > 1 &&
      std::string_view("nrt").find(rest[1]) != std::string_view::npos) {
    if (rest[1] == 'n') ++line_ends_;
    at_ += 2;
    return true;
  }
  if (c == '<' || c == '[') {  // a tag, or what a prompt says it has: `[None]`, `[****2RD6]`
    std::size_t close = rest.substr(0, kMostTag).find(c == '<' ? '>' : ']');
    std::string_view inside = rest.substr(1, close == rest.npos ? 0 : close - 1);
    bool prompt = inside == "None" || inside.starts_with("***");
    if (close != rest.npos && (c == '<' || prompt)) {
      at_ += close + 1;
      return true;
    }
    if (c == '<') return false;
  }
  if (!is_glue(c)) return false;
  // A carriage return alone ended lines on old systems; before a line feed it is part of that.
  if (c == '\n' || (c == '\r' && !rest.starts_with("\r\n"))) ++line_ends_;
  ++at_;
  return true;
}

std::size_t ValueSearch::next() {
  if (at_word_) {  // the value did not begin at this word: may it stand before the value?
    std::size_t end = at_;
    while (end < text_.size() && is_word_letter(text_[end])) ++end;
    if (end == at_ || !is_glue_word(text_.substr(at_, end - at_))) return npos;
    at_ = end;
    at_word_ = false;
  }
  while (at_ < text_.size() && line_ends_ <= 1) {
    if (skip_punctuation()) {
      ++separators_;
      continue;
    }
    if (separators_ == 0) return npos;
    at_word_ = true;
    return at_;
  }
  return npos;
}

std::string_view name_before(std::string_view text, std::size_t value_begin) {
  std::size_t least = value_begin > kMostGlue ? value_begin - kMostGlue : 0;
  std::size_t end = value_begin;
  bool operator_seen = false;
  while (end > least &&
         std::string_view(" \t\"'`\\=:>(").find(text[end - 1]) != std::string_view::npos) {
    operator_seen = operator_seen || text[end - 1] == '=' || text[end - 1] == ':';
    --end;
  }
  if (!operator_seen) return {};
  std::size_t begin = end;
  while (begin > least && is_name_letter(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

std::string_view name_around(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t least = begin > kMostTail ? begin - kMostTail : 0;
  std::size_t most = std::min(text.size(), end + kMostTail);
  while (begin > least && is_name_letter(text[begin - 1])) --begin;
  while (end < most && is_name_letter(text[end])) ++end;
  return text.substr(begin, end - begin);
}

}  // namespace iamcheck
