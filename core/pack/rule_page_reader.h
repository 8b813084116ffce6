#pragma once

// Reads one rule page and checks its form. rules/README.md is the contract for page writers.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "front_matter.h"

namespace iamcheck::pack {

struct Mark {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Example {
  std::string language;
  bool reported = false;
  std::string place, severity, why, policy_type, file;
  std::vector<std::string> also;
  std::string text;
  std::vector<Mark> marks, related;
  std::size_t line = 0;
  std::size_t fill = 0;
};

struct Page {
  bool credential = false;
  std::string slug, title, severity, security_severity, confidence, category, fix, since;
  std::string finding_type, profile;
  std::vector<std::string> applies_to, references, aliases;
  std::vector<std::pair<std::string, std::string>> peers;
  std::string text;
  std::size_t body_begin = 0;
  std::vector<Example> examples;
  // Credential rules only.
  std::vector<std::string> keywords;
  bool ignore_case = false;
  std::string anchor, pattern, entropy, validate;
};

/// Reads the page of the rule `slug`. Every defect is an entry of `errors`; the page is usable only
/// when there is none.
Page read_page(std::string_view slug, bool credential, std::string text,
               std::vector<PageError>& errors);

}  // namespace iamcheck::pack
