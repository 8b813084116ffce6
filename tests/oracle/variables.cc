#include "variables.h"

#include <cstddef>
#include <optional>

#include "characters.h"

namespace iamcheck::oracle {
namespace {

struct Variable {
  std::string key;
  std::optional<std::string> default_text;
};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// `key` or `key, 'default'`, any space around the comma. Everything else is a key as it stands.
Variable read_variable(std::string_view inside) {
  const Variable plain{std::string(inside), std::nullopt};
  const std::size_t comma = inside.find(',');
  if (comma == std::string_view::npos) return plain;
  std::string_view key = inside.substr(0, comma);
  std::string_view rest = inside.substr(comma + 1);
  while (!key.empty() && is_space(key.back())) key.remove_suffix(1);
  while (!rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
  while (!rest.empty() && is_space(rest.back())) rest.remove_suffix(1);
  if (rest.size() < 2 || rest.front() != '\'' || rest.back() != '\'') return plain;
  return {std::string(key), std::string(rest.substr(1, rest.size() - 2))};
}

void append(Tokens& to, const Tokens& more) { to.insert(to.end(), more.begin(), more.end()); }

void substitute(std::string_view inside, const Context& context, Expansion& result) {
  // S4.5: the literal characters.
  if (inside == "*" || inside == "?" || inside == "$") {
    append(result.tokens, literal_tokens(inside));
    return;
  }
  const Variable variable = read_variable(inside);
  const ContextValue value = context.find(variable.key);
  if (value.state == ContextValue::State::kUnknown) {
    result.unknown_keys.insert(ascii_lower(variable.key));
    result.tokens.push_back({Token::Kind::kAnyRun});
    if (result.state == Expansion::State::kResolved) result.state = Expansion::State::kUnknown;
    return;
  }
  if (value.state == ContextValue::State::kGiven) {
    if (value.is_list) {  // S4.3: a multivalued key cannot be resolved, a default does not help
      result.state = Expansion::State::kUnresolvable;
      return;
    }
    if (!value.values.front().empty()) {
      append(result.tokens, literal_tokens(value.values.front()));
      return;
    }
  }
  // S4.4: no value, or the empty string, which counts as none.
  if (variable.default_text) {
    append(result.tokens, literal_tokens(*variable.default_text));
  } else {
    result.state = Expansion::State::kUnresolvable;
  }
}

}  // namespace

Expansion expand(std::string_view text, bool variables_on, bool wildcards_on,
                 const Context& context) {
  Expansion result;
  const auto plain = [&](std::string_view piece) {
    append(result.tokens, wildcards_on ? wildcard_tokens(piece) : literal_tokens(piece));
  };
  while (!text.empty()) {
    const std::size_t open = variables_on ? text.find("${") : std::string_view::npos;
    const std::size_t close =
        open == std::string_view::npos ? std::string_view::npos : text.find('}', open);
    if (close == std::string_view::npos) {  // S4.7: an unterminated `${` is plain text
      plain(text);
      break;
    }
    plain(text.substr(0, open));
    substitute(text.substr(open + 2, close - open - 2), context, result);
    text.remove_prefix(close + 1);
  }
  return result;
}

std::vector<std::string> split_outside_variables(std::string_view text, bool variables_on,
                                                 std::size_t limit) {
  std::vector<std::string> parts(1);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (variables_on && text.substr(at, 2) == "${") {
      const std::size_t close = text.find('}', at);
      if (close != std::string_view::npos) {
        parts.back() += text.substr(at, close - at + 1);
        at = close;
        continue;
      }
    }
    if (text[at] == ':' && parts.size() < limit) {
      parts.emplace_back();
    } else {
      parts.back().push_back(text[at]);
    }
  }
  return parts;
}

bool holds_variable(std::string_view text) {
  const std::size_t open = text.find("${");
  return open != std::string_view::npos && text.find('}', open) != std::string_view::npos;
}

}  // namespace iamcheck::oracle
