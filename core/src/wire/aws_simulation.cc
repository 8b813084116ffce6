// AWS's simulator: every action on every resource. Source of the shapes: IAM API Reference,
// "SimulateCustomPolicy", and the service model iam/2010-05-08.
#include "iamcheck/aws_simulation.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "iamcheck/arn.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/evaluate.h"
#include "text/utf8.h"

namespace iamcheck {
namespace {

using Json = nlohmann::ordered_json;

// Who calls when nobody is named. Nothing about this user may be tested.
constexpr std::string_view kNobodysAccount = "123456789012";
constexpr std::array<std::string_view, 4> kCallerKeys = {
    "aws:username", "aws:userid", "aws:PrincipalArn", "aws:PrincipalAccount"};

Error invalid(std::string message, std::string help) {
  return {ErrorCode::kInvalidArgument, std::move(message), std::move(help), {}};
}

// IAM API Reference, ActionNames: each "must be the full name of the operation", such as
// `iam:CreateUser`; wildcards are refused.
std::optional<Error> check_action(const std::string& action) {
  const std::size_t colon = action.find(':');
  const bool full = colon != std::string::npos && colon != 0 && colon + 1 != action.size() &&
                    action.find_first_of("*?:", colon + 1) == std::string::npos &&
                    action.find_first_of("*? \t\r\n") == std::string::npos;
  if (full) return std::nullopt;
  return invalid("`" + escape_hidden(action.substr(0, 120)) + "` is no name of an action",
                 "name each action in full and without wildcards, such as s3:GetObject");
}

std::string account_of(const std::string& text) {
  if (is_account_id(text)) return text;
  const std::optional<Arn> arn = Arn::parse(text);
  return arn && is_account_id(arn->account) ? std::string(arn->account) : std::string();
}

// Identity-based and resource-based policies: those whose statements and keys the API reports.
bool is_reported(PolicyKind kind) {
  return kind == PolicyKind::kIdentity || kind == PolicyKind::kResource ||
         kind == PolicyKind::kTrust;
}

struct Policies {
  PolicySet set;
  std::vector<const AwsPolicyInput*> inputs;  // of each policy of the set
};

Result<Policies> compile(const AwsSimulation& simulation) {
  Policies out;
  std::vector<const AwsPolicyInput*> ordered;
  ordered.reserve(simulation.policies.size());
  for (const AwsPolicyInput& input : simulation.policies) ordered.push_back(&input);
  std::ranges::stable_sort(ordered, {}, &AwsPolicyInput::level);
  std::uint32_t levels = simulation.scp_levels;
  for (const AwsPolicyInput* input : ordered) {
    if (input->kind == PolicyKind::kScp) levels = std::max(levels, input->level + 1);
  }
  if (levels > PolicySet::kMaxLevels)
    return invalid("there are more than " + std::to_string(PolicySet::kMaxLevels) + " levels",
                   "an organization has a root, up to five units, and the account");
  std::uint32_t opened = 0;
  const auto open_levels = [&](std::uint32_t upto) {
    for (; opened < upto; ++opened) out.set.add_level(PolicyKind::kScp, std::to_string(opened));
  };
  for (const AwsPolicyInput* input : ordered) {
    open_levels(input->kind == PolicyKind::kScp ? input->level + 1 : 0);
    if (input->policy != nullptr) {
      out.set.add({input->source_policy_id, input->kind, input->policy});
      out.inputs.push_back(input);
      continue;
    }
    Result<Policy> policy = parse_policy(input->source_policy_id, input->text);
    if (policy && !policy->has_statement)
      policy = Error{ErrorCode::kNotAPolicy, "it has no `Statement`", "give a policy document", {}};
    if (!policy) {
      Error error = policy.error();
      const auto source = Source::from_bytes("", input->text);
      const Position at = source->position(error.span.begin);
      error.message = input->source_policy_id + ":" + std::to_string(at.line) + ":" +
                      std::to_string(at.column) + ": " + error.message;
      return error;
    }
    out.set.add(input->source_policy_id, input->kind, *std::move(policy));
    out.inputs.push_back(input);
  }
  open_levels(levels);
  return out;
}

// What one action on one resource came to.
struct Single {
  std::string resource;
  DecisionKind kind = DecisionKind::kImplicitlyDenied;
  std::vector<StatementRef> matched;
  std::set<std::string> missing;
  std::optional<bool> by_boundary, by_organization;
};

std::string decision_name(DecisionKind kind) {
  if (kind == DecisionKind::kAllowed) return "allowed";
  return kind == DecisionKind::kExplicitlyDenied ? "explicitDeny" : "implicitDeny";
}

// Keys in `${...}` of a resource entry.
void add_variables(const std::optional<ListElement>& element, std::set<std::string>& keys) {
  if (!element) return;
  for (const Text& value : element->values) {
    for (std::size_t at = value.value.find("${"); at != std::string::npos;
         at = value.value.find("${", at + 2)) {
      const std::size_t end = value.value.find_first_of(",}", at);
      if (end == std::string::npos) break;
      const std::string key = value.value.substr(at + 2, end - at - 2);
      if (key.size() > 1) keys.insert(key);
    }
  }
}

class Simulation {
 public:
  Simulation(const AwsSimulation& given, const Policies& policies)
      : given_(given), policies_(policies) {}

