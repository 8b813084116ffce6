// All layers and all keys for one question.
#include "account/question.h"

#include <algorithm>
#include <utility>

#include "evaluate/unit_scope.h"
#include "iamcheck/arn.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

using Kind = Principal::Kind;

// Keys that the snapshot knows. What the asker set wins.
class KeyFiller {
 public:
  explicit KeyFiller(Context& context) : context_(context) {}
  void set(const std::string& key, std::string value) {
    if (!context_.has(key)) context_.set(key, std::move(value));
  }
  void set_list(const std::string& key, std::vector<std::string> values) {
    if (!context_.has(key)) context_.set_list(key, std::move(values));
  }
  void set_absent(const std::string& key) {
    if (!context_.has(key)) context_.set_absent(key);
  }
  void set_unknown(const std::string& key) {
    if (!context_.has(key)) context_.set_unknown(key);
  }

 private:
  Context& context_;
};

void fill_organization(const Account::Snapshot& snapshot, const std::string& account,
                       const std::string& side, KeyFiller& keys) {
  const std::string id_key = "aws:" + side + "OrgID", paths_key = "aws:" + side + "OrgPaths";
  const std::optional<Organization>& organization = snapshot.organization;
  const std::string path = organization ? organization->path_text(account) : std::string();
  if (!organization || path.empty()) {
    // Nobody said whether the account is in an organization, or in which.
    keys.set_unknown(id_key);
    keys.set_unknown(paths_key);
    return;
  }
  keys.set(id_key, organization->id);
  // Only aws:PrincipalOrgPaths and aws:ResourceOrgPaths of this kind exist, both multivalued.
  keys.set_list(paths_key, {path});
}

void fill_principal(const Account::Snapshot& snapshot, const Caller& caller, RequestFields& fields,
                    KeyFiller& keys) {
  const Principal parsed = Principal::parse(fields.principal);
  if (parsed.has_account()) {
    const std::string& account =
        fields.principal_account.empty() ? parsed.account : fields.principal_account;
    fill_organization(snapshot, account, "Principal", keys);
  }
  if (caller.position == Caller::kOutside) return;
  const AccountPrincipal& principal = snapshot.principals[caller.position];
  for (const AccountTag& tag : principal.tags) keys.set("aws:PrincipalTag/" + tag.key, tag.value);
  if (principal.kind == AccountPrincipal::Kind::kUser) {
    // A session may bring tags of its own, a user has these and no others.
    for (const std::string& asked : snapshot.asked_principal_tags)
      keys.set_absent("aws:PrincipalTag/" + asked);
    if (!principal.id.empty()) keys.set("aws:userid", principal.id);
  } else if (parsed.kind == Kind::kRoleSession && !principal.id.empty()) {
    keys.set("aws:userid", principal.id + ":" + parsed.session);
  }
}

void fill_resource(const Account::Snapshot& snapshot, RequestFields& fields, KeyFiller& keys) {
  const KnownResource* own = snapshot.find_resource(fields.resource);
  const KnownResource* owner = own != nullptr ? own : snapshot.owner_of(fields.resource);
  if (fields.resource_account.empty() && owner != nullptr) fields.resource_account = owner->account;
  if (owner != nullptr) fields.s3_block_public_access |= owner->block_public_access;
  if (own != nullptr && own->tags_known) {
    for (const AccountTag& tag : own->tags) keys.set("aws:ResourceTag/" + tag.key, tag.value);
    for (const std::string& asked : snapshot.asked_resource_tags)
      keys.set_absent("aws:ResourceTag/" + asked);
  }
  // Users and roles are resources of IAM, and the dump has their tags.
  if (const auto known = snapshot.by_arn.find(fields.resource); known != snapshot.by_arn.end()) {
    for (const AccountTag& tag : snapshot.principals[known->second].tags) {
      keys.set("aws:ResourceTag/" + tag.key, tag.value);
      keys.set("iam:ResourceTag/" + tag.key, tag.value);
    }
    for (const std::string& asked : snapshot.asked_resource_tags)
      keys.set_absent("aws:ResourceTag/" + asked);
  }
}

