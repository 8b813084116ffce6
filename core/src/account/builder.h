#pragma once

// What the readers of all inputs share: the pool of policies, and the list of problems.

#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "account/snapshot.h"
#include "iamcheck/document.h"

namespace iamcheck {

class SnapshotBuilder {
 public:
  SnapshotBuilder(Account::Snapshot& snapshot, const Limits& bounds)
      : out(snapshot), limits(bounds) {}

  Account::Snapshot& out;
  const Limits& limits;

  void complain(const std::shared_ptr<const Source>& source, Span span, std::string message,
                std::string help, ErrorCode code = ErrorCode::kNotAPolicy);
  /// The last complaint with its place: why whatever is left unread then is.
  std::string last_complaint;
  /// Sets a flag of the snapshot, and why: the first reason is kept.
  void leave_unread(bool Account::Snapshot::* flag, std::string Account::Snapshot::* why,
                    std::string reason);

  /// The policy in a value of `document`: an object, or a text that holds JSON, URL-encoded or not.
  /// Spans of a text are those of a source of its own, named `dump.json#` and `place`, because they
  /// lie behind an encoding. Complains and returns null when there is no policy.
  std::shared_ptr<const Policy> read_policy(const Document& document, const Node& value,
                                            const std::string& place);
  /// Takes a policy into the pool.
  Attachment pooled(PolicyKind kind, std::shared_ptr<const Policy> policy, std::string name,
                    bool aws_managed = false);
  /// `policy`, or a stand-in when it is null; `last_complaint` says why.
  Attachment attachment(PolicyKind kind, std::shared_ptr<const Policy> policy, std::string name,
                        bool aws_managed = false);

  // Members of an object. A member of the wrong type is complained about and counts as missing;
  // `clean` tells that this did not happen.
  /// Empty when the member is missing.
  std::string text(const Document& document, const Node& object, std::string_view name);
  const std::vector<Node>& list(const Document& document, const Node& object,
                                std::string_view name);
  /// Says members that are none of `known`, and members that stand twice; true when there are none.
  bool check_members(const Document& document, const Node& object,
                     std::initializer_list<std::string_view> known);
  std::vector<AccountTag> tags(const Document& document, const Node& object, std::string_view name);
  /// `object` is tags by key; in time that grows with their number.
  std::vector<AccountTag> tags_by_key(const Document& document, const Node& object);
  bool clean = true;

 private:
  std::string text_of(const Document& document, const Node& value, std::string_view name);
  bool check_statements(const Policy& policy, const std::shared_ptr<const Source>& source,
                        const std::string& place);
  void note_tag_keys(const Policy& policy);

  std::map<std::pair<const Policy*, PolicyKind>, std::size_t> known_;
};

}  // namespace iamcheck
