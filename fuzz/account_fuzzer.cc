// Account snapshots: any bytes in any file give an account whose principals can be asked about, and
// what could not be used is said with a place that lies in its file.
//
// Input: files, each behind a line `--- PATH`; bytes before the first such line are a dump. Some
// seeds are collected trees.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "expectation.h"
#include "iamcheck/access.h"
#include "iamcheck/account.h"
#include "iamcheck/evaluate.h"
#include "iamcheck/graph.h"

namespace {

std::vector<iamcheck::AccountFile> files_of(std::string_view input) {
  constexpr std::string_view kMark = "--- ";
  std::vector<iamcheck::AccountFile> files = {{"dump.json", ""}};
  while (!input.empty()) {
    const std::size_t end = std::min(input.find('\n'), input.size() - 1);
    const std::string_view line = input.substr(0, end + 1);
    input.remove_prefix(line.size());
    if (line.starts_with(kMark) && line.ends_with('\n') && files.size() < 24) {
      files.push_back({std::string(line.substr(kMark.size(), line.size() - kMark.size() - 1)), ""});
    } else {
      files.back().bytes += line;
    }
  }
  return files;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(data, data + size);
  iamcheck::AccountOptions options;
  options.limits.max_bytes = std::size_t{64} * 1024;
  const iamcheck::Account account = iamcheck::Account::read(files_of(input), options);
  for (const iamcheck::AccountProblem& problem : account.problems()) {
    expect(!problem.error.message.empty(), "a problem says what is wrong");
    if (problem.source)
      expect(problem.error.span.end <= problem.source->text().size(), "and where, in its file");
  }
  std::size_t asked = 0;
  for (const iamcheck::AccountPrincipal& principal : account.principals()) {
    if (++asked > 4) break;
    const auto caller = account.find_principal(principal.arn);
    expect(caller.has_value(), "a principal is found by its ARN");
    iamcheck::RequestFields fields;
    fields.action = "s3:GetObject";
    fields.resource = "arn:aws:s3:::b/k";
    fields.context = iamcheck::Context(iamcheck::Context::Mode::kAsk);
    const iamcheck::AccountQuestion question = account.ask(*caller, std::move(fields));
    const iamcheck::Decision decision = iamcheck::evaluate(question.policies, question.request);
    const auto reach = iamcheck::who_can(account, "s3:GetObject", "arn:aws:s3:::b/k");
    expect(reach.has_value(), "who_can answers for a single resource");
    bool listed = false;
    for (const iamcheck::Access& access : reach->principals)
      listed |= access.principal == principal.arn && access.reach == iamcheck::Reach::kAll;
    expect(listed == decision.allowed(), "who_can lists whom the evaluator allows");
  }
  expect(iamcheck::who_can(account, "iam:*Role", "arn:aws:iam::111122223333:role/*").has_value(),
         "who_can answers for patterns");
  iamcheck::GraphOptions small;
  small.max_decisions = 2'000;
  (void)iamcheck::escalation_graph(account, small);
  return 0;
}
