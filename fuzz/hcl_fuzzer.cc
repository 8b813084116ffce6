// Terraform files: any bytes give policies whose places lie in the text, or errors with a place in
// it.

#include <cstddef>
#include <cstdint>
#include <string>

#include "expectation.h"
#include "iamcheck/input.h"

namespace {

using iamcheck::Span;

void check_list(const std::optional<iamcheck::ListElement>& list, const Span& whole) {
  if (!list) return;
  expect(whole.contains(list->span) && whole.contains(list->name_span), "an element lies in it");
  for (const iamcheck::Text& text : list->values)
    expect(whole.contains(text.span), "a value lies in the text");
}

void check_policy(const iamcheck::Policy& policy, const Span& whole) {
  expect(whole.contains(policy.span), "a policy lies in the text");
  for (const iamcheck::Statement& statement : policy.statements) {
    expect(whole.contains(statement.span), "a statement lies in the text");
    check_list(statement.action, whole);
    check_list(statement.not_action, whole);
    check_list(statement.resource, whole);
    check_list(statement.not_resource, whole);
    for (const iamcheck::ConditionEntry& entry : statement.conditions)
      expect(whole.contains(entry.span) && whole.contains(entry.key.span),
             "a condition lies in it");
  }
  for (const iamcheck::PolicyDiagnostic& diagnostic : policy.diagnostics)
    expect(whole.contains(diagnostic.span), "a diagnostic lies in the text");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto source = iamcheck::Source::from_bytes("main.tf", std::string(data, data + size));
  iamcheck::InputOptions options;
  options.expect_policy = true;
  options.limits.max_nodes = 10'000;
  const Span whole = source->span();
  for (const iamcheck::FoundPolicy& found : iamcheck::find_policies(source, options).policies) {
    expect(found.policy.has_value() != found.error.has_value(), "one of both");
    if (found.policy) check_policy(*found.policy, whole);
    if (!found.error) continue;
    expect(!found.error->message.empty(), "an error says what is wrong");
    expect(found.error->span.end <= source->text().size(), "an error lies in the text");
  }
  return 0;
}
