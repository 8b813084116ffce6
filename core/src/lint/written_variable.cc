#include "lint/written_variable.h"

#include <algorithm>

namespace iamcheck {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

std::size_t skip_spaces(std::string_view text, std::size_t position) {
  return std::min(text.find_first_not_of(kSpaces, position), text.size());
}

// The closing brace behind a default `, 'text'` whose comma stands at `comma`.
std::optional<std::size_t> brace_behind_default(std::string_view text, std::size_t comma) {
  const std::size_t quote = skip_spaces(text, comma + 1);
  if (quote >= text.size() || text[quote] != '\'') return std::nullopt;
  const std::size_t closing = text.find('\'', quote + 1);
  if (closing == std::string_view::npos) return std::nullopt;
  const std::size_t brace = skip_spaces(text, closing + 1);
  if (brace >= text.size() || text[brace] != '}') return std::nullopt;
  return brace;
}

WrittenVariable read_one(std::string_view text, std::size_t begin) {
  WrittenVariable variable;
  variable.begin = begin;
  const std::size_t inside = begin + 2;
  std::size_t key_end = std::string_view::npos;
  std::size_t at = inside;
  for (; at < text.size(); ++at) {
    if (text[at] == '}' || text.substr(at, 2) == "${") break;
    if (text[at] != ',' || key_end != std::string_view::npos) continue;
    key_end = at;
    if (const auto brace = brace_behind_default(text, at)) {
      at = *brace;
      break;
    }
  }
  variable.closed = at < text.size() && text[at] == '}';
  variable.end = variable.closed ? at + 1 : at;
  variable.key = text.substr(inside, std::min(key_end, at) - inside);
  if (key_end != std::string_view::npos)
    variable.default_text = text.substr(key_end + 1, at - key_end - 1);
  return variable;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = skip_spaces(text, 0);
  if (begin == text.size()) return {};
  return text.substr(begin, text.find_last_not_of(kSpaces) + 1 - begin);
}

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_';
}

}  // namespace

std::vector<WrittenVariable> written_variables(std::string_view text) {
  std::vector<WrittenVariable> variables;
  for (std::size_t at = text.find("${"); at != std::string_view::npos;
       at = text.find("${", variables.back().end)) {
    variables.push_back(read_one(text, at));
  }
  return variables;
}

bool is_policy_variable(const RuleContext& context, const WrittenVariable& variable) {
  if (context.profile() == Profile::kAccessAnalyzer) return true;
  const std::string_view key = trimmed(variable.key);
  if (key == "*" || key == "?" || key == "$") return true;
  const std::size_t colon = key.find(':');
  if (colon == std::string_view::npos || colon + 1 == key.size()) return false;
  const std::string_view prefix = trimmed(key.substr(0, colon));
  if (prefix.empty() || !std::ranges::all_of(prefix, is_host_character)) return false;
  // `${AWS::Region}` is CloudFormation's, `${ssm:/path}` the Serverless Framework's.
  if (key[colon + 1] == ':' || key[colon + 1] == '/') return false;
  return prefix.find('.') != std::string_view::npos || context.catalogue().knows_key_prefix(prefix);
}

bool has_policy_variable(const RuleContext& context, std::string_view text) {
  return std::ranges::any_of(written_variables(text), [&](const WrittenVariable& variable) {
    return variable.closed && is_policy_variable(context, variable);
  });
}

bool is_left_open(const RuleContext& context, std::string_view text) {
  if (context.profile() == Profile::kAccessAnalyzer) return has_policy_variable(context, text);
  return has_placeholder(text);
}

std::string without_policy_variables(const RuleContext& context, std::string_view text) {
  std::string rest;
  std::size_t at = 0;
  for (const WrittenVariable& variable : written_variables(text)) {
    if (!variable.closed || !is_policy_variable(context, variable)) continue;
    rest += text.substr(at, variable.begin - at);
    at = variable.end;
  }
  return rest += text.substr(at);
}

}  // namespace iamcheck
