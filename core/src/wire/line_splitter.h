#pragma once

// Cuts a stream of bytes into lines and numbers them. Holds one unfinished line at most.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace iamcheck {

struct InputLine {
  std::string text;  ///< without its line end; empty when it was too long
  std::uint64_t number = 1;
  std::uint64_t bytes_before = 0;
  bool too_long = false;
};

class LineSplitter {
 public:
  explicit LineSplitter(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  /// The lines that `bytes` completes. Blank ones are counted and left out.
  std::vector<InputLine> feed(std::string_view bytes);
  /// The unfinished line, if there is one.
  std::vector<InputLine> finish();

 private:
  void take(std::string_view bytes);
  void end_line(std::vector<InputLine>& lines);

  std::size_t max_bytes_;
  InputLine line_;  // what has been read of the next one
  std::uint64_t length_ = 0;
};

}  // namespace iamcheck
