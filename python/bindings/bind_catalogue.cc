// The catalogue: descriptions come as the JSON of `iamcheck catalogue`, lists as plain texts.
#include <optional>

#include "bind.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/catalogue_report.h"
#include "iamcheck/suggestion.h"

namespace iamcheck::python {
namespace {

py::list expand(const std::string& pattern) {
  const Catalogue& catalogue = Catalogue::embedded();
  py::list names;
  for (const ActionRange& range : catalogue.expand(pattern)) {
    for (std::uint32_t i = range.begin; i < range.end; ++i)
      names.append(to_str(catalogue.actions()[i].full_name()));
  }
  return names;
}

// (name, document) or None.
py::object managed_policy(const std::string& name) {
  std::optional<ManagedPolicy> policy = Catalogue::embedded().find_managed_policy(name);
  if (!policy) return py::none();
  Result<std::string> document = policy->document();
  if (!document) raise(document.error());
  return py::make_tuple(to_str(policy->name()), py::bytes(*document));
}

}  // namespace

void bind_catalogue(py::module_& module) {
  module.attr("CATALOGUE_DATE") = to_str(Catalogue::embedded().date());
  module.def("catalogue_summary", [] {
    return to_str(catalogue_summary(Catalogue::embedded(), CatalogueFormat::kJson));
  });
  module.def(
      "catalogue_describe",
      [](const std::string& name) {
        CatalogueAnswer answer = unlocked(
            [&] { return describe_name(Catalogue::embedded(), name, CatalogueFormat::kJson); });
        return py::make_tuple(answer.found, to_str(answer.output));
      },
      py::arg("name"));
  module.def("catalogue_expand", &expand, py::arg("pattern"));
  module.def("catalogue_services", [] {
    py::list prefixes;
    for (const Service& service : Catalogue::embedded().services())
      prefixes.append(to_str(service.prefix()));
    return prefixes;
  });
  module.def("managed_policy", &managed_policy, py::arg("name"));
  // `did you mean ...?`, or nothing.
  module.def(
      "suggest_managed_policy",
      [](const std::string& name) {
        return to_str(did_you_mean(Catalogue::embedded().suggest_managed_policy(name)));
      },
      py::arg("name"));
  module.def("managed_policies", [] {
    py::list names;
    for (const ManagedPolicy& policy : Catalogue::embedded().managed_policies())
      names.append(to_str(policy.name()));
    return names;
  });
}

}  // namespace iamcheck::python
