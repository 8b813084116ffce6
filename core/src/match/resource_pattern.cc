#include <algorithm>

#include "iamcheck/arn.h"
#include "match/pattern_compiler.h"
#include "match/variable.h"

namespace iamcheck {
namespace {

enum class ShortArn { kPadded, kMatchesNothing, kInvalid };

// S6.4, one row per kind of policy.
ShortArn judge_short_arn(std::string_view text, ShortArnRule rule) {
  switch (rule) {
    case ShortArnRule::kPad:
      return ShortArn::kPadded;
    case ShortArnRule::kPadIfWildcard:
      return text.find('*') != std::string_view::npos ? ShortArn::kPadded
                                                      : ShortArn::kMatchesNothing;
    case ShortArnRule::kPadIfStarAtEnd:
      return text.ends_with('*') ? ShortArn::kPadded : ShortArn::kInvalid;
    case ShortArnRule::kInvalid:
      break;
  }
  return ShortArn::kInvalid;
}

}  // namespace

ResourcePattern::ResourcePattern(std::string_view text, Options options) : text_(text) {
  using Wildcards = PatternCompiler::Wildcards;
  if (text == "*") {
    everything_ = true;
    return;
  }
  std::vector<std::string_view> parts = split_arn(text, options.variables);
  invalid_ = !text.starts_with("arn:") || (options.variables && has_early_variable(parts));
  if (invalid_) return;
  if (parts.size() == 6) {
    readings_.push_back(
        Pattern::resource_arn(text, {.variables = options.variables}, options.component_wise));
    return;
  }
  const ShortArn verdict = judge_short_arn(text, options.short_arns);
  invalid_ = verdict == ShortArn::kInvalid;
  if (verdict != ShortArn::kPadded) return;
  // As written (S6.1): only a `*` that crosses colons can reach a full ARN. What the last part
  // covers lies at the end of the request's ARN, in its resource part, so its letters keep their
  // case.
  if (!options.component_wise && text.find('*') != std::string_view::npos) {
    PatternCompiler compiler(text, {});
    compiler.add_arn(parts, Wildcards::kCrossAtTheEnd, Wildcards::kCrossAtTheEnd);
    readings_.push_back(compiler.finish());
  }
  parts.resize(6, "*");
  PatternCompiler compiler(text, {});
  compiler.add_arn(parts, Wildcards::kInsideField, Wildcards::kFree);
  readings_.push_back(compiler.finish());
}

Pattern::Outcome ResourcePattern::match(std::string_view resource,
                                        const VariableScope& scope) const {
  using Outcome = Pattern::Outcome;
  if (everything_) return Outcome::kYes;
  if (readings_.empty()) return Outcome::kNo;
  // A full ARN pattern holds five colons of its own and so never matches less than an ARN.
  if (readings_.size() == 1) return readings_.front().match(resource, scope);
  // A `*` of a short ARN could; S6.5 keeps the text `*` and other texts away from it.
  if (!Arn::parse(resource)) return Outcome::kNo;
  const bool yes = std::any_of(readings_.begin(), readings_.end(),
                               [&](const Pattern& reading) { return reading.matches(resource); });
  return yes ? Outcome::kYes : Outcome::kNo;
}

std::vector<std::string> ResourcePattern::variable_keys() const {
  return readings_.empty() ? std::vector<std::string>() : readings_.front().variable_keys();
}

}  // namespace iamcheck
