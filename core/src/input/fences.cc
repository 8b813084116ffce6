#include "input/fences.h"

#include <algorithm>
#include <cstddef>

namespace iamcheck {
namespace {

// The fence at the start of a line: its character, its length, what follows, and the block quotes
// it stands in. Length 0: no fence.
struct FenceLine {
  char mark = 0;
  std::size_t length = 0;
  std::string_view info;
  std::size_t quote_depth = 0;
};

// One past the marks of up to `most` block quotes at the start of a line; `depth` becomes how many
// there are.
std::size_t skip_quote_marks(std::string_view line, std::size_t most, std::size_t& depth) {
  std::size_t end = 0;
  depth = 0;
  for (std::size_t at = 0; at < line.size() && depth < most; ++at) {
    if (line[at] == '>') {
      ++depth;
      end = at + 1;
    } else if (line[at] != ' ' && line[at] != '\t') {
      break;
    }
  }
  return end;
}

// `most`: the block quotes that a mark may belong to. Inside of a fence further ones are its text.
FenceLine read_fence_line(std::string_view line, std::size_t most) {
  std::size_t depth = 0;
  const std::size_t quoted = skip_quote_marks(line, most, depth);
  std::size_t at = line.find_first_not_of(" \t", quoted);
  if (at == std::string_view::npos || (line[at] != '`' && line[at] != '~')) return {};
  std::size_t end = at;
  while (end < line.size() && line[end] == line[at]) ++end;
  if (end - at < 3) return {};
  std::string_view info = line.substr(end);
  info.remove_prefix(std::min(info.find_first_not_of(" \t"), info.size()));
  if (line[at] == '`' && info.find('`') != std::string_view::npos) return {};  // inline code
  return {line[at], end - at, info.substr(0, info.find_first_of(" \t\r{")), depth};
}

}  // namespace

std::vector<Fence> find_fences(const Source& source) {
  std::vector<Fence> fences;
  std::string_view text = source.text();
  FenceLine open;
  std::size_t content = 0;
  auto close = [&](std::size_t end) {
    fences.push_back(
        {open.info,
         {source.id(), static_cast<std::uint32_t>(content), static_cast<std::uint32_t>(end)},
         open.quote_depth});
    open = {};
  };
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::size_t next = std::min(end + 1, text.size());
    const std::string_view whole = text.substr(at, end - at);
    if (open.length > 0) {
      std::size_t depth = 0;
      skip_quote_marks(whole, open.quote_depth, depth);
      if (depth < open.quote_depth) close(at);  // the block quote is over, and its fence with it
    }
    if (open.length == 0) {
      if (FenceLine line = read_fence_line(whole, std::string_view::npos); line.length > 0) {
        open = line;
        content = next;
      }
    } else {
      const FenceLine line = read_fence_line(whole, open.quote_depth);
      if (line.mark == open.mark && line.length >= open.length && line.info.empty()) close(at);
    }
    at = next;
    if (end == text.size()) break;
  }
  // An unclosed fence runs to the end of the document.
  if (open.length > 0) close(text.size());
  return fences;
}

void blank_quote_marks(std::string& text, const Fence& fence) {
  for (std::size_t at = fence.content.begin; at < fence.content.end;) {
    const std::size_t end = std::min<std::size_t>(text.find('\n', at), fence.content.end);
    std::size_t depth = 0;
    const std::size_t marks =
        skip_quote_marks(std::string_view(text).substr(at, end - at), fence.quote_depth, depth);
    std::replace(text.begin() + static_cast<std::ptrdiff_t>(at),
                 text.begin() + static_cast<std::ptrdiff_t>(at + marks), '>', ' ');
    at = end + 1;
  }
}

}  // namespace iamcheck
