#include "input/sniff.h"

#include "catch.h"

using iamcheck::InputFormat;
using iamcheck::smells_of_policy;
using iamcheck::sniff_format;

TEST_CASE("sniffing: the content decides, whatever the name says") {
  CHECK(sniff_format("policy.txt", " \n{\"a\": 1}") == InputFormat::kJson);
  CHECK(sniff_format("policy.json", "no JSON at all") == InputFormat::kText);
  CHECK(sniff_format("a.md", "[1]") == InputFormat::kJson);
  CHECK(sniff_format("a.png", "") == InputFormat::kText);
}

TEST_CASE("sniffing: a zero byte in the first 8 KiB makes a file binary") {
  CHECK(sniff_format("a.json", std::string("{\"a\"\0}", 6)) == InputFormat::kBinary);
  std::string late(8 * 1024, 'x');
  late += '\0';
  CHECK(sniff_format("a", late) == InputFormat::kText);
}

TEST_CASE("sniffing: a comment at the beginning is JSON only in a file that is called so") {
  CHECK(sniff_format("a.jsonc", "// x\n{}") == InputFormat::kJson);
  CHECK(sniff_format("a.json", "/* x */ {}") == InputFormat::kJson);
  CHECK(sniff_format("a.c", "// x\n{}") == InputFormat::kText);
}

TEST_CASE("sniffing: Markdown is told by its name or by a fence") {
  CHECK(sniff_format("README.md", "text") == InputFormat::kMarkdown);
  CHECK(sniff_format("notes", "text\n```\n{}\n```\n") == InputFormat::kMarkdown);
  CHECK(sniff_format("notes", "text with ``` inside") == InputFormat::kText);
}

TEST_CASE(
    "sniffing: a text smells of a policy when it has a Statement with an Effect or an Action") {
  CHECK(smells_of_policy(R"({"Statement": [{"Effect")"));
  CHECK(smells_of_policy(R"("NotAction": 1, "Statement")"));
  CHECK_FALSE(smells_of_policy(R"({"Statement": "of work"})"));
  CHECK_FALSE(smells_of_policy(R"({"Effect": "Allow"})"));
}
