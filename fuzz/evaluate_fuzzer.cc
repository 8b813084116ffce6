// The evaluator. Input that begins with `{` is a request line of machine-formats.md, as hostile as
// it likes; of any other input the bytes choose a request that the slow twin must decide alike.

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "adapter.h"
#include "expectation.h"
#include "generator.h"

namespace {

using iamcheck::DecisionKind;
using iamcheck::oracle::core_decision;
using nlohmann::json;

// The answer of ask mode, where it is one, holds whatever the keys are: also when they are absent.
void check_request(json request) {
  const DecisionKind decision = core_decision(request);
  expect(core_decision(request) == decision, "the same question has the same answer");
  request["mode"] = "ask";
  const DecisionKind asked = core_decision(request);
  request["mode"] = "strict";
  const DecisionKind strict = core_decision(request);
  // Which denial it is may hang on an unknown key; whether it is one does not.
  expect(asked == DecisionKind::kUndecided ||
             (asked == DecisionKind::kAllowed) == (strict == DecisionKind::kAllowed),
         "an answer of ask mode holds in strict mode");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  if (text.starts_with('{')) {
    const json request = json::parse(text, nullptr, false);
    if (request.is_object()) check_request(request);
    return 0;
  }
  const json request = iamcheck::oracle::random_request(text);
  if (core_decision(request) != iamcheck::oracle::oracle_decision(request)) {
    expect(false, "the twin decides alike: " + request.dump());
  }
  check_request(request);
  return 0;
}
