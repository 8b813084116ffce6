#include "analysis/principals.h"

#include <algorithm>
#include <set>

#include "analysis/lower_condition.h"
#include "iamcheck/arn.h"

namespace iamcheck::analysis {
namespace {

std::string last_segment(std::string_view path) {
  return std::string(path.substr(path.rfind('/') + 1));
}

Language exactly(const std::string& text) { return Language(Pattern::exact(text, {})); }
// `text` has no wildcards but those meant.
Language like(const std::string& text) { return Language(Pattern::like(text, {})); }

std::string in_account(std::string_view account) { return "A|" + std::string(account) + "|"; }

bool is_plain(std::string_view text) { return text.find_first_of("*?") == std::string_view::npos; }

bool is_root(const Arn& arn) { return arn.service == "iam" && arn.resource == "root"; }
constexpr std::string_view kRole = "role/";
bool is_role(const Arn& arn) { return arn.service == "iam" && arn.resource.starts_with(kRole); }
bool is_user(const Arn& arn) { return arn.service == "iam" && arn.resource.starts_with("user/"); }
bool is_federated_user(const Arn& arn) {
  return arn.service == "sts" && arn.resource.starts_with("federated-user/");
}
bool is_session(const Arn& arn) {
  return arn.service == "sts" && arn.resource.starts_with("assumed-role/");
}

std::string arn_in(std::string_view partition, std::string_view service, std::string_view account) {
  std::string text = "arn:";
  text.append(partition).append(":").append(service).append("::").append(account).append(":");
  return text;
}

std::string role_text(const Arn& arn, std::string_view name) {
  std::string text = in_account(arn.account) + arn_in(arn.partition, "iam", arn.account);
  return text.append("role/").append(name).append("|");
}

std::vector<Language> callers_of_arn(std::string_view text, const Arn& arn, PrincipalPart part) {
  const bool directly = part != PrincipalPart::kThroughOwner;
  const bool through_owner = part != PrincipalPart::kDirect;
  const std::string account = in_account(arn.account);
  std::vector<Language> callers;
  if (is_root(arn)) {
    if (part == PrincipalPart::kAny)
      callers.push_back(like(account + "arn:" + std::string(arn.partition) + ":*"));
  } else if (is_role(arn)) {
    // Sessions have lost the path of their role; the role itself has it (S8.3).
    if (through_owner) {
      callers.push_back(like(role_text(arn, last_segment(arn.resource)) + "?*"));
      callers.push_back(exactly(role_text(arn, arn.resource.substr(kRole.size()))));
    }
  } else if (is_session(arn)) {
    const std::string_view rest = arn.resource.substr(arn.resource.find('/') + 1);
    const std::size_t slash = rest.find('/');
    // Without the name of a session it is nobody.
    if (directly && slash != std::string_view::npos && slash + 1 < rest.size())
      callers.push_back(
          exactly(role_text(arn, rest.substr(0, slash)) + std::string(rest.substr(slash + 1))));
  } else if (is_federated_user(arn)) {
    if (directly) callers.push_back(like(account + std::string(text) + "|*"));
  } else if (is_user(arn)) {
    if (directly) callers.push_back(exactly(account + std::string(text) + "|"));
    // S8.4: sessions of GetFederationToken are their user's, whatever they call themselves.
    if (through_owner)
      callers.push_back(like(account + arn_in(arn.partition, "sts", arn.account) +
                             "federated-user/*|" + std::string(text)));
  }
  return callers;
}

}  // namespace

std::vector<Language> callers_of(const PrincipalEntry& entry, bool federated, PrincipalPart part) {
  using Type = PrincipalEntry::Type;
  const std::string& text = entry.value.value;
  const bool directly = part != PrincipalPart::kThroughOwner;
  std::vector<Language> callers;
  switch (entry.type) {
    case Type::kEveryone:
      if (directly) callers.push_back(like("*"));
      break;
    case Type::kAws:
      if (!is_plain(text)) break;
      if (is_account_id(text)) {
        if (part == PrincipalPart::kAny) callers.push_back(like(in_account(text) + "*"));
      } else if (const auto arn = Arn::parse(text)) {
        callers = callers_of_arn(text, *arn, part);
      }
      break;
    case Type::kService:
      if (directly) callers.push_back(exactly("S|" + text + "|"));
      break;
    case Type::kFederated:
      if (directly && federated) callers.push_back(exactly("F|" + text + "|"));
      break;
    case Type::kCanonicalUser:
      if (directly) callers.push_back(exactly("C|" + text + "|"));
      break;
    case Type::kOther:
      break;
  }
  return callers;
}

namespace {

// An account, in its partition.
std::string account_key(const Arn& arn) {
  return std::string(arn.partition) + ":" + std::string(arn.account);
}

// Users and sessions of whom the account, and the role, are listed too.
void add_wholly_listed(const PrincipalElement& element,
                       const std::set<std::string, std::less<>>& accounts,
                       const std::vector<std::string>& roles, std::vector<Language>& callers) {
  for (const PrincipalEntry& entry : element.entries) {
    const auto arn = Arn::parse(entry.value.value);
    if (entry.type != PrincipalEntry::Type::kAws || entry.value.unresolved || !arn) continue;
    if (!accounts.contains(arn->account) && !accounts.contains(account_key(*arn))) continue;
    if (!is_user(*arn) && !is_federated_user(*arn) && !is_session(*arn)) continue;
    for (Language& one : callers_of_arn(entry.value.value, *arn, PrincipalPart::kDirect)) {
      const bool role_listed = std::ranges::any_of(
          roles, [&](const std::string& role) { return one.pattern().text().starts_with(role); });
      if (!is_session(*arn) || role_listed) callers.push_back(std::move(one));
    }
  }
}

}  // namespace

std::vector<Language> callers_left_alone(const PrincipalElement& element, bool boundary) {
  std::vector<Language> callers;
  std::set<std::string, std::less<>> accounts;  // by id, or with a partition before it
  std::vector<std::string> roles;
  for (const PrincipalEntry& entry : element.entries) {
    const std::string& text = entry.value.value;
    if (entry.value.unresolved || entry.type == PrincipalEntry::Type::kService) {
      callers.push_back(entry.value.unresolved ? unknown_text(text) : exactly("S|" + text + "|"));
      continue;
    }
    if (entry.type == PrincipalEntry::Type::kEveryone) {
      if (!boundary) return {like("*")};
      for (const char* kind : {"S|*", "F|*", "N|*", "C|*", "A|*:root|"})
        callers.push_back(like(kind));
    }
    if (entry.type != PrincipalEntry::Type::kAws) continue;
    const auto arn = Arn::parse(text);
    if (is_account_id(text)) {
      accounts.insert(text);
      callers.push_back(like(in_account(text) + arn_in("*", "iam", text) + "root|"));
    }
    if (arn && is_root(*arn)) {
      accounts.insert(account_key(*arn));
      callers.push_back(exactly(in_account(arn->account) + text + "|"));
    }
    if (arn && is_role(*arn)) roles.push_back(role_text(*arn, last_segment(arn->resource)));
  }
  if (!boundary) add_wholly_listed(element, accounts, roles, callers);
  return callers;
}

namespace {

// What the entries of all policies name, to make callers of.
struct Names {
  std::set<std::string> accounts, partitions, exact, roles, issuers, federated;
  std::set<std::string, std::less<>> parts;  // every name in them

