#include "address.h"

#include <cstddef>
#include <string>

#include "characters.h"

namespace iamcheck::oracle {
namespace {

void append_bits(Bits& bits, unsigned value, unsigned count) {
  for (unsigned i = count; i-- > 0;) bits.push_back(((value >> i) & 1U) != 0);
}

// A decimal number without superfluous zeros, at most `high`.
std::optional<unsigned> small_number(std::string_view text, unsigned high) {
  if (!all_digits(text) || text.size() > 3) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  const auto value = static_cast<unsigned>(std::stoul(std::string(text)));
  return value <= high ? std::optional<unsigned>(value) : std::nullopt;
}

std::optional<Bits> parse_v4(std::string_view text) {
  const std::vector<std::string> octets = split(text, '.');
  if (octets.size() != 4) return std::nullopt;
  Bits bits;
  for (const std::string& octet : octets) {
    const auto value = small_number(octet, 255);
    if (!value) return std::nullopt;
    append_bits(bits, *value, 8);
  }
  return bits;
}

// Groups of one side of `::`. The last group of an address may be written as IPv4.
std::optional<Bits> parse_groups(std::string_view text, bool may_end_in_v4) {
  Bits bits;
  if (text.empty()) return bits;
  const std::vector<std::string> groups = split(text, ':');
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const std::string& group = groups[i];
    if (may_end_in_v4 && i + 1 == groups.size() && group.find('.') != std::string::npos) {
      const auto v4 = parse_v4(group);
      if (!v4) return std::nullopt;
      bits.insert(bits.end(), v4->begin(), v4->end());
      continue;
    }
    if (group.empty() || group.size() > 4 ||
        group.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) {
      return std::nullopt;
    }
    append_bits(bits, static_cast<unsigned>(std::stoul(group, nullptr, 16)), 16);
  }
  return bits;
}

std::optional<Bits> parse_v6(std::string_view text) {
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) {
    auto bits = parse_groups(text, true);
    return bits && bits->size() == 128 ? bits : std::nullopt;
  }
  const std::string_view right_text = text.substr(gap + 2);
  if (right_text.find("::") != std::string_view::npos) return std::nullopt;
  const auto left = parse_groups(text.substr(0, gap), false);
  const auto right = parse_groups(right_text, true);
  // `::` stands for at least one group.
  if (!left || !right || left->size() + right->size() > 112) return std::nullopt;
  Bits bits = *left;
  bits.resize(128 - right->size(), false);
  bits.insert(bits.end(), right->begin(), right->end());
  return bits;
}

}  // namespace

std::optional<Bits> parse_address(std::string_view text) {
  return text.find(':') == std::string_view::npos ? parse_v4(text) : parse_v6(text);
}

std::optional<Range> parse_range(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto bits = parse_address(text.substr(0, slash));
  if (!bits) return std::nullopt;
  Range range{*bits, bits->size()};
  if (slash != std::string_view::npos) {
    const auto prefix =
        small_number(text.substr(slash + 1), static_cast<unsigned>(range.bits.size()));
    if (!prefix) return std::nullopt;
    range.prefix = *prefix;
  }
  return range;
}

bool contains(const Range& range, const Bits& address) {
  if (range.bits.size() != address.size()) return false;
  for (std::size_t i = 0; i < range.prefix; ++i) {
    if (range.bits[i] != address[i]) return false;
  }
  return true;
}

}  // namespace iamcheck::oracle
