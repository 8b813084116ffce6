#pragma once

// The syntax of HCL, the language of Terraform and OpenTofu files: bodies of attributes and blocks,
// and expressions that are read but not evaluated.
//
// Source: HCL Native Syntax Specification (HashiCorp, hcl/hclsyntax/spec.md).

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "iamcheck/document.h"

namespace iamcheck {

/// An expression. `parts` depend on the kind.
struct HclExpression {
  enum class Kind : std::uint8_t {
    kNull,      ///< `null`, and what is left out
    kBool,      ///< `text` is `true` or `false`
    kNumber,    ///< `text` as written
    kTemplate,  ///< a quoted string or a heredoc; parts: kText, kInterpolation, kIfText, kForText
    kText,      ///< a run of characters of a template, or the bare name of an object's member;
                ///< `text` is decoded
    kInterpolation,  ///< `${...}`; parts: the expression
    kIfText,         ///< `%{ if }`; parts: condition, template, template
    kForText,        ///< `%{ for }`; parts as of kForList
    kList,           ///< parts: the items
    kObject,         ///< parts: key, value, key, value, ...
    kCall,           ///< `text` is the name; parts: the arguments
    kName,           ///< `text` is the name
    kTraversal,      ///< parts: what it begins with, then steps: kAttribute, kIndex, kSplat
    kAttribute,      ///< `.name`
    kIndex,          ///< `[key]`; parts: the key
    kSplat,          ///< `.*` or `[*]`
    kUnary,          ///< `text` is the operator; parts: the operand
    kBinary,         ///< `text` is the operator; parts: the operands
    kConditional,    ///< parts: condition, value, other value
    kForList,        ///< parts: kName key (may be empty), kName value, collection, kNull, value,
                     ///< and the condition, which may be missing
    kForObject,      ///< the same with the key of the member for kNull
    kParentheses,    ///< parts: the inside
  };

  Kind kind = Kind::kNull;
  /// `...`: the last argument of a call stands for several, or a `for` groups its values.
  bool expands = false;
  Span span;
  std::string text;
  std::vector<HclExpression> parts;
};

struct HclAttribute {
  std::string name;
  Span name_span;
  HclExpression value;
};

struct HclBlock;

struct HclBody {
  std::vector<HclAttribute> attributes;  ///< in order
  std::vector<HclBlock> blocks;          ///< in order

  /// The first attribute of that name; null when there is none.
  const HclAttribute* find(std::string_view name) const;
};

struct HclBlock {
  std::string type;
  std::vector<std::string> labels;  ///< without their quotes
  Span header;                      ///< type and labels
  Span span;                        ///< up to the closing brace
  HclBody body;
};

/// What could be read: the items before the first error, and that error.
struct HclFile {
  std::shared_ptr<const Source> source;
  HclBody body;
  std::optional<Error> error;
};

/// Reads a file in the native syntax.
///
/// Depth counts blocks, brackets, operators and templates in each other, and with `max_nodes` every
/// attribute, block, expression and escape is one. Errors: `hcl-syntax` with the place, `not-utf8`,
/// `limit-exceeded`.
HclFile read_hcl(const std::shared_ptr<const Source>& source, const ReadOptions& options);
/// A part of the source, such as a fence of Markdown.
HclFile read_hcl(const std::shared_ptr<const Source>& source, const Span& part,
                 const ReadOptions& options);

}  // namespace iamcheck
