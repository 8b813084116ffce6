// Values that name something of AWS's and are not written as its names are. Patterns, variables and
// placeholders are not judged.
#include <algorithm>
#include <array>
#include <string>

#include "iamcheck/arn.h"
#include "iamcheck/suggestion.h"
#include "lint/condition_values.h"
#include "lint/context.h"
#include "lint/regions.h"
#include "lint/written_variable.h"

namespace iamcheck {
namespace {

constexpr std::array<std::string_view, 2> kRegionKeys = {"aws:RequestedRegion", "ec2:Region"};
constexpr std::array<std::string_view, 3> kAccountKeys = {
    "aws:SourceAccount", "aws:ResourceAccount", "aws:PrincipalAccount"};
constexpr std::array<std::string_view, 3> kOrganizationKeys = {
    "aws:PrincipalOrgID", "aws:ResourceOrgID", "aws:SourceOrgID"};
constexpr std::array<std::string_view, 3> kPathKeys = {
    "aws:PrincipalOrgPaths", "aws:ResourceOrgPaths", "aws:SourceOrgPaths"};
// Keys whose values are the ARNs of KMS keys, by their documentation.
constexpr std::array<std::string_view, 8> kKmsKeys = {
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "s3express:x-amz-server-side-encryption-aws-kms-key-id",
    "sagemaker:OutputKmsKey",
    "sagemaker:VolumeKmsKey",
    "comprehend:ModelKmsKey",
    "comprehend:OutputKmsKey",
    "comprehend:VolumeKmsKey",
    "comprehend:DataLakeKmsKey"};

// A value of one of the keys under a String or Arn operator that is wholly written out.
template <typename Visit>
void for_each_name(RuleContext& context, std::span<const std::string_view> keys, Visit visit) {
  for (const ConditionValuePlace& value : condition_values(context.policy())) {
    const ConditionFamily family = value.base.family;
    if (family != ConditionFamily::kString && family != ConditionFamily::kArn) continue;
    if (!has_any_key(value.place, keys)) continue;
    const std::string& text = value.text.value;
    if (has_variable_or_wildcard(text) || is_left_open(context, text)) continue;
    visit(value, std::string_view(text));
  }
}

std::string shown(std::string_view text) {
  return text.empty() ? std::string("an empty text") : quoted(text);
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }
bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_lower_or_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); }

// `vpc-` and 8 or 17 hexadecimal digits; to Access Analyzer letters and digits of any kind.
bool is_resource_id(std::string_view text, std::string_view prefix, bool as_aws) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return (text.size() == 8 || text.size() == 17) &&
         std::ranges::all_of(text, as_aws ? is_alphanumeric : is_hex);
}

void report_resource_id(RuleContext& context, std::string_view key, std::string_view prefix,
                        std::string_view what) {
  const std::array<std::string_view, 1> keys = {key};
  const bool as_aws = context.profile() == Profile::kAccessAnalyzer;
  for_each_name(context, keys, [&](const ConditionValuePlace& value, std::string_view text) {
    if (is_resource_id(text, prefix, as_aws)) return;
    Finding& finding = context.report(value.text.span, path_of(context.policy(), value),
                                      shown(text) + " is not the id of " + std::string(what));
    finding.help = "an id is `" + std::string(prefix) + "` and 8 or 17 digits of 0-9 and a-f";
  });
}

bool is_organization_id(std::string_view text) {
  if (!text.starts_with("o-")) return false;
  text.remove_prefix(2);
  return text.size() >= 10 && text.size() <= 32 && std::ranges::all_of(text, is_lower_or_digit);
}

// `o-.../r-.../ou-.../`: organization, root, and units from the top down.
bool is_organization_path(std::string_view text) {
  for (std::size_t part = 0; !text.empty(); ++part) {
    const std::size_t slash = text.find('/');
    // Without the last slash another unit whose id begins so would match under `StringLike` only.
    if (slash == std::string_view::npos) return false;
    const std::string_view id = text.substr(0, slash);
    if (part == 0 ? !is_organization_id(id) : !id.starts_with(part == 1 ? "r-" : "ou-"))
      return false;
    text.remove_prefix(slash + 1);
  }
  return true;
}

bool is_kms_key_arn(std::string_view text) {
  const auto arn = Arn::parse(text);
  return arn && arn->service == "kms" && arn->resource.starts_with("key/");
}

}  // namespace

void check_region_value(RuleContext& context) {
  for_each_name(context, kRegionKeys, [&](const ConditionValuePlace& value, std::string_view text) {
    if (is_region(text)) return;
    Finding& finding = context.report(value.text.span, path_of(context.policy(), value),
                                      shown(text) + " is no AWS region");
    if (context.full()) return;
    const auto near = suggest_region(text);
    finding.help = near.empty() ? "write a region such as `eu-west-1`" : did_you_mean(near);
    if (!looks_like_region(text)) return;
    // AWS opens a few regions a year.
    finding.confidence = Confidence::kMedium;
    finding.notes.emplace_back("unless it has been opened since this version was released");
  });
}

void check_vpc_format(RuleContext& context) {
  report_resource_id(context, "aws:SourceVpc", "vpc-", "a VPC");
}

void check_vpce_format(RuleContext& context) {
  report_resource_id(context, "aws:SourceVpce", "vpce-", "a VPC endpoint");
}

void check_kms_key_value(RuleContext& context) {
  for_each_name(context, kKmsKeys, [&](const ConditionValuePlace& value, std::string_view text) {
    if (is_kms_key_arn(text)) return;
    Finding& finding =
        context.report(value.text.span, path_of(context.policy(), value),
                       shown(text) + " is not the ARN of a KMS key, which " +
                           quoted(value.place.entry.key.value) + " has as its value");
    finding.notes.emplace_back("a key id alone or an alias never equals it");
    finding.help = "write `arn:aws:kms:region:account:key/key-id`";
  });
}

void check_account_id_value(RuleContext& context) {
  for_each_name(
      context, kAccountKeys, [&](const ConditionValuePlace& value, std::string_view text) {
        // What requests without credentials have (S10.1).
        if (is_account_id(text) || text == "anonymous") return;
        Finding& finding = context.report(value.text.span, path_of(context.policy(), value),
                                          shown(text) + " is no account id");
        finding.help = "an account id has twelve digits, with zeros in front where it begins so";
      });
}

void check_org_id_value(RuleContext& context) {
  for_each_name(
      context, kOrganizationKeys, [&](const ConditionValuePlace& value, std::string_view text) {
        if (is_organization_id(text)) return;
        Finding& finding = context.report(value.text.span, path_of(context.policy(), value),
                                          shown(text) + " is no id of an organization");
        finding.help = "an id is `o-` and 10 to 32 of the characters a-z and 0-9";
      });
  for_each_name(context, kPathKeys, [&](const ConditionValuePlace& value, std::string_view text) {
    if (!text.empty() && is_organization_path(text)) return;
    Finding& finding = context.report(value.text.span, path_of(context.policy(), value),
                                      shown(text) + " is no path in an organization");
    finding.help = "a path is `o-.../r-.../ou-.../`, with a slash at its end";
  });
}

}  // namespace iamcheck
