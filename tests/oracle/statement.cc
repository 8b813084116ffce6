#include "statement.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "action.h"
#include "condition.h"

namespace iamcheck::oracle {
namespace {

using nlohmann::json;

bool has_principal(PolicyKind kind) {
  return kind == PolicyKind::kResource || kind == PolicyKind::kTrust || kind == PolicyKind::kRcp ||
         kind == PolicyKind::kEndpoint;
}

class Statement {
 public:
  Statement(const json& statement, PolicyKind kind, bool variables_on, const Situation& situation)
      : statement_(statement),
        kind_(kind),
        variables_on_(variables_on),
        situation_(situation),
        is_deny_(statement.at("Effect") == "Deny") {}

  Finding read() const {
    Finding finding;
    finding.is_deny = is_deny_;
    finding.principal = principal();
    if (finding.principal == PrincipalMatch::kNone || !action()) return finding;
    std::set<std::string> unknown;
    finding.applies = both(resource(unknown), condition(unknown));
    if (finding.applies == Answer::kUnknown) finding.unknown = unknown;
    return finding;
  }

 private:
  bool has(const char* name) const { return statement_.contains(name); }

  PrincipalMatch principal() const {
    if (!has_principal(kind_)) {
      // A Principal is ignored (S2); NotPrincipal is unsupported: never matches (S8.6).
      return has("NotPrincipal") ? PrincipalMatch::kNone : PrincipalMatch::kDirect;
    }
    if (!has("Principal") && !has("NotPrincipal")) return PrincipalMatch::kNone;
    PrincipalMatch match = PrincipalMatch::kDirect;
    if (has("Principal")) {
      const json& principal = statement_.at("Principal");
      match = situation_.through_gateway && kind_ == PolicyKind::kEndpoint
                  ? match_gateway_principal(principal, situation_.caller)
                  : match_principal(principal, situation_.caller, kind_);
    }
    if (has("NotPrincipal")) {
      match =
          std::min(match, match_not_principal(statement_.at("NotPrincipal"), is_deny_,
                                              situation_.has_boundary, situation_.caller, kind_));
    }
    return match;
  }

  bool action() const {
    if (!has("Action") && !has("NotAction")) return false;
    if (has("Action") && !any_action_matches(statement_.at("Action"), situation_.action)) {
      return false;
    }
    return !has("NotAction") || !any_action_matches(statement_.at("NotAction"), situation_.action);
  }

  Answer resource(std::set<std::string>& unknown) const {
    if (!has("Resource") && !has("NotResource")) {
      // S2: legal only in resource policies, where it means the attached resource.
      return answer(kind_ == PolicyKind::kResource || kind_ == PolicyKind::kTrust);
    }
    Answer result = Answer::kYes;
    if (has("Resource")) {
      result = match_resource(statement_.at("Resource"), situation_.resource, kind_, variables_on_,
                              situation_.context, unknown);
    }
    if (has("NotResource")) {
      result = both(result,
                    match_not_resource(statement_.at("NotResource"), is_deny_, situation_.resource,
                                       kind_, variables_on_, situation_.context, unknown));
    }
    return result;
  }

  Answer condition(std::set<std::string>& unknown) const {
    if (!has("Condition")) return Answer::kYes;
    return match_condition(statement_.at("Condition"), variables_on_, situation_.context, unknown);
  }

  const json& statement_;
  PolicyKind kind_;
  bool variables_on_;
  const Situation& situation_;
  bool is_deny_;
};

// A statement whose Effect is missing or not exactly `Allow` or `Deny` never matches.
bool has_effect(const json& statement) {
  return statement.is_object() && statement.contains("Effect") &&
         (statement.at("Effect") == "Allow" || statement.at("Effect") == "Deny");
}

}  // namespace

Findings read_policy(const json& policy, PolicyKind kind, const Situation& situation) {
  Findings findings;
  if (!policy.is_object()) return findings;
  if (policy.contains("policy")) return read_policy(policy.at("policy"), kind, situation);
  if (!policy.contains("Statement")) return findings;
  const bool variables_on = policy.contains("Version") && policy.at("Version") == "2012-10-17";
  const json& statements = policy.at("Statement");
  const json list = statements.is_array() ? statements : json::array({statements});
  for (const json& statement : list) {
    if (has_effect(statement)) {
      findings.push_back(Statement(statement, kind, variables_on, situation).read());
    }
  }
  return findings;
}

Findings read_policies(const json& policies, PolicyKind kind, const Situation& situation) {
  if (!policies.is_array()) return read_policy(policies, kind, situation);
  Findings all;
  for (const json& policy : policies) {
    const Findings some = read_policy(policy, kind, situation);
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

}  // namespace iamcheck::oracle