// Which policy it has, or that it has none.
bool says_policy(const KnownResource& resource) {
  return resource.policy_known || !resource.policies.empty();
}

bool is_key(std::string_view resource) {
  const std::optional<Arn> arn = Arn::parse(resource);
  return arn && arn->service == "kms" && arn->resource.starts_with("key/");
}

bool asks_sts(const RequestFields& fields) {
  return equals_ignoring_case(std::string_view(fields.action).substr(0, 4), "sts:");
}

const KnownEndpoint* endpoint_of(const Account::Snapshot& snapshot, const Context& context) {
  const ContextValue id = context.find("aws:SourceVpce");
  if (id.state != ContextValue::State::kSingle) return nullptr;
  const auto found = std::ranges::find(snapshot.endpoints, id.values[0], &KnownEndpoint::id);
  return found == snapshot.endpoints.end() ? nullptr : &*found;
}

}  // namespace

void QuestionBuilder::add(const std::vector<Attachment>& attachments) {
  for (const Attachment& one : attachments) {
    policies.add_shared(snapshot.pool, one.pooled, one.name);
    if (!one.unread) continue;
    unread.push_back(one.name);
    unread_reasons.push_back(one.why);
  }
}

void QuestionBuilder::add_principal(const Caller& caller) {
  if (caller.position != Caller::kOutside) {
    const Carried& carried = snapshot.carried[caller.position];
    add(carried.identity);
    add(carried.boundary);
    return;
  }
  const Principal parsed = Principal::parse(caller.principal);
  // A root user needs no policy, and what the others carry is not in the snapshot.
  if (parsed.kind == Kind::kUser || parsed.kind == Kind::kRole ||
      parsed.kind == Kind::kRoleSession || parsed.kind == Kind::kFederatedSession)
    add({snapshot.stand_in(PolicyKind::kIdentity, "the policies of " + caller.principal)});
}

void QuestionBuilder::add_levels(const std::string& account, PolicyKind kind) {
  if (snapshot.levels_unknown(account, kind)) {
    const std::string name =
        (kind == PolicyKind::kScp ? "the SCPs of account " : "the RCPs of account ") + account;
    policies.add_level(kind, "(not read)");
    return add({snapshot.stand_in(kind, name, snapshot.why_levels_unknown(account))});
  }
  if (!snapshot.organization) return;
  const Organization& organization = *snapshot.organization;
  if (kind == PolicyKind::kScp ? !organization.has_scps : !organization.has_rcps) return;
  for (const std::size_t position : organization.path_to(account)) {
    const OrganizationLevel& level = organization.levels[position];
    policies.add_level(kind, level.id);
    add(kind == PolicyKind::kScp ? level.scps : level.rcps);
  }
}

void QuestionBuilder::add_resource(const RequestFields& fields, const std::string& own_account) {
  const auto role = snapshot.by_arn.find(fields.resource);
  if (role != snapshot.by_arn.end()) {
    // A trust policy decides about becoming the role and about nothing else.
    if (asks_sts(fields)) add(snapshot.carried[role->second].trust);
    return;
  }
  const KnownResource* owner = snapshot.owner_of(fields.resource);
  if (owner != nullptr && says_policy(*owner)) return add(owner->policies);
  const std::optional<Arn> arn = Arn::parse(fields.resource);
  if (!arn) return;
  // Resources of IAM are in the dump.
  if (snapshot.resources_unread && arn->service != "iam")
    return add({snapshot.stand_in(PolicyKind::kResource, "policy of " + fields.resource,
                                  snapshot.resources_why)});
  const bool role_of_others = asks_sts(fields) && arn->service == "iam";
  const bool foreign =
      is_account_id(fields.resource_account.empty() ? arn->account : fields.resource_account) &&
      !own_account.empty() &&
      own_account != (fields.resource_account.empty() ? arn->account
                                                      : std::string_view(fields.resource_account));
  // A key or a role always has a policy, and across accounts nothing goes without one.
  if (is_key(fields.resource) || role_of_others || foreign)
    add({snapshot.stand_in(role_of_others ? PolicyKind::kTrust : PolicyKind::kResource,
                           "policy of " + fields.resource)});
}

