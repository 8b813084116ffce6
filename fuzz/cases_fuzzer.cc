// Files of test cases, in all three formats, and the input of the AWS CLI: any bytes give a report
// whose numbers agree, or an error.

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "expectation.h"
#include "iamcheck/aws_simulation.h"
#include "iamcheck/test_cases.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(data, data + size);
  for (const char* name : {"t.yaml", "t.json", "t.jsonl"}) {
    iamcheck::TestOptions options;
    options.limits.max_bytes = std::size_t{64} * 1024;
    options.max_cases = 100;
    iamcheck::TestRun run(std::move(options));
    run.add(iamcheck::Source::from_bytes(name, input));
    const iamcheck::TestReport& report = run.report();
    expect(report.passed + report.failed == report.cases.size(), "every case passed or failed");
    for (const iamcheck::CaseOutcome& outcome : report.cases)
      expect(outcome.passed || !outcome.details.empty(), "a case that failed says why");
    for (const iamcheck::StatementCoverage& one : report.statements)
      expect(one.decided <= report.cases.size(), "a case decides once");
  }
  iamcheck::AwsSimulation simulation;
  const auto wrong = iamcheck::read_aws_input(input, simulation);
  if (!wrong && simulation.action_names.size() * simulation.resource_arns.size() < 100) {
    const auto response = iamcheck::simulate_as_aws(simulation);
    expect(response ? response->ends_with('\n') : !response.error().message.empty(),
           "a response or an error");
  }
  return 0;
}
