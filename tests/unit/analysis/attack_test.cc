// Random pairs of small policies: what is proved is attacked with every request of a small world,
// and every witness is an answer of the evaluator already.
#include <memory>
#include <string>
#include <utility>

#include "attack_world.h"
#include "catch.h"

using namespace iamcheck;
using namespace iamcheck::small_world;

namespace {

struct Tally {
  int passed = 0, confirmed = 0, possible = 0, unknown = 0, attacked = 0;
};

Tally attack(unsigned seed, int rounds, bool variables) {
  World world(seed);
  Tally tally;
  for (int round = 0; round < rounds; ++round) {
    world.choose_keys();
    const std::string before = world.statements(variables), after = world.statements(variables);
    const bool component_wise = world.one_in(2);
    INFO(before << "\n" << after << "\ncomponent-wise: " << component_wise);
    AnalysisOptions options;
    options.arn_matching = component_wise ? ArnMatching::kComponentWise : ArnMatching::kDocumented;
    const Policy old_policy = policy(before), new_policy = policy(after);
    const AccessAnswer answer =
        no_new_access(old_policy, new_policy, PolicyKind::kIdentity, options);
    switch (answer.verdict) {
      case Verdict::kFailConfirmed:
        ++tally.confirmed;
        continue;
      case Verdict::kFailPossible:
        ++tally.possible;
        continue;
      case Verdict::kUnknown:
        ++tally.unknown;
        continue;
      case Verdict::kPass:
        ++tally.passed;
    }
    PolicySet old_set, new_set;
    for (auto [set, document] : {std::pair(&old_set, &old_policy), {&new_set, &new_policy}}) {
      AttachedPolicy attached{"p", PolicyKind::kIdentity,
                              std::make_shared<const Policy>(*document)};
      attached.component_wise = component_wise;
      set->add(attached);
    }
    world.each_request([&](const RequestFields& fields) {
      ++tally.attacked;
      const Request request(fields);
      const bool broken = grants(new_set, request) && !grants(old_set, request);
      INFO(fields.action << " on " << fields.resource);
      CHECK_FALSE(broken);
      return !broken;
    });
  }
  return tally;
}

}  // namespace

TEST_CASE("no request of a small world gets past a proof") {
  const Tally tally = attack(1, rounds(1500), false);
  CHECK(tally.passed > 300);
  CHECK(tally.confirmed > 300);
  CHECK(tally.possible == 0);
  CHECK(tally.unknown == 0);
  CHECK(tally.attacked > 10000);
}

TEST_CASE("nor one with policy variables") {
  const Tally tally = attack(2, rounds(500), true);
  CHECK(tally.passed > 50);
  CHECK(tally.unknown == 0);
}
