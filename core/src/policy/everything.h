#pragma once

// The widest statement, to be narrowed: what questions about policies are made of.

#include "iamcheck/policy.h"

namespace iamcheck {

/// `*`
ListElement every_value();
/// `"Principal": "*"`
PrincipalElement everyone();
/// Allows every action on every resource, to everyone where policies of the kind name callers.
Statement allow_everything(PolicyKind kind);

/// Puts the statement behind those that are there, and numbers it.
void append(Statement statement, Policy& policy);
/// A policy of one statement, with nothing else.
Policy policy_of(Statement statement);

}  // namespace iamcheck
