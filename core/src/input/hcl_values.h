#pragma once

// What the expressions of a Terraform file stand for, as far as the file alone tells.
//
// Values are nodes. A value keeps the place where it is written: that of the literal behind a name,
// that of the call or template which makes it otherwise. What only a plan or a deployment knows
// (resources, data sources, variables without a default, other files) is unresolved; the text of
// such a node is for people, `arn:aws:s3:::${aws_s3_bucket.logs.id}/*`.

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "document/hcl.h"
#include "input/hcl_work.h"

namespace iamcheck {

/// Names that a `for` or a dynamic block gives to values, from the inside to the outside.
struct HclScope {
  std::string_view name;
  const Node* value = nullptr;
  const HclScope* outer = nullptr;
};

/// A run of the text of a template: what it stands for, where that is written, whether it is known.
using HclTextSink = std::function<void(std::string_view text, const Span& place, bool known)>;

class HclValues {
 public:
  /// `file` has to live as long.
  explicit HclValues(const HclFile& file);

  /// Never fails: what is not known, or wrong, is unresolved.
  Node evaluate(const HclExpression& expression, const HclScope* scope = nullptr);

  /// The text of a template, run by run.
  void render(const HclExpression& text, const HclScope* scope, const HclTextSink& sink);

  /// What `local.x` or `var.x` is defined as, through any number of such names and parentheses;
  /// the expression itself when it is none of these.
  const HclExpression& definition(const HclExpression& expression);

  /// What the `local.x` or `var.x` at the beginning of a traversal is defined as; null when it is
  /// none of these, or not defined here.
  const HclExpression* defined_as(const HclExpression& expression);

  /// Something unresolved at `span`, with its text as written.
  Node unresolved(const Span& span) const;
  /// A copy, or something unresolved when there is no room for it.
  Node copy(const Node& node);

  HclWork& work() { return work_; }
  const HclFile& file() const { return file_; }

 private:
  struct Name {
    const HclExpression* expression = nullptr;
    enum class State : std::uint8_t { kNew, kOpen, kKnown } state = State::kNew;
    Node value;
  };
  using Names = std::map<std::string, Name, std::less<>>;

  Node template_value(const HclExpression& text, const HclScope* scope);
  void render_loop(const HclExpression& loop, const HclScope* scope, const HclTextSink& sink);
  Node list(const HclExpression& list, const HclScope* scope);
  Node object(const HclExpression& object, const HclScope* scope);
  Node call(const HclExpression& call, const HclScope* scope);
  Node traversal(const HclExpression& traversal, const HclScope* scope);
  Node follow(const Node& base, const HclExpression& traversal, std::size_t step,
              const HclScope* scope);
  Node splat(const Node& base, const HclExpression& traversal, std::size_t step,
             const HclScope* scope);
  Node unary(const HclExpression& operation, const HclScope* scope);
  Node binary(const HclExpression& operation, const HclScope* scope);
  Node conditional(const HclExpression& choice, const HclScope* scope);
  Node loop(const HclExpression& loop, const HclScope* scope);
  // Calls `turn` with the names of each turn; false when the collection is not known.
  bool for_each(const HclExpression& loop, const HclScope* scope,
                const std::function<bool(const HclScope*)>& turn);
  Node dispatch(const HclExpression& expression, const HclScope* scope);
  // Null when there is no such name here.
  const Node* named_value(const HclExpression& traversal);
  Name* find_name(const HclExpression& traversal);

  const HclFile& file_;
  HclWork work_;
  Names locals_;
  Names variables_;
  std::size_t depth_ = 0;
};

/// Whether a value, or anything in it, is unresolved.
bool has_unresolved(const Node& node);
/// Text, number or boolean.
bool is_known_scalar(const Node& node);
/// `true` or `false`, also as text; nothing for any other value.
std::optional<bool> truth_of(const Node& node);

}  // namespace iamcheck
