#include "front_matter.h"

namespace iamcheck::pack {

using page::trim;

namespace {

// Splits at commas outside quotes and brackets; null when a quote is not closed.
std::optional<std::vector<std::string_view>> split_items(std::string_view text) {
  std::vector<std::string_view> items;
  std::size_t begin = 0;
  char quote = 0;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (quote != 0) {
      if (c == '\\' && quote == '"') ++i;
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') && trim(text.substr(begin, i - begin)).empty()) {
      quote = c;  // only at the start of an item: an apostrophe inside a word is a letter
    } else if (c == '[' || c == '{') {
      ++depth;
    } else if (c == ']' || c == '}') {
      --depth;
    } else if (c == ',' && depth == 0) {
      items.push_back(trim(text.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  if (quote != 0) return std::nullopt;
  std::string_view last = trim(text.substr(begin));
  if (!last.empty()) items.push_back(last);
  for (std::string_view item : items) {
    if (item.empty()) return std::nullopt;
  }
  return items;
}

}  // namespace

std::optional<std::vector<FrontMatterEntry>> read_front_matter(
    const std::vector<std::string_view>& lines, std::size_t& next_line,
    std::vector<PageError>& errors) {
  if (lines.empty() || lines[0] != "---") {
    errors.push_back({1, "a page starts with its front matter, a line `---`"});
    return std::nullopt;
  }
  std::vector<FrontMatterEntry> entries;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    std::string_view line = lines[i];
    if (line == "---") {
      next_line = i + 1;
      return entries;
    }
    if (trim(line).empty()) continue;
    if (line.front() == ' ') {
      if (entries.empty()) {
        errors.push_back({i + 1, "an indented line continues a value, but there is none"});
      } else {
        entries.back().value += ' ';
        entries.back().value += trim(line);
      }
      continue;
    }
    std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) {
      errors.push_back({i + 1, "expected `key: value`"});
      continue;
    }
    std::string key(line.substr(0, colon));
    for (const FrontMatterEntry& entry : entries) {
      if (entry.key == key) errors.push_back({i + 1, "`" + key + "` is given twice"});
    }
    entries.push_back({key, std::string(trim(line.substr(colon + 2))), i + 1});
  }
  errors.push_back({1, "the front matter is not closed by a line `---`"});
  return std::nullopt;
}

std::optional<std::string> read_scalar(std::string_view raw) {
  if (raw.empty() || (raw.front() != '"' && raw.front() != '\'')) return std::string(raw);
  char quote = raw.front();
  std::string text;
  for (std::size_t i = 1; i < raw.size(); ++i) {
    const bool has_next = i + 1 < raw.size();
    const bool escaped = quote == '"' && raw[i] == '\\' && has_next;
    const bool doubled = quote == '\'' && raw[i] == quote && has_next && raw[i + 1] == quote;
    if (escaped || doubled) {
      text += raw[++i];
    } else if (raw[i] != quote) {
      text += raw[i];
    } else {
      return i + 1 == raw.size() ? std::optional(text) : std::nullopt;
    }
  }
  return std::nullopt;
}

std::optional<std::vector<std::string>> read_list(std::string_view raw) {
  if (raw.size() < 2 || raw.front() != '[' || raw.back() != ']') return std::nullopt;
  auto items = split_items(raw.substr(1, raw.size() - 2));
  if (!items) return std::nullopt;
  std::vector<std::string> result;
  for (std::string_view item : *items) {
    auto scalar = read_scalar(item);
    if (!scalar) return std::nullopt;
    result.push_back(*scalar);
  }
  return result;
}

std::optional<std::vector<std::pair<std::string, std::string>>> read_map(std::string_view raw) {
  if (raw.size() < 2 || raw.front() != '{' || raw.back() != '}') return std::nullopt;
  auto items = split_items(raw.substr(1, raw.size() - 2));
  if (!items) return std::nullopt;
  std::vector<std::pair<std::string, std::string>> result;
  for (std::string_view item : *items) {
    std::size_t colon = item.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto value = read_scalar(trim(item.substr(colon + 1)));
    if (!value || value->empty()) return std::nullopt;
    result.emplace_back(trim(item.substr(0, colon)), *value);
  }
  return result;
}

}  // namespace iamcheck::pack
