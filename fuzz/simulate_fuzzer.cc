// Request lines: any bytes get answers that are JSON, one for each line that is not blank or a
// definition, and the same ones however the input is cut and whatever the number of threads.

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "expectation.h"
#include "iamcheck/simulate.h"

namespace {

std::string answers_of(std::string_view input, std::size_t step,
                       const iamcheck::SimulateOptions& options) {
  iamcheck::Simulator simulator(options);
  std::string out;
  for (std::size_t at = 0; at < input.size(); at += step) {
    out += simulator.feed(input.substr(at, step));
  }
  return out + simulator.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(data, data + size);
  iamcheck::SimulateOptions options;
  options.explain = true;
  options.max_line_bytes = 4096;
  const std::string whole = answers_of(input, input.size() + 1, options);
  options.threads = 2;
  expect(answers_of(input, 7, options) == whole, "cuts and threads do not show in the answers");
  std::size_t begin = 0;
  for (std::size_t end = whole.find('\n'); end != std::string::npos;
       end = whole.find('\n', begin)) {
    const auto answer = nlohmann::json::parse(whole.substr(begin, end - begin), nullptr, false);
    expect(answer.is_object() && answer.contains("decision") != answer.contains("error"),
           "an answer is an object with a decision or an error");
    begin = end + 1;
  }
  expect(begin == whole.size(), "every answer ends its line");
  return 0;
}
