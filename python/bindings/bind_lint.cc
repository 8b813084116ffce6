// LintRun: what `iamcheck lint` does with the files it was given, for texts and parsed policies.
#include <pybind11/stl.h>

#include <algorithm>
#include <optional>
#include <tuple>

#include "bind.h"
#include "iamcheck/credentials.h"
#include "iamcheck/input.h"
#include "iamcheck/lint.h"
#include "iamcheck/report.h"
#include "iamcheck/rule_page.h"

namespace iamcheck::python {
namespace {

// Not safe to share between threads: each call of `iamcheck.lint` has its own.
class LintRun {
 public:
  LintRun(const py::iterable& select, const py::iterable& ignore, std::optional<std::int64_t> today,
          bool policies, bool credentials, const py::iterable& guardrails)
      : policies_(policies), credentials_(credentials) {
    for (const py::handle page : guardrails) add_guardrail(page);
    options_.guardrails = guardrails_;
    options_.select = to_texts(select);
    options_.ignore = to_texts(ignore);
    options_.today = today;
    std::vector<Error> unknown = check_rule_names(options_);
    if (!unknown.empty()) raise(unknown.front());
    // A rule may be named by an old slug; findings carry the new one.
    for (auto* names : {&options_.select, &options_.ignore}) {
      for (std::string& name : *names) {
        if (const RulePage* page = find_rule_page(name)) name = page->slug;
      }
    }
    report_.catalogue_date = Catalogue::embedded().date();
  }

  void add_text(const std::string& name, std::string bytes, const std::string& kind) {
    std::optional<PolicyKind> given = policy_kind_from(kind);
    unlocked([&] {
      std::shared_ptr<const Source> source = sources_.add(name, std::move(bytes));
      InputOptions input;
      input.expect_policy = given.has_value();
      FoundPolicies found = find_policies(source, input);
      if (found.format == InputFormat::kBinary) {
        ++report_.files_skipped;
        return;
      }
      FileFindings file{source, {}};
      for (const FoundPolicy& policy : found.policies) check(policy, given, file);
      finish(std::move(file));
    });
  }

  void add_policy(const PolicyHandle& handle, const std::string& kind) {
    FoundPolicy found;
    found.policy = *handle.policy;
    unlocked([&] {
      FileFindings file{handle.policy->source, {}};
      check(found, policy_kind_from(kind), file);
      finish(std::move(file));
    });
  }

  py::str json() const {
    return to_str(unlocked([this] { return render_json(report_); }));
  }
  py::str text() const {
    return to_str(unlocked([this] { return render_text(report_, {}); }));
  }
  std::size_t omitted() const { return omitted_; }

 private:
  // (name of the file, slug, bytes)
  void add_guardrail(const py::handle page) {
    const auto [name, slug, bytes] = page.cast<std::tuple<std::string, std::string, std::string>>();
    const auto source = Source::from_bytes(name, bytes);
    GuardrailPage read = read_guardrail(source, slug);
    if (!read.errors.empty()) raise(read.errors.front(), source.get());
    if (read.guardrail) guardrails_.push_back(*std::move(read.guardrail));
  }

  void check(const FoundPolicy& found, std::optional<PolicyKind> given, FileFindings& file) {
    if (!policies_) return;
    if (found.error) {
      keep(lint_unreadable(*found.error), file);
      return;
    }
    // Without an end a hostile file would keep the linter busy for minutes.
    if (file.findings.size() + omitted_ >= 10 * Limits{}.max_findings) {
      ++omitted_;
      return;
    }
    ++report_.policies_checked;
    LintSubject subject;
    subject.policy = &*found.policy;
    subject.path = found.path;
    subject.kind = given ? given : found.kind;
    subject.kind_source =
        given ? KindSource::kFlag : (found.kind ? KindSource::kPlace : KindSource::kContent);
    std::size_t omitted = 0;
    for (Finding& finding : lint(subject, options_, &omitted)) keep(std::move(finding), file);
    omitted_ += omitted;
  }

  void finish(FileFindings file) {
    ++report_.files_checked;
    if (credentials_) {
      CredentialOptions options;
      options.select = options_.select;
      options.ignore = options_.ignore;
      CredentialScan scan = scanner_.examine(*file.source, options);
      for (Finding& finding : scan.findings) file.findings.push_back(std::move(finding));
      file.secrets = std::move(scan.secrets);
      omitted_ += scan.omitted;
    }
    std::stable_sort(file.findings.begin(), file.findings.end(),
                     [](const Finding& a, const Finding& b) {
                       return std::tie(a.span, a.rule) < std::tie(b.span, b.rule);
                     });
    if (!file.findings.empty()) report_.files.push_back(std::move(file));
  }

  void keep(Finding finding, FileFindings& file) const {
    auto has = [&](const std::vector<std::string>& slugs) {
      return std::find(slugs.begin(), slugs.end(), finding.rule) != slugs.end();
    };
    if ((options_.select.empty() || has(options_.select)) && !has(options_.ignore))
      file.findings.push_back(std::move(finding));
  }

  bool policies_;
  bool credentials_;
  std::vector<Guardrail> guardrails_;
  LintOptions options_;
  CredentialScanner scanner_;
  SourceSet sources_;
  LintReport report_;
  std::size_t omitted_ = 0;
};

}  // namespace

void bind_lint(py::module_& module) {
  py::class_<LintRun>(module, "LintRun")
      .def(py::init<const py::iterable&, const py::iterable&, std::optional<std::int64_t>, bool,
                    bool, const py::iterable&>(),
           py::arg("select"), py::arg("ignore"), py::arg("today"), py::arg("policies"),
           py::arg("credentials"), py::arg("guardrails"))
      .def("add_text", &LintRun::add_text, py::arg("name"), py::arg("source"), py::arg("kind"))
      .def("add_policy", &LintRun::add_policy, py::arg("policy"), py::arg("kind"))
      .def("json", &LintRun::json)
      .def("text", &LintRun::text)
      .def_property_readonly("omitted", &LintRun::omitted);
}

}  // namespace iamcheck::python
