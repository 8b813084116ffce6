#pragma once

// Collects the sections of a catalogue and writes them as one blob.

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/layout.h"

namespace iamcheck::pack {

class BlobWriter {
 public:
  /// The number of a text; equal texts share one.
  std::uint32_t text(std::string_view value);
  /// The number of a set of keys.
  std::uint32_t key_set(std::vector<std::uint32_t> keys);

  std::uint32_t count(layout::Section section) const;
  void put8(layout::Section section, std::uint64_t value) { put(section, value, 1); }
  void put16(layout::Section section, std::uint64_t value) { put(section, value, 2); }
  void put32(layout::Section section, std::uint64_t value) { put(section, value, 4); }
  void put_bytes(layout::Section section, std::string_view bytes) { bytes_of(section) += bytes; }

  /// The whole blob, header first.
  std::string finish();

 private:
  std::string& bytes_of(layout::Section section) {
    return sections_[static_cast<std::size_t>(section)];
  }
  void put(layout::Section section, std::uint64_t value, unsigned bytes);

  std::array<std::string, layout::kSectionCount> sections_;
  std::map<std::string, std::uint32_t, std::less<>> texts_;
  std::map<std::vector<std::uint32_t>, std::uint32_t> sets_;
};

}  // namespace iamcheck::pack
