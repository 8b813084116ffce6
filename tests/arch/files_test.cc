#include "files.h"

#include "catch.h"

using arch::Tree;

namespace {

std::string long_text(const std::string& first_line, int count) {
  std::string text = first_line + "\n";
  for (int i = 1; i < count; ++i) text += "int x;\n";
  return text;
}

}  // namespace

TEST_CASE("no hand-written file of this repository is longer than 500 lines without a reason") {
  INFO(arch::join(arch::size_complaints(arch::read_repository())));
  CHECK(arch::size_complaints(arch::read_repository()).empty());
}

TEST_CASE("a file of 500 lines is short enough, one of 501 needs a reason") {
  CHECK(arch::size_complaints({{"core/src/text/a.cc", long_text("", 500)}}).empty());
  CHECK(arch::size_complaints({{"core/src/text/a.cc", long_text("", 501)}}).size() == 1);
  CHECK(arch::size_complaints({{"core/src/text/a.cc", long_text("// long: one algorithm", 501)}})
            .empty());
  CHECK(arch::size_complaints({{"python/iamcheck/a.py", long_text("# long: one table", 501)}})
            .empty());
  CHECK(arch::size_complaints({{"core/src/text/a.cc", long_text("// long: ", 501)}}).size() == 1);
}

TEST_CASE("no file or folder of this repository is a drawer for everything") {
  INFO(arch::join(arch::name_complaints(arch::read_repository())));
  CHECK(arch::name_complaints(arch::read_repository()).empty());
}

TEST_CASE("names that say nothing are refused, as a whole or as a word") {
  CHECK(arch::name_complaints({{"core/src/text/utils.h", ""}}).size() == 1);
  CHECK(arch::name_complaints({{"core/src/text/string_helpers.cc", ""}}).size() == 1);
  CHECK(arch::name_complaints({{"core/src/common/text.cc", ""}}).size() == 1);
  CHECK(arch::name_complaints({{"core/src/text/utility_bill.cc", ""}}).empty());
}

TEST_CASE("every public header begins with prose and an example") {
  INFO(arch::join(arch::prose_complaints(arch::read_repository())));
  CHECK(arch::prose_complaints(arch::read_repository()).empty());
}

TEST_CASE("a public header without prose or example is refused") {
  const std::string path = "core/include/iamcheck/a.h";
  CHECK(
      arch::prose_complaints({{path, "#pragma once\n\n// Why.\n//\n// ```cpp\n// f();\n// ```\n"}})
          .empty());
  CHECK(arch::prose_complaints({{path, "#pragma once\n\n// Why.\n"}}).size() == 1);
  CHECK(arch::prose_complaints({{path, "#pragma once\n// ```cpp\n// f();\n// ```\n"}}).size() == 1);
  CHECK(arch::prose_complaints({{path, "#pragma once\nint f();\n// ```cpp\n// f();\n// ```\n"}})
            .size() == 2);
  CHECK(arch::prose_complaints({{path, "#pragma once\n// Why.\n// ```cpp\n// f();\n"}}).size() ==
        2);
  CHECK(arch::prose_complaints({{"core/src/text/a.h", "int f();\n"}}).empty());
}

TEST_CASE("every test name of this repository survives the way through the test runner") {
  INFO(arch::join(arch::test_name_complaints(arch::read_repository())));
  CHECK(arch::test_name_complaints(arch::read_repository()).empty());
}

TEST_CASE("a test name with a lone bracket or a semicolon is refused") {
  auto complaints = [](const std::string& name) {
    return arch::test_name_complaints({{"tests/unit/a_test.cc", "TEST_CASE(\"" + name + "\") {\n"}})
        .size();
  };
  CHECK(complaints("plain, with a comma and `backticks`") == 0);
  CHECK(complaints("S4.2 [D]: a documented rule") == 0);
  CHECK(complaints("x in [a, b)") == 1);
  CHECK(complaints("a; b") == 1);
  CHECK(complaints("* matches") == 1);
}
