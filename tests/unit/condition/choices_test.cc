// What AWS leaves open is chosen in one place and told in docs/evaluation.md.
#include <fstream>
#include <sstream>
#include <string>

#include "catch.h"
#include "iamcheck/condition.h"

TEST_CASE("docs/evaluation.md lists every choice of the condition rules, as chosen") {
  std::ifstream file(IAMCHECK_SOURCE_DIR "/docs/evaluation.md");
  std::ostringstream text;
  text << file.rdbuf();
  const std::string page = text.str();
  for (const iamcheck::ConditionChoice& choice : iamcheck::condition_choices()) {
    std::string row = "| ";
    row.append(choice.rule).append(" | ").append(choice.name).append(" | ").append(choice.chosen);
    INFO(row);
    CHECK(page.find(row + " |\n") != std::string::npos);
  }
}
