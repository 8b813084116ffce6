// Prints how often the generator gives each decision, and each outcome of each operator.
// iamcheck_oracle_histogram [COUNT [SEED]]

#include <array>
#include <cstdint>
#include <iomanip>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "caller.h"
#include "characters.h"
#include "condition.h"
#include "context.h"
#include "evaluate.h"
#include "generator.h"

namespace iamcheck::oracle {
namespace {

using nlohmann::json;

struct Histogram {
  std::map<std::string, int> decisions;
  std::map<std::string, std::array<int, 3>> operators;  // no, unknown, yes
};

void count_conditions(const json& value, bool variables_on, const Context& context,
                      Histogram& histogram) {
  if (!value.is_structured()) return;
  if (value.is_object() && value.contains("Statement")) {
    variables_on = value.value("Version", "") == "2012-10-17";
  }
  for (const auto& [name, child] : value.items()) {
    if (name != "Condition" || !child.is_object()) {
      count_conditions(child, variables_on, context, histogram);
      continue;
    }
    for (const auto& [op, entries] : child.items()) {
      for (const auto& [key, values] : entries.items()) {
        std::set<std::string> unknown;
        const json block = {{op, {{key, values}}}};
        const Answer outcome = match_condition(block, variables_on, context, unknown);
        ++histogram.operators[ascii_lower(op)][static_cast<std::size_t>(outcome)];
      }
    }
  }
}

int run(std::uint64_t count, std::uint64_t first) {
  Histogram histogram;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const json request = random_request(seed);
    const std::string mode = request.value("mode", "strict");
    ++histogram.decisions[mode + " " + std::string(to_string(evaluate(request).kind))];
    count_conditions(request, false, Context(request, read_caller(request)), histogram);
  }
  for (const auto& [name, times] : histogram.decisions) {
    std::cout << std::setw(10) << times << "  " << name << "\n";
  }
  std::cout << "        no   unknown       yes\n";
  for (const auto& [name, outcomes] : histogram.operators) {
    for (const int times : outcomes) std::cout << std::setw(10) << times;
    std::cout << "  " << name << "\n";
  }
  return 0;
}

}  // namespace
}  // namespace iamcheck::oracle

int main(int argc, char** argv) {
  const std::uint64_t count = argc > 1 ? std::stoull(argv[1]) : 20000;
  const std::uint64_t first = argc > 2 ? std::stoull(argv[2]) : 1;
  return iamcheck::oracle::run(count, first);
}
