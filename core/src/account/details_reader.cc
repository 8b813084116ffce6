#include "account/details_reader.h"

#include <algorithm>

#include "iamcheck/arn.h"
#include "iamcheck/catalogue.h"

namespace iamcheck {
namespace {

std::string account_of(const std::string& arn) {
  const std::optional<Arn> parsed = Arn::parse(arn);
  return parsed ? std::string(parsed->account) : std::string();
}

bool is_aws_managed(const std::string& arn) { return account_of(arn) == "aws"; }

const Node* first_of(const Node& object, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (const Node* found = object.find(name)) return found;
  }
  return nullptr;
}

}  // namespace

bool DetailsReader::looks_like_details(const Node& root) {
  return root.is_object() &&
         (first_of(root, {"UserDetailList", "GroupDetailList", "RoleDetailList"}) != nullptr ||
          (root.find("Policies") != nullptr && root.find("Policies")->is_list()));
}

void DetailsReader::collect(const std::shared_ptr<const Document>& document, std::string_view list,
                            std::string_view key, std::string_view form,
                            std::vector<Entry>& entries) {
  for (const Node& item : builder_.list(*document, document->root, list)) {
    const std::string arn = item.is_object() ? builder_.text(*document, item, "Arn") : "";
    const Arn parts = Arn::parse(arn).value_or(Arn{});
    if (parts.resource.empty()) {
      builder_.complain(document->source, item.span,
                        "an entry of `" + std::string(list) + "` has no `Arn`",
                        "fetch the dump again; " + std::string(key) + " names it");
      continue;
    }
    if (parts.service != "iam" || !parts.resource.starts_with(form)) {
      builder_.complain(document->source, item.find("Arn")->span,
                        "`" + arn + "` in `" + std::string(list) + "` is no ARN of a " +
                            std::string(form.substr(0, form.size() - 1)),
                        "fetch the dump again; the entry was left out");
      continue;
    }
    const auto [known, fresh] = seen_.try_emplace(arn, pages_, entries.size());
    if (fresh) {
      entries.push_back({document, &item, false, {}});
      continue;
    }
    if (known->second.second >= entries.size()) continue;
    Entry& first = entries[known->second.second];
    if (first.document->source->slice(first.node->span) == document->source->slice(item.span))
      continue;  // pages that overlap
    first.disputed = true;
    builder_.complain(document->source, item.span, "`" + arn + "` is described twice, differently",
                      "leave one dump per account; its answers are undecided until then");
    first.why = builder_.last_complaint;
  }
}

void DetailsReader::add_page(const std::shared_ptr<const Document>& document) {
  ++pages_;
  collect(document, "UserDetailList", "UserName", "user/", users_);
  collect(document, "GroupDetailList", "GroupName", "group/", groups_);
  collect(document, "RoleDetailList", "RoleName", "role/", roles_);
  collect(document, "Policies", "PolicyName", "policy/", policies_);
  const Node* truncated = document->root.find("IsTruncated");
  if (truncated != nullptr && truncated->kind == Node::Kind::kBool && truncated->text == "true") {
    ++truncated_pages_;
    last_truncated_ = truncated->span;
    last_source_ = document->source;
  }
}

void DetailsReader::read_managed(const Entry& entry) {
  const std::string arn = builder_.text(*entry.document, *entry.node, "Arn");
  const std::string version = builder_.text(*entry.document, *entry.node, "DefaultVersionId");
  const Node* found = nullptr;
  for (const Node& one : builder_.list(*entry.document, *entry.node, "PolicyVersionList")) {
    if (!one.is_object()) continue;
    const Node* is_default = one.find("IsDefaultVersion");
    if ((is_default != nullptr && is_default->text == "true") ||
        (!version.empty() && builder_.text(*entry.document, one, "VersionId") == version))
      found = &one;
  }
  Managed& managed = managed_[arn];
  const Node* document = found == nullptr ? nullptr : found->find("Document");
  if (document == nullptr) {
    builder_.complain(entry.document->source, entry.node->span,
                      "the default version of `" + arn + "` is missing",
                      "fetch the dump again; whoever carries the policy is undecided until then");
  } else if (!entry.disputed) {
    managed.policy = builder_.read_policy(*entry.document, *document, arn);
  }
  managed.why = entry.disputed ? entry.why : builder_.last_complaint;
}

