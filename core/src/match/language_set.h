#pragma once

// Many languages, of which few can meet a given one.
//
// The names of actions begin with their service, ARNs with what they are of: two patterns whose
// fixed beginnings differ have no text in common. The set is sorted by those beginnings, so that a
// question looks at the few that are left: ReadOnlyAccess has more than a thousand. Those that come
// as texts are taken apart when somebody looks at them, so a set is for one thread.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "match/language.h"
#include "text/letter_case.h"

namespace iamcheck {

class LanguageSet {
 public:
  void add(Language language);
  template <typename... Args>
  void emplace(Args&&... args) {
    add(Language(std::forward<Args>(args)...));
  }
  /// `Pattern::like(text)`, which `written` stands for in front of people.
  void add_like(std::string text, std::string written);
  /// To be called once, when all are added.
  void sort();

  std::size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }
  /// Some of them are open.
  bool any_open() const { return any_open_; }

  class Iterator {
   public:
    using iterator_concept = std::forward_iterator_tag;
    using iterator_category = std::forward_iterator_tag;
    using value_type = Language;
    using difference_type = std::ptrdiff_t;
    using pointer = const Language*;
    using reference = const Language&;
    Iterator() = default;
    Iterator(const LanguageSet& set, std::size_t position) : set_(&set), position_(position) {}
    const Language& operator*() const { return set_->at(position_); }
    Iterator& operator++() {
      ++position_;
      return *this;
    }
    Iterator operator++(int) { return {*set_, position_++}; }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const LanguageSet* set_ = nullptr;
    std::size_t position_ = 0;
  };
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size()}; }

  /// Calls `visit` with every language that may meet `one`, in no order, until it says true;
  /// whether it did.
  template <typename Visit>
  bool any_meeting(const Language& one, Visit visit) const {
    const std::string_view head = one.head();
    const auto meets = [&](std::uint32_t position) {
      return Language::may_meet(at(position), one) && visit(at(position));
    };
    const std::size_t first = first_not_below(head);
    for (std::size_t i = first; i < by_head_.size() && head_at(i).starts_with(head); ++i) {
      if (meets(by_head_[i])) return true;
    }
    return any_before(first, head, meets);
  }
  /// False only if no language of one may meet one of the other. Looks at the beginnings alone.
  static bool may_meet(const LanguageSet& a, const LanguageSet& b);
  /// Those that may meet some of these, in the order in which they were added.
  std::vector<const Language*> meeting(std::span<const Language* const> some) const;
  /// `any_meeting` for those that a text may belong to, by its beginning.
  template <typename Visit>
  bool any_for(std::string_view text, Visit visit) const {
    const std::string lower = to_lower(text);
    const auto visit_at = [&](std::uint32_t position) { return visit(at(position)); };
    std::size_t first = first_not_below(lower);
    for (; first < by_head_.size() && head_at(first) == lower; ++first) {
      if (visit_at(by_head_[first])) return true;
    }
    return any_before(first, lower, visit_at);
  }

 private:
  struct Entry {
    std::string head;  // what all its texts begin with, in lower case
    std::string text, written;
    mutable std::unique_ptr<const Language> language;  // nothing: `text`, not taken apart yet
  };

  const Language& at(std::size_t position) const {
    const Entry& entry = entries_[position];
    return entry.language ? *entry.language : take_apart(entry);
  }
  static const Language& take_apart(const Entry& entry);
  std::size_t first_not_below(std::string_view head) const;

  const std::string& head_at(std::size_t i) const { return entries_[by_head_[i]].head; }

  // Those before `first` whose beginning `head` begins with: each lies in the chain of the last.
  template <typename Visit>
  bool any_before(std::size_t first, std::string_view head, Visit visit) const {
    for (std::size_t i = first; i-- > 0; i = shorter_[i]) {
      if (head.starts_with(head_at(i)) && visit(by_head_[i])) return true;
    }
    return false;
  }

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> by_head_;  // positions, sorted by beginning
  // By place in `by_head_`: one more than the place of the last before it that it begins with.
  std::vector<std::uint32_t> shorter_;
  bool any_open_ = false;
};

}  // namespace iamcheck
