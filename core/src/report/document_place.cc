#include "report/document_place.h"

#include <algorithm>

namespace iamcheck {
namespace {

// A part of a text without escapes; others have no places of their own inside.
void add_substring(const Document& document, const Node& node, const Span& span,
                   std::vector<PlaceStep>& steps) {
  const std::string_view written = document.source->slice(node.span);
  if (!node.is_text() || span == node.span || written.size() != node.text.size() + 2) return;
  if (span.begin <= node.span.begin || span.end >= node.span.end) return;
  const std::size_t begin = document.source->characters_before(span.begin);
  const std::size_t end = document.source->characters_before(span.end);
  const std::size_t quote = document.source->characters_before(node.span.begin);
  steps.push_back({PlaceStep::Kind::kSubstring, {}, begin - quote - 1, end - begin});
}

// The child that holds the span, when there is one.
const Node* step_into(const Node& node, const Span& span, std::vector<PlaceStep>& steps) {
  // Children stand in the order of the text.
  const auto member = std::ranges::partition_point(
      node.members, [&](const Member& one) { return one.value.span.end < span.end; });
  if (member != node.members.end() && member->name_span.contains(span)) {
    steps.push_back({PlaceStep::Kind::kKey, member->name});
    return nullptr;
  }
  if (member != node.members.end() && member->value.span.contains(span)) {
    steps.push_back({PlaceStep::Kind::kValue, member->name});
    return &member->value;
  }
  const auto item = std::ranges::partition_point(
      node.items, [&](const Node& one) { return one.span.end < span.end; });
  if (item == node.items.end() || !item->span.contains(span)) return nullptr;
  steps.push_back(
      {PlaceStep::Kind::kIndex, {}, static_cast<std::size_t>(item - node.items.begin())});
  return &*item;
}

}  // namespace

std::vector<PlaceStep> steps_to(const Document& document, const Span& span) {
  std::vector<PlaceStep> steps;
  const Node* node = &document.root;
  while (node->span != span) {
    const Node* inner = step_into(*node, span, steps);
    if (inner == nullptr) break;
    node = inner;
  }
  if (steps.empty() || steps.back().kind != PlaceStep::Kind::kKey)
    add_substring(document, *node, span, steps);
  return steps;
}

}  // namespace iamcheck
