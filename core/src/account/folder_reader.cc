#include "account/folder_reader.h"

#include <algorithm>
#include <set>

#include "account/full_access.h"
#include "iamcheck/arn.h"

namespace iamcheck {
namespace {

constexpr std::size_t kMaxLevelDepth = PolicySet::kMaxLevels;

// `policies/a.json` seen from `org/organization.json` is `org/policies/a.json`.
std::string beside(const std::string& file, std::string path) {
  while (path.starts_with("./")) path.erase(0, 2);
  const std::size_t slash = file.rfind('/');
  return slash == std::string::npos ? path : file.substr(0, slash + 1) + path;
}

// The ARN in a resource that was cut off: `{"arn": "arn:aws:s3:::b", ...`.
std::optional<std::string> outer_arn(std::string_view text) {
  const std::size_t key = text.find("\"arn\"");
  if (key == std::string_view::npos) return std::nullopt;
  const std::string_view before = text.substr(0, key);
  if (std::ranges::count(before, '{') != 1 || before.find('[') != std::string_view::npos)
    return std::nullopt;
  const std::size_t colon = text.find_first_not_of(" \t\r\n", key + 5);
  if (colon == std::string_view::npos || text[colon] != ':') return std::nullopt;
  const std::size_t begin = text.find_first_not_of(" \t\r\n", colon + 1);
  if (begin == std::string_view::npos || text[begin] != '"') return std::nullopt;
  const std::size_t end = text.find('"', begin + 1);
  if (end == std::string_view::npos) return std::nullopt;
  std::string arn(text.substr(begin + 1, end - begin - 1));
  if (arn.find('\\') != std::string::npos || !Arn::parse(arn)) return std::nullopt;
  return arn;
}

}  // namespace

bool FolderReader::looks_like_organization(const Node& root) {
  return root.is_object() &&
         (root.find("root") != nullptr || root.find("managementAccount") != nullptr);
}

bool FolderReader::looks_like_resource(const Node& root) {
  return root.is_object() && root.find("arn") != nullptr;
}

bool FolderReader::looks_like_endpoint(const Node& root) {
  return root.is_object() && root.find("vpcEndpoint") != nullptr;
}

void FolderReader::leave_organization(std::string why) {
  builder_.leave_unread(&Account::Snapshot::organization_unread,
                        &Account::Snapshot::organization_why, std::move(why));
}

void FolderReader::leave_resources(std::string why) {
  builder_.leave_unread(&Account::Snapshot::resources_unread, &Account::Snapshot::resources_why,
                        std::move(why));
}

void FolderReader::leave_endpoints(std::string why) {
  builder_.leave_unread(&Account::Snapshot::endpoints_unread, &Account::Snapshot::endpoints_why,
                        std::move(why));
}

void FolderReader::add_policy_file(const std::shared_ptr<const Document>& document) {
  policy_files_[document->source->name()].document = document;
}

void FolderReader::add_organization(const std::shared_ptr<const Document>& document) {
  if (organization_ != nullptr) {
    builder_.complain(document->source, document->root.span, "a second organization",
                      "leave one organization in the folder; SCPs and RCPs are unknown until then");
    leave_organization(builder_.last_complaint);
    return;
  }
  organization_ = document;
}

void FolderReader::add_resource(const Document& document, const Node& node) {
  KnownResource resource;
  builder_.clean = true;
  builder_.check_members(
      document, node,
      {"schema", "$schema", "arn", "account", "tags", "policy", "blockPublicAccess"});
  resource.arn = builder_.text(document, node, "arn");
  const std::optional<Arn> arn = Arn::parse(resource.arn);
  if (!arn) {
    builder_.complain(document.source, node.find("arn")->span, "`arn` is no ARN",
                      "write the ARN of the resource, such as arn:aws:s3:::bucket");
    leave_resources(builder_.last_complaint);
    return;
  }
  resource.account = builder_.text(document, node, "account");
  if (!resource.account.empty() && !is_account_id(resource.account))
    builder_.complain(document.source, node.find("account")->span,
                      "`" + resource.account + "` is no account id",
                      "an account id has twelve digits");
  if (resource.account.empty() && is_account_id(arn->account)) resource.account = arn->account;
  resource.tags_known = node.find("tags") != nullptr;
  resource.tags = builder_.tags(document, node, "tags");
  if (const Node* block = node.find("blockPublicAccess")) {
    resource.block_public_access = block->text == "true";
    if (block->kind != Node::Kind::kBool)
      builder_.complain(document.source, block->span, "`blockPublicAccess` is no boolean",
                        "write true or false");
  }
  if (const Node* policy = node.find("policy"); policy && policy->kind != Node::Kind::kNull) {
    resource.policies.push_back(builder_.attachment(
        PolicyKind::kResource, builder_.read_policy(document, *policy, resource.arn),
        "policy of " + resource.arn));
  }
  // What was wrong may have been the policy, or may decide which policies count.
  if (!builder_.clean && std::ranges::none_of(resource.policies, &Attachment::unread))
    resource.policies.push_back(
        builder_.attachment(PolicyKind::kResource, nullptr, "policy of " + resource.arn));
  builder_.out.resources.push_back(std::move(resource));
}

void FolderReader::add_endpoint(const Document& document, const Node& node) {
  KnownEndpoint endpoint;
  builder_.clean = true;
  builder_.check_members(document, node, {"schema", "$schema", "vpcEndpoint", "kind", "policy"});
  endpoint.id = builder_.text(document, node, "vpcEndpoint");
  const std::string kind = builder_.text(document, node, "kind");
  const std::optional<EndpointKind> known = endpoint_kind_from(kind.empty() ? "interface" : kind);
  if (!known)
    builder_.complain(document.source, node.find("kind")->span,
                      "`" + kind + "` is no kind of VPC endpoint", "write gateway or interface");
  endpoint.kind = known.value_or(EndpointKind::kInterface);
  if (const Node* policy = node.find("policy"); policy && policy->kind != Node::Kind::kNull) {
    endpoint.policies.push_back(builder_.attachment(
        PolicyKind::kEndpoint, builder_.read_policy(document, *policy, endpoint.id),
        "policy of " + endpoint.id));
  }
  if (endpoint.id.empty()) leave_endpoints(builder_.last_complaint);
  if (!builder_.clean && std::ranges::none_of(endpoint.policies, &Attachment::unread))
    endpoint.policies.push_back(
        builder_.attachment(PolicyKind::kEndpoint, nullptr, "policy of " + endpoint.id));
  builder_.out.endpoints.push_back(std::move(endpoint));
}

void FolderReader::add_unread(const std::string& path, std::string_view text) {
  const auto has = [&](std::string_view word) { return text.find(word) != std::string_view::npos; };
  // A dump: whatever others refer to in it is missing, and said to be.
  if (has("DetailList\"") || has("\"PolicyVersionList\"")) return;
  if (const std::optional<std::string> arn = outer_arn(text)) {
    KnownResource resource;
    resource.arn = *arn;
    const std::string_view account = Arn::parse(*arn).value_or(Arn{}).account;
    if (is_account_id(account)) resource.account = account;
    resource.policies = {
        builder_.attachment(PolicyKind::kResource, nullptr, "policy of " + resource.arn)};
    builder_.out.resources.push_back(std::move(resource));
    return;
  }
  if (has("\"root\"") || has("\"managementAccount\"") || has("\"serviceControlPolicies\"")) {
    leave_organization(builder_.last_complaint);
    return;
  }
  unread_.emplace(path, Unread{builder_.last_complaint, false});
}

std::shared_ptr<const Policy> FolderReader::named_policy(const Document& document,
                                                         const Node& entry, std::string& name) {
  if (entry.is_object() && entry.find("policy") != nullptr) {
    name = builder_.text(document, entry, "name");
    return builder_.read_policy(document, *entry.find("policy"), name);
  }
  if (!entry.is_text()) {
    builder_.complain(document.source, entry.span, "an attached policy is neither path nor object",
                      "write the path of a policy file, or {\"name\": ..., \"policy\": {...}}");
    return nullptr;
  }
  name = entry.text;
  const auto file = policy_files_.find(beside(document.source->name(), name));
  if (file != policy_files_.end()) {
    PolicyFile& found = file->second;
    found.used = true;
    if (!found.read)
      found.policy = builder_.read_policy(*found.document, found.document->root, file->first);
    if (!found.read) found.why = builder_.last_complaint;
    found.read = true;
    if (found.policy == nullptr) builder_.last_complaint = found.why;
    return found.policy;
  }
  if (const auto unread = unread_.find(beside(document.source->name(), name));
      unread != unread_.end()) {
    unread->second.named = true;
    builder_.clean = false;
    builder_.last_complaint = unread->second.why;
    return nullptr;
  }
  if (std::shared_ptr<const Policy> built_in = full_access_policy(name)) return built_in;
  builder_.complain(document.source, entry.span, "there is no policy file `" + name + "`",
                    "paths are relative to the organization's file");
  return nullptr;
}

bool FolderReader::read_policies(const Document& document, const Node& node,
                                 std::string_view member, PolicyKind kind, Policies& policies) {
  if (node.find(member) == nullptr) return false;
  const bool before = std::exchange(builder_.clean, true);
  for (const Node& entry : builder_.list(document, node, member)) {
    std::string name = "a policy of the organization";
    std::shared_ptr<const Policy> policy = named_policy(document, entry, name);
    policies.push_back(builder_.attachment(kind, std::move(policy), std::move(name)));
  }
  // A list of the wrong type says nothing about what is attached.
  if (!builder_.clean && policies.empty())
    policies.push_back(builder_.attachment(kind, nullptr, std::string(member)));
  builder_.clean = builder_.clean && before;
  return true;
}

void FolderReader::make_unknown(OrganizationLevel& level) {
  const std::string name = "the policies of " + (level.id.empty() ? "a level" : level.id);
  level.scps.push_back(builder_.attachment(PolicyKind::kScp, nullptr, name));
  level.rcps.push_back(builder_.attachment(PolicyKind::kRcp, nullptr, name));
  organization().partial = true;
}

std::size_t FolderReader::read_level(const Document& document, const Node& node, std::size_t parent,
                                     bool account) {
  Organization& organization = this->organization();
  const std::size_t position = organization.levels.size();
  OrganizationLevel level;
  builder_.clean = true;
  if (account) {
    builder_.check_members(document, node,
                           {"id", "name", "serviceControlPolicies", "resourceControlPolicies"});
  } else {
    builder_.check_members(
        document, node,
        {"id", "name", "serviceControlPolicies", "resourceControlPolicies", "units", "accounts"});
  }
  level.id = builder_.text(document, node, "id");
  level.parent = position == 0 ? 0 : parent;
  if (node.find("id") == nullptr) {
    builder_.complain(document.source, node.span, "a root, unit or account has no `id`",
                      "write the id, such as r-ab12, ou-ab12-11111111 or 111122223333");
  } else if (account && node.find("id")->is_text() && !is_account_id(level.id)) {
    builder_.complain(document.source, node.find("id")->span, "`" + level.id + "` is no account id",
                      "an account id has twelve digits");
  }
  const bool readable = builder_.clean;
  const std::string why = builder_.last_complaint;
  if (read_policies(document, node, "serviceControlPolicies", PolicyKind::kScp, level.scps)) {
    organization.has_scps = true;
  } else if (readable) {
    without_scps_.emplace_back(position, node.span);
  }
  if (read_policies(document, node, "resourceControlPolicies", PolicyKind::kRcp, level.rcps)) {
    organization.has_rcps = true;
  } else if (readable) {
    without_rcps_.emplace_back(position, node.span);
  }
  if (!readable) {
    builder_.last_complaint = why;
    make_unknown(level);
  }
  organization.levels.push_back(std::move(level));
  return position;
}

void FolderReader::read_account(const Document& document, const Node& node, std::size_t parent) {
  Organization& organization = this->organization();
  const std::size_t position = read_level(document, node, parent, true);
  const std::string id = organization.levels[position].id;
  if (!is_account_id(id)) return;
  const auto [known, fresh] = organization.accounts.emplace(id, position);
  if (fresh) {
    account_nodes_[id] = &node;
    return;
  }
  builder_.complain(document.source, node.span,
                    "the account " + id + " is in the organization twice",
                    "an account has one place; leave one of them");
  OrganizationLevel& first = organization.levels[known->second];
  if (first.parent != parent ||
      document.source->slice(account_nodes_[id]->span) != document.source->slice(node.span))
    make_unknown(first);
}

void FolderReader::read_tree(const Document& document, const Node& root) {
  Organization& organization = this->organization();
  struct Pending {
    const Node* node;
    std::size_t parent;
    std::size_t depth;
  };
  std::vector<Pending> pending = {{&root, 0, 1}};
  while (!pending.empty()) {
    const Pending next = pending.back();
    pending.pop_back();
    if (!next.node->is_object() || next.depth >= kMaxLevelDepth) {
      builder_.complain(
          document.source, next.node->span,
          next.node->is_object() ? "units are nested too deep" : "a unit or account is no object",
          "AWS nests at most five units");
      organization.partial = true;
      continue;
    }
    const std::size_t position = read_level(document, *next.node, next.parent, false);
    builder_.clean = true;
    const std::vector<Node>& units = builder_.list(document, *next.node, "units");
    const std::vector<Node>& accounts = builder_.list(document, *next.node, "accounts");
    if (!builder_.clean) organization.partial = true;
    for (const Node& unit : units) pending.push_back({&unit, position, next.depth + 1});
    for (const Node& account : accounts) {
      if (account.is_object()) {
        read_account(document, account, position);
      } else {
        pending.push_back({&account, position, next.depth});
      }
    }
  }
}

// A type of policy is enabled for the whole organization. A level that says nothing then is a gap
// in the file, not an empty list.
void FolderReader::fill_gaps() {
  Organization& organization = this->organization();
  const auto fill = [&](const auto& gaps, std::string_view member, PolicyKind kind, auto list) {
    for (const auto& [position, span] : gaps) {
      builder_.complain(organization_->source, span,
                        "`" + organization.levels[position].id + "` has no `" +
                            std::string(member) + "`, other levels have",
                        "write [] where nothing is attached");
      (organization.levels[position].*list)
          .push_back(builder_.attachment(
              kind, nullptr, std::string(member) + " of " + organization.levels[position].id));
    }
  };
  if (organization.has_scps)
    fill(without_scps_, "serviceControlPolicies", PolicyKind::kScp, &OrganizationLevel::scps);
  if (organization.has_rcps)
    fill(without_rcps_, "resourceControlPolicies", PolicyKind::kRcp, &OrganizationLevel::rcps);
}

void FolderReader::read_organization(const Document& document) {
  Organization& organization = this->organization();
  organization.file = document.source->name();
  builder_.clean = true;
  builder_.check_members(document, document.root,
                         {"schema", "$schema", "id", "managementAccount", "root"});
  organization.id = builder_.text(document, document.root, "id");
  organization.management_account = builder_.text(document, document.root, "managementAccount");
  if (const std::string& id = organization.management_account; !id.empty() && !is_account_id(id))
    builder_.complain(document.source, document.root.find("managementAccount")->span,
                      "`" + id + "` is no account id", "an account id has twelve digits");
  const Node* root = document.root.find("root");
  if (root == nullptr || !root->is_object())
    builder_.complain(document.source, root == nullptr ? document.root.span : root->span,
                      "the organization has no `root` that is an object",
                      "see docs/account.md; SCPs and RCPs are unknown until then");
  if (!builder_.clean) leave_organization(builder_.last_complaint);
  if (root == nullptr || !root->is_object()) return;
  read_tree(document, *root);
  fill_gaps();
}

void FolderReader::say_unlisted_accounts(const Document& organization) {
  std::set<std::string> accounts;
  for (const AccountPrincipal& one : builder_.out.principals) accounts.insert(one.account);
  for (const std::string& account : accounts) {
    if (!this->organization().accounts.contains(account) &&
        builder_.out.levels_unknown(account, PolicyKind::kScp))
      builder_.complain(organization.source, organization.root.span,
                        "account " + account + " is not in " + organization.source->name() +
                            ": its SCPs are unknown",
                        "add it where it belongs; its answers are undecided until then");
  }
}

void FolderReader::finish() {
  if (organization_ != nullptr) {
    read_organization(*organization_);
    if (!builder_.out.organization_unread) say_unlisted_accounts(*organization_);
  }
  // None of what was read names these: they may be anything.
  for (const auto& [path, file] : unread_) {
    if (file.named) continue;
    leave_resources(file.why);
    leave_endpoints(file.why);
    if (!builder_.out.organization || path.ends_with("organization.json"))
      leave_organization(file.why);
  }
  if (builder_.out.organization_unread) builder_.out.organization.reset();
  for (const auto& [path, file] : policy_files_) {
    if (!file.used)
      builder_.complain(file.document->source, file.document->root.span,
                        "nothing says what this policy is attached to",
                        "name it in organization.json, or write it as `policy` of a resource");
  }
  auto& resources = builder_.out.resources;
  std::stable_sort(resources.begin(), resources.end(),
                   [](const auto& a, const auto& b) { return a.arn < b.arn; });
  for (std::size_t i = 1; i < resources.size(); ++i) {
    if (resources[i].arn != resources[i - 1].arn) continue;
    builder_.complain(nullptr, {}, "the resource `" + resources[i].arn + "` is described twice",
                      "leave one description; its answers are undecided until then");
    resources[i - 1].policies = {
        builder_.attachment(PolicyKind::kResource, nullptr, "policy of " + resources[i].arn)};
    resources.erase(resources.begin() + static_cast<std::ptrdiff_t>(i--));
  }
}

}  // namespace iamcheck
