// LintRun: what `iamcheck lint` does with the files it was given, for texts and parsed policies.
#include <pybind11/stl.h>

#include <algorithm>
#include <optional>
#include <tuple>

#include "bind.h"
#include "bind_report.h"
#include "iamcheck/baseline.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/credentials.h"
#include "iamcheck/fix.h"
#include "iamcheck/input.h"
#include "iamcheck/lint.h"
#include "iamcheck/report.h"
#include "iamcheck/rule_page.h"
#include "iamcheck/suppression.h"

namespace iamcheck::python {
namespace {

template <typename Word>
Word word(const std::string& name, std::initializer_list<Word> words) {
  for (const Word one : words) {
    if (to_string(one) == name) return one;
  }
  throw py::value_error(name);  // the package has asked before
}

Confidence confidence_from(const std::string& name) {
  return word(name, {Confidence::kLow, Confidence::kMedium, Confidence::kHigh});
}
Severity severity_from(const std::string& name) {
  return word(name, {Severity::kNote, Severity::kWarning, Severity::kError});
}
SecuritySeverity security_severity_from(const std::string& name) {
  return word(name, {SecuritySeverity::kNone, SecuritySeverity::kLow, SecuritySeverity::kMedium,
                     SecuritySeverity::kHigh, SecuritySeverity::kCritical});
}

Profile profile_from(const std::string& name) {
  return word(name, {Profile::kDefault, Profile::kStrict, Profile::kAccessAnalyzer});
}

Catalogue catalogue_from(const std::string& name, const std::string& bytes) {
  Result<Catalogue> read = Catalogue::from_bytes(bytes);
  if (!read) {
    Error error = read.error();
    error.message = "`" + name + "`: " + error.message;
    raise(error);
  }
  return *std::move(read);
}

// What `iamcheck lint --fix` does with one text: (text, what was done, what was left alone).
py::tuple fix(const std::string& name, const std::string& text, const std::string& kind,
              const std::string& resource_type, const std::string& mode, const py::iterable& select,
              const py::iterable& ignore, const std::string& profile,
              const std::optional<std::pair<std::string, std::string>>& catalogue) {
  LintOptions rules;
  rules.select = to_texts(select);
  rules.ignore = to_texts(ignore);
  rules.profile = profile_from(profile);
  const std::vector<Error> unknown = check_rule_names(rules);
  if (!unknown.empty()) raise(unknown.front());
  std::optional<Catalogue> chosen;
  if (catalogue)
    rules.catalogue = &chosen.emplace(catalogue_from(catalogue->first, catalogue->second));
  FixOptions options;
  options.mode = mode == "all" ? FixMode::kAll : FixMode::kSafe;
  options.kind = policy_kind_from(kind);
  options.resource_type = resource_type;
  const Result<FixedText> fixed = unlocked([&] { return fix_text(name, text, rules, options); });
  if (!fixed) raise(fixed.error());
  const auto texts = [](const std::vector<std::string>& lines) {
    py::list list;
    for (const std::string& line : lines) list.append(to_str(line));
    return list;
  };
  return py::make_tuple(py::bytes(fixed->text), texts(fixed->applied), texts(fixed->refused));
}

// Not safe to share between threads: each call of `iamcheck.lint` has its own.
class LintRun {
 public:
  LintRun(const py::iterable& select, const py::iterable& ignore, std::optional<std::int64_t> today,
          bool policies, bool credentials, const py::iterable& guardrails,
          const py::iterable& functions, const std::string& profile,
          const std::string& min_confidence, std::string resource_type,
          const std::optional<std::pair<std::string, std::string>>& baseline,
          const std::optional<std::pair<std::string, std::string>>& catalogue)
      : policies_(policies),
        credentials_(credentials),
        min_confidence_(confidence_from(min_confidence)),
        resource_type_(std::move(resource_type)) {
    for (const py::handle page : guardrails) add_guardrail(page);
    for (const py::handle function : functions) add_function(function);
    options_.guardrails = guardrails_;
    options_.functions = functions_;
    options_.profile = profile_from(profile);
    if (catalogue) {
      catalogue_.emplace(catalogue_from(catalogue->first, catalogue->second));
      options_.catalogue = &*catalogue_;
    }
    options_.select = to_texts(select);
    options_.ignore = to_texts(ignore);
    options_.today = today;
    std::vector<Error> unknown = check_rule_names(options_);
    if (!unknown.empty()) raise(unknown.front());
    if (baseline) read_baseline(baseline->first, baseline->second);
    // A rule may be named by an old slug; findings carry the new one.
    for (auto* names : {&options_.select, &options_.ignore}) {
      for (std::string& name : *names) {
        if (const RulePage* page = find_rule_page(name)) name = page->slug;
      }
    }
    report_.catalogue_date = (catalogue_ ? *catalogue_ : Catalogue::embedded()).date();
  }

