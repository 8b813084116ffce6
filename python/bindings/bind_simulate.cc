// simulate: request lines to answer lines, without the interpreter lock.
#include "bind.h"
#include "iamcheck/simulate.h"

namespace iamcheck::python {
namespace {

py::list simulate(const py::iterable& lines, bool explain, std::size_t threads) {
  std::vector<std::string> requests = to_texts(lines);
  const std::string answers = unlocked([&] {
    SimulateOptions options;
    options.explain = explain;
    options.threads = threads;
    Simulator simulator(options);
    std::string out, block;
    constexpr std::size_t kBlock = 1 << 20;
    for (std::string& line : requests) {
      block += line;
      block += '\n';
      line = std::string();
      if (block.size() < kBlock) continue;
      out += simulator.feed(block);
      block.clear();
    }
    out += simulator.feed(block);
    return out + simulator.finish();
  });
  py::list out;
  for (std::size_t at = 0; at < answers.size();) {
    const std::size_t end = answers.find('\n', at);
    out.append(to_str(std::string_view(answers).substr(at, end - at)));
    at = end + 1;
  }
  return out;
}

}  // namespace

void bind_simulate(py::module_& module) {
  module.def("simulate", &simulate, py::arg("lines"), py::arg("explain"), py::arg("threads"));
}

}  // namespace iamcheck::python
