// The table of contents of iamcheck._core.
#include "bind.h"
#include "iamcheck/call.h"
#include "iamcheck/limits.h"
#include "iamcheck/version.h"

PYBIND11_MODULE(_core, module) {
  using namespace iamcheck::python;  // NOLINT: the function is generated outside of the namespace
  module.doc() = "Private: use the package iamcheck.";

  // -- Errors --
  bind_errors(module);

  // -- Questions and answers --
  bind_policy(module);
  bind_policy_set(module);
  bind_request(module);
  bind_decision(module);
  bind_call(module);
  bind_matrix(module);
  bind_simulate(module);
  bind_summary(module);
  bind_analysis(module);
  bind_account(module);

  // -- Findings --
  bind_report(module);
  bind_lint(module);

  // -- Reference --
  bind_catalogue(module);
  bind_rules(module);
  module.attr("VERSION") = to_str(iamcheck::version());
  module.attr("MAX_BYTES") = iamcheck::Limits().max_bytes;
  module.attr("MAX_FINDINGS") = iamcheck::Limits().max_findings;
  module.attr("MAX_UNITS") = iamcheck::Call::kMaxUnits;
}
