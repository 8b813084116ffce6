#pragma once

// IP addresses and CIDR ranges of S7, as plain lists of bits.

#include <optional>
#include <string_view>
#include <vector>

namespace iamcheck::oracle {

/// 32 bits for IPv4, 128 for IPv6.
using Bits = std::vector<bool>;

struct Range {
  Bits bits;
  std::size_t prefix = 0;
};

std::optional<Bits> parse_address(std::string_view text);
/// `address[/prefix]`; no prefix = the address alone.
std::optional<Range> parse_range(std::string_view text);
/// Host bits of the range do not count; an address of the other family is outside.
bool contains(const Range& range, const Bits& address);

}  // namespace iamcheck::oracle
