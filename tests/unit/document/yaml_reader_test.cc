// YAML gives the same tree as JSON, with places.
#include <string>

#include "catch.h"
#include "iamcheck/document.h"

using namespace iamcheck;

namespace {

Result<Document> read(const std::string& text, Limits limits = {}) {
  ReadOptions options;
  options.limits = limits;
  return read_yaml(Source::from_bytes("t.yaml", text), options);
}

std::string slice(const Document& document, const Span& span) {
  return std::string(document.source->slice(span));
}

// The text under the span of the value of `name`.
std::string under(const std::string& text, const std::string& name) {
  const Result<Document> document = read(text);
  REQUIRE(document);
  const Node* node = document->root.find(name);
  REQUIRE(node != nullptr);
  return slice(*document, node->span);
}

// Compares trees without their places.
bool same_tree(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.text != b.text || a.items.size() != b.items.size() ||
      a.members.size() != b.members.size())
    return false;
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (!same_tree(a.items[i], b.items[i])) return false;
  }
  for (std::size_t i = 0; i < a.members.size(); ++i) {
    if (a.members[i].name != b.members[i].name ||
        !same_tree(a.members[i].value, b.members[i].value))
      return false;
  }
  return true;
}

}  // namespace

TEST_CASE("yaml: scalars keep their text, and only true, false and null are words") {
  const Result<Document> document = read(
      "date: 2012-10-17\nzero: 012345678901\nhex: 0x1F\nyes: yes\ntrue: true\nquoted: 'true'\n"
      "none: null\ntilde: ~\nempty:\nversion: \"2012-10-17\"\n");
  REQUIRE(document);
  const auto check = [&](const char* name, Node::Kind kind, const char* text) {
    INFO(name);
    const Node* node = document->root.find(name);
    REQUIRE(node != nullptr);
    CHECK(node->kind == kind);
    CHECK(node->text == text);
  };
  check("date", Node::Kind::kText, "2012-10-17");
  check("zero", Node::Kind::kText, "012345678901");
  check("hex", Node::Kind::kText, "0x1F");
  check("yes", Node::Kind::kText, "yes");
  check("true", Node::Kind::kBool, "true");
  check("quoted", Node::Kind::kText, "true");
  check("none", Node::Kind::kNull, "null");
  check("tilde", Node::Kind::kNull, "null");
  check("empty", Node::Kind::kNull, "null");
  check("version", Node::Kind::kText, "2012-10-17");
}

TEST_CASE("yaml: a JSON text gives the tree that the JSON reader gives") {
  const std::string text = R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
    "Action": ["s3:Get*", "a\u0041\n"], "Resource": "*", "Condition": {"Bool": {"a:b": true}}}, {}, []]})";
  const auto source = Source::from_bytes("t.json", text);
  const Result<Document> json = read_json(source, {});
  const Result<Document> yaml = read_yaml(source, {});
  REQUIRE(json);
  REQUIRE(yaml);
  CHECK(same_tree(json->root, yaml->root));
  // And the same places.
  const Node& a = json->root.find("Statement")->items[0];
  const Node& b = yaml->root.find("Statement")->items[0];
  CHECK(a.span == b.span);
  CHECK(a.members[1].value.span == b.members[1].value.span);
  CHECK(a.members[1].name_span == b.members[1].name_span);
  CHECK(a.members[1].value.items[1].span == b.members[1].value.items[1].span);
  CHECK(json->root.span == yaml->root.span);
}

TEST_CASE("yaml: the span of a value is the value") {
  CHECK(under("a: b c d # no\n", "a") == "b c d");
  CHECK(under("a: 'it''s' # no\n", "a") == "'it''s'");
  CHECK(under("a: \"x\\\"y\" # no\n", "a") == "\"x\\\"y\"");
  CHECK(under("a: one\n  two\n\n  three\nb: c\n", "a") == "one\n  two\n\n  three");
  CHECK(under("a: |\n  one\n\n   two\n\nb: c\n", "a") == "|\n  one\n\n   two");
  CHECK(under("a: [b, {c: d}, ] # no\nb: c\n", "a") == "[b, {c: d}, ]");
  CHECK(under("a:\n  - b\n  - c: d\n    e: f\nb: g\n", "a") == "- b\n  - c: d\n    e: f");
  CHECK(under("a: &x {b: c}\n", "a") == "&x {b: c}");
  CHECK(under("a: ~\n", "a") == "~");
  CHECK(under("a:\nb: c\n", "a").empty());
  CHECK(under("\xC3\xA9: x\na: \xC3\xA9t\xC3\xA9\n", "a") == "\xC3\xA9t\xC3\xA9");
  CHECK(under("x: y\r\na: b\r\nc: d\r\n", "a") == "b");
}

