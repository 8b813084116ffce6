// Every edge is a question to the evaluator; nothing is read off a policy by name.
#include "iamcheck/graph.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "account/reach.h"
#include "account/shortest_paths.h"
#include "catalogue/escalation_paths.h"
#include "iamcheck/arn.h"
#include "iamcheck/evaluate.h"

namespace iamcheck {
namespace {

// Single resources that are tried for an action.
constexpr std::size_t kMaxTries = 8;
constexpr EvaluateOptions kQuick{.trace = false, .warnings = false};

// Whoever may do all of these on every resource can give any principal any right.
constexpr std::array<std::string_view, 5> kAdministratorActions = {
    "iam:AttachRolePolicy", "iam:AttachUserPolicy", "iam:PutRolePolicy", "iam:PutUserPolicy",
    "iam:CreatePolicyVersion"};

// What some questions came to together.
struct Outcome {
  Truth truth = Truth::kTrue;
  std::set<std::string> keys;

  void add(const Decision& decision) {
    truth = truth_and(truth, decision.allowed()                          ? Truth::kTrue
                             : decision.kind == DecisionKind::kUndecided ? Truth::kUnknown
                                                                         : Truth::kFalse);
    keys.insert(decision.missing_context.begin(), decision.missing_context.end());
  }
  void add(const Outcome& other) {
    truth = truth_and(truth, other.truth);
    keys.insert(other.keys.begin(), other.keys.end());
  }
};

const EscalationPath kOwnPolicies{"own-policies", EscalationTarget::kBuiltIn, {}, false, {"iam:*"}};

bool is_iam(const std::string& action) { return action.starts_with("iam:"); }

class GraphBuilder {
 public:
  GraphBuilder(const Account& account, const GraphOptions& options)
      : account_(account), snapshot_(account.snapshot()), options_(options), any_("") {}

  Result<EscalationGraph> build() {
    for (const AccountPrincipal& one : account_.principals())
      graph_.nodes.push_back({one.arn, one.short_name(), false, {}, true});
    index_trust();
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
      open(i);
      const Outcome administrator = administrator_outcome();
      graph_.nodes[i].administrator = administrator.truth == Truth::kTrue;
      if (administrator.truth == Truth::kTrue) continue;
      // An administrator under a condition, such as MFA: that says it all.
      if (administrator.truth == Truth::kUnknown && !administrator.keys.empty()) {
        add_way(EscalationEdge::kAdministrator, kOwnPolicies, "", administrator);
        graph_.edges.push_back(std::move(edges_[EscalationEdge::kAdministrator]));
      } else {
        add_edges();
      }
      if (decisions_ > options_.max_decisions)
        return Error{
            ErrorCode::kLimitExceeded,
            "the graph takes more than " + std::to_string(options_.max_decisions) + " decisions",
            "ask about one account at a time",
            {}};
    }
    graph_.paths_known = escalation_paths().size();
    graph_.paths_asked = static_cast<std::size_t>(std::ranges::count_if(
        escalation_paths(),
        [](const EscalationPath& path) { return path.target != EscalationTarget::kNone; }));
    find_shortest_paths(graph_);
    return std::move(graph_);
  }

 private:
  // Roles by the principals that their trust policies name: only those can become the role without
  // an identity-based policy of their own.
  void index_trust() {
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
      if (account_.principals()[i].kind != AccountPrincipal::Kind::kRole) continue;
      roles_.push_back(i);
      bool anyone = false;
      for (const Attachment& trust : snapshot_.carried[i].trust) {
        anyone |= trust.unread;
        for (const Statement& statement :
             snapshot_.pool.policies()[trust.pooled].policy->statements) {
          anyone |= statement.not_principal.has_value();
          if (!statement.principal) continue;
          for (const PrincipalEntry& entry : statement.principal->entries) {
            if (entry.type == PrincipalEntry::Type::kEveryone || entry.value.unresolved)
              anyone = true;
            if (entry.type == PrincipalEntry::Type::kAws) named_[entry.value.value].push_back(i);
          }
        }
      }
      if (anyone) trust_anyone_.push_back(i);
    }
  }

  void open(std::size_t position) {
    from_ = position;
    caller_ = {account_.principals()[position].arn, "", position};
    base_ = account_.ask(caller_, fields("iamcheck:none", "*"));
    narrowed_ = any_.apply(base_.policies);
    // Some resource may have a policy that nobody could read; those of IAM have none.
    narrowed_open_ =
        snapshot_.resources_unread
            ? any_.apply(
                  account_.ask(caller_, fields("iamcheck:none", "arn:aws:iamcheck:::any")).policies)
            : narrowed_;
    everywhere_.clear();
    edges_.clear();
  }

