// Rights over the policy of a resource in the hands of who has no right to the resource itself.
#include <algorithm>
#include <array>
#include <string_view>

#include "catalogue/action_ranges.h"
#include "lint/exposure_of_actions.h"

namespace iamcheck {
namespace {

// Whoever may do the first can give themselves, or everybody, the second.
struct Detour {
  std::string_view through;
  std::string_view to;
};
constexpr std::array<Detour, 19> kDetours = {{
    {"backup:PutBackupVaultAccessPolicy", "backup:StartRestoreJob"},
    {"dynamodb:PutResourcePolicy", "dynamodb:GetItem"},
    {"ecr:SetRepositoryPolicy", "ecr:BatchGetImage"},
    {"elasticfilesystem:PutFileSystemPolicy", "elasticfilesystem:ClientMount"},
    {"glacier:SetVaultAccessPolicy", "glacier:GetJobOutput"},
    {"kinesis:PutResourcePolicy", "kinesis:GetRecords"},
    {"kms:CreateGrant", "kms:Decrypt"},
    {"kms:PutKeyPolicy", "kms:Decrypt"},
    {"lambda:AddPermission", "lambda:InvokeFunction"},
    {"s3:PutAccessPointPolicy", "s3:GetObject"},
    {"s3:PutBucketAcl", "s3:ListBucket"},
    {"s3:PutBucketPolicy", "s3:GetObject"},
    {"s3:PutLifecycleConfiguration", "s3:DeleteObject"},
    {"s3:PutObjectAcl", "s3:GetObject"},
    {"secretsmanager:PutResourcePolicy", "secretsmanager:GetSecretValue"},
    {"sns:AddPermission", "sns:Publish"},
    {"sns:SetTopicAttributes", "sns:Publish"},
    {"sqs:AddPermission", "sqs:ReceiveMessage"},
    {"sqs:SetQueueAttributes", "sqs:ReceiveMessage"},
}};

ActionRanges allowed_somewhere(const PolicyGrants& grants) {
  ActionRangesBuilder all;
  for (const AllowGrant& grant : grants.allows()) all.add(grant.actions);
  return all.take();
}

}  // namespace

void check_resource_policy_escalation(RuleContext& context) {
  const PolicyGrants& grants = context.grants();
  const ActionRanges allowed = allowed_somewhere(grants);
  for (const Detour& detour : kDetours) {
    const auto through = context.catalogue().find_action(detour.through);
    const auto to = context.catalogue().find_action(detour.to);
    if (!through || !to || !contains(allowed, through->id()) || contains(allowed, to->id()))
      continue;
    for (const AllowGrant& grant : grants.allows()) {
      if (has_condition(*grant.statement) || !contains(grant.actions, through->id())) continue;
      const auto entry = std::ranges::find_if(grant.entries, [&](const EntryGrant& one) {
        return contains(one.actions, through->id());
      });
      if (entry == grant.entries.end()) continue;
      const ListEntry place = action_entry(grant, *entry);
      Finding& finding = context.report(
          entry->text->span, path_of(context.policy(), place),
          quoted(detour.through) + " gives what the policy does not: " + quoted(detour.to));
      finding.notes.emplace_back(
          "whoever writes the policy of a resource can write themselves, or everybody, into it");
      finding.help = "leave the policies of resources to who owns them, or name the resources";
      break;
    }
  }
}

}  // namespace iamcheck
