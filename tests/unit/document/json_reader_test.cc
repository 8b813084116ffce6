#include <string>
#include <vector>

#include "catch.h"
#include "iamcheck/document.h"

using iamcheck::Document;
using iamcheck::ErrorCode;
using iamcheck::Leniency;
using iamcheck::Node;
using iamcheck::ReadOptions;
using iamcheck::Result;
using iamcheck::Source;

namespace {

Result<Document> read(const std::string& text, bool tolerant = false) {
  ReadOptions options;
  options.tolerant = tolerant;
  return iamcheck::read_json(Source::from_bytes("t.json", text), options);
}

std::string at(const Document& document, const iamcheck::Span& span) {
  return std::string(document.source->slice(span));
}

}  // namespace

TEST_CASE("every value and every name has the span of its own bytes") {
  auto document = read("{ \"a\" : [1.50, -2e3, true ,null,\"x\\\"y\"],\r\n\"b\":{}}");
  REQUIRE(document);
  const Node& root = document->root;
  CHECK(at(*document, root.span) == document->source->text());
  CHECK(at(*document, root.members[0].name_span) == "\"a\"");
  const Node& list = root.members[0].value;
  CHECK(at(*document, list.span) == "[1.50, -2e3, true ,null,\"x\\\"y\"]");
  std::vector<std::string> texts;
  for (const Node& item : list.items) texts.push_back(at(*document, item.span));
  CHECK(texts == std::vector<std::string>{"1.50", "-2e3", "true", "null", "\"x\\\"y\""});
  CHECK(list.items[4].text == "x\"y");
  CHECK(at(*document, root.members[1].value.span) == "{}");
}

TEST_CASE("scalars keep their text") {
  auto document = read("[2012, 1.0, 100000000000000000000000]");
  REQUIRE(document);
  CHECK(document->root.items[0].text == "2012");
  CHECK(document->root.items[1].text == "1.0");
  CHECK(document->root.items[2].text == "100000000000000000000000");
}

TEST_CASE("duplicate members are kept in order and the last one is found") {
  auto document = read(R"({"a": 1, "b": 2, "a": 3})");
  REQUIRE(document);
  CHECK(document->root.members.size() == 3);
  CHECK(document->root.find("a")->text == "3");
  CHECK(document->root.find("c") == nullptr);
}

