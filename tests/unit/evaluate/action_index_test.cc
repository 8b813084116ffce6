// The index of actions against asking every statement.
#include "evaluate/action_index.h"

#include <random>
#include <set>

#include "catch.h"
#include "evaluate/compiled_policy.h"

using namespace iamcheck;

namespace {

// Texts over few letters, so that entries meet often; some are exact, some have wildcards in every
// place, some are no action at all.
std::string random_entry(std::mt19937& dice) {
  static const std::vector<std::string> services = {"s3", "S3", "ec2", "a", "*", ""};
  static const std::string letters = "aAbB*?";
  std::string text = services[dice() % services.size()];
  if (dice() % 8 != 0) text += ':';
  for (auto left = dice() % 5; left > 0; --left) text += letters[dice() % letters.size()];
  return text;
}

std::string random_statement(std::mt19937& dice) {
  const auto list = [&] {
    std::string text = "[";
    for (auto left = 1 + dice() % 4; left > 0; --left)
      text += "\"" + random_entry(dice) + "\"" + (left > 1 ? "," : "]");
    return text;
  };
  std::string text = dice() % 9 == 0 ? R"({"Effect": "Permit")" : R"({"Effect": "Allow")";
  if (dice() % 5 != 0) text += R"(, "Action": )" + list();
  if (dice() % 5 == 0) text += R"(, "NotAction": )" + list();
  return text + R"(, "Resource": "*"})";
}

Truth asked(const CompiledStatement& statement, const Request& request) {
  Truth truth = to_truth(!statement.action.empty() || !statement.not_action.empty());
  for (const ActionSet& set : statement.action) truth = truth_and(truth, set.matches(request));
  for (const ActionSet& set : statement.not_action)
    truth = truth_and(truth, truth_not(set.matches(request)));
  return truth;
}

}  // namespace

TEST_CASE("action index: finds what asking every statement finds, in order") {
  std::mt19937 dice(20261121);
  for (int round = 0; round < 2000; ++round) {
    std::string statements;
    for (auto left = 1 + dice() % 6; left > 0; --left)
      statements += random_statement(dice) + (left > 1 ? "," : "");
    auto policy = parse_policy("p", "{\"Statement\": [" + statements + "]}");
    REQUIRE(policy);
    const auto compiled = compile_policy(
        {"p", PolicyKind::kIdentity, std::make_shared<const Policy>(*std::move(policy))});
    for (const char* action : {"s3:a", "s3:ab", "S3:Aba", "ec2:b", "ec2:aab", "a:a", "a:", "x:a"}) {
      RequestFields fields;
      fields.action = action;
      const Request request(fields);
      std::vector<std::uint32_t> visited;
      std::set<std::uint32_t> known;
      compiled->index.each(request, [&](std::uint32_t position, bool matches) {
        visited.push_back(position);
        if (matches) known.insert(position);
      });
      REQUIRE(std::is_sorted(visited.begin(), visited.end()));
      REQUIRE(std::set<std::uint32_t>(visited.begin(), visited.end()).size() == visited.size());
      for (std::uint32_t i = 0; i < compiled->statements.size(); ++i) {
        const bool seen = std::find(visited.begin(), visited.end(), i) != visited.end();
        const Truth truth = asked(compiled->statements[i], request);
        INFO(action << " at " << i << " of " << statements);
        if (known.count(i) == 1) {
          REQUIRE(truth == Truth::kTrue);
          REQUIRE(compiled->statements[i].usable);
        } else if (!seen) {
          REQUIRE((truth == Truth::kFalse && compiled->statements[i].usable));
        }
      }
    }
  }
}
