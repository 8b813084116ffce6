#pragma once

// Tables of cases: principals x actions x resources.

#include <functional>
#include <optional>
#include <string>

#include "iamcheck/document.h"
#include "iamcheck/result.h"

namespace iamcheck {

/// Calls `run` with a case for each cell, in the order in which the lists are written. `expect` of
/// the table is one answer, or an object of answers by principal, then action, then resource, each
/// as it is written in the lists; `*` is for those that are not named. Stops with the first error.
std::optional<Error> for_each_cell(const Node& table, const std::function<bool(const Node&)>& run);

}  // namespace iamcheck
