// One pattern against one text: how far from the C library's fnmatch, and from a comparison of
// bytes?
#include <fnmatch.h>

#include <cstring>

#include "iamcheck/arn.h"
#include "iamcheck/context.h"
#include "iamcheck/pattern.h"
#include "measure.h"

using namespace iamcheck;

namespace {

void compare(const char* title, const std::string& pattern, const std::string& text) {
  constexpr std::size_t kTimes = 1000;
  bench::Table table(title, "matches");
  table.add("fnmatch(3)", kTimes, [&] {
    std::size_t hits = 0;
    for (std::size_t i = 0; i < kTimes; ++i) hits += fnmatch(pattern.c_str(), text.c_str(), 0) == 0;
    bench::keep(hits);
  });
  table.add("memcmp of as many bytes", kTimes, [&] {
    // Through a pointer that the compiler cannot see through, or there is nothing left to measure.
    int (*volatile compare_bytes)(const void*, const void*, std::size_t) = std::memcmp;
    const std::string other = text;
    std::size_t hits = 0;
    for (std::size_t i = 0; i < kTimes; ++i) {
      hits += compare_bytes(text.data(), other.data(), text.size()) == 0;
    }
    bench::keep(hits);
  });
  const Pattern like = Pattern::like(pattern, {});
  table.add("`Pattern::like`", kTimes, [&] {
    std::size_t hits = 0;
    for (std::size_t i = 0; i < kTimes; ++i) hits += like.matches(text) ? 1 : 0;
    bench::keep(hits);
  });
  const ResourcePattern resource(pattern, {});
  const Context context;
  if (!resource.invalid()) {
    table.add("`ResourcePattern`", kTimes, [&] {
      std::size_t hits = 0;
      for (std::size_t i = 0; i < kTimes; ++i) {
        hits += resource.match(text, context) == Pattern::Outcome::kYes ? 1 : 0;
      }
      bench::keep(hits);
    });
  }
  table.run();
}

}  // namespace

int main() {
  const std::string object = "arn:aws:s3:::reports-eu/2026/11/20/part-00017.csv";
  compare("Matching a prefix", "arn:aws:s3:::reports-eu/*", object);
  compare("Matching with stars inside", "arn:aws:s3:::reports-*/2026/*/part-*.csv", object);
  compare("Refusing after every star was tried", "*a*a*a*a*b",
          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
}
