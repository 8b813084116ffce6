// Questions about whole policies: how long the typical one takes, and the longest.
//
// The policies are the AWS managed ones of the catalogue. Every question is asked once, in one
// thread, with everything that belongs to it: lowering, all failing statements, a witness, its
// confirmation by the evaluator.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "corpus.h"
#include "iamcheck/analysis.h"

using namespace iamcheck;

namespace {

struct Row {
  std::string name;
  std::vector<double> micros;
  std::array<int, 4> verdicts{};
  double worst = 0;
  std::string worst_name;

  template <typename Ask>
  void ask(const std::string& what, Ask question) {
    const auto start = std::chrono::steady_clock::now();
    const Verdict verdict = question();
    const std::chrono::duration<double, std::micro> time = std::chrono::steady_clock::now() - start;
    micros.push_back(time.count());
    ++verdicts[static_cast<std::size_t>(verdict)];
    if (time.count() <= worst) return;
    worst = time.count();
    worst_name = what;
  }

  void print() {
    std::sort(micros.begin(), micros.end());
    const auto at = [&](double share) {
      return micros[static_cast<std::size_t>(share * static_cast<double>(micros.size() - 1))];
    };
    std::printf("| %s | %zu | %.3g ms | %.3g ms | %.3g ms (%s) | %d | %d | %d | %d |\n",
                name.c_str(), micros.size(), at(0.5) / 1000, at(0.99) / 1000, at(1) / 1000,
                worst_name.c_str(), verdicts[0], verdicts[1], verdicts[2], verdicts[3]);
  }
};

struct Managed {
  std::string name;
  Policy policy;
};

// The policy with one statement less, as an editor would leave it.
Policy without(const Policy& policy, std::size_t statement) {
  Policy rest = policy;
  rest.statements.erase(rest.statements.begin() + static_cast<std::ptrdiff_t>(statement));
  for (std::size_t i = 0; i < rest.statements.size(); ++i) rest.statements[i].index = i;
  return rest;
}

}  // namespace

int main() {
  std::vector<Managed> all;
  for (const bench::Document& document : bench::managed_policies())
    all.push_back({document.name, *parse_policy(document.name, document.text)});
  const auto named = [&](std::string_view name) {
    return std::find_if(all.begin(), all.end(),
                        [&](const Managed& one) { return one.name == name; });
  };
  AnalysisOptions options;
  options.arn_matching = ArnMatching::kComponentWise;

  Row itself{"every policy against itself", {}, {}, 0, {}};
  Row dropped{"one statement dropped, both ways", {}, {}, 0, {}};
  Row cross{"every policy within ReadOnlyAccess, PowerUserAccess, SecurityAudit", {}, {}, 0, {}};
  Row next{"every policy within the next of the alphabet", {}, {}, 0, {}};
  Row redundancy{"one statement redundant, for every statement", {}, {}, 0, {}};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Managed& one = all[i];
    const auto within = [&](const Policy& before, const Policy& after) {
      return no_new_access(before, after, PolicyKind::kIdentity, options).verdict;
    };
    itself.ask(one.name, [&] { return within(one.policy, one.policy); });
    if (!one.policy.statements.empty()) {
      const Policy rest = without(one.policy, i % one.policy.statements.size());
      dropped.ask(one.name, [&] { return within(one.policy, rest); });
      dropped.ask(one.name, [&] { return within(rest, one.policy); });
    }
    for (const std::string_view wide : {"ReadOnlyAccess", "PowerUserAccess", "SecurityAudit"})
      cross.ask(one.name, [&] { return within(named(wide)->policy, one.policy); });
    next.ask(one.name, [&] { return within(all[(i + 1) % all.size()].policy, one.policy); });
    const auto start = std::chrono::steady_clock::now();
    const RedundancyAnswer answer =
        redundant_statements(one.policy, PolicyKind::kIdentity, options);
    const std::chrono::duration<double, std::micro> time = std::chrono::steady_clock::now() - start;
    const std::size_t statements = std::max<std::size_t>(one.policy.statements.size(), 1);
    for (std::size_t s = 0; s < one.policy.statements.size(); ++s)
      redundancy.micros.push_back(time.count() / static_cast<double>(statements));
    redundancy.verdicts[0] += static_cast<int>(answer.redundant.size());
    redundancy.verdicts[3] += static_cast<int>(answer.unknown.size());
    redundancy.verdicts[1] += static_cast<int>(one.policy.statements.size() -
                                               answer.redundant.size() - answer.unknown.size());
    if (time.count() / static_cast<double>(statements) > redundancy.worst) {
      redundancy.worst = time.count() / static_cast<double>(statements);
      redundancy.worst_name = one.name;
    }
  }
  std::printf("\n### Questions about AWS managed policies\n\n");
  std::printf(
      "| | questions | median | 99 %% | longest | PASS | FAIL confirmed | possible | UNKNOWN |\n");
  std::printf("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
  for (Row* row : {&itself, &dropped, &cross, &next, &redundancy}) row->print();
}
