// LintReport: findings in every format, and as a baseline.
#include "bind_report.h"

#include <pybind11/stl.h>

#include <optional>

#include "iamcheck/baseline.h"

namespace iamcheck::python {
namespace {

struct Format {
  const char* name;
  std::string (*render)(const LintReport& report);
};

constexpr Format kFormats[] = {
    {"text", [](const LintReport& report) { return render_text(report, {}); }},
    {"json", [](const LintReport& report) { return render_json(report); }},
    {"sarif", &render_sarif},
    {"junit", &render_junit},
    {"github", &render_github},
    {"gitlab", &render_gitlab},
    {"markdown", &render_markdown},
    {"access-analyzer", &render_access_analyzer},
};

// The findings with these numbers, counted without the suppressed ones, of which none is left.
LintReport part_of(const LintReport& report, const std::vector<std::size_t>& chosen) {
  LintReport part = report;
  part.files.clear();
  std::vector<const FileFindings*> files;
  std::vector<const Finding*> findings;
  for (const FileFindings& file : report.files) {
    for (const Finding& finding : file.findings) {
      if (finding.suppression) continue;
      files.push_back(&file);
      findings.push_back(&finding);
    }
  }
  const FileFindings* last = nullptr;
  for (const std::size_t number : chosen) {
    if (number >= findings.size()) continue;
    if (files[number] != last) {
      last = files[number];
      // Reports mask what these say, whoever's findings are shown.
      part.files.push_back({last->source, {}, last->secrets});
    }
    part.files.back().findings.push_back(*findings[number]);
  }
  return part;
}

py::str render(const ReportHandle& handle, const std::string& format,
               const std::optional<std::vector<std::size_t>>& chosen) {
  for (const Format& one : kFormats) {
    if (one.name != format) continue;
    return to_str(unlocked([&] {
      return chosen ? one.render(part_of(*handle.report, *chosen)) : one.render(*handle.report);
    }));
  }
  throw py::value_error(format);  // the package has asked before
}

py::str baseline(const ReportHandle& handle, const std::string& key) {
  return to_str(unlocked([&] {
    Baseline made = Baseline::with_key(key);
    for (const FileFindings& file : handle.report->files) {
      for (const Finding& finding : file.findings) {
        if (!finding.suppression) made.add(finding, *file.source);
      }
    }
    return made.to_json();
  }));
}

}  // namespace

void bind_report(py::module_& module) {
  py::class_<ReportHandle>(module, "LintReport")
      .def("render", &render, py::arg("format"), py::arg("chosen") = py::none())
      .def("baseline", &baseline, py::arg("key"));
  py::tuple names(std::size(kFormats));
  for (std::size_t i = 0; i < std::size(kFormats); ++i) names[i] = kFormats[i].name;
  module.attr("REPORT_FORMATS") = names;
}

}  // namespace iamcheck::python
