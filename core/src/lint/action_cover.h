#pragma once

// What the actions of one statement take in.

#include <string>
#include <string_view>

#include "iamcheck/policy.h"

namespace iamcheck {

/// Action matches the action, or NotAction is there and does not. Entries that are known only at
/// deploy time match nothing.
bool covers_action(const Statement& statement, std::string_view action);

/// The same for one action and many principals: what was found out about a statement is remembered.
class ActionCover {
 public:
  explicit ActionCover(std::string_view action) : action_(action) {}
  bool of(const Statement& statement) {
    if (statement_ != &statement) {
      statement_ = &statement;
      covered_ = covers_action(statement, action_);
    }
    return covered_;
  }

 private:
  std::string_view action_;
  const Statement* statement_ = nullptr;
  bool covered_ = false;
};

/// The service whose resource the policy belongs to, in lower case: the one that all entries of
/// Action and NotAction name, else the one of all ARNs in Resource; empty when there is none, or
/// more than one.
std::string service_of(const Policy& policy);

}  // namespace iamcheck
