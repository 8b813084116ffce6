#include "analysis/principals.h"

#include <algorithm>
#include <set>

#include "iamcheck/arn.h"

namespace iamcheck::analysis {
namespace {

constexpr std::string_view kOtherAccount = "999988887777";

std::string last_segment(std::string_view path) {
  return std::string(path.substr(path.rfind('/') + 1));
}

Language exactly(const std::string& text) { return Language(Pattern::exact(text, {})); }
// `text` has no wildcards of its own.
Language beginning_with(const std::string& text) { return Language(Pattern::like(text + "*", {})); }

std::string in_account(std::string_view account) { return "A|" + std::string(account) + "|"; }

bool is_plain(std::string_view text) { return text.find_first_of("*?") == std::string_view::npos; }

std::string role_text(const Arn& arn, std::string_view name) {
  std::string text = in_account(arn.account) + "arn:";
  text.append(arn.partition).append(":iam::").append(arn.account).append(":role/").append(name);
  return text + "|";
}

std::vector<Language> callers_of_arn(std::string_view text, const Arn& arn) {
  std::vector<Language> callers;
  const std::string account = in_account(arn.account);
  if (arn.service == "iam" && arn.resource == "root") {
    callers.push_back(beginning_with(account + "arn:" + std::string(arn.partition) + ":"));
  } else if (arn.service == "iam" && arn.resource.starts_with("role/")) {
    callers.push_back(beginning_with(role_text(arn, last_segment(arn.resource))));
  } else if (arn.service == "sts" && arn.resource.starts_with("assumed-role/")) {
    const std::string_view rest = arn.resource.substr(arn.resource.find('/') + 1);
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) return callers;
    callers.push_back(
        exactly(role_text(arn, rest.substr(0, slash)) + std::string(rest.substr(slash + 1))));
  } else {
    callers.push_back(exactly(account + std::string(text) + "|"));
  }
  return callers;
}

}  // namespace

std::vector<Language> callers_of(const PrincipalEntry& entry, bool federated) {
  using Type = PrincipalEntry::Type;
  const std::string& text = entry.value.value;
  std::vector<Language> callers;
  switch (entry.type) {
    case Type::kEveryone:
      callers.push_back(Language(Pattern::like("*", {})));
      break;
    case Type::kAws:
      if (!is_plain(text)) break;
      if (is_account_id(text)) {
        callers.push_back(beginning_with(in_account(text)));
      } else if (const auto arn = Arn::parse(text)) {
        callers = callers_of_arn(text, *arn);
      }
      break;
    case Type::kService:
      callers.push_back(exactly("S|" + text + "|"));
      break;
    case Type::kFederated:
      if (federated) callers.push_back(exactly("F|" + text + "|"));
      break;
    case Type::kCanonicalUser:
      callers.push_back(exactly("C|" + text + "|"));
      break;
    case Type::kOther:
      break;
  }
  return callers;
}

std::vector<Language> callers_left_alone(const PrincipalElement& element) {
  std::vector<Language> callers;
  std::set<std::string, std::less<>> accounts;
  std::vector<std::string> roles;
  for (const PrincipalEntry& entry : element.entries) {
    if (entry.type == PrincipalEntry::Type::kEveryone) return callers_of(entry, false);
    if (entry.type == PrincipalEntry::Type::kService) callers = callers_of(entry, false);
    if (entry.type != PrincipalEntry::Type::kAws) continue;
    const std::string& text = entry.value.value;
    const auto arn = Arn::parse(text);
    if (is_account_id(text)) accounts.insert(text);
    if (arn && arn->service == "iam" && arn->resource == "root")
      accounts.insert(std::string(arn->account));
    if (arn && arn->service == "iam" && arn->resource.starts_with("role/"))
      roles.push_back(role_text(*arn, last_segment(arn->resource)));
  }
  for (const std::string& account : accounts)
    callers.push_back(exactly(in_account(account) + "arn:aws:iam::" + account + ":root|"));
  for (const PrincipalEntry& entry : element.entries) {
    const auto arn = Arn::parse(entry.value.value);
    if (entry.type != PrincipalEntry::Type::kAws || !arn || !accounts.contains(arn->account))
      continue;
    const bool user = arn->service == "iam" && arn->resource.starts_with("user/");
    const bool federated = arn->service == "sts" && arn->resource.starts_with("federated-user/");
    const bool session = arn->service == "sts" && arn->resource.starts_with("assumed-role/");
    if (!user && !federated && !session) continue;
    for (Language& one : callers_of_arn(entry.value.value, *arn)) {
      const bool role_listed = std::ranges::any_of(
          roles, [&](const std::string& role) { return one.pattern().text().starts_with(role); });
      if (!session || role_listed) callers.push_back(std::move(one));
    }
  }
  return callers;
}

std::vector<std::string> sample_callers(const std::vector<const ValueSet*>& sets) {
  std::vector<std::string> callers = {
      in_account(kOtherAccount) + "arn:aws:iam::" + std::string(kOtherAccount) + ":user/someone|"};
  std::set<std::string> accounts, exact, roles;
  for (const ValueSet* set : sets) {
    for (const Language& one : set->languages) {
      const std::string& text = one.pattern().text();
      if (one.is_everything() || one.open()) continue;
      if (text.starts_with("A|") && text.size() > 15) accounts.insert(text.substr(2, 12));
      if (one.is_single()) {
        exact.insert(text);
      } else if (text.find(":role/") != std::string::npos) {
        roles.insert(text.substr(0, text.size() - 1));
      }
    }
  }
  for (const std::string& role : roles) {
    callers.push_back(role + "session");
    callers.push_back(role);
  }
  callers.insert(callers.end(), exact.begin(), exact.end());
  for (const std::string& account : accounts) {
    for (const std::string_view partition : {"aws", "aws-cn", "aws-us-gov"}) {
      const std::string arn =
          in_account(account) + "arn:" + std::string(partition) + ":iam::" + account;
      callers.push_back(arn + ":user/someone|");
      callers.push_back(arn + ":root|");
    }
  }
  for (const std::string_view other :
       {"S|service.amazonaws.com|", "F|provider.example|", "N||", "C|0000|"})
    callers.emplace_back(other);
  return callers;
}

std::string text_of_caller(const Principal& caller) {
  using Kind = Principal::Kind;
  const std::string role = in_account(caller.account) + "arn:" + caller.partition +
                           ":iam::" + caller.account + ":role/" + caller.name + "|";
  switch (caller.kind) {
    case Kind::kRole:
      return role;
    case Kind::kRoleSession:
      return role + caller.session;
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
      if (session.empty() || !arn) return {std::string(arn_text), true};
      std::string text = "arn:";
      text.append(arn->partition).append(":sts::").append(arn->account).append(":assumed-role/");
      text.append(last_segment(arn->resource)).append("/").append(session);
      return {text, true};
    }
    case 'N':
      return {"*anonymous*", true};
    case 'C':
      return {std::string(body), false};
    default:
      return {std::string(body), true};
  }
}

}  // namespace iamcheck::analysis
