#pragma once

// The canonical layout of a policy: the same document, written the way everybody writes it.
//
// Nothing is lost and nothing is changed but white space and the order of the elements: numbers and
// escapes stay as they were written, comments stay with what they stand at, elements that nobody
// knows go last.
//
// ```cpp
// auto source = iamcheck::Source::from_bytes("p.json", R"({"Statement":{"Resource":"*",
//     "Action":"s3:ListAllMyBuckets","Effect":"Allow"},"Version":"2012-10-17"})");
// auto document = iamcheck::read_json(source, {});
// std::string text = iamcheck::canonical_layout(*document);
// // text starts with "{\n  \"Version\": \"2012-10-17\",\n"
// ```

#include <string>

#include "iamcheck/document.h"

namespace iamcheck {

/// A policy that was read as JSON, with `ReadOptions::tolerant` or without: two spaces a level, one
/// member or value a line, the elements of policies and statements in the order of the IAM User
/// Guide ("Grammar of the IAM JSON policy language"), a line end after the last line. Members of
/// the same name keep their order. Trailing commas go.
std::string canonical_layout(const Document& document);

}  // namespace iamcheck
