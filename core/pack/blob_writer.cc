#include "blob_writer.h"

#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace iamcheck::pack {

using layout::Section;

std::uint32_t BlobWriter::text(std::string_view value) {
  const auto found = texts_.find(value);
  if (found != texts_.end()) return found->second;
  const auto id = static_cast<std::uint32_t>(texts_.size());
  texts_.emplace(value, id);
  put32(Section::kStrings, bytes_of(Section::kStringBytes).size());
  put_bytes(Section::kStringBytes, value);
  return id;
}

std::uint32_t BlobWriter::key_set(std::vector<std::uint32_t> keys) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  const auto [found, added] = sets_.emplace(keys, static_cast<std::uint32_t>(sets_.size()));
  if (added) {
    put32(Section::kKeySets, count(Section::kKeySetMembers));
    for (const std::uint32_t key : keys) put16(Section::kKeySetMembers, key);
  }
  return found->second;
}

std::uint32_t BlobWriter::count(Section section) const {
  const auto index = static_cast<std::size_t>(section);
  return static_cast<std::uint32_t>(sections_[index].size() / layout::kRecordSize[index]);
}

void BlobWriter::put(Section section, std::uint64_t value, unsigned bytes) {
  if (bytes < 8 && value >> (8 * bytes) != 0) {
    std::cerr << "catalogue_pack: a number does not fit its field; widen it in layout.h\n";
    std::exit(1);
  }
  for (unsigned i = 0; i < bytes; ++i) {
    bytes_of(section) += static_cast<char>((value >> (8 * i)) & 0xFF);
  }
}

std::string BlobWriter::finish() {
  put32(Section::kStrings, bytes_of(Section::kStringBytes).size());
  put32(Section::kKeySets, count(Section::kKeySetMembers));
  std::string table, body;
  const auto append = [](std::string& out, std::size_t value) {
    for (unsigned i = 0; i < 4; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFF);
  };
  for (const std::string& section : sections_) {
    append(table, layout::kHeaderSize + body.size());
    append(table, section.size());
    body += section;
  }
  const std::string checked = table + body;
  const uLong sum =
      crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size()));
  std::string blob(layout::kMagic);
  append(blob, layout::kFormatVersion);
  append(blob, layout::kSectionTableAt + checked.size());
  append(blob, sum);
  return blob + checked;
}

}  // namespace iamcheck::pack
