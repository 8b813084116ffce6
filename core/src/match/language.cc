#include "match/language.h"

#include <algorithm>
#include <utility>

#include "match/character.h"
#include "text/letter_case.h"

namespace iamcheck {
namespace {

using Element = Language::Element;
using Kind = Language::Element::Kind;

constexpr char32_t kStrayByte = 0x110000;
// Beyond this many steps `covers` says "not known to".
constexpr int kArnColons = 5;
constexpr std::size_t kMaxSteps = 4'000'000;

char32_t decode(std::string_view sequence) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(sequence[i]); };
  if (sequence.size() == 1) return byte(0) < 0x80 ? byte(0) : kStrayByte + byte(0);
  char32_t character = byte(0) & (0xFFu >> (sequence.size() + 1));
  for (std::size_t i = 1; i < sequence.size(); ++i) character = (character << 6) | (byte(i) & 0x3F);
  return character;
}

template <typename Visit>
void each_character(std::string_view text, Visit visit) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = character_size(text, i);
    visit(decode(text.substr(i, size)));
    i += size;
  }
}

void append(std::string& text, char32_t c) {
  const auto add = [&](char32_t byte) {
    text += static_cast<char>(static_cast<unsigned char>(byte));
  };
  if (c >= kStrayByte) return add(c - kStrayByte);
  if (c < 0x80) return add(c);
  if (c < 0x800) {
    add(0xC0 | (c >> 6));
  } else {
    if (c < 0x10000) {
      add(0xE0 | (c >> 12));
    } else {
      add(0xF0 | (c >> 18));
      add(0x80 | ((c >> 12) & 0x3F));
    }
    add(0x80 | ((c >> 6) & 0x3F));
  }
  add(0x80 | (c & 0x3F));
}

}  // namespace

std::u32string characters_of(std::string_view text) {
  std::u32string characters;
  characters.reserve(text.size());
  each_character(text, [&](char32_t c) { characters += c; });
  return characters;
}

std::string text_of(std::u32string_view characters) {
  std::string text;
  text.reserve(characters.size());
  for (const char32_t c : characters) append(text, c);
  return text;
}

Language::Language(Pattern pattern, bool lowered)
    : pattern_(std::move(pattern)), lowered_(lowered) {
  using TokenKind = Pattern::Token::Kind;
  bool field = pattern_.has_field_stars_ || pattern_.is_arn_;
  int colons = 0;
  elements_.reserve(pattern_.literal_.size() + pattern_.tokens_.size());
  for (const Pattern::Token& token : pattern_.tokens_) {
    Element element;
    switch (token.kind) {
      case TokenKind::kLiteral:
        element.ignore_case = token.ignore_case;
        each_character(std::string_view(pattern_.literal_).substr(token.begin, token.size),
                       [&](char32_t c) {
                         element.character = c;
                         colons += c == U':' ? 1 : 0;
                         elements_.push_back(element);
                       });
        continue;
      case TokenKind::kAnyOne:
      case TokenKind::kFieldOne:
        element.kind = token.kind == TokenKind::kAnyOne ? Kind::kAny : Kind::kFieldAny;
        elements_.insert(elements_.end(), token.size, element);
        continue;
      case TokenKind::kStar:
        element.kind = Kind::kStar;
        break;
      case TokenKind::kFieldStar:
        element.kind = Kind::kFieldStar;
        break;
      case TokenKind::kVariable:
        // What is put into one of the first five parts of an Arn value is compared with that part.
        element.kind = field && colons < kArnColons ? Kind::kFieldStar : Kind::kStar;
        element.variable = token.variable;
        break;
    }
    elements_.push_back(element);
  }
  const auto no_character = [](const Element& e) { return e.kind != Kind::kCharacter; };
  const auto head_end = std::find_if(elements_.begin(), elements_.end(), no_character);
  const auto tail_begin = std::find_if(elements_.rbegin(), elements_.rend(), no_character).base();
  head_.reserve(static_cast<std::size_t>(head_end - elements_.begin()));
  tail_.reserve(static_cast<std::size_t>(elements_.end() - tail_begin));
  for (auto e = elements_.begin(); e != head_end; ++e) append(head_, to_lower(e->character));
  for (auto e = tail_begin; e != elements_.end(); ++e) append(tail_, to_lower(e->character));
  std::reverse(tail_.begin(), tail_.end());
  single_ = head_end == elements_.end() && !lowered_ && !is_nothing();
}

