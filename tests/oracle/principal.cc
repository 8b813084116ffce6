#include "principal.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "arn.h"
#include "characters.h"

namespace iamcheck::oracle {
namespace {

using PrincipalEntry =
    std::pair<std::string, std::string>;  // type ("AWS", "Service", ...) and text

std::vector<PrincipalEntry> entries_of(const nlohmann::json& principal) {
  std::vector<PrincipalEntry> entries;
  // S2: a text other than `*` is illegal, and read as {"AWS": it}.
  if (principal.is_string()) entries.emplace_back("AWS", principal.get<std::string>());
  if (principal.is_object()) {
    for (const auto& [type, value] : principal.items()) {
      for (std::string& text : text_list(value)) entries.emplace_back(type, std::move(text));
    }
  }
  return entries;
}

bool is_everyone(const PrincipalEntry& entry) {
  return entry.first == "AWS" && entry.second == "*";
}

// S8.2: `123456789012` or `arn:P:iam::123456789012:root`.
bool names_account(const std::string& text, const Caller& caller) {
  if (caller.account.empty()) return false;
  if (text.size() == 12 && all_digits(text)) return text == caller.account;
  return text == "arn:" + caller.partition + ":iam::" + caller.account + ":root";
}

// S8.3: same partition, account and NAME = last path segment.
bool names_role_of(const std::string& text, const Caller& session) {
  const auto parts = six_parts(text);
  return parts && (*parts)[1] == session.partition && (*parts)[2] == "iam" && (*parts)[3].empty() &&
         (*parts)[4] == session.account && starts_with((*parts)[5], "role/") &&
         split((*parts)[5], '/').back() == session.name;
}

PrincipalMatch match_aws(const std::string& text, const Caller& caller) {
  if (text == "*") return PrincipalMatch::kDirect;  // S8.1
  switch (caller.kind) {
    case CallerKind::kService:
    case CallerKind::kProvider:
    case CallerKind::kAnonymous:
      return PrincipalMatch::kNone;
    case CallerKind::kRoot:
      return names_account(text, caller) ? PrincipalMatch::kDirect : PrincipalMatch::kNone;
    case CallerKind::kUser:
      if (text == caller.text) return PrincipalMatch::kDirect;
      break;
    case CallerKind::kRoleSession:
      if (text == caller.text) return PrincipalMatch::kDirect;
      if (names_role_of(text, caller)) return PrincipalMatch::kSessionRole;
      break;
    case CallerKind::kBareRole:
      if (text == caller.text) return PrincipalMatch::kSessionRole;
      break;
    case CallerKind::kFederatedSession:
      if (text == caller.text) return PrincipalMatch::kDirect;
      if (caller.issuer && text == *caller.issuer) return PrincipalMatch::kSessionUser;
      break;
  }
  return names_account(text, caller) ? PrincipalMatch::kAccount : PrincipalMatch::kNone;
}

PrincipalMatch match_one(const PrincipalEntry& entry, const Caller& caller, PolicyKind kind) {
  const auto& [type, text] = entry;
  if (type == "AWS") return match_aws(text, caller);
  bool direct = false;
  if (type == "Service") direct = caller.kind == CallerKind::kService && text == caller.text;
  // S8.5: Federated only in role trust policies. A provider is an ARN or a name.
  if (type == "Federated" && kind == PolicyKind::kTrust) {
    direct = (caller.kind == CallerKind::kProvider || caller.kind == CallerKind::kService) &&
             text == caller.text;
  }
  return direct ? PrincipalMatch::kDirect : PrincipalMatch::kNone;
}

// S8.6, strict: who is exempt from a Deny with NotPrincipal.
bool is_exempt(const std::vector<PrincipalEntry>& entries, bool has_boundary,
               const Caller& caller) {
  const auto lists = [&](auto&& test) {
    return std::any_of(entries.begin(), entries.end(),
                       [&](const PrincipalEntry& e) { return e.first == "AWS" && test(e.second); });
  };
  const bool lists_self = lists([&](const std::string& text) { return text == caller.text; });
  const bool lists_account =
      lists([&](const std::string& text) { return names_account(text, caller); });
  if (has_boundary && caller.brings_policies()) return false;
  if (std::any_of(entries.begin(), entries.end(), is_everyone)) return true;
  switch (caller.kind) {
    case CallerKind::kUser:
    case CallerKind::kFederatedSession:
      return lists_self && lists_account;
    case CallerKind::kRoleSession:
      return lists_self && lists_account &&
             lists([&](const std::string& text) { return names_role_of(text, caller); });
    case CallerKind::kRoot:
      return lists_account;
    case CallerKind::kService:
      return std::find(entries.begin(), entries.end(), PrincipalEntry("Service", caller.text)) !=
             entries.end();
    case CallerKind::kBareRole:
    case CallerKind::kProvider:
    case CallerKind::kAnonymous:
      return false;
  }
  return false;
}

}  // namespace

PrincipalMatch match_principal(const nlohmann::json& principal, const Caller& caller,
                               PolicyKind kind) {
  PrincipalMatch strongest = PrincipalMatch::kNone;
  for (const PrincipalEntry& entry : entries_of(principal)) {
    strongest = std::max(strongest, match_one(entry, caller, kind));
  }
  return strongest;
}

PrincipalMatch match_not_principal(const nlohmann::json& principal, bool is_deny, bool has_boundary,
                                   const Caller& caller, PolicyKind kind) {
  // Unsupported outside resource and endpoint policies: the statement never matches.
  if (kind != PolicyKind::kResource && kind != PolicyKind::kEndpoint) return PrincipalMatch::kNone;
  const bool covered = is_deny ? !is_exempt(entries_of(principal), has_boundary, caller)
                               : match_principal(principal, caller, kind) == PrincipalMatch::kNone;
  return covered ? PrincipalMatch::kDirect : PrincipalMatch::kNone;
}

PrincipalMatch match_gateway_principal(const nlohmann::json& principal, const Caller& caller) {
  for (const PrincipalEntry& entry : entries_of(principal)) {
    if (is_everyone(entry)) return PrincipalMatch::kDirect;
    if (entry.first == "AWS" && caller.kind == CallerKind::kRoot &&
        names_account(entry.second, caller)) {
      return PrincipalMatch::kDirect;
    }
  }
  return PrincipalMatch::kNone;
}

}  // namespace iamcheck::oracle
