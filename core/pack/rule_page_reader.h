#pragma once

// Reads one rule page and checks its form. rules/README.md is the contract for page writers.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "front_matter.h"
#include "text/page_examples.h"

namespace iamcheck::pack {

using Example = page::Example;
using Mark = page::Mark;

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
  std::string anchor, pattern, entropy, validate, named_pattern;
  std::vector<std::string> names, near;
  int least_lead = 0, most_lead = 0;
};

/// Reads the page of the rule `slug`. Every defect is an entry of `errors`; the page is usable only
/// when there is none.
Page read_page(std::string_view slug, bool credential, std::string text,
               std::vector<PageError>& errors);

}  // namespace iamcheck::pack
