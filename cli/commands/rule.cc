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
  if (options.list || options.slug.empty()) {
    print_out(options.format == "json"       ? rules_as_json()
              : options.format == "markdown" ? rules_as_markdown()
              : options.format == "peers"    ? peers_as_markdown()
                                             : rules_as_text());
    return kClean;
  }
  const RulePage* page = find_rule_page(options.slug);
  if (page == nullptr) {
    std::vector<std::string_view> slugs;
    for (const RulePage& known : rule_pages()) slugs.push_back(known.slug);
    const std::string near = did_you_mean(similar_names(options.slug, slugs));
    print_error("there is no rule `" + options.slug + "`; " + near + (near.empty() ? "" : " ") +
                "`iamcheck rule --list` names them all");
    return kUsage;
  }
  print_out(page->body);
  return kClean;
}

}  // namespace iamcheck::cli
