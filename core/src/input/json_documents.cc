#include "input/json_documents.h"

#include <algorithm>

namespace iamcheck {
namespace {

// RFC 7464 puts a record separator before each document.
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\x1E'; }
bool opens(char c) { return c == '{' || c == '['; }
bool closes(char c) { return c == '}' || c == ']'; }

// One past a string that begins at `at`. JSON strings end with the line at the latest.
std::size_t string_end(std::string_view text, std::size_t at) {
  ++at;
  while (at < text.size() && text[at] != '"' && text[at] != '\n') at += text[at] == '\\' ? 2 : 1;
  return std::min(at + 1, text.size());
}

// One past a comment that begins at `at`; `at` itself when none does.
std::size_t comment_end(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("//")) return std::min(text.find('\n', at), text.size());
  if (!rest.starts_with("/*")) return at;
  const std::size_t end = text.find("*/", at + 2);
  return end == std::string_view::npos ? at : end + 2;
}

// The next byte that is neither space nor comment.
std::size_t skip_blank(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const std::size_t next = is_space(text[at]) ? at + 1 : comment_end(text, at);
    if (next == at) break;
    at = next;
  }
  return at;
}

// One past the part that begins at `at`: a document ends behind the bracket that closes its first
// one, anything else before the next document.
std::size_t part_end(std::string_view text, std::size_t at) {
  const bool document = opens(text[at]);
  std::size_t depth = 0;
  while (at < text.size()) {
    if (text[at] == '"') {
      at = string_end(text, at);
      continue;
    }
    if (const std::size_t end = comment_end(text, at); end != at) {
      at = end;
      continue;
    }
    if (opens(text[at])) {
      if (!document) return at;
      ++depth;
    } else if (document && closes(text[at]) && --depth == 0) {
      return at + 1;
    }
    ++at;
  }
  return text.size();
}

std::vector<std::string_view> solid_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!line.empty() && is_space(line.front())) line.remove_prefix(1);
    while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

}  // namespace

std::vector<Span> split_json_documents(const Source& source, const Span& part) {
  const std::string_view text = source.slice(part);
  auto span_of = [&](std::size_t begin, std::size_t end) {
    return Span{part.source, part.begin + static_cast<std::uint32_t>(begin),
                part.begin + static_cast<std::uint32_t>(end)};
  };
  std::vector<Span> spans;
  const std::vector<std::string_view> lines = solid_lines(text);
  const bool json_lines =
      lines.size() > 1 && std::all_of(lines.begin(), lines.end(), [](std::string_view line) {
        return opens(line.front()) && closes(line.back());
      });
  if (json_lines) {
    for (const std::string_view line : lines) {
      const auto begin = static_cast<std::size_t>(line.data() - text.data());
      spans.push_back(span_of(begin, begin + line.size()));
    }
    return spans;
  }
  for (std::size_t at = skip_blank(text, 0); at < text.size();) {
    const std::size_t end = part_end(text, at);
    spans.push_back(span_of(at, end));
    at = skip_blank(text, end);
  }
  if (spans.empty()) spans.push_back(part);
  return spans;
}

}  // namespace iamcheck
