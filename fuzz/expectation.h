#pragma once

// A promise that no input may break. Unlike assert it holds in every build.

#include <cstdio>
#include <cstdlib>
#include <string_view>

inline void expect(bool kept, std::string_view promise) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %.*s\n", static_cast<int>(promise.size()), promise.data());
  std::abort();
}
