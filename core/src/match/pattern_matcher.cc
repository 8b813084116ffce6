#include "match/pattern_matcher.h"

#include <algorithm>
#include <utility>

#include "match/character.h"
#include "match/position_set.h"
#include "text/ascii.h"

namespace iamcheck {

std::size_t PatternMatcher::resource_part(std::string_view arn) {
  std::size_t begin = 0;
  for (int colons = 0; colons < 5; ++colons) {
    const std::size_t colon = arn.find(':', begin);
    if (colon == std::string_view::npos) return arn.size();
    begin = colon + 1;
  }
  return begin;
}

bool PatternMatcher::matches() {
  return pattern_.has_field_stars_ ? matches_by_positions() : matches_greedily();
}

bool PatternMatcher::matches_greedily() {
  std::size_t star = next_star(0);
  const Place head = end_of_run(0, star, 0, subject_.size());
  if (!head) return false;
  if (star == token_count()) return *head == subject_.size();

  std::size_t tail = token_count();
  while (!is_star(tail - 1)) --tail;
  const Place limit = start_of_run(tail, token_count(), subject_.size());
  if (!limit || *limit < *head) return false;

  std::size_t position = *head;
  while (star + 1 != tail) {
    const std::size_t next = next_star(star + 1);
    const Place end = find_run(star + 1, next, position, *limit);
    if (!end) return false;
    position = *end;
    star = next;
  }
  return true;
}

bool PatternMatcher::matches_by_positions() {
  const std::size_t size = subject_.size();
  const std::size_t star = next_star(0);
  const Place head = end_of_run(0, star, 0, size);
  if (!head) return false;

  PositionSet reached(size + 1);
  PositionSet after(size + 1);
  reached.insert(*head);
  for (std::size_t index = star; index < token_count(); ++index) {
    after.clear();
    if (is_star(index)) {
      const bool free = is_free_star(index);
      // Run on from every reached place, to the end or to the next colon.
      std::size_t position = reached.next(0);
      while (position != PositionSet::kNone) {
        after.insert(position);
        ++steps_;
        if (position == size) break;
        const std::size_t next = position + character_size(subject_, position);
        position = free || subject_[position] != ':' ? next : reached.next(next);
      }
    } else {
      for (std::size_t position = reached.next(0); position != PositionSet::kNone;
           position = reached.next(position + 1)) {
        if (const Place end = end_of_token(index, position, size)) after.insert(*end);
      }
    }
    std::swap(reached, after);
    if (reached.next(0) == PositionSet::kNone) return false;
  }
  return reached.contains(size);
}

bool PatternMatcher::is_free_star(std::size_t index) const {
  const Token& t = token(index);
  return t.kind == Token::Kind::kStar ||
         (t.kind == Token::Kind::kVariable && values_[t.variable].any);
}

bool PatternMatcher::is_star(std::size_t index) const {
  return token(index).kind == Token::Kind::kFieldStar || is_free_star(index);
}

std::size_t PatternMatcher::next_star(std::size_t index) const {
  while (index < token_count() && !is_star(index)) ++index;
  return index;
}

bool PatternMatcher::is_text(std::size_t index) const {
  return token(index).kind == Token::Kind::kLiteral || token(index).kind == Token::Kind::kVariable;
}

std::string_view PatternMatcher::text_of(std::size_t index) const {
  const Token& t = token(index);
  if (t.kind == Token::Kind::kVariable) return values_[t.variable].text;
  return std::string_view(pattern_.literal_).substr(t.begin, t.size);
}

bool PatternMatcher::text_stands_at(std::size_t index, std::size_t position, std::size_t limit) {
  const std::string_view text = text_of(index);
  ++steps_;
  if (limit - position < text.size()) return false;
  const std::string_view part = subject_.substr(position, text.size());
  steps_ += text.size();
  if (!token(index).ignore_case) return part == text;
  if (position + text.size() <= caseless_) return equals_ignoring_case(part, text);
  // A `*` ran on past a colon (S6.1) and brought the text into the resource part of the subject.
  const std::size_t folded = caseless_ - std::min(position, caseless_);
  return equals_ignoring_case(part.substr(0, folded), text.substr(0, folded)) &&
         part.substr(folded) == text.substr(folded);
}

PatternMatcher::Place PatternMatcher::end_of_token(std::size_t index, std::size_t position,
                                                   std::size_t limit) {
  if (is_text(index)) {
    if (!text_stands_at(index, position, limit)) return std::nullopt;
    const std::size_t end = position + text_of(index).size();
    // The literal bytes may be the first half of a longer character of the subject.
    return is_character_start(subject_, end) ? Place(end) : std::nullopt;
  }
  const bool field = token(index).kind == Token::Kind::kFieldOne;
  for (std::uint32_t left = token(index).size; left > 0; --left) {
    ++steps_;
    if (position == limit || (field && subject_[position] == ':')) return std::nullopt;
    position += character_size(subject_, position);
  }
  return position;
}

PatternMatcher::Place PatternMatcher::start_of_token(std::size_t index, std::size_t position) {
  if (is_text(index)) {
    const std::size_t size = text_of(index).size();
    if (position < size || !text_stands_at(index, position - size, position)) return std::nullopt;
    const std::size_t start = position - size;
    return is_character_start(subject_, start) ? Place(start) : std::nullopt;
  }
  const bool field = token(index).kind == Token::Kind::kFieldOne;
  for (std::uint32_t left = token(index).size; left > 0; --left) {
    ++steps_;
    if (position == 0) return std::nullopt;
    position = previous_character(subject_, position);
    if (field && subject_[position] == ':') return std::nullopt;
  }
  return position;
}

PatternMatcher::Place PatternMatcher::end_of_run(std::size_t first, std::size_t last,
                                                 std::size_t position, std::size_t limit) {
  Place place = position;
  for (; place && first < last; ++first) place = end_of_token(first, *place, limit);
  return place;
}

PatternMatcher::Place PatternMatcher::start_of_run(std::size_t first, std::size_t last,
                                                   std::size_t position) {
  Place place = position;
  for (; place && first < last; --last) place = start_of_token(last - 1, *place);
  return place;
}

PatternMatcher::Place PatternMatcher::find_run(std::size_t first, std::size_t last,
                                               std::size_t position, std::size_t limit) {
  if (first == last) return position;
  const bool text = is_text(first) && !text_of(first).empty();
  const bool searchable = text && !token(first).ignore_case;
  while (position <= limit) {
    if (searchable) {
      const std::size_t found = subject_.substr(0, limit).find(text_of(first), position);
      if (found == std::string_view::npos) {
        steps_ += limit - position;
        return std::nullopt;
      }
      steps_ += found - position;
      position = found;
    } else if (text) {
      const char letter = ascii_lower(text_of(first).front());
      const std::size_t before = position;
      while (position < limit && ascii_lower(subject_[position]) != letter) ++position;
      steps_ += position - before;
    }
    if (is_character_start(subject_, position)) {
      if (const Place end = end_of_run(first, last, position, limit)) return end;
    }
    ++position;
  }
  return std::nullopt;
}

}  // namespace iamcheck
