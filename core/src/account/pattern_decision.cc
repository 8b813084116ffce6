#include "account/pattern_decision.h"

#include <algorithm>
#include <set>
#include <utility>

#include "account/borders.h"
#include "account/narrowed.h"
#include "iamcheck/arn.h"
#include "match/overlap.h"
#include "text/utf8.h"

namespace iamcheck {
namespace {

// Comparing two patterns takes the product of their lengths.
constexpr std::size_t kMaxPatternBytes = 2048;
constexpr std::size_t kMaxSteps = 1'000'000'000;
constexpr std::size_t kMaxPartSteps = 200'000'000;
constexpr std::size_t kMaxParts = 64;

std::size_t text_bytes(const PolicySet& policies) {
  std::size_t bytes = 0;
  for (const AttachedPolicy& attached : policies.policies()) {
    for (const Statement& statement : attached.policy->statements) {
      for (const auto* element : {&statement.resource, &statement.not_resource}) {
        if (!*element) continue;
        for (const Text& value : (*element)->values) bytes += value.value.size() + 1;
      }
    }
  }
  return bytes;
}

// What the answers for all sides have in common.
Decision common(Decision a, const Decision& b) {
  if (a.kind == b.kind) return a;
  const auto refused = [](DecisionKind kind) {
    return kind == DecisionKind::kImplicitlyDenied || kind == DecisionKind::kExplicitlyDenied;
  };
  if (refused(a.kind) && refused(b.kind)) return a.kind == DecisionKind::kImplicitlyDenied ? a : b;
  a.missing_context.insert(a.missing_context.end(), b.missing_context.begin(),
                           b.missing_context.end());
  std::ranges::sort(a.missing_context);
  const auto doubles = std::ranges::unique(a.missing_context);
  a.missing_context.erase(doubles.begin(), doubles.end());
  a.kind = DecisionKind::kUndecided;
  a.decided_by.reset();
  a.also.reset();
  return a;
}

Decision decide_sides(const PolicySet& narrowed, const RequestFields& fields,
                      const std::vector<std::string>& sides, const EvaluateOptions& options) {
  Decision all;
  all.kind = DecisionKind::kUndecided;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    Decision one = evaluate(narrowed, Request(asking_about(fields, sides[i])), options);
    all = i == 0 ? std::move(one) : common(std::move(all), one);
  }
  if (all.kind == DecisionKind::kUndecided && all.missing_context.empty())
    all.cause = DecisionCause::kPatternOpen;
  if (all.kind == DecisionKind::kUndecided && !all.missing_context.empty())
    all.cause = DecisionCause::kUnknownKeys;
  return all;
}

// Resource entries inside the pattern, and what lies behind a border.
std::set<std::string> parts_of(const PolicySet& policies, const std::string& asked,
                               const std::vector<std::string>& sides) {
  std::set<std::string> parts;
  const auto add = [&](const std::string& part) {
    if (part != asked && part.find("${") == std::string::npos && Arn::parse(part) &&
        overlap_of(asked, part, false) == Overlap::kAll)
      parts.insert(part);
  };
  // An object for a bucket's sake is no part that somebody would name.
  if (Arn::parse(asked).value_or(Arn{}).service != "s3") {
    for (const std::string& side : sides) add(side);
  }
  for (const AttachedPolicy& attached : policies.policies()) {
    for (const Statement& statement : attached.policy->statements) {
      for (const auto* element : {&statement.resource, &statement.not_resource}) {
        if (!*element) continue;
        for (const Text& value : (*element)->values) {
          if (!value.unresolved) add(value.value);
        }
      }
    }
  }
  return parts;
}

}  // namespace

bool asks_about_many(std::string_view resource) {
  return resource != "*" && has_wildcard(resource);
}

Result<PatternDecision> decide_pattern(const PolicySet& policies, const RequestFields& fields,
                                       const EvaluateOptions& options) {
  const std::string& asked = fields.resource;
  if (!Arn::parse(asked))
    return Error{ErrorCode::kInvalidArgument,
                 "the pattern `" + escape_hidden(asked.substr(0, 120)) + "` is no ARN",
                 "an ARN has six parts, such as arn:aws:s3:::bucket/*; `*` alone is no pattern",
                 {}};
  const std::size_t bytes = text_bytes(policies);
  if (asked.size() > kMaxPatternBytes || bytes > kMaxSteps / asked.size())
    return Error{ErrorCode::kLimitExceeded,
                 "the pattern is longer than " + std::to_string(kMaxPatternBytes) +
                     " bytes, or the policies are too long to be compared with it",
                 "ask about a shorter pattern, or about single resources",
                 {}};
  PatternDecision result;
  const std::vector<std::string> sides = sides_of(asked);
  result.policies = Narrowing(asked).apply(policies);
  result.decision = decide_sides(result.policies, fields, sides, options);
  if (sides.empty())
    result.decision.warnings.push_back(
        {"pattern-too-wide",
         "`" + asked +
             "` leaves partition, service, account or, for S3, region open, and rules of " +
             "AWS hang on them"});
  if (result.decision.kind != DecisionKind::kUndecided) return result;
  std::size_t steps = 0;
  const EvaluateOptions quick{.trace = false, .warnings = false};
  for (const std::string& part : parts_of(policies, asked, sides)) {
    steps += part.size() * bytes;
    if (result.parts.size() >= kMaxParts || part.size() > kMaxPatternBytes || steps > kMaxPartSteps)
      break;
    const Decision decision = has_wildcard(part)
                                  ? decide_sides(Narrowing(part).apply(policies),
                                                 asking_about(fields, part), sides_of(part), quick)
                                  : evaluate(policies, Request(asking_about(fields, part)), quick);
    result.parts.push_back({part, decision.kind});
  }
  return result;
}

}  // namespace iamcheck
