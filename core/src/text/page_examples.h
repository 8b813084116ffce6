#pragma once

// The executed examples of a rule page: its fences with `reported` or `clean`, and the lines of
// marks in them. rules/README.md describes both for people who write pages. Read by the packer for
// the built-in pages, and by the library for those of users.

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace iamcheck::page {

/// A defect of a page, at a line from 1.
struct PageError {
  std::size_t line = 0;
  std::string message;
};

/// A half-open range of bytes in the text of an example.
struct Mark {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Example {
  std::string language;
  bool reported = false;
  std::string place, severity, why, policy_type, file;
  std::vector<std::string> also;
  std::string text;  ///< without the lines of marks
  std::vector<Mark> marks, related;
  std::size_t line = 0;  ///< of the fence
  std::size_t fill = 0;
  std::string heading;  ///< the `## ` it stands under
};

/// What pages may say of severities and of types of policies.
inline constexpr std::array<std::string_view, 3> kSeverities = {"note", "warning", "error"};
inline constexpr std::array<std::string_view, 8> kPolicyTypes = {
    "identity", "resource", "trust", "scp", "rcp", "boundary", "session", "endpoint"};

/// Without blanks at both ends.
std::string_view trim(std::string_view text);

/// The text's lines without their ends.
std::vector<std::string_view> split_lines(std::string_view text);

/// All examples in `lines[first..]`, in order. What is wrong with one is an entry of `errors`.
std::vector<Example> read_examples(const std::vector<std::string_view>& lines, std::size_t first,
                                   std::vector<PageError>& errors);

}  // namespace iamcheck::page
