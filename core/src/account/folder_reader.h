#pragma once

// The files of ours beside the dump: organization.json, resources, VPC endpoints. docs/account.md
// describes them, docs/schema/account-*.schema.json holds them.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "account/builder.h"

namespace iamcheck {

class FolderReader {
 public:
  explicit FolderReader(SnapshotBuilder& builder) : builder_(builder) {}

  static bool looks_like_organization(const Node& root);
  static bool looks_like_resource(const Node& root);
  static bool looks_like_endpoint(const Node& root);

  /// A file that an organization may name.
  void add_policy_file(const std::shared_ptr<const Document>& document);
  void add_organization(const std::shared_ptr<const Document>& document);
  void add_resource(const Document& document, const Node& node);
  void add_endpoint(const Document& document, const Node& node);
  /// A file, or a part of one, that was complained about already: what it may have been is open.
  void add_unread(const std::string& path, std::string_view text);
  /// The SCPs and RCPs of every account are not known, or the policies of whatever is not
  /// described.
  void leave_organization(std::string why);
  void leave_resources(std::string why);
  void leave_endpoints(std::string why);
  /// Whether a file that describes one was added.
  bool has_organization() const { return organization_ != nullptr; }
  /// Complains about accounts with principals that the organization, which `document` describes,
  /// does not list.
  void say_unlisted_accounts(const Document& document);
  /// Call when all files were added. Complains about files that nothing uses.
  void finish();

 private:
  using Policies = std::vector<Attachment>;

  void read_organization(const Document& document);
  void read_tree(const Document& document, const Node& root);
  void read_account(const Document& document, const Node& node, std::size_t parent);
  void fill_gaps();
  std::size_t read_level(const Document& document, const Node& node, std::size_t parent,
                         bool account);
  void make_unknown(OrganizationLevel& level);
  bool read_policies(const Document& document, const Node& node, std::string_view member,
                     PolicyKind kind, Policies& policies);
  std::shared_ptr<const Policy> named_policy(const Document& document, const Node& entry,
                                             std::string& name);

  struct PolicyFile {
    std::shared_ptr<const Document> document;
    std::shared_ptr<const Policy> policy;
    std::string why;  // it is no policy
    bool read = false;
    bool used = false;
  };
  // A file that nobody could place.
  struct Unread {
    std::string why;
    bool named = false;  // organization.json names it
  };

  SnapshotBuilder& builder_;
  std::map<std::string, PolicyFile> policy_files_;  // by path
  std::map<std::string, Unread> unread_;            // by path
  std::map<std::string, const Node*> account_nodes_;
  Organization& organization() {
    auto& known = builder_.out.organization;
    return known ? *known : known.emplace();
  }

  std::shared_ptr<const Document> organization_;
  std::vector<std::pair<std::size_t, Span>> without_scps_, without_rcps_;
};

}  // namespace iamcheck
