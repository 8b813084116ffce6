#include "iamcheck/pattern.h"

#include <array>
#include <cassert>
#include <vector>

#include "iamcheck/arn.h"
#include "match/character.h"
#include "match/pattern_compiler.h"
#include "match/pattern_matcher.h"
#include "match/variable.h"
#include "text/ascii.h"

namespace iamcheck {

using Wildcards = PatternCompiler::Wildcards;

Pattern Pattern::like(std::string_view text, Options options) {
  PatternCompiler compiler(text, options);
  compiler.add(text, Wildcards::kFree, options.ignore_case);
  return compiler.finish();
}

Pattern Pattern::exact(std::string_view text, Options options) {
  PatternCompiler compiler(text, options);
  compiler.add(text, Wildcards::kLiteral, options.ignore_case);
  return compiler.finish();
}

Pattern Pattern::resource_arn(std::string_view text, Options options, bool component_wise) {
  if (text == "*") return like(text, {});
  const std::vector<std::string_view> parts = split_arn(text, options.variables);
  Pattern impossible = never();
  impossible.text_ = text;
  if (parts.size() != 6 || parts.front() != "arn") return impossible;
  if (options.variables && has_early_variable(parts)) return impossible;
  PatternCompiler compiler(text, options);
  compiler.add_arn(parts, component_wise ? Wildcards::kInsideField : Wildcards::kCrossAtTheEnd,
                   Wildcards::kFree);
  return compiler.finish();
}

Pattern Pattern::never() {
  Pattern pattern;
  pattern.shape_ = Shape::kNever;
  return pattern;
}

std::vector<std::string> Pattern::variable_keys() const {
  std::vector<std::string> keys;
  keys.reserve(variables_.size());
  for (const Variable& variable : variables_) keys.push_back(variable.key.name());
  return keys;
}

bool Pattern::matches(std::string_view subject) const {
  assert(!has_variables());
  switch (shape_) {
    case Shape::kAny:
      return true;
    case Shape::kNever:
      return false;
    case Shape::kExact:
      return subject.size() == literal_.size() && head_equals(subject);
    case Shape::kPrefix:
      return subject.size() >= literal_.size() && head_equals(subject) &&
             is_character_start(subject, literal_.size());
    case Shape::kSuffix: {
      if (subject.size() < literal_.size()) return false;
      const std::size_t start = subject.size() - literal_.size();
      return head_equals(subject.substr(start)) && is_character_start(subject, start);
    }
    case Shape::kGeneral:
      break;
  }
  if (has_variables()) return false;
  return PatternMatcher(*this, {}, subject).matches();
}

// Whether `subject`, which is long enough, begins with the literal.
bool Pattern::head_equals(std::string_view subject) const {
  const std::string_view head = subject.substr(0, literal_.size());
  if (head == literal_) return true;
  if (fold_begin_ == fold_end_) return false;
  const std::string_view literal = literal_;
  const std::size_t fold_size = fold_end_ - fold_begin_;
  return head.substr(0, fold_begin_) == literal.substr(0, fold_begin_) &&
         head.substr(fold_end_) == literal.substr(fold_end_) &&
         equals_ignoring_case(head.substr(fold_begin_, fold_size),
                              literal.substr(fold_begin_, fold_size));
}

Pattern::Outcome Pattern::match(std::string_view subject, const VariableScope& scope) const {
  if (!has_variables()) return matches(subject) ? Outcome::kYes : Outcome::kNo;
  using State = VariableValue::State;
  // On the stack for as many variables as people write: a decision allocates nothing.
  std::array<PatternMatcher::Value, 8> few;
  std::vector<PatternMatcher::Value> many(variables_.size() > few.size() ? variables_.size() : 0);
  PatternMatcher::Value* const values = many.empty() ? few.data() : many.data();
  bool unknown = false;
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    const Variable& variable = variables_[i];
    const VariableValue found = scope.find_variable(variable.key);
    const bool absent =
        found.state == State::kAbsent ||
        (kEmptyValueIsNoValue && found.state == State::kFound && found.text.empty());
    if (found.state == State::kMultivalued || (absent && !variable.default_text)) {
      return Outcome::kUnresolved;
    }
    const bool any = found.state == State::kUnknown;
    unknown = unknown || any;
    values[i] = {absent ? std::string_view(*variable.default_text) : found.text, any};
  }
  if (!PatternMatcher(*this, {values, variables_.size()}, subject).matches()) return Outcome::kNo;
  return unknown ? Outcome::kUnknown : Outcome::kYes;
}

}  // namespace iamcheck
