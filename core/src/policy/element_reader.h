#pragma once

// Reads the elements of a statement and notes what the grammar does not allow.
//
// Nothing stops the reader: a mistyped element is described in a diagnostic and left out of the
// model, its neighbours are read as if nothing had happened.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/policy.h"

namespace iamcheck {

class ElementReader {
 public:
  /// `size`: bytes of the policy.
  ElementReader(std::vector<PolicyDiagnostic>& diagnostics, std::size_t size)
      : diagnostics_(diagnostics), left_(kNamesPerByte * size + kLeastNames) {}

  /// Names are so long, and what is named by them so much, that what was read is not all there is.
  /// An operator is kept with each of its keys: a name of 1 MB over a million keys would be 1 TB.
  bool exceeded() const { return exceeded_; }

  /// The members that count, in order: of several with one name the last. One diagnostic for each
  /// name that occurs again.
  std::vector<const Member*> members_of(const Node& object, const std::string& path);
  void report_unknown(const Member& member, const std::string& path, std::string help);
  void report_principal_type(const Member& type, const std::string& path);
  void report_principal_form(const Node& node, const std::string& path);
  void report_type(const Node& node, const std::string& path, std::string_view expected);

  /// A text; `path` names the element in diagnostics.
  std::optional<Text> text(const Node& node, const std::string& path);
  /// Action, Resource and their negations.
  std::optional<ListElement> list(const Member& member, const std::string& path);
  std::optional<PrincipalElement> principal(const Member& member, const std::string& path);
  /// Appends the entries of a Condition block; false when some part of it has a wrong type.
  bool condition(const Node& block, const std::string& path, std::vector<ConditionEntry>& entries);

 private:
  // Far above real policies, where a value is a few times shorter than its path.
  static constexpr std::size_t kNamesPerByte = 32;
  static constexpr std::size_t kLeastNames = 4096;

  // Whether there is room for `count` more things with this path.
  bool has_room(const std::string& path, std::size_t count);
  void principal_values(const Member& type, const std::string& path, PrincipalElement& element);
  std::vector<Text> values(const Node& node, const std::string& path, bool scalars_as_text);

  std::vector<PolicyDiagnostic>& diagnostics_;
  std::size_t left_;
  bool exceeded_ = false;
};

/// `path` with a member appended: `Statement[0].Action`.
std::string child_path(const std::string& path, std::string_view member);
std::string child_path(const std::string& path, std::size_t index);

}  // namespace iamcheck
