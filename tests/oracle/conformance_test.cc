#include "conformance.h"

#include "catch.h"

namespace {

void check(iamcheck::oracle::Decide decide) {
  const auto report = iamcheck::oracle::run_conformance(IAMCHECK_CONFORMANCE_FOLDER, decide);
  for (const std::string& failure : report.failures) {
    UNSCOPED_INFO(failure);
  }
  CHECK(report.failures.empty());
  CHECK(report.cases >= 250);
}

}  // namespace

TEST_CASE("every conformance case holds for the oracle") {
  check(iamcheck::oracle::oracle_decision);
}

#ifdef IAMCHECK_HAS_CORE_ADAPTER
TEST_CASE("every conformance case holds for the evaluator") {
  check(iamcheck::oracle::core_decision);
}
#endif
