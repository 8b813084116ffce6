#include <set>
#include <utility>

#include "iamcheck/fix.h"
#include "iamcheck/input.h"
#include "iamcheck/suppression.h"

namespace iamcheck {
namespace {

constexpr std::size_t kMostFixes = 1000;

class Fixing {
 public:
  Fixing(const std::string& name, const LintOptions& rules, const FixOptions& options)
      : name_(name), rules_(rules), options_(options) {}

  FixedText run(std::string text) {
    FixedText fixed;
    fixed.text = std::move(text);
    while (fixed.applied.size() < kMostFixes && apply_one(fixed)) {
    }
    return fixed;
  }

 private:
  FoundPolicies policies_of(const std::string& text) const {
    InputOptions input;
    input.expect_policy = options_.kind.has_value();
    return find_policies(Source::from_bytes(name_, text), input);
  }

  std::vector<Finding> findings_of(const FoundPolicy& found, const Policy& policy) const {
    const LintSubject subject = subject_of(found, policy, options_.kind, options_.resource_type);
    std::vector<Finding> findings = lint(subject, rules_);
    const Source& source = *policy.source;
    if (options_.silence) options_.silence(findings, source, policy);
    Suppressions comments = read_suppressions(source);
    comments.apply(findings, source, rules_.today);
    return findings;
  }

  // The first fix that keeps its promise; the text is read anew after each.
  bool apply_one(FixedText& fixed) {
    const FoundPolicies found = policies_of(fixed.text);
    for (std::size_t i = 0; i < found.policies.size(); ++i) {
      const FoundPolicy& one = found.policies[i];
      if (!one.policy) continue;
      const Policy& policy = *one.policy;
      const PolicyKind kind =
          options_.kind ? *options_.kind : one.kind.value_or(detect_kind(policy));
      for (const Finding& finding : findings_of(one, policy)) {
        if (!finding.fix || finding.suppression) continue;
        const Fix& fix = *finding.fix;
        if (options_.mode == FixMode::kSafe && !fix.safe) continue;
        if (try_fix({policy, kind, i}, finding, fix, fixed)) return true;
      }
    }
    return false;
  }

  // A policy of the text, its kind, and which it is.
  struct Fixed {
    const Policy& policy;
    PolicyKind kind;
    std::size_t number;
  };

  bool try_fix(const Fixed& one, const Finding& finding, const Fix& fix, FixedText& fixed) {
    std::string id = finding.rule + "\n" + finding.fingerprint;
    if (refused_.contains(id)) return false;
    Result<std::string> text = apply_edits(fixed.text, fix.edits);
    const Position place = one.policy.source->position(finding.span.begin);
    const std::string what = name_ + ":" + std::to_string(place.line) + ":" +
                             std::to_string(place.column) + ": " + fix.description + " [" +
                             finding.rule + "]";
    if (!text || *text == fixed.text || !is_fine(one, fix, *text)) {
      refused_.insert(std::move(id));
      fixed.refused.push_back(what);
      return false;
    }
    fixed.text = *std::move(text);
    fixed.applied.push_back(what);
    return true;
  }

  bool is_fine(const Fixed& one, const Fix& fix, const std::string& text) const {
    const FoundPolicies after = policies_of(text);
    if (after.policies.size() <= one.number) return false;
    const std::optional<Policy>& policy = after.policies[one.number].policy;
    return policy && is_kept(one.policy, *policy, one.kind, fix);
  }

  // A policy that AWS refuses has no meaning to keep; only `all` gives it one.
  bool is_kept(const Policy& before, const Policy& after, PolicyKind kind, const Fix& fix) const {
    const FixEffect effect = effect_of_fix(before, after, kind);
    return keeps_promise(effect, fix.safe) ||
           (effect == FixEffect::kNoMeaning && options_.mode == FixMode::kAll);
  }

  const std::string& name_;
  const LintOptions& rules_;
  const FixOptions& options_;
  std::set<std::string> refused_;
};

}  // namespace

std::optional<Error> check_editable(const Source& source) {
  if (source.encoding() == Source::Encoding::kUtf8) return std::nullopt;
  return Error{ErrorCode::kUnreadable,
               "`" + source.name() + "` is not written in UTF-8 without a byte order mark",
               "convert it first; it was left alone",
               {}};
}

Result<FixedText> fix_text(const std::string& name, const std::string& text,
                           const LintOptions& rules, const FixOptions& options) {
  if (auto error = check_editable(*Source::from_bytes(name, text))) return *std::move(error);
  return Fixing(name, rules, options).run(text);
}

}  // namespace iamcheck
