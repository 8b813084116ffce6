#pragma once

// What a run of the linter has found, for as long as somebody may want it in another format.

#include <memory>

#include "bind.h"
#include "iamcheck/report.h"

namespace iamcheck::python {

/// Immutable. It holds the texts of the files that have findings, and with them their secrets: it
/// is never pickled, and only renderers read it.
struct ReportHandle {
  std::shared_ptr<const LintReport> report;
};

}  // namespace iamcheck::python
