// The rules of S9 as paths: each row of the table in S9.4 that lets a caller in is a path of its
// own, with the layers that must allow besides.
#include "analysis/grant.h"

#include <utility>

#include "evaluate/layers.h"

namespace iamcheck::analysis {
namespace {

Layer new_layer() { return std::make_shared<std::vector<StatementBox>>(); }

class GrantBuilder {
 public:
  GrantBuilder(const PolicyList& policies, const GrantScope& scope, ArnReading reading,
               Universe& universe)
      : policies_(policies), scope_(scope), reading_(reading), universe_(universe) {}

  Grant build() {
    if (scope_.document) {
      grant_.paths = {{read({}, [](PolicyKind) { return true; })}};
      return std::move(grant_);
    }
    add_guardrails();
    if (scope_.resource) add_resource_paths();
    add_own_path();
    add_assumptions();
    return std::move(grant_);
  }

 private:
  using Part = PrincipalPart;

  // The statements that allow of the policies of some kinds; their denials go to the grant once.
  template <typename Wanted>
  Layer read(LoweringOptions options, Wanted wanted, std::optional<std::uint32_t> level = {}) {
    Layer layer = new_layer();
    options.boundary = !scope_.document && policies_.has(PolicyKind::kBoundary);
    for (std::uint32_t p = 0; p < policies_.policies().size(); ++p) {
      const AttachedPolicy& attached = policies_.policies()[p];
      if (!wanted(attached.kind) || (level && attached.level != *level)) continue;
      for (LoweredStatement& lowered :
           lower(*attached.policy, attached.kind, reading_, universe_, options)) {
        const StatementRef ref{p, lowered.statement};
        grant_.too_large = grant_.too_large || lowered.too_large;
        grant_.depends_on_reading = grant_.depends_on_reading || lowered.depends_on_reading;
        const bool allow = lowered.effect == Effect::kAllow;
        // Policies of the resource are read once for each way of naming callers.
        if (!allow && options.part != Part::kAny) continue;
        for (Box& box : lowered.boxes) {
          if (allow) {
            layer->push_back({std::move(box), ref});
          } else {
            add_deny(attached.kind, std::move(box), ref);
          }
        }
      }
    }
    return layer;
  }

  Layer read(PolicyKind kind) {
    return read({}, [kind](PolicyKind other) { return other == kind; });
  }

  void add_deny(PolicyKind kind, Box box, StatementRef ref) {
    if (scope_.document) return grant_.denies.push_back({std::move(box), ref});
    if (kind == PolicyKind::kRcp) return add_rcp_deny(box, ref);
    const bool of_the_caller = kind != PolicyKind::kResource && kind != PolicyKind::kTrust &&
                               kind != PolicyKind::kEndpoint;
    if (scope_.resource && of_the_caller) box.push_back(has_own_policies());
    grant_.denies.push_back({std::move(box), ref});
  }

  // S9.3: RCPs cover some services, and neither kms:RetireGrant nor the keys of AWS.
  void add_rcp_deny(const Box& box, StatementRef ref) {
    const SetId covered = universe_.set("services of RCPs", [] {
      ValueSet actions;
      for (const std::string_view service : rcp_services())
        actions.languages.emplace(Pattern::like(std::string(service) + ":*", {}));
      return actions;
    });
    const SetId exempt = actions_like("kms:retiregrant");
    for (const Literal& other : {Literal{kActionAttribute, actions_like("kms:*"), false, false},
                                 outside_resources("arn:*:*:*:*:alias/aws/*")}) {
      Box narrowed = box;
      narrowed.push_back({kActionAttribute, covered, false, true});
      narrowed.push_back({kActionAttribute, exempt, false, false});
      narrowed.push_back(other);
      grant_.denies.push_back({std::move(narrowed), ref});
    }
  }

  void add_guardrails() {
    read(PolicyKind::kRcp);
    // S1.1: each level of SCPs must allow by itself.
    for (std::uint32_t level = 0; level < policies_.levels(PolicyKind::kScp).size(); ++level) {
      scps_.push_back(read({}, [](PolicyKind kind) { return kind == PolicyKind::kScp; }, level));
    }
    for (const auto& [kind, layers] : {std::pair(PolicyKind::kBoundary, &limits_),
                                       {PolicyKind::kSession, &limits_},
                                       {PolicyKind::kEndpoint, &endpoint_}}) {
      if (policies_.has(kind)) layers->push_back(read(kind));
    }
  }

  static bool is_of_resource(PolicyKind kind) {
    return kind == PolicyKind::kResource || kind == PolicyKind::kTrust;
  }

