// Lists of actions and summaries of policies, as the JSON and the text of the command.
#include "bind.h"
#include "iamcheck/action_list.h"
#include "iamcheck/action_list_report.h"
#include "iamcheck/summary.h"
#include "iamcheck/summary_report.h"

namespace iamcheck::python {
namespace {

py::str minimize(const py::iterable& actions) {
  const std::vector<std::string> texts = to_texts(actions);
  const Catalogue& catalogue = Catalogue::embedded();
  const Result<MinimizedActions> minimized =
      unlocked([&] { return minimize_actions(catalogue, texts); });
  if (!minimized) raise(minimized.error());
  return to_str(render_json(*minimized, catalogue));
}

// (JSON, text)
py::tuple explain(const PolicyHandle& handle, const std::string& kind) {
  SummaryOptions options;
  options.kind = policy_kind_from(kind);
  const Policy& policy = *handle.policy;
  std::string json, text;
  const Result<PolicySummary> summary = unlocked([&] {
    Result<PolicySummary> made = summarize(policy, Catalogue::embedded(), options);
    if (made) {
      json = render_json({*made}, {});
      text = render_text(*made);
    }
    return made;
  });
  if (!summary) raise(summary.error(), policy.source.get());
  return py::make_tuple(to_str(json), to_str(text));
}

}  // namespace

void bind_summary(py::module_& module) {
  module.def("minimize", &minimize, py::arg("actions"));
  module.def("explain", &explain, py::arg("policy"), py::arg("kind"));
}

}  // namespace iamcheck::python
