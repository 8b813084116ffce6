// The canonical layout: what stays, what moves.
#include "iamcheck/layout.h"

#include <string>

#include "iamcheck/catalogue.h"
#include "iamcheck/policy.h"

namespace iamcheck {
namespace {

std::string laid_out(const std::string& text) {
  ReadOptions tolerant;
  tolerant.tolerant = true;
  const auto document = read_json(Source::from_bytes("p.json", text), tolerant);
  REQUIRE(document.has_value());
  return canonical_layout(*document);
}

}  // namespace

TEST_CASE("layout: elements stand in the order of the grammar, unknown ones last") {
  CHECK(laid_out(R"({"Statement":[{"Foo":1,"Condition":{},"Resource":["*"],"Action":"s3:*",
      "Principal":{"AWS":"*"},"Effect":"Deny","Sid":"A"}],"Extra":null,"Id":"i","Version":"2012-10-17"})") ==
        R"({
  "Version": "2012-10-17",
  "Id": "i",
  "Statement": [
    {
      "Sid": "A",
      "Effect": "Deny",
      "Principal": {
        "AWS": "*"
      },
      "Action": "s3:*",
      "Resource": [
        "*"
      ],
      "Condition": {},
      "Foo": 1
    }
  ],
  "Extra": null
}
)");
}

TEST_CASE("layout: a statement without brackets is sorted too, and keys of conditions are not") {
  CHECK(laid_out(R"({"Statement":{"Condition":{"StringLike":{"b:Sid":"1","a:Action":"2"}},
      "Effect":"Allow"}})") == R"({
  "Statement": {
    "Effect": "Allow",
    "Condition": {
      "StringLike": {
        "b:Sid": "1",
        "a:Action": "2"
      }
    }
  }
}
)");
}

TEST_CASE("layout: escapes, numbers and members of the same name stay as written") {
  CHECK(laid_out("{\"Statement\": [{\"Sid\": \"\\u0041\", \"Sid\": \"B\", \"X\": 1.50e1}]}") ==
        "{\n  \"Statement\": [\n    {\n      \"Sid\": \"\\u0041\",\n      \"Sid\": \"B\",\n"
        "      \"X\": 1.50e1\n    }\n  ]\n}\n");
}

TEST_CASE("layout: comments stay with what they stand at") {
  CHECK(laid_out(R"(// about the file
{
  // about the statements
  "Statement": [ /* none
  of them */ {"Action": "a:b", // about the action
      "Effect": /* inner */ "Allow"
      // at the end of the statement
    }, // behind the statement
    // at the end of the list
  ] /* behind the list */ , "Version": "2012-10-17" // behind the version
}
// at the end)") == R"(// about the file
{
  "Version": "2012-10-17", // behind the version
  // about the statements
  "Statement": [
    /* none
  of them */
    {
      /* inner */
      "Effect": "Allow",
      "Action": "a:b" // about the action
      // at the end of the statement
    } // behind the statement
    // at the end of the list
  ] /* behind the list */
}
// at the end
)");
}

TEST_CASE("layout: a second time changes nothing, and the policy is the same") {
  std::size_t policies = 0;
  for (const ManagedPolicy managed : Catalogue::embedded().managed_policies()) {
    if (++policies % 8 != 0) continue;
    const Result<std::string> text = managed.document();
    REQUIRE(text.has_value());
    const std::string once = laid_out(*text);
    CHECK(laid_out(once) == once);
    const auto before = parse_policy("before", *text);
    const auto after = parse_policy("after", once);
    REQUIRE(before.has_value());
    REQUIRE(after.has_value());
    CHECK(same_policy(*before, *after));
  }
  CHECK(policies > 1000);
}

TEST_CASE("layout: of a comment in every place, the second time changes nothing") {
  const std::string text =
      R"({"Statement": [{"Action": ["a:b", "a:c"], "Effect": "Allow"}], "Id": "x"})";
  for (const char* comment : {"/* c */", "// c\n", "\n// c\n", "\n/* c\n d */\n"}) {
    for (std::size_t at = 0; at <= text.size(); ++at) {
      // Not within a string.
      std::size_t quotes = 0;
      for (std::size_t i = 0; i < at; ++i) quotes += text[i] == '"' ? 1 : 0;
      if (quotes % 2 != 0) continue;
      const std::string commented = text.substr(0, at) + comment + text.substr(at);
      INFO(commented);
      const std::string once = laid_out(commented);
      CHECK(once.find(" c") != std::string::npos);
      CHECK(laid_out(once) == once);
    }
  }
}

}  // namespace iamcheck
