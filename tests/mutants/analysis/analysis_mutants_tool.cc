// Breaks every rule of the analysis engine, one at a time, and asks whether a question notices:
// iamcheck_analysis_mutants_tool [ROUNDS [NAME]]. The questions are those of tests/unit/analysis,
// where every request of a small world holds the unbroken engine to its answers; here another
// answer than its own is enough. Exit 1 names the mutants that nothing noticed.

#include <algorithm>
#include <cstddef>
#include <exception>
#include <functional>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "attack_world.h"
#include "iamcheck/analysis.h"
#include "small_questions.h"

// Read by the broken copies; -1 breaks nothing.
int iamcheck_mutant = -1;

namespace {

using namespace iamcheck;
using small_world::small_questions;

struct Mutant {
  std::string_view name;
  bool has_place;
};

constexpr Mutant kMutants[] = {
#include "names.inc"
};

struct Question {
  std::function<std::string()> ask;
  std::string answer;
};

bool notices(const Question& question) {
  try {
    return question.ask() != question.answer;
  } catch (const std::exception&) {
    return true;
  }
}

int run(int rounds, std::string_view name) {
  std::vector<Question> questions;
  for (std::function<std::string()>& ask : small_questions(rounds))
    questions.push_back({std::move(ask), {}});
  for (Question& question : questions) question.answer = question.ask();
  int survivors = 0;
  for (const Mutant& mutant : kMutants) {
    if (!name.empty() && mutant.name != name) continue;
    iamcheck_mutant = static_cast<int>(&mutant - kMutants);
    const auto first = std::find_if(questions.begin(), questions.end(), notices);
    if (!mutant.has_place) std::cerr << mutant.name << ": its place in the source is gone\n";
    if (mutant.has_place && first == questions.end())
      std::cerr << mutant.name << ": nothing notices\n";
    if (!mutant.has_place || first == questions.end()) {
      ++survivors;
    } else {
      // What noticed one rule likely notices the next: it is asked first.
      std::rotate(questions.begin(), first, first + 1);
    }
  }
  std::cout << std::size(kMutants) << " mutants, " << survivors << " survivors, "
            << questions.size() << " questions\n";
  return survivors == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc > 1 ? std::stoi(argv[1]) : 500, argc > 2 ? argv[2] : "");
  } catch (const std::exception& error) {
    std::cerr << "iamcheck_analysis_mutants_tool: " << error.what() << "\n";
    return 1;
  }
}
