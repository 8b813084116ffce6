#include "iamcheck/context_key.h"

#include <array>

#include "text/letter_case.h"

namespace iamcheck {
namespace {

// Source: IAM User Guide, "AWS global condition context keys". Requests and policies write these
// over and over: their data is made once and lives as long as the program.
constexpr std::array<std::string_view, 45> kGlobalKeys = {
    "aws:AssumedRoot",
    "aws:CalledVia",
    "aws:CalledViaFirst",
    "aws:CalledViaLast",
    "aws:CurrentTime",
    "aws:Ec2InstanceSourcePrivateIPv4",
    "aws:Ec2InstanceSourceVpc",
    "aws:EpochTime",
    "aws:FederatedProvider",
    "aws:MultiFactorAuthAge",
    "aws:MultiFactorAuthPresent",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalIsAWSService",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
    "aws:PrincipalType",
    "aws:RequestedRegion",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:ResourceOrgPaths",
    "aws:SecureTransport",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIdentity",
    "aws:SourceIp",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:SourceVpc",
    "aws:SourceVpcArn",
    "aws:SourceVpce",
    "aws:TagKeys",
    "aws:TokenIssueTime",
    "aws:UserAgent",
    "aws:ViaAWSService",
    "aws:VpcSourceIp",
    "aws:VpceAccount",
    "aws:VpceOrgID",
    "aws:VpceOrgPaths",
    "aws:referer",
    "aws:userid",
    "aws:username",
    "aws:x-amz-source-vpc",
};

}  // namespace

// A hash table of the global keys, less than half full.
class ContextKey::GlobalKeys {
 public:
  GlobalKeys() {
    for (const std::string_view name : kGlobalKeys) {
      const std::size_t hash = hash_lower(name);
      std::size_t slot = hash & kMask;
      while (slots_[slot] != nullptr) slot = (slot + 1) & kMask;
      // Never freed, so that no copy need count: an alias of an empty owner has no counter.
      const auto* data = new Data{std::string(name), to_lower(name), hash};
      slots_[slot] = {std::shared_ptr<const Data>(), data};
    }
  }

  /// Nothing unless the name is spelled as AWS spells it.
  std::shared_ptr<const Data> find(std::string_view name, std::size_t hash) const {
    for (std::size_t slot = hash & kMask; slots_[slot] != nullptr; slot = (slot + 1) & kMask) {
      if (slots_[slot]->name == name) return slots_[slot];
    }
    return nullptr;
  }

 private:
  static constexpr std::size_t kMask = 127;
  std::array<std::shared_ptr<const Data>, kMask + 1> slots_;
};

std::shared_ptr<const ContextKey::Data> ContextKey::data_of(std::string_view name) {
  static const GlobalKeys* const kGlobal = new GlobalKeys;
  const std::size_t hash = hash_lower(name);
  if (auto known = kGlobal->find(name, hash)) return known;
  return std::make_shared<const Data>(Data{std::string(name), to_lower(name), hash});
}

const std::shared_ptr<const ContextKey::Data>& ContextKey::empty() {
  static const auto* const kEmpty = new std::shared_ptr<const Data>(
      std::shared_ptr<const Data>(), new Data{{}, {}, hash_lower({})});
  return *kEmpty;
}

}  // namespace iamcheck
