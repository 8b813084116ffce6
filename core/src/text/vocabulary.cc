// The names of the small closed vocabularies of result.h and finding.h.
#include <array>

#include "iamcheck/finding.h"
#include "iamcheck/result.h"

namespace iamcheck {

std::string_view to_string(ErrorCode code) {
  static constexpr std::array<std::string_view, 12> kNames = {
      "json-syntax",      "not-utf8",    "limit-exceeded", "not-a-policy",
      "invalid-argument", "unreadable",  "unknown-name",   "corrupt-catalogue",
      "internal",         "unsupported", "yaml-syntax",    "hcl-syntax"};
  return kNames[static_cast<std::size_t>(code)];
}

std::string_view to_string(Suppression::Kind kind) {
  static constexpr std::array<std::string_view, 3> kNames = {"source", "configuration", "baseline"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view to_string(Severity severity) {
  static constexpr std::array<std::string_view, 3> kNames = {"note", "warning", "error"};
  return kNames[static_cast<std::size_t>(severity)];
}

std::string_view to_string(Confidence confidence) {
  static constexpr std::array<std::string_view, 3> kNames = {"low", "medium", "high"};
  return kNames[static_cast<std::size_t>(confidence)];
}

std::string_view to_string(SecuritySeverity security_severity) {
  static constexpr std::array<std::string_view, 5> kNames = {"none", "low", "medium", "high",
                                                             "critical"};
  return kNames[static_cast<std::size_t>(security_severity)];
}

}  // namespace iamcheck
