#include "measure.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace iamcheck::bench {
namespace {

constexpr int kRepetitions = 15;
constexpr double kSecondsPerRepetition = 0.03;

double seconds_of(const std::function<void()>& work, std::size_t calls) {
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < calls; ++i) work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double quantile(const std::vector<double>& sorted, double part) {
  return sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1) + 0.5)];
}

// Three significant digits, without an exponent: the fourth would be noise.
std::string figure(double value) {
  if (value >= 1000) {
    const double unit = std::pow(10, std::floor(std::log10(value)) - 2);
    value = std::round(value / unit) * unit;
  }
  char text[64];
  const int digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 4;
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  std::string result = text;
  // 1234567 as 1,234,567
  if (digits == 0) {
    for (std::size_t i = result.size(); i > 3; i -= 3) result.insert(i - 3, 1, ',');
  }
  return result;
}

}  // namespace

void keep(std::size_t value) { asm volatile("" : : "r"(value) : "memory"); }

void Table::add(std::string name, double amount, std::function<void()> work) {
  rows_.push_back({std::move(name), amount, std::move(work), 1, {}});
}

void Table::run(bool time) {
  for (Row& row : rows_) {
    row.work();  // warm-up: caches, lazily built tables
    while (seconds_of(row.work, row.batch) < kSecondsPerRepetition) row.batch *= 2;
  }
  for (int i = 0; i < kRepetitions; ++i) {
    for (Row& row : rows_) {
      row.seconds.push_back(seconds_of(row.work, row.batch) / static_cast<double>(row.batch));
    }
  }
  std::printf("\n### %s\n\n| | %s/s |%s spread | time against the first row |\n", title_.c_str(),
              unit_.c_str(), time ? " one takes |" : "");
  std::printf("| --- | ---: |%s ---: | ---: |\n", time ? " ---: |" : "");
  double first = 0;
  for (Row& row : rows_) {
    std::sort(row.seconds.begin(), row.seconds.end());
    const double median = quantile(row.seconds, 0.5) / row.amount;
    const double spread = (quantile(row.seconds, 0.75) - quantile(row.seconds, 0.25)) /
                          quantile(row.seconds, 0.5) / 2;
    if (first == 0) first = median;
    std::string one = time ? figure(median * 1e6) : "";
    if (time) one.append(" µs |").insert(0, 1, ' ');
    std::printf("| %s | %s |%s ± %.0f %% | %s x |\n", row.name.c_str(), figure(1 / median).c_str(),
                one.c_str(), spread * 100, figure(median / first).c_str());
  }
  std::fflush(stdout);
}

}  // namespace iamcheck::bench
