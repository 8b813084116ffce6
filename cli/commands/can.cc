// "Can X do Y on Z, and why."
#include <algorithm>
#include <utility>

#include "commands/commands.h"
#include "exit_code.h"
#include "iamcheck/arn.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/evaluate.h"
#include "iamcheck/explanation.h"
#include "iamcheck/report.h"

namespace iamcheck::cli {
namespace {

// `do` and `on` may stand between the three words.
std::vector<std::string> three_words(std::vector<std::string> words) {
  if (words.size() >= 4 && words[1] == "do") words.erase(words.begin() + 1);
  if (words.size() >= 4 && words[2] == "on") words.erase(words.begin() + 2);
  return words;
}

int wrong(const std::string& message) {
  print_error(message);
  return kUsage;
}

int check_accounts(const CanOptions& options) {
  for (const auto& [flag, text] :
       {std::pair{"--resource-account", &options.resource_account},
        std::pair{"--principal-account", &options.principal_account},
        std::pair{"--management-account", &options.management_account}}) {
    if (text->empty() || is_account_id(*text)) continue;
    return wrong("`" + std::string(flag) + " " + escape_controls(*text) +
                 "` is no account id, which has twelve digits");
  }
  return kClean;
}

int read_question(const CanOptions& options, RequestFields& fields) {
  const std::vector<std::string> words = three_words(options.question);
  if (words.size() != 3) {
    return wrong(
        "a question has three words: PRINCIPAL ACTION RESOURCE; see `iamcheck can --help`");
  }
  if (options.accounts.empty() && Principal::parse(words[0]).kind == Principal::Kind::kOther) {
    return wrong("`" + escape_controls(words[0]) +
                 "` is no principal; write the ARN of a user, role, role session, federated user "
                 "or root, a service such as ec2.amazonaws.com, or *anonymous*");
  }
  if (words[1].find_first_of("*?") != std::string::npos) {
    const std::string action = escape_controls(words[1]);
    return wrong("`" + action + "` is a pattern; ask about one action, `iamcheck catalogue '" +
                 action + "'` lists them");
  }
  fields.principal = words[0];
  fields.action = words[1];
  fields.resource = words[2];
  fields.resource_account = options.resource_account;
  fields.principal_account = options.principal_account;
  fields.management_account = options.management_account;
  fields.principal_role_arn = options.role_arn;
  fields.issuer_arn = options.issuer_arn;
  fields.credential_kind = options.credential_kind;
  fields.endpoint_kind = options.endpoint_kind;
  fields.s3_block_public_access = options.block_public_access;
  return check_accounts(options);
}

int exit_code_of(const Decision& decision, const std::string& expect) {
  if (decision.kind == DecisionKind::kUndecided) return kUndecided;
  bool wanted = expect == "denied" ? !decision.allowed() : decision.allowed();
  return wanted ? kClean : kFindings;
}

void append(std::vector<DecisionWarning>& to, std::vector<DecisionWarning> more) {
  for (DecisionWarning& warning : more) to.push_back(std::move(warning));
}

}  // namespace

int run_can(const CanOptions& options) {
  RequestFields fields;
  if (int code = read_question(options, fields); code != kClean) return code;
  if (int code = read_context(options.context, fields.context); code != kClean) return code;
  Assumed assumed;
  if (int code = assume_usual_keys(options.context, fields.context, assumed); code != kClean)
    return code;

  if (std::ranges::count(options.accounts, "-") > 0 && options.policies.names_stdin())
    return wrong("standard input is named twice, by --account and as a policy; name `-` once");
  PolicySet set;
  std::vector<DecisionWarning> from_account;
  if (!options.accounts.empty()) {
    if (int code = add_account(options.accounts, fields, set, from_account, assumed.others);
        code != kClean)
      return code;
  }
  if (const std::optional<Error> error = check_origin(fields))
    return wrong(escape_controls(error->message) + "; " + error->help);
  if (int code = read_policies(options.policies, set); code != kClean) return code;

  const Request request(std::move(fields));
  // The trace also finds the Denies that a choice of ours weakens: those must be said even where an
  // Allow decided.
  Decision decision = evaluate(set, request, {.trace = true});
  append(decision.warnings, check_request(request, Catalogue::embedded()));
  append(decision.warnings, check_policies(set));
  append(decision.warnings, std::move(from_account));
  if (options.accounts.empty()) assumed.others = check_resource_account(set, request);
  if (options.policies.empty() && options.accounts.empty())
    decision.warnings.push_back({"no-policy", "no policy was given, such as --policy FILE"});
  Explanation explanation = explain(set, request, decision);
  if (!options.explain) {
    explanation.layers.clear();
    explanation.others.clear();
    decision.trace.clear();
  }
  print_out(options.json
                ? render_json(explanation, decision, assumed)
                : render_text(explanation, decision, {use_colour(options.colour)}, assumed));
  return exit_code_of(decision, options.expect);
}

}  // namespace iamcheck::cli
