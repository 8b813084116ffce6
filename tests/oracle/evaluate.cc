#include "evaluate.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "arn.h"
#include "bucket_policy.h"
#include "characters.h"
#include "refusal.h"
#include "statement.h"

namespace iamcheck::oracle {
namespace {

using nlohmann::json;

// Ask mode runs twice: an unknown statement counts as a grant when hoping, as a denial when not.
enum class Mood { kPessimistic, kOptimistic };

bool counts(const Finding& finding, Mood mood) {
  if (finding.applies != Answer::kUnknown) return finding.applies == Answer::kYes;
  return finding.is_deny ? mood == Mood::kPessimistic : mood == Mood::kOptimistic;
}

bool denies(const Findings& findings, Mood mood) {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const Finding& f) { return f.is_deny && counts(f, mood); });
}

// The strongest way in which an Allow statement names the caller; kNone = no Allow applies.
PrincipalMatch grant(const Findings& findings, Mood mood) {
  PrincipalMatch strongest = PrincipalMatch::kNone;
  for (const Finding& f : findings) {
    if (!f.is_deny && counts(f, mood)) strongest = std::max(strongest, f.principal);
  }
  return strongest;
}

bool allows(const Findings& findings, Mood mood) {
  return grant(findings, mood) != PrincipalMatch::kNone;
}

// Every layer of policies, already matched. `has_`: whether the request brings such a layer.
struct Layers {
  Findings identity;
  Findings resource;
  Findings boundary;
  Findings session;
  Findings endpoint;
  std::vector<Findings> scps;
  std::vector<Findings> rcps;
  bool has_boundary = false;
  bool has_session = false;
  bool has_endpoint = false;
};

const json& member(const json& request, const char* name) {
  static const json kNothing;
  const auto it = request.find(name);
  return it == request.end() ? kNothing : *it;
}

std::string text_given(const json& request, const char* name) {
  const json& value = member(request, name);
  return value.is_string() ? value.get<std::string>() : std::string();
}

bool is_given(const json& value) { return !value.is_null() && !value.empty(); }

std::vector<Findings> read_levels(const json& levels, PolicyKind kind, const Situation& at) {
  std::vector<Findings> result;
  if (!levels.is_array()) return result;
  for (const json& level : levels) {
    result.push_back(read_policies(member(level, "policies"), kind, at));
  }
  return result;
}

Layers read_layers(const json& request, const Situation& at) {
  const Caller& caller = at.caller;
  Layers layers;
  layers.has_endpoint = is_given(member(request, "vpcEndpointPolicies"));
  layers.endpoint =
      read_policies(member(request, "vpcEndpointPolicies"), PolicyKind::kEndpoint, at);
  layers.resource =
      read_policy(member(request, "resourcePolicy"),
                  is_role(at.resource) ? PolicyKind::kTrust : PolicyKind::kResource, at);
  const std::string management = text_given(request, "managementAccountId");
  const std::string owner = resource_account(request, caller);
  if (rcp_reaches(at.action, at.resource, caller) && (management.empty() || management != owner)) {
    layers.rcps = read_levels(member(request, "resourceControlPolicies"), PolicyKind::kRcp, at);
  }
  // S9.2: anonymous and service callers bring no policies of their own.
  if (!caller.brings_policies()) return layers;
  layers.identity = read_policies(member(request, "identityPolicies"), PolicyKind::kIdentity, at);
  layers.has_boundary = at.has_boundary;
  if (at.has_boundary) {
    layers.boundary =
        read_policies(member(request, "permissionBoundaries"), PolicyKind::kBoundary, at);
  }
  layers.has_session = is_given(member(request, "sessionPolicies"));
  layers.session = read_policies(member(request, "sessionPolicies"), PolicyKind::kSession, at);
  if (!caller.is_service_linked_role && (management.empty() || management != caller.account)) {
    layers.scps = read_levels(member(request, "serviceControlPolicies"), PolicyKind::kScp, at);
  }
  return layers;
}

bool any_level_denies(const std::vector<Findings>& levels, Mood mood) {
  return std::any_of(levels.begin(), levels.end(),
                     [&](const Findings& level) { return denies(level, mood); });
}

// S9.2, with the one exception of S9.4's last row.
bool is_denied(const Layers& layers, bool bucket_policy_rescue, Mood mood) {
  if (any_level_denies(layers.scps, mood) || any_level_denies(layers.rcps, mood) ||
      denies(layers.endpoint, mood) || denies(layers.session, mood)) {
    return true;
  }
  return !bucket_policy_rescue && (denies(layers.identity, mood) || denies(layers.resource, mood) ||
                                   denies(layers.boundary, mood));
}

// S9.3. RCPFullAWSAccess is implied at every level, so an RCP only ever denies.
bool guardrails_hold(const Layers& layers, Mood mood) {
  const bool every_scp_level = std::all_of(layers.scps.begin(), layers.scps.end(),
                                           [&](const Findings& l) { return allows(l, mood); });
  return every_scp_level && (!layers.has_endpoint || allows(layers.endpoint, mood));
}

// The names of S9.4: what the caller's own policies say.
struct Own {
  bool id = false;
  bool pb = false;
  bool sess = false;
};

