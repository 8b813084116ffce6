#pragma once

// What a snapshot holds. The readers fill it, questions only read it.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "iamcheck/account.h"

namespace iamcheck {

/// A policy of the pool, as somebody carries it.
struct Attachment {
  std::size_t pooled = 0;
  std::string name;      ///< `ReadLogs`, `ReadLogs via group/dev`, `inline of role/ci: deploy`
  bool unread = false;   ///< stands for a policy that could not be read
  std::string why = {};  ///< of one that is unread: the place and the problem; empty: not known
  // What AWS's simulator calls it.
  std::string policy_name = {};  ///< `ReadLogs`, wherever it hangs
  std::string source_type = {};  ///< user, group, role: inline; aws-managed, user-managed
};

/// The policies of one principal.
struct Carried {
  std::vector<Attachment> identity;
  std::vector<Attachment> boundary;
  std::vector<Attachment> trust;  ///< of a role
  /// The input would say it if a role were in an instance profile.
  bool profiles_known = true;
};

/// A root, an organizational unit or an account.
struct OrganizationLevel {
  std::string id;
  std::size_t parent = 0;  ///< the root is its own parent
  std::vector<Attachment> scps;
  std::vector<Attachment> rcps;
};

struct Organization {
  std::string file;  ///< that describes it
  std::string id;
  std::string management_account;
  bool has_scps = false;  ///< this type of policy is enabled
  bool has_rcps = false;
  /// Somewhere a part could not be read: types of policy and accounts that are not seen here may
  /// still be there.
  bool partial = false;
  std::vector<OrganizationLevel> levels;                  // the root first
  std::unordered_map<std::string, std::size_t> accounts;  // position in `levels`

  /// Root first; empty for an account that is not in it.
  std::vector<std::size_t> path_to(const std::string& account) const;
  /// `o-1/r-1/ou-1/`, as aws:PrincipalOrgPaths has it: without the account.
  std::string path_text(const std::string& account) const;
};

struct KnownResource {
  std::string arn;
  std::string account;
  bool tags_known = false;
  std::vector<AccountTag> tags;
  std::vector<Attachment> policies;
  /// Without policies there is none; otherwise nobody said so.
  bool policy_known = true;
  bool block_public_access = false;
};

struct KnownEndpoint {
  std::string id;
  EndpointKind kind = EndpointKind::kInterface;
  std::vector<Attachment> policies;
};

struct Account::Snapshot {
  PolicySet pool;  ///< every policy once for each kind it is used as
  std::vector<AccountPrincipal> principals;
  std::vector<Carried> carried;  // as `principals`
  std::unordered_map<std::string, std::size_t> by_arn;
  std::multimap<std::string, std::size_t> by_name;
  std::vector<std::string> account_ids;
  std::optional<Organization> organization;
  std::vector<KnownResource> resources;  // sorted by ARN
  std::vector<KnownEndpoint> endpoints;
  // Some input could not be read, and it may have been, or be about, any of these.
  bool organization_unread = false;  ///< every account has SCPs and RCPs that nobody knows
  bool resources_unread = false;     ///< a resource that is not described may have a policy
  bool endpoints_unread = false;     ///< likewise
  // The place and the problem that first made them so.
  std::string organization_why;
  std::string resources_why;
  std::string endpoints_why;
  /// Managed policies by ARN, and the ARNs of who carries them.
  std::map<std::string, std::vector<std::string>> carriers;
  std::map<std::string, std::vector<std::string>> group_arns;     // of a user's ARN
  std::map<std::string, std::vector<Attachment>> group_policies;  // by the group's ARN
  std::vector<AccountProblem> problems;
  /// Tag keys that some policy asks for: what a principal or resource does not have is known to be
  /// absent.
  std::set<std::string> asked_principal_tags;
  std::set<std::string> asked_resource_tags;
  /// Stand-ins for policies of a kind that could not be read, in the pool.
  std::map<PolicyKind, std::size_t> stand_ins;

  /// Whether the SCPs or RCPs (`kind`) of this account are not, or not wholly, known: nobody could
  /// read them, or the organization does not list the account.
  bool levels_unknown(const std::string& account, PolicyKind kind) const;
  /// Why, as far as it is known.
  std::string why_levels_unknown(const std::string& account) const;
  const KnownResource* find_resource(std::string_view arn) const;
  /// The resource whose policy decides about `arn`: itself, or the bucket of an object.
  const KnownResource* owner_of(std::string_view arn) const;
  /// A stand-in of a kind that questions need even when nothing was unread.
  Attachment stand_in(PolicyKind kind, std::string name, std::string why = {}) const;
};

/// What stands between a resource and those in it whose access its policy decides: `/` behind a
/// bucket. 0: nothing lies in such a resource.
char container_separator(std::string_view arn);

}  // namespace iamcheck
