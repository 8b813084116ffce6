#include "files.h"

#include <algorithm>
#include <array>

namespace arch {
namespace {

constexpr std::size_t kMostLines = 500;
constexpr std::size_t kReasonWithin = 5;

bool gives_reason(const std::vector<std::string_view>& text) {
  auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(kReasonWithin, text.size()));
  return std::any_of(text.begin(), end, [](std::string_view line) {
    for (std::string_view marker : {"// long: ", "# long: "}) {
      if (line.starts_with(marker)) return line.find_first_not_of(' ', marker.size()) != line.npos;
    }
    return false;
  });
}

// A word of a name: `string_utils.cc` has the words string and utils.
bool has_empty_word(std::string_view name) {
  constexpr std::array<std::string_view, 8> kEmptyWords = {"util", "utils",  "helper",  "helpers",
                                                           "misc", "common", "manager", "managers"};
  while (!name.empty()) {
    std::size_t end = name.find_first_of("_-.");
    std::string_view word = name.substr(0, end);
    if (std::find(kEmptyWords.begin(), kEmptyWords.end(), word) != kEmptyWords.end()) return true;
    name.remove_prefix(end == std::string_view::npos ? name.size() : end + 1);
  }
  return false;
}

}  // namespace

std::vector<std::string> size_complaints(const Tree& tree) {
  std::vector<std::string> complaints;
  for (const File& file : tree) {
    std::vector<std::string_view> text = lines(file.text);
    if (text.size() > kMostLines && !gives_reason(text)) {
      complaints.push_back(
          file.path + ": " + std::to_string(text.size()) +
          " lines; split it, or begin it with a line `// long: <why it is one file>`");
    }
  }
  return complaints;
}

std::vector<std::string> name_complaints(const Tree& tree) {
  std::vector<std::string> complaints;
  for (const File& file : tree) {
    std::string_view rest = file.path;
    while (!rest.empty()) {
      std::size_t end = rest.find('/');
      if (has_empty_word(rest.substr(0, end))) {
        complaints.push_back(file.path + ": name it after what it holds");
        break;
      }
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
  }
  return complaints;
}

std::vector<std::string> prose_complaints(const Tree& tree) {
  std::vector<std::string> complaints;
  for (const File& file : tree) {
    if (!is_public_header(file.path)) continue;
    std::vector<std::string_view> text = lines(file.text);
    std::size_t i = 0;
    while (i < text.size() && (text[i].empty() || text[i] == "#pragma once")) ++i;
    bool prose = i < text.size() && text[i].starts_with("// ") && !text[i].starts_with("// ```");
    bool open = false;
    bool example = false;
    for (; i < text.size() && text[i].starts_with("//"); ++i) {
      if (text[i] == "// ```cpp") {
        open = true;
      } else if (open && text[i] == "// ```") {
        open = false;
        example = true;
      }
    }
    if (open) complaints.push_back(file.path + ": the ```cpp block is not closed");
    if (!prose)
      complaints.push_back(file.path + ": begin it with a paragraph that says what it is for");
    if (!example)
      complaints.push_back(file.path + ": its first comment needs an example in ```cpp");
  }
  return complaints;
}

std::vector<std::string> test_name_complaints(const Tree& tree) {
  constexpr std::string_view kOpening = "TEST_CASE(\"";
  std::vector<std::string> complaints;
  for (const File& file : tree) {
    if (!file.path.starts_with("tests/") || !file.path.ends_with(".cc")) continue;
    for (std::string_view line : lines(file.text)) {
      if (!line.starts_with(kOpening)) continue;
      line.remove_prefix(kOpening.size());
      std::string_view name = line.substr(0, line.find("\")"));
      bool harmful =
          name.empty() || name.find_first_of(";\\\"") != std::string_view::npos ||
          std::string_view("*~-").find(name.front()) != std::string_view::npos ||
          name.back() == '*' ||
          std::count(name.begin(), name.end(), '[') != std::count(name.begin(), name.end(), ']');
      if (harmful) {
        complaints.push_back(
            file.path + ": `" + std::string(name) +
            "`: a test name has no ; \\ \", no lone bracket, and no * ~ - at its ends");
      }
    }
  }
  return complaints;
}

}  // namespace arch
