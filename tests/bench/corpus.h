#pragma once

// What the benchmarks work on: AWS's own managed policies, and requests for them.

#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/evaluate.h"

namespace iamcheck::bench {

struct Document {
  std::string name;
  std::string text;
};

/// All managed policies of the catalogue, as JSON without white space.
const std::vector<Document>& managed_policies();
std::size_t total_size(const std::vector<Document>& documents);

/// Ten of them that one principal may well have at a time, the large ones among them.
std::vector<Document> ten_policies();
/// Three statements: a read grant with a condition, a write grant with a policy variable, a deny.
Document three_statements();
/// The same for MinIO, which takes no resource but those of S3.
Document three_bucket_statements();

PolicySet compile(const std::vector<Document>& documents);

/// Requests of a user of the account 111122223333: actions all over the catalogue, those of s3,
/// ec2 and iam more often, on resources of the action's own types; the same at every run.
std::vector<RequestFields> requests(std::size_t count);
/// Requests that the statements of `three_statements()` have something to say about.
std::vector<RequestFields> bucket_requests(std::size_t count);

}  // namespace iamcheck::bench
