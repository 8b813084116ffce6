#include "match/language_set.h"

#include <algorithm>
#include <numeric>

namespace iamcheck {

void LanguageSet::add(Language language) {
  any_open_ = any_open_ || language.open();
  std::string head = language.head();
  entries_.push_back(
      {std::move(head), {}, {}, std::make_unique<const Language>(std::move(language))});
}

void LanguageSet::add_like(std::string text, std::string written) {
  const auto wildcard = std::ranges::find_if(text, [](char c) { return c == '*' || c == '?'; });
  std::string head = to_lower(std::string_view(text.begin(), wildcard));
  entries_.push_back({std::move(head), std::move(text), std::move(written), nullptr});
}

const Language& LanguageSet::take_apart(const Entry& entry) {
  Language language(Pattern::like(entry.text, {}));
  language.set_written(entry.written);
  entry.language = std::make_unique<const Language>(std::move(language));
  return *entry.language;
}

void LanguageSet::sort() {
  by_head_.resize(entries_.size());
  std::iota(by_head_.begin(), by_head_.end(), 0U);
  const auto head_of = [&](std::uint32_t i) -> const std::string& { return entries_[i].head; };
  if (!std::ranges::is_sorted(by_head_, {}, head_of))
    std::ranges::stable_sort(by_head_, {}, head_of);
  shorter_.assign(entries_.size(), 0);
  for (std::uint32_t i = 0; i < shorter_.size(); ++i) {
    std::uint32_t before = i;
    while (before > 0 && !head_at(i).starts_with(head_at(before - 1)))
      before = shorter_[before - 1];
    shorter_[i] = before;
  }
}

std::vector<const Language*> LanguageSet::meeting(std::span<const Language* const> some) const {
  std::vector<const Language*> met;
  for (const Language* one : some) {
    any_meeting(*one, [&](const Language& other) {
      met.push_back(&other);
      return false;
    });
  }
  std::ranges::sort(met);
  std::vector<const Language*> ordered;
  for (const Entry& entry : entries_) {
    if (std::ranges::binary_search(met, entry.language.get()))
      ordered.push_back(entry.language.get());
  }
  return ordered;
}

bool LanguageSet::may_meet(const LanguageSet& a, const LanguageSet& b) {
  if (a.size() > b.size()) return may_meet(b, a);
  return std::ranges::any_of(a.entries_, [&](const Entry& entry) {
    const std::size_t first = b.first_not_below(entry.head);
    if (first < b.size() && b.head_at(first).starts_with(entry.head)) return true;
    return b.any_before(first, entry.head, [](std::uint32_t) { return true; });
  });
}

std::size_t LanguageSet::first_not_below(std::string_view head) const {
  const auto at = std::lower_bound(
      by_head_.begin(), by_head_.end(), head,
      [&](std::uint32_t i, std::string_view wanted) { return entries_[i].head < wanted; });
  return static_cast<std::size_t>(at - by_head_.begin());
}

}  // namespace iamcheck
