#include <string>
#include <string_view>
#include <vector>

#include "commands/commands.h"
#include "exit_code.h"
#include "iamcheck/finding.h"
#include "iamcheck/rule_page.h"
#include "iamcheck/suggestion.h"
#include "rule_list.h"

namespace iamcheck::cli {

int run_rule(const RuleOptions& options) {
  const std::vector<std::string>& words = options.words;
  if (!words.empty() && words[0] == "test") {
    return run_rule_test({words.begin() + 1, words.end()});
  }
  if (words.size() > 1) {
    print_error("one rule at a time; `iamcheck rule --list` names them all");
    return kUsage;
  }
  if (options.list || words.empty()) {
    print_out(options.format == "json"       ? rules_as_json()
              : options.format == "markdown" ? rules_as_markdown()
              : options.format == "peers"    ? peers_as_markdown()
                                             : rules_as_text());
    return kClean;
  }
  const RulePage* page = find_rule_page(words[0]);
  if (page == nullptr) {
    std::vector<std::string_view> slugs;
    for (const RulePage& known : rule_pages()) slugs.push_back(known.slug);
    const std::string near = did_you_mean(similar_names(words[0], slugs));
    print_error("there is no rule `" + words[0] + "`; " + near + (near.empty() ? "" : " ") +
                "`iamcheck rule --list` names them all");
    return kUsage;
  }
  print_out(page->body);
  return kClean;
}

}  // namespace iamcheck::cli
