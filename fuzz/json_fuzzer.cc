// The JSON reader on any bytes, strict and tolerant: it ends, and every span lies where it says.

#include <cstddef>
#include <cstdint>
#include <string>

#include "expectation.h"
#include "iamcheck/document.h"

namespace {

using iamcheck::Document;
using iamcheck::Node;
using iamcheck::Span;

// The reader keeps to a depth limit, so this recursion does too.
void check_spans(const Node& node, const Span& parent) {
  expect(node.span.begin <= node.span.end, "a span begins before it ends");
  expect(parent.contains(node.span), "a value lies inside the value around it");
  expect(node.items.empty() || node.is_list(), "only lists have items");
  expect(node.members.empty() || node.is_object(), "only objects have members");
  std::uint32_t behind = node.span.begin;
  for (const Node& item : node.items) {
    expect(item.span.begin >= behind, "items follow each other");
    behind = item.span.end;
    check_spans(item, node.span);
  }
  for (const auto& member : node.members) {
    expect(node.span.contains(member.name_span), "a name lies inside its object");
    expect(member.name_span.begin >= behind, "members follow each other");
    expect(member.value.span.begin >= member.name_span.end, "a value follows its name");
    behind = member.value.span.end;
    check_spans(member.value, node.span);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto source = iamcheck::Source::from_bytes("input.json", std::string(data, data + size), 7);
  bool strict_read = false;
  for (const bool tolerant : {false, true}) {
    iamcheck::ReadOptions options;
    options.tolerant = tolerant;
    const auto document = iamcheck::read_json(source, options);
    if (!document) {
      expect(!document.error().message.empty(), "an error says what is wrong");
      expect(source->span().contains(document.error().span), "an error lies inside the source");
      expect(!tolerant || !strict_read, "what the strict reader takes, the tolerant one takes");
      continue;
    }
    strict_read = strict_read || !tolerant;
    check_spans(document->root, source->span());
    for (const auto& leniency : document->leniencies) {
      expect(source->span().contains(leniency.span), "what was forgiven lies inside the source");
    }
  }
  return 0;
}
