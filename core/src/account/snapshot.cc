#include "account/snapshot.h"

#include <algorithm>
#include <array>

#include "iamcheck/arn.h"

namespace iamcheck {
namespace {

// Resources whose policy decides about what lies in them.
struct Container {
  std::string_view service;
  char separator;
};
constexpr std::array<Container, 3> kContainers = {{
    {"s3", '/'},        // a bucket and its objects
    {"dynamodb", '/'},  // a table and its indexes
    {"logs", ':'},      // a log group and its streams
}};

}  // namespace

char container_separator(std::string_view arn) {
  const std::optional<Arn> parsed = Arn::parse(arn);
  if (!parsed) return 0;
  const auto row = std::ranges::find(kContainers, parsed->service, &Container::service);
  return row == kContainers.end() ? '\0' : row->separator;
}

std::vector<std::size_t> Organization::path_to(const std::string& account) const {
  const auto found = accounts.find(account);
  if (found == accounts.end()) return {};
  std::vector<std::size_t> path = {found->second};
  while (path.back() != 0) path.push_back(levels[path.back()].parent);
  std::reverse(path.begin(), path.end());
  return path;
}

std::string Organization::path_text(const std::string& account) const {
  std::vector<std::size_t> path = path_to(account);
  if (path.empty() || id.empty()) return {};
  path.pop_back();
  // A level without an id is a gap in the path.
  if (std::ranges::any_of(path, [&](std::size_t level) { return levels[level].id.empty(); }))
    return {};
  std::string text = id + "/";
  for (const std::size_t level : path) text += levels[level].id + "/";
  return text;
}

bool Account::Snapshot::levels_unknown(const std::string& account, PolicyKind kind) const {
  if (account.empty()) return false;
  if (organization_unread) return true;
  if (!organization || account == organization->management_account) return false;
  const bool scps = kind == PolicyKind::kScp;
  const bool enabled = scps ? organization->has_scps : organization->has_rcps;
  if (organization->accounts.contains(account)) return organization->partial && !enabled;
  // Of an account of others the RCPs count only where the organization has any: such an account may
  // well lie outside of it.
  return enabled || organization->partial ||
         (!organization->accounts.empty() &&
          (scps || std::ranges::binary_search(account_ids, account)));
}

std::string Account::Snapshot::why_levels_unknown(const std::string& account) const {
  if (organization_unread) return organization_why;
  if (!organization) return {};
  return organization->file + ": " +
         (organization->accounts.contains(account) ? "a part of the organization is not known"
                                                   : "the account is not in the organization");
}

const KnownResource* Account::Snapshot::find_resource(std::string_view arn) const {
  const auto found = std::lower_bound(
      resources.begin(), resources.end(), arn,
      [](const KnownResource& one, std::string_view text) { return one.arn < text; });
  return found != resources.end() && found->arn == arn ? &*found : nullptr;
}

const KnownResource* Account::Snapshot::owner_of(std::string_view arn) const {
  if (const KnownResource* own = find_resource(arn)) return own;
  const char separator = container_separator(arn);
  if (separator == 0) return nullptr;
  const std::size_t resource = arn.size() - Arn::parse(arn).value_or(Arn{}).resource.size();
  for (std::size_t end = arn.find(separator, resource); end != std::string_view::npos;
       end = arn.find(separator, end + 1)) {
    if (const KnownResource* outer = find_resource(arn.substr(0, end))) return outer;
  }
  return nullptr;
}

Attachment Account::Snapshot::stand_in(PolicyKind kind, std::string name, std::string why) const {
  return {stand_ins.at(kind), std::move(name), true, std::move(why)};
}

}  // namespace iamcheck
