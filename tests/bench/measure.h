#pragma once

// Time, measured so that it can be believed on a machine that does other things too.
//
// Each row is repeated and gives its median; the spread says how far the repetitions lay apart.
// The rows of one table take turns, so that a busy moment falls on all of them alike, and what
// counts is the ratio to the first row of the table: a physical bound or a peer.

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace iamcheck::bench {

/// Keeps the compiler from leaving out the work behind a value.
void keep(std::size_t value);

/// Rows of work that are compared with each other.
class Table {
 public:
  /// `unit` names what is counted: `MB` of 10^6 bytes, `decisions`, `policies`.
  Table(std::string title, std::string unit) : title_(std::move(title)), unit_(std::move(unit)) {}

  /// Work that handles `amount` units. The first row is what the others are compared with.
  void add(std::string name, double amount, std::function<void()> work);

  /// Runs all rows in turns and prints them as a Markdown table on standard output.
  /// `time`: print the time of one unit too (microseconds), where rates say little.
  void run(bool time = false);

 private:
  struct Row {
    std::string name;
    double amount;
    std::function<void()> work;
    std::size_t batch = 1;        // calls per repetition
    std::vector<double> seconds;  // per call, one entry a repetition
  };
  std::string title_;
  std::string unit_;
  std::vector<Row> rows_;
};

}  // namespace iamcheck::bench