PolicySet Account::policies_for(const Caller& caller, const RequestFields& fields) const {
  return ask(caller, fields).policies;
}

AccountQuestion Account::ask(const Caller& caller, RequestFields fields) const {
  AccountQuestion question;
  fields.principal = caller.principal;
  if (fields.principal_role_arn.empty()) fields.principal_role_arn = caller.role_arn;
  KeyFiller keys(fields.context);
  fill_principal(*snapshot_, caller, fields, keys);
  fill_resource(*snapshot_, fields, keys);
  if (const std::optional<Organization>& organization = snapshot_->organization;
      organization && fields.management_account.empty())
    fields.management_account = organization->management_account;

  const Principal parsed = Principal::parse(fields.principal);
  const std::string own_account =
      fields.principal_account.empty() ? parsed.account : fields.principal_account;
  QuestionBuilder builder{*snapshot_, {}, {}, {}};
  builder.add_principal(caller);
  builder.add_levels(own_account, PolicyKind::kScp);
  builder.add_resource(fields, own_account);
  if (const KnownEndpoint* endpoint = endpoint_of(*snapshot_, fields.context)) {
    fields.endpoint_kind = endpoint->kind;
    builder.add(endpoint->policies);
  } else if (const ContextValue id = fields.context.find("aws:SourceVpce");
             snapshot_->endpoints_unread && id.state == ContextValue::State::kSingle) {
    builder.add({snapshot_->stand_in(PolicyKind::kEndpoint, "policy of " + id.values[0],
                                     snapshot_->endpoints_why)});
  }
  const std::optional<Arn> arn = Arn::parse(fields.resource);
  // Nobody says whose the resource is, and across accounts other rules hold (S9.5).
  if (takes_resource_account(fields))
    question.assumptions.push_back("the resource belongs to the principal's account");
  const KnownResource* owner = snapshot_->owner_of(fields.resource);
  if (arn && (owner == nullptr || !says_policy(*owner)) &&
      !builder.policies.has(PolicyKind::kResource) && !builder.policies.has(PolicyKind::kTrust))
    question.assumptions.push_back("no resource-based policy on " + fields.resource);
  Request first(fields);
  builder.add_levels(first.resource_account(), PolicyKind::kRcp);
  KeyFiller more(fields.context);
  if (!first.resource_account().empty())
    fill_organization(*snapshot_, first.resource_account(), "Resource", more);
  question.request = Request(std::move(fields));
  question.policies = std::move(builder.policies);
  question.unread = std::move(builder.unread);
  question.unread_reasons = std::move(builder.unread_reasons);
  return question;
}

Result<std::vector<UnitQuestion>> Account::ask_call(const Caller& caller, const Call& call,
                                                    const Catalogue& catalogue) const {
  if (std::optional<Error> error = check_units(call)) return *std::move(error);
  const UnitScope scope(call, catalogue);
  std::vector<UnitQuestion> units(call.units.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    AccountQuestion question = ask(caller, scope.fields(i, units[i]));
    for (DecisionWarning& warning : question.warnings())
      units[i].warnings.push_back(std::move(warning));
    units[i].assumptions = std::move(question.assumptions);
    units[i].request = std::move(question.request);
    units[i].policies = std::move(question.policies);
    scope.leave_out_tested(i, units[i]);
  }
  if (std::optional<Error> error = check_statements(units)) return *std::move(error);
  return units;
}

std::vector<DecisionWarning> AccountQuestion::warnings() const {
  std::vector<DecisionWarning> out;
  out.reserve(unread.size());
  for (std::size_t i = 0; i < unread.size(); ++i) {
    const std::string why = unread_reasons[i].empty() ? "" : " (" + unread_reasons[i] + ")";
    out.push_back({"policy-not-read", "not read, so it may allow or deny: " + unread[i] + why});
  }
  return out;
}

}  // namespace iamcheck