  void add_text(const std::string& name, std::string bytes, const std::string& kind) {
    std::optional<PolicyKind> given = policy_kind_from(kind);
    std::shared_ptr<const Source> source;
    std::optional<Error> refused = unlocked([&]() -> std::optional<Error> {
      source = Source::from_bytes(name, std::move(bytes), sources_++);
      InputOptions input;
      input.expect_policy = given.has_value();
      FoundPolicies found = find_policies(source, input);
      if (found.format == InputFormat::kBinary) {
        ++report_.files_skipped;
        return std::nullopt;
      }
      FileFindings file{source, {}};
      for (FoundPolicy& policy : found.policies) {
        if (policy.error && policy.error->code == ErrorCode::kLimitExceeded) return policy.error;
        if (policies_ && policy.error) {
          keep_unreadable(*policy.error, file);
        } else if (policy.policy) {
          PolicyHandle handle;
          handle.policy = std::make_shared<const Policy>(*std::move(policy.policy));
          handle.is_part = found.format != InputFormat::kJson || !policy.path.empty();
          handle.path = policy.path;
          check(std::move(handle), given, policy, file);
        }
      }
      finish(std::move(file));
      return std::nullopt;
    });
    if (refused) raise(*refused, source.get());
  }

  void add_policy(const PolicyHandle& handle, const std::string& kind) {
    unlocked([&] {
      FileFindings file{handle.policy->source, {}};
      FoundPolicy place;
      place.path = handle.path;
      place.kind = handle.kind;
      check(handle, policy_kind_from(kind), place, file);
      finish(std::move(file));
    });
  }

  // Something that could not be found out, about an input by its name.
  void add_error(const std::string& name, const std::string& message, const std::string& help) {
    report_.errors.push_back({name, {ErrorCode::kInvalidArgument, message, help, {}}});
  }

  ReportHandle report() {
    if (baseline_) {
      unlocked([this] {
        for (FileFindings& file : report_.files) baseline_->apply(file.findings, *file.source);
      });
      if (const std::size_t gone = baseline_->unused(); gone > 0)
        report_.notes.push_back(baseline_name_ + ": " + std::to_string(gone) +
                                " findings of the baseline are gone; write it anew");
    }
    return {std::make_shared<const LintReport>(std::move(report_))};
  }

  std::size_t omitted() const { return omitted_; }

 private:
  // (name of the file, slug, bytes)
  void add_guardrail(const py::handle page) {
    const auto [name, slug, bytes] = page.cast<std::tuple<std::string, std::string, std::string>>();
    const auto source = Source::from_bytes(name, bytes);
    GuardrailPage read = read_guardrail(source, slug);
    if (!read.errors.empty()) raise(read.errors.front(), source.get());
    if (!read.guardrail) return;
    const Guardrail& rule = *read.guardrail;
    report_.own_rules.push_back({rule.slug, rule.title, rule.why, rule.help, "", rule.severity,
                                 rule.confidence, rule.security_severity});
    guardrails_.push_back(*std::move(read.guardrail));
  }

