#include "credentials/boundary.h"

#include <algorithm>

#include "credentials/encoding.h"

namespace iamcheck {
namespace {

constexpr std::size_t kBlob = 20;  // letters beside the token that make it a piece of a blob

bool is_word(char c) { return is_alphanumeric(c) || c == '_'; }

// Whether the letter before `at` ends an escape: `\n`, `%3D`, `\u0022`, `\x22`.
bool escape_ends_at(std::string_view text, std::size_t at) {
  auto back = [&](std::size_t count) { return count <= at ? text[at - count] : '\0'; };
  if (back(2) == '\\' && std::string_view("nrt").find(back(1)) != std::string_view::npos)
    return true;
  if (!is_hex_digit(back(1)) || !is_hex_digit(back(2))) return false;
  if (back(3) == '%') return true;
  if (back(3) == 'x' && back(4) == '\\') return true;
  return back(3) == '0' && back(4) == '0' && back(5) == 'u' && back(6) == '\\';
}

// Runs of base64 letters with capitals, small letters and digits: paths rarely have all three.
bool is_blob(std::string_view run) {
  if (run.size() < kBlob) return false;
  auto has = [&](char low, char high) {
    return std::any_of(run.begin(), run.end(), [&](char c) { return c >= low && c <= high; });
  };
  return has('A', 'Z') && has('a', 'z') && has('0', '9');
}

std::string_view run_before(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin < 3 * kBlob && is_base64_letter(text[begin - 1])) --begin;
  return text.substr(begin, at - begin);
}

std::string_view run_after(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at < 3 * kBlob && is_base64_letter(text[end])) ++end;
  return text.substr(at, end - at);
}

}  // namespace

bool begins_token(std::string_view text, std::size_t begin) {
  if (begin > 0 && is_word(text[begin]) && is_word(text[begin - 1]) &&
      !escape_ends_at(text, begin)) {
    return false;
  }
  return !is_blob(run_before(text, begin));
}

bool is_separate_token(std::string_view text, std::size_t begin, std::size_t end) {
  if (end < text.size() && is_word(text[end - 1]) && is_word(text[end])) return false;
  return begins_token(text, begin) && !is_blob(run_after(text, end));
}

bool ends_value(std::string_view text, std::size_t end) {
  if (end >= text.size()) return true;
  char c = text[end];
  if (is_base64_letter(c) || c == '=' || c == '_' || c == '-') return false;
  return c != '.' || end + 1 == text.size() || !is_alphanumeric(text[end + 1]);
}

bool is_whole_field(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::string_view kBefore = " \t\r\n\"'`,;|:=([{>";
  constexpr std::string_view kAfter = " \t\r\n\"'`,;|:)]}<@\\&";
  bool starts = begin == 0 || kBefore.find(text[begin - 1]) != std::string_view::npos ||
                escape_ends_at(text, begin);
  bool ends = end >= text.size() || kAfter.find(text[end]) != std::string_view::npos;
  return starts && ends;
}

}  // namespace iamcheck
