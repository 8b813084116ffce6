#pragma once

// How many edits turn one name into another: for "did you mean".

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iamcheck {

/// The number of inserted, removed, replaced and swapped neighbouring bytes between two texts,
/// ASCII case ignored; nothing when it is above `limit`. A pair of letters is swapped at most once
/// (optimal string alignment). Cost: |a| x (2 limit + 1), and nothing at all when the lengths
/// differ by more than the limit.
std::optional<std::size_t> edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// The nearest of `names` within two edits (one for names of up to four letters); empty when there
/// is none. The first of equally near names wins.
std::string nearest_name(std::string_view name, const std::vector<std::string_view>& names);

}  // namespace iamcheck