bool Language::has(std::string_view text) const {
  const std::string lower = lowered_ ? to_lower(text) : std::string();
  const std::string_view subject = lowered_ ? std::string_view(lower) : text;
  if (!open()) return pattern_.matches(subject);
  struct Anything final : VariableScope {
    VariableValue find_variable(const ContextKey&) const override {
      return {VariableValue::State::kUnknown, {}};
    }
  };
  return pattern_.match(subject, Anything()) != Pattern::Outcome::kNo;
}

bool Language::may_meet(const Language& a, const Language& b) {
  if (a.is_nothing() || b.is_nothing()) return false;
  const auto agree = [](const std::string& x, const std::string& y) {
    const std::size_t size = std::min(x.size(), y.size());
    return x.compare(0, size, y, 0, size) == 0;
  };
  return agree(a.head_, b.head_) && agree(a.tail_, b.tail_);
}

// Whether `own` takes whatever `theirs` may be, read as one character. Where both ignore case it is
// ignored only if `aligned`: then both surely meet the first five parts of the text.
bool Language::takes(const Element& own, const Language& other, const Element& theirs,
                     bool aligned) const {
  if (own.variable != Element::kNoVariable) {
    if (theirs.variable == Element::kNoVariable) return false;
    const Pattern::Variable& a = pattern_.variables_[own.variable];
    const Pattern::Variable& b = other.pattern_.variables_[theirs.variable];
    return a.key == b.key && a.default_text == b.default_text;
  }
  switch (own.kind) {
    case Kind::kAny:
    case Kind::kStar:
      return true;
    case Kind::kFieldAny:
    case Kind::kFieldStar:
      return theirs.kind == Kind::kFieldAny ||
             (theirs.kind == Kind::kFieldStar && theirs.variable == Element::kNoVariable) ||
             (theirs.kind == Kind::kCharacter && theirs.character != U':');
    case Kind::kCharacter:
      break;
  }
  if (theirs.kind != Kind::kCharacter || (theirs.ignore_case && !own.ignore_case)) return false;
  if (own.character == theirs.character) return true;
  return aligned && own.ignore_case && to_lower(own.character) == to_lower(theirs.character);
}

bool Language::covers(const Language& outer, const Language& inner) {
  if (outer.is_everything()) return true;
  if (outer.is_nothing()) return false;
  if (!inner.head_.starts_with(outer.head_) || !inner.tail_.starts_with(outer.tail_)) return false;
  if (inner.lowered_ && !outer.lowered_) return false;
  if (outer.lowered_ != inner.lowered_ && !inner.is_single()) return false;
  const std::vector<Element>& out = outer.elements_;
  const std::vector<Element>& in = inner.elements_;
  if (out.size() * in.size() > kMaxSteps) return false;
  if (outer.lowered_ != inner.lowered_) return !outer.open() && outer.has(inner.instance({}));
  // The wildcards of `inner` as letters of their own: what is matched then is matched whatever
  // stands in their place.
  std::vector<bool> row(in.size() + 1), next(in.size() + 1);
  row[0] = true;
  const auto first_free = static_cast<std::size_t>(
      std::find_if(in.begin(), in.end(), [](const Element& e) { return e.kind == Kind::kStar; }) -
      in.begin());
  for (const Element& o : out) {
    std::fill(next.begin(), next.end(), false);
    for (std::size_t j = 0; j <= in.size(); ++j) {
      const bool is_star = o.is_star() && o.variable == Element::kNoVariable;
      if (is_star && row[j]) next[j] = true;
      if (j == 0) continue;
      const Element& i = in[j - 1];
      const bool before = is_star ? next[j - 1] : row[j - 1];
      if (!before || (i.is_star() && !o.is_star())) continue;
      if (outer.takes(o, inner, i, j - 1 < first_free)) next[j] = true;
    }
    row.swap(next);
  }
  return row.back();
}

std::string Language::instance(std::u32string_view filling) const {
  if (single_) return pattern_.literal_;
  std::string text;
  text.reserve(elements_.size() + filling.size());
  for (const Element& e : elements_) {
    if (e.kind == Kind::kCharacter) {
      append(text, e.character);
    } else if (e.is_star()) {
      for (const char32_t c : filling) append(text, c);
    } else {
      append(text, filling.empty() ? U'x' : filling.front());
    }
  }
  return text;
}

}  // namespace iamcheck
