#pragma once

// rules/escalation/paths.csv as data.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace iamcheck {

/// What the iam: actions of a path are asked on; the words of the table.
enum class EscalationTarget : std::uint8_t {
  kSelfUser,
  kSelfRole,
  kSelfGroup,
  kSelfPolicy,
  kUser,
  kRole,
  kUserToAdministrator,
  kRoleToAdministrator,
  kRolePolicy,
  kAssumableRole,
  kAssumableRolePolicy,
  kNewPrincipal,
  kPassedRole,
  kBuiltIn,
  kNone,
};

struct EscalationPath {
  std::string name;
  EscalationTarget target = EscalationTarget::kNone;
  std::vector<std::string> services;
  bool needs_profile = false;
  std::vector<std::string> actions;  ///< in the catalogue's spelling
};

const std::vector<EscalationPath>& escalation_paths();
/// The table as text.
std::string_view escalation_paths_text();

}  // namespace iamcheck
