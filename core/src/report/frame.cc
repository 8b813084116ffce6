#include "report/frame.h"

#include <algorithm>

#include "iamcheck/report.h"
#include "report/printable.h"

namespace iamcheck {
namespace {

constexpr std::size_t kWidest = 160;  // columns of source text in one line

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// One line made printable: masked bytes become `*`, tabs one space.
std::string printable(const Source& source, std::uint32_t begin, std::uint32_t end,
                      const std::vector<Span>& masked) {
  std::string text(source.slice({source.id(), begin, end}));
  auto secret = std::partition_point(masked.begin(), masked.end(),
                                     [&](const Span& span) { return span.end <= begin; });
  for (; secret != masked.end() && secret->begin < end; ++secret) {
    for (std::uint32_t i = std::max(begin, secret->begin); i < std::min(end, secret->end); ++i)
      text[i - begin] = '*';
  }
  std::replace(text.begin(), text.end(), '\t', ' ');
  return escape_controls(text);
}

// The part [begin, end) of a line that fits, with the span inside it.
struct Window {
  std::uint32_t begin, end;
  bool cut_left, cut_right;
};

Window window_of(const Source& source, std::uint32_t line_begin, std::uint32_t line_end,
                 std::uint32_t focus) {
  Window window{line_begin, line_end, false, false};
  if (line_end - line_begin <= kWidest) return window;
  std::string_view text = source.text();
  std::uint32_t before = std::min<std::uint32_t>(focus - line_begin, 60);
  window.begin = focus - before;
  while (window.begin > line_begin && is_continuation(text[window.begin])) --window.begin;
  window.end = std::min<std::uint32_t>(line_end, window.begin + kWidest);
  while (window.end < line_end && is_continuation(text[window.end])) ++window.end;
  window.cut_left = window.begin > line_begin;
  window.cut_right = window.end < line_end;
  return window;
}

std::string gutter(std::string_view number, std::size_t width) {
  return std::string(width - number.size(), ' ') + std::string(number) + " | ";
}

}  // namespace

std::string render_frame(const Source& source, const Span& span, std::string_view label,
                         const std::vector<Span>& masked, const FrameStyle& style) {
  Position place = source.position(span.begin);
  std::size_t width = std::to_string(place.line).size() + 2;
  std::uint32_t first = place.line > style.context_lines ? place.line - style.context_lines : 1;
  std::string out;
  for (std::uint32_t number = first; number <= place.line; ++number) {
    std::string_view line = source.line(number);
    auto line_begin = static_cast<std::uint32_t>(line.data() - source.text().data());
    auto line_end = line_begin + static_cast<std::uint32_t>(line.size());
    bool marked = number == place.line;
    Window window = window_of(source, line_begin, line_end,
                              marked ? std::min(span.begin, line_end) : line_begin);
    std::string text = printable(source, window.begin, window.end, masked);
    out += gutter(std::to_string(number), width) + (window.cut_left ? "..." : "") + text +
           (window.cut_right ? "..." : "") + "\n";
    if (!marked) continue;
    std::uint32_t begin = std::clamp(span.begin, window.begin, window.end);
    std::uint32_t end = std::clamp(span.end, begin, window.end);
    std::size_t indent =
        display_width(printable(source, window.begin, begin, masked)) + (window.cut_left ? 3 : 0);
    std::size_t carets =
        std::max<std::size_t>(1, display_width(printable(source, begin, end, masked)));
    std::string marks(carets, '^');
    if (style.colour) marks.insert(0, "\x1b[1;31m").append("\x1b[0m");
    out += gutter("", width) + std::string(indent, ' ') + marks;
    if (!label.empty()) out += " " + escape_controls(label);
    out += "\n";
  }
  return out;
}

}  // namespace iamcheck
