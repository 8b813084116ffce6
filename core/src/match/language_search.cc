#include "match/language_search.h"

#include <algorithm>
#include <cstdint>
#include <queue>
#include <tuple>
#include <unordered_set>
#include <utility>
#include <vector>

#include "iamcheck/arn.h"
#include "text/ascii.h"
#include "text/letter_case.h"

namespace iamcheck {
namespace {

using Element = Language::Element;
using Kind = Language::Element::Kind;
using Word = std::uint64_t;
constexpr std::size_t kBits = 64;
constexpr unsigned kArnColons = 5;

bool is_upper(char32_t c) { return c >= U'A' && c <= U'Z'; }

// The characters whose lower case is `lower`, but for itself.
void add_upper_forms(char32_t lower, std::vector<char32_t>& out) {
  constexpr char32_t kLastWithCase = 0x1E943;
  // Nearly every name is ASCII; the sign for kelvin and the I with a dot are the letters beyond
  // that lower into it.
  if (lower < 0x80) {
    if (lower >= U'a' && lower <= U'z') out.push_back(lower - (U'a' - U'A'));
    if (lower == U'k') out.push_back(0x212A);
    if (lower == U'i') out.push_back(0x0130);
    return;
  }
  for (char32_t c = 0x80; c <= kLastWithCase; ++c) {
    if (c != lower && to_lower(c) == lower) out.push_back(c);
  }
}

// One character of the text, as all languages see it.
struct Letter {
  char32_t character = 0;
  bool fresh = false;  // stands for every character that no language names
};

// The places of one language: before each of its elements, and behind the last.
class Places {
 public:
  Places(const Language& language, std::size_t first_word)
      : language_(&language),
        first_(first_word),
        words_(language.elements().size() / kBits + 1),
        star_(words_),
        free_star_(words_) {
    const auto& elements = language.elements();
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (elements[i].is_star()) set(star_, i);
      if (elements[i].kind == Kind::kStar) set(free_star_, i);
    }
    ends_free_ = !elements.empty() && elements.back().kind == Kind::kStar;
  }

  std::size_t words() const { return words_; }

  void begin(std::vector<Word>& state) const {
    state[first_] |= 1;
    close(state.data() + first_);
  }

  // What one letter does: `moves` has the elements that take it, `stays` the stars that do.
  struct Step {
    std::vector<Word> moves, stays;
  };
  Step step_of(const Letter& letter, bool in_head) const {
    Step step{std::vector<Word>(words_), std::vector<Word>(words_)};
    const auto& elements = language_->elements();
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (!takes(elements[i], letter, in_head)) continue;
      set(elements[i].is_star() ? step.stays : step.moves, i);
    }
    return step;
  }

  // Writes the places reached from `from` into `to`; false when there are none.
  bool advance(const std::vector<Word>& from, const Step& step, std::vector<Word>& to) const {
    Word carry = 0;
    bool any = false;
    for (std::size_t w = 0; w < words_; ++w) {
      const Word at = from[first_ + w];
      const Word moved = at & step.moves[w];
      to[first_ + w] = (moved << 1) | carry | (at & step.stays[w]);
      carry = moved >> (kBits - 1);
      any = any || to[first_ + w] != 0;
    }
    if (any) close(to.data() + first_);
    return any;
  }

  bool is_at_end(const std::vector<Word>& state) const {
    return test(state, language_->elements().size());
  }
  /// Whatever follows, the text belongs to the language.
  bool is_settled(const std::vector<Word>& state) const {
    return ends_free_ && test(state, language_->elements().size() - 1);
  }
  /// Characters that are still needed at the least.
  std::size_t missing(const std::vector<Word>& state) const {
    const auto& elements = language_->elements();
    std::size_t last = elements.size();
    while (last > 0 && !test(state, last)) --last;
    return static_cast<std::size_t>(
        std::count_if(elements.begin() + static_cast<std::ptrdiff_t>(last), elements.end(),
                      [](const Element& e) { return !e.is_star(); }));
  }

 private:
  static void set(std::vector<Word>& words, std::size_t bit) {
    words[bit / kBits] |= Word{1} << (bit % kBits);
  }
  bool test(const std::vector<Word>& state, std::size_t bit) const {
    return (state[first_ + bit / kBits] >> (bit % kBits) & 1) != 0;
  }

  bool takes(const Element& element, const Letter& letter, bool in_head) const {
    switch (element.kind) {
      case Kind::kAny:
      case Kind::kStar:
        return true;
      case Kind::kFieldAny:
      case Kind::kFieldStar:
        return letter.character != U':';
      case Kind::kCharacter:
        break;
    }
    if (letter.fresh) return false;
    const char32_t c = letter.character;
    if (language_->lowered()) return to_lower(c) == element.character;
    if (in_head && element.ignore_case)
      return is_upper(element.character) ? c == to_lower(element.character)
                                         : c == element.character;
    return c == element.character;
  }