  RequestFields fields(const std::string& action, const std::string& resource) const {
    RequestFields fields;
    fields.action = action;
    fields.resource = resource;
    fields.context = options_.context;
    return fields;
  }

  // Whether the action is allowed on every resource (true), on none (false), or we cannot tell.
  const Outcome& everywhere(const std::string& action) {
    const auto [known, fresh] = everywhere_.try_emplace(action);
    if (!fresh) return known->second;
    const Principal& caller = base_.request.principal();
    RequestFields same = base_.request.fields();
    same.action = action;
    same.resource = "arn:" + caller.partition + ":" + action.substr(0, action.find(':')) +
                    "::" + caller.account + ":*";
    ++decisions_;
    known->second.add(
        evaluate(is_iam(action) || action.starts_with("sts:") ? narrowed_ : narrowed_open_,
                 Request(std::move(same)), kQuick));
    return known->second;
  }

  // Whether there is one resource on which the evaluator allows all of these actions: callers
  // choose the names of what they create.
  Outcome somewhere(const std::vector<std::string>& actions) {
    Outcome all;
    std::vector<std::string> open;
    for (const std::string& action : actions) {
      all.add(everywhere(action));
      if (everywhere(action).truth == Truth::kUnknown) open.push_back(action);
    }
    if (all.truth != Truth::kUnknown) return all;
    const std::string& action = open.front();
    RequestFields same = base_.request.fields();
    same.action = action;
    std::size_t tries = 0;
    for (const std::string& entry :
         Narrowing::narrower_entries(base_.policies, "", Request(std::move(same)))) {
      if (++tries > kMaxTries) break;
      Outcome one;
      for (const std::string& each : open) one.add(on(each, instance_of(entry)));
      if (one.truth == Truth::kTrue) return one;
    }
    return all;
  }

  Outcome on(const std::string& action, const std::string& resource,
             const std::string& passed_to = {}) {
    RequestFields request = fields(action, resource);
    if (!passed_to.empty()) request.context.set("iam:PassedToService", passed_to);
    const AccountQuestion question = account_.ask(caller_, std::move(request));
    ++decisions_;
    Outcome outcome;
    outcome.add(evaluate(question.policies, question.request, kQuick));
    return outcome;
  }

  Outcome administrator_outcome() {
    Outcome outcome;
    for (const std::string_view action : kAdministratorActions)
      outcome.add(everywhere(std::string(action)));
    return outcome;
  }

  // `owner`: of an edge to an administrator, who gets the rights.
  void add_administrator(const EscalationPath& path, Outcome outcome, std::size_t owner) {
    // A boundary stays, and it may leave little of the rights.
    if (!snapshot_.carried[owner].boundary.empty())
      outcome.truth = truth_and(outcome.truth, Truth::kUnknown);
    add_way(EscalationEdge::kAdministrator, path, "", outcome);
  }

  void add_way(std::size_t to, const EscalationPath& path, const std::string& service,
               const Outcome& outcome) {
    if (outcome.truth == Truth::kFalse || to == from_) return;
    EscalationWay way;
    way.path = path.name;
    way.actions = path.actions;
    way.service = service;
    way.certain = outcome.truth == Truth::kTrue;
    way.keys.assign(outcome.keys.begin(), outcome.keys.end());
    EscalationEdge& edge = edges_[to];
    edge.from = from_;
    edge.to = to;
    edge.ways.push_back(std::move(way));
  }

  void add_edges() {
    add_assumed_roles();
    for (const EscalationPath& path : escalation_paths()) {
      if (path.target == EscalationTarget::kNone || path.target == EscalationTarget::kBuiltIn)
        continue;
      // Most principals fail here, before any target is looked at.
      if (std::ranges::any_of(path.actions, [&](const std::string& action) {
            return everywhere(action).truth == Truth::kFalse;
          }))
        continue;
      follow(path, elsewhere_outcome(path));
    }
    for (auto& [to, edge] : edges_) {
      std::ranges::stable_partition(edge.ways, &EscalationWay::certain);
      graph_.edges.push_back(std::move(edge));
    }
  }

  // The actions on resources that the caller may choose: one resource for those of one service.
  Outcome elsewhere_outcome(const EscalationPath& path) {
    std::map<std::string, std::vector<std::string>> services;
    for (const std::string& action : path.actions) {
      if (!is_iam(action)) services[action.substr(0, action.find(':'))].push_back(action);
    }
    Outcome outcome;
    for (const auto& [service, actions] : services) outcome.add(somewhere(actions));
    return outcome;
  }