// The dump's own text wins; AWS managed policies that it does not bring are in the catalogue.
std::shared_ptr<const Policy> DetailsReader::managed(const Entry& entry, const Node& place,
                                                     const std::string& arn) {
  if (const auto known = managed_.find(arn); known != managed_.end()) {
    if (known->second.policy == nullptr) builder_.last_complaint = known->second.why;
    return known->second.policy;
  }
  Managed& managed = managed_[arn];
  const std::optional<ManagedPolicy> aws = Catalogue::embedded().find_managed_policy(arn);
  Result<std::string> text = aws ? aws->document() : Result<std::string>(Error{});
  if (text && arn.starts_with("arn:")) {
    Result<Policy> policy = parse_policy(arn, *std::move(text));
    if (policy) managed.policy = std::make_shared<const Policy>(*std::move(policy));
  }
  if (managed.policy == nullptr) {
    builder_.complain(entry.document->source, place.span,
                      "the managed policy `" + arn + "` is attached, but not in the dump",
                      "fetch the dump with its `Policies`; whoever carries it is undecided");
    managed.why = builder_.last_complaint;
  }
  return managed.policy;
}

std::vector<Attachment> DetailsReader::inline_policies(const Entry& entry, std::string_view list,
                                                       const std::string& owner) {
  std::vector<Attachment> attachments;
  for (const Node& item : builder_.list(*entry.document, *entry.node, list)) {
    const std::string name =
        item.is_object() ? builder_.text(*entry.document, item, "PolicyName") : "";
    std::string place = owner;
    place.append("/").append(name);
    const Node* document = item.is_object() ? item.find("PolicyDocument") : nullptr;
    std::shared_ptr<const Policy> policy;
    if (document == nullptr) {
      builder_.complain(entry.document->source, item.span,
                        "an inline policy of " + owner + " has no `PolicyDocument`",
                        "fetch the dump again");
    } else {
      policy = builder_.read_policy(*entry.document, *document, place);
    }
    std::string shown = name;
    shown.append(", inline of ").append(owner);
    attachments.push_back(
        builder_.attachment(PolicyKind::kIdentity, std::move(policy), std::move(shown)));
    attachments.back().policy_name = name;
    attachments.back().source_type = owner.substr(0, owner.find('/'));
  }
  return attachments;
}

std::vector<Attachment> DetailsReader::managed_policies(const Entry& entry,
                                                        const std::string& through) {
  std::vector<Attachment> attachments;
  attached_arns_.clear();
  for (const Node& item : builder_.list(*entry.document, *entry.node, "AttachedManagedPolicies")) {
    const std::string arn =
        item.is_object() ? builder_.text(*entry.document, item, "PolicyArn") : "";
    if (arn.empty()) {
      builder_.complain(entry.document->source, item.span, "an attached policy has no `PolicyArn`",
                        "fetch the dump again");
      attachments.push_back(
          builder_.attachment(PolicyKind::kIdentity, nullptr, "an attached policy"));
      continue;
    }
    attached_arns_.push_back(arn);
    const std::string own_name = arn.substr(arn.rfind('/') + 1);
    std::string name = own_name;
    if (!through.empty()) name += " via " + through;
    attachments.push_back(builder_.attachment(PolicyKind::kIdentity, managed(entry, item, arn),
                                              std::move(name), is_aws_managed(arn)));
    attachments.back().policy_name = own_name;
    attachments.back().source_type = is_aws_managed(arn) ? "aws-managed" : "user-managed";
  }
  return attachments;
}

std::vector<Attachment> DetailsReader::boundary_of(const Entry& entry, const std::string& owner) {
  const Node* boundary = entry.node->find("PermissionsBoundary");
  if (boundary == nullptr || boundary->kind == Node::Kind::kNull) return {};
  const std::string arn = boundary->is_object()
                              ? builder_.text(*entry.document, *boundary, "PermissionsBoundaryArn")
                              : "";
  std::shared_ptr<const Policy> policy;
  if (arn.empty()) {
    builder_.complain(entry.document->source, boundary->span,
                      "the permissions boundary of " + owner + " has no `PermissionsBoundaryArn`",
                      "fetch the dump again");
  } else {
    policy = managed(entry, *boundary, arn);
  }
  return {builder_.attachment(PolicyKind::kBoundary, std::move(policy),
                              arn.empty() ? "boundary of " + owner : arn.substr(arn.rfind('/') + 1),
                              is_aws_managed(arn))};
}

void DetailsReader::read_group(const Entry& entry) {
  const std::string name = builder_.text(*entry.document, *entry.node, "GroupName");
  Group group;
  group.arn = builder_.text(*entry.document, *entry.node, "Arn");
  const std::string owner = "group/" + name;
  group.policies = inline_policies(entry, "GroupPolicyList", owner);
  for (Attachment& one : managed_policies(entry, owner)) group.policies.push_back(std::move(one));
  group.managed_arns = attached_arns_;
  if (const Node* groups = entry.node->find("GroupList"))
    builder_.complain(entry.document->source, groups->span,
                      "the group `" + name + "` has a `GroupList`",
                      "groups of IAM do not lie in groups; the list is ignored");
  builder_.last_complaint = entry.why;
  if (entry.disputed)
    group.policies.push_back(builder_.attachment(PolicyKind::kIdentity, nullptr, owner));
  builder_.out.group_policies[group.arn] = group.policies;
  group_by_name_[account_of(group.arn) + "/" + name] = std::move(group);
}

