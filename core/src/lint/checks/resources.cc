// The form of resource ARNs. AWS accepts much that looks odd (`arn:*:`, the account `aws`, S3 with
// no region and account), so only what can never match is reported here.
#include "iamcheck/arn.h"
#include "lint/context.h"
#include "lint/written_variable.h"
#include "text/edit_distance.h"

namespace iamcheck {
namespace {

constexpr std::size_t kArnParts = 6;

bool starts_open(std::string_view text) {
  // A wildcard or a variable in front may stand for `arn:` itself.
  return text.starts_with("*") || text.starts_with("?") || text.starts_with("${");
}

}  // namespace

void check_arn_prefix(RuleContext& context) {
  for (const ListEntry& entry : resource_entries(context.policy())) {
    const std::string_view text = entry.text.value;
    if (entry.text.unresolved || text.starts_with("arn:") || starts_open(text)) continue;
    if (is_left_open(context, text)) continue;
    const std::string what = text.empty() ? std::string("an empty text") : quoted(text);
    Finding& finding = context.report(entry.text.span, path_of(context.policy(), entry),
                                      what + " is neither `*` nor an ARN");
    finding.notes.emplace_back("an entry that does not begin with `arn:` matches no resource");
    const bool upper = edit_distance(text.substr(0, 4), "arn:", 0) == 0u;
    finding.help = upper ? "write `arn:` in small letters"
                         : "write the whole ARN, such as `arn:aws:s3:::bucket/*`";
  }
}

void check_arn_fields(RuleContext& context) {
  const bool as_aws = context.profile() == Profile::kAccessAnalyzer;
  for (const ListEntry& entry : resource_entries(context.policy())) {
    const std::string_view text = entry.text.value;
    if (entry.text.unresolved || !text.starts_with("arn:")) continue;
    const std::size_t parts = split_arn(text, true).size();
    if (parts >= kArnParts) continue;
    // A star may run on over colons, which AWS does not count on; and what a placeholder stands for
    // is not known.
    const bool open = !as_aws && text.find('*') != std::string_view::npos;
    if (open || is_left_open(context, text)) continue;
    Finding& finding = context.report(
        entry.text.span, path_of(context.policy(), entry),
        quoted(text) + " has " + std::to_string(parts) + " of the 6 parts of an ARN");
    finding.help =
        "write `arn:partition:service:region:account:resource`; region and account may be "
        "empty, their colons stay";
  }
}

}  // namespace iamcheck