  // (slug, title, description, help, category, severity, confidence, security severity, kinds of
  // policies, function)
  void add_function(const py::handle function) {
    const py::tuple fields = function.cast<py::tuple>();
    const auto text = [&](std::size_t i) { return fields[i].cast<std::string>(); };
    OwnRule rule{text(0),
                 text(1),
                 text(2),
                 text(3),
                 text(4),
                 severity_from(text(5)),
                 confidence_from(text(6)),
                 security_severity_from(text(7))};
    FunctionRule made;
    made.slug = rule.slug;
    made.category = rule.category;
    for (const std::string& kind : to_texts(fields[8].cast<py::iterable>())) {
      if (const auto known = policy_kind_from(kind)) made.applies_to.push_back(*known);
    }
    made.check = [this, rule, call = fields[9].cast<py::object>()](const LintSubject&,
                                                                   PolicyKind kind) {
      // The lock was given up around the whole file.
      const py::gil_scoped_acquire lock;
      return findings_of(call(policy_of_now(kind)), rule);
    };
    report_.own_rules.push_back(std::move(rule));
    functions_.push_back(std::move(made));
  }

  // The policy that is checked; one object for all functions. Needs the lock.
  py::object policy_of_now(PolicyKind kind) {
    if (!shown_ || shown_for_ != now_.policy) {
      now_.kind = kind;
      shown_ = py::cast(now_);
      shown_for_ = now_.policy;
    }
    return shown_;
  }

  // Each (path, begin, end, message, help, notes, related, severity, confidence); a related place
  // is (begin, end, message).
  std::vector<Finding> findings_of(const py::object& told, const OwnRule& rule) const {
    const std::uint32_t source = now_.policy->source->id();
    std::vector<Finding> findings;
    for (const py::handle one : told) {
      const py::tuple fields = one.cast<py::tuple>();
      Finding finding;
      finding.document_path = fields[0].cast<std::string>();
      finding.span = {source, fields[1].cast<std::uint32_t>(), fields[2].cast<std::uint32_t>()};
      finding.message = fields[3].cast<std::string>();
      finding.help = fields[4].cast<std::string>();
      finding.notes = to_texts(fields[5].cast<py::iterable>());
      for (const py::handle related : fields[6].cast<py::iterable>()) {
        const auto [begin, end, message] =
            related.cast<std::tuple<std::uint32_t, std::uint32_t, std::string>>();
        finding.related.push_back({{source, begin, end}, message});
      }
      finding.severity = severity_from(fields[7].cast<std::string>());
      finding.confidence = confidence_from(fields[8].cast<std::string>());
      finding.security_severity = rule.security_severity;
      findings.push_back(std::move(finding));
    }
    return findings;
  }

  void read_baseline(const std::string& name, const std::string& text) {
    Result<Baseline> read = Baseline::from_json(text);
    if (!read) raise(read.error(), Source::from_bytes(name, text).get());
    baseline_ = *std::move(read);
    baseline_name_ = name;
  }

  // `place`: where the policy was found; its own `policy` has become that of the handle.
  void check(PolicyHandle handle, std::optional<PolicyKind> given, const FoundPolicy& place,
             FileFindings& file) {
    if (!policies_) return;
    // Without an end a hostile file would keep the linter busy for minutes.
    if (file.findings.size() + omitted_ >= 10 * Limits{}.max_findings) {
      ++omitted_;
      return;
    }
    ++report_.policies_checked;
    const std::shared_ptr<const Policy> policy = handle.policy;
    const LintSubject subject = subject_of(place, *policy, given, resource_type_);
    now_ = std::move(handle);
    std::size_t omitted = 0;
    for (Finding& finding : lint(subject, options_, &omitted))
      file.findings.push_back(std::move(finding));
    omitted_ += omitted;
  }

