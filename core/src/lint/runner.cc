// Which rules run, on what, and what every finding has in common.
#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "iamcheck/lint.h"
#include "iamcheck/rule_page.h"
#include "lint/context.h"
#include "lint/guardrails.h"
#include "text/fingerprint.h"

namespace iamcheck {

#define IAMCHECK_RULE_CHECK(slug, function) void function(RuleContext& context);
#include "rule_checks.inc"
#undef IAMCHECK_RULE_CHECK

namespace {

constexpr std::string_view kSyntaxRule = "json-syntax";

struct RuleCheck {
  std::string_view slug;
  void (*check)(RuleContext&);
};

// One row per page of rules/policy, sorted by slug.
constexpr RuleCheck kChecks[] = {
#define IAMCHECK_RULE_CHECK(slug, function) {slug, function},
#include "rule_checks.inc"
#undef IAMCHECK_RULE_CHECK
};

// A selection of rules, by slug and by category.
class Selection {
 public:
  explicit Selection(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      const RulePage* page = find_rule_page(name);  // a rule may be called by an old name
      names_.insert(page != nullptr ? page->slug : std::string_view(name));
    }
  }
  bool empty() const { return names_.empty(); }
  bool has(std::string_view name) const { return names_.contains(name); }

 private:
  std::set<std::string_view> names_;
};

bool is_wanted(const RulePage& page, const Selection& selected, const LintOptions& options) {
  // A selection of nothing but unknown names runs nothing: `check_rule_names` says why.
  if (selected.has(page.slug)) return true;
  return page.belongs_to(options.profile) && (selected.empty() || selected.has(page.category));
}

// A check and what its page says, looked up once.
struct PagedCheck {
  void (*check)(RuleContext&) = nullptr;
  const RulePage* page = nullptr;
  std::set<PolicyKind> kinds;
};

const std::vector<PagedCheck>& paged_checks() {
  static const std::vector<PagedCheck> kAll = [] {
    std::vector<PagedCheck> all;
    for (const RuleCheck& rule : kChecks) {
      PagedCheck paged{rule.check, find_rule_page(rule.slug), {}};
      if (paged.page == nullptr) continue;
      for (const PolicyKindInfo& kind : policy_kinds()) {
        if (std::ranges::find(paged.page->applies_to, kind.name) != paged.page->applies_to.end())
          paged.kinds.insert(kind.kind);
      }
      all.push_back(std::move(paged));
    }
    return all;
  }();
  return kAll;
}

Confidence one_step_down(Confidence confidence) {
  return confidence == Confidence::kHigh ? Confidence::kMedium : Confidence::kLow;
}

// Findings of a rule that depends on the kind of the policy, where that is a guess.
void lower(RuleContext& context, std::size_t first) {
  for (std::size_t i = first; i < context.findings().size(); ++i) {
    Finding& finding = context.findings()[i];
    finding.confidence = one_step_down(finding.confidence);
  }
}

// A function fills findings of its own: those above the limit are counted like all others.
void check_function(const FunctionRule& rule, const LintSubject& subject, RuleContext& context) {
  RuleContext::RuleDefaults defaults;
  defaults.slug = rule.slug;
  context.start_rule(defaults);
  for (Finding& found : rule.check(subject, context.kind())) {
    Finding& kept =
        context.report(found.span, std::move(found.document_path), std::move(found.message));
    kept.severity = found.severity;
    kept.confidence = found.confidence;
    kept.security_severity = found.security_severity;
    kept.notes = std::move(found.notes);
    kept.help = std::move(found.help);
    kept.related = std::move(found.related);
  }
}

// What decides whether a rule runs, and how sure it is.
struct Choice {
  const Selection& selected;
  const Selection& ignored;
  bool guessed;  // the kind of the policy
};

// Guardrails, then functions.
void run_own_rules(const LintSubject& subject, const LintOptions& options, const Choice& choice,
                   RuleContext& context) {
  const auto run = [&](const auto& rule, const std::string& category, const auto& check) {
    const Selection& selected = choice.selected;
    if (!selected.empty() && !selected.has(rule.slug) && !selected.has(category)) return;
    if (choice.ignored.has(rule.slug) || choice.ignored.has(category)) return;
    if (std::ranges::find(rule.applies_to, context.kind()) == rule.applies_to.end()) return;
    const std::size_t before = context.findings().size();
    check();
    if (choice.guessed && rule.applies_to.size() < policy_kinds().size()) lower(context, before);
  };
  for (const Guardrail& guardrail : options.guardrails) {
    run(guardrail, {}, [&] {
      context.start_rule(
          {guardrail.slug, guardrail.severity, guardrail.confidence, guardrail.security_severity});
      check_guardrail(guardrail, context);
    });
  }
  for (const FunctionRule& rule : options.functions)
    run(rule, rule.category, [&] { check_function(rule, subject, context); });
}

std::string joined_path(const std::string& outer, const std::string& inner) {
  if (outer.empty() || inner.empty()) return outer + inner;
  return outer + "." + inner;
}

// Names of a hostile policy may be of any length.
void shorten(std::string& text) {
  constexpr std::size_t kLongest = 2000;
  if (text.size() <= kLongest) return;
  std::size_t size = kLongest;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  text.resize(size);
  text += "...";
}

// Paths and fingerprints that hold in the whole document, and the order of the text.
std::vector<Finding> in_order(std::vector<Finding> findings, const LintSubject& subject,
                              const Limits& limits) {
  const auto& source = subject.policy->source;
  for (Finding& finding : findings) {
    finding.document_path = joined_path(subject.path, finding.document_path);
    Fingerprint fingerprint;
    fingerprint.add(finding.rule).add(finding.document_path);
    if (source) fingerprint.add(source->slice(finding.span));
    finding.fingerprint = fingerprint.hex();
    shorten(finding.document_path);
    shorten(finding.message);
    if (subject.embedded) finding.fix.reset();
    if (finding.related.size() > limits.max_related) {
      finding.related_omitted = finding.related.size() - limits.max_related;
      finding.related.resize(limits.max_related);
    }
  }
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.span, a.rule, a.document_path) < std::tie(b.span, b.rule, b.document_path);
  });
  return findings;
}

}  // namespace

