#pragma once

// The order of names in the catalogue: bytes, with ASCII letters folded to lower case.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "catalogue/blob.h"

namespace iamcheck {

/// Negative, zero or positive, like `strcmp`.
int compare_names(std::string_view a, std::string_view b);
bool same_name(std::string_view a, std::string_view b);
bool starts_with_name(std::string_view text, std::string_view prefix);
bool ends_with_name(std::string_view text, std::string_view suffix);

/// The first record in [begin, end) whose name is not less than `name`; the name is the text in the
/// record's first field.
std::uint32_t lower_bound_name(const CatalogueBlob& blob, layout::Section section,
                               std::uint32_t begin, std::uint32_t end, std::string_view name);
std::optional<std::uint32_t> find_name(const CatalogueBlob& blob, layout::Section section,
                                       std::uint32_t begin, std::uint32_t end,
                                       std::string_view name);

}  // namespace iamcheck
