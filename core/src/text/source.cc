#include "iamcheck/source.h"

#include <algorithm>

namespace iamcheck {
namespace {

// Appends a code point as UTF-8; callers pass only scalar values.
void append_utf8(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

// Distance between two marks of the character count. A column costs at most two such runs, also in
// a minified file that is one line of megabytes.
constexpr std::size_t kMarkDistance = 1024;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::shared_ptr<const Source> Source::from_bytes(std::string name, std::string bytes,
                                                 std::uint32_t id) {
  return std::make_shared<const Source>(Private{}, std::move(name), std::move(bytes), id);
}

Source::Source(Private, std::string name, std::string bytes, std::uint32_t id)
    : id_(id), name_(std::move(name)) {
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    encoding_ = Encoding::kUtf8Bom;
    bytes.erase(0, 3);
    offset_marks_.push_back({0, 3});
    text_ = std::move(bytes);
  } else if (bytes.starts_with("\xFF\xFE")) {
    encoding_ = Encoding::kUtf16LittleEndian;
    decode_utf16(std::string_view(bytes).substr(2), false);
  } else if (bytes.starts_with("\xFE\xFF")) {
    encoding_ = Encoding::kUtf16BigEndian;
    decode_utf16(std::string_view(bytes).substr(2), true);
  } else {
    text_ = std::move(bytes);
  }
}

// Unpaired surrogates and an odd last byte become U+FFFD, as the Unicode standard advises (3.9,
// C10). A mark is kept wherever the distance between text and file offsets changes its slope: ASCII
// takes one byte of text for two of the file, everything else differs, so a mark stands at each
// change of kind.
void Source::decode_utf16(std::string_view bytes, bool big_endian) {
  constexpr std::uint32_t kReplacement = 0xFFFD;
  auto unit_at = [&](std::size_t i) {
    auto first = static_cast<unsigned char>(bytes[i]);
    auto second = static_cast<unsigned char>(bytes[i + 1]);
    return static_cast<std::uint32_t>(big_endian ? (first << 8 | second) : (second << 8 | first));
  };
  text_.reserve(bytes.size() / 2);
  std::size_t i = 0;
  std::size_t last_width = 0;
  while (i < bytes.size()) {
    std::size_t consumed = 2;
    std::uint32_t c = kReplacement;
    if (i + 1 >= bytes.size()) {
      consumed = 1;
    } else {
      c = unit_at(i);
      bool high = c >= 0xD800 && c < 0xDC00;
      bool low = c >= 0xDC00 && c < 0xE000;
      if (high && i + 3 < bytes.size()) {
        std::uint32_t next = unit_at(i + 2);
        if (next >= 0xDC00 && next < 0xE000) {
          c = 0x10000 + ((c - 0xD800) << 10) + (next - 0xDC00);
          consumed = 4;
          high = false;
        }
      }
      if (high || low) c = kReplacement;
    }
    std::size_t before = text_.size();
    append_utf8(text_, c);
    std::size_t width = (text_.size() - before) * 8 + consumed;
    if (width != last_width) {
      offset_marks_.push_back({static_cast<std::uint32_t>(before), i + 2});
      last_width = width;
    }
    i += consumed;
  }
  offset_marks_.push_back({static_cast<std::uint32_t>(text_.size()), bytes.size() + 2});
}

std::string_view Source::slice(const Span& span) const {
  std::size_t begin = std::min<std::size_t>(span.begin, text_.size());
  std::size_t end = std::clamp<std::size_t>(span.end, begin, text_.size());
  return std::string_view(text_).substr(begin, end - begin);
}

const std::vector<std::uint32_t>& Source::line_starts() const {
  std::call_once(lines_once_, [this] {
    line_starts_.push_back(0);
    std::uint32_t characters = 0;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      if (i % kMarkDistance == 0) character_marks_.push_back(characters);
      if (!is_continuation(text_[i])) ++characters;
      bool carriage_return_alone =
          text_[i] == '\r' && (i + 1 == text_.size() || text_[i + 1] != '\n');
      if (text_[i] == '\n' || carriage_return_alone) {
        line_starts_.push_back(static_cast<std::uint32_t>(i + 1));
      }
    }
  });
  return line_starts_;
}

// Characters that begin before `offset`.
std::size_t Source::characters_before(std::size_t offset) const {
  if (character_marks_.empty()) return 0;
  const std::size_t mark = std::min(offset / kMarkDistance, character_marks_.size() - 1);
  std::size_t count = character_marks_[mark];
  for (std::size_t i = mark * kMarkDistance; i < offset; ++i) {
    if (!is_continuation(text_[i])) ++count;
  }
  return count;
}

Position Source::position(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto& starts = line_starts();
  auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  std::size_t start = *(after - 1);
  Position result;
  result.line = static_cast<std::uint32_t>(after - starts.begin());
  result.column =
      static_cast<std::uint32_t>(1 + characters_before(offset) - characters_before(start));
  result.offset = offset;
  if (!offset_marks_.empty()) {
    // Between two marks both offsets grow evenly; interpolate by whole characters.
    auto next =
        std::upper_bound(offset_marks_.begin(), offset_marks_.end(), offset,
                         [](std::size_t value, const OffsetMark& m) { return value < m.text; });
    const OffsetMark& mark = next == offset_marks_.begin() ? offset_marks_.front() : *(next - 1);
    std::uint64_t text_run = next == offset_marks_.end() ? 0 : next->text - mark.text;
    std::uint64_t file_run = next == offset_marks_.end() ? 0 : next->file - mark.file;
    std::uint64_t into = offset - mark.text;
    result.offset = mark.file + (text_run == 0 ? into : into * file_run / text_run);
  }
  return result;
}

std::string_view Source::line(std::uint32_t number) const {
  const auto& starts = line_starts();
  if (number == 0 || number > starts.size()) return {};
  std::size_t begin = starts[number - 1];
  std::size_t end = number < starts.size() ? starts[number] : text_.size();
  std::string_view text = std::string_view(text_).substr(begin, end - begin);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::uint32_t Source::line_count() const {
  return static_cast<std::uint32_t>(line_starts().size());
}

std::shared_ptr<const Source> SourceSet::add(std::string name, std::string bytes) {
  sources_.push_back(Source::from_bytes(std::move(name), std::move(bytes),
                                        static_cast<std::uint32_t>(sources_.size())));
  return sources_.back();
}

const Source* SourceSet::find(std::uint32_t id) const {
  return id < sources_.size() ? sources_[id].get() : nullptr;
}

}  // namespace iamcheck