  Json run() {
    Json results = Json::array();
    for (const std::string& action : given_.action_names) results.push_back(simulate(action));
    return {{"EvaluationResults", results}, {"IsTruncated", false}};
  }
  /// The first question that hangs on a value that is not known, which the shape of the response
  /// cannot say.
  const std::optional<std::string>& undecided() const { return undecided_; }

 private:
  Json simulate(const std::string& action) {
    std::vector<Single> singles;
    const std::vector<std::string> everything = {"*"};
    const std::vector<std::string>& resources =
        given_.resource_arns.empty() ? everything : given_.resource_arns;
    singles.reserve(resources.size());
    for (const std::string& resource : resources) singles.push_back(decide(action, resource));
    const bool specific = resources != everything;

    // The most restrictive decision speaks for all; its statements are those of the resources that
    // got it.
    Single all = singles[0];
    for (const Single& single : singles) {
      if (rank(single.kind) > rank(all.kind)) all.kind = single.kind;
      all.missing.insert(single.missing.begin(), single.missing.end());
      if (single.by_boundary == false) all.by_boundary = false;
      if (single.by_organization == false) all.by_organization = false;
    }
    all.matched.clear();
    for (const Single& single : singles) {
      for (const StatementRef& ref : single.matched) {
        if (single.kind == all.kind && std::ranges::find(all.matched, ref) == all.matched.end())
          all.matched.push_back(ref);
      }
    }
    Json result = {{"EvalActionName", action},
                   {"EvalResourceName", specific ? form_of(action, resources[0]) : "*"},
                   {"EvalDecision", decision_name(all.kind)},
                   {"MatchedStatements", matched_json(all)},
                   {"MissingContextValues", all.missing}};
    if (all.by_organization)
      result["OrganizationsDecisionDetail"] = {{"AllowedByOrganizations", *all.by_organization}};
    add_boundary(all, result);
    if (!specific) return result;
    Json& parts = result["ResourceSpecificResults"] = Json::array();
    for (const Single& single : singles) {
      Json part = {{"EvalResourceName", single.resource},
                   {"EvalResourceDecision", decision_name(single.kind)},
                   {"MatchedStatements", matched_json(single)},
                   {"MissingContextValues", single.missing}};
      add_boundary(single, part);
      parts.push_back(std::move(part));
    }
    return result;
  }

  static int rank(DecisionKind kind) {
    if (kind == DecisionKind::kAllowed) return 0;
    return kind == DecisionKind::kExplicitlyDenied ? 2 : 1;
  }

  static void add_boundary(const Single& single, Json& out) {
    if (single.by_boundary)
      out["PermissionsBoundaryDecisionDetail"] = {
          {"AllowedByPermissionsBoundary", *single.by_boundary}};
  }