  // A star need take nothing. A place left of a free star that is reached adds nothing to it.
  void close(Word* at) const {
    for (bool changed = true; changed;) {
      changed = false;
      Word carry = 0;
      for (std::size_t w = 0; w < words_; ++w) {
        const Word on_star = at[w] & star_[w];
        const Word more = (on_star << 1) | carry;
        carry = on_star >> (kBits - 1);
        changed = changed || (more & ~at[w]) != 0;
        at[w] |= more;
      }
    }
    for (std::size_t w = words_; w-- > 0;) {
      const Word stars = at[w] & free_star_[w];
      if (stars == 0) continue;
      const auto last =
          static_cast<unsigned>(kBits - 1 - static_cast<unsigned>(std::countl_zero(stars)));
      at[w] &= ~((Word{1} << last) - 1);
      std::fill(at, at + w, 0);
      return;
    }
  }

  const Language* language_;
  std::size_t first_;
  std::size_t words_;
  std::vector<Word> star_, free_star_;
  bool ends_free_ = false;
};

class Search {
 public:
  Search(std::span<const Language* const> all_of, std::span<const Language* const> none_of,
         TextKind kind, std::size_t max_states)
      : all_of_(all_of), none_of_(none_of), kind_(kind), max_states_(max_states) {
    for (const Language* one : all_of) wanted_.push_back(add(*one));
    for (const Language* one : none_of) unwanted_.push_back(add(*one));
    size_ = words_ + 1;  // the last word counts the colons of an ARN
    weight_ = 1 + size_ / kWordsOfOne;
    find_letters();
  }

  TextSearch run() {
    std::vector<Word> start(size_);
    for (const Places& places : wanted_) places.begin(start);
    for (const Places& places : unwanted_) places.begin(start);
    visit(std::move(start), kNoParent, 0);
    std::vector<Word> next(size_);
    while (!queue_.empty()) {
      const std::size_t index = std::get<2>(queue_.top());
      queue_.pop();
      if (is_accepted(states_[index])) {
        std::string text = spell(index);
        // The search and the matcher are two programs: neither is believed alone.
        if (!is_answer(text)) return {TextSearch::Outcome::kUnknown, {}, spent()};
        return {TextSearch::Outcome::kFound, std::move(text), spent()};
      }
      if (spent() >= max_states_) return {TextSearch::Outcome::kUnknown, {}, spent()};
      expand(index, next);
    }
    return {TextSearch::Outcome::kNone, {}, spent()};
  }

 private:
  static constexpr std::size_t kNoParent = static_cast<std::size_t>(-1);
  // A state of many languages takes memory and time for several.
  static constexpr std::size_t kWordsOfOne = 64;

  std::size_t spent() const { return states_.size() * weight_; }

  Places add(const Language& language) {
    Places places(language, words_);
    words_ += places.words();
    return places;
  }

  void find_letters() {
    std::vector<char32_t> named = {U':'};
    const auto add_all = [&](std::span<const Language* const> languages) {
      for (const Language* one : languages) {
        for (const Element& e : one->elements()) {
          if (e.kind != Kind::kCharacter) continue;
          named.push_back(e.character);
          if (e.ignore_case) named.push_back(to_lower(e.character));
          if (one->lowered()) add_upper_forms(e.character, named);
        }
      }
    };
    add_all(all_of_);
    add_all(none_of_);
    std::sort(named.begin(), named.end());
    named.erase(std::unique(named.begin(), named.end()), named.end());
    char32_t fresh = U'x';
    // Some readable character of its own, in lower case, whose lower case is nobody's either.
    const auto is_named = [&](char32_t c) {
      return std::binary_search(named.begin(), named.end(), c);
    };
    for (const char32_t c : std::u32string_view(U"xyzwvutsrqponmlkjihgfedcba0123456789-_.+=")) {
      fresh = c;
      if (!is_named(c)) break;
    }
    for (char32_t c = 0x4E00; is_named(fresh); ++c) fresh = c;
    letters_.push_back({fresh, true});
    for (const char32_t c : named) letters_.push_back({c, false});
    for (const bool in_head : {false, true}) {
      if (in_head && kind_ == TextKind::kPlain) continue;
      for (const Letter& letter : letters_) {
        for (const Places& places : wanted_)
          steps_[in_head].push_back(places.step_of(letter, in_head));
        for (const Places& places : unwanted_)
          steps_[in_head].push_back(places.step_of(letter, in_head));
      }
    }
  }

