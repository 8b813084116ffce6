// The rule pages.
#include "bind.h"
#include "iamcheck/rule_page.h"

namespace iamcheck::python {
namespace {

py::tuple texts(std::span<const std::string_view> values) {
  py::tuple items(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) items[i] = to_str(values[i]);
  return items;
}

// In the order of the fields of iamcheck.rulebook.Rule.
py::tuple page_tuple(const RulePage& page) {
  return py::make_tuple(to_str(page.slug), to_str(page.title), to_str(to_string(page.kind)),
                        to_str(to_string(page.severity)), to_str(to_string(page.security_severity)),
                        to_str(to_string(page.confidence)), to_str(page.category),
                        texts(page.applies_to), to_str(to_string(page.fix)), to_str(page.since),
                        texts(page.aliases), texts(page.references), to_str(page.body));
}

}  // namespace

void bind_rules(py::module_& module) {
  module.def("rule_pages", [] {
    py::list pages;
    for (const RulePage& page : rule_pages()) pages.append(page_tuple(page));
    return pages;
  });
  module.def(
      "rule_page",
      [](const std::string& slug) -> py::object {
        const RulePage* page = find_rule_page(slug);
        if (page == nullptr) return py::none();
        return page_tuple(*page);
      },
      py::arg("slug"));
}

}  // namespace iamcheck::python
