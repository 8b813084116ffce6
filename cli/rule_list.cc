#include "rule_list.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <vector>

#include "iamcheck/rule_page.h"

namespace iamcheck::cli {
namespace {

std::string joined(std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) text.append(text.empty() ? "" : ", ").append(word);
  return text;
}

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  out.resize(std::max(out.size(), width), ' ');
  return out;
}

std::string link_to(const RulePage& page) {
  return "[" + std::string(page.slug) + "](../rules/" + std::string(page.file) + ")";
}

// What people call the tools.
std::string_view title_of(std::string_view tool) {
  if (tool == "access-analyzer") return "IAM Access Analyzer, policy validation";
  return tool;
}

}  // namespace

std::string rules_as_text() {
  std::size_t width = 0;
  for (const RulePage& page : rule_pages()) width = std::max(width, page.slug.size());
  std::string out;
  for (const RulePage& page : rule_pages()) {
    out.append(padded(page.slug, width)).append("  ");
    out.append(padded(to_string(page.severity), 8));
    out.append(padded(page.profile == Profile::kDefault ? "" : to_string(page.profile), 16));
    out.append(page.title).append("\n");
  }
  return out;
}

std::string rules_as_json() {
  using Json = nlohmann::ordered_json;
  Json rules = Json::array();
  for (const RulePage& page : rule_pages()) {
    Json rule = {{"slug", page.slug},
                 {"kind", to_string(page.kind)},
                 {"title", page.title},
                 {"severity", to_string(page.severity)},
                 {"securitySeverity", to_string(page.security_severity)},
                 {"confidence", to_string(page.confidence)},
                 {"category", page.category},
                 {"profile", to_string(page.profile)},
                 {"appliesTo", Json::array()},
                 {"fix", to_string(page.fix)},
                 {"since", page.since},
                 {"aliases", Json::array()},
                 {"peers", Json::array()}};
    for (const std::string_view kind : page.applies_to) rule["appliesTo"].push_back(kind);
    for (const std::string_view alias : page.aliases) rule["aliases"].push_back(alias);
    for (const RulePeer& peer : page.peers)
      rule["peers"].push_back({{"tool", peer.tool}, {"id", peer.id}});
    rules.push_back(std::move(rule));
  }
  return Json{{"schema", "iamcheck/rules/v1"}, {"rules", std::move(rules)}}.dump(2) + "\n";
}

std::string rules_as_markdown() {
  std::map<std::string_view, std::vector<const RulePage*>> by_category;
  for (const RulePage& page : rule_pages()) by_category[page.category].push_back(&page);
  std::string out =
      "# The rules\n\n"
      "Written by `iamcheck rule --list --format markdown`; the text of each page is printed by "
      "`iamcheck rule SLUG`.\nRules without a profile belong to the default one; `--profile "
      "strict` "
      "runs all, `--profile access-analyzer` those with a code of AWS's.\n";
  for (const auto& [category, pages] : by_category) {
    out.append("\n## ").append(category).append("\n\n");
    out.append("| rule | what it reports | severity | policies | profile | fix |\n");
    out.append("| --- | --- | --- | --- | --- | --- |\n");
    for (const RulePage* page : pages) {
      out.append("| ").append(link_to(*page)).append(" | ").append(page->title).append(" | ");
      out.append(to_string(page->severity)).append(" | ");
      out.append(page->applies_to.size() == 8 ? "all" : joined(page->applies_to)).append(" | ");
      out.append(page->profile == Profile::kDefault ? "" : to_string(page->profile)).append(" | ");
      out.append(page->fix == RuleFix::kNone ? "" : to_string(page->fix)).append(" |\n");
    }
  }
  return out;
}

std::string peers_as_markdown() {
  std::map<std::string_view, std::map<std::string_view, std::set<const RulePage*>>> tools;
  for (const RulePage& page : rule_pages()) {
    for (const RulePeer& peer : page.peers) tools[peer.tool][peer.id].insert(&page);
  }
  std::string out =
      "# Coming from another tool\n\n"
      "Written by `iamcheck rule --list --format peers`: the checks of other tools, and the rule "
      "that looks at the same thing.\nThe judgement may differ: the page of the rule says what it "
      "reports and what not.\n";
  for (const auto& [tool, checks] : tools) {
    out.append("\n## ").append(title_of(tool)).append("\n\n| check | rule |\n| --- | --- |\n");
    for (const auto& [id, pages] : checks) {
      std::vector<const RulePage*> sorted(pages.begin(), pages.end());
      std::ranges::sort(sorted, {}, &RulePage::slug);
      out.append("| ").append(id).append(" | ");
      for (const RulePage* page : sorted)
        out.append(page == sorted.front() ? "" : ", ").append(link_to(*page));
      out.append(" |\n");
    }
  }
  return out;
}

}  // namespace iamcheck::cli
