#pragma once

// The binary form of the catalogue: what core/pack/catalogue_pack.cc writes and blob.cc reads.
//
//   header    magic, format version, size, checksum, date, then one {offset, size} per section
//   sections  arrays of fixed records; a text is a number into kStrings, a set a number into
//   kKeySets
//
// All numbers are little-endian and unaligned. Nothing is decoded at start-up: a lookup reads the
// records it needs, and pages that nobody asks for are never loaded. The header's checksum guards a
// file that somebody passes with --catalogue; the embedded blob is trusted.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace iamcheck::layout {

inline constexpr std::string_view kMagic{"IAMCAT\r\n", 8};
inline constexpr std::uint32_t kFormatVersion = 1;

// Header fields by byte offset. The checksum (CRC-32) covers everything behind itself.
inline constexpr std::size_t kVersionAt = 8;
inline constexpr std::size_t kSizeAt = 12;
inline constexpr std::size_t kChecksumAt = 16;
inline constexpr std::size_t kSectionTableAt = 20;

enum class Section : std::uint32_t {
  kStrings,          // u32 offset into kStringBytes, one more than there are strings
  kStringBytes,      // bytes
  kServices,         // sorted by prefix
  kActions,          // by service, then by lower-case name
  kUses,             // resource types of an action
  kResourceTypes,    // by service, then by lower-case name
  kArnForms,         // u32 string
  kKeys,             // sorted by lower-case name
  kTemplateKeys,     // u16 key: the keys with a placeholder
  kKeySets,          // u32 first member, one more than there are sets; set 0 is empty
  kKeySetMembers,    // u16 key
  kDependencies,     // which actions have dependent actions; sorted by action
  kDependents,       // u32 action
  kKeyPrefixes,      // sorted u32 string: prefixes of condition keys that are no services
  kRetiredServices,  // sorted {u32 name, u32 date}
  kRetiredActions,   // sorted by lower-case name {u32 name, u32 date}
  kSources,          // six strings each
  kPolicies,         // AWS managed policies, sorted by name
  kPolicyBytes,      // one zlib stream per policy
};
inline constexpr std::size_t kSectionCount = 19;
inline constexpr std::size_t kHeaderSize = kSectionTableAt + 8 * kSectionCount;

/// Bytes of one record of each section.
inline constexpr std::array<std::uint32_t, kSectionCount> kRecordSize = {
    4, 1, 21, 14, 4, 14, 4, 6, 2, 4, 2, 12, 4, 4, 8, 8, 24, 32, 1};

// Fields of the records by byte offset.
struct ServiceField {
  static constexpr std::size_t kPrefix = 0, kName = 4, kFirstAction = 8, kFirstType = 12,
                               kKeySet = 16 /* u32 */, kMarks = 20 /* u8 */;
};
struct ActionField {
  static constexpr std::size_t kName = 0, kFirstUse = 4, kOwnKeys = 8 /* u16 */,
                               kAllKeys = 10 /* u16 */, kBits = 12 /* u8 */, kUses = 13 /* u8 */;
};
struct UseField {
  static constexpr std::size_t kType = 0 /* u16, top bit: required */, kKeys = 2 /* u16 */;
};
struct TypeField {
  static constexpr std::size_t kName = 0, kFirstForm = 4, kService = 8 /* u16 */,
                               kKeys = 10 /* u16 */, kForms = 12 /* u8 */, kReserved = 13 /* u8 */;
};
struct KeyField {
  static constexpr std::size_t kName = 0, kTypes = 4 /* u8 bit set */, kMarks = 5 /* u8 */;
};
struct DependencyField {
  static constexpr std::size_t kAction = 0, kFirst = 4, kCount = 8;
};
struct PolicyField {
  static constexpr std::size_t kName = 0, kPath = 4, kVersion = 8, kCreated = 12, kUpdated = 16,
                               kOffset = 20, kSize = 24, kDocumentSize = 28;
};

inline constexpr std::uint8_t kServiceRcp = 1;
inline constexpr std::uint8_t kActionPermissionOnly = 0x80;  // beside the access levels in kBits
inline constexpr std::uint8_t kKeyMultivalued = 1;
inline constexpr std::uint8_t kKeyGlobal = 2;
inline constexpr std::uint16_t kUseRequired = 0x8000;
/// No AWS managed policy comes near; a larger claim in a file is an attack on memory.
inline constexpr std::uint32_t kMaxDocumentSize = 1u << 20;

inline std::uint32_t load(const unsigned char* at, std::size_t bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i) value |= static_cast<std::uint32_t>(at[i]) << (8 * i);
  return value;
}
inline std::uint32_t load8(const unsigned char* at) { return at[0]; }
inline std::uint32_t load16(const unsigned char* at) { return load(at, 2); }
inline std::uint32_t load32(const unsigned char* at) { return load(at, 4); }

}  // namespace iamcheck::layout
