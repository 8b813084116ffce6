#include "text/ip.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace iamcheck {
namespace {

// A decimal number without sign or leading zero, at most `limit`.
std::optional<std::uint8_t> parse_small(std::string_view text, unsigned limit) {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  unsigned value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  if (value > limit) return std::nullopt;
  return static_cast<std::uint8_t>(value);
}

// Cuts the text before the first `separator` off the front of `rest`.
std::string_view take_until(std::string_view& rest, char separator) {
  std::size_t end = rest.find(separator);
  std::string_view head = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return head;
}

bool parse_v4(std::string_view text, std::uint8_t* out) {
  for (int i = 0; i < 4; ++i) {
    bool last = i == 3;
    if (last == (text.find('.') != std::string_view::npos)) return false;
    std::optional<std::uint8_t> octet = parse_small(take_until(text, '.'), 255);
    if (!octet) return false;
    out[i] = *octet;
  }
  return true;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Groups of one side of `::`, at most 16 bytes; the count of bytes, or nothing. Only the side that
// ends the address may close with an embedded IPv4 address.
std::optional<std::size_t> parse_groups(std::string_view text, bool ends_address,
                                        std::array<std::uint8_t, 16>& out) {
  std::size_t size = 0;
  if (text.empty()) return size;
  while (true) {
    std::size_t colon = text.find(':');
    std::string_view group = text.substr(0, colon);
    bool last = colon == std::string_view::npos;
    if (last && ends_address && group.find('.') != std::string_view::npos) {
      if (size + 4 > out.size() || !parse_v4(group, out.data() + size)) return std::nullopt;
      return size + 4;
    }
    if (group.empty() || group.size() > 4 || size + 2 > out.size()) return std::nullopt;
    unsigned value = 0;
    for (char c : group) {
      int digit = hex_digit(c);
      if (digit < 0) return std::nullopt;
      value = value * 16 + static_cast<unsigned>(digit);
    }
    out[size++] = static_cast<std::uint8_t>(value >> 8);
    out[size++] = static_cast<std::uint8_t>(value & 0xff);
    if (last) return size;
    text.remove_prefix(colon + 1);
  }
}

bool parse_v6(std::string_view text, std::array<std::uint8_t, 16>& out) {
  std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) {
    std::optional<std::size_t> size = parse_groups(text, true, out);
    return size && *size == out.size();
  }
  std::array<std::uint8_t, 16> tail{};
  std::optional<std::size_t> head_size = parse_groups(text.substr(0, gap), false, out);
  std::optional<std::size_t> tail_size = parse_groups(text.substr(gap + 2), true, tail);
  // `::` stands for at least one group (RFC 4291 section 2.2).
  if (!head_size || !tail_size || *head_size + *tail_size > out.size() - 2) return false;
  for (std::size_t i = *head_size; i < out.size(); ++i) out[i] = 0;
  for (std::size_t i = 0; i < *tail_size; ++i) out[out.size() - *tail_size + i] = tail[i];
  return true;
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  IpAddress address;
  address.v6 = text.find(':') != std::string_view::npos;
  bool valid = address.v6 ? parse_v6(text, address.bytes) : parse_v4(text, address.bytes.data());
  if (!valid) return std::nullopt;
  return address;
}

std::optional<IpBlock> IpBlock::parse(std::string_view text) {
  std::size_t slash = text.find('/');
  std::optional<IpAddress> address = IpAddress::parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  IpBlock block{*address, static_cast<std::uint8_t>(address->v6 ? 128 : 32)};
  if (slash != std::string_view::npos) {
    std::optional<std::uint8_t> prefix = parse_small(text.substr(slash + 1), block.prefix);
    if (!prefix) return std::nullopt;
    block.prefix = *prefix;
  }
  for (unsigned bit = block.prefix; bit < 128; ++bit) {
    std::uint8_t& byte = block.network.bytes[bit / 8];
    byte = static_cast<std::uint8_t>(byte & ~(0x80u >> (bit % 8)));
  }
  return block;
}

bool IpBlock::contains(const IpAddress& address) const {
  if (address.v6 != network.v6) return false;
  unsigned whole = prefix / 8u;
  for (unsigned i = 0; i < whole; ++i) {
    if (address.bytes[i] != network.bytes[i]) return false;
  }
  unsigned rest = prefix % 8u;
  if (rest == 0) return true;
  unsigned mask = 0xffu << (8 - rest);
  return ((address.bytes[whole] ^ network.bytes[whole]) & mask & 0xffu) == 0;
}

std::string to_string(const IpAddress& address) {
  std::string text;
  if (!address.v6) {
    for (std::size_t i = 0; i < 4; ++i) {
      if (i > 0) text += '.';
      text += std::to_string(address.bytes[i]);
    }
    return text;
  }
  constexpr std::size_t kGroups = 8;
  std::array<unsigned, kGroups> groups{};
  for (std::size_t i = 0; i < kGroups; ++i)
    groups[i] = address.bytes[2 * i] * 256U + address.bytes[2 * i + 1];
  std::size_t gap = kGroups, gap_size = 1;  // one zero group alone is written out
  for (std::size_t i = 0; i < kGroups; ++i) {
    std::size_t end = i;
    while (end < kGroups && groups[end] == 0) ++end;
    if (end - i > gap_size) {
      gap = i;
      gap_size = end - i;
    }
  }
  constexpr std::string_view kHex = "0123456789abcdef";
  for (std::size_t i = 0; i < kGroups; ++i) {
    if (i == gap) {
      text += "::";
      i += gap_size - 1;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    bool started = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
      const unsigned digit = groups[i] >> shift & 15U;
      if (digit == 0 && !started && shift > 0) continue;
      started = true;
      text += kHex[digit];
    }
  }
  return text;
}

// Blocks lie apart or in each other: of those that lie in no other, two halves make one of the next
// size, up to the whole.
bool covers_family(std::span<const IpBlock> all, bool v6) {
  std::vector<IpBlock> blocks;
  for (const IpBlock& block : all) {
    if (block.network.v6 == v6) blocks.push_back(block);
  }
  std::ranges::sort(
      blocks, {}, [](const IpBlock& block) { return std::tie(block.network.bytes, block.prefix); });
  std::array<std::size_t, 129> apart{};  // by prefix
  const IpBlock* outer = nullptr;
  for (const IpBlock& block : blocks) {
    if (outer != nullptr && outer->contains(block.network)) continue;
    outer = &block;
    ++apart[block.prefix];
  }
  for (std::size_t prefix = apart.size() - 1; prefix > 0; --prefix) {
    if (apart[prefix] % 2 != 0) return false;
    apart[prefix - 1] += apart[prefix] / 2;
  }
  return apart[0] == 1;
}

}  // namespace iamcheck