void DetailsReader::read_groups_of(const Entry& entry, AccountPrincipal& user, Carried& carried) {
  for (const Node& item : builder_.list(*entry.document, *entry.node, "GroupList")) {
    const std::string name = item.is_text() ? item.text : "";
    const auto group = group_by_name_.find(user.account + "/" + name);
    if (group == group_by_name_.end()) {
      builder_.complain(
          entry.document->source, item.span,
          "user/" + user.name + " is in the group `" + name + "`, which is not in the dump",
          "fetch the dump with its groups; the user is undecided until then");
      carried.identity.push_back(
          builder_.attachment(PolicyKind::kIdentity, nullptr, "group/" + name));
      continue;
    }
    if (std::ranges::find(user.groups, name) != user.groups.end()) continue;
    user.groups.push_back(name);
    builder_.out.group_arns[user.arn].push_back(group->second.arn);
    carried.identity.insert(carried.identity.end(), group->second.policies.begin(),
                            group->second.policies.end());
    for (const std::string& arn : group->second.managed_arns)
      builder_.out.carriers[arn].push_back(user.arn);
  }
}

void DetailsReader::read_principal(const Entry& entry, AccountPrincipal::Kind kind) {
  const bool user = kind == AccountPrincipal::Kind::kUser;
  AccountPrincipal principal;
  principal.kind = kind;
  builder_.clean = true;
  const auto text = [&](std::string_view name) {
    return builder_.text(*entry.document, *entry.node, name);
  };
  principal.arn = text("Arn");
  principal.account = account_of(principal.arn);
  principal.name = principal.arn.substr(principal.arn.rfind('/') + 1);
  principal.id = text(user ? "UserId" : "RoleId");
  principal.tags = builder_.tags(*entry.document, *entry.node, "Tags");
  principal.source = entry.document->source;
  principal.span = entry.node->span;
  const std::string owner = principal.short_name();
  Carried carried;
  carried.identity = inline_policies(entry, user ? "UserPolicyList" : "RolePolicyList", owner);
  for (Attachment& one : managed_policies(entry, "")) carried.identity.push_back(std::move(one));
  for (const std::string& arn : attached_arns_) builder_.out.carriers[arn].push_back(principal.arn);
  carried.boundary = boundary_of(entry, owner);
  if (user) {
    read_groups_of(entry, principal, carried);
  } else {
    const Node* trust = entry.node->find("AssumeRolePolicyDocument");
    std::shared_ptr<const Policy> policy;
    if (trust == nullptr) {
      builder_.complain(entry.document->source, entry.node->span,
                        owner + " has no `AssumeRolePolicyDocument`", "fetch the dump again");
    } else {
      policy = builder_.read_policy(*entry.document, *trust, owner + "/trust");
    }
    carried.trust.push_back(
        builder_.attachment(PolicyKind::kTrust, std::move(policy), "trust policy of " + owner));
    for (const Node& profile : builder_.list(*entry.document, *entry.node, "InstanceProfileList")) {
      if (profile.is_object())
        principal.instance_profiles.push_back(builder_.text(*entry.document, profile, "Arn"));
    }
  }
  // What was wrong may have been a policy or a list of them.
  if (entry.disputed || !builder_.clean) {
    const bool stands = std::ranges::any_of(carried.identity, &Attachment::unread) ||
                        std::ranges::any_of(carried.boundary, &Attachment::unread) ||
                        std::ranges::any_of(carried.trust, &Attachment::unread);
    if (entry.disputed) builder_.last_complaint = entry.why;
    if (entry.disputed || !stands)
      carried.identity.push_back(
          builder_.attachment(PolicyKind::kIdentity, nullptr, "part of " + owner));
  }
  builder_.out.principals.push_back(std::move(principal));
  builder_.out.carried.push_back(std::move(carried));
}

void DetailsReader::finish() {
  for (const Entry& entry : policies_) read_managed(entry);
  for (const Entry& entry : groups_) read_group(entry);
  for (const Entry& entry : users_) read_principal(entry, AccountPrincipal::Kind::kUser);
  for (const Entry& entry : roles_) read_principal(entry, AccountPrincipal::Kind::kRole);
  // Every page but the last of a run says so.
  if (truncated_pages_ > 0 && truncated_pages_ == pages_)
    builder_.complain(last_source_, last_truncated_,
                      "the dump goes on: `IsTruncated` is true, and no page has the rest",
                      "give the other pages too, or fetch without --max-items");
}

}  // namespace iamcheck
