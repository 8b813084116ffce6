#pragma once

// What a finding is known by when lines shift.

#include <cstdint>
#include <string>
#include <string_view>

namespace iamcheck {

/// FNV-1a, the same on every machine and in every version: fingerprints live in baselines.
///
/// It is no keyed hash: whoever has all texts but a short one can find that one by trying. No
/// credential goes into it.
class Fingerprint {
 public:
  Fingerprint& add(std::string_view text) {
    for (char c : text) add_byte(static_cast<unsigned char>(c));
    add_byte(0);
    return *this;
  }
  std::string hex() const {
    std::string out;
    for (int shift = 60; shift >= 0; shift -= 4) out += "0123456789abcdef"[(hash_ >> shift) & 15u];
    return out;
  }

 private:
  void add_byte(unsigned char byte) { hash_ = (hash_ ^ byte) * 0x100000001b3; }
  std::uint64_t hash_ = 0xcbf29ce484222325;
};

}  // namespace iamcheck
