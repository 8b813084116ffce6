// "Can X do Y on Z, and why."
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "commands/commands.h"
#include "exit_code.h"
#include "iamcheck/analysis.h"
#include "iamcheck/arn.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/evaluate.h"
#include "iamcheck/explanation.h"
#include "iamcheck/report.h"

namespace iamcheck::cli {
namespace {

// `do` and `on` may stand between the words.
std::vector<std::string> without_fillers(std::vector<std::string> words) {
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

std::string shown(const std::string& text) { return "`" + escape_controls(text) + "`"; }

int check_action(const std::string& action) {
  if (action.find_first_of("*?") == std::string::npos) return kClean;
  return wrong(shown(action) + " is a pattern; ask about one action, `iamcheck catalogue '" +
               escape_controls(action) + "'` lists them");
}

// Words that a shell made of an unquoted `*` are no resources.
int check_resource(const std::string& resource) {
  if (resource == "*" || Arn::parse(resource)) return kClean;
  return wrong(shown(resource) + " is no resource; write ARNs, and quote '*'");
}

int read_units(const CanOptions& options, const std::vector<std::string>& words,
               std::vector<CallUnit>& units) {
  if (int code = check_action(words[1]); code != kClean) return code;
  for (std::size_t i = 2; i < words.size(); ++i) {
    if (words.size() > 3) {
      if (int code = check_resource(words[i]); code != kClean) return code;
    }
    units.push_back({words[1], words[i]});
  }
  for (const std::string& text : options.also) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size())
      return wrong("`--also " + escape_controls(text) +
                   "` is not of the form ACTION=RESOURCE, such as iam:PassRole=arn:..., or "
                   "ssm:GetParameters=*");
    units.push_back({text.substr(0, equals), text.substr(equals + 1)});
    if (int code = check_action(units.back().action); code != kClean) return code;
    if (int code = check_resource(units.back().resource); code != kClean) return code;
  }
  return read_unit_contexts(options.unit_context, units);
}

int read_question(const CanOptions& options, Call& call) {
  const std::vector<std::string> words = without_fillers(options.question);
  if (words.size() < 3) {
    return wrong(
        "a question has three words: PRINCIPAL ACTION RESOURCE; see `iamcheck can --help`");
  }
  if (options.accounts.empty() && Principal::parse(words[0]).kind == Principal::Kind::kOther) {
    return wrong(shown(words[0]) +
                 " is no principal; write the ARN of a user, role, role session, federated user "
                 "or root, a service such as ec2.amazonaws.com, or *anonymous*");
  }
  if (int code = read_units(options, words, call.units); code != kClean) return code;
  RequestFields& fields = call.fields;
  fields.principal = words[0];
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

int exit_code_of(DecisionKind kind, const std::string& expect) {
  if (kind == DecisionKind::kUndecided) return kUndecided;
  const bool allowed = kind == DecisionKind::kAllowed;
  return (expect == "denied" ? !allowed : allowed) ? kClean : kFindings;
}

void append(std::vector<DecisionWarning>& to, std::vector<DecisionWarning> more) {
  for (DecisionWarning& warning : more) to.push_back(std::move(warning));
}

// The policies of the command line count for every unit, beside those of an account. None of its
// levels is without policies. The exit code: 0, or 2 for too many levels.
int add_all(const PolicySet& from, PolicySet& to) {
  std::map<PolicyKind, std::size_t> opened;
  for (std::size_t i = 0; i < from.policies().size(); ++i) {
    const AttachedPolicy& policy = from.policies()[i];
    const std::vector<std::string>& levels = from.levels(policy.kind);
    for (std::size_t& next = opened[policy.kind]; next < levels.size() && next <= policy.level;
         ++next) {
      if (!to.add_level(policy.kind, levels[next]))
        return wrong("there are more than " + std::to_string(PolicySet::kMaxLevels) +
                     " levels of a " + std::string(info(policy.kind).title) +
                     "; AWS has seven at most");
    }
    to.add_shared(from, i, policy.name);
  }
  return kClean;
}

void drop_trace(Explanation& explanation, Decision& decision) {
  explanation.layers.clear();
  explanation.others.clear();
  decision.trace.clear();
  decision.layers.clear();
}

// What the unknown keys must have: a few ways, and each in one line.
std::vector<std::string> ways_to_allow(const PolicySet& policies, const Request& request) {
  constexpr std::size_t kMost = 5;
  AnalysisOptions limits;
  limits.max_pieces = kMost;
  std::vector<std::string> ways;
  for (const auto& way : allowed_if(policies, request, limits).ways) {
    std::string text;
    for (const AccessCondition& one : way)
      text += (text.empty() ? "" : " and ") + one.key + " " + one.phrase;
    if (!text.empty()) ways.push_back(std::move(text));
  }
  return ways;
}

std::vector<DecisionWarning> no_policy_warning(const CanOptions& options) {
  if (!options.policies.empty() || !options.accounts.empty()) return {};
  return {{"no-policy", "no policy was given, such as --policy FILE"}};
}

int answer_one(const CanOptions& options, const UnitQuestion& unit, Assumed assumed) {
  // The trace also finds the Denies that a choice of ours weakens: those must be said even where an
  // Allow decided.
  Decision decision = evaluate(unit.policies, unit.request, {.trace = true});
  append(decision.warnings, check_request(unit.request, Catalogue::embedded()));
  append(decision.warnings, check_policies(unit.policies));
  append(decision.warnings, unit.warnings);
  append(decision.warnings, no_policy_warning(options));
  assumed.others = unit.assumptions;
  Explanation explanation = explain(unit.policies, unit.request, decision);
  if (decision.kind == DecisionKind::kUndecided)
    explanation.allowed_if = ways_to_allow(unit.policies, unit.request);
  if (!options.explain) drop_trace(explanation, decision);
  print_out(options.json
                ? render_json(explanation, decision, assumed)
                : render_text(explanation, decision, {use_colour(options.colour)}, assumed));
  return exit_code_of(decision.kind, options.expect);
}

int answer_call(const CanOptions& options, const std::vector<UnitQuestion>& units,
                const Assumed& assumed) {
  CallDecision decision = decide_units(units, Catalogue::embedded(), {.trace = true});
  std::set<std::string> said;
  for (const UnitQuestion& unit : units) {
    for (DecisionWarning& warning : check_policies(unit.policies)) {
      if (said.insert(warning.message).second) decision.warnings.push_back(std::move(warning));
    }
  }
  append(decision.warnings, no_policy_warning(options));
  CallExplanation explanation = explain_units(units, decision);
  for (std::size_t i = 0; !options.explain && i < units.size(); ++i)
    drop_trace(explanation.units[i], decision.units[i].decision);
  print_out(options.json
                ? render_json(explanation, decision, assumed)
                : render_text(explanation, decision, {use_colour(options.colour)}, assumed));
  return exit_code_of(decision.kind, options.expect);
}

}  // namespace

int run_can(const CanOptions& options) {
  Call call;
  if (int code = read_question(options, call); code != kClean) return code;
  if (int code = read_context(options.context, call.fields.context); code != kClean) return code;
  Assumed assumed;
  if (int code = assume_usual_keys(options.context, call.fields.context, assumed); code != kClean)
    return code;

  if (std::ranges::count(options.accounts, "-") > 0 && options.policies.names_stdin())
    return wrong("standard input is named twice, by --account and as a policy; name `-` once");
  std::vector<UnitQuestion> units;
  if (!options.accounts.empty()) {
    if (int code = ask_account(options.accounts, call, units); code != kClean) return code;
  }
  // All units have one principal.
  if (const std::optional<Error> error =
          check_origin(units.empty() ? call.fields : units[0].request.fields()))
    return wrong(escape_controls(error->message) + "; " + error->help);
  PolicySet policies;
  if (int code = read_policies(options.policies, policies); code != kClean) return code;
  if (options.accounts.empty()) {
    Result<std::vector<UnitQuestion>> split = split_call(call, policies, Catalogue::embedded());
    if (!split)
      return wrong(escape_controls(split.error().message) + "; " +
                   escape_controls(split.error().help));
    units = *std::move(split);
    check_resource_accounts(units);
  } else {
    for (UnitQuestion& unit : units) {
      if (int code = add_all(policies, unit.policies); code != kClean) return code;
    }
  }
  return units.size() == 1 ? answer_one(options, units[0], assumed)
                           : answer_call(options, units, assumed);
}

}  // namespace iamcheck::cli