  void read(const std::string& text, bool single) {
    for (std::size_t i = 0, end = 0; i <= text.size(); i = end + 1) {
      end = std::min(text.find_first_of("|/:", i), text.size());
      parts.insert(text.substr(i, end - i));
    }
    if (single) exact.insert(text);
    if (!text.starts_with("A|")) return;
    const std::string rest = text.substr(2);
    const std::size_t bar = rest.find('|');
    if (bar == std::string::npos || !is_account_id(rest.substr(0, bar))) return;
    accounts.insert(rest.substr(0, bar));
    const std::string arn = rest.substr(bar + 1);
    const std::size_t colon = arn.find(':', 4);
    if (colon != std::string::npos && arn.starts_with("arn:") && arn[4] != '*')
      partitions.insert(arn.substr(4, colon - 4));
    if (single) return;
    const std::size_t last = arn.rfind('|');
    if (last == std::string::npos) return;
    if (arn.find(":role/") != std::string::npos) roles.insert(text.substr(0, text.rfind('|') + 1));
    if (const std::size_t at = arn.find(":federated-user/"); at != std::string::npos) {
      if (last + 2 < arn.size()) issuers.insert(arn.substr(last + 1));
      const std::string name = arn.substr(at + 16, last - at - 16);
      if (name != "*") federated.insert(name);
    }
  }
  // A name that no policy knows.
  std::string fresh(std::string name) const {
    while (parts.contains(name)) name += '1';
    return name;
  }
};

// Federated users of every account, with and without the user who issued their session.
void add_federated_users(const Names& names, const std::vector<std::string>& partitions,
                         std::vector<std::string>& callers) {
  for (const std::string& account : names.accounts) {
    for (const std::string& partition : partitions) {
      for (const std::string& name : names.federated) {
        const std::string begin =
            in_account(account) + arn_in(partition, "sts", account) + "federated-user/" + name;
        callers.push_back(begin + "|");
        for (const std::string& issuer : names.issuers) {
          if (issuer.starts_with(arn_in(partition, "iam", account)))
            callers.push_back(std::string(begin).append("|").append(issuer));
        }
      }
    }
  }
}

}  // namespace

std::vector<std::string> sample_callers(const std::vector<const ValueSet*>& sets) {
  Names names;
  for (const ValueSet* set : sets) {
    for (const Language& one : set->languages) {
      if (!one.is_everything() && !one.open()) names.read(one.pattern().text(), one.is_single());
    }
  }
  std::uint64_t other = 999988887777;
  while (names.accounts.contains(std::to_string(other))) --other;
  const std::string user = names.fresh("someone"), session = names.fresh("session");
  const std::string other_arn = arn_in("aws", "iam", std::to_string(other)) + "user/" + user + "|";
  std::vector<std::string> callers = {in_account(std::to_string(other)) + other_arn};
  names.accounts.insert(std::to_string(other));
  for (const std::string& role : names.roles) {
    callers.push_back(role + session);
    callers.push_back(role);
  }
  callers.insert(callers.end(), names.exact.begin(), names.exact.end());
  std::vector<std::string> partitions = {"aws"};
  for (const std::string& one : names.partitions) {
    if (one != "aws") partitions.push_back(one);
  }
  partitions.push_back(names.fresh("aws-iso"));
  for (const std::string& account : names.accounts) {
    for (const std::string& partition : partitions) {
      const std::string begin = in_account(account);
      std::string iam = begin;
      iam += arn_in(partition, "iam", account);
      callers.push_back(std::string(iam).append("user/").append(user).append("|"));
      callers.push_back(std::string(iam).append("root|"));
    }
  }
  names.federated.insert(user);
  add_federated_users(names, partitions, callers);
  for (const std::string_view one :
       {"S|service.amazonaws.com|", "F|provider.example|", "N||", "C|0000|"})
    callers.emplace_back(one);
  return callers;
}

std::string text_of_caller(const Principal& caller) {
  using Kind = Principal::Kind;
  switch (caller.kind) {
    case Kind::kRoleSession:
      return in_account(caller.account) + arn_in(caller.partition, "iam", caller.account) +
             "role/" + caller.name + "|" + caller.session;
    case Kind::kRole:
    case Kind::kUser:
    case Kind::kRoot:
    case Kind::kFederatedSession:
      return in_account(caller.account) + caller.text + "|";
    case Kind::kService:
      return "S|" + caller.text + "|";
    case Kind::kFederatedIdentity:
      return "F|" + caller.text + "|";
    case Kind::kAnonymous:
    case Kind::kOther:
      break;
  }
  return "N||";
}

CallerFields fields_of_caller(std::string_view caller) {
  const std::size_t end = caller.rfind('|');
  const std::string_view session = caller.substr(end + 1);
  const std::string_view body = caller.substr(2, end - 2);
  switch (caller.front()) {
    case 'A': {
      const std::string_view arn_text = body.substr(body.find('|') + 1);
      const auto arn = Arn::parse(arn_text);
      if (session.empty() || !arn) return {std::string(arn_text), {}, true};
      if (is_federated_user(*arn)) return {std::string(arn_text), std::string(session), true};
      std::string text = "arn:";
      text.append(arn->partition).append(":sts::").append(arn->account).append(":assumed-role/");
      text.append(last_segment(arn->resource)).append("/").append(session);
      return {text, {}, true};
    }
    case 'N':
      return {"*anonymous*", {}, true};
    case 'C':
      return {std::string(body), {}, false};
    default:
      return {std::string(body), {}, true};
  }
}

}  // namespace iamcheck::analysis