  void add_assumed_roles() {
    static const EscalationPath kAssume{
        "assume-role", EscalationTarget::kBuiltIn, {}, false, {"sts:AssumeRole"}};
    std::set<std::size_t> candidates(trust_anyone_.begin(), trust_anyone_.end());
    if (const auto named = named_.find(caller_.principal); named != named_.end())
      candidates.insert(named->second.begin(), named->second.end());
    if (everywhere("sts:AssumeRole").truth != Truth::kFalse)
      candidates.insert(roles_.begin(), roles_.end());
    for (const std::size_t role : candidates) {
      if (decisions_ > options_.max_decisions) return;
      add_way(role, kAssume, "", on("sts:AssumeRole", graph_.nodes[role].arn));
    }
  }

  // The iam: actions of the path on one resource, beside what was asked elsewhere.
  Outcome with_iam_on(const EscalationPath& path, const Outcome& elsewhere,
                      const std::string& resource) {
    Outcome outcome = elsewhere;
    for (const std::string& action : path.actions) {
      if (is_iam(action) && outcome.truth != Truth::kFalse) outcome.add(on(action, resource));
    }
    return outcome;
  }

  // Visits the other users or roles of the same account.
  template <class Visit>
  void each_other(AccountPrincipal::Kind kind, const Visit& visit) {
    const AccountPrincipal& self = account_.principals()[from_];
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
      if (decisions_ > options_.max_decisions) return;
      const AccountPrincipal& one = account_.principals()[i];
      if (one.kind == kind && one.account == self.account && i != from_) visit(i);
    }
  }

  void follow_self(const EscalationPath& path, const Outcome& elsewhere) {
    using Target = EscalationTarget;
    const AccountPrincipal& self = account_.principals()[from_];
    const bool user = self.kind == AccountPrincipal::Kind::kUser;
    if (path.target == Target::kSelfPolicy) return follow_policies(path, elsewhere, from_);
    if (path.target == Target::kSelfGroup) {
      const auto groups = snapshot_.group_arns.find(self.arn);
      if (groups == snapshot_.group_arns.end()) return;
      for (const std::string& group : groups->second)
        add_administrator(path, with_iam_on(path, elsewhere, group), from_);
      return;
    }
    if (user == (path.target == Target::kSelfUser))
      add_administrator(path, with_iam_on(path, elsewhere, self.arn), from_);
  }

  void follow_assumable(const EscalationPath& path) {
    for (const std::size_t role : roles_) {
      const Outcome assumed = assumed_outcome(role);
      if (assumed.truth == Truth::kFalse) continue;
      if (path.target == EscalationTarget::kAssumableRolePolicy) {
        follow_policies(path, assumed, role);
      } else {
        add_administrator(path, with_iam_on(path, assumed, graph_.nodes[role].arn), role);
      }
    }
  }

  void follow(const EscalationPath& path, const Outcome& elsewhere) {
    using Target = EscalationTarget;
    switch (path.target) {
      case Target::kSelfUser:
      case Target::kSelfRole:
      case Target::kSelfGroup:
      case Target::kSelfPolicy:
        return follow_self(path, elsewhere);
      case Target::kUser:
      case Target::kUserToAdministrator:
        return each_other(AccountPrincipal::Kind::kUser, [&](std::size_t i) {
          const Outcome outcome = with_iam_on(path, elsewhere, graph_.nodes[i].arn);
          if (path.target == Target::kUser) return add_way(i, path, "", outcome);
          add_administrator(path, outcome, i);
        });
      case Target::kRole:
      case Target::kRoleToAdministrator:
        // A role that trusts the caller by name needs no identity-based policy to be assumed.
        return each_other(AccountPrincipal::Kind::kRole, [&](std::size_t i) {
          const Outcome outcome = with_iam_on(path, Outcome{}, graph_.nodes[i].arn);
          if (path.target == Target::kRole) return add_way(i, path, "", outcome);
          add_administrator(path, outcome, i);
        });
      case Target::kRolePolicy:
        return each_other(AccountPrincipal::Kind::kRole, [&](std::size_t i) {
          const Outcome trust = on("iam:UpdateAssumeRolePolicy", graph_.nodes[i].arn);
          if (trust.truth != Truth::kFalse) follow_policies(path, trust, i);
        });
      case Target::kAssumableRole:
      case Target::kAssumableRolePolicy:
        return follow_assumable(path);
      case Target::kNewPrincipal: {
        Outcome outcome = elsewhere;
        for (const std::string& action : path.actions) outcome.add(somewhere({action}));
        return add_way(EscalationEdge::kAdministrator, path, "", outcome);
      }
      case Target::kPassedRole:
        return follow_passed_roles(path, elsewhere);
      case Target::kBuiltIn:
      case Target::kNone:
        return;
    }
  }

  // The edge that add_assumed_roles() found, if it did.
  Outcome assumed_outcome(std::size_t role) const {
    Outcome outcome;
    outcome.truth = Truth::kFalse;
    const auto edge = edges_.find(role);
    if (edge == edges_.end() || edge->second.ways.front().path != "assume-role") return outcome;
    const EscalationWay& way = edge->second.ways.front();
    outcome.truth = way.certain ? Truth::kTrue : Truth::kUnknown;
    outcome.keys.insert(way.keys.begin(), way.keys.end());
    return outcome;
  }

  // New versions of the customer managed policies that `owner` carries.
  void follow_policies(const EscalationPath& path, const Outcome& before, std::size_t owner) {
    for (const auto& [policy, carriers] : snapshot_.carriers) {
      const std::optional<Arn> arn = Arn::parse(policy);
      if (!arn || arn->account == "aws") continue;
      if (std::ranges::find(carriers, graph_.nodes[owner].arn) == carriers.end()) continue;
      Outcome outcome = before;
      outcome.add(on("iam:CreatePolicyVersion", policy));
      add_administrator(path, std::move(outcome), owner);
    }
  }

  void follow_passed_roles(const EscalationPath& path, const Outcome& elsewhere) {
    const std::string& own_account = account_.principals()[from_].account;
    for (const std::size_t role : roles_) {
      const AccountPrincipal& target = account_.principals()[role];
      if (target.account != own_account) continue;  // a role is passed within its account
      const bool no_profile = path.needs_profile && target.instance_profiles.empty();
      const bool perhaps = no_profile && !snapshot_.carried[role].profiles_known;
      if (no_profile && !perhaps) continue;
      for (const std::string& service : path.services) {
        if (decisions_ > options_.max_decisions) return;
        const Outcome& trusted = trusted_by(role, service);
        if (trusted.truth == Truth::kFalse) continue;
        Outcome outcome = elsewhere;
        outcome.add(trusted);
        if (perhaps) outcome.truth = truth_and(outcome.truth, Truth::kUnknown);
        for (const std::string& action : path.actions) {
          if (action == "iam:PassRole") {
            outcome.add(on(action, target.arn, service));
          } else if (is_iam(action)) {
            outcome.add(somewhere({action}));
          }
        }
        add_way(role, path, service, outcome);
      }
    }
  }

  // Whether the role lets the service act as it.
  const Outcome& trusted_by(std::size_t role, const std::string& service) {
    const auto [known, fresh] = trusted_.try_emplace({role, service});
    if (!fresh) return known->second;
    const Caller caller{service, "", Caller::kOutside};
    RequestFields request = fields("sts:AssumeRole", graph_.nodes[role].arn);
    // The service says for whom it acts, and a role is passed within its account.
    if (!request.context.has("aws:SourceAccount"))
      request.context.set("aws:SourceAccount", account_.principals()[role].account);
    const AccountQuestion question = account_.ask(caller, std::move(request));
    ++decisions_;
    known->second.add(evaluate(question.policies, question.request, kQuick));
    return known->second;
  }

  const Account& account_;
  const Account::Snapshot& snapshot_;
  const GraphOptions& options_;
  EscalationGraph graph_;
  Narrowing any_;
  std::vector<std::size_t> roles_;
  std::vector<std::size_t> trust_anyone_;
  std::map<std::string, std::vector<std::size_t>> named_;
  std::map<std::pair<std::size_t, std::string>, Outcome> trusted_;
  std::size_t decisions_ = 0;
  // Of the principal that is asked about:
  std::size_t from_ = 0;
  Caller caller_;
  AccountQuestion base_;
  PolicySet narrowed_;
  PolicySet narrowed_open_;
  std::map<std::string, Outcome> everywhere_;
  std::map<std::size_t, EscalationEdge> edges_;
};

}  // namespace

Result<EscalationGraph> escalation_graph(const Account& account, const GraphOptions& options) {
  return GraphBuilder(account, options).build();
}

std::string_view escalation_table() { return escalation_paths_text(); }

}  // namespace iamcheck
