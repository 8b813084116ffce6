// The policy parser and its printer: what is printed parses again, to the same policy and the same
// text.

#include <cstddef>
#include <cstdint>
#include <string>

#include "expectation.h"
#include "iamcheck/policy.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  iamcheck::ReadOptions options;
  options.tolerant = true;
  const auto policy = iamcheck::parse_policy("input.json", std::string(data, data + size), options);
  if (!policy) {
    expect(!policy.error().message.empty(), "an error says what is wrong");
    return 0;
  }
  for (const auto& diagnostic : policy->diagnostics) {
    expect(policy->source->span().contains(diagnostic.span), "a diagnostic lies inside the source");
  }
  const std::string printed = iamcheck::print(*policy);
  const auto again = iamcheck::parse_policy("printed.json", printed);
  expect(again.has_value(), "what is printed parses");
  expect(iamcheck::same_policy(*policy, *again), "what is printed means the same");
  expect(iamcheck::print(*again) == printed, "printing is stable");
  expect(iamcheck::detect_kind(*policy) == iamcheck::detect_kind(*again), "the kind survives");
  return 0;
}
