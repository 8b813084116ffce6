#pragma once

// The folder tree that iam-collect writes: `aws/PARTITION/accounts/ID/.../KIND.json` and
// `aws/PARTITION/organizations/ID/...`.
//
// Written from what the public documentation of that layout was remembered to say. Only the folder
// of an account or organization is read off a path; what lies below it is told by the `arn` in its
// metadata.json, because the segments between may be lower-cased and differ by service.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/account.h"

namespace iamcheck {

/// Where a file of such a tree lies.
struct CollectedPlace {
  enum class Area : std::uint8_t { kAccount, kOrganization };
  Area area = Area::kAccount;
  std::string root;    ///< up to the partition: `iam-data/aws/aws`
  std::string id;      ///< of the account or organization
  std::string folder;  ///< the file's folder, as it was given
  std::string inner;   ///< the folder below that of the account or organization: `iam/role/ci`
  std::string kind;    ///< the name of the file without `.json`, in lower case
};

/// Which of some files lie in such a tree.
class CollectedLayout {
 public:
  /// A tree is known by a metadata.json in the folder of an account or below it, or by one of the
  /// three files of an organization.
  explicit CollectedLayout(const std::vector<AccountFile>& files);

  /// Nothing for a file of no such tree.
  std::optional<CollectedPlace> place_of(std::string_view path) const;
  /// A file that no answer depends on: the indexes of a tree.
  bool is_index(std::string_view path) const;

 private:
  std::set<std::string, std::less<>> roots_;
};

}  // namespace iamcheck
