#pragma once

// Entries of Resource that are as wide as `*`.

#include <optional>
#include <string_view>

#include "iamcheck/policy.h"

namespace iamcheck {

/// `*`, and ARNs with nothing but stars behind the partition, such as `arn:*` and
/// `arn:aws:*:*:*:*`: a last star runs on over colons, so that there may be fewer than six parts.
bool is_every_resource(std::string_view text);

/// The first such entry; null when there is none.
const Text* everything_in(const std::optional<ListElement>& resources);

}  // namespace iamcheck
