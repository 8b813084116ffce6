#include "catalogue/name_order.h"

#include <algorithm>

#include "text/ascii.h"

namespace iamcheck {

int compare_names(std::string_view a, std::string_view b) {
  const std::size_t shared = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < shared; ++i) {
    if (a[i] == b[i]) continue;
    const auto x = static_cast<unsigned char>(ascii_lower(a[i]));
    const auto y = static_cast<unsigned char>(ascii_lower(b[i]));
    if (x != y) return x < y ? -1 : 1;
  }
  if (a.size() == b.size()) return 0;
  return a.size() < b.size() ? -1 : 1;
}

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && compare_names(a, b) == 0;
}

bool starts_with_name(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && same_name(text.substr(0, prefix.size()), prefix);
}

bool ends_with_name(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() &&
         same_name(text.substr(text.size() - suffix.size()), suffix);
}

std::uint32_t lower_bound_name(const CatalogueBlob& blob, layout::Section section,
                               std::uint32_t begin, std::uint32_t end, std::string_view name) {
  while (begin < end) {
    const std::uint32_t middle = begin + (end - begin) / 2;
    if (compare_names(blob.text_field(section, middle, 0), name) < 0) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
}

std::optional<std::uint32_t> find_name(const CatalogueBlob& blob, layout::Section section,
                                       std::uint32_t begin, std::uint32_t end,
                                       std::string_view name) {
  const std::uint32_t at = lower_bound_name(blob, section, begin, end, name);
  if (at == end || !same_name(blob.text_field(section, at, 0), name)) return std::nullopt;
  return at;
}

}  // namespace iamcheck
