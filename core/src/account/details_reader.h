#pragma once

// `aws iam get-account-authorization-details`. Source: IAM API Reference,
// "GetAccountAuthorizationDetails".

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "account/builder.h"

namespace iamcheck {

/// Takes pages in any order, then puts together what belongs together: groups and managed policies
/// may stand on later pages than the users that refer to them.
class DetailsReader {
 public:
  explicit DetailsReader(SnapshotBuilder& builder) : builder_(builder) {}

  static bool looks_like_details(const Node& root);
  void add_page(const std::shared_ptr<const Document>& document);
  void finish();

 private:
  // An entry of one of the four lists. Two with one name are one if they say the same.
  struct Entry {
    std::shared_ptr<const Document> document;
    const Node* node = nullptr;
    bool disputed = false;
    std::string why;  // it is disputed
  };
  struct Managed {
    std::shared_ptr<const Policy> policy;
    std::string why;  // there is none
  };

  void collect(const std::shared_ptr<const Document>& document, std::string_view list,
               std::string_view key, std::string_view form, std::vector<Entry>& entries);
  void read_principal(const Entry& entry, AccountPrincipal::Kind kind);
  void read_group(const Entry& entry);
  void read_managed(const Entry& entry);
  std::vector<Attachment> inline_policies(const Entry& entry, std::string_view list,
                                          const std::string& owner);
  std::vector<Attachment> managed_policies(const Entry& entry, const std::string& through);
  std::vector<Attachment> boundary_of(const Entry& entry, const std::string& owner);
  std::shared_ptr<const Policy> managed(const Entry& entry, const Node& place,
                                        const std::string& arn);
  void read_groups_of(const Entry& entry, AccountPrincipal& user, Carried& carried);

  struct Group {
    std::string arn;
    std::vector<Attachment> policies;
    std::vector<std::string> managed_arns;
  };

  SnapshotBuilder& builder_;
  std::vector<Entry> users_, groups_, roles_, policies_;
  std::unordered_map<std::string, std::pair<std::size_t, std::size_t>> seen_;  // name: list, index
  std::unordered_map<std::string, Managed> managed_;                           // by ARN
  std::unordered_map<std::string, Group> group_by_name_;                       // account and name
  std::vector<std::string> attached_arns_;  // of the last managed_policies()
  std::size_t pages_ = 0;
  std::size_t truncated_pages_ = 0;
  std::shared_ptr<const Source> last_source_;
  Span last_truncated_;
};

}  // namespace iamcheck