  RequestFields fields_for(const std::string& action, const std::string& resource,
                           Context::Mode mode) const {
    RequestFields fields;
    fields.action = action;
    fields.resource = resource;
    fields.resource_account = account_of(resource);
    if (fields.resource_account.empty())
      fields.resource_account = account_of(given_.resource_owner);
    fields.context.set_mode(mode);
    for (const AwsContextEntry& entry : given_.context) {
      const bool list =
          entry.type.ends_with("List") || (entry.type.empty() && entry.values.size() != 1);
      if (list) fields.context.set_list(entry.name, entry.values);
      if (!list) fields.context.set(entry.name, entry.values[0]);
    }
    if (const std::optional<RequestTime> time = RequestTime::parse(given_.now)) {
      if (!fields.context.has("aws:CurrentTime"))
        fields.context.set("aws:CurrentTime", time->current_time);
      if (!fields.context.has("aws:EpochTime"))
        fields.context.set("aws:EpochTime", time->epoch_time);
    }
    fields.principal = given_.caller_arn;
    fields.principal_role_arn = given_.caller_role_arn;
    fields.management_account = given_.management_account;
    if (!given_.caller_arn.empty()) return fields;
    std::string own_account = given_.caller_account;
    if (fields.resource_account.empty())
      fields.resource_account = own_account.empty() ? kNobodysAccount : own_account;
    if (own_account.empty()) own_account = fields.resource_account;
    fields.principal = "arn:aws:iam::" + own_account + ":user/nobody";
    if (const std::optional<Arn> arn = Arn::parse(resource); arn && !arn->partition.empty())
      fields.principal.replace(4, 3, arn->partition);
    for (const std::string_view key : kCallerKeys) {
      if (fields.context.has(key)) continue;
      if (mode == Context::Mode::kAsk) fields.context.set_unknown(key);
      if (mode == Context::Mode::kStrict) fields.context.set_absent(key);
    }
    return fields;
  }

  Single decide(const std::string& action, const std::string& resource) {
    const EvaluateOptions options{.trace = true, .warnings = false};
    const Decision decision = evaluate(
        policies_.set, Request(fields_for(action, resource, Context::Mode::kStrict)), options);
    Single out;
    out.resource = resource;
    out.kind = decision.kind;
    if (decision.kind == DecisionKind::kUndecided && !undecided_)
      undecided_ = action + " on " + resource;
    for (const StatementTrace& trace : decision.trace) {
      const Statement& statement = statement_of(trace.statement);
      const bool deny = statement.effect == Effect::kDeny;
      const bool counts = decision.kind == DecisionKind::kExplicitlyDenied
                              ? deny
                              : decision.kind == DecisionKind::kAllowed && !deny;
      if (counts && trace.truth == Truth::kTrue &&
          is_reported(policies_.inputs[trace.statement.policy]->kind))
        out.matched.push_back(trace.statement);
    }
    for (const LayerTrace& layer : decision.layers) {
      const bool allowed = layer.allows == Truth::kTrue && layer.denies == Truth::kFalse;
      if (layer.layer == "boundary") out.by_boundary = allowed;
      if (layer.layer == "scp")
        out.by_organization =
            out.by_organization.value_or(true) && (allowed || !layer.exempt.empty());
    }
    // What a statement asks about beyond action and resource shows when nothing is taken as absent.
    const Decision asked = evaluate(
        policies_.set, Request(fields_for(action, resource, Context::Mode::kAsk)), options);
    for (const StatementTrace& trace : asked.trace) {
      if (!is_reported(policies_.inputs[trace.statement.policy]->kind)) continue;
      if (trace.principal == Truth::kFalse || trace.action == Truth::kFalse ||
          trace.resource == Truth::kFalse)
        continue;
      for (const ConditionTrace& condition : trace.conditions)
        out.missing.insert(condition.unknown_keys.begin(), condition.unknown_keys.end());
      if (trace.resource == Truth::kUnknown) {
        add_variables(statement_of(trace.statement).resource, out.missing);
        add_variables(statement_of(trace.statement).not_resource, out.missing);
      }
    }
    return out;
  }

  const Statement& statement_of(StatementRef ref) const {
    return policies_.set.policies()[ref.policy].policy->statements[ref.statement];
  }

