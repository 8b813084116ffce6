#pragma once

// The layout that iam-collect writes, as a source of a snapshot. docs/account.md says what is read
// of it, and that it is read from its public description.

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "account/collected_folder.h"
#include "account/collected_principals.h"
#include "account/collected_resources.h"
#include "account/folder_reader.h"

namespace iamcheck {

/// Takes files in any order, then puts together what belongs together.
class CollectedReader {
 public:
  CollectedReader(SnapshotBuilder& builder, FolderReader& folder)
      : builder_(builder), values_(builder), folder_(folder) {}

  void add(const CollectedPlace& place, const std::shared_ptr<const Document>& document);
  /// A file that could not be read, which was said.
  void add_unread(const CollectedPlace& place, std::string why);
  /// Call when all files of all kinds were added, and the dumps are finished.
  void finish();

 private:
  void add_file(const CollectedPlace& place, const CollectedFile& file);
  void identify(CollectedFolder& folder);
  void say_nameless(const CollectedFolder& folder, const CollectedFile& file);
  void read_unidentified(const CollectedFolder& folder, CollectedResources& resources);

  SnapshotBuilder& builder_;
  CollectedValues values_;
  FolderReader& folder_;
  std::map<std::string, CollectedFolder> folders_;  // by path
};

}  // namespace iamcheck
