// What the default profile says about AWS's own policies, as docs/default-profile.md counts it.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "catch.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/lint.h"

namespace iamcheck::managed {
namespace {

// Above that, a rule needs a reason on the page.
constexpr std::size_t kFewFindings = 9;
constexpr const char* kBegin = "<!-- counts -->\n";
constexpr const char* kEnd = "<!-- end of counts -->";

struct Count {
  std::map<Severity, std::size_t> findings;
  std::set<std::string> policies;
  std::size_t total() const {
    std::size_t sum = 0;
    for (const auto& [severity, count] : findings) sum += count;
    return sum;
  }
};

std::string page_path() { return std::string(IAMCHECK_SOURCE_DIR) + "/docs/default-profile.md"; }

std::string page_text() {
  std::ifstream file(page_path());
  return {std::istreambuf_iterator<char>(file), {}};
}

// The last cell of each row, by rule.
std::map<std::string, std::string> reasons(const std::string& page) {
  std::map<std::string, std::string> out;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| `")) continue;
    const std::size_t last = line.rfind(" | ", line.size() - 3);
    out[line.substr(3, line.find('`', 3) - 3)] = line.substr(last + 3, line.size() - last - 5);
  }
  return out;
}

std::map<std::string, Count> counts() {
  std::map<std::string, Count> out;
  for (const ManagedPolicy managed : Catalogue::embedded().managed_policies()) {
    const auto document = managed.document();
    REQUIRE(document.has_value());
    const auto policy = parse_policy(std::string(managed.name()), *document);
    REQUIRE(policy.has_value());
    LintSubject subject;
    subject.policy = &*policy;
    for (const Finding& finding : lint(subject, {})) {
      ++out[finding.rule].findings[finding.severity];
      out[finding.rule].policies.insert(std::string(managed.name()));
    }
  }
  return out;
}

std::string table(const std::map<std::string, Count>& all,
                  const std::map<std::string, std::string>& reasons) {
  Count sum;
  for (const auto& [rule, count] : all) {
    for (const auto& [severity, findings] : count.findings) sum.findings[severity] += findings;
    sum.policies.insert(count.policies.begin(), count.policies.end());
  }
  std::vector<std::pair<std::string, Count>> rows(all.begin(), all.end());
  std::ranges::stable_sort(
      rows, [](const auto& a, const auto& b) { return a.second.total() > b.second.total(); });
  const auto cells = [](const Count& count) {
    const auto of = [&](Severity severity) {
      const auto found = count.findings.find(severity);
      return found == count.findings.end() ? std::string() : std::to_string(found->second);
    };
    return " | " + of(Severity::kError) + " | " + of(Severity::kWarning) + " | " +
           of(Severity::kNote) + " | " + std::to_string(count.policies.size()) + " | ";
  };
  std::string out =
      "| rule | errors | warnings | notes | policies | why |\n"
      "| --- | ---: | ---: | ---: | ---: | --- |\n";
  for (const auto& [rule, count] : rows) {
    const auto reason = reasons.find(rule);
    out += "| `" + rule + "`" + cells(count) + (reason == reasons.end() ? "" : reason->second) +
           " |\n";
  }
  return out + "| all" + cells(sum) + " |\n";
}

}  // namespace

TEST_CASE("docs/default-profile.md counts what the default profile says about AWS's policies") {
  const std::string page = page_text();
  const std::size_t begin = page.find(kBegin) + std::string(kBegin).size();
  const std::size_t end = page.find(kEnd);
  REQUIRE(begin < end + 1);
  const std::map<std::string, Count> all = counts();
  const std::string fresh = table(all, reasons(page));
  const char* update = std::getenv("IAMCHECK_UPDATE_GOLDEN");
  if (update != nullptr && *update != '\0') {
    std::ofstream(page_path()) << page.substr(0, begin) << fresh << page.substr(end);
    return;
  }
  CHECK(page.substr(begin, end - begin) == fresh);
  for (const auto& [rule, count] : all) {
    if (count.total() <= kFewFindings) continue;
    INFO(rule);
    CHECK_FALSE(reasons(page)[rule].empty());
  }
}

}  // namespace iamcheck::managed
