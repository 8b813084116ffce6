// Questions that are built to blow up.
#include <string>

#include "catch.h"
#include "hostile_policies.h"
#include "iamcheck/analysis.h"

using namespace iamcheck;

namespace {

bool may_be(Verdict verdict, bool nothing_new) {
  if (verdict == Verdict::kUnknown) return true;
  return (verdict == Verdict::kPass) == nothing_new;
}

}  // namespace

TEST_CASE("a budget that ends between two statements proves nothing") {
  const auto allow = [](const std::string& name) {
    return hostile::statement("Allow", R"("Action": "s3:)" + name + R"(", "Resource": "*")");
  };
  const std::string old = allow("Get*") + ", " + allow("Put*");
  const Policy before = *parse_policy("p.json", hostile::document(old));
  const Policy after = *parse_policy("p.json", hostile::document(old + ", " + allow("List*")));
  AnalysisOptions options;
  for (options.max_steps = 0; options.max_steps < 100; ++options.max_steps) {
    CAPTURE(options.max_steps);
    CHECK(no_new_access(before, after, PolicyKind::kIdentity, options).verdict != Verdict::kPass);
  }
}

TEST_CASE("questions built to blow up end with an answer that is true, or with none") {
  int proved = 0, refuted = 0, unknown = 0;
  for (const hostile::Question& question : hostile::questions()) {
    const Policy before = *parse_policy("before.json", question.before);
    const Policy after = *parse_policy("after.json", question.after);
    CAPTURE(question.name);
    const Verdict whole = no_new_access(before, after, PolicyKind::kIdentity).verdict;
    CHECK(may_be(whole, question.nothing_new));
    ++(whole == Verdict::kPass ? proved : whole == Verdict::kUnknown ? unknown : refuted);
    // Where the budget ends, whatever is true.
    AnalysisOptions small;
    for (const std::size_t steps : {std::size_t{0}, std::size_t{1}, std::size_t{40}}) {
      small.max_steps = steps;
      small.max_states = steps;
      const Verdict cut = no_new_access(before, after, PolicyKind::kIdentity, small).verdict;
      CHECK(may_be(cut, question.nothing_new));
      if (steps == 0) CHECK(cut == Verdict::kUnknown);
    }
  }
  CHECK(proved > 2);
  CHECK(refuted > 2);
  CHECK(unknown > 0);
}