  void expand(std::size_t index, std::vector<Word>& next) {
    const bool in_head = kind_ == TextKind::kResource && colons_of(states_[index]) < kArnColons;
    const std::size_t count = wanted_.size() + unwanted_.size();
    for (std::size_t l = 0; l < letters_.size(); ++l) {
      const Letter& letter = letters_[l];
      // Case makes no difference there, so lower case will do.
      if (in_head && is_upper(letter.character)) continue;
      const Places::Step* step = steps_[in_head].data() + l * count;
      if (!advance(states_[index], step, next)) continue;
      next[words_] = colons_of(states_[index]);
      if (in_head && letter.character == U':') ++next[words_];
      visit(next, index, letter.character);
    }
  }

  bool advance(const std::vector<Word>& from, const Places::Step* step,
               std::vector<Word>& to) const {
    for (const Places& places : wanted_) {
      if (!places.advance(from, *step++, to)) return false;
    }
    for (const Places& places : unwanted_) {
      places.advance(from, *step++, to);
      if (places.is_settled(to)) return false;
    }
    return true;
  }

  void visit(std::vector<Word> state, std::size_t parent, char32_t letter) {
    if (!seen_.insert(state).second) return;
    std::size_t missing = 0;
    for (const Places& places : wanted_) missing = std::max(missing, places.missing(state));
    if (kind_ == TextKind::kResource)
      missing = std::max(missing, static_cast<std::size_t>(kArnColons - colons_of(state)));
    const std::size_t depth = parent == kNoParent ? 0 : depths_[parent] + 1;
    queue_.emplace(missing, depth, states_.size());
    states_.push_back(std::move(state));
    parents_.push_back(parent);
    depths_.push_back(depth);
    taken_.push_back(letter);
  }

  unsigned colons_of(const std::vector<Word>& state) const {
    return static_cast<unsigned>(state[words_]);
  }

  bool is_accepted(const std::vector<Word>& state) const {
    if (kind_ == TextKind::kResource && colons_of(state) < kArnColons) return false;
    return std::ranges::all_of(wanted_, [&](const Places& p) { return p.is_at_end(state); }) &&
           std::ranges::none_of(unwanted_, [&](const Places& p) { return p.is_at_end(state); });
  }

  std::string spell(std::size_t index) const {
    std::u32string text;
    for (; parents_[index] != kNoParent; index = parents_[index]) text += taken_[index];
    std::reverse(text.begin(), text.end());
    return text_of(text);
  }

  bool is_answer(const std::string& text) const {
    return (kind_ == TextKind::kPlain || Arn::parse(text)) &&
           std::ranges::all_of(all_of_, [&](const Language* one) { return one->has(text); }) &&
           std::ranges::none_of(none_of_, [&](const Language* one) { return one->has(text); });
  }

  struct HashWords {
    std::size_t operator()(const std::vector<Word>& words) const {
      Word hash = 0xcbf29ce484222325;
      for (const Word word : words) hash = (hash ^ word ^ (hash >> 29)) * 0x9E3779B97F4A7C15;
      return static_cast<std::size_t>(hash ^ (hash >> 32));
    }
  };

  std::span<const Language* const> all_of_, none_of_;
  TextKind kind_;
  std::size_t max_states_;
  std::vector<Places> wanted_, unwanted_;
  std::size_t words_ = 0, size_ = 0, weight_ = 1;
  std::vector<Letter> letters_;
  std::vector<Places::Step> steps_[2];  // by letter, then by language; for the head of an ARN apart
  std::vector<std::vector<Word>> states_;
  std::vector<std::size_t> parents_, depths_;
  std::vector<char32_t> taken_;
  std::unordered_set<std::vector<Word>, HashWords> seen_;
  // Fewest missing characters first, then shortest text, then oldest.
  using Entry = std::tuple<std::size_t, std::size_t, std::size_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue_;
};

}  // namespace

TextSearch find_text(std::span<const Language* const> all_of,
                     std::span<const Language* const> none_of, TextKind kind,
                     std::size_t max_states) {
  for (const Language* one : all_of) {
    if (one->is_nothing()) return {};
  }
  for (const Language* one : none_of) {
    if (one->is_everything()) return {};
  }
  // `arn:` and what follows: five colons at least are counted by the search itself.
  static const Language kArn{Pattern::like("arn:*", {})};
  std::vector<const Language*> wanted(all_of.begin(), all_of.end());
  if (kind == TextKind::kResource) wanted.push_back(&kArn);
  return Search(wanted, none_of, kind, max_states).run();
}

}  // namespace iamcheck
