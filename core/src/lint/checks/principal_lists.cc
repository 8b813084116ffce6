// What lists of principals come to: entries that others cover, and lists of those who are left out.
// Source: IAM User Guide, "AWS JSON policy elements: NotPrincipal"; IAM Access Analyzer policy
// check reference, "Redundant principal".
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "iamcheck/arn.h"
#include "lint/context.h"
#include "lint/principal_places.h"

namespace iamcheck {
namespace {

// `partition:account:name` of the role behind a session, and of a role without its path: the ARN of
// a session does not have the path.
std::string role_of_session(const Arn& arn) {
  constexpr std::string_view kSession = "assumed-role/";
  if (arn.service != "sts" || !arn.resource.starts_with(kSession)) return "";
  const std::string_view rest = arn.resource.substr(kSession.size());
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos) return "";
  return std::string(arn.partition) + ":" + std::string(arn.account) + ":" +
         std::string(rest.substr(0, slash));
}

std::string name_of_role(const Arn& arn) {
  if (arn.service != "iam" || !arn.resource.starts_with("role/")) return "";
  return std::string(arn.partition) + ":" + std::string(arn.account) + ":" +
         std::string(arn.resource.substr(arn.resource.rfind('/') + 1));
}

// Who covers whom in one element of one statement.
class Coverage {
 public:
  Coverage(const Statement& statement, bool as_aws)
      : deny_(statement.effect == Effect::kDeny), as_aws_(as_aws) {}

  void add(const PrincipalPlace& place) {
    const PrincipalEntry& entry = place.entry;
    if (is_everyone(entry) && everyone_ == nullptr) everyone_ = &entry;
    if (entry.type != PrincipalEntry::Type::kAws || !is_literal(entry.value)) return;
    if (is_account(entry)) accounts_.emplace(account_of(entry), &entry);
    if (const auto arn = Arn::parse(entry.value.value)) {
      const std::string role = name_of_role(*arn);
      if (!role.empty()) roles_.emplace(role, &entry);
    }
  }

  // In an Allow only what gives the same to the covered one counts: named directly, somebody needs
  // no policy of their own, while the root of an account stands for those who have one.
  const PrincipalEntry* coverer(const PrincipalPlace& place) const {
    const PrincipalEntry& entry = place.entry;
    if (everyone_ != nullptr && everyone_ != &entry && !as_aws_ && !is_everyone(entry))
      return everyone_;
    if (entry.type != PrincipalEntry::Type::kAws || !is_literal(entry.value)) return nullptr;
    if (const auto arn = Arn::parse(entry.value.value)) {
      const auto role = roles_.find(role_of_session(*arn));
      if (role != roles_.end()) return role->second;
    }
    if (!deny_ || as_aws_ || is_account(entry)) return nullptr;
    const auto account = accounts_.find(account_of(entry));
    return account == accounts_.end() ? nullptr : account->second;
  }

 private:
  bool deny_;
  bool as_aws_;
  const PrincipalEntry* everyone_ = nullptr;
  std::map<std::string_view, const PrincipalEntry*> accounts_;
  std::map<std::string, const PrincipalEntry*> roles_;
};

// What the list of a Deny with NotPrincipal lacks: a session is spared only if it is listed with
// its role and its account.
void explain_carve_out(const Statement& statement, Finding& finding) {
  std::set<std::string_view> whole;
  for (const PrincipalEntry& entry : statement.not_principal->entries) {
    if (is_account(entry)) whole.insert(account_of(entry));
  }
  for (const PrincipalEntry& entry : statement.not_principal->entries) {
    const std::string_view account = account_of(entry);
    if (account.empty() || whole.contains(account)) continue;
    finding.notes.push_back("account " + std::string(account) + " is not listed beside " +
                            quoted(entry.value.value) +
                            ", which is therefore denied as part of its account");
    return;
  }
}

}  // namespace

void check_redundant_principal(RuleContext& context) {
  const Policy& policy = context.policy();
  const bool as_aws = context.profile() == Profile::kAccessAnalyzer;
  if (as_aws && context.kind() != PolicyKind::kTrust) return;
  for (const Statement& statement : policy.statements) {
    const std::vector<PrincipalPlace> places = principal_places(policy, statement);
    Coverage coverage(statement, as_aws);
    for (const PrincipalPlace& place : places) {
      if (place.element == "Principal") coverage.add(place);
    }
    for (const PrincipalPlace& place : places) {
      if (place.element != "Principal") continue;
      const PrincipalEntry* by = coverage.coverer(place);
      if (by == nullptr) continue;
      Finding& finding = context.report(
          place.entry.value.span, path_of(policy, place),
          quoted(place.entry.value.value) + " is covered by " + quoted(by->value.value));
      finding.related.push_back({by->value.span, "covers it", true});
      finding.help = "delete the entry";
      if (const auto edit = deletion_of(policy, place))
        finding.fix = Fix{false, "delete the entry", {*edit}};
    }
  }
}

void check_allow_notprincipal(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!is_grant(statement) || !statement.not_principal) continue;
    Finding& finding = context.report(statement.not_principal->name_span,
                                      path_of(policy, statement) + ".NotPrincipal",
                                      "everybody but the listed is allowed in");
    finding.notes.emplace_back("that includes other accounts, and callers without one");
    finding.help = "name in `Principal` who is meant";
  }
}

void check_deny_notprincipal(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (statement.effect != Effect::kDeny || !statement.not_principal) continue;
    const auto& listed = statement.not_principal->entries;
    const bool everyone = std::ranges::any_of(listed, is_everyone);
    Finding& finding = context.report(statement.not_principal->name_span,
                                      path_of(policy, statement) + ".NotPrincipal",
                                      everyone ? "the Deny spares everybody, and so denies nothing"
                                               : "a Deny for all but the listed principals");
    if (!everyone) explain_carve_out(statement, finding);
    finding.help =
        "write `\"Principal\": \"*\"` with `ArnNotLike` on `aws:PrincipalArn`, which knows the "
        "sessions of a role and later roles by a pattern";
  }
}

}  // namespace iamcheck
