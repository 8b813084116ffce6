#include "line_diff.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace iamcheck::cli {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::ptrdiff_t kMostEdits = 2000;
constexpr std::size_t kContext = 3;

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// One line of the script: kept, taken out or put in.
struct Step {
  char sign = ' ';
  std::string_view line;
};

std::vector<Step> replace_all(const Lines& a, const Lines& b) {
  std::vector<Step> steps;
  for (const std::string_view line : a) steps.push_back({'-', line});
  for (const std::string_view line : b) steps.push_back({'+', line});
  return steps;
}

std::vector<Step> walk_back(const Lines& a, const Lines& b,
                            const std::vector<std::vector<std::ptrdiff_t>>& trace,
                            std::ptrdiff_t middle) {
  std::vector<Step> steps;
  auto x = static_cast<std::ptrdiff_t>(a.size()), y = static_cast<std::ptrdiff_t>(b.size());
  const auto at = [](const Lines& lines, std::ptrdiff_t i) {
    return lines[static_cast<std::size_t>(i)];
  };
  for (auto d = static_cast<std::ptrdiff_t>(trace.size()) - 1; d >= 0; --d) {
    const auto& v = trace[static_cast<std::size_t>(d)];
    const auto reached = [&](std::ptrdiff_t k) { return v[static_cast<std::size_t>(middle + k)]; };
    const std::ptrdiff_t k = x - y;
    const bool down = k == -d || (k != d && reached(k - 1) < reached(k + 1));
    const std::ptrdiff_t from_k = down ? k + 1 : k - 1;
    const std::ptrdiff_t from_x = d == 0 ? 0 : reached(from_k),
                         from_y = d == 0 ? 0 : from_x - from_k;
    while (x > from_x && y > from_y) {
      steps.push_back({' ', at(a, --x)});
      --y;
    }
    if (d == 0) break;
    if (down) {
      steps.push_back({'+', at(b, --y)});
    } else {
      steps.push_back({'-', at(a, --x)});
    }
  }
  std::ranges::reverse(steps);
  return steps;
}

std::vector<Step> script(const Lines& a, const Lines& b) {
  const auto n = static_cast<std::ptrdiff_t>(a.size()), m = static_cast<std::ptrdiff_t>(b.size());
  const std::ptrdiff_t most = std::min(n + m, kMostEdits), middle = most + 1;
  std::vector<std::ptrdiff_t> v(static_cast<std::size_t>(2 * middle + 1), 0);
  std::vector<std::vector<std::ptrdiff_t>> trace;
  for (std::ptrdiff_t d = 0; d <= most; ++d) {
    trace.push_back(v);
    for (std::ptrdiff_t k = -d; k <= d; k += 2) {
      const auto reached = [&](std::ptrdiff_t i) -> std::ptrdiff_t& {
        return v[static_cast<std::size_t>(middle + i)];
      };
      const bool down = k == -d || (k != d && reached(k - 1) < reached(k + 1));
      std::ptrdiff_t x = down ? reached(k + 1) : reached(k - 1) + 1;
      if (d == 0) x = 0;
      while (x < n && x - k < m &&
             a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(x - k)])
        ++x;
      reached(k) = x;
      if (x >= n && x - k >= m) return walk_back(a, b, trace, middle);
    }
  }
  return replace_all(a, b);
}

std::string range_of(std::size_t first, std::size_t count) {
  std::string text = std::to_string(count == 0 ? first : first + 1);
  if (count != 1) text.append(",").append(std::to_string(count));
  return text;
}

}  // namespace

std::string unified_diff(std::string_view name, std::string_view before, std::string_view after) {
  if (before == after) return {};
  const std::vector<Step> steps = script(lines_of(before), lines_of(after));
  std::string out;
  out.append("--- a/").append(name).append("\n+++ b/").append(name).append("\n");
  std::size_t old_line = 0, new_line = 0;
  for (std::size_t i = 0; i < steps.size();) {
    if (steps[i].sign == ' ') {
      ++old_line;
      ++new_line;
      ++i;
      continue;
    }
    // A hunk goes on while the next change is near.
    const std::size_t begin = i - std::min({i, kContext, old_line, new_line});
    std::size_t end = i, last = i;
    while (end < steps.size() && end <= last + 2 * kContext) {
      if (steps[end].sign != ' ') last = end;
      ++end;
    }
    end = std::min(steps.size(), last + kContext + 1);
    std::size_t old_count = 0, new_count = 0;
    std::string body;
    for (std::size_t j = begin; j < end; ++j) {
      old_count += steps[j].sign != '+' ? 1 : 0;
      new_count += steps[j].sign != '-' ? 1 : 0;
      body += steps[j].sign;
      body += steps[j].line;
      if (!steps[j].line.ends_with('\n')) body += "\n\\ No newline at end of file\n";
    }
    out.append("@@ -").append(range_of(old_line - (i - begin), old_count));
    out.append(" +")
        .append(range_of(new_line - (i - begin), new_count))
        .append(" @@\n")
        .append(body);
    old_line += old_count - (i - begin);
    new_line += new_count - (i - begin);
    i = end;
  }
  return out;
}

}  // namespace iamcheck::cli
