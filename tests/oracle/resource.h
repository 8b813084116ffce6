#pragma once

// Resource and NotResource (S6).

#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <string_view>

#include "context.h"
#include "decision_kind.h"

namespace iamcheck::oracle {

enum class PolicyKind : unsigned char {
  kIdentity,
  kBoundary,
  kSession,
  kResource,
  kTrust,
  kScp,
  kRcp,
  kEndpoint,
};

/// What one entry says about the request's resource.
enum class EntryMatch : unsigned char {
  kMatch,
  kMiss,
  kBroken,           // invalid for the policy type, or an unresolvable variable (S6.6)
  kUnknown,          // ask mode: a match, a miss or broken, by the value of the variable
  kUnknownButNever,  // ask mode: a miss or broken; no value makes it a match
};

EntryMatch match_entry(std::string_view entry, std::string_view resource, PolicyKind kind,
                       bool variables_on, const Context& context, std::set<std::string>& unknown);

/// `entries` is one text or a list of texts.
Answer match_resource(const nlohmann::json& entries, std::string_view resource, PolicyKind kind,
                      bool variables_on, const Context& context, std::set<std::string>& unknown);
Answer match_not_resource(const nlohmann::json& entries, bool is_deny, std::string_view resource,
                          PolicyKind kind, bool variables_on, const Context& context,
                          std::set<std::string>& unknown);

/// One value or a list of values (S2); elements that are no text are left out.
std::vector<std::string> text_list(const nlohmann::json& value);

}  // namespace iamcheck::oracle
