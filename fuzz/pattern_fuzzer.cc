// The matcher against its slow twin, and every other reader of pattern text on any bytes.
//
// Input: one letter that chooses the reading, the pattern up to the first line feed, the text.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "expectation.h"
#include "iamcheck/arn.h"
#include "iamcheck/pattern.h"
#include "naive_pattern.h"

namespace {

using iamcheck::Pattern;
using iamcheck::VariableValue;

// The name of a key decides its state, so that the fuzzer can choose.
class Keys : public iamcheck::VariableScope {
 public:
  VariableValue find_variable(const iamcheck::ContextKey& named) const override {
    const std::string_view key = named.name();
    using State = VariableValue::State;
    switch (key.empty() ? 'a' : key.front()) {
      case 'f':
        return {State::kFound, key.substr(1)};
      case 'm':
        return {State::kMultivalued, {}};
      case 'u':
        return {State::kUnknown, {}};
      default:
        return {State::kAbsent, {}};
    }
  }
};

// The twin is exponential in the number of stars.
bool is_small(std::string_view pattern, std::string_view text) {
  return pattern.size() <= 64 && text.size() <= 32 &&
         std::count(pattern.begin(), pattern.end(), '*') <= 3;
}

bool has_six_parts(std::string_view text) {
  return text.starts_with("arn:") && std::count(text.begin(), text.end(), ':') >= 5;
}

bool twin_matches(const naive::Elements& pattern, std::string_view text) {
  return naive::matches(pattern, 0, naive::characters(text), 0);
}

void compare_like(std::string_view pattern, std::string_view text, bool ignore_case) {
  const auto fast = Pattern::like(pattern, {.ignore_case = ignore_case});
  const bool answer = fast.matches(text);
  if (!is_small(pattern, text)) return;
  expect(answer == twin_matches(naive::like(pattern, ignore_case), text), "like agrees with twin");
}

void compare_arn(std::string_view pattern, std::string_view text, bool component_wise) {
  const auto fast = Pattern::resource_arn(pattern, {}, component_wise);
  const bool answer = fast.matches(text);
  if (pattern == "*") return expect(answer, "`*` matches everything");
  if (!has_six_parts(pattern)) return expect(!answer, "a short ARN matches nothing");
  expect(!answer || has_six_parts(text), "only full ARNs match");
  if (!is_small(pattern, text)) return;
  expect(answer == twin_matches(naive::resource_arn(pattern, component_wise), text),
         "resource_arn agrees with twin");
}

void check_variables(std::string_view pattern, std::string_view text) {
  const Keys keys;
  const auto fast = Pattern::like(pattern, {.variables = true});
  const auto outcome = fast.match(text, keys);
  expect(fast.has_variables() != fast.variable_keys().empty(), "keys of all variables are listed");
  if (fast.has_variables()) {
    using Outcome = Pattern::Outcome;
    // Free text in the place of every variable matches wherever a value does.
    std::string freed = fast.text();
    for (std::size_t begin = 0; (begin = freed.find("${", begin)) != std::string::npos;) {
      const std::size_t end = freed.rfind('}');
      if (end == std::string::npos || end < begin) break;
      freed.replace(begin, end - begin + 1, "*");
    }
    const bool possible = Pattern::like(freed, {}).matches(text);
    expect(possible || outcome == Outcome::kNo || outcome == Outcome::kUnresolved,
           "a value matches only where free text does");
  } else if (pattern.find("${") == std::string_view::npos) {
    expect((outcome == Pattern::Outcome::kYes) == Pattern::like(pattern, {}).matches(text),
           "without variables both Versions agree");
  }
}

void check_elements(std::string_view pattern, std::string_view text) {
  const Keys keys;
  const iamcheck::ActionPattern action(pattern);
  expect(!(action.never_matches() && action.matches(text)), "never_matches matches nothing");
  expect(!action.matches_everything() || action.matches(text), "everything matches everything");
  for (const bool variables : {false, true}) {
    for (const bool component_wise : {false, true}) {
      for (const auto rule :
           {iamcheck::ShortArnRule::kPad, iamcheck::ShortArnRule::kPadIfWildcard,
            iamcheck::ShortArnRule::kPadIfStarAtEnd, iamcheck::ShortArnRule::kInvalid}) {
        const iamcheck::ResourcePattern resource(pattern, {variables, rule, component_wise});
        const auto outcome = resource.match(text, keys);
        const bool maybe =
            outcome == Pattern::Outcome::kYes || outcome == Pattern::Outcome::kUnknown;
        expect(!maybe || !resource.invalid(), "an invalid entry matches nothing");
        expect(!maybe || resource.matches_everything() || has_six_parts(text),
               "only `*` matches what is no ARN");
      }
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(data, data + size);
  if (input.empty()) return 0;
  const std::size_t line_end = std::min(input.find('\n'), input.size());
  const std::string_view pattern = std::string_view(input).substr(1, line_end - 1);
  const std::string_view text = std::string_view(input).substr(std::min(line_end + 1, size));
  switch (input.front()) {
    case 'l':
      compare_like(pattern, text, false);
      break;
    case 'i':
      compare_like(pattern, text, true);
      break;
    case 'r':
      compare_arn(pattern, text, false);
      break;
    case 'c':
      compare_arn(pattern, text, true);
      break;
    case 'v':
      check_variables(pattern, text);
      break;
    default:
      check_elements(pattern, text);
  }
  return 0;
}
