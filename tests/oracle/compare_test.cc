// Random requests through the oracle and through the evaluator: they must agree.
// IAMCHECK_COMPARISONS says how many (`./dev nightly`: 10,000,000), IAMCHECK_COMPARISON_SEED where
// to begin.

#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "adapter.h"
#include "catch.h"
#include "evaluate.h"
#include "generator.h"
#include "shrink.h"

namespace iamcheck::oracle {
namespace {

// Compares `count` requests and describes the first few disagreements in their smallest form.
std::string compare(Decide decide, std::uint64_t first, std::uint64_t count) {
  constexpr int kReported = 5;
  std::string report;
  int found = 0;
  for (std::uint64_t seed = first; seed < first + count && found < kReported; ++seed) {
    const nlohmann::json request = random_request(seed);
    if (decide(request) == oracle_decision(request)) continue;
    ++found;
    const nlohmann::json small = shrink(request, [&](const nlohmann::json& candidate) {
      try {
        return decide(candidate) != oracle_decision(candidate);
      } catch (const std::runtime_error&) {
        return false;  // made so small that it is no request any more
      }
    });
    report += "seed " + std::to_string(seed) + ": oracle " +
              std::string(to_string(oracle_decision(small))) + ", evaluator " +
              std::string(to_string(decide(small))) + ": " + small.dump() + "\n";
  }
  return report;
}

// An evaluator with one mistake: it takes every NotResource for an empty one.
DecisionKind mistaken(const nlohmann::json& request) {
  nlohmann::json changed = request;
  for (auto& policy : changed["identityPolicies"]) {
    nlohmann::json& document = policy.contains("policy") ? policy["policy"] : policy;
    if (!document.contains("Statement")) continue;
    nlohmann::json& statements = document["Statement"];
    if (statements.is_object()) statements = nlohmann::json::array({statements});
    for (auto& statement : statements) {
      if (statement.contains("NotResource")) statement["NotResource"] = nlohmann::json::array();
    }
  }
  return oracle_decision(changed);
}

}  // namespace

TEST_CASE("the comparison finds a mistake and makes it small") {
  const std::string report = compare(mistaken, 1, 4000);
  CHECK(report.find("NotResource") != std::string::npos);
  CHECK(report.find("resourcePolicy") == std::string::npos);
  CHECK(report.find("Condition") == std::string::npos);
}

TEST_CASE("the generator gives the same request for the same seed") {
  CHECK(random_request(7) == random_request(7));
  CHECK(random_request(7) != random_request(8));
}

#ifdef IAMCHECK_HAS_CORE_ADAPTER
namespace {

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::stoull(text);
}

}  // namespace

TEST_CASE("the evaluator agrees with the oracle on random requests") {
  const std::uint64_t count = number_from_environment("IAMCHECK_COMPARISONS", 200000);
  const std::uint64_t first = number_from_environment("IAMCHECK_COMPARISON_SEED", 1);
  const std::string report = compare(core_decision, first, count);
  INFO(report);
  CHECK(report.empty());
}

TEST_CASE("simulate answers random requests as the oracle does") {
  const std::uint64_t count = number_from_environment("IAMCHECK_COMPARISONS", 40000) / 4;
  const std::string report = compare(simulate_decision, 900'001, count);
  INFO(report);
  CHECK(report.empty());
}
#endif

}  // namespace iamcheck::oracle
