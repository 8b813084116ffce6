#include "account/collected_resources.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "iamcheck/arn.h"

namespace iamcheck {
namespace {

constexpr std::string_view kRestricts = "restrictpublicbuckets";

bool is_s3(const KnownResource& resource) {
  return Arn::parse(resource.arn).value_or(Arn{}).service == "s3";
}

bool named_as_block(std::string_view kind) {
  const std::string name = plain_name(kind);
  return name.ends_with("bpa") || name.find("publicaccess") != std::string::npos;
}

bool has_setting(const Node& value) {
  return std::ranges::any_of(value.members, [](const Member& one) {
    return plain_name(one.name) == kRestricts || (one.value.is_object() && has_setting(one.value));
  });
}

}  // namespace

std::optional<bool> CollectedResources::restricts(const Document& document) {
  const Node* value = &document.root;
  if (const Node* inner = values_.member(document, *value, {"publicaccessblockconfiguration"}))
    value = inner;
  // What a bucket without this setting has.
  if (value->kind == Node::Kind::kNull || (value->is_object() && value->members.empty()))
    return false;
  const Node* setting = values_.member(document, *value, {kRestricts});
  if (setting != nullptr && setting->kind == Node::Kind::kBool) return setting->text == "true";
  builder_.complain(document.source, value->span,
                    "this does not say `restrictPublicBuckets`: true or false",
                    "collect it again; the bucket's policy is unknown until then");
  return std::nullopt;
}

void CollectedResources::add_resource(const CollectedFolder& folder) {
  KnownResource resource;
  resource.arn = folder.arn;
  const Arn arn = Arn::parse(folder.arn).value_or(Arn{});
  // An ARN that says no account, such as a bucket's, is of the account whose folder it lies in.
  resource.account = is_account_id(arn.account) ? std::string(arn.account) : folder.place.id;
  builder_.clean = true;
  resource.tags_known = folder.has("tags");
  resource.tags = values_.tags(folder);
  if (const std::shared_ptr<const Document> block = values_.file(folder, "bpa"))
    resource.block_public_access = restricts(*block).value_or(false);
  values_.has_unknown_policies(folder, {"metadata", "policy", "tags", "bpa"});
  const bool whole = builder_.clean;
  const std::string why = builder_.last_complaint;
  std::shared_ptr<const Policy> policy =
      values_.policy(folder, {"policy"}, folder.arn, resource.policy_known);
  const std::string name = "policy of " + folder.arn;
  if (resource.policy_known)
    resource.policies.push_back(
        builder_.attachment(PolicyKind::kResource, std::move(policy), name));
  if (!whole) {
    builder_.last_complaint = why;
    resource.policies.push_back(builder_.attachment(PolicyKind::kResource, nullptr, name));
  }
  builder_.out.resources.push_back(std::move(resource));
}

void CollectedResources::add_endpoint(const CollectedFolder& folder) {
  KnownEndpoint endpoint;
  endpoint.id = folder.arn.substr(folder.arn.rfind('/') + 1);
  builder_.clean = true;
  const std::string kind =
      plain_name(values_.text(*folder.metadata, folder.metadata->root,
                              {"type", "endpointtype", "vpcendpointtype", "kind"}));
  const std::optional<EndpointKind> known = endpoint_kind_from(kind);
  endpoint.kind = known.value_or(EndpointKind::kInterface);
  values_.has_unknown_policies(folder, {"metadata", "policy", "endpoint-policy", "tags"});
  const bool whole = builder_.clean && known.has_value();
  bool found = false;
  std::shared_ptr<const Policy> policy =
      values_.policy(folder, {"policy", "endpoint-policy"}, folder.arn, found);
  // Every endpoint has a policy: one that is not here is not known.
  if (!found)
    builder_.last_complaint = folder.metadata->source->name() + ": the endpoint has no policy.json";
  const std::string name = "policy of " + endpoint.id;
  endpoint.policies.push_back(builder_.attachment(PolicyKind::kEndpoint, std::move(policy), name));
  if (!known)
    builder_.last_complaint =
        folder.metadata->source->name() + ": nothing says whether the endpoint is a gateway";
  if (!whole)
    endpoint.policies.push_back(builder_.attachment(PolicyKind::kEndpoint, nullptr, name));
  const auto twice = std::ranges::find(builder_.out.endpoints, endpoint.id, &KnownEndpoint::id);
  if (twice == builder_.out.endpoints.end()) {
    builder_.out.endpoints.push_back(std::move(endpoint));
    return;
  }
  builder_.complain(folder.metadata->source, folder.metadata->root.span,
                    "the VPC endpoint `" + endpoint.id + "` is described twice",
                    "leave one description; its answers are undecided until then");
  twice->policies.push_back(builder_.attachment(PolicyKind::kEndpoint, nullptr, name));
}

bool CollectedResources::add_account_block(const CollectedFolder& folder, std::string_view kind,
                                           const CollectedFile& file) {
  const bool named = named_as_block(kind);
  if (!named && (file.document == nullptr || !has_setting(file.document->root))) return false;
  Block& block = blocks_[folder.place.id];
  const std::optional<bool> restricted =
      file.document == nullptr ? std::nullopt : restricts(*file.document);
  block.restricts |= restricted.value_or(false);
  if (restricted) return true;
  block.unread = true;
  block.why = file.document == nullptr ? file.why : builder_.last_complaint;
  return true;
}

void CollectedResources::finish() {
  for (KnownResource& resource : builder_.out.resources) {
    const auto found = blocks_.find(resource.account);
    if (found == blocks_.end() || !is_s3(resource)) continue;
    resource.block_public_access |= found->second.restricts;
    if (!found->second.unread || resource.block_public_access || resource.policies.empty())
      continue;
    builder_.last_complaint = found->second.why;
    resource.policies.push_back(
        builder_.attachment(PolicyKind::kResource, nullptr, "policy of " + resource.arn));
  }
}

}  // namespace iamcheck
