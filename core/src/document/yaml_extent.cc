#include "document/yaml_extent.h"

#include <algorithm>

namespace iamcheck {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

bool is_blank(char c) { return kBlank.find(c) != std::string_view::npos; }

}  // namespace

std::size_t YamlExtent::skip_properties(std::size_t at) const {
  while (at < text_.size() && (text_[at] == '!' || text_[at] == '&')) {
    at = end_of_word(at);
    at = skip_blank(at);
  }
  return at;
}

std::size_t YamlExtent::end_of_scalar(std::size_t begin, std::string_view value) const {
  if (begin >= text_.size()) return text_.size();
  switch (text_[begin]) {
    case '"':
    case '\'':
      return end_of_quoted(begin);
    case '|':
    case '>':
      return end_of_block(begin);
    default:
      return end_of_plain(begin, value);
  }
}

std::size_t YamlExtent::end_of_null(std::size_t begin) const {
  const std::string_view rest = text_.substr(std::min(begin, text_.size()));
  for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
    const bool whole =
        rest.size() == word.size() ||
        (rest.size() > word.size() &&
         std::string_view(" \t\r\n,]}:").find(rest[word.size()]) != std::string_view::npos);
    if (rest.starts_with(word) && whole) return begin + word.size();
  }
  return begin;
}

std::size_t YamlExtent::end_of_word(std::size_t begin) const {
  while (begin < text_.size() &&
         std::string_view(" \t\r\n,]}").find(text_[begin]) == std::string_view::npos)
    ++begin;
  return begin;
}

std::size_t YamlExtent::behind(std::size_t from, char bracket) const {
  while (from < text_.size() && text_[from] != bracket) {
    // Only blanks, commas and comments may stand here.
    from = text_[from] == '#' ? end_of_line(from) : from + 1;
  }
  return std::min(from + 1, text_.size());
}

std::size_t YamlExtent::end_of_line(std::size_t at) const {
  const std::size_t end = text_.find('\n', at);
  return end == std::string_view::npos ? text_.size() : end;
}

std::size_t YamlExtent::skip_blank(std::size_t at) const {
  while (at < text_.size()) {
    if (text_[at] == '#') {
      at = end_of_line(at);
    } else if (is_blank(text_[at])) {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

std::size_t YamlExtent::end_of_quoted(std::size_t begin) const {
  const char quote = text_[begin];
  std::size_t at = begin + 1;
  while (at < text_.size()) {
    const bool backslash = quote == '"' && text_[at] == '\\';
    const bool doubled =
        quote == '\'' && text_[at] == quote && at + 1 < text_.size() && text_[at + 1] == quote;
    if (text_[at] == quote && !doubled) return at + 1;
    at += backslash || doubled ? 2 : 1;
  }
  return std::string_view::npos;
}

// A run of blanks in the text, with its line ends and indentation, is a run of blanks in the value.
std::size_t YamlExtent::end_of_plain(std::size_t begin, std::string_view value) const {
  std::size_t at = begin, v = 0;
  while (at < text_.size() && v < value.size()) {
    if (is_blank(value[v]) && is_blank(text_[at])) {
      while (v < value.size() && is_blank(value[v])) ++v;
      while (at < text_.size() && is_blank(text_[at])) ++at;
    } else if (value[v] == text_[at]) {
      ++v;
      ++at;
    } else {
      break;
    }
  }
  return at;
}

std::size_t YamlExtent::end_of_block(std::size_t begin) const {
  std::size_t line = end_of_line(begin);
  std::size_t end = line;
  std::size_t indent = 0;
  bool first = true;
  while (line < text_.size()) {
    const std::size_t start = line + 1;
    const std::size_t next = end_of_line(std::min(start, text_.size()));
    const std::string_view content =
        text_.substr(std::min(start, text_.size()), next - std::min(start, next));
    const std::size_t blanks = content.find_first_not_of(" \r");
    line = next;
    if (blanks == std::string_view::npos) continue;  // an empty line may be inside or behind
    if (first) indent = blanks;
    if (blanks < indent || (first && indent == 0)) break;
    first = false;
    end = next;
  }
  return end;
}

}  // namespace iamcheck
