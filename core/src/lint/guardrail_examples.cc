// The examples of a user's own page, executed.
#include <algorithm>
#include <array>
#include <utility>

#include "iamcheck/document.h"
#include "iamcheck/guardrail.h"
#include "iamcheck/lint.h"
#include "lint/context.h"

namespace iamcheck {
namespace {

Result<Document> read(const GuardrailExample& example) {
  const auto source = Source::from_bytes("example", example.text);
  if (example.language == "yaml" || example.language == "yml") return read_yaml(source, {});
  ReadOptions tolerant;
  tolerant.tolerant = true;
  return read_json(source, tolerant);
}

// An example may leave out the envelope: it is then a statement or a list of them.
Node in_envelope(const Node& root) {
  constexpr std::array<std::string_view, 3> kOfPolicy = {"Version", "Id", "Statement"};
  if (std::ranges::any_of(kOfPolicy, [&](std::string_view n) { return root.find(n) != nullptr; }))
    return root;
  const Node version{Node::Kind::kText, root.span, "2012-10-17", {}, {}};
  Node policy{Node::Kind::kObject, root.span, {}, {}, {}};
  policy.members.push_back({"Version", root.span, version});
  policy.members.push_back({"Statement", root.span, root});
  return policy;
}

class ExampleTest {
 public:
  ExampleTest(const Guardrail& guardrail, const GuardrailExample& example,
              const Catalogue& catalogue)
      : guardrail_(guardrail), example_(example), catalogue_(catalogue) {}

  std::vector<ExampleFailure> run() {
    const Result<Document> document = read(example_);
    if (!document) {
      fail("the example cannot be read: " + document.error().message);
      return std::move(failures_);
    }
    const Result<Policy> policy = parse_policy(*document, in_envelope(document->root));
    if (!policy) {
      fail("the example is no policy: " + policy.error().message);
      return std::move(failures_);
    }
    source_ = document->source;
    const PolicyKind kind = example_.kind.value_or(detect_kind(*policy));
    const std::vector<Finding> findings = findings_of(*policy, kind);
    if (example_.reported) {
      expect_reported(findings, kind);
    } else if (!findings.empty()) {
      fail("reported, and the example says `clean`: " + excerpt(findings.front().span));
      for (const std::string& note : findings.front().notes)
        failures_.back().message += "; " + note;
    }
    return std::move(failures_);
  }

 private:
  using Places = std::vector<std::pair<std::size_t, std::size_t>>;

  void fail(std::string message) { failures_.push_back({example_.line, std::move(message)}); }

  std::string excerpt(const Span& span) const { return quoted(source_->slice(span)); }

  std::vector<Finding> findings_of(const Policy& policy, PolicyKind kind) const {
    LintSubject subject;
    subject.policy = &policy;
    subject.kind = kind;
    subject.kind_source = KindSource::kFlag;
    LintOptions options;
    options.select = {guardrail_.slug};
    options.guardrails = {&guardrail_, 1};
    options.catalogue = &catalogue_;
    return lint(subject, options);
  }

  void expect_reported(const std::vector<Finding>& findings, PolicyKind kind) {
    if (findings.empty()) {
      const bool applies =
          std::ranges::find(guardrail_.applies_to, kind) != guardrail_.applies_to.end();
      return fail(applies
                      ? "not reported, and the example says `reported`"
                      : "not reported: the example is a policy of type `" +
                            std::string(info(kind).name) + "`, which `applies-to` does not name");
    }
    const std::string place(findings.front().document_path);
    if (!example_.place.empty() && example_.place != place)
      fail("reported at " + quoted(place) + ", not at " + quoted(example_.place));
    const std::string_view severity =
        example_.severity.empty() ? to_string(guardrail_.severity) : example_.severity;
    if (to_string(findings.front().severity) != severity)
      fail("reported as " + std::string(to_string(findings.front().severity)) + ", not as " +
           std::string(severity));
    Places primary, related;
    for (const Finding& finding : findings) {
      primary.emplace_back(finding.span.begin, finding.span.end);
      for (const RelatedSpan& other : finding.related)
        related.emplace_back(other.span.begin, other.span.end);
    }
    compare(primary, example_.marks, "the mark `^`");
    compare(related, example_.related, "the mark `~`");
  }

  // Marks are welcome, not asked for.
  void compare(const Places& places, const std::vector<RuleMark>& marks, const char* what) {
    if (marks.empty()) return;
    Places marked;
    for (const RuleMark& mark : marks) marked.emplace_back(mark.begin, mark.end);
    if (places == marked) return;
    std::string reported;
    for (const auto& [begin, end] : places) {
      reported += reported.empty() ? "" : ", ";
      reported += excerpt(
          {source_->id(), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    }
    fail(std::string(what) +
         " is not under what is reported: " + (reported.empty() ? "nothing" : reported));
  }

  const Guardrail& guardrail_;
  const GuardrailExample& example_;
  const Catalogue& catalogue_;
  std::shared_ptr<const Source> source_;
  std::vector<ExampleFailure> failures_;
};

}  // namespace

std::vector<ExampleFailure> test_examples(const Guardrail& guardrail, const Catalogue& catalogue) {
  std::vector<ExampleFailure> failures;
  for (const GuardrailExample& example : guardrail.examples) {
    for (ExampleFailure& failure : ExampleTest(guardrail, example, catalogue).run())
      failures.push_back(std::move(failure));
  }
  return failures;
}

}  // namespace iamcheck
