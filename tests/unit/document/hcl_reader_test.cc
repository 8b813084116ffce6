// The syntax of HCL: what is read, where it stands, and what is said about the rest.
#include <string>

#include "document/hcl.h"

namespace iamcheck {
namespace {

using Kind = HclExpression::Kind;

HclFile read(const std::string& text, const Limits& limits = {}) {
  ReadOptions options;
  options.limits = limits;
  return read_hcl(Source::from_bytes("main.tf", text), options);
}

// The value of `x = ...`.
HclExpression value(const std::string& written) {
  const HclFile file = read("x = " + written + "\n");
  INFO(written << ": " << (file.error ? file.error->message : ""));
  REQUIRE_FALSE(file.error.has_value());
  REQUIRE(file.body.attributes.size() == 1);
  return file.body.attributes[0].value;
}

// The text of a template without anything to evaluate.
std::string text_of(const HclExpression& expression) {
  std::string text;
  for (const HclExpression& part : expression.parts) text += part.text;
  return text;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("blocks, labels and attributes of HCL have their places") {
  const std::string text =
      "# a comment\nresource aws_iam_role \"ci\" { // another\n  name = \"x\" /* y */\n  tags {}\n"
      "}\nlocals { a = 1 }\n";
  const HclFile file = read(text);
  REQUIRE_FALSE(file.error.has_value());
  REQUIRE(file.body.blocks.size() == 2);
  const HclBlock& role = file.body.blocks[0];
  CHECK(role.labels == std::vector<std::string>{"aws_iam_role", "ci"});
  CHECK(file.source->slice(role.header) == "resource aws_iam_role \"ci\"");
  CHECK(file.source->slice(role.span).ends_with("tags {}\n}"));
  REQUIRE(role.body.find("name") != nullptr);
  CHECK(file.source->slice(role.body.find("name")->name_span) == "name");
  CHECK(file.source->slice(role.body.find("name")->value.span) == "\"x\"");
  CHECK(role.body.blocks.at(0).type == "tags");
}

TEST_CASE("every form of an HCL expression is read") {
  CHECK(value("null").kind == Kind::kNull);
  CHECK(value("true").kind == Kind::kBool);
  CHECK(value("-1.5e3").kind == Kind::kUnary);
  CHECK(value("1.5e3").text == "1.5e3");
  CHECK(value("[1, 2,\n # c\n 3,]").parts.size() == 3);
  CHECK(value("{a = 1, \"b\": 2\n (c) = 3}").parts.size() == 6);
  CHECK(value("{for = 1}").kind == Kind::kObject);
  CHECK(value("f(a, b...)").expands);
  CHECK(value("provider::aws::arn_parse(x)").text == "provider::aws::arn_parse");
  CHECK(value("a.b[0].c[*].d.*.e.0").parts.size() == 9);
  CHECK(value("a && b || !c == d").text == "||");
  CHECK(value("a - b * c").parts.at(1).text == "*");
  CHECK(value("a ? b : c ? d : e").parts.at(2).kind == Kind::kConditional);
  CHECK(value("[for k, v in m : v if k != \"x\"]").parts.size() == 6);
  CHECK(value("{for v in m : v.id => v...}").expands);
  CHECK(value("(\n a\n .b\n)").kind == Kind::kParentheses);
}

TEST_CASE("escapes and templates of HCL strings are decoded") {
  CHECK(text_of(value(R"("a\"b\\\n\t\u00e9\U0001F600")")) == "a\"b\\\n\t\u00e9\U0001F600");
  CHECK(text_of(value("\"$${x} %%{y} $ % $$\"")) == "${x} %{y} $ % $$");
  const HclExpression text = value("\"a ${ {b = \"}\"}.b } c\"");
  REQUIRE(text.parts.size() == 3);
  CHECK(text.parts[1].kind == Kind::kInterpolation);
  CHECK(text_of(value("\"a  ${~ x ~}  b\"")) == "ab");
  CHECK(value("\"%{ if a }b%{ else }c%{ endif }\"").parts.at(0).parts.size() == 3);
  CHECK(value("<<A\n%{ for x in y ~}\n${x}%{ endfor }\nA").parts.at(0).kind == Kind::kForText);
}

TEST_CASE("a heredoc ends at its marker, and one with a dash loses its indentation") {
  CHECK(text_of(value("<<EOF\n  a\n EOFX\n  EOF")) == "  a\n EOFX\n");
  CHECK(text_of(value("<<-EOF\n    a\n\n      b \"\\n\"\n    EOF")) == "a\n\n  b \"\\n\"\n");
  CHECK(text_of(value("<<EOF\r\na\r\nEOF\r")) == "a\r\n");
  CHECK(value("<<EOF\nEOF").parts.empty());
  CHECK(text_of(value("<<-EOF\n  ${x}\n    b\n  EOF")).ends_with("\n  b\n"));
}

TEST_CASE("what is no HCL is said with its place, and what stands before it is kept") {
  const auto place = [](const std::string& text) {
    const HclFile file = read(text);
    REQUIRE(file.error.has_value());
    CHECK(file.error->code == ErrorCode::kHclSyntax);
    CHECK_FALSE(file.error->help.empty());
    return std::string(text.substr(file.error->span.begin));
  };
  CHECK(place("a = 1 b = 2\n") == "b = 2\n");
  CHECK(place("a = \"x\n") == "\"x\n");
  CHECK(place("a = [1 2]\n") == "2]\n");
  CHECK(place("a = <<EOF\nx\n") == "<<EOF\nx\n");
  CHECK(place("a = \"\\q\"\n") == "\\q\"\n");
  CHECK(place("a {\n b = 1\n") == "a {\n b = 1\n");
  CHECK(place("a = \"%{ if x }y\"\n") == "%{ if x }y\"\n");
  CHECK(place("a = (1\n").empty());
  CHECK(place("/* x") == "/* x");
  CHECK(read("a = 1\nb {\n}\nc = }\n").body.blocks.size() == 1);
}

TEST_CASE("HCL that is not UTF-8 is said to be none") {
  CHECK(read("a = \"\xff\"\n").error->code == ErrorCode::kNotUtf8);
}

TEST_CASE("hostile nesting of HCL ends in an error") {
  const auto limited = [](const std::string& text) {
    const HclFile file = read(text);
    INFO(text.substr(0, 40));
    REQUIRE(file.error.has_value());
    CHECK(file.error->code == ErrorCode::kLimitExceeded);
  };
  limited("a = " + repeated("[", 100'000));
  limited("a = " + repeated("{a=", 100'000));
  limited("a = " + repeated("(", 100'000));
  limited("a = " + repeated("!", 100'000));
  limited("a = " + repeated("f(", 100'000));
  limited("a = " + repeated("\"${", 100'000));
  limited("a = \"" + repeated("%{ if a }", 100'000));
  limited("a = 1" + repeated("+1", 100'000));
  limited("a = " + repeated("a?", 100'000));
  limited("a = " + repeated("a ? b : ", 100'000));
  limited(repeated("a {\n", 100'000));
  limited("a = " + repeated("a[", 100'000));
  limited("a = " + repeated("[for x in ", 100'000));
  limited("a = " + repeated("<<A\n${", 100'000));
}

TEST_CASE("long traversals and many values of HCL are bounded by their number") {
  CHECK_FALSE(read("a = b" + repeated(".c", 100'000) + "\n").error.has_value());
  Limits few;
  few.max_nodes = 100;
  CHECK(read("a = [" + repeated("1,", 200) + "]\n", few).error->code == ErrorCode::kLimitExceeded);
}

}  // namespace iamcheck
