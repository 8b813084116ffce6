// Threads take portions of the requests in turns; each answer has its own place, so that neither
// their number nor their pace shows in the result.
#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>

#include "iamcheck/evaluate.h"

namespace iamcheck {
namespace {

// Large enough that the threads seldom meet at the counter and never share a cache line of answers
// for long, small enough that none is left with most of the slow questions.
constexpr std::size_t kPortion = 64;

std::size_t threads_for(std::size_t requests, unsigned wanted) {
  const std::size_t threads = wanted != 0 ? wanted : std::thread::hardware_concurrency();
  const std::size_t portions = (requests + kPortion - 1) / kPortion;
  return std::max<std::size_t>(1, std::min(threads, portions));
}

}  // namespace

std::vector<Decision> evaluate_many(const PolicySet& policies, std::span<const Request> requests,
                                    const EvaluateOptions& options, unsigned threads) {
  std::vector<Decision> decisions(requests.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (;;) {
      const std::size_t begin = next.fetch_add(kPortion, std::memory_order_relaxed);
      if (begin >= requests.size()) return;
      const std::size_t end = std::min(begin + kPortion, requests.size());
      for (std::size_t i = begin; i < end; ++i)
        decisions[i] = evaluate(policies, requests[i], options);
    }
  };
  std::vector<std::jthread> others;
  const std::size_t count = threads_for(requests.size(), threads);
  others.reserve(count - 1);
  const auto start_another = [&] {
    try {
      others.emplace_back(work);
      return true;
    } catch (const std::system_error&) {
      return false;  // the system gives no more threads: those that there are do all of it
    }
  };
  while (others.size() + 1 < count && start_another()) {
  }
  work();
  others.clear();  // waits
  return decisions;
}

}  // namespace iamcheck
