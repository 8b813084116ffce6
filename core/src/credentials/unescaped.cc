#include "credentials/unescaped.h"

#include <algorithm>

#include "credentials/encoding.h"

namespace iamcheck {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return (c | 0x20) - 'a' + 10;
}

// The printable ASCII character that an escape at `at` stands for, and the length of the escape.
struct Escape {
  char meant = 0;
  std::uint32_t size = 0;
};

Escape escape_at(std::string_view raw, std::size_t at) {
  const std::string_view rest = raw.substr(at, 6);
  if (rest.starts_with("\\/")) return {'/', 2};
  if (rest.size() < 6 || !rest.starts_with("\\u00")) return {};
  if (!is_hex_digit(rest[4]) || !is_hex_digit(rest[5])) return {};
  const char meant = static_cast<char>(hex_value(rest[4]) << 4 | hex_value(rest[5]));
  const bool plain = meant > 0x20 && meant < 0x7F && meant != '"' && meant != '\'' && meant != '\\';
  return plain ? Escape{meant, 6} : Escape{};
}

}  // namespace

std::optional<UnescapedText> UnescapedText::of(std::string_view raw) {
  UnescapedText result;
  bool hidden = false;
  // Most texts hold no escape; they are told apart at the speed of a search.
  std::size_t copied = 0;
  for (std::size_t at = raw.find("\\u00"); at != std::string_view::npos;
       at = raw.find("\\u00", at + 1)) {
    if (escape_at(raw, at).size > 0) {
      hidden = true;
      break;
    }
  }
  if (!hidden) return std::nullopt;
  for (std::size_t at = raw.find('\\'); at != std::string_view::npos;) {
    const Escape escape = escape_at(raw, at);
    if (escape.size == 0) {
      at = raw.find('\\', std::min(at + 2, raw.size()));  // `\\\\u0041` is a backslash and u0041
      continue;
    }
    result.text_ += raw.substr(copied, at - copied);
    result.marks_.push_back({static_cast<std::uint32_t>(result.text_.size()),
                             static_cast<std::uint32_t>(at), escape.size});
    result.text_ += escape.meant;
    copied = at + escape.size;
    at = raw.find('\\', copied);
  }
  result.text_ += raw.substr(copied);
  return result;
}

const UnescapedText::Mark* UnescapedText::mark_before(std::size_t at) const {
  auto after =
      std::upper_bound(marks_.begin(), marks_.end(), at,
                       [](std::size_t place, const Mark& mark) { return place < mark.at; });
  return after == marks_.begin() ? nullptr : &*(after - 1);
}

std::uint32_t UnescapedText::raw_begin(std::size_t at) const {
  const Mark* mark = mark_before(at);
  const auto place = static_cast<std::uint32_t>(at);
  if (mark == nullptr) return place;
  return mark->at == place ? mark->raw : mark->raw + mark->size + (place - mark->at - 1);
}

std::uint32_t UnescapedText::size_of(std::size_t at) const {
  const Mark* mark = mark_before(at);
  return mark != nullptr && mark->at == at ? mark->size : 1;
}

std::string unescaped(std::string_view raw) {
  const std::optional<UnescapedText> text = UnescapedText::of(raw);
  return text ? text->text() : std::string(raw);
}

}  // namespace iamcheck
