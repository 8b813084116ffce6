#pragma once

// What a test file gives names to, and how cases are completed with it.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "iamcheck/document.h"
#include "iamcheck/policy.h"
#include "iamcheck/result.h"
#include "iamcheck/test_cases.h"

namespace iamcheck {

/// The fixtures of one file: its members `policies`, `principals`, `resources`, `contexts`,
/// `defaults`.
class TestFixtures {
 public:
  TestFixtures(const Document& document, const TestOptions& options);

  /// The request of a case: `defaults`, then what its principal and its resource stand for, then
  /// its own members; names of contexts replaced by their values.
  Result<Node> complete(const Node& given) const;

  /// The policy of a name under `policies`, of `{file: ...}` or `{managed: ...}`, or one that is
  /// written out.
  Result<std::shared_ptr<const Policy>> policy(const Node& node);

  /// Policies by their names, as far as they were read.
  const std::map<std::string, std::shared_ptr<const Policy>>& named() const { return named_; }
  /// Reads every named policy, used or not, and returns the errors.
  std::vector<Error> read_all();

 private:
  Result<std::shared_ptr<const Policy>> read(const Node& node);
  Result<Node> context(const Node& node) const;
  Result<Node> units(const Node& list) const;
  const Node* fixture(std::string_view group, const std::string& name) const;

  const Document& document_;
  const TestOptions& options_;
  std::map<std::string, std::shared_ptr<const Policy>> named_;
};

/// Appends `member`, or replaces the one of its name.
void set_member(Node& object, const Member& member);

}  // namespace iamcheck
