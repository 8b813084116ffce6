#pragma once

// What nearly every file of the library includes, read once per build (IAMCHECK_PRECOMPILE). Files
// include what they use all the same: the other presets build without this.

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>
