// Who is meant by a name.
#include <algorithm>
#include <vector>

#include "account/snapshot.h"
#include "iamcheck/arn.h"
#include "text/edit_distance.h"

namespace iamcheck {
namespace {

using Kind = Principal::Kind;

std::string_view last_segment(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool is_kind(const AccountPrincipal& principal, std::string_view kind) {
  return kind.empty() || (kind == "user") == (principal.kind == AccountPrincipal::Kind::kUser);
}

// What somebody typed, taken apart: `role/ci`, `role/ci/run7`, `assumed-role/ci/run7`, `alice`.
struct Wanted {
  std::string kind;     // `user`, `role` or empty
  std::string name;     // the last segment
  std::string path;     // `/app/`, where one was given
  std::string session;  // of assumed-role
};

Wanted take_apart(std::string_view text) {
  Wanted wanted;
  if (text.starts_with("assumed-role/")) {
    text.remove_prefix(13);
    const std::size_t slash = text.find('/');
    wanted.kind = "role";
    wanted.name = text.substr(0, slash);
    if (slash != std::string_view::npos) wanted.session = text.substr(slash + 1);
    return wanted;
  }
  for (const std::string_view kind : {"user", "role"}) {
    if (text.starts_with(kind) && text.substr(kind.size()).starts_with('/')) {
      wanted.kind = kind;
      text.remove_prefix(kind.size() + 1);
    }
  }
  const std::size_t slash = text.rfind('/');
  if (slash != std::string_view::npos) wanted.path = "/" + std::string(text.substr(0, slash + 1));
  wanted.name = last_segment(text);
  return wanted;
}

class Search {
 public:
  explicit Search(const Account::Snapshot& snapshot) : snapshot_(snapshot) {}

  std::vector<std::size_t> by_name(const Wanted& wanted, std::string_view account) const {
    std::vector<std::size_t> found;
    const auto [begin, end] = snapshot_.by_name.equal_range(wanted.name);
    for (auto one = begin; one != end; ++one) {
      const AccountPrincipal& principal = snapshot_.principals[one->second];
      const std::string tail = wanted.path + wanted.name;
      if (is_kind(principal, wanted.kind) && principal.arn.ends_with(tail) &&
          (account.empty() || principal.account == account))
        found.push_back(one->second);
    }
    return found;
  }

  bool has_account(std::string_view id) const {
    return std::ranges::binary_search(snapshot_.account_ids, id);
  }

  Error unknown(std::string_view text, const Wanted& wanted) const {
    std::vector<std::string> names;
    for (const AccountPrincipal& principal : snapshot_.principals) {
      if (is_kind(principal, wanted.kind)) names.push_back(principal.name);
    }
    const std::vector<std::string_view> views(names.begin(), names.end());
    const std::string near = nearest_name(wanted.name, views);
    std::string help = "a user or role of the account: a name, user/NAME, role/NAME, an ARN";
    if (!near.empty()) {
      const auto found = snapshot_.by_name.find(near);
      help = "did you mean `" + snapshot_.principals[found->second].short_name() + "`?";
    }
    return {ErrorCode::kUnknownName,
            "the account has no principal `" + std::string(text) + "`",
            std::move(help),
            {}};
  }

  Error ambiguous(std::string_view text, const std::vector<std::size_t>& found) const {
    std::string help = "write one of:";
    for (std::size_t i = 0; i < std::min<std::size_t>(found.size(), 5); ++i)
      help += " " + snapshot_.principals[found[i]].arn;
    return {ErrorCode::kInvalidArgument,
            "`" + std::string(text) + "` is the name of " + std::to_string(found.size()) +
                " principals",
            std::move(help),
            {}};
  }

  Caller caller(std::size_t position, const std::string& session) const {
    const AccountPrincipal& principal = snapshot_.principals[position];
    Caller caller;
    caller.position = position;
    caller.principal = principal.arn;
    if (!session.empty()) {
      const Arn arn = Arn::parse(principal.arn).value_or(Arn{});
      caller.principal = "arn:" + std::string(arn.partition) + ":sts::" + principal.account +
                         ":assumed-role/" + principal.name + "/" + session;
      caller.role_arn = principal.arn;
    }
    return caller;
  }

 private:
  const Account::Snapshot& snapshot_;
};

}  // namespace

Result<Caller> Account::find_principal(std::string_view text) const {
  const Search search(*snapshot_);
  Principal parsed = Principal::parse(text);
  Wanted wanted;
  std::string account;
  switch (parsed.kind) {
    case Kind::kUser:
    case Kind::kRole:
      if (const auto known = snapshot_->by_arn.find(parsed.text); known != snapshot_->by_arn.end())
        return search.caller(known->second, "");
      if (!search.has_account(parsed.account)) return Caller{parsed.text, "", Caller::kOutside};
      wanted.kind = parsed.kind == Kind::kUser ? "user" : "role";
      wanted.name = parsed.name;
      return search.unknown(text, wanted);
    case Kind::kRoleSession:
      if (!search.has_account(parsed.account)) return Caller{parsed.text, "", Caller::kOutside};
      wanted = {"role", parsed.name, "", parsed.session};
      account = parsed.account;
      break;
    case Kind::kFederatedIdentity:
      // A name with a dot may be a provider or a user.
      wanted = take_apart(text);
      if (search.by_name(wanted, "").empty()) return Caller{parsed.text, "", Caller::kOutside};
      break;
    case Kind::kRoot:
    case Kind::kService:
    case Kind::kFederatedSession:
    case Kind::kAnonymous:
      return Caller{parsed.text, "", Caller::kOutside};
    case Kind::kOther:
      wanted = take_apart(text);
      break;
  }
  std::vector<std::size_t> found = search.by_name(wanted, account);
  if (found.size() > 1) return search.ambiguous(text, found);
  if (found.size() == 1) return search.caller(found[0], wanted.session);
  // `role/ci/run7`: the last segment may be a session.
  if (wanted.kind != "user" && !wanted.path.empty()) {
    const std::string role = wanted.path.substr(1, wanted.path.size() - 2);
    Wanted of_role = take_apart(role);
    of_role.kind = "role";
    found = search.by_name(of_role, account);
    if (found.size() == 1) return search.caller(found[0], wanted.name);
  }
  return search.unknown(text, wanted);
}

}  // namespace iamcheck
