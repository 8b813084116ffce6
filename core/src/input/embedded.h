#pragma once

// Policies written as JSON inside of a string of another document: Terraform state and plans,
// CloudTrail events, block scalars of YAML, properties of CloudFormation that take text.
//
// The escapes around the inner JSON are replaced by blanks, byte for byte, so that every place in
// it is a place in the user's file.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "iamcheck/document.h"
#include "input/attachment.h"

namespace iamcheck {

/// A string that holds a policy.
struct EmbeddedText {
  Span span;  ///< with its quotes
  std::string path;
  Attachment attachment;
};

/// Whether the decoded text of a string looks like a policy in JSON.
bool is_embedded_policy(const Node& node);

class EmbeddedTexts {
 public:
  explicit EmbeddedTexts(std::shared_ptr<const Source> source) : source_(std::move(source)) {}

  /// `node` is a string of the source with `is_embedded_policy`.
  void add(const Node& node, std::string path, const Attachment& attachment);
  const std::vector<EmbeddedText>& texts() const { return texts_; }

  /// The source with the escapes of all added strings blanked; the source itself without any.
  std::shared_ptr<const Source> unescaped() const;
  /// The inside of a string, in `unescaped()`. Nothing where the inner JSON has escapes of its own,
  /// which leave no room for blanks.
  std::optional<Span> inside(const EmbeddedText& text) const;

 private:
  std::shared_ptr<const Source> source_;
  std::vector<EmbeddedText> texts_;
};

}  // namespace iamcheck
