#include "candidates.h"

#include <cstddef>

#include "variables.h"

namespace iamcheck::oracle {
namespace {

const std::vector<std::string> kTextsOfEveryType = {"",
                                                    "zz",
                                                    "a",
                                                    "-1e40",
                                                    "5",
                                                    "1e40",
                                                    "1970-01-01T00:00:00Z",
                                                    "0001-01-01",
                                                    "2030-01-01",
                                                    "9999-12-31",
                                                    "true",
                                                    "FALSE",
                                                    "0.0.0.1",
                                                    "10.1.1.1",
                                                    "255.255.255.254",
                                                    "::1",
                                                    "ffff::1",
                                                    "QQ==",
                                                    "Qg==",
                                                    "arn:aws:s3:::zz",
                                                    "arn:zz:zz:zz:zz:zz",
                                                    "arn:aws:iam::111122223333:user/zz"};

void append_utf8(std::string& text, char32_t c) {
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0 | (c >> 6));
    text += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    text += static_cast<char>(0xE0 | (c >> 12));
    text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (c & 0x3F));
  }
}

// A text that a pattern matches: its variables are replaced, its wildcards stand for one character.
std::string instance(const std::string& pattern, bool variables_on, bool wildcards_on,
                     const Context& context) {
  std::string text;
  for (const Token& token : expand(pattern, variables_on, wildcards_on, context).tokens) {
    append_utf8(text, token.kind == Token::Kind::kCharacter ? token.character : U'w');
  }
  return text;
}

}  // namespace

std::vector<ContextValue> candidates(const std::vector<std::string>& policy_values,
                                     bool variables_on, const Context& context) {
  std::vector<std::string> texts = kTextsOfEveryType;
  for (const std::string& value : policy_values) {
    texts.push_back(value);
    const std::string match = instance(value, variables_on, true, context);
    texts.push_back(match);
    // Where `*` and `?` are literal.
    texts.push_back(instance(value, variables_on, false, context));
    texts.push_back(match + "w");
    texts.push_back(value.substr(0, value.find('/')));  // an address of a range
  }
  std::vector<ContextValue> all;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string& text = texts[i];
    const std::string& other = texts[(i * 7 + 3) % texts.size()];
    all.push_back({ContextValue::State::kGiven, false, {text}});
    all.push_back({ContextValue::State::kGiven, true, {text}});
    all.push_back({ContextValue::State::kGiven, true, {text, other}});
  }
  return all;
}

}  // namespace iamcheck::oracle
