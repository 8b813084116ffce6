// Breaks every rule of the evaluator, one at a time, and asks whether a conformance case or a
// random request notices: iamcheck_mutants_tool [--shares] [REQUESTS [SEED [NAME]]]. Exit 1 names
// the mutants that nothing noticed. With --shares all requests are asked, and the share is printed
// of those whose answer hangs on the rule.

#include <algorithm>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "adapter.h"
#include "generator.h"

// Read by the broken copies; -1 breaks nothing.
int iamcheck_mutant = -1;

namespace iamcheck::oracle {
namespace {

struct Mutant {
  std::string_view name;
  bool has_place;
};

constexpr Mutant kMutants[] = {
#include "names.inc"
};

struct Question {
  nlohmann::json request;
  DecisionKind answer;
};

std::vector<Question> conformance_questions() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(IAMCHECK_CONFORMANCE_FOLDER)) {
    if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Question> questions;
  for (const auto& file : files) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
      if (line.empty()) continue;
      nlohmann::json request = nlohmann::json::parse(line);
      const DecisionKind answer = oracle_decision(request);
      questions.push_back({std::move(request), answer});
    }
  }
  return questions;
}

std::vector<Question> random_questions(std::uint64_t count, std::uint64_t first) {
  std::vector<Question> questions;
  questions.reserve(count);
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    nlohmann::json request = random_request(seed);
    const DecisionKind answer = oracle_decision(request);
    questions.push_back({std::move(request), answer});
  }
  return questions;
}

// How many questions get another answer; `enough` ends the count.
std::uint64_t noticed(const std::vector<Question>& questions, std::uint64_t enough) {
  std::uint64_t count = 0;
  for (const Question& question : questions) {
    if (count == enough) break;
    try {
      count += core_decision(question.request) != question.answer ? 1U : 0U;
    } catch (const std::exception&) {
      ++count;  // a mutant may do what the evaluator never does
    }
  }
  return count;
}

struct Arguments {
  bool shares = false;
  std::uint64_t requests = 4000;
  std::uint64_t seed = 1;
  std::string name;
};

Arguments read_arguments(int argc, char** argv) {
  Arguments result;
  std::vector<std::string> given(argv + 1, argv + argc);
  if (!given.empty() && given.front() == "--shares") {
    result.shares = true;
    given.erase(given.begin());
  }
  if (!given.empty()) result.requests = std::stoull(given[0]);
  if (given.size() > 1) result.seed = std::stoull(given[1]);
  if (given.size() > 2) result.name = given[2];
  return result;
}

int run(const Arguments& arguments) {
  const std::vector<Question> cases = conformance_questions();
  const std::vector<Question> requests = random_questions(arguments.requests, arguments.seed);
  if (noticed(cases, 1) + noticed(requests, 1) != 0) {
    std::cerr << "the unbroken evaluator already answers wrong: see the tests of tests/oracle\n";
    return 1;
  }
  int survivors = 0;
  for (const Mutant& mutant : kMutants) {
    if (!arguments.name.empty() && mutant.name != arguments.name) continue;
    iamcheck_mutant = static_cast<int>(&mutant - kMutants);
    const std::uint64_t enough = arguments.shares ? ~std::uint64_t{0} : 1;
    const std::uint64_t by_case = noticed(cases, enough);
    const std::uint64_t by_chance =
        by_case != 0 && !arguments.shares ? 0 : noticed(requests, enough);
    if (arguments.shares) {
      std::cout << std::setw(6) << by_case << std::fixed << std::setprecision(3) << std::setw(9)
                << 100.0 * static_cast<double>(by_chance) / static_cast<double>(arguments.requests)
                << " %  " << mutant.name << "\n";
    }
    if (!mutant.has_place) std::cerr << mutant.name << ": its place in the source is gone\n";
    if (mutant.has_place && by_case + by_chance == 0)
      std::cerr << mutant.name << ": nothing notices\n";
    if (!mutant.has_place || by_case + by_chance == 0) ++survivors;
  }
  std::cout << std::size(kMutants) << " mutants, " << survivors << " survivors, " << cases.size()
            << " cases, " << requests.size() << " random requests\n";
  return survivors == 0 ? 0 : 1;
}

}  // namespace
}  // namespace iamcheck::oracle

int main(int argc, char** argv) {
  try {
    return iamcheck::oracle::run(iamcheck::oracle::read_arguments(argc, argv));
  } catch (const std::exception& error) {
    std::cerr << "iamcheck_mutants_tool: " << error.what() << "\n";
    return 1;
  }
}
