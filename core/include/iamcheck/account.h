#pragma once

// A snapshot of one or more accounts: who is in them, and which policies hang where.
//
// It is read from the output of `aws iam get-account-authorization-details`, and, where there is
// more to know, from files that say what that output does not: the organization with its SCPs and
// RCPs, resource-based policies, tags, VPC endpoint policies. docs/account.md describes them, and
// the folders that iam-collect writes, which are read too.
//
// ```cpp
// auto account = iamcheck::Account::read({{"dump.json", R"({"UserDetailList": [{"UserName":
// "alice",
//     "Arn": "arn:aws:iam::111122223333:user/alice", "UserId": "AIDAEXAMPLE"}]})"}});
// iamcheck::Result<iamcheck::Caller> alice = account.find_principal("alice");
// iamcheck::RequestFields fields;
// fields.action = "s3:GetObject";
// fields.resource = "arn:aws:s3:::b/k";
// iamcheck::AccountQuestion question = account.ask(*alice, fields);
// iamcheck::Decision decision = iamcheck::evaluate(question.policies, question.request);
// ```

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/account_answer.h"
#include "iamcheck/call.h"
#include "iamcheck/evaluate.h"
#include "iamcheck/limits.h"
#include "iamcheck/policy_set.h"
#include "iamcheck/request.h"
#include "iamcheck/result.h"
#include "iamcheck/source.h"

namespace iamcheck {

/// One input. `path` is what people see, and what organization.json refers to: relative to the
/// folder of the snapshot, with `/`.
struct AccountFile {
  std::string path;
  std::string bytes;
  /// It is there and could not be read: what it may hold is unknown, and answers say so.
  bool unread = false;
  /// It is a symbolic link, which was not followed. Counts only where a collected layout would have
  /// a file or folder of that name: its place is known, and what it says is not.
  bool link = false;
};

struct AccountTag {
  std::string key;
  std::string value;
};

/// A user or a role.
struct AccountPrincipal {
  enum class Kind : std::uint8_t { kUser, kRole };
  Kind kind = Kind::kUser;
  std::string arn;
  std::string name;
  std::string account;
  std::string id;  ///< UserId or RoleId; empty when the dump has none
  std::vector<std::string> groups;
  std::vector<AccountTag> tags;
  std::vector<std::string> instance_profiles;  ///< ARNs
  std::shared_ptr<const Source> source;
  Span span;

  /// `user/alice`, `role/ci`: without the path.
  std::string short_name() const;
};

/// A principal as somebody named it.
struct Caller {
  static constexpr std::size_t kOutside = ~std::size_t{0};
  std::string principal;  ///< ARN, service name or `*anonymous*`, as `RequestFields::principal`
  std::string role_arn;   ///< of a session: the role, with its path
  /// Position in `Account::principals()`; `kOutside` for root users, services and principals of
  /// accounts that are not in the snapshot.
  std::size_t position = kOutside;
};

/// A request with everything about it that the snapshot knows.
struct AccountQuestion {
  Request request{RequestFields{}};
  PolicySet policies;
  /// Policies that count and could not be read, by name: the answer is Undecided where it hangs on
  /// them.
  std::vector<std::string> unread;
  /// Of each of them, `FILE:LINE:COLUMN: what is wrong there`; empty where there is no such place:
  /// what an account that is not in the snapshot attaches, say.
  std::vector<std::string> unread_reasons;
  /// What was taken for granted about the question, for people.
  std::vector<std::string> assumptions;

  /// What was not read and why, as warnings for the asker.
  std::vector<DecisionWarning> warnings() const;
};

struct AccountOptions {
  Limits limits;
};

/// Immutable; copies share, and reading is safe from many threads.
class Account {
 public:
  /// Never fails: what cannot be used stands in `problems()`. The kind of each file is told by its
  /// content; what is none of ours is a problem too, but for policy files that organization.json
  /// names.
  static Account read(std::vector<AccountFile> files, const AccountOptions& options = {});

  /// Sorted by ARN.
  const std::vector<AccountPrincipal>& principals() const;
  /// Ids of the accounts that the dumps describe, sorted.
  const std::vector<std::string>& account_ids() const;
  const std::vector<AccountProblem>& problems() const;

  /// `alice`, `user/alice`, `role/path/ci`, `role/ci/session`, an ARN, an account id, a service
  /// principal, `*anonymous*`. Errors: `unknown-name` with the nearest name, `invalid-argument` for
  /// a name that several principals have.
  Result<Caller> find_principal(std::string_view text) const;

  /// All layers for one question. `fields` brings action, resource, context and whatever else the
  /// asker knows; what is set in it wins over what the snapshot says. Policies are shared, not
  /// compiled.
  AccountQuestion ask(const Caller& caller, RequestFields fields) const;
  /// The same for each unit of a call: it brings the resource-based policies, RCPs and tags of its
  /// own resource. Errors: those of `split_call`. `decide_units` decides.
  Result<std::vector<UnitQuestion>> ask_call(const Caller& caller, const Call& call,
                                             const Catalogue& catalogue) const;
  /// The policies alone.
  PolicySet policies_for(const Caller& caller, const RequestFields& fields) const;

  /// Opaque to users.
  struct Snapshot;
  const Snapshot& snapshot() const { return *snapshot_; }

 private:
  explicit Account(std::shared_ptr<const Snapshot> snapshot) : snapshot_(std::move(snapshot)) {}
  std::shared_ptr<const Snapshot> snapshot_;
};

}  // namespace iamcheck