TEST_CASE("a syntax error has a place, a message and a hint for the usual slips") {
  struct Row {
    std::string text, message, help, place;
  };
  const std::vector<Row> rows = {
      {"{\"a\": 1,}", "trailing comma before `}`", "remove the comma", ","},
      {"[1, 2,\n]", "trailing comma before `]`", "remove the comma", ","},
      {"{\"a\": 1} // note", "unexpected text after the end of the JSON value",
       "keep one JSON value per document", "/"},
      {"{ // note\n\"a\": 1}", "JSON has no comments",
       "remove the comment; a `Sid` can carry a short name", "// note"},
      {"{/* x */}", "JSON has no comments", "remove the comment; a `Sid` can carry a short name",
       "/* x */}"},
      {"{'a': 1}", "strings need double quotes", "replace the single quotes by `\"`", "'a'"},
      {"{\"a\": 'b'}", "strings need double quotes", "replace the single quotes by `\"`", "'b'"},
      {"{\"a\": <BUCKET>}", "a bare placeholder `<BUCKET>` stands where a value must be",
       "put the placeholder in double quotes, or fill it in", "<BUCKET>"},
      {"{\"a\": True}", "`True` is not JSON", "JSON writes it in lower case", "True"},
      {"{\"a\": None}", "`None` is not JSON", "leave the member out, or use `null`", "None"},
      {"{a: 1}", "unquoted text `a`", "put it in double quotes", "a"},
      {"{\"a\": 1 \"b\": 2}", "a comma or colon is missing before this string",
       "separate members with `,`", "\""},
      {"[{} {}]", "a comma is missing between two objects", "separate list entries with `,`", "{"},
      {"{\"a\": \"b\n\"}", "this string is not closed", "add the missing `\"`", "\"b"},
      {"{\"a\": [1", "the document ends too early: `[` is not closed", "add the missing bracket",
       "["},
      {"", "the document is empty", "", ""},
      {"   ", "the document is empty", "", ""},
      {"[\"\\x\"]", "this escape does not exist in JSON", "write a backslash as `\\\\`", "\\x"},
      {"[\"\\ud800\"]", "half of a surrogate pair in a `\\u` escape",
       "write both halves, or the character itself", "\\ud800"},
      {"[01]", "malformed number `1`", "write digits only, without leading zeros", "1"},
      {"[1,,2]", "two commas in a row", "remove one", ","},
      {"{\"a\" \xE2\x80\x9C"
       "b\xE2\x80\x9D}",
       "typographic quotes do not delimit strings", "replace them by plain `\"`", "\xE2\x80\x9C"},
      {"[1e999]", "a number is too large", "put it in double quotes", "1e999"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    auto source = Source::from_bytes("t.json", row.text);
    auto document = iamcheck::read_json(source, {});
    REQUIRE_FALSE(document);
    CHECK(document.error().code == ErrorCode::kJsonSyntax);
    CHECK(document.error().message == row.message);
    CHECK(document.error().help == row.help);
    CHECK(source->slice(document.error().span) == row.place);
  }
}

TEST_CASE("text that is not UTF-8 is an error with a place") {
  auto document = read("{\"a\": \"\xFF\"}");
  REQUIRE_FALSE(document);
  CHECK(document.error().code == ErrorCode::kNotUtf8);
  CHECK(document.error().span.begin == 7);
}

TEST_CASE("limits on depth, nodes and bytes are errors, not crashes") {
  ReadOptions options;
  options.limits.max_depth = 4;
  options.limits.max_nodes = 6;
  options.limits.max_document_bytes = 64;
  auto read_limited = [&](const std::string& text) {
    return iamcheck::read_json(Source::from_bytes("t", text), options);
  };
  CHECK(read_limited("[[[[]]]]"));
  CHECK(read_limited("[[[[[]]]]]").error().code == ErrorCode::kLimitExceeded);
  CHECK(read_limited("[1,2,3,4,5]"));
  CHECK(read_limited("[1,2,3,4,5,6]").error().code == ErrorCode::kLimitExceeded);
  CHECK(read_limited(std::string(65, ' ')).error().code == ErrorCode::kLimitExceeded);
  CHECK(read(std::string(1000000, '[')).error().code == ErrorCode::kLimitExceeded);
}

TEST_CASE("tolerant mode reads comments and trailing commas, keeps every offset and says so") {
  const std::string text = "{ // one\n \"a\": [1, /* two */ 2, ], \"u\": \"http://x/,]\", }";
  auto document = read(text, true);
  REQUIRE(document);
  CHECK(at(*document, document->root.span) == text);
  CHECK(document->root.find("u")->text == "http://x/,]");
  std::vector<std::string> forgiven;
  for (const Leniency& leniency : document->leniencies) {
    forgiven.push_back(std::string(to_string(leniency.kind)) + ": " + at(*document, leniency.span));
  }
  CHECK(forgiven == std::vector<std::string>{"comment: // one", "comment: /* two */",
                                             "trailing comma: ,", "trailing comma: ,"});
}

TEST_CASE("tolerant mode forgives nothing else") {
  CHECK_FALSE(read("[1,,2]", true));
  CHECK_FALSE(read("[1,,]", true));
  CHECK_FALSE(read("[,]", true));
  CHECK_FALSE(read("{\"a\":,}", true));
  CHECK_FALSE(read("{'a': 1}", true));
  CHECK_FALSE(read("[1] /* open", true));
  CHECK(read("[1] // end", true));
}

TEST_CASE("a byte order mark is read and reported") {
  auto document = read("\xEF\xBB\xBF{}");
  REQUIRE(document);
  REQUIRE(document->leniencies.size() == 1);
  CHECK(document->leniencies[0].kind == Leniency::Kind::kByteOrderMark);
}

TEST_CASE("a part of a source is read with spans of the whole source") {
  auto source = Source::from_bytes("notes.md", "text\n```json\n  {\"a\": 1}\n```\n");
  auto document = iamcheck::read_json(source, {0, 13, 24}, {});
  REQUIRE(document);
  CHECK(at(*document, document->root.members[0].value.span) == "1");
  auto broken = iamcheck::read_json(source, {0, 13, 22}, {});
  REQUIRE_FALSE(broken);
  CHECK(source->slice(broken.error().span) == "{");
}

TEST_CASE("a NUL byte ends no document: it is an error with a place") {
  struct Row {
    std::string text;
    std::size_t place;
  };
  const std::string nul(1, '\0');
  const std::vector<Row> rows = {
      {"{}" + nul, 2},
      {"{\"a\": 1}" + nul + "garbage", 8},
      {"{} \n" + nul + " {}", 4},
      {nul + "{}", 0},
      {"{\"a\": 1" + nul + "}", 7},
      {"{\"a\" " + nul + ": 1}", 5},
      {"[1, " + nul + "2]", 4},
      {"1" + nul + "2", 1},
      {"true" + nul, 4},
  };
  for (const Row& row : rows) {
    for (const bool tolerant : {false, true}) {
      INFO(row.text);
      auto document = read(row.text, tolerant);
      REQUIRE_FALSE(document);
      CHECK(document.error().code == ErrorCode::kJsonSyntax);
      CHECK(document.error().message == "a NUL byte stands in the text");
      CHECK(document.error().span.begin == row.place);
    }
  }
  CHECK(read("{\"a" + nul + "\": 1}").error().message == "a control character stands in a string");
}

TEST_CASE("a syntax error shows no more of a long word than its beginning") {
  const std::string word = "AKIAR4JQXM2ZT6WNPLHC";
  for (const std::string& text :
       {"{\"Version\": " + word + "}", "{" + word + ": 1}", "{\"a\": <" + word + ">}",
        "{\"a\": 0" + word + "}", "{\"a\": -" + word + "}"}) {
    INFO(text);
    const auto document = read(text);
    REQUIRE_FALSE(document);
    CHECK(document.error().message.find(word.substr(0, 10)) == std::string::npos);
  }
  CHECK(read("{\"a\": " + word + "}").error().message == "unquoted text `AKIA...`");
}
