// What policies of resources should not say, and what a bucket policy should.
#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>

#include "iamcheck/arn.h"
#include "lint/action_cover.h"
#include "lint/context.h"
#include "lint/insertion.h"
#include "lint/principal_places.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

// `*` or `service:*`
bool takes_whole_service(const Text& action) {
  if (!is_literal(action)) return false;
  const ActionPattern pattern(action.value);
  return pattern.matches_everything() ||
         (!pattern.service().empty() && is_everything(ActionText(action.value).name));
}

// The accounts themselves, whose administrators say which of their people may.
bool is_for_accounts(const Statement& statement) {
  return statement.principal && !statement.principal->entries.empty() &&
         std::ranges::all_of(statement.principal->entries, is_account);
}

bool is_for_everybody(const Statement& statement) {
  return statement.principal && std::ranges::any_of(statement.principal->entries, is_everyone);
}

// ---- Locking out ----

// What changes the policy of a resource, and so what a Deny must not take from everybody.
struct RepairAction {
  std::string_view service;
  std::string_view action;
};
constexpr std::array<RepairAction, 8> kRepairActions = {{
    {"s3", "s3:PutBucketPolicy"},
    {"kms", "kms:PutKeyPolicy"},
    {"sqs", "sqs:SetQueueAttributes"},
    {"sns", "sns:SetTopicAttributes"},
    {"secretsmanager", "secretsmanager:PutResourcePolicy"},
    {"ecr", "ecr:SetRepositoryPolicy"},
    {"elasticfilesystem", "elasticfilesystem:PutFileSystemPolicy"},
    {"backup", "backup:PutBackupVaultAccessPolicy"},
}};

// The ARN of a bucket has no slash; that of an object has one.
bool may_be_bucket(const Text& resource) {
  return resource.unresolved || resource.value.find('/') == std::string::npos;
}

bool is_about_resource_itself(const Statement& statement, std::string_view service) {
  if (service != "s3") return true;
  if (statement.resource) return std::ranges::any_of(statement.resource->values, may_be_bucket);
  return statement.not_resource &&
         std::ranges::none_of(statement.not_resource->values, may_be_bucket);
}

const RepairAction* locked(const Statement& statement, std::string_view service) {
  for (const RepairAction& row : kRepairActions) {
    if (!service.empty() && row.service != service) continue;
    if (covers_action(statement, row.action) && is_about_resource_itself(statement, row.service))
      return &row;
  }
  return nullptr;
}

// ---- Secure transport ----

bool denies_plain_http(const Statement& statement) {
  if (statement.effect != Effect::kDeny) return false;
  return std::ranges::any_of(condition_places(statement), [](const ConditionPlace& place) {
    const auto& values = place.entry.values;
    const bool off = std::ranges::any_of(values, [](const Text& value) {
      return value.unresolved || equals_ignoring_case(value.value, "false");
    });
    return (equals_ignoring_case(place.entry.key.value, "aws:SecureTransport") && off) ||
           equals_ignoring_case(place.entry.key.value, "s3:TlsVersion") ||
           place.entry.key.unresolved || place.entry.condition_operator.unresolved;
  });
}

// The ARN of the one bucket that the policy is about; empty when it names more, or none.
std::string bucket_of(const Policy& policy) {
  std::set<std::string> buckets;
  for (const ListEntry& entry : resource_entries(policy)) {
    const auto arn = Arn::parse(entry.text.value);
    if (!is_literal(entry.text) || !arn || arn->service != "s3" || !arn->account.empty()) return "";
    const std::string_view name = arn->resource.substr(0, arn->resource.find('/'));
    if (name.find_first_of("*?\\\"") != std::string_view::npos) return "";
    buckets.insert("arn:" + std::string(arn->partition) + ":s3:::" + std::string(name));
  }
  return buckets.size() == 1 ? *buckets.begin() : std::string();
}

std::string denial_of_plain_http(const std::string& bucket) {
  return R"({"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [")" + bucket +
         R"(", ")" + bucket + R"(/*"], "Condition": {"Bool": {"aws:SecureTransport": "false"}}})";
}

}  // namespace

void check_resource_policy_wildcard_action(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!is_grant(statement)) continue;
    for (const ListEntry& entry : entries_of(statement, "Action", statement.action)) {
      if (!takes_whole_service(entry.text)) continue;
      const ActionPattern pattern(entry.text.value);
      const bool accounts = is_for_accounts(statement);
      // AWS writes this into each key policy: without it nobody could administer the key.
      if (accounts && pattern.service() == "kms") continue;
      Finding& finding = context.report(
          entry.text.span, path_of(policy, entry),
          pattern.matches_everything()
              ? std::string("every action on the resource is allowed")
              : "every action of " + quoted(pattern.service()) + " on the resource is allowed");
      if (accounts) {
        finding.severity = Severity::kNote;
      } else if (has_condition(statement)) {
        finding.severity = Severity::kWarning;
      }
      finding.notes.emplace_back("that includes deleting the resource and changing this policy");
      finding.help = "list the actions that are needed";
    }
  }
}

void check_resource_policy_notaction(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!is_grant(statement) || !statement.not_action || statement.action) continue;
    Finding& finding =
        context.report(statement.not_action->name_span, path_of(policy, statement) + ".NotAction",
                       "every action on the resource but the listed ones is allowed");
    finding.notes.emplace_back("actions that AWS adds later are allowed too");
    finding.help = "list in `Action` what is allowed, or keep `NotAction` for a Deny";
  }
}

void check_s3_policy_lockout(RuleContext& context) {
  const Policy& policy = context.policy();
  const std::string service = service_of(policy);
  for (const Statement& statement : policy.statements) {
    if (statement.effect != Effect::kDeny || has_condition(statement) ||
        statement.condition_malformed || !is_for_everybody(statement)) {
      continue;
    }
    const RepairAction* row = locked(statement, service);
    if (row == nullptr) continue;
    Span span = statement.span;
    std::string path = path_of(policy, statement);
    if (!statement.action && statement.not_action) {
      span = statement.not_action->name_span;
      path += ".NotAction";
    }
    for (const ListEntry& entry : entries_of(statement, "Action", statement.action)) {
      if (entry.text.unresolved || !ActionPattern(entry.text.value).matches(row->action)) continue;
      span = entry.text.span;
      path = path_of(policy, entry);
      break;
    }
    Finding& finding =
        context.report(span, path,
                       "nobody may change this policy any more: " + quoted(row->action) +
                           " is denied to everybody");
    finding.notes.emplace_back(row->service == "s3"
                                   ? "only the root user of the account can remove it again"
                                   : "only AWS can help then, or the root user of the account");
    finding.help =
        "leave the action out, or spare the administrators with a condition such as "
        "`ArnNotLike` on `aws:PrincipalArn`";
  }
}

void check_s3_no_secure_transport(RuleContext& context) {
  const Policy& policy = context.policy();
  if (service_of(policy) != "s3") return;
  const bool open = std::ranges::any_of(policy.statements, [](const Statement& statement) {
    return statement.expression.has_value();
  });
  if (open || std::ranges::any_of(policy.statements, denies_plain_http)) return;
  Finding& finding =
      context.report(policy.span, "", "the bucket policy does not deny requests without TLS");
  finding.help = "deny `s3:*` for everybody where `aws:SecureTransport` is false";
  const std::string bucket = bucket_of(policy);
  if (bucket.empty() || !policy.statement_is_list) return;
  const auto edit = insertion_at_end(policy, policy.statement_span, denial_of_plain_http(bucket));
  if (edit) finding.fix = Fix{false, "deny requests without TLS", {*edit}};
}

}  // namespace iamcheck
