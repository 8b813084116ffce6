#include "account/policy_source.h"

#include <utility>

#include "iamcheck/arn.h"
#include "text/edit_distance.h"
#include "text/utf8.h"

namespace iamcheck {
namespace {

constexpr std::string_view kGroup = "group/";

std::string_view name_of(std::string_view text) {
  const std::size_t slash = text.rfind('/');
  return slash == std::string_view::npos ? text : text.substr(slash + 1);
}

std::string account_of(std::string_view arn) {
  return std::string(Arn::parse(arn).value_or(Arn{}).account);
}

// `arn:aws:iam::111122223333:group/path/dev` or `group/dev`.
bool means_group(std::string_view text) {
  const std::optional<Arn> arn = Arn::parse(text);
  return arn ? arn->service == "iam" && arn->resource.starts_with(kGroup)
             : text.starts_with(kGroup);
}

Result<PolicySource> find_group(const Account::Snapshot& snapshot, std::string_view text) {
  const bool whole = Arn::parse(text).has_value();
  std::vector<const std::pair<const std::string, std::vector<Attachment>>*> found;
  std::vector<std::string_view> names;
  for (const auto& entry : snapshot.group_policies) {
    names.push_back(name_of(entry.first));
    if (whole ? entry.first == text : names.back() == text.substr(kGroup.size()))
      found.push_back(&entry);
  }
  if (found.size() == 1)
    return PolicySource{account_of(found[0]->first), std::nullopt, found[0]->second, {}};
  const std::string shown = "`" + escape_hidden(text) + "`";
  if (found.size() > 1)
    return Error{ErrorCode::kInvalidArgument,
                 shown + " is the name of " + std::to_string(found.size()) + " groups",
                 "write the ARN of one, such as " + found[0]->first,
                 {}};
  const std::string near = nearest_name(name_of(text), names);
  return Error{ErrorCode::kUnknownName,
               "the account has no group " + shown,
               near.empty() ? "a group of the account: group/NAME, or its ARN"
                            : "did you mean `group/" + near + "`?",
               {}};
}

}  // namespace

Result<PolicySource> find_policy_source(const Account& account, std::string_view text) {
  const Account::Snapshot& snapshot = account.snapshot();
  if (means_group(text)) return find_group(snapshot, text);
  Result<Caller> caller = account.find_principal(text);
  if (!caller) return caller.error();
  if (caller->position == Caller::kOutside)
    return Error{ErrorCode::kInvalidArgument,
                 "the account has no policies of `" + escape_hidden(text) + "`",
                 "name a user, a group or a role of the account",
                 {}};
  const Carried& carried = snapshot.carried[caller->position];
  const std::string& own = snapshot.principals[caller->position].account;
  return PolicySource{own, *std::move(caller), carried.identity, carried.boundary};
}

}  // namespace iamcheck
