#include "account/folder_reader.h"

#include <algorithm>

#include "iamcheck/arn.h"

namespace iamcheck {
namespace {

constexpr std::size_t kMaxLevelDepth = PolicySet::kMaxLevels;

// The two policies that AWS attaches by itself, by name.
constexpr std::string_view kFullAccess =
    R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})";
constexpr std::string_view kFullAccessOfResources =
    R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", )"
    R"("Action": "*", "Resource": "*"}})";

std::shared_ptr<const Policy> built_in(const std::string& name) {
  const std::string_view text = name == "FullAWSAccess"      ? kFullAccess
                                : name == "RCPFullAWSAccess" ? kFullAccessOfResources
                                                             : std::string_view();
  if (text.empty()) return nullptr;
  return std::make_shared<const Policy>(*parse_policy(name, std::string(text)));
}

// `policies/a.json` seen from `org/organization.json` is `org/policies/a.json`.
std::string beside(const std::string& file, std::string path) {
  while (path.starts_with("./")) path.erase(0, 2);
  const std::size_t slash = file.rfind('/');
  return slash == std::string::npos ? path : file.substr(0, slash + 1) + path;
}

}  // namespace

bool FolderReader::looks_like_organization(const Node& root) {
  return root.is_object() && root.find("root") != nullptr && root.find("root")->is_object();
}

bool FolderReader::looks_like_resource(const Node& root) {
  return root.is_object() && root.find("arn") != nullptr;
}

bool FolderReader::looks_like_endpoint(const Node& root) {
  return root.is_object() && root.find("vpcEndpoint") != nullptr;
}

void FolderReader::add_policy_file(const std::shared_ptr<const Document>& document) {
  policy_files_[document->source->name()].document = document;
}

void FolderReader::add_organization(const std::shared_ptr<const Document>& document) {
  if (organization_ != nullptr) {
    builder_.complain(document->source, document->root.span, "a second organization",
                      "leave one organization in the folder; the first one is used");
    return;
  }
  organization_ = document;
}

void FolderReader::add_resource(const Document& document, const Node& node) {
  KnownResource resource;
  resource.arn = builder_.text(document, node, "arn");
  const std::optional<Arn> arn = Arn::parse(resource.arn);
  if (!arn) {
    builder_.complain(document.source, node.find("arn")->span, "`arn` is no ARN",
                      "write the ARN of the resource, such as arn:aws:s3:::bucket");
    return;
  }
  resource.account = builder_.text(document, node, "account");
  if (resource.account.empty() && is_account_id(arn->account)) resource.account = arn->account;
  resource.tags_known = node.find("tags") != nullptr;
  resource.tags = builder_.tags(document, node, "tags");
  if (const Node* block = node.find("blockPublicAccess"))
    resource.block_public_access = block->text == "true";
  if (const Node* policy = node.find("policy"); policy && policy->kind != Node::Kind::kNull) {
    resource.policies.push_back(builder_.attachment(
        PolicyKind::kResource, builder_.read_policy(document, *policy, resource.arn),
        "policy of " + resource.arn));
  }
  builder_.out.resources.push_back(std::move(resource));
}

void FolderReader::add_endpoint(const Document& document, const Node& node) {
  KnownEndpoint endpoint;
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
  builder_.out.endpoints.push_back(std::move(endpoint));
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
    found.read = true;
    return found.policy;
  }
  // One copy each, so that the pool holds them once.
  static const std::shared_ptr<const Policy> kScp = built_in("FullAWSAccess");
  static const std::shared_ptr<const Policy> kRcp = built_in("RCPFullAWSAccess");
  if (name == "FullAWSAccess") return kScp;
  if (name == "RCPFullAWSAccess") return kRcp;
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

std::size_t FolderReader::read_level(const Document& document, const Node& node,
                                     std::size_t parent) {
  Organization& organization = *builder_.out.organization;
  const std::size_t position = organization.levels.size();
  OrganizationLevel level;
  level.id = builder_.text(document, node, "id");
  level.parent = position == 0 ? 0 : parent;
  if (level.id.empty())
    builder_.complain(document.source, node.span, "a root, unit or account has no `id`",
                      "write the id, such as r-ab12, ou-ab12-11111111 or 111122223333");
  if (read_policies(document, node, "serviceControlPolicies", PolicyKind::kScp, level.scps)) {
    organization.has_scps = true;
  } else {
    without_scps_.emplace_back(position, node.span);
  }
  if (read_policies(document, node, "resourceControlPolicies", PolicyKind::kRcp, level.rcps)) {
    organization.has_rcps = true;
  } else {
    without_rcps_.emplace_back(position, node.span);
  }
  organization.levels.push_back(std::move(level));
  return position;
}

void FolderReader::read_organization(const Document& document) {
  builder_.out.organization.emplace();
  Organization& organization = *builder_.out.organization;
  organization.id = builder_.text(document, document.root, "id");
  organization.management_account = builder_.text(document, document.root, "managementAccount");
  struct Pending {
    const Node* node;
    std::size_t parent;
    std::size_t depth;
  };
  std::vector<Pending> pending = {{document.root.find("root"), 0, 1}};
  while (!pending.empty()) {
    const Pending next = pending.back();
    pending.pop_back();
    if (!next.node->is_object() || next.depth >= kMaxLevelDepth) {
      builder_.complain(
          document.source, next.node->span,
          next.node->is_object() ? "units are nested too deep" : "a unit or account is no object",
          "AWS nests at most five units");
      continue;
    }
    const std::size_t position = read_level(document, *next.node, next.parent);
    for (const Node& unit : builder_.list(document, *next.node, "units"))
      pending.push_back({&unit, position, next.depth + 1});
    for (const Node& account : builder_.list(document, *next.node, "accounts")) {
      if (!account.is_object()) {
        pending.push_back({&account, position, next.depth});
        continue;
      }
      const std::size_t level = read_level(document, account, position);
      const std::string& id = organization.levels[level].id;
      if (!organization.accounts.emplace(id, level).second)
        builder_.complain(document.source, account.span,
                          "the account " + id + " is in the organization twice",
                          "an account has one place; the first one is used");
    }
  }
  // A type of policy is enabled for the whole organization. A level that says nothing then is a gap
  // in the file, not an empty list.
  const auto fill = [&](const auto& gaps, std::string_view member, PolicyKind kind, auto list) {
    for (const auto& [position, span] : gaps) {
      builder_.complain(document.source, span,
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

void FolderReader::finish() {
  if (organization_ != nullptr) read_organization(*organization_);
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
