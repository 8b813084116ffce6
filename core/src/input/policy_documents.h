#pragma once

// `data "aws_iam_policy_document"` of Terraform's AWS provider, as the policy that it writes.
// Source: AWS provider documentation, data source aws_iam_policy_document.

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "iamcheck/limits.h"
#include "input/hcl_values.h"

namespace iamcheck {

/// The name of the document when `expression` speaks of one: `data.aws_iam_policy_document.x.json`.
std::optional<std::string_view> policy_document_name(const HclExpression& expression);
bool is_policy_document(const HclBlock& block);

class PolicyDocuments {
 public:
  PolicyDocuments(HclValues& values, const Limits& limits);

  /// The policy of a block, documents that are merged into it included. Names and values have the
  /// places of the block's; what it leaves to a default has that of its header. What is not known,
  /// such as the statements of a document in another file, is an unresolved statement.
  Node policy(const HclBlock& block);
  /// Whether the statements of the document have become those of another one.
  bool is_merged(std::string_view name) const { return merged_.contains(name); }

 private:
  struct Merge;
  using BlockReader =
      std::function<void(const HclBody& body, const HclBlock& block, const HclScope* scope)>;

  Node statement(const HclBody& body, const HclBlock& block, const HclScope* scope);
  void add_text(Node& out, std::string_view name, const HclBody& body, std::string_view attribute,
                const HclScope* scope);
  void add_values(Node& out, std::string_view name, const HclBody& body, std::string_view attribute,
                  const HclScope* scope);
  void add_principals(Node& out, std::string_view name, const HclBody& body, std::string_view type,
                      const HclScope* scope);
  void add_conditions(Node& out, const HclBody& body, const HclScope* scope);
  void add_condition(Node& conditions, const HclBody& body, const HclBlock& block,
                     const HclScope* scope);
  Node values_of(const HclExpression& expression, const HclScope* scope, std::size_t depth);
  // Calls `read` for each block of the type, those of dynamic blocks included; gives the dynamic
  // blocks to `open` of which nobody knows how many they stand for.
  void for_blocks(const HclBody& body, std::string_view type, const HclScope* scope,
                  const BlockReader& read, const std::function<void(const HclBlock&)>& open);
  bool for_dynamic(const HclBlock& dynamic, std::string_view type, const HclScope* scope,
                   const BlockReader& read);
  void merge_documents(Merge& merge, const HclBody& body, std::string_view list,
                       std::string_view single);
  void merge_elements(Merge& merge, const HclExpression& expression, std::size_t depth);
  void merge_document(Merge& merge, const HclExpression& expression);
  Node unresolved(const Span& span) const { return values_.unresolved(span); }

  HclValues& values_;
  const Limits& limits_;
  std::map<std::string, const HclBlock*, std::less<>> blocks_;
  std::set<std::string, std::less<>> open_;  // documents that are being put together
  std::set<std::string, std::less<>> merged_;
};

}  // namespace iamcheck
