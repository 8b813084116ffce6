#pragma once

// Two versions of files, and the policies in them, paired by place.

#include <optional>
#include <string>
#include <vector>

#include "iamcheck/policy.h"
#include "iamcheck/result.h"

namespace iamcheck::cli {

/// Two versions of one file; no text: it is not there.
struct FilePair {
  std::string old_name, new_name;
  std::string new_path;  ///< of the newer version in the working tree, or below the repository
  std::optional<std::string> old_text, new_text;
  bool named = false;  ///< one by one, so that each version is meant to be a policy
};

/// Two versions of one policy; an empty one where there is none.
struct PolicyPair {
  std::string old_name, new_name;  ///< with the place in the file: `stack.json Resources.Role`
  std::string new_path;
  Policy before, after;
  PolicyKind kind = PolicyKind::kIdentity;  ///< what the place or the content tells
};

/// A version that cannot be read: the policies of it were not compared.
struct UnreadVersion {
  std::string name;
  Error error;
  std::string_view text;  ///< of the file, which must outlive this
};

struct PolicyPairs {
  std::vector<PolicyPair> pairs;
  std::vector<UnreadVersion> unread;
};

/// The policies that differ, in the order of the newer version; of named files all. A policy that
/// stands in one version alone is paired with none, unless something of the other one is unread.
PolicyPairs pair_policies(const FilePair& files);

}  // namespace iamcheck::cli
