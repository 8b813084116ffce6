#pragma once

// Where text comes from, and how to point back into it.
//
// Everything iamcheck says is said about bytes of a `Source`. Values carry a `Span`, twelve bytes
// that are cheap to copy; lines and columns are computed only when something is printed.
//
// ```cpp
// auto source = iamcheck::Source::from_bytes("policy.json", "{\n  \"Version\": \"2012-10-17\"\n}");
// iamcheck::Position place = source->position(4);
// // place.line == 2, place.column == 3: both count from 1, columns in code points
// ```

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace iamcheck {

/// A half-open range of bytes `[begin, end)` in the source with the number `source`.
/// Offsets count from 0 in the UTF-8 text of the source.
struct Span {
  std::uint32_t source = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
  bool contains(const Span& other) const {
    return source == other.source && begin <= other.begin && other.end <= end;
  }
  friend bool operator==(const Span&, const Span&) = default;
  friend auto operator<=>(const Span&, const Span&) = default;
};

/// A place for people: line and column count from 1, columns in code points; `offset` counts bytes
/// of the file as it lies on disk, from 0.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint64_t offset = 0;
};

/// Owns the text of one input. Immutable and safe to share between threads.
///
/// The text is UTF-8. A UTF-8 byte order mark is removed, UTF-16 with a byte order mark is decoded;
/// in both cases `Position::offset` still counts bytes of the original file. Text that is not valid
/// UTF-8 is kept byte for byte: readers report it, they do not repair it.
class Source {
 public:
  /// What was done to the bytes to get the text.
  enum class Encoding { kUtf8, kUtf8Bom, kUtf16LittleEndian, kUtf16BigEndian };

  /// `name` is what people see: a path, or `<stdin>`. `id` is what spans carry; a program that
  /// reads many sources numbers them through `SourceSet`.
  static std::shared_ptr<const Source> from_bytes(std::string name, std::string bytes,
                                                  std::uint32_t id = 0);

  std::uint32_t id() const { return id_; }
  const std::string& name() const { return name_; }
  std::string_view text() const { return text_; }
  Encoding encoding() const { return encoding_; }

  /// The span over the whole text.
  Span span() const { return {id_, 0, static_cast<std::uint32_t>(text_.size())}; }
  /// The text of a span of this source; clipped to the text.
  std::string_view slice(const Span& span) const;
  /// Line and column of a byte offset; an offset behind the end gives the end.
  /// Cost: the line index is built once, then a binary search; lines may be of any length.
  Position position(std::size_t offset) const;
  /// Code points of the text before a byte offset.
  std::size_t characters_before(std::size_t offset) const;
  /// Line `number` (from 1) without its line end; empty when there is no such line.
  std::string_view line(std::uint32_t number) const;
  std::uint32_t line_count() const;

 private:
  struct Private {};
  struct OffsetMark {
    std::uint32_t text = 0;
    std::uint64_t file = 0;
  };

 public:
  Source(Private, std::string name, std::string bytes, std::uint32_t id);

 private:
  const std::vector<std::uint32_t>& line_starts() const;
  void decode_utf16(std::string_view bytes, bool big_endian);

  std::uint32_t id_;
  Encoding encoding_ = Encoding::kUtf8;
  std::string name_;
  std::string text_;
  std::vector<OffsetMark> offset_marks_;  // only for UTF-16: where text and file offsets part
  mutable std::once_flag lines_once_;
  mutable std::vector<std::uint32_t> line_starts_;
  mutable std::vector<std::uint32_t> character_marks_;  // characters before each mark
};

/// Numbers sources, so that a span alone tells where it belongs. Not safe for concurrent `add`.
class SourceSet {
 public:
  /// Takes the bytes and returns the source; the reference count is shared with the set.
  std::shared_ptr<const Source> add(std::string name, std::string bytes);
  /// The source a span points into; null when the number is unknown.
  const Source* find(std::uint32_t id) const;
  std::size_t size() const { return sources_.size(); }

 private:
  std::vector<std::shared_ptr<const Source>> sources_;
};

}  // namespace iamcheck
