// PolicySet: policies with the layer they are attached as, compiled once.
#include "bind.h"
#include "iamcheck/policy_set.h"

namespace iamcheck::python {
namespace {

PolicyKind kind_named(const std::string& name) {
  std::optional<PolicyKind> kind = policy_kind_from(name);
  if (!kind) raise({ErrorCode::kInvalidArgument, "there is no policy kind `" + name + "`", "", {}});
  return *kind;
}

// `attached`: (name, kind, Policy) triples, in order. Without a Policy the triple opens the next
// level of that kind. The kinds are names of `policy_kinds()`.
std::shared_ptr<PolicySet> make_set(const py::iterable& attached) {
  std::vector<AttachedPolicy> policies;
  for (py::handle item : attached) {
    auto triple = item.cast<py::tuple>();
    AttachedPolicy policy;
    policy.name = triple[0].cast<std::string>();
    policy.kind = kind_named(triple[1].cast<std::string>());
    if (!triple[2].is_none()) {
      const auto& handle = triple[2].cast<const PolicyHandle&>();
      policy.policy = handle.policy;
      policy.aws_managed = handle.aws_managed;
    }
    policies.push_back(std::move(policy));
  }
  auto set = std::make_shared<PolicySet>();
  const std::string* refused = unlocked([&]() -> const std::string* {
    for (AttachedPolicy& policy : policies) {
      if (policy.policy) {
        set->add(std::move(policy));
      } else if (!set->add_level(policy.kind, policy.name)) {
        return &policy.name;
      }
    }
    return nullptr;
  });
  if (refused != nullptr) {
    raise({ErrorCode::kLimitExceeded,
           "level `" + *refused + "` is one of more than " + std::to_string(PolicySet::kMaxLevels) +
               " levels",
           "AWS has seven at most: the root, five organizational units, the account",
           {}});
  }
  return set;
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
