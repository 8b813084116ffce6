#pragma once

// The words about a change that several reports share.

#include <string>

#include "iamcheck/access_answer.h"

namespace iamcheck {

/// The verdict in one sentence.
std::string title_of(const AccessDiff& diff);
/// The evidence, in indented lines.
std::string body_of(const AccessDiff& diff);
/// `statement 2 "Sid"`
std::string describe_statement(const StatementLabels& labels, const StatementRef& ref);

}  // namespace iamcheck
