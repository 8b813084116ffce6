#include "catalogue/pattern_candidates.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "text/ascii.h"

namespace iamcheck {
namespace {

std::size_t common_prefix(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

std::size_t common_suffix(std::string_view a, std::string_view b) {
  const auto ends = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend());
  return static_cast<std::size_t>(ends.first - a.rbegin());
}

std::vector<std::string> lowered(const std::vector<std::string_view>& names) {
  std::vector<std::string> lower;
  lower.reserve(names.size());
  for (const std::string_view name : names) lower.push_back(ascii_lower(name));
  return lower;
}

enum class Kind : unsigned char { kName, kBeginning, kEnd, kBoth, kMiddle };

class CandidateFinder {
 public:
  CandidateFinder(const std::vector<std::string_view>& wanted,
                  const std::vector<std::string_view>& others)
      : names_(wanted), wanted_(lowered(wanted)), others_(lowered(others)) {
    for (const std::string& other : others_) {
      for (std::size_t i = 0; i < other.size(); ++i)
        tails_.push_back(std::string_view(other).substr(i));
    }
    std::ranges::sort(tails_);
  }

  std::vector<PatternCandidate> find() {
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      BitSet only(wanted_.size());
      only.add(i);
      keep(Kind::kName, std::string(names_[i]), only);
      add_ends(i);
      add_middles(i);
    }
    std::vector<std::pair<Order, PatternCandidate>> sorted;
    sorted.reserve(found_.size());
    for (auto& [names, found] : found_)
      sorted.push_back({{found.first, found.second}, {found.second, names}});
    std::ranges::sort(sorted, {}, &std::pair<Order, PatternCandidate>::first);
    std::vector<PatternCandidate> candidates;
    candidates.reserve(sorted.size());
    for (auto& [order, candidate] : sorted) candidates.push_back(std::move(candidate));
    return candidates;
  }

 private:
  using Order = std::pair<Kind, std::string>;

  void keep(Kind kind, std::string text, const BitSet& names) {
    const auto [place, fresh] = found_.try_emplace(names, kind, text);
    auto& [known_kind, known] = place->second;
    if (fresh) return;
    // The longer one is narrower.
    const auto order = [](Kind k, const std::string& t) {
      return std::make_tuple(k, -static_cast<std::ptrdiff_t>(t.size()), std::string_view(t));
    };
    if (order(kind, text) < order(known_kind, known)) place->second = {kind, std::move(text)};
  }

  // For every length of the beginning, the shortest end with which no other name matches. Longer
  // ends match less.
  void add_ends(std::size_t position) {
    const std::string& name = wanted_[position];
    // By the length of the beginning that another name shares: the shortest end that rules it out.
    std::vector<std::pair<std::size_t, std::size_t>> shared;
    shared.reserve(others_.size());
    for (const std::string& other : others_)
      shared.emplace_back(common_prefix(name, other), common_suffix(name, other));
    std::optional<std::size_t> last;
    for (std::size_t begin = 0; begin <= name.size(); ++begin) {
      std::size_t end = 0;
      for (std::size_t i = 0; i < others_.size(); ++i) {
        // A shorter name than beginning and end together does not match.
        if (shared[i].first >= begin)
          end = std::max(end, std::min(shared[i].second, others_[i].size() - begin) + 1);
      }
      if (begin + end > name.size() || (last && end >= *last)) continue;
      last = end;
      keep_ends(position, begin, end);
    }
  }

  void keep_ends(std::size_t position, std::size_t begin, std::size_t end) {
    const std::string& name = wanted_[position];
    const std::string_view head = std::string_view(name).substr(0, begin);
    const std::string_view tail = std::string_view(name).substr(name.size() - end);
    BitSet names(wanted_.size());
    std::size_t head_size = name.size(), tail_size = name.size(), shortest = name.size();
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      const std::string& other = wanted_[i];
      if (other.size() < begin + end || !other.starts_with(head) || !other.ends_with(tail))
        continue;
      names.add(i);
      head_size = std::min(head_size, common_prefix(name, other));
      tail_size = std::min(tail_size, common_suffix(name, other));
      shortest = std::min(shortest, other.size());
    }
    // As narrow as the names that it is for allow.
    if (begin > 0) begin = std::min(head_size, shortest - end);
    if (end > 0) end = std::min(tail_size, shortest - begin);
    const std::string_view spelt = names_[position];
    const Kind kind = end == 0 ? Kind::kBeginning : begin == 0 ? Kind::kEnd : Kind::kBoth;
    std::string text(spelt.substr(0, begin));
    text += '*';
    text += spelt.substr(spelt.size() - end);
    keep(kind, std::move(text), names);
  }

  // The longest beginning of `text` that stands somewhere in another name.
  std::size_t longest_elsewhere(std::string_view text) const {
    const auto place = std::ranges::lower_bound(tails_, text);
    std::size_t longest = 0;
    if (place != tails_.end()) longest = common_prefix(text, *place);
    if (place != tails_.begin()) longest = std::max(longest, common_prefix(text, *(place - 1)));
    return longest;
  }

  // For every place in the name the shortest text from there that no other name holds.
  void add_middles(std::size_t position) {
    const std::string_view name = wanted_[position];
    std::size_t next_end = name.size() + 1;
    for (std::size_t begin = name.size(); begin-- > 0;) {
      const std::size_t end = begin + longest_elsewhere(name.substr(begin)) + 1;
      // One that ends with it and is shorter matches more.
      if (end >= next_end || end > name.size()) continue;
      next_end = end;
      keep_middle(position, begin, end);
    }
  }

  void keep_middle(std::size_t position, std::size_t begin, std::size_t end) {
    const std::string_view name = wanted_[position];
    const auto middle = [&] { return name.substr(begin, end - begin); };
    BitSet names(wanted_.size());
    std::vector<std::size_t> holders;
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      if (wanted_[i].find(middle()) == std::string::npos) continue;
      names.add(i);
      holders.push_back(i);
    }
    const auto all_hold = [&] {
      return std::ranges::all_of(
          holders, [&](std::size_t i) { return wanted_[i].find(middle()) != std::string::npos; });
    };
    while (begin > 0) {
      --begin;
      if (all_hold()) continue;
      ++begin;
      break;
    }
    while (end < name.size()) {
      ++end;
      if (all_hold()) continue;
      --end;
      break;
    }
    std::string text = "*";
    text += names_[position].substr(begin, end - begin);
    text += '*';
    keep(Kind::kMiddle, std::move(text), names);
  }

  const std::vector<std::string_view>& names_;
  std::vector<std::string> wanted_, others_;  // in lower case
  std::vector<std::string_view> tails_;       // of all others, sorted
  std::map<BitSet, std::pair<Kind, std::string>> found_;
};

}  // namespace

std::vector<PatternCandidate> pattern_candidates(const std::vector<std::string_view>& wanted,
                                                 const std::vector<std::string_view>& others) {
  return CandidateFinder(wanted, others).find();
}

}  // namespace iamcheck
