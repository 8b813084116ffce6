#include "scenarios.h"

#include <utility>
#include <vector>

#include "scenario.h"

namespace iamcheck::oracle {
namespace scenario {

json Scenario::one() {
  using Make = void (Scenario::*)();
  // As often as its rules need to be decided by chance in a two-hundredth of all requests.
  static const std::vector<std::pair<Make, unsigned>> kScenarios = {
      {&Scenario::variables, 8},      {&Scenario::one_variable, 16},  {&Scenario::one_resource, 6},
      {&Scenario::one_condition, 20}, {&Scenario::one_role, 3},       {&Scenario::actions, 5},
      {&Scenario::short_arns, 8},     {&Scenario::resources, 7},      {&Scenario::conditions, 11},
      {&Scenario::principals, 14},    {&Scenario::not_principals, 8}, {&Scenario::guardrails, 10},
      {&Scenario::rcp_reach, 6},      {&Scenario::endpoints, 7},      {&Scenario::same_account, 8},
      {&Scenario::two_accounts, 4},   {&Scenario::federated, 5},      {&Scenario::own_policy, 6},
      {&Scenario::bucket_repair, 4},  {&Scenario::always_allowed, 4}, {&Scenario::refusals, 7},
      {&Scenario::public_buckets, 9}, {&Scenario::denies, 4}};
  std::size_t total = 0;
  for (const auto& [make, weight] : kScenarios) total += weight;
  std::size_t chosen = dice_.below(total);
  for (const auto& [make, weight] : kScenarios) {
    if (chosen < weight) {
      ask(kAlice, "s3:GetObject", "arn:aws:s3:::b/k");
      (this->*make)();
      break;
    }
    chosen -= weight;
  }
  if (dice_.percent(12)) request_["mode"] = "ask";
  return request_;
}

}  // namespace scenario

nlohmann::json random_scenario(Dice& dice) { return scenario::Scenario(dice).one(); }

}  // namespace iamcheck::oracle