Own own_policies(const Layers& layers, const Caller& caller, Mood mood) {
  Own own;
  const bool is_root = caller.kind == CallerKind::kRoot;
  own.id = is_root || allows(layers.identity, mood);
  own.pb = !layers.has_boundary || allows(layers.boundary, mood);
  // A federated-user session and an AssumeRoot session must have a session policy that allows.
  const bool session_demanded = caller.kind == CallerKind::kFederatedSession ||
                                (is_root && caller.credential == "assume-root");
  own.sess = layers.has_session ? allows(layers.session, mood) : !session_demanded;
  return own;
}

// S9.4, row by row.
bool same_account_allows(const Caller& caller, PrincipalMatch granted, const Own& own,
                         bool demands_policy) {
  if (demands_policy && granted == PrincipalMatch::kNone) return false;
  if (caller.kind == CallerKind::kRoot) return own.sess;
  switch (granted) {
    case PrincipalMatch::kDirect:
      return true;
    case PrincipalMatch::kSessionRole:
    case PrincipalMatch::kSessionUser:
      return own.pb && own.sess;
    case PrincipalMatch::kAccount:
    case PrincipalMatch::kNone:
      break;
  }
  return own.id && own.pb && own.sess;
}

struct Case {
  const json& request;
  const Situation& at;
  const Layers& layers;
  std::string owner;  // the resource's account, empty when unknown
};

// S1.4: partitions are separate worlds.
bool crosses_partitions(const Case& c) {
  const auto parts = six_parts(c.request.at("resource").get<std::string>());
  return parts && !c.at.caller.partition.empty() &&
         !equal_ignoring_ascii_case((*parts)[1], c.at.caller.partition);
}

DecisionKind decide(const Case& c, Mood mood) {
  const Caller& caller = c.at.caller;
  const std::string& action = c.at.action;
  const bool rescue =
      !crosses_partitions(c) && is_bucket_policy_rescue(caller, action, c.at.resource, c.owner);
  const bool credential_refused = credential_refuses(caller, action, c.at.context);

  if (is_always_allowed(caller, action)) return DecisionKind::kAllowed;
  if (is_allowed_after_refusals(caller, action) && !credential_refused) {
    return DecisionKind::kAllowed;
  }
  if (is_denied(c.layers, rescue, mood)) return DecisionKind::kExplicitlyDenied;
  if (credential_refused || resource_refuses(action, c.at.resource) || crosses_partitions(c) ||
      public_access_refuses(c.request, caller, c.owner) || !guardrails_hold(c.layers, mood)) {
    return DecisionKind::kImplicitlyDenied;
  }

  const PrincipalMatch granted = grant(c.layers.resource, mood);
  bool allowed = false;
  if (!caller.brings_policies()) {
    allowed = granted == PrincipalMatch::kDirect;  // S9.7
  } else {
    const Own own = own_policies(c.layers, caller, mood);
    allowed =
        c.owner == caller.account
            ? same_account_allows(caller, granted, own, demands_own_policy(action, c.at.resource))
            // S9.5: nothing is bypassed.
            : granted != PrincipalMatch::kNone && own.id && own.pb && own.sess;
  }
  return allowed ? DecisionKind::kAllowed : DecisionKind::kImplicitlyDenied;
}

void collect(const Findings& findings, std::set<std::string>& missing) {
  for (const Finding& f : findings) missing.insert(f.unknown.begin(), f.unknown.end());
}

std::set<std::string> missing_keys(const Layers& layers) {
  std::set<std::string> missing;
  for (const Findings* findings :
       {&layers.identity, &layers.resource, &layers.boundary, &layers.session, &layers.endpoint}) {
    collect(*findings, missing);
  }
  for (const Findings& level : layers.scps) collect(level, missing);
  for (const Findings& level : layers.rcps) collect(level, missing);
  return missing;
}

// S6.5: s3:ListAllMyBuckets is authorized as if on `arn:aws:s3:::*`.
std::string effective_resource(const std::string& action, const std::string& resource) {
  const bool lists_buckets = ascii_lower(action) == "s3:listallmybuckets";
  return lists_buckets && resource == "*" ? "arn:aws:s3:::*" : resource;
}

}  // namespace

Verdict evaluate(const json& request) {
  const Caller caller = read_caller(request);
  const auto action = request.at("action").get<std::string>();
  const Situation at{
      .caller = caller,
      .action = action,
      .resource = effective_resource(action, request.at("resource").get<std::string>()),
      .context = Context(request, caller),
      // S9.4: the root user has no boundary.
      .has_boundary =
          caller.kind != CallerKind::kRoot && is_given(member(request, "permissionBoundaries")),
      .through_gateway = member(request, "vpcEndpointKind") == "gateway",
  };
  const Layers layers = read_layers(request, at);
  const Case c{request, at, layers, resource_account(request, caller)};
  const DecisionKind worst = decide(c, Mood::kPessimistic);
  const DecisionKind best = decide(c, Mood::kOptimistic);
  if (worst == best) return {worst, {}};
  // Denied either way; that the unknown would make it an explicit deny decides nothing.
  if (worst != DecisionKind::kAllowed && best != DecisionKind::kAllowed) {
    return {DecisionKind::kImplicitlyDenied, {}};
  }
  return {DecisionKind::kUndecided, missing_keys(layers)};
}

}  // namespace iamcheck::oracle
