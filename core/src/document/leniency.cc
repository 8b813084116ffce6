#include "document/leniency.h"

#include <algorithm>
#include <array>

namespace iamcheck {
namespace {

// Length of the comment that starts at `at`, or 0. An unterminated block comment is left to the
// parser.
std::size_t comment_length(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) == "//") {
    std::size_t end = text.find_first_of("\r\n", at);
    return (end == std::string_view::npos ? text.size() : end) - at;
  }
  if (text.substr(at, 2) == "/*") {
    std::size_t end = text.find("*/", at + 2);
    return end == std::string_view::npos ? 0 : end + 2 - at;
  }
  return 0;
}

std::size_t string_end(std::string_view text, std::size_t at) {
  ++at;
  while (at < text.size() && text[at] != '"' && text[at] != '\n') at += text[at] == '\\' ? 2 : 1;
  return std::min(at + 1, text.size());
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

std::string_view to_string(Leniency::Kind kind) {
  static constexpr std::array<std::string_view, 3> kNames = {"comment", "trailing comma",
                                                             "byte order mark"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string blank_leniencies(std::string_view text, std::uint32_t source, std::uint32_t base,
                             std::vector<Leniency>& leniencies) {
  std::string out(text);
  auto forgive = [&](Leniency::Kind kind, std::size_t begin, std::size_t length) {
    for (std::size_t i = begin; i < begin + length; ++i) {
      if (!is_space(out[i])) out[i] = ' ';
    }
    leniencies.push_back({kind, Span{source, base + static_cast<std::uint32_t>(begin),
                                     base + static_cast<std::uint32_t>(begin + length)}});
  };

  // `comma` is the last comma with a value before it and nothing but space and comments behind it.
  std::size_t comma = std::string_view::npos;
  char before = '\0';  // the last byte that was neither space nor comment
  std::size_t at = 0;
  while (at < text.size()) {
    char c = text[at];
    if (std::size_t length = comment_length(text, at); length > 0) {
      forgive(Leniency::Kind::kComment, at, length);
      at += length;
    } else if (c == '"') {
      at = string_end(text, at);
      comma = std::string_view::npos;
      before = '"';
    } else {
      if ((c == '}' || c == ']') && comma != std::string_view::npos) {
        forgive(Leniency::Kind::kTrailingComma, comma, 1);
      }
      if (c == ',') {
        // A comma without a value before it is an error that the parser shall see.
        bool behind_value =
            before != '\0' && std::string_view("[{,:").find(before) == std::string_view::npos;
        comma = behind_value ? at : std::string_view::npos;
      } else if (!is_space(c)) {
        comma = std::string_view::npos;
      }
      if (!is_space(c)) before = c;
      ++at;
    }
  }
  std::sort(leniencies.begin(), leniencies.end(),
            [](const Leniency& a, const Leniency& b) { return a.span < b.span; });
  return out;
}

}  // namespace iamcheck
