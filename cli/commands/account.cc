// Questions over a whole account: who-can, what-can, graph, and the --account of can.
#include <algorithm>
#include <utility>

#include "account_files.h"
#include "commands/commands.h"
#include "exit_code.h"
#include "iamcheck/access.h"
#include "iamcheck/account_report.h"
#include "iamcheck/graph.h"
#include "iamcheck/report.h"

namespace iamcheck::cli {
namespace {

int complain(const Error& error) {
  print_error(escape_controls(error.message) +
              (error.help.empty() ? "" : "; " + escape_controls(error.help)));
  return kUsage;
}

int read_access_options(const AccountCommandOptions& options, Context& context) {
  ContextFlags flags = options.context;
  flags.ask = !options.strict;
  // The library's own default is to ask.
  if (options.strict) context.set_mode(Context::Mode::kStrict);
  if (int code = read_context(flags, context); code != kClean) return code;
  Assumed assumed;
  return assume_usual_keys(flags, context, assumed);
}

// 3 when something is open, else 0 when somebody or something is able, else 1.
template <typename List>
int exit_code_of(const List& list) {
  const auto has = [&](auto... reaches) {
    return std::ranges::any_of(list,
                               [&](const auto& one) { return ((one.reach == reaches) || ...); });
  };
  if (has(Reach::kUndecided, Reach::kPossiblySome)) return kUndecided;
  return has(Reach::kAll, Reach::kSome) ? kClean : kFindings;
}

// `on` may stand between the words.
std::vector<std::string> without_on(std::vector<std::string> words) {
  if (words.size() == 3 && words[1] == "on") words.erase(words.begin() + 1);
  return words;
}

}  // namespace

int add_account(const std::vector<std::string>& paths, RequestFields& fields, PolicySet& set,
                std::vector<DecisionWarning>& warnings, std::vector<std::string>& assumptions) {
  int worst = kClean;
  const std::optional<Account> account = load_account(paths, worst);
  if (!account) return worst;
  const Result<Caller> caller = account->find_principal(fields.principal);
  if (!caller) return complain(caller.error());
  AccountQuestion question = account->ask(*caller, std::move(fields));
  fields = question.request.fields();
  set = std::move(question.policies);
  for (std::size_t i = 0; i < question.unread.size(); ++i) {
    const std::string& why = question.unread_reasons[i];
    warnings.push_back(
        {"policy-not-read", "not read, so it may allow or deny: " + question.unread[i] +
                                (why.empty() ? "" : " (" + why + ")")});
  }
  assumptions = std::move(question.assumptions);
  return kClean;
}

int run_who_can(const AccountCommandOptions& options) {
  const std::vector<std::string> words = without_on(options.question);
  if (words.size() != 2) {
    print_error("a question has two words: ACTION RESOURCE; see `iamcheck who-can --help`");
    return kUsage;
  }
  AccessOptions access;
  if (int code = read_access_options(options, access.context); code != kClean) return code;
  access.resource_account = options.resource_account;
  int worst = kClean;
  const std::optional<Account> account = load_account(options.accounts, worst);
  if (!account) return worst;
  const Result<WhoCan> answer = who_can(*account, words[0], words[1], access);
  if (!answer) return complain(answer.error());
  print_out(options.format == "json" ? render_json(*answer, account->problems())
                                     : render_text(*answer));
  return worst_of(worst, exit_code_of(answer->principals));
}

int run_what_can(const AccountCommandOptions& options) {
  AccessOptions access;
  if (int code = read_access_options(options, access.context); code != kClean) return code;
  access.resource_account = options.resource_account;
  int worst = kClean;
  const std::optional<Account> account = load_account(options.accounts, worst);
  if (!account) return worst;
  const Result<Caller> caller = account->find_principal(options.principal);
  if (!caller) return complain(caller.error());
  const Result<WhatCan> answer = what_can(*account, *caller, options.on, access);
  if (!answer) return complain(answer.error());
  print_out(options.format == "json" ? render_json(*answer, account->problems())
                                     : render_text(*answer));
  return worst_of(worst, exit_code_of(answer->actions));
}

int run_graph(const AccountCommandOptions& options) {
  GraphOptions graph_options;
  if (int code = read_access_options(options, graph_options.context); code != kClean) return code;
  int worst = kClean;
  const std::optional<Account> account = load_account(options.accounts, worst);
  if (!account) return worst;
  const Result<EscalationGraph> graph = escalation_graph(*account, graph_options);
  if (!graph) return complain(graph.error());
  if (options.format == "json") {
    print_out(render_json(*graph, account->problems()));
  } else {
    const GraphFormat format = options.format == "dot"       ? GraphFormat::kDot
                               : options.format == "mermaid" ? GraphFormat::kMermaid
                                                             : GraphFormat::kText;
    print_out(render_graph(*graph, format));
  }
  return worst;
}

}  // namespace iamcheck::cli
