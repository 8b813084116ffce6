#include "match/language_set.h"

#include <algorithm>
#include <numeric>

#include "text/letter_case.h"

namespace iamcheck {

void LanguageSet::sort() {
  by_head_.resize(languages_.size());
  std::iota(by_head_.begin(), by_head_.end(), 0U);
  std::ranges::stable_sort(
      by_head_, {}, [&](std::uint32_t i) -> const std::u32string& { return languages_[i].head(); });
  lengths_.clear();
  for (const Language& one : languages_)
    lengths_.push_back(static_cast<std::uint32_t>(one.head().size()));
  std::ranges::sort(lengths_);
  const auto repeated = std::ranges::unique(lengths_);
  lengths_.erase(repeated.begin(), repeated.end());
}

std::u32string LanguageSet::lower_characters_of(std::string_view text) {
  std::u32string characters = characters_of(text);
  for (char32_t& c : characters) c = to_lower(c);
  return characters;
}

std::size_t LanguageSet::first_not_below(std::u32string_view head) const {
  const auto at = std::lower_bound(
      by_head_.begin(), by_head_.end(), head,
      [&](std::uint32_t i, std::u32string_view wanted) { return languages_[i].head() < wanted; });
  return static_cast<std::size_t>(at - by_head_.begin());
}

}  // namespace iamcheck
