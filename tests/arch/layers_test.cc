#include "layers.h"

#include "catch.h"

using arch::layer_complaints;
using arch::Tree;
using arch::umbrella_complaints;

namespace {

// One file that includes one other file; the other one exists.
std::size_t complaints_of(std::string path, const std::string& include,
                          std::string included_path = {}) {
  Tree tree = {{std::move(path), "#pragma once\n#include " + include + "\n"}};
  if (!included_path.empty()) tree.push_back({std::move(included_path), ""});
  return layer_complaints(tree).size();
}

}  // namespace

TEST_CASE("every include of this repository goes strictly down the floors") {
  INFO(arch::join(layer_complaints(arch::read_repository())));
  CHECK(layer_complaints(arch::read_repository()).empty());
}

TEST_CASE("iamcheck.h includes every public header") {
  INFO(arch::join(umbrella_complaints(arch::read_repository())));
  CHECK(umbrella_complaints(arch::read_repository()).empty());
  Tree forgetful = {{"core/include/iamcheck/iamcheck.h", "#include \"iamcheck/source.h\"\n"},
                    {"core/include/iamcheck/arn.h", ""},
                    {"core/include/iamcheck/source.h", ""}};
  CHECK(umbrella_complaints(forgetful) ==
        std::vector<std::string>{"iamcheck.h lacks: #include \"iamcheck/arn.h\""});
}

TEST_CASE("a folder includes lower floors and itself, nothing level or above") {
  CHECK(complaints_of("core/src/policy/a.cc", "\"iamcheck/document.h\"") == 0);
  CHECK(complaints_of("core/src/policy/a.cc", "\"document/b.h\"", "core/src/document/b.h") == 0);
  CHECK(complaints_of("core/src/policy/a.cc", "\"policy/b.h\"", "core/src/policy/b.h") == 0);
  CHECK(complaints_of("core/src/lint/checks/a.cc", "\"lint/b.h\"", "core/src/lint/b.h") == 0);
  CHECK(complaints_of("core/src/policy/a.cc", "\"iamcheck/policy.h\"") == 0);
  CHECK(complaints_of("core/src/policy/a.cc", "<re2/re2.h>") == 0);

  CHECK(complaints_of("core/src/document/a.cc", "\"iamcheck/policy.h\"") == 1);
  CHECK(complaints_of("core/src/policy/a.cc", "\"credentials/b.h\"", "core/src/credentials/b.h") ==
        1);
  CHECK(complaints_of("core/src/policy/a.cc", "\"iamcheck/credentials.h\"") == 1);
  CHECK(complaints_of("core/src/policy/a.cc", "\"../lint/b.h\"") == 1);
  CHECK(complaints_of("core/src/policy/a.cc", "  \"lint/generated.h\"") == 1);
  CHECK(complaints_of("core/src/report/a.cc", "\"iamcheck/iamcheck.h\"") == 1);
  CHECK(layer_complaints({{"core/src/text/a.cc", "#  include <iamcheck/policy.h>\n"}}).size() == 1);
}

TEST_CASE("a public header stands on the floor of its folder and names no third party") {
  CHECK(complaints_of("core/include/iamcheck/policy.h", "\"iamcheck/document.h\"") == 0);
  CHECK(complaints_of("core/include/iamcheck/arn.h", "\"iamcheck/pattern.h\"") == 0);
  CHECK(complaints_of("core/include/iamcheck/arn.h", "<string_view>") == 0);

  CHECK(complaints_of("core/include/iamcheck/document.h", "\"iamcheck/policy.h\"") == 1);
  CHECK(complaints_of("core/include/iamcheck/document.h", "<nlohmann/json.hpp>") == 1);
  CHECK(complaints_of("core/include/iamcheck/document.h", "<zlib.h>") == 1);
  CHECK(complaints_of("core/include/iamcheck/document.h", "\"document/b.h\"",
                      "core/src/document/b.h") == 1);
}

