#pragma once

// One folder of a collected tree, and how its values are read.
//
// The shapes are known from descriptions, so names of members are compared without case, `_` and
// `-`, and a list of ARNs may hold objects that have one. What has none of the known shapes is
// complained about, and is never taken for an empty one.

#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "account/builder.h"
#include "account/collected_layout.h"

namespace iamcheck {

struct CollectedFile {
  std::shared_ptr<const Document> document;  ///< null: it could not be read
  std::string why;                           ///< then
};

struct CollectedFolder {
  CollectedPlace place;
  std::map<std::string, CollectedFile, std::less<>> files;  ///< by kind
  std::string arn;                                          ///< of metadata.json; empty: none
  std::shared_ptr<const Document> metadata;                 ///< set when `arn` is

  bool has(std::string_view kind) const { return files.contains(kind); }
};

/// A value that stands for an ARN, and where it stands.
struct CollectedArn {
  std::string text;  ///< empty: it could not be read, which was complained about
  const Node* node = nullptr;
};

/// Reads values for a builder, which gets the complaints.
class CollectedValues {
 public:
  explicit CollectedValues(SnapshotBuilder& builder) : builder_(builder) {}

  /// The member with one of `names` (each a `plain_name`); null when there is none. Two of
  /// them are complained about.
  const Node* member(const Document& document, const Node& object,
                     std::initializer_list<std::string_view> names);
  /// Empty when there is none; complains about one that is no text.
  std::string text(const Document& document, const Node& object,
                   std::initializer_list<std::string_view> names);
  /// `"arn:..."` or an object with an ARN in it. Complains when there is none.
  CollectedArn arn(const Document& document, const Node& value);
  /// A list of them; null is an empty one. Complains when it is no list.
  std::vector<CollectedArn> arns(const Document& document, const Node& value);
  /// The file of this kind. Null when there is none, and when it could not be read: then the
  /// builder is not clean, and `last_complaint` says why.
  std::shared_ptr<const Document> file(const CollectedFolder& folder, std::string_view kind);
  /// The policy in the file of one of these kinds; `found` says whether there is such a file and it
  /// does not say `null`. Null and `last_complaint` when it cannot be read.
  std::shared_ptr<const Policy> policy(const CollectedFolder& folder,
                                       std::initializer_list<std::string_view> kinds,
                                       const std::string& place, bool& found);
  /// `tags.json`: an object, or a list of keys and values.
  std::vector<AccountTag> tags(const CollectedFolder& folder);
  /// Complains about each file that is none of `known` and may hold, or attach, a policy; whether
  /// there was one.
  bool has_unknown_policies(const CollectedFolder& folder,
                            std::initializer_list<std::string_view> known);

 private:
  SnapshotBuilder& builder_;
};

/// Whether a file of a kind that is not known may hold, or attach, a policy.
bool may_hold_policy(std::string_view kind, const CollectedFile& file);
/// Whether something in the value looks like a policy document or like the ARN of a policy.
bool speaks_of_policies(const Node& value);
/// `name` without what spellings differ in: in lower case, without `_` and `-`.
std::string plain_name(std::string_view name);

}  // namespace iamcheck
