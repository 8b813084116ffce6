#include "conformance.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace iamcheck::oracle {
namespace {

std::string run_line(const std::string& line, Decide decide) {
  try {
    const nlohmann::json request = nlohmann::json::parse(line);
    // Which keys a unit has is the catalogue's to say, which the oracle does not read; the cases
    // are run as test cases (tests/unit/wire).
    if (request.contains("units")) return "";
    const auto expected = request.at("expect").get<std::string>();
    const std::string given(to_string(decide(request)));
    if (given == expected) return "";
    return request.at("rule").get<std::string>() + ": expected " + expected + ", got " + given +
           ": " + request.at("why").get<std::string>();
  } catch (const std::exception& error) {
    return error.what();
  }
}

}  // namespace

ConformanceReport run_conformance(const std::string& folder, Decide decide) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  ConformanceReport report;
  for (const auto& file : files) {
    std::ifstream in(file);
    int number = 0;
    for (std::string line; std::getline(in, line);) {
      ++number;
      if (line.empty()) continue;
      ++report.cases;
      const std::string failure = run_line(line, decide);
      if (failure.empty()) continue;
      report.failures.push_back(file.filename().string() + ":" + std::to_string(number) + ": " +
                                failure);
    }
  }
  return report;
}

}  // namespace iamcheck::oracle
