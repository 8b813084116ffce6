// Does one kind of work a given number of times, so that a tool that counts instructions can tell
// what one portion costs:   iamcheck_work WORK TIMES
#include <cstdio>
#include <cstdlib>
#include <string>

#include "corpus.h"
#include "iamcheck/lint.h"
#include "measure.h"

using namespace iamcheck;

namespace {

void do_work(const std::string& work, int times) {
  const auto ten = bench::ten_policies();
  const PolicySet set = bench::compile(ten);
  const auto fields = bench::requests(1000);
  const std::vector<Request> requests(fields.begin(), fields.end());
  EvaluateOptions options;
  options.trace = work == "trace";
  options.warnings = !work.starts_with("decide-");
  const PolicySet small = bench::compile({bench::three_statements()});
  const auto small_fields = bench::bucket_requests(1000);
  const std::vector<Request> small_requests(small_fields.begin(), small_fields.end());
  for (int i = 0; i < times; ++i) {
    if (work == "decide-small") {
      for (const Request& one : small_requests)
        bench::keep(evaluate(small, one, options).allowed());
    } else if (work == "decide" || work == "decide-plain" || work == "trace") {
      for (const Request& one : requests) bench::keep(evaluate(set, one, options).allowed());
    } else if (work == "request") {
      for (const RequestFields& one : fields) bench::keep(Request(one).action().size());
    } else if (work == "read") {
      for (const auto& d : ten) bench::keep(parse_policy(d.name, d.text)->statements.size());
    } else if (work == "compile") {
      bench::keep(bench::compile(ten).policies().size());
    } else if (work == "lint") {
      for (const AttachedPolicy& attached : set.policies()) {
        LintSubject subject;
        subject.policy = attached.policy.get();
        subject.kind = PolicyKind::kIdentity;
        bench::keep(lint(subject, {}).size());
      }
    } else {
      std::fprintf(stderr, "iamcheck_work: there is no work called %s\n", work.c_str());
      std::exit(2);
    }
  }
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) {
    std::fprintf(stderr, "iamcheck_work: expected WORK TIMES\n");
    return 2;
  }
  do_work(words[1], std::atoi(words[2]));
}
