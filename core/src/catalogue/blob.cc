#include "catalogue/blob.h"

#include <zlib.h>

namespace iamcheck {

using layout::kChecksumAt;
using layout::kFormatVersion;
using layout::kHeaderSize;
using layout::kMagic;
using layout::kRecordSize;
using layout::kSectionCount;
using layout::kSectionTableAt;
using layout::kSizeAt;
using layout::kVersionAt;
using layout::load32;

namespace {

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

std::uint32_t catalogue_checksum(std::string_view blob) {
  const std::string_view covered = blob.substr(kSectionTableAt);
  return static_cast<std::uint32_t>(crc32(0, raw(covered), static_cast<uInt>(covered.size())));
}

CatalogueBlob::CatalogueBlob(std::string_view trusted) : bytes_(trusted) { find_sections(); }

CatalogueBlob::CatalogueBlob(std::string owned) : owned_(std::move(owned)), bytes_(owned_) {
  find_sections();
}

void CatalogueBlob::find_sections() {
  for (std::size_t s = 0; s < kSectionCount; ++s) {
    const unsigned char* entry = raw(bytes_) + kSectionTableAt + 8 * s;
    starts_[s] = raw(bytes_) + load32(entry);
    counts_[s] = load32(entry + 4) / kRecordSize[s];
  }
}

std::string_view CatalogueBlob::text(std::uint32_t string_id) const {
  const unsigned char* at = record(Section::kStrings, string_id);
  const std::uint32_t begin = load32(at);
  const auto* bytes = reinterpret_cast<const char*>(record(Section::kStringBytes, 0));
  return {bytes + begin, load32(at + 4) - begin};
}

std::optional<std::string> CatalogueBlob::check_header(std::string_view bytes) {
  if (bytes.size() < kHeaderSize) return "it is too short";
  if (bytes.substr(0, kMagic.size()) != kMagic) return "it does not start like a packed catalogue";
  if (load32(raw(bytes) + kVersionAt) != kFormatVersion) {
    return "it has format version " + std::to_string(load32(raw(bytes) + kVersionAt)) +
           ", this iamcheck reads version " + std::to_string(kFormatVersion);
  }
  if (load32(raw(bytes) + kSizeAt) != bytes.size()) return "it is cut off or has bytes too many";
  if (load32(raw(bytes) + kChecksumAt) != catalogue_checksum(bytes)) {
    return "its checksum does not match";
  }
  for (std::size_t s = 0; s < kSectionCount; ++s) {
    const std::uint64_t offset = load32(raw(bytes) + kSectionTableAt + 8 * s);
    const std::uint64_t size = load32(raw(bytes) + kSectionTableAt + 8 * s + 4);
    if (offset < kHeaderSize || offset + size > bytes.size() || size % kRecordSize[s] != 0) {
      return "a section lies outside the file";
    }
  }
  return std::nullopt;
}

}  // namespace iamcheck