  // Where the text begins that AWS would have: a policy inside another document begins itself.
  static Position origin_of(const Policy& policy) {
    const std::string_view before = policy.source->text().substr(0, policy.span.begin);
    const bool own_text = before.find_first_not_of(" \t\r\n") == std::string_view::npos;
    return policy.source->position(own_text ? 0 : policy.span.begin);
  }

  // Lines and columns from 1; the end is the place behind the last character.
  Json matched_json(const Single& single) const {
    Json out = Json::array();
    for (const StatementRef& ref : single.matched) {
      const Source& source = *policies_.set.policies()[ref.policy].policy->source;
      const Span& span = statement_of(ref).span;
      const Position origin = origin_of(*policies_.set.policies()[ref.policy].policy);
      const auto place = [&](std::uint32_t offset) -> Json {
        const Position position = source.position(offset);
        return {{"Line", position.line - origin.line + 1},
                {"Column", position.line == origin.line ? position.column - origin.column + 1
                                                        : position.column}};
      };
      out.push_back({{"SourcePolicyId", policies_.inputs[ref.policy]->source_policy_id},
                     {"SourcePolicyType", policies_.inputs[ref.policy]->source_policy_type},
                     {"StartPosition", place(span.begin)},
                     {"EndPosition", place(span.end)}});
    }
    return out;
  }

  // The longest ARN form of the action's resource types that the resource has, else `*`.
  static std::string form_of(const std::string& name, const std::string& resource) {
    std::string best = "*";
    const std::optional<Action> action = Catalogue::embedded().find_action(name);
    if (!action) return best;
    for (const ResourceUse use : action->resource_types()) {
      for (const std::string_view form : use.type().arn_forms()) {
        std::string pattern;
        for (std::size_t at = 0; at < form.size();) {
          const std::size_t end =
              form.substr(at, 2) == "${" ? form.find('}', at) : std::string::npos;
          pattern += end == std::string::npos ? form[at] : '*';
          at = end == std::string::npos ? at + 1 : end + 1;
        }
        if (form.size() > best.size() && Pattern::like(pattern, {}).matches(resource)) best = form;
      }
    }
    return best;
  }

  const AwsSimulation& given_;
  const Policies& policies_;
  std::optional<std::string> undecided_;
};

}  // namespace

Result<std::string> simulate_as_aws(const AwsSimulation& simulation) {
  if (!simulation.policy_source_arn.empty())
    return invalid(
        "the policies of `" + escape_hidden(simulation.policy_source_arn) + "` stand in an account",
        "use simulate-principal-policy with --account DUMP");
  if (simulation.action_names.empty())
    return invalid("no action is named", "give --action-names service:Action");
  for (const std::string& action : simulation.action_names) {
    if (auto error = check_action(action)) return *std::move(error);
  }
  if (!simulation.caller_arn.empty() &&
      (!Arn::parse(simulation.caller_arn) ||
       Principal::parse(simulation.caller_arn).kind == Principal::Kind::kOther)) {
    return invalid("the caller `" + escape_hidden(simulation.caller_arn) +
                       "` is no ARN of a user, a role or a session",
                   "give --caller-arn arn:aws:iam::ACCOUNT:user/NAME");
  }
  const bool resource_policy = std::ranges::any_of(
      simulation.policies, [](const auto& policy) { return policy.kind == PolicyKind::kResource; });
  if (resource_policy && simulation.caller_arn.empty())
    return invalid("a resource policy needs a caller to compare its Principal with",
                   "give --caller-arn");
  if (!simulation.resource_owner.empty() && account_of(simulation.resource_owner).empty())
    return invalid("`" + escape_hidden(simulation.resource_owner) + "` names no account",
                   "give an account id, or an ARN that has one, as --resource-owner");
  const Result<Policies> policies = compile(simulation);
  if (!policies) return policies.error();
  Simulation run(simulation, *policies);
  const Json response = run.run();
  if (const std::optional<std::string>& question = run.undecided())
    return Error{ErrorCode::kNotAPolicy,
                 escape_hidden(*question) + " hangs on a value that is not known",
                 "`iamcheck can --explain` says on which",
                 {}};
  return response.dump(4, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace iamcheck
