// The YAML reader: any bytes give a tree whose spans lie in the text, or an error with a place in
// it.

#include <cstddef>
#include <cstdint>
#include <string>

#include "expectation.h"
#include "iamcheck/document.h"

namespace {

using iamcheck::Node;

void check_spans(const Node& node, std::size_t size) {
  expect(node.span.begin <= node.span.end && node.span.end <= size, "a span lies in the text");
  for (const Node& item : node.items) check_spans(item, size);
  for (const iamcheck::Member& member : node.members) {
    expect(member.name_span.end <= size, "a name lies in the text");
    check_spans(member.value, size);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto source = iamcheck::Source::from_bytes("t.yaml", std::string(data, data + size));
  iamcheck::ReadOptions options;
  options.limits.max_nodes = 10'000;
  const auto document = iamcheck::read_yaml(source, options);
  if (document) {
    check_spans(document->root, source->text().size());
  } else {
    expect(!document.error().message.empty(), "an error says what is wrong");
    expect(document.error().span.end <= source->text().size(), "an error lies in the text");
  }
  return 0;
}
