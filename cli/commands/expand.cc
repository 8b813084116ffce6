#include <memory>

#include "chosen_catalogue.h"
#include "commands/commands.h"
#include "exit_code.h"
#include "iamcheck/action_list.h"
#include "iamcheck/action_list_report.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/policy_set.h"
#include "iamcheck/report.h"

namespace iamcheck::cli {
namespace {

int complain(const Error& error) {
  print_error(error.message + (error.help.empty() ? "" : "; " + error.help));
  return error.code == ErrorCode::kInternal ? kInternal : kUndecided;
}

void print_notes(const std::vector<std::string>& notes) {
  for (const std::string& note : notes) print_error(escape_controls(note));
}

int expand_patterns(const ExpandCommandOptions& options, const Catalogue& catalogue) {
  const Result<ExpandedActions> expanded = expand_actions(catalogue, options.patterns);
  if (!expanded) return complain(expanded.error());
  const std::vector<std::string> notes = notes_on(*expanded, catalogue);
  print_notes(notes);
  const ActionListOptions shown{options.count};
  print_out(options.json ? render_json(*expanded, catalogue, shown)
                         : render_text(*expanded, catalogue, shown));
  return notes.empty() ? kClean : kUndecided;
}

int expand_policy_file(const ExpandCommandOptions& options, const Catalogue& catalogue) {
  PolicyFiles files;
  files.identity = {options.policy};
  PolicySet set;
  if (const int code = read_policies(files, set); code != kClean) return code;
  const std::shared_ptr<const Policy> policy = set.policies().front().policy;
  const Result<PolicyActions> actions = expand_policy(catalogue, *policy, detect_kind(*policy));
  if (!actions) return complain(actions.error());
  print_notes(notes_on(*actions, catalogue, *policy->source));
  const ActionListOptions shown{options.count};
  print_out(options.json ? render_json(*actions, catalogue, *policy->source, shown)
                         : render_text(*actions, catalogue, shown));
  return actions->unmatched.empty() ? kClean : kUndecided;
}

}  // namespace

int run_expand(const ExpandCommandOptions& options) {
  if (options.patterns.empty() == options.policy.empty()) {
    print_error("give patterns or --policy, one of them; see `iamcheck expand --help`");
    return kUsage;
  }
  const Catalogue* catalogue = chosen_catalogue(options.catalogue_file);
  if (catalogue == nullptr) return kUsage;
  return options.policy.empty() ? expand_patterns(options, *catalogue)
                                : expand_policy_file(options, *catalogue);
}

}  // namespace iamcheck::cli