  void add_resource_paths() {
    named_ = read({}, is_of_resource);
    const Layer direct = read({.part = Part::kDirect}, is_of_resource);
    const Layer owned = read({.part = Part::kThroughOwner}, is_of_resource);
    // S9.7: services, anonymous and federated callers have this policy alone.
    add_path({narrowed(direct, {has_own_policies().opposite()})}, {&endpoint_});
    // S9.4: callers that are named themselves need nothing besides.
    add_path({narrowed(direct, {has_own_policies()})}, {&scps_, &endpoint_});
    // Sessions that are named by their role or user are limited by boundary and session policy.
    add_path({narrowed(owned, own_literals())}, {&limits_, &scps_, &endpoint_});
  }

  void add_own_path() {
    if (scope_.guardrails_alone()) {
      const Layer all = new_layer();
      all->push_back({});
      return add_path({all}, {&limits_, &scps_, &endpoint_});
    }
    const Layer identity = read(PolicyKind::kIdentity);
    if (!scope_.resource) return add_path({identity}, {&limits_, &scps_, &endpoint_});
    add_path({narrowed(identity, own_literals()), agreement()}, {&limits_, &scps_, &endpoint_});
  }

  // S9.4: the policy of a key must name the caller, at least by account, and that of a role which
  // is to be assumed.
  Layer agreement() {
    const Layer layer = new_layer();
    const SetId assuming = universe_.set("assuming a role", [] {
      ValueSet actions;
      for (const char* one :
           {"sts:assumerole*", "sts:tagsession", "sts:setsourceidentity", "sts:setcontext"})
        actions.languages.emplace(Pattern::like(one, {}));
      return actions;
    });
    const Literal no_key = outside_resources("arn:*:kms:*:*:key/*");
    layer->push_back({{{kActionAttribute, assuming, false, false}, no_key}, {}});
    layer->push_back({{outside_resources("arn:*:iam:*:*:role/*"), no_key}, {}});
    layer->insert(layer->end(), named_->begin(), named_->end());
    return layer;
  }

  static Layer narrowed(const Layer& layer, const std::vector<Literal>& literals) {
    Layer copy = std::make_shared<std::vector<StatementBox>>(*layer);
    for (StatementBox& one : *copy) one.box.insert(one.box.end(), literals.begin(), literals.end());
    return copy;
  }

  void add_path(Path path, std::initializer_list<const std::vector<Layer>*> more) {
    for (const std::vector<Layer>* layers : more)
      path.insert(path.end(), layers->begin(), layers->end());
    grant_.paths.push_back(std::move(path));
  }

  SetId actions_like(const std::string& text) {
    return universe_.set("actions like " + text, [&] {
      ValueSet actions;
      actions.languages.emplace(Pattern::like(text, {}));
      return actions;
    });
  }
  Literal outside_resources(const std::string& text) {
    const SetId set = universe_.set("resources like " + text, [&] {
      ValueSet resources;
      resources.languages.emplace(Pattern::resource_arn(text, {}, true));
      return resources;
    });
    return {kResourceAttribute, set, false, false};
  }
  SetId callers_like(const std::string& text) {
    return universe_.set("callers like " + text, [&] {
      ValueSet callers;
      callers.languages.emplace(Pattern::like(text, {}));
      return callers;
    });
  }
  Literal has_own_policies() { return {kPrincipalAttribute, callers_like("A|*"), false, true}; }
  std::vector<Literal> own_literals() {
    std::vector<Literal> literals = {has_own_policies()};
    // S9.6: without a session policy GetFederationToken gives nothing.
    if (!policies_.has(PolicyKind::kSession))
      literals.push_back({kPrincipalAttribute, callers_like("A|*:federated-user/*"), false, false});
    return literals;
  }

  void add_assumptions() {
    std::vector<std::string>& said = grant_.assumptions;
    if (scope_.resource)
      said.emplace_back(
          "caller and resource are in one account, and a resource with a policy that "
          "is no trust policy is no role");
    said.emplace_back("the caller is no root user and no service-linked role");
    if (!scope_.resource) said.emplace_back("the caller is no session of GetFederationToken");
    if (policies_.has(PolicyKind::kScp) || policies_.has(PolicyKind::kRcp))
      said.emplace_back(
          "neither account is the management account, and the resource is no "
          "service-linked role");
    if (policies_.has(PolicyKind::kEndpoint))
      said.emplace_back("every call passes the VPC endpoint, an interface endpoint");
  }

  const PolicyList& policies_;
  const GrantScope& scope_;
  ArnReading reading_;
  Universe& universe_;
  Grant grant_;
  std::vector<Layer> scps_, limits_, endpoint_;
  Layer named_;
};

}  // namespace

GrantScope scope_of(const PolicyList& before, const PolicyList& after, bool document) {
  const auto has = [&](PolicyKind kind) { return before.has(kind) || after.has(kind); };
  return {document, has(PolicyKind::kResource) || has(PolicyKind::kTrust),
          has(PolicyKind::kIdentity)};
}

Grant grant_of(const PolicyList& policies, const GrantScope& scope, ArnReading reading,
               Universe& universe) {
  return GrantBuilder(policies, scope, reading, universe).build();
}

}  // namespace iamcheck::analysis