std::string_view to_string(KindSource source) {
  static constexpr std::array<std::string_view, 3> kNames = {"content", "place", "flag"};
  return kNames[static_cast<std::size_t>(source)];
}

LintSubject subject_of(const FoundPolicy& found, const Policy& policy,
                       std::optional<PolicyKind> kind, const std::string& resource_type) {
  LintSubject subject;
  subject.policy = &policy;
  subject.path = found.path;
  subject.resource_type = resource_type.empty() ? found.resource_type : resource_type;
  subject.kind = kind ? kind : found.kind;
  subject.kind_source = kind         ? KindSource::kFlag
                        : found.kind ? KindSource::kPlace
                                     : KindSource::kContent;
  subject.embedded = found.embedded;
  return subject;
}

std::vector<Finding> lint(const LintSubject& subject, const LintOptions& options,
                          std::size_t* omitted) {
  if (omitted != nullptr) *omitted = 0;
  if (subject.policy == nullptr) return {};
  const Policy& policy = *subject.policy;
  const PolicyKind kind = subject.kind ? *subject.kind : detect_kind(policy);
  const bool guessed = !subject.kind || subject.kind_source == KindSource::kContent;
  const Catalogue& catalogue = options.catalogue ? *options.catalogue : Catalogue::embedded();
  const Selection selected(options.select), ignored(options.ignore);

  const std::optional<std::int64_t> today =
      options.profile == Profile::kAccessAnalyzer ? std::nullopt : options.today;
  RuleContext context(policy, kind, catalogue, today, options.profile, options.limits.max_findings);
  context.set_resource_type(subject.resource_type);
  // AWS does not read on behind an error of syntax, which our reader forgives.
  const bool unreadable =
      options.profile == Profile::kAccessAnalyzer &&
      std::ranges::any_of(policy.diagnostics, [](const PolicyDiagnostic& diagnostic) {
        return diagnostic.kind == PolicyDiagnostic::Kind::kForgiven;
      });
  for (const PagedCheck& rule : paged_checks()) {
    const RulePage* page = rule.page;
    if (unreadable && page->slug != kSyntaxRule) continue;
    if (!rule.kinds.contains(kind) || !is_wanted(*page, selected, options)) continue;
    if (ignored.has(page->slug) || ignored.has(page->category)) continue;
    const std::size_t before = context.findings().size();
    context.start_rule({page->slug, page->severity, page->confidence, page->security_severity});
    rule.check(context);
    if (guessed && page->applies_to.size() < policy_kinds().size()) lower(context, before);
  }
  run_own_rules(subject, options, {selected, ignored, guessed}, context);

  if (omitted != nullptr) *omitted = context.omitted();
  Limits limits = options.limits;
  // AWS lists every place.
  if (options.profile == Profile::kAccessAnalyzer) limits.max_related = limits.max_findings;
  return in_order(std::move(context.findings()), subject, limits);
}

Finding lint_unreadable(const Error& error) {
  Finding finding;
  finding.rule = kSyntaxRule;
  if (const RulePage* page = find_rule_page(finding.rule)) {
    finding.severity = page->severity;
    finding.confidence = page->confidence;
    finding.security_severity = page->security_severity;
  }
  finding.message = error.message;
  finding.help = error.help;
  finding.span = error.span;
  finding.fingerprint = Fingerprint().add(finding.rule).add(error.message).hex();
  return finding;
}

std::vector<Error> check_rule_names(const LintOptions& options) {
  std::vector<std::string_view> known;
  for (const RulePage& page : rule_pages()) {
    known.push_back(page.slug);
    if (std::ranges::find(known, page.category) == known.end()) known.push_back(page.category);
  }
  for (const Guardrail& guardrail : options.guardrails) known.push_back(guardrail.slug);
  for (const FunctionRule& rule : options.functions) {
    known.push_back(rule.slug);
    if (!rule.category.empty()) known.push_back(rule.category);
  }
  std::vector<Error> errors;
  for (const auto* names : {&options.select, &options.ignore}) {
    for (const std::string& name : *names) {
      if (find_rule_page(name) != nullptr || std::ranges::find(known, name) != known.end())
        continue;
      const std::vector<std::string> near = similar_names(name, known);
      errors.push_back({ErrorCode::kUnknownName,
                        "there is no rule and no category " + quoted(name),
                        near.empty() ? "`iamcheck rule` lists the rules" : did_you_mean(near),
                        {}});
    }
  }
  return errors;
}

}  // namespace iamcheck
