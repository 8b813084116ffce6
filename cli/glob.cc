#include "glob.h"

#include <array>
#include <optional>
#include <utility>

namespace iamcheck::cli {
namespace {

unsigned char byte_of(char c) { return static_cast<unsigned char>(c); }

// The POSIX classes in the C locale. Locales never change what an ignore file means.
std::optional<std::bitset<256>> named_class(std::string_view name) {
  using Range = std::pair<int, int>;
  static const std::array<std::pair<std::string_view, std::vector<Range>>, 12> kClasses = {{
      {"alnum", {{'0', '9'}, {'A', 'Z'}, {'a', 'z'}}},
      {"alpha", {{'A', 'Z'}, {'a', 'z'}}},
      {"blank", {{' ', ' '}, {'\t', '\t'}}},
      {"cntrl", {{0, 31}, {127, 127}}},
      {"digit", {{'0', '9'}}},
      {"graph", {{33, 126}}},
      {"lower", {{'a', 'z'}}},
      {"print", {{32, 126}}},
      {"punct", {{33, 47}, {58, 64}, {91, 96}, {123, 126}}},
      {"space", {{9, 13}, {' ', ' '}}},
      {"upper", {{'A', 'Z'}}},
      {"xdigit", {{'0', '9'}, {'A', 'F'}, {'a', 'f'}}},
  }};
  for (const auto& [known, ranges] : kClasses) {
    if (known != name) continue;
    std::bitset<256> set;
    for (auto [first, last] : ranges) {
      for (int c = first; c <= last; ++c) set.set(static_cast<std::size_t>(c));
    }
    return set;
  }
  return std::nullopt;
}

// One byte, range or named class between brackets. `at` is at its beginning; afterwards at its last
// byte.
bool add_member(std::string_view pattern, std::size_t& at, int& previous, std::bitset<256>& set) {
  const auto peek = [&](std::size_t i) { return i < pattern.size() ? pattern[i] : '\0'; };
  // The byte at `at`, or the one that a backslash there quotes; -1 at the end.
  const auto quoted = [&] {
    if (peek(at) == '\\') ++at;
    return at < pattern.size() ? byte_of(pattern[at]) : -1;
  };
  if (at >= pattern.size()) return false;
  if (pattern[at] == '-' && previous != 0 && peek(at + 1) != '\0' && peek(at + 1) != ']') {
    ++at;
    const int last = quoted();
    if (last < 0) return false;
    for (int c = previous; c <= last; ++c) set.set(static_cast<std::size_t>(c));
    previous = 0;
    return true;
  }
  if (pattern[at] == '[' && peek(at + 1) == ':') {
    const std::size_t name = at + 2;
    const std::size_t end = pattern.find(']', name);
    if (end == std::string_view::npos) return false;
    if (end > name && pattern[end - 1] == ':') {
      const auto named = named_class(pattern.substr(name, end - 1 - name));
      if (!named) return false;
      set |= *named;
      at = end;
      previous = 0;
      return true;
    }
    set.set('[');
    previous = '[';
    return true;
  }
  const int now = quoted();
  if (now < 0) return false;
  set.set(static_cast<std::size_t>(now));
  previous = now;
  return true;
}

}  // namespace

Glob::Glob(std::string_view pattern, Scope scope) { compile(pattern, scope); }

void Glob::compile(std::string_view pattern, Scope scope) {
  auto add = [&](Kind kind, unsigned char byte = 0) { tokens_.push_back({kind, byte, {}}); };
  bool literal = true;  // no wildcard so far
  for (std::size_t at = 0; at < pattern.size() && valid_; ++at) {
    const char c = pattern[at];
    if (c == '\\') {
      // A backslash at the end quotes nothing; git lets such a pattern match nothing.
      if (++at == pattern.size()) {
        valid_ = false;
      } else {
        add(Kind::kCharacter, byte_of(pattern[at]));
      }
      literal = false;
    } else if (c == '?') {
      add(Kind::kAny);
      literal = false;
    } else if (c == '[') {
      valid_ = add_class(pattern, at);
      literal = false;
    } else if (c == '*') {
      // git compares what stands before the first wildcard as text and hands only the rest to its
      // matcher, so `**` right behind such a text counts as standing at the beginning.
      const bool starts = literal || pattern[at - 1] == '/';
      std::size_t end = at + 1;
      while (end < pattern.size() && pattern[end] == '*') ++end;
      const bool twice = end - at >= 2 && starts && scope == Scope::kPath;
      const bool last = end == pattern.size();
      if (twice && !last && pattern[end] == '/') {
        add(Kind::kFolders);
        add(Kind::kInFolders);
        ++end;  // the slash belongs to the run
      } else if (twice && (last || pattern.substr(end, 2) == "\\/")) {
        add(Kind::kEverything);
      } else {
        add(Kind::kStar);
      }
      at = end - 1;
      literal = false;
    } else {
      add(Kind::kCharacter, byte_of(c));
    }
  }
}

// `at` is at `[`; afterwards at the `]`. False where git gives up on the pattern.
bool Glob::add_class(std::string_view pattern, std::size_t& at) {
  Token token;
  token.kind = Kind::kClass;
  const auto peek = [&](std::size_t i) { return i < pattern.size() ? pattern[i] : '\0'; };
  ++at;
  const bool negated = peek(at) == '!' || peek(at) == '^';
  if (negated) ++at;
  int previous = 0;  // the byte that a range could begin with
  do {
    if (!add_member(pattern, at, previous, token.set)) return false;
    ++at;
  } while (peek(at) != ']');
  if (negated) token.set.flip();
  token.set.reset('/');
  tokens_.push_back(token);
  return true;
}

// Tokens that may match nothing are stepped over.
void Glob::follow_empty(std::vector<bool>& reached) const {
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (!reached[i]) continue;
    const Kind kind = tokens_[i].kind;
    if (kind == Kind::kStar || kind == Kind::kEverything) reached[i + 1] = true;
    if (kind == Kind::kFolders) reached[i + 2] = true;
  }
}

bool Glob::matches(std::string_view path) const {
  if (!valid_) return false;
  // reached[i]: the bytes so far are matched by the first i tokens.
  std::vector<bool> reached(tokens_.size() + 1, false);
  std::vector<bool> next;
  reached[0] = true;
  follow_empty(reached);
  for (const char c : path) {
    next.assign(tokens_.size() + 1, false);
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (!reached[i]) continue;
      const Token& token = tokens_[i];
      switch (token.kind) {
        case Kind::kCharacter:
          if (token.byte == byte_of(c)) next[i + 1] = true;
          break;
        case Kind::kAny:
          if (c != '/') next[i + 1] = true;
          break;
        case Kind::kClass:
          if (token.set[byte_of(c)]) next[i + 1] = true;
          break;
        case Kind::kStar:
          if (c != '/') next[i] = true;
          break;
        case Kind::kEverything:
          next[i] = true;
          break;
        case Kind::kFolders:
          next[i + 1] = true;
          if (c == '/') next[i + 2] = true;
          break;
        case Kind::kInFolders:
          next[i] = true;
          if (c == '/') next[i + 1] = true;
          break;
      }
    }
    follow_empty(next);
    reached.swap(next);
  }
  return reached[tokens_.size()];
}

}  // namespace iamcheck::cli
