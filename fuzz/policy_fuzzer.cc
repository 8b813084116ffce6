// The policy parser and its printer: what is printed parses again, to the same policy and the same
// text.

#include <cstddef>
#include <cstdint>
#include <string>

#include "expectation.h"
#include "iamcheck/layout.h"
#include "iamcheck/policy.h"

namespace {

// The canonical layout of what was read is the same policy, and its own layout.
void check_layout(const iamcheck::Policy& policy, const iamcheck::ReadOptions& options) {
  const auto document = iamcheck::read_json(policy.source, options);
  expect(document.has_value(), "what was a policy is a document");
  const std::string text = iamcheck::canonical_layout(*document);
  const auto again =
      iamcheck::read_json(iamcheck::Source::from_bytes("layout.json", text), options);
  expect(again.has_value(), "the layout can be read");
  expect(iamcheck::canonical_layout(*again) == text, "the layout is stable");
  const auto laid_out = iamcheck::parse_policy(*again);
  expect(laid_out && iamcheck::same_policy(policy, *laid_out), "the layout means the same");
}

}  // namespace

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
  check_layout(*policy, options);
  const std::string printed = iamcheck::print(*policy);
  const auto again = iamcheck::parse_policy("printed.json", printed);
  expect(again.has_value(), "what is printed parses");
  expect(iamcheck::same_policy(*policy, *again), "what is printed means the same");
  expect(iamcheck::print(*again) == printed, "printing is stable");
  expect(iamcheck::detect_kind(*policy) == iamcheck::detect_kind(*again), "the kind survives");
  return 0;
}