TEST_CASE("a folder or a public header without a floor is refused") {
  CHECK(complaints_of("core/include/iamcheck/surprise.h", "<string>") == 1);
  CHECK(complaints_of("core/src/surprise/a.cc", "<string>") == 1);
}

TEST_CASE("core sees neither the command nor the bindings nor the tests") {
  CHECK(complaints_of("core/src/lint/a.cc", "\"cli/terminal.h\"", "cli/terminal.h") == 1);
  CHECK(complaints_of("core/src/lint/a.cc", "\"terminal.h\"", "cli/terminal.h") == 1);
  CHECK(complaints_of("core/src/lint/a.cc", "\"bind_policy.h\"", "python/bindings/bind_policy.h") ==
        1);
  CHECK(complaints_of("core/src/lint/a.cc", "\"catch.h\"", "tests/support/catch.h") == 1);
  CHECK(complaints_of("core/src/lint/a.cc", "\"nowhere.h\"") == 1);
}

TEST_CASE("the command and the bindings see public headers only") {
  CHECK(complaints_of("cli/main.cc", "\"iamcheck/lint.h\"") == 0);
  CHECK(complaints_of("cli/commands/lint.cc", "\"terminal.h\"", "cli/terminal.h") == 0);
  CHECK(complaints_of("cli/main.cc", "\"lint/runner.h\"", "core/src/lint/runner.h") == 1);
  CHECK(complaints_of("python/bindings/a.cc", "\"lint/runner.h\"", "core/src/lint/runner.h") == 1);
}

TEST_CASE("the slow twins share nothing with core but the result enums") {
  CHECK(complaints_of("tests/oracle/a.cc", "\"iamcheck/decision_kind.h\"") == 0);
  CHECK(complaints_of("tests/oracle/a.cc", "\"iamcheck/decision.h\"") == 1);
  CHECK(complaints_of("tests/oracle/a.cc", "<nlohmann/json.hpp>") == 0);
  CHECK(complaints_of("tests/oracle/a.cc", "\"b.h\"", "tests/oracle/b.h") == 0);
  CHECK(complaints_of("tests/oracle/adapter_core.cc", "\"iamcheck/evaluate.h\"") == 0);
  CHECK(complaints_of("tests/oracle/a.cc", "\"iamcheck/pattern.h\"") == 1);
  CHECK(complaints_of("tests/oracle/a.cc", "\"match/b.h\"", "core/src/match/b.h") == 1);
}

TEST_CASE("report never sees a Policy, match never sees JSON, evaluate never sees files") {
  CHECK(complaints_of("core/src/report/a.cc", "\"iamcheck/finding.h\"") == 0);
  CHECK(complaints_of("core/src/report/a.cc", "\"iamcheck/policy.h\"") == 1);
  CHECK(complaints_of("core/include/iamcheck/report.h", "\"iamcheck/policy.h\"") == 1);
  CHECK(complaints_of("core/src/match/a.cc", "\"iamcheck/document.h\"") == 1);
  CHECK(complaints_of("core/src/match/a.cc", "<nlohmann/json.hpp>") == 1);
  CHECK(complaints_of("core/src/evaluate/a.cc", "<fstream>") == 1);
  CHECK(complaints_of("core/src/evaluate/a.cc", "\"iamcheck/input.h\"") == 1);
}

TEST_CASE("what a folder must not see does not come to it behind another header") {
  const Tree tree = {{"core/src/report/a.cc", "#include \"iamcheck/evaluate.h\"\n"},
                     {"core/include/iamcheck/evaluate.h", "#include \"iamcheck/policy_set.h\"\n"},
                     {"core/include/iamcheck/policy_set.h", "#include \"iamcheck/policy.h\"\n"},
                     {"core/include/iamcheck/policy.h", "#include \"iamcheck/policy_set.h\"\n"}};
  const auto complaints = layer_complaints(tree);
  REQUIRE(complaints.size() == 2);  // the other one: policy.h looks up
  CHECK(complaints[0] ==
        "core/src/report/a.cc:1: `iamcheck/evaluate.h` brings `iamcheck/policy.h`: report renders "
        "plain results, never a Policy");
}
