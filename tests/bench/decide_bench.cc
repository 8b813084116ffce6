// Decisions, and the work that makes them cheap.
#include <algorithm>
#include <string>
#include <thread>
#include <unordered_map>

#include "corpus.h"
#include "measure.h"

using namespace iamcheck;

namespace {

std::vector<Request> ready(const std::vector<RequestFields>& fields) {
  return {fields.begin(), fields.end()};
}

void decide_all(const PolicySet& set, const std::vector<Request>& requests,
                const EvaluateOptions& options = {}) {
  std::size_t allowed = 0;
  for (const Request& request : requests) allowed += evaluate(set, request, options).allowed();
  bench::keep(allowed);
}

}  // namespace

int main() {
  constexpr std::size_t kCount = 2000;
  const auto small_fields = bench::bucket_requests(kCount);
  const auto large_fields = bench::requests(kCount);
  const auto small_requests = ready(small_fields);
  const auto large_requests = ready(large_fields);
  const auto ten = bench::ten_policies();
  const PolicySet small = bench::compile({bench::three_statements()});
  const PolicySet large = bench::compile(ten);

  // What any evaluator must do at least: find the action among those it knows.
  std::unordered_map<std::string, std::size_t> known;
  for (const RequestFields& fields : large_fields) ++known[fields.action];

  bench::Table decisions("Decisions", "decisions");
  decisions.add("one lookup of the action in a hash table", kCount, [&] {
    std::size_t sum = 0;
    for (const RequestFields& fields : large_fields) sum += known.find(fields.action)->second;
    bench::keep(sum);
  });
  decisions.add("3 statements", kCount, [&] { decide_all(small, small_requests); });
  decisions.add("3 statements, no warnings", kCount,
                [&] { decide_all(small, small_requests, {.trace = false, .warnings = false}); });
  decisions.add("10 managed policies", kCount, [&] { decide_all(large, large_requests); });
  decisions.add("10 managed policies, no warnings", kCount,
                [&] { decide_all(large, large_requests, {.trace = false, .warnings = false}); });
  EvaluateOptions traced;
  traced.trace = true;
  decisions.add("10 managed policies, with a trace", kCount,
                [&] { decide_all(large, large_requests, traced); });
  decisions.add("making the request (context, principal), no decision", kCount, [&] {
    for (const RequestFields& fields : large_fields) bench::keep(Request(fields).action().size());
  });
  decisions.run(true);

  // With threads: the first row is the loop that anybody would write.
  bench::Table batches("Decisions in batches, 10 managed policies", "decisions");
  const EvaluateOptions plain{.trace = false, .warnings = false};
  batches.add("`evaluate`, one after the other", kCount,
              [&] { decide_all(large, large_requests, plain); });
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  for (unsigned threads = 1; threads <= cores; threads *= 2) {
    const std::string name =
        "`evaluate_many`, " + std::to_string(threads) + (threads == 1 ? " thread" : " threads");
    batches.add(name, kCount, [&, threads] {
      bench::keep(evaluate_many(large, large_requests, plain, threads).front().allowed());
    });
  }
  batches.run(true);

  bench::Table compiling("Compiling policy sets", "sets");
  const auto three = std::vector<bench::Document>{bench::three_statements()};
  compiling.add("parsing the 10 managed policies, no set", 1, [&] {
    for (const auto& d : ten) bench::keep(parse_policy(d.name, d.text)->statements.size());
  });
  compiling.add("10 managed policies, bytes to set", 1,
                [&] { bench::keep(bench::compile(ten).policies().size()); });
  compiling.add("3 statements, bytes to set", 1,
                [&] { bench::keep(bench::compile(three).policies().size()); });
  compiling.run(true);
}
