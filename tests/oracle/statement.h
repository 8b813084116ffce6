#pragma once

// One policy of one kind against the request: the statements it holds and what each says.

#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <vector>

#include "caller.h"
#include "context.h"
#include "principal.h"
#include "resource.h"

namespace iamcheck::oracle {

/// What every statement is matched against.
struct Situation {
  Caller caller;
  std::string action;
  std::string resource;
  Context context;
  bool has_boundary = false;
  bool through_gateway = false;
};

struct Finding {
  bool is_deny = false;
  Answer applies = Answer::kNo;
  PrincipalMatch principal = PrincipalMatch::kDirect;  // of resource-like policies
  std::set<std::string> unknown;
};

using Findings = std::vector<Finding>;

/// `policy` is a document, or {"name", "policy"}.
Findings read_policy(const nlohmann::json& policy, PolicyKind kind, const Situation& situation);
/// A list of policies, read as one: the union of their statements (S1.3).
Findings read_policies(const nlohmann::json& policies, PolicyKind kind, const Situation& situation);

}  // namespace iamcheck::oracle