TEST_CASE("yaml: a value with a tag of its own is unresolved, and says how it was written") {
  const Result<Document> document =
      read("a: !Sub 'arn:${x}'\nb: !GetAtt [r, Arn]\nc: !!str 5\nd: !Ref r\n");
  REQUIRE(document);
  CHECK(document->root.find("a")->kind == Node::Kind::kUnresolved);
  CHECK(document->root.find("a")->text == "!Sub 'arn:${x}'");
  CHECK(document->root.find("b")->kind == Node::Kind::kUnresolved);
  CHECK(document->root.find("b")->text == "!GetAtt [r, Arn]");
  CHECK(document->root.find("c")->kind == Node::Kind::kText);
  CHECK(document->root.find("d")->text == "!Ref r");
}

TEST_CASE("yaml: aliases stand for what they name, merge keys for its members") {
  const Result<Document> document = read(
      "base: &base {a: 1, b: 2}\nsame: *base\nmerged: {<<: *base, b: 3}\n"
      "many: {<<: [{a: 4}, *base], c: 5}\nquoted: {'<<': x}\n");
  REQUIRE(document);
  CHECK(document->root.find("same")->find("b")->text == "2");
  CHECK(document->root.find("merged")->find("a")->text == "1");
  CHECK(document->root.find("merged")->find("b")->text == "3");
  CHECK(document->root.find("merged")->find("<<") == nullptr);
  CHECK(document->root.find("many")->find("a")->text == "4");
  CHECK(document->root.find("many")->find("b")->text == "2");
  CHECK(document->root.find("quoted")->find("<<")->text == "x");
}

TEST_CASE("yaml: aliases within aliases stop at the limit of values") {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last;
    for (int j = 1; j < 10; ++j) bomb += ", " + last;
    bomb += "]\n";
  }
  Limits limits;
  limits.max_nodes = 100'000;
  const Result<Document> document = read(bomb, limits);
  REQUIRE_FALSE(document);
  CHECK(document.error().code == ErrorCode::kLimitExceeded);
}

TEST_CASE("yaml: nesting stops at the limit, with aliases and without") {
  Limits limits;
  limits.max_depth = 20;
  CHECK(read(std::string(20, '[') + std::string(20, ']'), limits));
  const Result<Document> deep = read(std::string(21, '[') + std::string(21, ']'), limits);
  REQUIRE_FALSE(deep);
  CHECK(deep.error().code == ErrorCode::kLimitExceeded);
  CHECK_FALSE(read(std::string(100'000, '['), {}));
  std::string chain = "- &a0 [x]\n";
  for (int i = 1; i < 30; ++i)
    chain += "- &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  const Result<Document> chained = read(chain, limits);
  REQUIRE_FALSE(chained);
  CHECK(chained.error().code == ErrorCode::kLimitExceeded);
}

TEST_CASE("yaml: what is wrong is said with its place") {
  const auto check = [](const std::string& text, ErrorCode code, std::uint32_t line,
                        std::uint32_t column) {
    INFO(text);
    const auto source = Source::from_bytes("t.yaml", text);
    const Result<Document> document = read_yaml(source, {});
    REQUIRE_FALSE(document);
    CHECK(document.error().code == code);
    const Position place = source->position(document.error().span.begin);
    CHECK(place.line == line);
    CHECK(place.column == column);
    CHECK_FALSE(document.error().help.empty());
  };
  check("a: b\n c: d\n", ErrorCode::kYamlSyntax, 2, 3);
  check("a: *nobody\n", ErrorCode::kYamlSyntax, 1, 4);
  check("a: &a [*a]\n", ErrorCode::kYamlSyntax, 1, 8);
  check("a: b\n---\nc: d\n", ErrorCode::kYamlSyntax, 2, 1);
  check("? [a]\n: b\n", ErrorCode::kYamlSyntax, 1, 3);
  check("a: \"b\n", ErrorCode::kYamlSyntax, 1, 4);
  // yaml-cpp takes this byte for the end of the text.
  check("a: b\nc: \x04 d\n", ErrorCode::kYamlSyntax, 2, 4);
  check("a: \xFF\n", ErrorCode::kNotUtf8, 1, 4);
}

TEST_CASE("yaml: an empty text is null") {
  for (const char* text : {"", "\n", "# nothing\n", "---\n"}) {
    const Result<Document> document = read(text);
    REQUIRE(document);
    CHECK(document->root.kind == Node::Kind::kNull);
  }
}
