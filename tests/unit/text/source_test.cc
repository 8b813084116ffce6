#include "iamcheck/source.h"

#include "catch.h"

using iamcheck::Source;

TEST_CASE("positions count lines from 1 and columns in code points") {
  auto source = Source::from_bytes("p", "a\nb\xC3\xA9z\r\nend");
  CHECK(source->position(0).line == 1);
  CHECK(source->position(2).line == 2);
  CHECK(source->position(2).column == 1);
  CHECK(source->position(5).column == 3);  // behind the two-byte letter
  CHECK(source->position(8).line == 3);
  CHECK(source->position(999).column == 4);  // clipped to the end
  CHECK(source->line(2) == "b\xC3\xA9z");
  CHECK(source->line(4).empty());
}

TEST_CASE("a carriage return alone ends a line") {
  auto source = Source::from_bytes("p", "a\rb");
  CHECK(source->line_count() == 2);
  CHECK(source->line(1) == "a");
}

TEST_CASE("a UTF-8 byte order mark is removed and offsets still count file bytes") {
  auto source = Source::from_bytes("p", "\xEF\xBB\xBF{}");
  CHECK(source->text() == "{}");
  CHECK(source->position(0).offset == 3);
  CHECK(source->position(1).offset == 4);
}

TEST_CASE("UTF-16 with a byte order mark is decoded with file offsets") {
  using namespace std::string_literals;
  auto little = Source::from_bytes("p", "\xFF\xFE{\0\xE9\0x\0\x3D\xD8\x00\xDE}\0"s);
  CHECK(little->text() == "{\xC3\xA9x\xF0\x9F\x98\x80}");
  CHECK(little->encoding() == Source::Encoding::kUtf16LittleEndian);
  CHECK(little->position(0).offset == 2);
  CHECK(little->position(1).offset == 4);
  CHECK(little->position(3).offset == 6);
  CHECK(little->position(4).offset == 8);
  CHECK(little->position(8).offset == 12);
  CHECK(little->position(9).offset == 14);
  auto big = Source::from_bytes("p", "\xFE\xFF\0{\0}"s);
  CHECK(big->text() == "{}");
}

TEST_CASE("broken UTF-16 becomes replacement characters, not a crash") {
  using namespace std::string_literals;
  CHECK(Source::from_bytes("p", "\xFF\xFE\x3D\xD8x\0"s)->text() == "\xEF\xBF\xBDx");
  CHECK(Source::from_bytes("p", "\xFF\xFE{"s)->text() == "\xEF\xBF\xBD");
  CHECK(Source::from_bytes("p", "\xFF\xFE"s)->text().empty());
}

TEST_CASE("columns are right anywhere in a line of many kilobytes, in code points") {
  std::string text = "first\n";
  for (int i = 0; i < 5000; ++i) text += i % 3 == 0 ? "\xE6\x97\xA5" : "x";
  auto source = Source::from_bytes("p", text);
  std::uint32_t column = 1;
  bool all_right = true;
  for (std::size_t at = 6; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) continue;
    const iamcheck::Position position = source->position(at);
    all_right = all_right && position.line == 2 && position.column == column;
    ++column;
  }
  CHECK(all_right);
  CHECK(source->position(text.size()).column == 5001);
}
