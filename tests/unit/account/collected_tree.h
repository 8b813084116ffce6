#pragma once

// A collected account of a few files: a user, a group, a role and a managed policy, a bucket, and
// the organization. Tests replace files of it, or add some.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "small_account.h"

namespace iamcheck::test {

inline const std::string kTree = "iam-data/aws/aws/";
inline const std::string kOwn = "accounts/" + kAccount + "/";
inline const std::string kOrganizationFolder = "organizations/o-1/";
inline const std::string kTeamPolicy = "arn:aws:iam::" + kAccount + ":policy/team";
inline const std::string kFullScp =
    "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess";
inline const std::string kNoPutScp =
    "arn:aws:organizations::999999999999:policy/o-1/service_control_policy/p-noput";

/// By path below the partition's folder.
using Tree = std::map<std::string, std::string>;

inline std::string metadata(const std::string& arn, const std::string& more = "") {
  return R"({"arn": ")" + arn + "\"" + more + "}";
}

inline std::string quoted_list(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts)
    list.append(list.empty() ? "\"" : ", \"").append(text) += '"';
  return "[" + list + "]";
}

inline std::string inline_policy(const std::string& policy) {
  return R"([{"PolicyName": "p", "PolicyDocument": )" + policy + "}]";
}

/// Folder names are not those of the ARNs: nothing may be read off them.
inline Tree small_tree() {
  const std::string group = "arn:aws:iam::" + kAccount + ":group/dev";
  return {
      {kOwn + "metadata.json", R"({"id": "111122223333", "name": "app"})"},
      {kOwn + "iam/user/u1/metadata.json", metadata(user_arn("alice"), R"(, "id": "AIDA1")")},
      {kOwn + "iam/user/u1/groups.json", quoted_list({group})},
      {kOwn + "iam/group/g1/metadata.json", metadata(group)},
      {kOwn + "iam/group/g1/managed-policies.json", quoted_list({kTeamPolicy})},
      {kOwn + "iam/policy/p1/metadata.json", metadata(kTeamPolicy)},
      {kOwn + "iam/policy/p1/current-policy.json", allow("s3:*", "*")},
      {kOwn + "iam/role/r1/metadata.json", metadata(role_arn("ci"))},
      {kOwn + "iam/role/r1/trust-policy.json", trust(R"({"AWS": ")" + user_arn("alice") + "\"}")},
      {kOwn + "iam/role/r1/inline-policies.json", inline_policy(allow("s3:GetObject", "*"))},
      {kOwn + "s3/bucket/b1/metadata.json", metadata("arn:aws:s3:::reports")},
      {kOwn + "s3/bucket/b1/policy.json",
       R"({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*",
           "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::reports/*"}})"},
  };
}

inline Tree with_organization(Tree tree) {
  const std::string& folder = kOrganizationFolder;
  tree[folder + "metadata.json"] =
      R"({"id": "o-1", "rootOu": "r-1", "rootAccountId": "999999999999"})";
  tree[folder + "ous.json"] = R"({"r-1": {"scps": [")" + kFullScp + R"("], "rcps": []},
      "ou-1": {"parent": "r-1", "scps": )" +
                              quoted_list({kFullScp, kNoPutScp}) + R"(, "rcps": []}})";
  tree[folder + "accounts.json"] =
      R"({"111122223333": {"ou": "ou-1", "scps": [")" + kFullScp + R"("], "rcps": []}})";
  tree[folder + "scps/s1/metadata.json"] = metadata(kNoPutScp, R"(, "name": "no-put")");
  tree[folder + "scps/s1/policy.json"] = statement("Deny", "s3:Put*", "*");
  return tree;
}

inline std::vector<AccountFile> files_of(const Tree& tree) {
  std::vector<AccountFile> files;
  for (const auto& [path, text] : tree) files.push_back({kTree + path, text, false, false});
  return files;
}

inline Account read_tree(const Tree& tree) { return Account::read(files_of(tree)); }

/// The tree with one file more, or another text in it.
inline Account read_with(Tree tree, const std::string& path, const std::string& text) {
  tree[path] = text;
  return read_tree(tree);
}
inline Account read_without(Tree tree, const std::string& path) {
  tree.erase(path);
  return read_tree(tree);
}

inline bool says(const Account& account, const std::string& words) {
  for (const AccountProblem& problem : account.problems()) {
    if (problem.error.message.find(words) != std::string::npos) return true;
  }
  return false;
}

/// Whether a problem is in a file whose path ends like this.
inline bool says_in(const Account& account, const std::string& path) {
  for (const AccountProblem& problem : account.problems()) {
    if (problem.source != nullptr && problem.source->name().ends_with(path)) return true;
    if (problem.error.message.find(path) != std::string::npos) return true;
  }
  return false;
}

}  // namespace iamcheck::test
