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
#include <map>
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
      if (request.contains("units")) continue;  // calls, of which the oracle knows nothing
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

bool notices(const Question& question) {
  try {
    return core_decision(question.request) != question.answer;
  } catch (const std::exception&) {
    return true;  // a mutant may do what the evaluator never does
  }
}

bool any_notices(const std::vector<Question>& questions) {
  return std::any_of(questions.begin(), questions.end(), notices);
}

// `s9_4_kms_keys` is of S9.4, `s5_name_case` of S5.
std::string rule_of(std::string_view name) {
  std::string rule = "S";
  bool dot = false;
  for (std::size_t i = 1; i < name.size(); ++i) {
    if (name[i] == '_' && !dot && i + 1 < name.size() && name[i + 1] >= '0' && name[i + 1] <= '9') {
      rule += '.';
      dot = true;
    } else if (name[i] >= '0' && name[i] <= '9') {
      rule += name[i];
    } else {
      break;
    }
  }
  return rule;
}

// How many requests get another answer, by mutant and by rule.
class Shares {
 public:
  explicit Shares(const std::vector<Question>& requests) : requests_(requests) {}

  std::size_t add(std::string_view mutant) {
    std::vector<bool>& of_rule = rules_[rule_of(mutant)];
    of_rule.resize(requests_.size());
    std::size_t count = 0;
    for (std::size_t i = 0; i < requests_.size(); ++i) {
      if (!notices(requests_[i])) continue;
      ++count;
      of_rule[i] = true;
    }
    print(count, std::string(mutant));
    return count;
  }

  void print_decisions() const {
    std::map<std::string, std::size_t> counts;
    for (const Question& question : requests_) {
      ++counts[question.request.value("mode", "strict") + " " +
               std::string(to_string(question.answer))];
    }
    for (const auto& [name, count] : counts) print(count, name);
  }

  void print_rules() const {
    for (const auto& [rule, decided] : rules_) {
      print(static_cast<std::size_t>(std::count(decided.begin(), decided.end(), true)), rule);
    }
  }

 private:
  void print(std::size_t count, const std::string& name) const {
    std::cout << std::fixed << std::setprecision(2) << std::setw(7)
              << 100.0 * static_cast<double>(count) / static_cast<double>(requests_.size())
              << " %  " << name << std::endl;
  }

  const std::vector<Question>& requests_;
  std::map<std::string, std::vector<bool>> rules_;
};

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
  if (any_notices(cases) || any_notices(requests)) {
    std::cerr << "the unbroken evaluator already answers wrong: see the tests of tests/oracle\n";
    return 1;
  }
  int survivors = 0;
  Shares shares(requests);
  for (const Mutant& mutant : kMutants) {
    if (!arguments.name.empty() && mutant.name != arguments.name) continue;
    iamcheck_mutant = static_cast<int>(&mutant - kMutants);
    const bool noticed = arguments.shares ? shares.add(mutant.name) != 0 || any_notices(cases)
                                          : any_notices(cases) || any_notices(requests);
    if (!mutant.has_place) std::cerr << mutant.name << ": its place in the source is gone\n";
    if (mutant.has_place && !noticed) std::cerr << mutant.name << ": nothing notices\n";
    if (!mutant.has_place || !noticed) ++survivors;
  }
  if (arguments.shares) {
    shares.print_rules();
    shares.print_decisions();
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
