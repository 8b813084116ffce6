// Decision: the answer, with the policies and the request it answers.
#include "bind.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/evaluate.h"
#include "iamcheck/explanation.h"
#include "iamcheck/report.h"

namespace iamcheck::python {
namespace {

void append(std::vector<DecisionWarning>& to, std::vector<DecisionWarning> more) {
  for (DecisionWarning& warning : more) to.push_back(std::move(warning));
}

struct DecisionHandle {
  std::shared_ptr<const PolicySet> policies;
  std::shared_ptr<const Request> request;
  Decision
      decision;  // without trace and warnings: most decisions are only looked at for the answer

  // `evaluate` is pure: asking again with a trace gives the same answer. The trace also finds the
  // Denies that a choice of ours weakens, so the warnings are complete only with it.
  Decision in_full() const {
    Decision full = evaluate(*policies, *request, {.trace = true});
    append(full.warnings, check_request(*request, Catalogue::embedded()));
    append(full.warnings, check_policies(*policies));
    return full;
  }
};

DecisionHandle decide(std::shared_ptr<PolicySet> policies, std::shared_ptr<Request> request) {
  return unlocked([&]() -> DecisionHandle {
    Decision decision = evaluate(*policies, *request, {.warnings = false});
    return {std::move(policies), std::move(request), std::move(decision)};
  });
}

py::list decide_many(std::shared_ptr<PolicySet> policies, const py::iterable& questions) {
  std::vector<std::shared_ptr<const Request>> requests;
  for (py::handle item : questions) requests.push_back(item.cast<std::shared_ptr<Request>>());
  std::vector<Decision> decisions = unlocked([&] {
    std::vector<Decision> answers;
    answers.reserve(requests.size());
    for (const auto& request : requests)
      answers.push_back(evaluate(*policies, *request, {.warnings = false}));
    return answers;
  });
  py::list handles(decisions.size());
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    handles[i] = DecisionHandle{policies, std::move(requests[i]), std::move(decisions[i])};
  }
  return handles;
}

// In the order of the fields of iamcheck.decision.StatementNote, and the span of the statement.
py::tuple note_tuple(const PolicySet& policies, const StatementNote& note) {
  Position place = note.source->position(note.span.begin);
  const Policy& policy = *policies.policies()[note.statement.policy].policy;
  const Span& statement = policy.statements[note.statement.statement].span;
  return py::make_tuple(to_str(note.layer), to_str(note.policy), note.statement.statement,
                        to_str_or_none(note.sid), to_str(note.text), place.line, place.column,
                        py::make_tuple(note.statement.policy, statement.begin, statement.end,
                                       note.span.begin, note.span.end));
}

py::list note_list(const PolicySet& policies, const std::vector<StatementNote>& notes) {
  py::list items;
  for (const StatementNote& note : notes) items.append(note_tuple(policies, note));
  return items;
}

// (layer, level or None, what it says, the statement that makes it say so or None)
py::tuple layer_tuple(const PolicySet& policies, const LayerNote& layer) {
  return py::make_tuple(to_str(layer.layer), to_str_or_none(layer.level), to_str(layer.text),
                        layer.by ? py::object(note_tuple(policies, *layer.by)) : py::none());
}

// (sentence, cause in words, decided by or None, also or None, nearest misses, layers, other
// statements); the last two are filled by `trace` only.
py::tuple explained(const DecisionHandle& handle, bool trace) {
  const PolicySet& policies = *handle.policies;
  Explanation explanation = unlocked([&] {
    return explain(policies, *handle.request, trace ? handle.in_full() : handle.decision);
  });
  py::object decided_by = py::none(), also = py::none();
  std::size_t next = 0;
  if (handle.decision.decided_by) decided_by = note_tuple(policies, explanation.deciding[next++]);
  if (handle.decision.also) also = note_tuple(policies, explanation.deciding[next]);
  py::list layers;
  for (const LayerNote& layer : explanation.layers) layers.append(layer_tuple(policies, layer));
  return py::make_tuple(to_str(explanation.sentence), to_str(explanation.cause), decided_by, also,
                        note_list(policies, explanation.nearest), layers,
                        note_list(policies, explanation.others));
}

// As the command shows it: layers and the other statements only with `trace`.
template <typename Render>
py::str rendered(const DecisionHandle& handle, bool trace, Render render) {
  return to_str(unlocked([&] {
    Decision decision = handle.in_full();
    Explanation explanation = explain(*handle.policies, *handle.request, decision);
    if (!trace) {
      explanation.layers.clear();
      explanation.others.clear();
      decision.trace.clear();
    }
    const Assumed assumed{{}, check_resource_account(*handle.policies, *handle.request)};
    return render(explanation, decision, assumed);
  }));
}

py::list warnings(const DecisionHandle& handle) {
  const Decision full = unlocked([&] { return handle.in_full(); });
  py::list items;
  for (const DecisionWarning& warning : full.warnings)
    items.append(py::make_tuple(to_str(warning.code), to_str(warning.message)));
  return items;
}

}  // namespace

void bind_decision(py::module_& module) {
  py::class_<DecisionHandle>(module, "Decision")
      .def_property_readonly(
          "kind", [](const DecisionHandle& d) { return to_str(to_string(d.decision.kind)); })
      .def_property_readonly(
          "cause", [](const DecisionHandle& d) { return to_str(info(d.decision.cause).name); })
      .def_property_readonly("allowed",
                             [](const DecisionHandle& d) { return d.decision.allowed(); })
      .def_property_readonly("missing_context",
                             [](const DecisionHandle& d) {
                               py::list keys;
                               for (const std::string& key : d.decision.missing_context)
                                 keys.append(to_str(key));
                               return keys;
                             })
      .def("warnings", &warnings)
      .def("explained", &explained, py::arg("trace"))
      .def(
          "text",
          [](const DecisionHandle& d, bool trace) {
            return rendered(d, trace,
                            [](const Explanation& explanation, const Decision& decision,
                               const Assumed& assumed) {
                              return render_text(explanation, decision, {}, assumed);
                            });
          },
          py::arg("trace"))
      .def(
          "json",
          [](const DecisionHandle& d, bool trace) {
            return rendered(
                d, trace,
                [](const Explanation& explanation, const Decision& decision,
                   const Assumed& assumed) { return render_json(explanation, decision, assumed); });
          },
          py::arg("trace"));
  module.def("decide", &decide, py::arg("policies"), py::arg("request"));
  module.def("decide_many", &decide_many, py::arg("policies"), py::arg("requests"));
}

}  // namespace iamcheck::python
