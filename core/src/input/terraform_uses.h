#pragma once

// Which resource a policy document or a local value is written for.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

#include "input/attachment.h"
#include "input/hcl_values.h"

namespace iamcheck {

class TerraformUses {
 public:
  /// Both have to live as long.
  TerraformUses(HclValues& values, const HclFile& file);

  /// What the policies in a block hang on.
  static Attachment attachment_of(const HclBlock& block);
  /// What refers to a document; nothing is said where several disagree.
  Attachment of_document(std::string_view name) const;
  /// Something but other documents refers to it.
  bool is_policy(std::string_view name) const { return documents_.contains(name); }
  /// What refers to a local value or a default by its name; null when nothing does.
  const Attachment* of_value(const HclExpression& value) const;

 private:
  void visit_body(const HclBody& body, const Attachment& attachment, bool in_document);
  void visit(const HclExpression& expression, const Attachment& attachment);

  struct Use {
    Attachment attachment;
    bool disputed = false;  // by two uses of different kinds
    void join(const Attachment& further);
  };

  HclValues& values_;
  std::map<std::string, Use, std::less<>> documents_;
  std::map<const HclExpression*, Use> defined_;
  // What was followed already: a definition, with the kind and the type that it was followed for.
  std::set<std::tuple<const HclExpression*, int, std::string>> followed_;
  std::size_t depth_ = 0;
};

}  // namespace iamcheck
