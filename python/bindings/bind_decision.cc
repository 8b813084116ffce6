// Decision: the answer, with the policies and the request it answers.
#include "bind.h"
#include "iamcheck/evaluate.h"
#include "iamcheck/explanation.h"
#include "iamcheck/report.h"

namespace iamcheck::python {
namespace {

struct DecisionHandle {
  std::shared_ptr<const PolicySet> policies;
  std::shared_ptr<const Request> request;
  Decision decision;

  // `evaluate` is pure: asking again with a trace gives the same answer.
  Decision with_trace(bool trace) const {
    return trace ? evaluate(*policies, *request, {.trace = true}) : decision;
  }
};

DecisionHandle decide(std::shared_ptr<PolicySet> policies, std::shared_ptr<Request> request) {
  return unlocked([&]() -> DecisionHandle {
    Decision decision = evaluate(*policies, *request);
    return {std::move(policies), std::move(request), std::move(decision)};
  });
}

py::list decide_many(std::shared_ptr<PolicySet> policies, const py::iterable& questions) {
  std::vector<std::shared_ptr<const Request>> requests;
  for (py::handle item : questions) requests.push_back(item.cast<std::shared_ptr<Request>>());
  std::vector<Decision> decisions = unlocked([&] {
    std::vector<Decision> answers;
    answers.reserve(requests.size());
    for (const auto& request : requests) answers.push_back(evaluate(*policies, *request));
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

// (sentence, cause in words, decided by or None, also or None, other statements)
py::tuple explained(const DecisionHandle& handle, bool trace) {
  Explanation explanation = unlocked(
      [&] { return explain(*handle.policies, *handle.request, handle.with_trace(trace)); });
  py::object decided_by = py::none(), also = py::none();
  std::size_t next = 0;
  if (handle.decision.decided_by)
    decided_by = note_tuple(*handle.policies, explanation.deciding[next++]);
  if (handle.decision.also) also = note_tuple(*handle.policies, explanation.deciding[next]);
  py::list others;
  for (const StatementNote& note : explanation.others)
    others.append(note_tuple(*handle.policies, note));
  return py::make_tuple(to_str(explanation.sentence), to_str(explanation.cause), decided_by, also,
                        others);
}

template <typename Render>
py::str rendered(const DecisionHandle& handle, bool trace, Render render) {
  return to_str(unlocked([&] {
    Decision decision = handle.with_trace(trace);
    return render(explain(*handle.policies, *handle.request, decision), decision);
  }));
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
      .def_property_readonly(
          "warnings",
          [](const DecisionHandle& d) {
            py::list warnings;
            for (const DecisionWarning& warning : d.decision.warnings)
              warnings.append(py::make_tuple(to_str(warning.code), to_str(warning.message)));
            return warnings;
          })
      .def("explained", &explained, py::arg("trace"))
      .def(
          "text",
          [](const DecisionHandle& d, bool trace) {
            return rendered(d, trace, [](const Explanation& explanation, const Decision& decision) {
              return render_text(explanation, decision, {});
            });
          },
          py::arg("trace"))
      .def(
          "json",
          [](const DecisionHandle& d, bool trace) {
            return rendered(d, trace, [](const Explanation& explanation, const Decision& decision) {
              return render_json(explanation, decision);
            });
          },
          py::arg("trace"));
  module.def("decide", &decide, py::arg("policies"), py::arg("request"));
  module.def("decide_many", &decide_many, py::arg("policies"), py::arg("requests"));
}

}  // namespace iamcheck::python
