// Two policies, one a line: laws that hold of all policies.
//
// - A policy grants nothing beyond itself.
// - It grants nothing beyond itself with more Allows, and nothing more with more Denies.
// - The same question has the same answer.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "expectation.h"
#include "iamcheck/analysis.h"

using namespace iamcheck;

namespace {

AnalysisOptions small_limits() {
  AnalysisOptions options;
  options.arn_matching = ArnMatching::kComponentWise;
  options.max_states = 2'000;
  options.max_steps = 20'000;
  options.max_pieces = 3;
  return options;
}

bool fails(const AccessAnswer& answer) {
  return answer.verdict == Verdict::kFailConfirmed || answer.verdict == Verdict::kFailPossible;
}

Policy joined(const Policy& a, const Policy& b, Effect effect) {
  Policy both = a;
  for (Statement statement : b.statements) {
    if (statement.effect != effect) continue;
    statement.index = both.statements.size();
    both.statements.push_back(std::move(statement));
  }
  return both;
}

void check(const Policy& a, const Policy& b, PolicyKind kind) {
  const AnalysisOptions options = small_limits();
  const AccessAnswer one = no_new_access(a, b, kind, options);
  expect(one.verdict == no_new_access(a, b, kind, options).verdict, "an answer changes");
  expect(!fails(no_new_access(a, a, kind, options)), "a policy grants more than itself");
  // Both read their variables the same way.
  if (a.has_variables() != b.has_variables()) return;
  if ((a.version && a.version->unresolved) || (b.version && b.version->unresolved)) return;
  expect(!fails(no_new_access(joined(a, b, Effect::kAllow), a, kind, options)),
         "an Allow takes something away");
  expect(!fails(no_new_access(a, joined(a, b, Effect::kDeny), kind, options)),
         "a Deny grants something");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return 0;
  const auto a = parse_policy("a.json", std::string(text.substr(0, end)));
  const auto b = parse_policy("b.json", std::string(text.substr(end + 1)));
  if (!a || !b) return 0;
  check(*a, *b, PolicyKind::kIdentity);
  check(*a, *b, PolicyKind::kResource);
  return 0;
}
