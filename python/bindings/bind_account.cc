// Account: a snapshot of accounts, and questions over it. Answers come as the JSON and the text of
// the command.
#include <set>
#include <utility>

#include "bind.h"
#include "bind_request.h"
#include "iamcheck/access.h"
#include "iamcheck/account.h"
#include "iamcheck/account_report.h"
#include "iamcheck/graph.h"
#include "iamcheck/report.h"

namespace iamcheck::python {
namespace {

// `files`: (path, bytes, could not be read, is a symbolic link)
std::shared_ptr<Account> read_account(const py::iterable& files) {
  std::vector<AccountFile> read;
  for (py::handle item : files) {
    auto file = item.cast<py::tuple>();
    read.push_back({file[0].cast<std::string>(), file[1].cast<std::string>(), file[2].cast<bool>(),
                    file[3].cast<bool>()});
  }
  return unlocked([&] { return std::make_shared<Account>(Account::read(std::move(read))); });
}

// (code, message, help or None, path or None, line, column)
py::list problems(const Account& account) {
  py::list items;
  for (const AccountProblem& one : account.problems()) {
    const bool placed = one.source != nullptr;
    const Position place = placed ? one.source->position(one.error.span.begin) : Position{};
    items.append(py::make_tuple(to_str(to_string(one.error.code)), to_str(one.error.message),
                                to_str_or_none(one.error.help),
                                placed ? py::object(to_str(one.source->name())) : py::none(),
                                placed ? place.line : 0, placed ? place.column : 0));
  }
  return items;
}

// (is a role, ARN, name, account, id or None, groups, tags)
py::list principals(const Account& account) {
  py::list items;
  for (const AccountPrincipal& one : account.principals()) {
    py::list groups, tags;
    for (const std::string& group : one.groups) groups.append(to_str(group));
    for (const AccountTag& tag : one.tags)
      tags.append(py::make_tuple(to_str(tag.key), to_str(tag.value)));
    items.append(py::make_tuple(one.kind == AccountPrincipal::Kind::kRole, to_str(one.arn),
                                to_str(one.name), to_str(one.account), to_str_or_none(one.id),
                                groups, tags));
  }
  return items;
}

py::list account_ids(const Account& account) {
  py::list ids;
  for (const std::string& id : account.account_ids()) ids.append(to_str(id));
  return ids;
}

struct AccountAnswer {
  std::vector<UnitQuestion> units;
  CallDecision decision;  // without trace and warnings

