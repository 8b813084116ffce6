#include "input/fences.h"

#include "catch.h"

using iamcheck::Fence;
using iamcheck::find_fences;
using iamcheck::Source;

namespace {

// `language:content` of each fence.
std::vector<std::string> fences(const std::string& text) {
  auto source = Source::from_bytes("n.md", text);
  std::vector<std::string> out;
  for (const Fence& fence : find_fences(*source)) {
    out.push_back(std::string(fence.language) + ":" + std::string(source->slice(fence.content)));
  }
  return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("fences: the language is the first word behind the fence") {
  CHECK(fences("```json\n{}\n```\n") == Texts{"json:{}\n"});
  CHECK(fences("``` json title=x\n{}\n```") == Texts{"json:{}\n"});
  CHECK(fences("```json{1,2}\n{}\n```") == Texts{"json:{}\n"});
  CHECK(fences("```\n{}\n```") == Texts{":{}\n"});
}

TEST_CASE("fences: a fence is closed by one of the same kind that is at least as long") {
  CHECK(fences("````\n```\nx\n````\n") == Texts{":```\nx\n"});
  CHECK(fences("~~~\n```\n~~~\n") == Texts{":```\n"});
  CHECK(fences("```\nx\n``````\n") == Texts{":x\n"});
  CHECK(fences("```\nx\n``` json\ny\n```\n") == Texts{":x\n``` json\ny\n"});
}

TEST_CASE("fences: an open fence runs to the end of the document") {
  CHECK(fences("```json\n{}") == Texts{"json:{}"});
  CHECK(fences("```") == Texts{":"});
}

TEST_CASE("fences: lists and block quotes may hold fences") {
  CHECK(fences("- item\n\n      ```json\n      {}\n      ```\n") == Texts{"json:      {}\n"});
  CHECK(fences("> ```json\n> {}\n> ```\n") == Texts{"json:> {}\n"});
}

TEST_CASE("fences: two backticks and code in a line are no fence") {
  CHECK(fences("``x``\n").empty());
  CHECK(fences("```x``` y\n").empty());
}

TEST_CASE("fences: CRLF line ends") {
  CHECK(fences("```json\r\n{}\r\n```\r\n") == Texts{"json:{}\r\n"});
}
