// Expressions. Source: HCL Native Syntax Specification, "Expressions".
#include "document/hcl_parser.h"

#include <algorithm>
#include <array>
#include <utility>

namespace iamcheck {
namespace {

struct Operator {
  std::string_view text;
  int level;  // binds the tighter, the higher
};

// Longer ones first: `<=` is no `<`. Source: HCL Native Syntax Specification, "Operations".
constexpr std::array<Operator, 13> kOperators = {{{"||", 1},
                                                  {"&&", 2},
                                                  {"==", 3},
                                                  {"!=", 3},
                                                  {">=", 4},
                                                  {"<=", 4},
                                                  {">", 4},
                                                  {"<", 4},
                                                  {"+", 5},
                                                  {"-", 5},
                                                  {"*", 6},
                                                  {"/", 6},
                                                  {"%", 6}}};
constexpr int kLoosest = 1;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

HclParser::Level::Level(HclParser& parser) : parser_(parser) {
  const std::size_t most = parser_.scan_.limits().max_depth;
  if (parser_.depth_ >= most)
    parser_.scan_.fail_limit(parser_.scan_.span(parser_.scan_.at(), parser_.scan_.at()),
                             "the file is nested deeper than " + std::to_string(most) + " levels");
  ++parser_.depth_;
}

HclExpression HclParser::start(Kind kind, std::size_t begin) {
  scan_.count();
  HclExpression expression;
  expression.kind = kind;
  expression.span = scan_.span_from(begin);
  return expression;
}

void HclParser::expect(std::string_view word, std::string_view wanted, std::string_view help) {
  if (!scan_.take(word)) scan_.fail_here(wanted, std::string(help));
}

HclExpression HclParser::expression() {
  const Level level(*this);
  const std::size_t begin = scan_.at();
  HclExpression condition = binary(kLoosest);
  const std::size_t end = scan_.at();
  skip();
  if (scan_.peek() != '?') {
    // The space behind is no part of it, and a line end has to be seen again.
    scan_.go_to(end);
    return condition;
  }
  scan_.advance();
  HclExpression choice = start(Kind::kConditional, begin);
  choice.parts.push_back(std::move(condition));
  skip_lines();
  choice.parts.push_back(expression());
  skip_lines();
  expect(":", "`:` and the other value were expected", "write `condition ? value : other`");
  skip_lines();
  choice.parts.push_back(expression());
  finish(choice);
  return choice;
}

// A long chain is as deep as it is long.
HclExpression HclParser::binary(int least) {
  const std::size_t begin = scan_.at();
  const std::size_t depth = depth_;
  HclExpression left = unary();
  while (true) {
    const std::size_t end = scan_.at();
    skip();
    const auto* found =
        std::ranges::find_if(kOperators, [&](const Operator& one) { return scan_.sees(one.text); });
    if (found == kOperators.end() || found->level < least) {
      scan_.go_to(end);
      depth_ = depth;
      return left;
    }
    {
      const Level level(*this);
    }
    ++depth_;
    scan_.advance(found->text.size());
    skip_lines();
    HclExpression operation = start(Kind::kBinary, begin);
    operation.text = std::string(found->text);
    operation.parts.push_back(std::move(left));
    operation.parts.push_back(binary(found->level + 1));
    finish(operation);
    left = std::move(operation);
  }
}

HclExpression HclParser::unary() {
  if (scan_.peek() != '!' && scan_.peek() != '-') return postfix();
  const Level level(*this);
  HclExpression operation = start(Kind::kUnary, scan_.at());
  operation.text = std::string(1, scan_.peek());
  scan_.advance();
  skip();
  operation.parts.push_back(unary());
  finish(operation);
  return operation;
}

HclExpression HclParser::postfix() {
  const std::size_t begin = scan_.at();
  HclExpression first = primary();
  if (!at_step()) return first;
  HclExpression traversal = start(Kind::kTraversal, begin);
  traversal.parts.push_back(std::move(first));
  while (at_step()) traversal.parts.push_back(step());
  finish(traversal);
  return traversal;
}

// Whether a step follows, to which it goes then.
bool HclParser::at_step() {
  const std::size_t end = scan_.at();
  skip();
  if (scan_.peek() == '[' || (scan_.peek() == '.' && scan_.peek(1) != '.')) return true;
  scan_.go_to(end);
  return false;
}

HclExpression HclParser::step() {
  const std::size_t begin = scan_.at();
  if (scan_.take(".")) {
    HclExpression one = start(Kind::kAttribute, begin);
    skip();
    if (scan_.take("*")) {
      one.kind = Kind::kSplat;
    } else if (is_digit(scan_.peek())) {
      // `list.0.name`, as old configurations have it.
      const std::size_t digits = scan_.at();
      while (is_digit(scan_.peek())) scan_.advance();
      HclExpression key = start(Kind::kNumber, digits);
      key.text = std::string(scan_.between(digits, scan_.at()));
      one.kind = Kind::kIndex;
      one.parts.push_back(std::move(key));
    } else {
      one.text = std::string(scan_.take_identifier());
      if (one.text.empty()) scan_.fail_here("the name of an attribute was expected", "name it");
    }
    finish(one);
    return one;
  }
  const Newlines inside(*this, true);
  HclExpression one = start(Kind::kIndex, begin);
  scan_.advance();
  skip();
  if (scan_.take("*")) {
    one.kind = Kind::kSplat;
  } else {
    one.parts.push_back(expression());
  }
  skip();
  expect("]", "`]` was expected", "close the bracket");
  finish(one);
  return one;
}

HclExpression HclParser::primary() {
  const char c = scan_.peek();
  if (c == '"') return quoted();
  if (c == '[') return list();
  if (c == '{') return object();
  if (is_digit(c)) return number();
  if (scan_.sees("<<")) return heredoc();
  if (c == '(') {
    const Newlines inside(*this, true);
    HclExpression group = start(Kind::kParentheses, scan_.at());
    scan_.advance();
    skip();
    group.parts.push_back(expression());
    skip();
    expect(")", "`)` was expected", "close the parenthesis");
    finish(group);
    return group;
  }
  if (begins_hcl_identifier(c) && !scan_.at_end()) return name_or_call();
  scan_.fail_here("a value was expected", "write a value, such as \"text\", [..] or a name");
}

HclExpression HclParser::number() {
  const std::size_t begin = scan_.at();
  const auto digits = [&] {
    while (is_digit(scan_.peek())) scan_.advance();
  };
  digits();
  if (scan_.peek() == '.' && is_digit(scan_.peek(1))) {
    scan_.advance();
    digits();
  }
  const bool sign = scan_.peek(1) == '+' || scan_.peek(1) == '-';
  if ((scan_.peek() == 'e' || scan_.peek() == 'E') && is_digit(scan_.peek(sign ? 2 : 1))) {
    scan_.advance(sign ? 2 : 1);
    digits();
  }
  HclExpression value = start(Kind::kNumber, begin);
  value.text = std::string(scan_.between(begin, scan_.at()));
  return value;
}

HclExpression HclParser::name_or_call() {
  const std::size_t begin = scan_.at();
  scan_.take_identifier();
  // Functions of providers: `provider::aws::arn_parse(...)`.
  while (scan_.sees("::")) {
    scan_.advance(2);
    if (scan_.take_identifier().empty()) scan_.fail_here("a name was expected", "name a function");
  }
  const std::string_view name = scan_.between(begin, scan_.at());
  const std::size_t end = scan_.at();
  skip();
  if (scan_.peek() == '(') return call(name, begin);
  scan_.go_to(end);
  Kind kind = Kind::kName;
  if (name == "null") kind = Kind::kNull;
  if (name == "true" || name == "false") kind = Kind::kBool;
  HclExpression value = start(kind, begin);
  value.text = std::string(name);
  return value;
}

HclExpression HclParser::call(std::string_view name, std::size_t begin) {
  const Newlines inside(*this, true);
  HclExpression value = start(Kind::kCall, begin);
  value.text = std::string(name);
  scan_.advance();
  for (skip(); scan_.peek() != ')'; skip()) {
    value.parts.push_back(expression());
    skip();
    if (scan_.take("...")) {
      value.expands = true;
      skip();
      break;
    }
    if (!scan_.take(",")) break;
  }
  expect(")", "`,` or `)` was expected", "close the call");
  finish(value);
  return value;
}

HclExpression HclParser::list() {
  const Newlines inside(*this, true);
  const std::size_t begin = scan_.at();
  scan_.advance();
  skip();
  if (sees_word("for")) return for_expression(begin, false);
  HclExpression value = start(Kind::kList, begin);
  for (; scan_.peek() != ']'; skip()) {
    value.parts.push_back(expression());
    skip();
    if (!scan_.take(",")) break;
  }
  expect("]", "`,` or `]` was expected", "put a comma between the items, or close the list");
  finish(value);
  return value;
}

HclExpression HclParser::object() {
  const Newlines inside(*this, false);
  const std::size_t begin = scan_.at();
  scan_.advance();
  skip_lines();
  if (sees_word("for")) {
    // `for = 1` is a member with that name.
    const std::size_t word = scan_.at();
    scan_.take_identifier();
    skip();
    const bool member = scan_.peek() == '=' || scan_.peek() == ':';
    scan_.go_to(word);
    if (!member) {
      const Newlines spaces(*this, true);
      return for_expression(begin, true);
    }
  }
  HclExpression value = start(Kind::kObject, begin);
  while (scan_.peek() != '}' || scan_.at_end()) {
    value.parts.push_back(object_key());
    skip();
    if (!scan_.take("=") && !scan_.take(":"))
      scan_.fail_here("`=` was expected behind a key", "write `key = value`");
    skip_lines();
    value.parts.push_back(expression());
    skip();
    const bool ended = scan_.take(",") || scan_.at_line_end() || scan_.peek() == '\r';
    skip_lines();
    if (!ended && scan_.peek() != '}')
      scan_.fail_here("`,`, `}` or the end of the line was expected",
                      "put each member in a line of its own, or a comma between them");
  }
  scan_.advance();
  finish(value);
  return value;
}

// A bare name is its own text; anything else is an expression.
HclExpression HclParser::object_key() {
  const std::size_t begin = scan_.at();
  const std::string_view name = scan_.take_identifier();
  const std::size_t end = scan_.at();
  skip();
  if (!name.empty() && (scan_.peek() == ':' || (scan_.peek() == '=' && scan_.peek(1) != '='))) {
    scan_.go_to(end);
    HclExpression key = start(Kind::kText, begin);
    key.text = std::string(name);
    return key;
  }
  scan_.go_to(begin);
  return expression();
}

// Behind the bracket, at the word `for`.
HclExpression HclParser::for_expression(std::size_t begin, bool object) {
  HclExpression loop = start(object ? Kind::kForObject : Kind::kForList, begin);
  for_head(loop);
  expect(":", "`:` was expected", "write `for name in collection : value`");
  skip();
  loop.parts.push_back(object ? expression() : start(Kind::kNull, scan_.at()));
  if (object) {
    skip();
    expect("=>", "`=>` was expected", "write `for key, value in collection : name => value`");
    skip();
  }
  loop.parts.push_back(expression());
  skip();
  if (scan_.take("...")) {
    loop.expands = true;
    skip();
  }
  if (sees_word("if")) {
    scan_.take_identifier();
    skip();
    loop.parts.push_back(expression());
    skip();
  }
  expect(object ? "}" : "]", "the end of the `for` was expected", "close the bracket");
  finish(loop);
  return loop;
}

// `for key, value in collection`: key, value and collection become the first parts.
void HclParser::for_head(HclExpression& loop) {
  scan_.take_identifier();
  for (int i = 0; i < 2; ++i) {
    skip();
    HclExpression name = start(Kind::kName, scan_.at());
    name.text = std::string(scan_.take_identifier());
    if (name.text.empty()) scan_.fail_here("a name was expected", "write `for name in collection`");
    finish(name);
    loop.parts.push_back(std::move(name));
    skip();
    if (i == 0 && !scan_.take(",")) break;
  }
  // One name alone is that of the value.
  if (loop.parts.size() == 1)
    loop.parts.insert(loop.parts.begin(), start(Kind::kName, loop.parts[0].span.begin));
  if (!sees_word("in")) scan_.fail_here("`in` was expected", "write `for name in collection`");
  scan_.take_identifier();
  skip();
  loop.parts.push_back(expression());
  skip();
}

}  // namespace iamcheck
