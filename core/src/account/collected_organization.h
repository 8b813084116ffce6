#pragma once

// The organization of a collected tree: metadata.json, accounts.json, ous.json and the folders
// scps/ and rcps/.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "account/collected_folder.h"
#include "account/folder_reader.h"

namespace iamcheck {

/// Fills `Snapshot::organization`. What cannot be read makes its levels unknown, or all of them.
class CollectedOrganization {
 public:
  CollectedOrganization(SnapshotBuilder& builder, FolderReader& folder)
      : builder_(builder), values_(builder), folder_(folder) {}

  /// A folder of the organization, itself or one below it.
  void add(const CollectedFolder& folder);
  /// Call once, when all principals are known.
  void finish();

 private:
  struct Policies {
    std::shared_ptr<const Policy> policy;
    std::string name;
    std::string why;  // there is none
  };
  struct Unit {
    const Node* node = nullptr;
    std::string parent;
  };

  void add_policy(const CollectedFolder& folder);
  bool read_metadata(const Document& document);
  void read_units(const Document& document);
  void read_accounts(const Document& document);
  std::size_t place(const std::string& unit);
  std::size_t add_level(const Document& document, const Node* node, const std::string& id,
                        std::size_t parent);
  void make_unknown(OrganizationLevel& level);
  void read_attached(const Document& document, const Node& node, std::size_t position,
                     PolicyKind kind);
  Attachment attached(const Document& document, const CollectedArn& arn, PolicyKind kind);
  void settle(PolicyKind kind);
  void leave(const Document& document, Span span, const std::string& message);
  Organization& organization() {
    auto& known = builder_.out.organization;
    return known ? *known : known.emplace();
  }

  SnapshotBuilder& builder_;
  CollectedValues values_;
  FolderReader& folder_;
  std::vector<const CollectedFolder*> own_folders_;
  std::map<std::string, Policies> policies_;  // by ARN
  std::shared_ptr<const Document> metadata_, units_file_;
  std::map<std::string, Unit> units_;
  std::map<std::string, std::size_t> levels_;  // of units, by id
  std::string root_;
  // Levels that say nothing about a type of policy, and where.
  struct Gap {
    std::size_t position = 0;
    std::shared_ptr<const Source> source;
    Span span;
  };
  struct Type {
    std::vector<Gap> gaps;
    bool attached = false;  // somewhere there is one
  };
  std::map<PolicyKind, Type> types_;
};

}  // namespace iamcheck
