// CallDecision: the answer to a call of several units, with what it was asked.
#include "bind.h"
#include "bind_request.h"
#include "iamcheck/call.h"
#include "iamcheck/report.h"

namespace iamcheck::python {
namespace {

struct CallHandle {
  std::vector<UnitQuestion> units;
  CallDecision decision;  // without trace and warnings

  // As of a single decision: asking again with a trace gives the same answer and all warnings.
  CallDecision in_full() const {
    std::vector<UnitQuestion> asked = units;
    check_resource_accounts(asked);
    CallDecision full = decide_units(asked, Catalogue::embedded(), {.trace = true});
    // The policies are the same for all units.
    for (DecisionWarning& warning : check_policies(units[0].policies))
      full.warnings.push_back(std::move(warning));
    return full;
  }
};

// `units`: (action, resource, resource account, context entries)
CallHandle decide_whole_call(const std::shared_ptr<PolicySet>& policies, std::string principal,
                             const py::iterable& context, bool ask, const py::dict& others,
                             const py::iterable& units) {
  Call call;
  call.fields = fields_from(others);
  call.fields.principal = std::move(principal);
  call.fields.context = context_from(context, ask);
  if (const std::optional<Error> error = check_origin(call.fields)) raise(*error);
  for (py::handle item : units) {
    auto unit = item.cast<py::tuple>();
    call.units.push_back({unit[0].cast<std::string>(), unit[1].cast<std::string>(),
                          unit[2].cast<std::string>(),
                          context_from(unit[3].cast<py::iterable>(), ask)});
  }
  Result<std::vector<UnitQuestion>> questions =
      unlocked([&] { return split_call(call, *policies, Catalogue::embedded()); });
  if (!questions) raise(questions.error());
  return unlocked([&]() -> CallHandle {
    CallDecision decision =
        decide_units(*questions, Catalogue::embedded(), {.trace = false, .warnings = false});
    return {*std::move(questions), std::move(decision)};
  });
}

// As the command shows it: layers and the other statements only with `trace`.
template <typename Render>
py::str rendered_call(const CallHandle& handle, bool trace, Render render) {
  return to_str(unlocked([&] {
    CallDecision decision = handle.in_full();
    CallExplanation explanation = explain_units(handle.units, decision);
    for (std::size_t i = 0; !trace && i < decision.units.size(); ++i) {
      explanation.units[i].layers.clear();
      explanation.units[i].others.clear();
      decision.units[i].decision.trace.clear();
      decision.units[i].decision.layers.clear();
    }
    return render(explanation, decision);
  }));
}

}  // namespace

void bind_call(py::module_& module) {
  py::class_<CallHandle>(module, "CallDecision")
      .def_property_readonly(
          "kind", [](const CallHandle& call) { return to_str(to_string(call.decision.kind)); })
      .def_property_readonly("allowed",
                             [](const CallHandle& call) { return call.decision.allowed(); })
      .def(
          "text",
          [](const CallHandle& call, bool trace) {
            return rendered_call(call, trace, [](const auto& explanation, const auto& decision) {
              return render_text(explanation, decision, {});
            });
          },
          py::arg("trace"))
      .def(
          "json",
          [](const CallHandle& call, bool trace) {
            return rendered_call(call, trace, [](const auto& explanation, const auto& decision) {
              return render_json(explanation, decision);
            });
          },
          py::arg("trace"));
  module.def("decide_call", &decide_whole_call, py::arg("policies"), py::arg("principal"),
             py::arg("context"), py::arg("ask"), py::arg("fields"), py::arg("units"));
}

}  // namespace iamcheck::python
