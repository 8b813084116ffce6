// Many requests at a time: what a batch gives, whatever the number of threads.
#include "asked.h"

using namespace iamcheck;
using namespace iamcheck::test;

namespace {

const std::string kAllowReads =
    R"({"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/1*"})";
const std::string kDenyThirds =
    R"({"Effect": "Deny", "Action": "*", "Resource": "arn:aws:s3:::b/*3"})";

PolicySet reads() { return Asked(kAlice, "").identity(kAllowReads).identity(kDenyThirds).policies; }

// Objects b/0, b/1 and so on: allowed, denied and not allowed in a pattern of no period.
std::vector<Request> objects(std::size_t count) {
  std::vector<Request> requests;
  for (std::size_t i = 0; i < count; ++i)
    requests.emplace_back(
        Asked(kAlice, "s3:GetObject", "arn:aws:s3:::b/" + std::to_string(i)).fields);
  return requests;
}

}  // namespace

TEST_CASE("a batch answers in the order of its requests, whatever the number of threads") {
  const PolicySet set = reads();
  for (const std::size_t size : {1UL, 63UL, 64UL, 65UL, 1000UL}) {
    const std::vector<Request> requests = objects(size);
    for (const unsigned threads : {0U, 1U, 2U, 7U, 100U}) {
      INFO(size << " requests, " << threads << " threads");
      const std::vector<Decision> answers = evaluate_many(set, requests, {}, threads);
      REQUIRE(answers.size() == size);
      std::size_t different = 0;
      for (std::size_t i = 0; i < size; ++i) {
        const Decision alone = evaluate(set, requests[i]);
        different += answers[i].kind != alone.kind || answers[i].decided_by != alone.decided_by;
      }
      CHECK(different == 0);
    }
  }
}

TEST_CASE("a batch hands its options to every decision") {
  const PolicySet set = reads();
  const std::vector<Request> requests = objects(200);
  for (const Decision& answer : evaluate_many(set, requests, {.trace = true}, 2))
    CHECK(answer.trace.size() == 2);
  for (const Decision& answer : evaluate_many(set, requests)) CHECK(answer.trace.empty());
}

TEST_CASE("a batch of nothing is nothing") {
  CHECK(evaluate_many(reads(), {}).empty());
  CHECK(evaluate_many(PolicySet(), objects(1)).at(0).kind == DecisionKind::kImplicitlyDenied);
}
