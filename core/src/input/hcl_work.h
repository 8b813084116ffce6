#pragma once

// How much evaluating the expressions of one file may take. A few lines of HCL can ask for more
// values than there is memory, and names can stand for one another in a circle.

#include <cstddef>

#include "iamcheck/document.h"

namespace iamcheck {

class HclWork {
 public:
  /// Values made from one file, and bytes of the texts among them.
  static constexpr std::size_t kMostValues = 500'000;
  static constexpr std::size_t kMostText = std::size_t{16} * 1024 * 1024;
  /// Expressions in each other, names that stand for others included, and values in each other.
  static constexpr std::size_t kDeepest = 256;

  /// Whether there is room for so many more. Once there is none, there never is.
  bool spend(std::size_t values, std::size_t text = 0);
  bool exhausted() const { return exhausted_; }

  /// Room for a copy of `node`, which would stand `depth` levels deep.
  bool spend_copy(const Node& node, std::size_t depth);

 private:
  std::size_t values_ = 0;
  std::size_t text_ = 0;
  bool exhausted_ = false;
};

}  // namespace iamcheck
