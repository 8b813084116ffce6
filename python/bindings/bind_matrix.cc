// Matrix: the answers to every combination of sets, principals, contexts, actions and resources.
#include <algorithm>
#include <optional>

#include "bind.h"
#include "bind_request.h"
#include "iamcheck/evaluate.h"

namespace iamcheck::python {
namespace {

// Questions between two looks at the signals of the process, so that Ctrl-C works.
constexpr std::size_t kStride = 4096;

struct Cell {
  DecisionKind kind = DecisionKind::kImplicitlyDenied;
  DecisionCause cause = DecisionCause::kNoAllow;
  std::optional<StatementRef> decided_by;
  std::vector<std::string> missing_context;
};

// The cells are in the order of nested loops: sets, principals, contexts, actions, resources.
class Matrix {
 public:
  Matrix(const py::iterable& sets, const py::iterable& principals, const py::iterable& contexts,
         const py::iterable& actions, const py::iterable& resources, bool ask,
         const py::dict& fields)
      : principals_(to_texts(principals)),
        actions_(to_texts(actions)),
        resources_(to_texts(resources)),
        common_(fields_from(fields)) {
    for (py::handle set : sets) sets_.push_back(set.cast<std::shared_ptr<PolicySet>>());
    for (py::handle entries : contexts)
      contexts_.push_back(context_from(entries.cast<py::iterable>(), ask));
    for (const std::string& principal : principals_) {
      RequestFields asked = common_;
      asked.principal = principal;
      if (const std::optional<Error> error = check_origin(asked)) raise(*error);
    }
    const std::size_t questions =
        principals_.size() * contexts_.size() * actions_.size() * resources_.size();
    cells_.resize(sets_.size() * questions);
    for (std::size_t begin = 0; begin < questions; begin += kStride) {
      unlocked([&] {
        for (std::size_t i = begin; i < std::min(begin + kStride, questions); ++i)
          ask_all(i, questions);
      });
      if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    }
  }

  std::size_t size() const { return cells_.size(); }

  // Kinds of answers that occur, and how often.
  py::dict counts() const {
    py::dict found;
    for (DecisionKind kind : {DecisionKind::kAllowed, DecisionKind::kExplicitlyDenied,
                              DecisionKind::kImplicitlyDenied, DecisionKind::kUndecided}) {
      const auto count = std::ranges::count(cells_, kind, &Cell::kind);
      if (count > 0) found[to_str(to_string(kind))] = py::int_(count);
    }
    return found;
  }

  // (kind, cause, layer, policy, statement, sid, missing keys) for each cell of the range; four of
  // them None where no statement decided.
  py::list cells(std::size_t begin, std::size_t end) const {
    py::list rows;
    for (std::size_t i = begin; i < std::min(end, cells_.size()); ++i) rows.append(row(i));
    return rows;
  }

 private:
  // Touches no Python object.
  void ask_all(std::size_t question, std::size_t questions) {
    std::size_t rest = question;
    const auto take = [&rest](const auto& values) -> const auto& {
      const auto& value = values[rest % values.size()];
      rest /= values.size();
      return value;
    };
    RequestFields fields = common_;
    fields.resource = take(resources_);
    fields.action = take(actions_);
    fields.context = take(contexts_);
    fields.principal = take(principals_);
    const Request request(std::move(fields));
    for (std::size_t set = 0; set < sets_.size(); ++set) {
      Decision decision = evaluate(*sets_[set], request, {.warnings = false});
      cells_[set * questions + question] = {decision.kind, decision.cause, decision.decided_by,
                                            std::move(decision.missing_context)};
    }
  }

  py::tuple row(std::size_t i) const {
    const Cell& cell = cells_[i];
    py::object layer = py::none(), name = py::none(), statement = py::none(), sid = py::none();
    if (cell.decided_by) {
      const PolicySet& set = *sets_[i / (cells_.size() / sets_.size())];
      const AttachedPolicy& policy = set.policies()[cell.decided_by->policy];
      const Statement& decider = policy.policy->statements[cell.decided_by->statement];
      layer = to_str(info(policy.kind).name);
      name = to_str(policy.name);
      statement = py::int_(cell.decided_by->statement);
      if (decider.sid) sid = to_str_or_none(decider.sid->value);
    }
    py::tuple keys(cell.missing_context.size());
    for (std::size_t k = 0; k < cell.missing_context.size(); ++k)
      keys[k] = to_str(cell.missing_context[k]);
    return py::make_tuple(to_str(to_string(cell.kind)), to_str(info(cell.cause).name), layer, name,
                          statement, sid, keys);
  }

  std::vector<std::shared_ptr<const PolicySet>> sets_;
  std::vector<std::string> principals_;
  std::vector<std::string> actions_;
  std::vector<std::string> resources_;
  std::vector<Context> contexts_;
  RequestFields common_;
  std::vector<Cell> cells_;
};

}  // namespace

void bind_matrix(py::module_& module) {
  py::class_<Matrix>(module, "Matrix")
      .def(py::init<const py::iterable&, const py::iterable&, const py::iterable&,
                    const py::iterable&, const py::iterable&, bool, const py::dict&>(),
           py::arg("sets"), py::arg("principals"), py::arg("contexts"), py::arg("actions"),
           py::arg("resources"), py::arg("ask"), py::arg("fields"))
      .def("__len__", &Matrix::size)
      .def("counts", &Matrix::counts)
      .def("cells", &Matrix::cells, py::arg("begin"), py::arg("end"));
}

}  // namespace iamcheck::python
