#pragma once

// The custom policy checks of IAM Access Analyzer: their arguments in, their JSON out, offline.
//
// `result`, `message` and `reasons` are AWS's; the rest is ours: what the verdict rests on, a
// request that shows it, what was added, and the other reading of ARNs. Source: IAM Access Analyzer
// API Reference, CheckNoNewAccess, CheckAccessNotGranted, CheckNoPublicAccess.
//
// ```cpp
// iamcheck::AccessCheck check;
// check.kind = iamcheck::AccessCheck::Kind::kNoNewAccess;
// check.existing = R"({"Statement": []})";
// check.updated = R"({"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}})";
// auto answer = iamcheck::run_check(check);  // answer->json: {"result": "FAIL", ...
// ```

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/analysis.h"
#include "iamcheck/result.h"

namespace iamcheck {

/// One question. Policies are JSON texts.
struct AccessCheck {
  enum class Kind : std::uint8_t {
    kNoNewAccess,       ///< existing, updated
    kAccessNotGranted,  ///< policy, access
    kNoPublicAccess,    ///< policy, resource_type
    kEquivalence,       ///< existing, updated
    kRedundancy,        ///< policy
  };
  Kind kind = Kind::kNoNewAccess;
  std::string existing, updated, policy;
  std::vector<AccessQuestion> access;
  PolicyKind policy_kind = PolicyKind::kIdentity;
  std::string resource_type;  ///< `AWS::S3::Bucket`
};

struct CheckAnswer {
  std::string json;  ///< an object; no line end
  Verdict verdict = Verdict::kUnknown;
  bool answered = true;  ///< false: a line of `run_check_line` that is no question
};

/// AWS's limits of one `access`: so many actions, so many resources.
inline constexpr std::size_t kMaxAccessEntries = 100;

/// Adds one value of `--access`: the AWS CLI's shorthand `actions=s3:GetObject,s3:PutObject` and
/// `resources=...`, a JSON object, or a JSON list of them. Errors: `json-syntax`,
/// `invalid-argument`.
std::optional<Error> read_access(const std::string& text, std::vector<AccessQuestion>& access);

/// What CheckAccessNotGranted refuses: more than `kMaxAccessEntries` actions or resources, what is
/// no action, and `Invalid ARN`. Errors: `invalid-argument`.
std::optional<Error> check_access(const std::vector<AccessQuestion>& access);

/// `IDENTITY_POLICY` or `RESOURCE_POLICY`, or our own names of kinds.
Result<PolicyKind> check_policy_type(std::string_view name);

/// Errors: `invalid-argument` for what the API would refuse, `json-syntax` and `not-a-policy` for a
/// policy, which the message names. `indent`: spaces, or -1 for one line.
Result<CheckAnswer> run_check(const AccessCheck& check, int indent = -1,
                              const AnalysisOptions& options = {});

/// One line of `check --batch`. `clock` gives microseconds, for the member of that name; empty: it
/// is left out. The answer is one line without its end; a line that is no question gives an
/// `error`.
CheckAnswer run_check_line(std::string_view line, std::size_t number,
                           const std::function<std::uint64_t()>& clock = {});

StatementLabels statement_labels(const Policy& policy);
StatementPlaces statement_places(const Policy& policy);
/// With layer and name of the policy: `statement 0 "Read" of identity policy ci`.
StatementLabels statement_labels(const PolicySet& policies);

/// One answer as `added` of `iamcheck/diff/v1` has it, in one line.
std::string render_json(const AccessAnswer& answer, const StatementLabels& labels);
/// The request that shows a FAIL, as `witness` there: a simulate request without policies.
std::string render_witness(const RequestFields& witness);
/// `iamcheck/diff/v1`, see docs/schema.
std::string render_json(const std::vector<AccessDiff>& diffs);

}  // namespace iamcheck
