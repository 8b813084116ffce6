#include <string>
#include <string_view>
#include <vector>

#include "commands/commands.h"
#include "exit_code.h"
#include "iamcheck/finding.h"
#include "iamcheck/rule_page.h"
#include "iamcheck/suggestion.h"

namespace iamcheck::cli {

int run_rule(const RuleOptions& options) {
  if (options.list || options.slug.empty()) {
    std::string out;
    for (const RulePage& page : rule_pages()) {
      std::string slug(page.slug);
      slug.resize(std::max<std::size_t>(slug.size(), 26), ' ');
      std::string severity(to_string(page.severity));
      severity.resize(8, ' ');
      out.append(slug).append(" ").append(severity).append(" ").append(page.title).append("\n");
    }
    print_out(out);
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
