// Questions that are built to blow up: how long each takes, the memory it needs at its peak, and
// what comes of it. None may end in a wrong answer; those beyond the limits end in UNKNOWN.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>

#include "../support/hostile_policies.h"
#include "iamcheck/analysis.h"

using namespace iamcheck;

namespace {

// Of this process, in MiB, since `forget_peak`; 0 where the system does not say.
double peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

void forget_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

}  // namespace

int main() {
  std::printf("\n### Questions built to blow up\n\n| | verdict | time | peak memory |\n");
  std::printf("| --- | --- | ---: | ---: |\n");
  for (const hostile::Question& question : hostile::questions()) {
    const Policy before = *parse_policy("before.json", question.before);
    const Policy after = *parse_policy("after.json", question.after);
    forget_peak();
    const auto start = std::chrono::steady_clock::now();
    const Verdict verdict = no_new_access(before, after, PolicyKind::kIdentity).verdict;
    const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
    std::printf("| %s | %s%s%s | %.3g ms | %.0f MiB |\n", question.name.c_str(),
                std::string(to_string(verdict)).c_str(), certainty_of(verdict).empty() ? "" : ", ",
                std::string(certainty_of(verdict)).c_str(), time.count(), peak_memory());
  }
}
