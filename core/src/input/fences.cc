#include "input/fences.h"

#include <algorithm>

namespace iamcheck {
namespace {

// The fence at the start of a line: its character, its length and what follows. Length 0: no fence.
struct FenceLine {
  char mark = 0;
  std::size_t length = 0;
  std::string_view info;
};

FenceLine read_fence_line(std::string_view line) {
  // `>` and list markers may stand before: block quotes and lists nest fences.
  std::size_t at = line.find_first_not_of(" \t>");
  if (at == std::string_view::npos || (line[at] != '`' && line[at] != '~')) return {};
  std::size_t end = at;
  while (end < line.size() && line[end] == line[at]) ++end;
  if (end - at < 3) return {};
  std::string_view info = line.substr(end);
  info.remove_prefix(std::min(info.find_first_not_of(" \t"), info.size()));
  if (line[at] == '`' && info.find('`') != std::string_view::npos) return {};  // inline code
  return {line[at], end - at, info.substr(0, info.find_first_of(" \t\r{"))};
}

}  // namespace

std::vector<Fence> find_fences(const Source& source) {
  std::vector<Fence> fences;
  std::string_view text = source.text();
  FenceLine open;
  std::size_t content = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = std::min(text.find('\n', at), text.size());
    FenceLine line = read_fence_line(text.substr(at, end - at));
    std::size_t next = std::min(end + 1, text.size());
    if (open.length == 0 && line.length > 0) {
      open = line;
      content = next;
    } else if (open.length > 0 && line.mark == open.mark && line.length >= open.length &&
               line.info.empty()) {
      fences.push_back(
          {open.info,
           {source.id(), static_cast<std::uint32_t>(content), static_cast<std::uint32_t>(at)}});
      open = {};
    }
    at = next;
    if (end == text.size()) break;
  }
  // An unclosed fence runs to the end of the document.
  if (open.length > 0) {
    fences.push_back({open.info,
                      {source.id(), static_cast<std::uint32_t>(content),
                       static_cast<std::uint32_t>(text.size())}});
  }
  return fences;
}

}  // namespace iamcheck
