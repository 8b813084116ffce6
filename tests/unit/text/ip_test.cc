#include "text/ip.h"

#include <string>
#include <vector>

#include "catch.h"

using iamcheck::IpAddress;
using iamcheck::IpBlock;

namespace {

bool same(const char* a, const char* b) {
  auto x = IpAddress::parse(a);
  auto y = IpAddress::parse(b);
  REQUIRE(x);
  REQUIRE(y);
  return *x == *y;
}

bool inside(const char* address, const char* block) {
  auto x = IpAddress::parse(address);
  auto y = IpBlock::parse(block);
  REQUIRE(x);
  REQUIRE(y);
  return y->contains(*x);
}

}  // namespace

TEST_CASE("RFC 4291 2.2: the forms of one IPv6 address are equal") {
  CHECK(same("2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a"));
  CHECK(same("FF01:0:0:0:0:0:0:101", "ff01::101"));
  CHECK(same("0:0:0:0:0:0:0:1", "::1"));
  CHECK(same("0:0:0:0:0:0:0:0", "::"));
  CHECK(same("0:0:0:0:0:0:13.1.68.3", "::13.1.68.3"));
  CHECK(same("0:0:0:0:0:FFFF:129.144.52.38", "::ffff:8190:3426"));
  CHECK(same("1::", "1:0:0:0:0:0:0:0"));
  CHECK(same("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"));
  CHECK_FALSE(same("::1", "::2"));
  CHECK_FALSE(same("1::", "::1"));
}

TEST_CASE("RFC 5952 section 2: leading zeros, compression and case do not matter") {
  CHECK(same("2001:db8::0:1", "2001:0db8::0001"));
  CHECK(same("2001:db8:0:0:0::1", "2001:db8::1"));
  CHECK(same("2001:db8::aaaa:0:0:1", "2001:db8:0:0:AAAA::1"));
}

TEST_CASE("addresses that do not exist are refused") {
  const char* text = GENERATE("", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.-4", "01.2.3.4",
                              "1.2.3.4 ", " 1.2.3.4", "1..2.3", "1.2.3.", ".1.2.3", "0x1.2.3.4",
                              "1.2.3.4/8", ":", ":::", "1::2::3", "1:2:3:4:5:6:7",
                              "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8",
                              "12345::", "g::", "fe80::1%eth0", "1:", ":1", "1:2:3:4:5:6:7:1.2.3.4",
                              "1.2.3.4::", "::1.2.3", "::1.2.3.4:5", "::ffff:01.2.3.4");
  CAPTURE(text);
  CHECK_FALSE(IpAddress::parse(text).has_value());
}

TEST_CASE("S12: host bits of a CIDR block are masked") {
  CHECK(inside("10.200.0.1", "10.1.2.3/8"));
  CHECK_FALSE(inside("11.1.2.3", "10.1.2.3/8"));
  CHECK(inside("192.0.2.127", "192.0.2.99/25"));
  CHECK_FALSE(inside("192.0.2.128", "192.0.2.99/25"));
  CHECK(inside("2001:db8:7::1", "2001:db8:1:2::ffff/32"));
  CHECK_FALSE(inside("2001:db9::1", "2001:db8:1:2::ffff/32"));
  CHECK(inside("2001:db8:8000::1", "2001:db8:ffff::/33"));
  CHECK_FALSE(inside("2001:db8:7fff::1", "2001:db8:ffff::/33"));
}

TEST_CASE("blocks: the prefix is optional, and bounded by the family") {
  CHECK(inside("192.0.2.1", "192.0.2.1"));
  CHECK_FALSE(inside("192.0.2.2", "192.0.2.1"));
  CHECK(inside("2001:db8::1", "2001:DB8:0::1"));
  CHECK_FALSE(inside("2001:db8::2", "2001:db8::1"));
  CHECK(inside("203.0.113.9", "0.0.0.0/0"));
  CHECK(inside("::9", "::/0"));
  CHECK(inside("192.0.2.1", "192.0.2.1/32"));
  CHECK(inside("::1", "::1/128"));
  const char* text = GENERATE("10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/08", "10.0.0.0/-1",
                              "10.0.0.0/8 ", "10.0.0.0/8/8", "/8", "10/8", "10.0.0.0/255.0.0.0");
  CAPTURE(text);
  CHECK_FALSE(IpBlock::parse(text).has_value());
}

TEST_CASE("RFC 5952 section 4: addresses are written in one way") {
  for (const char* text : {"0.0.0.0", "203.0.113.7", "::", "::1", "2001:db8::", "2001:db8::1:0:0:1",
                           "2001:db8:0:1:1:1:1:1", "fe80::ab:0", "1:2:3:4:5:6:7:8"}) {
    const auto address = IpAddress::parse(text);
    REQUIRE(address);
    CHECK(to_string(*address) == text);
  }
}

TEST_CASE("blocks cover a family when they leave no address of it out") {
  const auto covers = [](const std::vector<std::string>& texts, bool v6) {
    std::vector<IpBlock> blocks;
    for (const std::string& text : texts) {
      const auto block = IpBlock::parse(text);
      REQUIRE(block);
      blocks.push_back(*block);
    }
    return covers_family(blocks, v6);
  };
  CHECK(covers({"0.0.0.0/0"}, false));
  CHECK_FALSE(covers({"0.0.0.0/0"}, true));
  CHECK(covers({"0.0.0.0/1", "128.0.0.0/2", "10.0.0.0/8", "192.0.0.0/2"}, false));
  CHECK_FALSE(covers({"0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/3"}, false));
  CHECK(covers({"8000::/1", "::/1"}, true));
}

TEST_CASE("S7: an address of the other family is in no block") {
  CHECK_FALSE(inside("2001:db8::1", "0.0.0.0/0"));
  CHECK_FALSE(inside("192.0.2.1", "::/0"));
  CHECK_FALSE(inside("::ffff:10.0.0.1", "10.0.0.0/8"));
}
