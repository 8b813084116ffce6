#pragma once

// The front matter of a rule page: `key: value` lines between two `---` lines.
//
// A small part of YAML, so that editors colour it and people can guess it: plain or quoted scalars,
// `[a, "b, c"]` lists and `{tool: id}` maps. A value goes on in the next line when that is
// indented.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/page_examples.h"

namespace iamcheck::pack {

using PageError = page::PageError;

struct FrontMatterEntry {
  std::string key;
  std::string value;  // raw, without surrounding blanks
  std::size_t line = 0;
};

/// Reads lines [1, ...) of the page up to the closing `---`; `next_line` becomes the line after it.
std::optional<std::vector<FrontMatterEntry>> read_front_matter(
    const std::vector<std::string_view>& lines, std::size_t& next_line,
    std::vector<PageError>& errors);

/// `plain`, `"with \" escapes"` or `'single'`; null when a quote is not closed.
std::optional<std::string> read_scalar(std::string_view raw);
/// `[a, b]`; null when malformed.
std::optional<std::vector<std::string>> read_list(std::string_view raw);
/// `{a: b, c: d}`; null when malformed. A key may come more than once.
std::optional<std::vector<std::pair<std::string, std::string>>> read_map(std::string_view raw);

}  // namespace iamcheck::pack
