#pragma once

// Users, groups, roles and managed policies of a collected account.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "account/collected_folder.h"

namespace iamcheck {

/// Give it all managed policies, then all groups, then instance profiles, then users and roles.
class CollectedPrincipals {
 public:
  explicit CollectedPrincipals(SnapshotBuilder& builder);

  void add_managed(const CollectedFolder& folder);
  void add_group(const CollectedFolder& folder);
  void add_instance_profile(const CollectedFolder& folder);
  void add_principal(const CollectedFolder& folder, AccountPrincipal::Kind kind);

 private:
  struct Managed {
    std::shared_ptr<const Policy> policy;
    std::string why;  // there is none
    std::string text;
  };
  struct Group {
    std::vector<Attachment> policies;
    std::vector<std::string> managed_arns;
  };
  // What hangs on a principal or group itself.
  struct Own {
    std::vector<Attachment> attachments;
    std::vector<std::string> managed_arns;
  };

  std::shared_ptr<const Policy> managed(const Document& document, const CollectedArn& arn);
  Attachment managed_attachment(const Document& document, const CollectedArn& arn,
                                const std::string& through, PolicyKind kind);
  void read_inline(const CollectedFolder& folder, const std::string& owner, Own& own);
  Own read_own(const CollectedFolder& folder, const std::string& owner, const std::string& through);
  std::vector<Attachment> read_boundary(const CollectedFolder& folder, const std::string& owner);
  void read_groups_of(const CollectedFolder& folder, AccountPrincipal& user, Carried& carried);
  void read_trust(const CollectedFolder& folder, const std::string& owner, Carried& carried);
  void add_profiles(const CollectedFolder& folder, AccountPrincipal& role, Carried& carried);
  bool is_new(const CollectedFolder& folder);

  SnapshotBuilder& builder_;
  CollectedValues values_;
  std::map<std::string, Managed> managed_;                    // by ARN
  std::map<std::string, Group> groups_;                       // by ARN
  std::map<std::string, std::vector<std::string>> profiles_;  // of a role: by its ARN
  std::map<std::string, bool> profiles_known_;                // of an account
  std::map<std::string, std::size_t> known_;                  // position of a principal by ARN
};

}  // namespace iamcheck