  // As of a single decision: asking again with a trace gives the same answer and all warnings.
  CallDecision in_full() const {
    CallDecision full = decide_units(units, Catalogue::embedded(), {.trace = true});
    std::set<std::string> said;
    for (const UnitQuestion& unit : units) {
      for (DecisionWarning& warning : check_policies(unit.policies)) {
        if (said.insert(warning.message).second) full.warnings.push_back(std::move(warning));
      }
    }
    return full;
  }
};

Caller caller_of(const Account& account, const std::string& principal) {
  Result<Caller> caller = unlocked([&] { return account.find_principal(principal); });
  if (!caller) raise(caller.error());
  return *std::move(caller);
}

// `units`: (action, resource, resource account, context entries)
AccountAnswer ask_account(const Account& account, const std::string& principal,
                          const py::iterable& context, bool ask, const py::dict& others,
                          const py::iterable& units) {
  const Caller caller = caller_of(account, principal);
  Call call;
  call.fields = fields_from(others);
  call.fields.principal = principal;
  call.fields.context = context_from(context, ask);
  for (py::handle item : units) {
    auto unit = item.cast<py::tuple>();
    call.units.push_back({unit[0].cast<std::string>(), unit[1].cast<std::string>(),
                          unit[2].cast<std::string>(),
                          context_from(unit[3].cast<py::iterable>(), ask)});
  }
  Result<std::vector<UnitQuestion>> questions =
      unlocked([&] { return account.ask_call(caller, call, Catalogue::embedded()); });
  if (!questions) raise(questions.error());
  // All units have one principal.
  if (const std::optional<Error> error = check_origin(questions->front().request.fields()))
    raise(*error);
  return unlocked([&]() -> AccountAnswer {
    CallDecision decision =
        decide_units(*questions, Catalogue::embedded(), {.trace = false, .warnings = false});
    return {*std::move(questions), std::move(decision)};
  });
}

// The answer to a call, of one unit too: one shape for Python to read.
py::str report(const AccountAnswer& answer) {
  return to_str(unlocked([&] {
    CallDecision decision = answer.in_full();
    CallExplanation explanation = explain_units(answer.units, decision);
    return render_json(explanation, decision, {});
  }));
}

// As the command prints it: a single unit as a single question.
template <typename Render>
py::str rendered_answer(const AccountAnswer& answer, bool trace, Render render) {
  return to_str(unlocked([&] {
    CallDecision decision = answer.in_full();
    CallExplanation explanation = explain_units(answer.units, decision);
    for (std::size_t i = 0; !trace && i < decision.units.size(); ++i) {
      explanation.units[i].layers.clear();
      explanation.units[i].others.clear();
      decision.units[i].decision.trace.clear();
      decision.units[i].decision.layers.clear();
    }
    if (answer.units.size() != 1) return render(explanation, decision, Assumed{});
    Decision& only = decision.units[0].decision;
    for (DecisionWarning& warning : decision.warnings) only.warnings.push_back(std::move(warning));
    return render(explanation.units[0], only, Assumed{{}, answer.units[0].assumptions});
  }));
}

AccessOptions access_options(const py::iterable& context, bool ask,
                             const std::string& resource_account) {
  AccessOptions options;
  options.context = context_from(context, ask);
  options.resource_account = resource_account;
  return options;
}

// (JSON, text)
template <typename Answer>
py::tuple both_forms(const Account& account, const Result<Answer>& answer) {
  if (!answer) raise(answer.error());
  auto forms = unlocked([&] {
    return std::make_pair(render_json(*answer, account.problems()), render_text(*answer));
  });
  return py::make_tuple(to_str(forms.first), to_str(forms.second));
}

py::tuple ask_who_can(const Account& account, const std::string& action,
                      const std::string& resource, const py::iterable& context, bool ask,
                      const std::string& resource_account) {
  const AccessOptions options = access_options(context, ask, resource_account);
  return both_forms(account, unlocked([&] { return who_can(account, action, resource, options); }));
}

py::tuple ask_what_can(const Account& account, const std::string& principal,
                       const std::string& resource, const py::iterable& context, bool ask,
                       const std::string& resource_account) {
  const AccessOptions options = access_options(context, ask, resource_account);
  const Caller caller = caller_of(account, principal);
  return both_forms(account,
                    unlocked([&] { return what_can(account, caller, resource, options); }));
}

// (JSON, text, DOT, Mermaid)
py::tuple graph_of(const Account& account, const py::iterable& context, bool ask) {
  GraphOptions options;
  options.context = context_from(context, ask);
  const Result<EscalationGraph> graph =
      unlocked([&] { return escalation_graph(account, options); });
  if (!graph) raise(graph.error());
  return py::make_tuple(to_str(render_json(*graph, account.problems())),
                        to_str(render_graph(*graph, GraphFormat::kText)),
                        to_str(render_graph(*graph, GraphFormat::kDot)),
                        to_str(render_graph(*graph, GraphFormat::kMermaid)));
}

}  // namespace

void bind_account(py::module_& module) {
  py::class_<AccountAnswer>(module, "AccountDecision")
      .def_property_readonly(
          "kind",
          [](const AccountAnswer& answer) { return to_str(to_string(answer.decision.kind)); })
      .def_property_readonly("allowed",
                             [](const AccountAnswer& answer) { return answer.decision.allowed(); })
      .def("report", &report)
      .def(
          "text",
          [](const AccountAnswer& answer, bool trace) {
            return rendered_answer(
                answer, trace,
                [](const auto& explanation, const auto& decision, const Assumed& assumed) {
                  return render_text(explanation, decision, {}, assumed);
                });
          },
          py::arg("trace"))
      .def(
          "json",
          [](const AccountAnswer& answer, bool trace) {
            return rendered_answer(
                answer, trace,
                [](const auto& explanation, const auto& decision, const Assumed& assumed) {
                  return render_json(explanation, decision, assumed);
                });
          },
          py::arg("trace"));
  py::class_<Account, std::shared_ptr<Account>>(module, "Account")
      .def(py::init(&read_account), py::arg("files"))
      .def("problems", &problems)
      .def("principals", &principals)
      .def("account_ids", &account_ids)
      .def("can", &ask_account, py::arg("principal"), py::arg("context"), py::arg("ask"),
           py::arg("fields"), py::arg("units"))
      .def("who_can", &ask_who_can, py::arg("action"), py::arg("resource"), py::arg("context"),
           py::arg("ask"), py::arg("resource_account"))
      .def("what_can", &ask_what_can, py::arg("principal"), py::arg("resource"), py::arg("context"),
           py::arg("ask"), py::arg("resource_account"))
      .def("graph", &graph_of, py::arg("context"), py::arg("ask"));
}

}  // namespace iamcheck::python
