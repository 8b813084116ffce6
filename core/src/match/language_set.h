#pragma once

// Many languages, of which few can meet a given one.
//
// The names of actions begin with their service, ARNs with what they are of: two patterns whose
// fixed beginnings differ have no text in common. The set is sorted by those beginnings, so that a
// question looks at the few that are left: ReadOnlyAccess has more than a thousand.

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "match/language.h"

namespace iamcheck {

class LanguageSet {
 public:
  void add(Language language) { languages_.push_back(std::move(language)); }
  template <typename... Args>
  void emplace(Args&&... args) {
    languages_.emplace_back(std::forward<Args>(args)...);
  }
  /// To be called once, when all are added.
  void sort();

  std::size_t size() const { return languages_.size(); }
  bool empty() const { return languages_.empty(); }
  auto begin() const { return languages_.begin(); }
  auto end() const { return languages_.end(); }

  /// Calls `visit` with every language that may meet `one`, in no order, until it says true;
  /// whether it did.
  template <typename Visit>
  bool any_meeting(const Language& one, Visit visit) const {
    const std::u32string_view head = one.head();
    const auto meets = [&](std::uint32_t position) {
      return Language::may_meet(languages_[position], one) && visit(languages_[position]);
    };
    // Beginnings that are shorter than that of `one`: each length at most once.
    for (const std::uint32_t length : lengths_) {
      if (length >= head.size()) break;
      if (any_with_head(head.substr(0, length), false, meets)) return true;
    }
    return any_with_head(head, true, meets);
  }
  /// The same for those that a text may belong to, by its beginning.
  template <typename Visit>
  bool any_for(std::string_view text, Visit visit) const {
    const std::u32string lower = lower_characters_of(text);
    for (const std::uint32_t length : lengths_) {
      if (length > lower.size()) break;
      const auto begins = std::u32string_view(lower).substr(0, length);
      if (any_with_head(begins, false, [&](std::uint32_t i) { return visit(languages_[i]); }))
        return true;
    }
    return false;
  }

 private:
  static std::u32string lower_characters_of(std::string_view text);
  std::size_t first_not_below(std::u32string_view head) const;

  // Those whose beginning is `head`, or, with `longer`, begins with it.
  template <typename Visit>
  bool any_with_head(std::u32string_view head, bool longer, Visit visit) const {
    for (std::size_t i = first_not_below(head); i < by_head_.size(); ++i) {
      const std::u32string_view own = languages_[by_head_[i]].head();
      if (longer ? !own.starts_with(head) : own != head) return false;
      if (visit(by_head_[i])) return true;
    }
    return false;
  }

  std::vector<Language> languages_;
  std::vector<std::uint32_t> by_head_;  // positions, sorted by beginning
  std::vector<std::uint32_t> lengths_;  // of the beginnings, each once, ascending
};

}  // namespace iamcheck
