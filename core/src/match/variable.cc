#include "match/variable.h"

#include <algorithm>

namespace iamcheck {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

std::size_t skip_spaces(std::string_view text, std::size_t position) {
  const std::size_t found = text.find_first_not_of(kSpaces, position);
  return found == std::string_view::npos ? text.size() : found;
}

char escaped_character(std::string_view key) {
  return key == "*" || key == "?" || key == "$" ? key.front() : '\0';
}

// `, 'text'}` from the comma on. Between the quotes everything is text, a closing brace too.
std::optional<VariableText> read_default(std::string_view text, std::size_t comma) {
  const std::size_t quote = skip_spaces(text, comma + 1);
  if (quote >= text.size() || text[quote] != '\'') return std::nullopt;
  const std::size_t closing = text.find('\'', quote + 1);
  if (closing == std::string_view::npos) return std::nullopt;
  const std::size_t brace = skip_spaces(text, closing + 1);
  if (brace >= text.size() || text[brace] != '}') return std::nullopt;
  VariableText variable;
  variable.end = brace + 1;
  variable.default_text = text.substr(quote + 1, closing - quote - 1);
  return variable;
}

}  // namespace

std::optional<VariableText> VariableReader::read(std::size_t position) const {
  if (closing_ == std::string_view::npos || position >= closing_) return std::nullopt;
  if (text_.substr(position, 2) != "${") return std::nullopt;
  const std::size_t begin = position + 2;
  const std::size_t stop = text_.find_first_of(",}", begin);
  if (text_[stop] == ',') {
    if (auto variable = read_default(text_, stop)) {
      variable->key = text_.substr(begin, stop - begin);
      return variable;
    }
  }
  // A default that is not well formed makes the whole inside a key that no request has:
  // unresolvable.
  const std::size_t brace = text_.find('}', stop);
  VariableText variable;
  variable.end = brace + 1;
  variable.key = text_.substr(begin, brace - begin);
  variable.escaped = escaped_character(variable.key);
  return variable;
}

bool has_early_variable(std::span<const std::string_view> parts) {
  for (const std::string_view part : parts.first(std::min<std::size_t>(parts.size(), 5))) {
    const std::size_t begin = part.find("${");
    // When the first `${` has no closing brace, no later one has.
    if (begin != std::string_view::npos && VariableReader(part, true).read(begin)) return true;
  }
  return false;
}

}  // namespace iamcheck
