#pragma once

// The bytes of one catalogue, and where its sections lie.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "catalogue/layout.h"
#include "iamcheck/result.h"

namespace iamcheck {

/// What `layout::kChecksumAt` holds for these bytes.
std::uint32_t catalogue_checksum(std::string_view blob);

class CatalogueBlob {
 public:
  using Section = layout::Section;

  /// Trusts the bytes, which must outlive the blob: the embedded catalogue.
  explicit CatalogueBlob(std::string_view trusted);
  /// Owns the bytes and trusts nothing in them until `check` has passed.
  explicit CatalogueBlob(std::string owned);
  CatalogueBlob(const CatalogueBlob&) = delete;
  CatalogueBlob& operator=(const CatalogueBlob&) = delete;

  /// The first thing that is wrong with the bytes, in words; nothing when all is well. Every number
  /// that a lookup may follow is checked against its section.
  static std::optional<std::string> check_header(std::string_view bytes);
  std::optional<std::string> check_records() const;

  std::string_view bytes() const { return bytes_; }
  /// Number of records.
  std::uint32_t count(Section section) const { return counts_[static_cast<std::size_t>(section)]; }
  const unsigned char* record(Section section, std::uint32_t index) const {
    const auto s = static_cast<std::size_t>(section);
    return starts_[s] + static_cast<std::size_t>(index) * layout::kRecordSize[s];
  }
  std::uint32_t field(Section section, std::uint32_t index, std::size_t at,
                      std::size_t bytes) const {
    return layout::load(record(section, index) + at, bytes);
  }
  std::uint32_t field32(Section section, std::uint32_t index, std::size_t at) const {
    return layout::load32(record(section, index) + at);
  }
  std::string_view text(std::uint32_t string_id) const;
  /// The text whose number stands in a field.
  std::string_view text_field(Section section, std::uint32_t index, std::size_t at) const {
    return text(field32(section, index, at));
  }

 private:
  void find_sections();
  bool strings_are_sound() const;
  std::optional<std::string> check_services_and_types() const;
  std::optional<std::string> check_actions() const;
  std::optional<std::string> check_order() const;
  std::optional<std::string> check_small_tables() const;

  std::string owned_;
  std::string_view bytes_;
  std::array<const unsigned char*, layout::kSectionCount> starts_{};
  std::array<std::uint32_t, layout::kSectionCount> counts_{};
};

}  // namespace iamcheck
