#pragma once

// A simulate request (docs/schema, simulate-request-v1) from its tree. Test cases are the same
// objects with an expectation, so both readers meet here.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/call.h"
#include "iamcheck/document.h"
#include "iamcheck/evaluate.h"
#include "iamcheck/policy.h"
#include "iamcheck/request.h"
#include "iamcheck/result.h"

namespace iamcheck {

/// A policy as the request holds it, or the opening of a level of SCPs or RCPs.
struct PolicyPart {
  PolicyKind kind = PolicyKind::kIdentity;
  bool opens_level = false;
  std::string name;            ///< of the policy or of the level
  const Node* node = nullptr;  ///< the policy document; what stands for it in a test case
};

struct RequestParts {
  RequestFields fields;
  std::vector<PolicyPart> policies;
  std::string policy_set;            ///< empty: none is named
  bool resource_is_pattern = false;  ///< and its wildcards ask about more than one resource
  bool asks = false;  ///< it has an action or units; without them it defines `policy_set`
  /// A call of several units: `action` and `resource` of the request, where it has both, then those
  /// in its `units`. Empty: the request has no `units`.
  std::vector<CallUnit> units;
  std::vector<DecisionWarning> warnings;
};

struct RequestGrammar {
  /// Names that stand beside the request's own (`expect`) and are not read here.
  std::span<const std::string_view> other_members = {};
  /// A policy may be a text that names one.
  bool policy_names = false;
};

/// Views into `object`, which must outlive the parts. Errors: `invalid-argument` for a member that
/// is missing or cannot be read as what it is, `not-a-policy`, `limit-exceeded`, `unsupported`.
/// Members that the format does not have are warnings.
Result<RequestParts> read_request(const Node& object, const RequestGrammar& grammar);

/// The `id` to echo; nothing when there is none or it is no string.
std::optional<std::string> request_id(const Node& object);

/// A condition key is the same in any case (S7): of two spellings in one object one would be lost.
/// The second is the error.
std::optional<Error> find_same_key(const Node& object);

/// Reads the members of a context object into `context`. The first thing that cannot be read is the
/// error, and so is a key that stands there in two spellings, or twice.
std::optional<Error> read_context(const Node& object, Context& context);

}  // namespace iamcheck
