#pragma once

// Many requests: JSON Lines in, one answer line for each, in the same order.
//
// A line is one request with the policies that decide it, or it defines a named set of policies for
// the lines that follow. What a line may hold is in docs/schema (simulate-request-v1); the answers
// are simulate-answer-v1. Positions in answers are those of the whole input: the line of the policy
// that decided, and its column.
//
// ```cpp
// iamcheck::Simulator simulator;
// std::string answers = simulator.feed(
//     R"({"id": "r1", "principal": "arn:aws:iam::111122223333:user/alice",)"
//     R"( "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k"})"
//     "\n");
// answers += simulator.finish();
// // {"id": "r1", "decision": "ImplicitlyDenied", ...} and a line end
// ```

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace iamcheck {

/// Every limit is an error line when it is passed; the lines behind it are answered.
struct SimulateOptions {
  /// Add `layers` and `trace`: what every policy layer and every statement came to.
  bool explain = false;
  /// Threads that work on the lines of one `feed`. The answers are the same for any number.
  std::size_t threads = 1;
  /// Bytes of one line.
  std::size_t max_line_bytes = std::size_t{8} * 1024 * 1024;
  /// Values (objects, lists, scalars) in one line.
  std::size_t max_line_values = 1'000'000;
  /// Named policy sets, and the bytes of all lines that define them: they stay in memory.
  std::size_t max_policy_sets = 10'000;
  std::size_t max_policy_set_bytes = std::size_t{256} * 1024 * 1024;
};

/// How the lines so far came out.
struct SimulateCounts {
  std::uint64_t answers = 0;
  std::uint64_t errors = 0;
  std::uint64_t definitions = 0;
};

/// Reads requests from a stream of bytes. Memory does not grow with the input: beyond the named
/// policy sets it holds the bytes of one `feed`, one unfinished line, and a bounded number of
/// compiled policies (the text of the policies is their key; answers are never kept).
class Simulator {
 public:
  explicit Simulator(SimulateOptions options = {});
  ~Simulator();
  Simulator(Simulator&&) noexcept;
  Simulator& operator=(Simulator&&) noexcept;

  /// Takes the next bytes of the input, cut anywhere, and returns the answers to all lines that are
  /// now complete, a line each. Empty lines have no answer.
  std::string feed(std::string_view bytes);
  /// The input has ended: answers a last line that has no line end.
  std::string finish();

  const SimulateCounts& counts() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace iamcheck
