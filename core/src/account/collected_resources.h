#pragma once

// Resources of a collected account: their policies and tags, VPC endpoints, and S3 Block Public
// Access of buckets and accounts.

#include <map>
#include <string>

#include "account/collected_folder.h"

namespace iamcheck {

class CollectedResources {
 public:
  explicit CollectedResources(SnapshotBuilder& builder) : builder_(builder), values_(builder) {}

  void add_resource(const CollectedFolder& folder);
  void add_endpoint(const CollectedFolder& folder);
  /// Block Public Access of an account, when the file is about it: a file that belongs to no
  /// resource.
  bool add_account_block(const CollectedFolder& folder, std::string_view kind,
                         const CollectedFile& file);
  /// Call when all were added.
  void finish();

 private:
  /// RestrictPublicBuckets; nothing and a complaint when the value does not say.
  std::optional<bool> restricts(const Document& document);

  SnapshotBuilder& builder_;
  CollectedValues values_;
  struct Block {
    bool restricts = false;
    bool unread = false;
    std::string why;
  };
  std::map<std::string, Block> blocks_;  // by account
};

}  // namespace iamcheck
