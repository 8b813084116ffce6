#include "match/pattern_compiler.h"

#include <algorithm>
#include <string>
#include <utility>

#include "match/character.h"
#include "match/variable.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

bool has_ascii_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'; });
}

}  // namespace

PatternCompiler::PatternCompiler(std::string_view text, Pattern::Options options)
    : variables_(options.variables) {
  pattern_.text_ = text;
}

void PatternCompiler::add(std::string_view piece, Wildcards wildcards, bool ignore_case) {
  const VariableReader reader(piece, variables_);
  const bool free = wildcards == Wildcards::kFree;
  std::size_t begin = 0;  // of the literal text not yet added
  std::size_t i = 0;
  const auto flush = [&] { add_literal(piece.substr(begin, i - begin), ignore_case); };
  while (i < piece.size()) {
    const char c = piece[i];
    if (c == '$') {
      if (const auto variable = reader.read(i)) {
        flush();
        add_variable(*variable, ignore_case);
        i = begin = variable->end;
        continue;
      }
    } else if ((c == '*' || c == '?') && wildcards != Wildcards::kLiteral) {
      flush();
      const bool crosses =
          free || (wildcards == Wildcards::kCrossAtTheEnd && c == '*' && i + 1 == piece.size());
      if (c == '*') {
        add_star(crosses ? Token::Kind::kStar : Token::Kind::kFieldStar);
      } else {
        add_one(crosses ? Token::Kind::kAnyOne : Token::Kind::kFieldOne);
      }
      begin = ++i;
      continue;
    }
    ++i;
  }
  flush();
}

void PatternCompiler::add_literal(std::string_view literal, bool ignore_case) {
  if (literal.empty()) return;
  auto& tokens = pattern_.tokens_;
  if (tokens.empty() || tokens.back().kind != Token::Kind::kLiteral ||
      tokens.back().ignore_case != ignore_case) {
    Token token;
    token.kind = Token::Kind::kLiteral;
    token.ignore_case = ignore_case;
    token.begin = static_cast<std::uint32_t>(pattern_.literal_.size());
    tokens.push_back(token);
  }
  tokens.back().size += static_cast<std::uint32_t>(literal.size());
  // An ARN's letters may meet the resource part of the subject, where their case counts.
  const bool lower = ignore_case && !pattern_.is_arn_;
  const std::size_t begin = pattern_.literal_.size();
  pattern_.literal_ += literal;
  if (!lower) return;
  for (std::size_t i = begin; i < pattern_.literal_.size(); ++i)
    pattern_.literal_[i] = ascii_lower(pattern_.literal_[i]);
}

void PatternCompiler::add_variable(const VariableText& variable, bool ignore_case) {
  if (variable.escaped != 0) {
    add_literal(std::string_view(&variable.escaped, 1), ignore_case);
    return;
  }
  Token token;
  token.kind = Token::Kind::kVariable;
  token.ignore_case = ignore_case;
  token.variable = static_cast<std::uint32_t>(pattern_.variables_.size());
  pattern_.tokens_.push_back(token);
  Pattern::Variable& added = pattern_.variables_.emplace_back();
  added.key = ContextKey(variable.key);
  if (variable.default_text) added.default_text.emplace(*variable.default_text);
}

void PatternCompiler::add_star(Token::Kind kind) {
  auto& tokens = pattern_.tokens_;
  if (!tokens.empty()) {
    // Of two neighbouring stars the freer one says it all.
    if (tokens.back().kind == Token::Kind::kStar) return;
    if (tokens.back().kind == Token::Kind::kFieldStar) {
      tokens.back().kind = kind;
      return;
    }
  }
  Token token;
  token.kind = kind;
  tokens.push_back(token);
}

void PatternCompiler::add_one(Token::Kind kind) {
  auto& tokens = pattern_.tokens_;
  if (tokens.empty() || tokens.back().kind != kind) {
    Token token;
    token.kind = kind;
    tokens.push_back(token);
  }
  ++tokens.back().size;
}

void PatternCompiler::add_arn(std::span<const std::string_view> parts, Wildcards fields,
                              Wildcards last) {
  pattern_.is_arn_ = true;
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    const bool ignore_case = kFirstPartsIgnoreCase && i > 0;
    add(parts[i], fields, ignore_case);
    add_literal(":", ignore_case);
  }
  add(parts.back(), last, false);
}

Pattern PatternCompiler::finish() {
  for (Token& token : pattern_.tokens_) {
    if (token.kind == Token::Kind::kFieldStar) pattern_.has_field_stars_ = true;
  }
  classify();
  // Text without letters has no case; saying so opens the faster search.
  for (Token& token : pattern_.tokens_) {
    if (token.kind == Token::Kind::kLiteral && token.ignore_case) {
      const auto literal = std::string_view(pattern_.literal_).substr(token.begin, token.size);
      token.ignore_case = has_ascii_letter(literal);
    }
  }
  return std::move(pattern_);
}

void PatternCompiler::classify() {
  using Shape = Pattern::Shape;
  const auto& tokens = pattern_.tokens_;
  const auto is_star = [](const Token& token) { return token.kind == Token::Kind::kStar; };
  const auto is_literal = [](const Token& token) { return token.kind == Token::Kind::kLiteral; };
  const auto begin = tokens.begin();
  const auto end = tokens.end();
  if (std::all_of(begin, end, is_literal)) {
    pattern_.shape_ = Shape::kExact;
  } else if (tokens.size() == 1 && is_star(tokens[0])) {
    pattern_.shape_ = Shape::kAny;
  } else if (is_star(tokens.back()) && std::all_of(begin, end - 1, is_literal)) {
    pattern_.shape_ = Shape::kPrefix;
  } else if (is_star(tokens[0]) && std::all_of(begin + 1, end, is_literal)) {
    pattern_.shape_ = Shape::kSuffix;
  } else {
    pattern_.shape_ = Shape::kGeneral;
  }
  // Literals that ignore case lie next to each other: the whole text, or the middle of an ARN.
  bool first = true;
  for (const Token& token : tokens) {
    if (!is_literal(token) || !token.ignore_case) continue;
    if (std::exchange(first, false)) pattern_.fold_begin_ = token.begin;
    pattern_.fold_end_ = token.begin + token.size;
  }
}

}  // namespace iamcheck