  void finish(FileFindings file) {
    ++report_.files_checked;
    report_.checked.push_back(file.source->name());
    if (credentials_) {
      CredentialOptions options;
      options.select = options_.select;
      options.ignore = options_.ignore;
      options.profile = options_.profile;
      CredentialScan scan = scanner_.examine(*file.source, options);
      for (Finding& finding : scan.findings) file.findings.push_back(std::move(finding));
      file.secrets = std::move(scan.secrets);
      omitted_ += scan.omitted;
    }
    std::erase_if(file.findings,
                  [this](const Finding& finding) { return finding.confidence < min_confidence_; });
    suppress(file);
    std::stable_sort(file.findings.begin(), file.findings.end(),
                     [](const Finding& a, const Finding& b) {
                       return std::tie(a.span, a.rule) < std::tie(b.span, b.rule);
                     });
    if (!file.findings.empty()) report_.files.push_back(std::move(file));
  }

  // What comments of the file say.
  void suppress(FileFindings& file) {
    Suppressions comments = read_suppressions(*file.source);
    comments.apply(file.findings, *file.source, options_.today);
    // Of rules that did not run nobody knows whether they are needed.
    const bool all_rules = policies_ && options_.select.empty() && options_.ignore.empty() &&
                           min_confidence_ == Confidence::kLow;
    for (const SuppressionNote& note : comments.notes(options_.today)) {
      if (!note.mistake && !all_rules) continue;
      const Position place = file.source->position(note.span.begin);
      report_.notes.push_back(file.source->name() + ":" + std::to_string(place.line) + ":" +
                              std::to_string(place.column) + ": " + note.message + "; " +
                              note.help);
    }
  }

  void keep_unreadable(const Error& error, FileFindings& file) const {
    Finding finding = lint_unreadable(error);
    const RulePage* page = find_rule_page(finding.rule);
    const auto has = [&](const std::vector<std::string>& names) {
      return std::ranges::any_of(names, [&](const std::string& name) {
        return name == finding.rule || (page != nullptr && name == page->category);
      });
    };
    if ((options_.select.empty() || has(options_.select)) && !has(options_.ignore))
      file.findings.push_back(std::move(finding));
  }

  bool policies_;
  bool credentials_;
  Confidence min_confidence_;
  std::string resource_type_;
  std::vector<Guardrail> guardrails_;
  std::vector<FunctionRule> functions_;
  std::optional<Catalogue> catalogue_;
  LintOptions options_;
  CredentialScanner scanner_;
  std::uint32_t sources_ = 0;
  std::optional<Baseline> baseline_;
  std::string baseline_name_;
  LintReport report_;
  std::size_t omitted_ = 0;
  PolicyHandle now_;                         // that the functions are asked about
  py::object shown_;                         // the same for Python
  std::shared_ptr<const Policy> shown_for_;  // what `shown_` is
};

}  // namespace

void bind_lint(py::module_& module) {
  py::class_<LintRun>(module, "LintRun")
      .def(py::init<const py::iterable&, const py::iterable&, std::optional<std::int64_t>, bool,
                    bool, const py::iterable&, const py::iterable&, const std::string&,
                    const std::string&, std::string,
                    const std::optional<std::pair<std::string, std::string>>&,
                    const std::optional<std::pair<std::string, std::string>>&>(),
           py::arg("select") = py::tuple(), py::arg("ignore") = py::tuple(),
           py::arg("today") = py::none(), py::arg("policies") = true, py::arg("credentials") = true,
           py::arg("guardrails") = py::tuple(), py::arg("functions") = py::tuple(),
           py::arg("profile") = "default", py::arg("min_confidence") = "low",
           py::arg("resource_type") = "", py::arg("baseline") = py::none(),
           py::arg("catalogue") = py::none())
      .def("add_text", &LintRun::add_text, py::arg("name"), py::arg("source"), py::arg("kind"))
      .def("add_policy", &LintRun::add_policy, py::arg("policy"), py::arg("kind"))
      .def("add_error", &LintRun::add_error, py::arg("name"), py::arg("message"), py::arg("help"))
      .def("report", &LintRun::report)
      .def_property_readonly("omitted", &LintRun::omitted);
  module.def("fix", &fix, py::arg("name"), py::arg("text"), py::arg("kind"),
             py::arg("resource_type"), py::arg("mode"), py::arg("select"), py::arg("ignore"),
             py::arg("profile"), py::arg("catalogue") = py::none());
}

}  // namespace iamcheck::python
