// PolicySet: policies with the layer they are attached as, compiled once.
#include "bind.h"
#include "iamcheck/policy_set.h"

namespace iamcheck::python {
namespace {

// `attached`: (name, kind, Policy) triples. The kinds are names of `policy_kinds()`.
std::shared_ptr<PolicySet> make_set(const py::iterable& attached) {
  std::vector<AttachedPolicy> policies;
  for (py::handle item : attached) {
    auto triple = item.cast<py::tuple>();
    auto kind_name = triple[1].cast<std::string>();
    std::optional<PolicyKind> kind = policy_kind_from(kind_name);
    if (!kind) {
      raise({ErrorCode::kInvalidArgument, "there is no policy kind `" + kind_name + "`", "", {}});
    }
    const auto& handle = triple[2].cast<const PolicyHandle&>();
    policies.push_back({triple[0].cast<std::string>(), *kind, handle.policy, handle.aws_managed});
  }
  return unlocked([&] {
    auto set = std::make_shared<PolicySet>();
    for (AttachedPolicy& policy : policies) set->add(std::move(policy));
    return set;
  });
}

}  // namespace

void bind_policy_set(py::module_& module) {
  py::class_<PolicySet, std::shared_ptr<PolicySet>>(module, "PolicySet")
      .def(py::init(&make_set), py::arg("attached"))
      .def("__len__", [](const PolicySet& set) { return set.policies().size(); });
  module.def("policy_kinds", [] {
    py::list names;
    for (const PolicyKindInfo& row : policy_kinds())
      names.append(py::make_tuple(to_str(row.name), to_str(row.title), to_str(row.aws_name)));
    return names;
  });
}

}  // namespace iamcheck::python
