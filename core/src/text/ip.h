#pragma once

// IP addresses and blocks of them.
//
// IPv4 in four decimal octets (leading zeros are refused: readers disagree whether `010` is eight);
// IPv6 in every form of RFC 4291 section 2.2, which holds RFC 5952's: up to four hex digits a group
// in either case, one `::`, an embedded IPv4 tail. A zone (`%eth0`) is not part of an address.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace iamcheck {

/// An address. IPv4 stands in the first four bytes.
struct IpAddress {
  bool v6 = false;
  std::array<std::uint8_t, 16> bytes{};

  /// Nothing when `text` is no address.
  static std::optional<IpAddress> parse(std::string_view text);
  friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

/// As RFC 5952 writes it: lower case, the longest run of zero groups as `::`.
std::string to_string(const IpAddress& address);

/// A CIDR block. `10.1.2.3/8` is `10.0.0.0/8`: host bits are masked. Without a prefix the block is
/// the one address. Families do not mix: `::ffff:10.0.0.1` is no part of `10.0.0.0/8`.
struct IpBlock {
  IpAddress network;
  std::uint8_t prefix = 0;

  /// Nothing when `text` is no block; the prefix has no sign, no leading zero and at most 32 or
  /// 128.
  static std::optional<IpBlock> parse(std::string_view text);
  bool contains(const IpAddress& address) const;
};

/// Whether the blocks of one family, IPv4 or IPv6, leave no address of it out.
bool covers_family(std::span<const IpBlock> blocks, bool v6);

}  // namespace iamcheck
