#pragma once

// What stands in a test file by mistake: without these checks a slip of the pen tests something
// else than its author believes, and passes.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/document.h"
#include "iamcheck/result.h"

namespace iamcheck {

/// The first key that stands twice in one object of `root`. Documents of policies are left out:
/// their own reader says so.
std::optional<Error> find_duplicate_key(const Node& root);

/// A request, completed with its fixtures, that names nobody, no action or nothing; `written` is
/// the case as it stands in the file, `document` the file with the fixtures that may have been
/// meant.
std::optional<Error> check_words(const Node& completed, const Node& written, const Node& document);

/// What `defaults`, `principals` and `resources` of a file say and no request has: `case_members`
/// are for cases alone, and would be passed over elsewhere.
std::vector<Error> check_fixtures(const Node& document,
                                  std::span<const std::string_view> case_members);

/// `decidedBy` and `missingContext` of a case that cannot be compared with a decision.
std::optional<Error> check_expectations(const Node& given);

}  // namespace iamcheck
