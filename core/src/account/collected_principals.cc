#include "account/collected_principals.h"

#include <algorithm>
#include <utility>

#include "iamcheck/arn.h"
#include "iamcheck/catalogue.h"

namespace iamcheck {
namespace {

std::string account_of(std::string_view arn) {
  return std::string(Arn::parse(arn).value_or(Arn{}).account);
}

bool is_aws_managed(std::string_view arn) { return account_of(arn) == "aws"; }

std::string last_name(const std::string& arn) { return arn.substr(arn.rfind('/') + 1); }

}  // namespace

CollectedPrincipals::CollectedPrincipals(SnapshotBuilder& builder)
    : builder_(builder), values_(builder) {
  for (std::size_t i = 0; i < builder_.out.principals.size(); ++i)
    known_[builder_.out.principals[i].arn] = i;
}

// AWS managed policies may lie below several accounts.
void CollectedPrincipals::add_managed(const CollectedFolder& folder) {
  const auto [entry, fresh] = managed_.try_emplace(folder.arn);
  Managed& managed = entry->second;
  bool found = false;
  const auto file = folder.files.find("current-policy");
  std::string text;
  if (file != folder.files.end() && file->second.document != nullptr) {
    const Document& document = *file->second.document;
    text = document.source->slice(document.root.span);
  }
  if (!fresh && !text.empty() && text == managed.text) return;
  std::shared_ptr<const Policy> policy =
      values_.policy(folder, {"current-policy"}, folder.arn, found);
  if (!found)
    builder_.complain(folder.metadata->source, folder.metadata->root.span,
                      "the managed policy `" + folder.arn + "` has no current-policy.json",
                      "collect it again; whoever carries the policy is undecided until then");
  if (!fresh) {
    builder_.complain(folder.metadata->source, folder.metadata->root.span,
                      "`" + folder.arn + "` is described twice, differently",
                      "leave one of them; its answers are undecided until then");
    policy = nullptr;
  }
  managed.policy = std::move(policy);
  managed.why = builder_.last_complaint;
  managed.text = std::move(text);
}

// The collected text wins; AWS managed policies that were not collected are in the catalogue.
std::shared_ptr<const Policy> CollectedPrincipals::managed(const Document& document,
                                                           const CollectedArn& arn) {
  const auto [entry, fresh] = managed_.try_emplace(arn.text);
  Managed& managed = entry->second;
  if (fresh && is_aws_managed(arn.text)) {
    const std::optional<ManagedPolicy> aws = Catalogue::embedded().find_managed_policy(arn.text);
    Result<std::string> text = aws ? aws->document() : Result<std::string>(Error{});
    if (text) {
      Result<Policy> policy = parse_policy(arn.text, *std::move(text));
      if (policy) managed.policy = std::make_shared<const Policy>(*std::move(policy));
    }
  }
  if (fresh && managed.policy == nullptr) {
    builder_.complain(document.source, arn.node->span,
                      "the managed policy `" + arn.text + "` is attached, but was not collected",
                      "collect it too; whoever carries it is undecided until then");
    managed.why = builder_.last_complaint;
  }
  if (managed.policy == nullptr) builder_.last_complaint = managed.why;
  return managed.policy;
}

Attachment CollectedPrincipals::managed_attachment(const Document& document,
                                                   const CollectedArn& arn,
                                                   const std::string& through, PolicyKind kind) {
  if (arn.text.empty()) return builder_.attachment(kind, nullptr, "an attached policy");
  const std::string own_name = last_name(arn.text);
  std::string shown = own_name;
  if (!through.empty()) shown += " via " + through;
  Attachment attachment =
      builder_.attachment(kind, managed(document, arn), std::move(shown), is_aws_managed(arn.text));
  attachment.policy_name = own_name;
  attachment.source_type = is_aws_managed(arn.text) ? "aws-managed" : "user-managed";
  return attachment;
}

void CollectedPrincipals::read_inline(const CollectedFolder& folder, const std::string& owner,
                                      Own& own) {
  if (!folder.has("inline-policies")) return;
  const std::shared_ptr<const Document> document = values_.file(folder, "inline-policies");
  if (document != nullptr && document->root.kind == Node::Kind::kNull) return;
  if (document != nullptr && !document->root.is_list())
    builder_.complain(document->source, document->root.span,
                      "the inline policies of " + owner + " are no list",
                      "collect them again: a list of `PolicyName` and `PolicyDocument`");
  if (document == nullptr || !document->root.is_list()) {
    own.attachments.push_back(
        builder_.attachment(PolicyKind::kIdentity, nullptr, "inline policies of " + owner));
    return;
  }
  for (const Node& item : document->root.items) {
    builder_.clean = true;
    const std::string name = values_.text(*document, item, {"policyname", "name"});
    const Node* text = values_.member(*document, item, {"policydocument", "document"});
    std::string place = owner;
    place.append("/").append(name);
    std::shared_ptr<const Policy> policy;
    if (text == nullptr) {
      builder_.complain(document->source, item.span,
                        "an inline policy of " + owner + " has no `PolicyDocument`",
                        "collect it again");
    } else {
      policy = builder_.read_policy(*document, *text, place);
      if (!builder_.clean) policy = nullptr;
    }
    std::string shown = name;
    shown.append(", inline of ").append(owner);
    own.attachments.push_back(
        builder_.attachment(PolicyKind::kIdentity, std::move(policy), std::move(shown)));
    own.attachments.back().policy_name = name;
    own.attachments.back().source_type = owner.substr(0, owner.find('/'));
  }
}

CollectedPrincipals::Own CollectedPrincipals::read_own(const CollectedFolder& folder,
                                                       const std::string& owner,
                                                       const std::string& through) {
  Own own;
  read_inline(folder, owner, own);
  if (!folder.has("managed-policies")) return own;
  if (const std::shared_ptr<const Document> document = values_.file(folder, "managed-policies")) {
    for (const CollectedArn& arn : values_.arns(*document, document->root)) {
      own.attachments.push_back(managed_attachment(*document, arn, through, PolicyKind::kIdentity));
      if (!arn.text.empty()) own.managed_arns.push_back(arn.text);
    }
  } else {
    own.attachments.push_back(
        builder_.attachment(PolicyKind::kIdentity, nullptr, "managed policies of " + owner));
  }
  return own;
}

// An ARN in metadata.json, or a file with an ARN or the policy itself.
std::vector<Attachment> CollectedPrincipals::read_boundary(const CollectedFolder& folder,
                                                           const std::string& owner) {
  struct Boundary {
    std::shared_ptr<const Document> document;
    const Node* node = nullptr;
  };
  std::vector<Boundary> said;
  std::vector<Attachment> attachments;
  builder_.clean = true;
  const Node* value = values_.member(*folder.metadata, folder.metadata->root,
                                     {"permissionboundary", "permissionsboundary",
                                      "permissionboundaryarn", "permissionsboundaryarn"});
  if (value != nullptr) said.push_back({folder.metadata, value});
  if (!builder_.clean)
    attachments.push_back(
        builder_.attachment(PolicyKind::kBoundary, nullptr, "boundary of " + owner));
  for (const std::string_view kind : {"permissions-boundary", "permission-boundary"}) {
    if (!folder.has(kind)) continue;
    const std::shared_ptr<const Document> document = values_.file(folder, kind);
    if (document == nullptr)
      attachments.push_back(
          builder_.attachment(PolicyKind::kBoundary, nullptr, "boundary of " + owner));
    if (document != nullptr) said.push_back({document, &document->root});
  }
  std::string first;
  for (const Boundary& one : said) {
    const Document& document = *one.document;
    if (one.node->kind == Node::Kind::kNull) continue;
    if (one.node->is_object() && one.node->find("Statement") != nullptr) {
      attachments.push_back(builder_.attachment(
          PolicyKind::kBoundary, builder_.read_policy(document, *one.node, "boundary of " + owner),
          "boundary of " + owner));
      continue;
    }
    const CollectedArn arn = values_.arn(document, *one.node);
    if (!arn.text.empty() && arn.text == first) continue;
    if (!first.empty() && !arn.text.empty()) {
      builder_.complain(document.source, one.node->span,
                        owner + " has two permissions boundaries, and a principal has one",
                        "collect it again; its answers are undecided until then");
      attachments.push_back(
          builder_.attachment(PolicyKind::kBoundary, nullptr, "boundary of " + owner));
      continue;
    }
    first = arn.text;
    attachments.push_back(managed_attachment(document, arn, "", PolicyKind::kBoundary));
  }
  return attachments;
}

void CollectedPrincipals::add_group(const CollectedFolder& folder) {
  if (builder_.out.group_policies.contains(folder.arn)) {
    builder_.complain(folder.metadata->source, folder.metadata->root.span,
                      "`" + folder.arn + "` is described twice",
                      "leave one of them; its answers are undecided until then");
    Group& group = groups_[folder.arn];
    group.policies.push_back(
        builder_.attachment(PolicyKind::kIdentity, nullptr, "group/" + last_name(folder.arn)));
    builder_.out.group_policies[folder.arn] = group.policies;
    return;
  }
  const std::string owner = "group/" + last_name(folder.arn);
  Own own = read_own(folder, owner, owner);
  if (values_.has_unknown_policies(folder,
                                   {"metadata", "inline-policies", "managed-policies", "tags"}))
    own.attachments.push_back(
        builder_.attachment(PolicyKind::kIdentity, nullptr, "part of " + owner));
  builder_.out.group_policies[folder.arn] = own.attachments;
  groups_[folder.arn] = {std::move(own.attachments), std::move(own.managed_arns)};
}

// `roles` of the profile; without a folder of this kind nobody knows which there are.
void CollectedPrincipals::add_instance_profile(const CollectedFolder& folder) {
  bool& known = profiles_known_.try_emplace(account_of(folder.arn), true).first->second;
  const Node* roles = values_.member(*folder.metadata, folder.metadata->root, {"roles"});
  known = known && roles != nullptr;
  if (roles == nullptr) return;
  for (const CollectedArn& role : values_.arns(*folder.metadata, *roles)) {
    known = known && !role.text.empty();
    profiles_[role.text].push_back(folder.arn);
  }
}

void CollectedPrincipals::add_profiles(const CollectedFolder& folder, AccountPrincipal& role,
                                       Carried& carried) {
  if (const auto known = profiles_.find(role.arn); known != profiles_.end())
    role.instance_profiles = known->second;
  const auto account = profiles_known_.find(role.account);
  carried.profiles_known = account != profiles_known_.end() && account->second;
  const std::shared_ptr<const Document> document = values_.file(folder, "instance-profiles");
  if (document == nullptr) return;
  carried.profiles_known = true;
  role.instance_profiles.clear();
  for (const CollectedArn& profile : values_.arns(*document, document->root))
    role.instance_profiles.push_back(profile.text);
}

void CollectedPrincipals::read_groups_of(const CollectedFolder& folder, AccountPrincipal& user,
                                         Carried& carried) {
  if (!folder.has("groups")) return;
  const std::shared_ptr<const Document> document = values_.file(folder, "groups");
  if (document == nullptr) {
    carried.identity.push_back(
        builder_.attachment(PolicyKind::kIdentity, nullptr, "groups of user/" + user.name));
    return;
  }
  for (const CollectedArn& arn : values_.arns(*document, document->root)) {
    const auto group = groups_.find(arn.text);
    const std::string name = arn.text.empty() ? "a group" : "group/" + last_name(arn.text);
    if (group == groups_.end()) {
      if (!arn.text.empty())
        builder_.complain(
            document->source, arn.node->span,
            "user/" + user.name + " is in the group `" + arn.text + "`, which was not collected",
            "collect it too; the user is undecided until then");
      carried.identity.push_back(builder_.attachment(PolicyKind::kIdentity, nullptr, name));
      continue;
    }
    std::vector<std::string>& arns = builder_.out.group_arns[user.arn];
    if (std::ranges::find(arns, arn.text) != arns.end()) continue;
    arns.push_back(arn.text);
    user.groups.push_back(last_name(arn.text));
    carried.identity.insert(carried.identity.end(), group->second.policies.begin(),
                            group->second.policies.end());
    for (const std::string& managed_arn : group->second.managed_arns)
      builder_.out.carriers[managed_arn].push_back(user.arn);
  }
}

void CollectedPrincipals::read_trust(const CollectedFolder& folder, const std::string& owner,
                                     Carried& carried) {
  bool found = false;
  std::shared_ptr<const Policy> policy =
      values_.policy(folder, {"trust-policy"}, owner + "/trust", found);
  if (!found)
    builder_.complain(folder.metadata->source, folder.metadata->root.span,
                      owner + " has no trust-policy.json",
                      "collect it again; who may become it is undecided until then");
  carried.trust.push_back(
      builder_.attachment(PolicyKind::kTrust, std::move(policy), "trust policy of " + owner));
}

bool CollectedPrincipals::is_new(const CollectedFolder& folder) {
  const auto [known, fresh] = known_.try_emplace(folder.arn, builder_.out.principals.size());
  if (fresh) return true;
  builder_.complain(folder.metadata->source, folder.metadata->root.span,
                    "`" + folder.arn + "` is described twice",
                    "leave one of them; its answers are undecided until then");
  builder_.out.carried[known->second].identity.push_back(
      builder_.attachment(PolicyKind::kIdentity, nullptr,
                          "part of " + builder_.out.principals[known->second].short_name()));
  return false;
}

void CollectedPrincipals::add_principal(const CollectedFolder& folder,
                                        AccountPrincipal::Kind kind) {
  if (!is_new(folder)) return;
  AccountPrincipal principal;
  builder_.clean = true;
  principal.kind = kind;
  principal.arn = folder.arn;
  principal.account = account_of(folder.arn);
  principal.name = last_name(folder.arn);
  principal.id =
      values_.text(*folder.metadata, folder.metadata->root, {"id", "userid", "roleid", "uniqueid"});
  principal.tags = values_.tags(folder);
  principal.source = folder.metadata->source;
  principal.span = folder.metadata->root.span;
  // What was wrong may be a tag that a policy asks for.
  bool whole = builder_.clean;
  std::string why = builder_.last_complaint;
  const std::string owner = principal.short_name();
  Own own = read_own(folder, owner, "");
  Carried carried;
  carried.identity = std::move(own.attachments);
  for (const std::string& arn : own.managed_arns)
    builder_.out.carriers[arn].push_back(principal.arn);
  carried.boundary = read_boundary(folder, owner);
  bool unknown = false;
  if (kind == AccountPrincipal::Kind::kUser) {
    read_groups_of(folder, principal, carried);
    unknown = values_.has_unknown_policies(
        folder, {"metadata", "inline-policies", "managed-policies", "groups", "tags",
                 "permissions-boundary", "permission-boundary"});
  } else {
    read_trust(folder, owner, carried);
    add_profiles(folder, principal, carried);
    unknown = values_.has_unknown_policies(
        folder, {"metadata", "inline-policies", "managed-policies", "trust-policy", "tags",
                 "instance-profiles", "permissions-boundary", "permission-boundary"});
  }
  if (unknown && whole) why = builder_.last_complaint;
  if (unknown || !whole) {
    builder_.last_complaint = why;
    carried.identity.push_back(
        builder_.attachment(PolicyKind::kIdentity, nullptr, "part of " + owner));
  }
  builder_.out.principals.push_back(std::move(principal));
  builder_.out.carried.push_back(std::move(carried));
}

}  // namespace iamcheck
