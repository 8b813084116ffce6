// Files, blocks and attributes. Source: HCL Native Syntax Specification, "Structural Elements".
#include <algorithm>
#include <utility>

#include "document/hcl_parser.h"
#include "text/utf8.h"

namespace iamcheck {
namespace {

std::optional<Error> utf8_error(const Source& source) {
  const std::string_view text = source.text();
  for (std::size_t at = 0; at < text.size();) {
    const Character character = first_character(text.substr(at));
    if (!character.valid) {
      const auto begin = static_cast<std::uint32_t>(at);
      return Error{ErrorCode::kNotUtf8, "the text is not UTF-8 here", "save the file as UTF-8",
                   Span{source.id(), begin, begin + 1}};
    }
    at += character.length;
  }
  return std::nullopt;
}

}  // namespace

const HclAttribute* HclBody::find(std::string_view name) const {
  const auto found = std::ranges::find(attributes, name, &HclAttribute::name);
  return found == attributes.end() ? nullptr : &*found;
}

void HclParser::read_file(HclBody& body) {
  for (skip_lines(); !scan_.at_end(); skip_lines()) read_item(body);
}

void HclParser::read_item(HclBody& body) {
  const std::size_t begin = scan_.at();
  const std::string_view name = scan_.take_identifier();
  if (name.empty())
    scan_.fail_here("an attribute or a block was expected", "write `name = value` or `name {`");
  scan_.count();
  skip();
  if (scan_.peek() == '=' && scan_.peek(1) != '=') {
    read_attribute(body, name, begin);
  } else {
    read_block(body, name, begin);
  }
}

void HclParser::read_attribute(HclBody& body, std::string_view name, std::size_t begin) {
  HclAttribute attribute;
  attribute.name = std::string(name);
  attribute.name_span = scan_.span(begin, begin + name.size());
  scan_.advance();
  skip();
  attribute.value = expression();
  end_item();
  body.attributes.push_back(std::move(attribute));
}

void HclParser::read_block(HclBody& body, std::string_view type, std::size_t begin) {
  const Level level(*this);
  HclBlock block;
  block.type = std::string(type);
  block.header = scan_.span(begin, begin + type.size());
  while (scan_.peek() != '{') {
    block.labels.push_back(read_label());
    block.header.end = static_cast<std::uint32_t>(scan_.at());
    skip();
  }
  scan_.advance();
  for (skip_lines(); scan_.peek() != '}' || scan_.at_end(); skip_lines()) {
    if (scan_.at_end())
      scan_.fail(block.header, "the block `" + std::string(type) + "` is not closed",
                 "close it with `}`");
    read_item(block.body);
  }
  scan_.advance();
  block.span = scan_.span_from(begin);
  end_item();
  body.blocks.push_back(std::move(block));
}

std::string HclParser::read_label() {
  scan_.count();
  if (const std::string_view name = scan_.take_identifier(); !name.empty())
    return std::string(name);
  if (scan_.peek() != '"')
    scan_.fail_here("`=`, `{` or a label was expected", "write `name = value` or `name {`");
  const HclExpression label = quoted();
  std::string text;
  for (const HclExpression& part : label.parts) {
    if (part.kind != Kind::kText)
      scan_.fail(part.span, "a label is no template", "write the label out");
    text += part.text;
  }
  return text;
}

// Items end with their line, or with the block around them.
void HclParser::end_item() {
  skip();
  if (scan_.at_line_end() || scan_.peek() == '}' || scan_.peek() == '\r') return;
  scan_.fail_here("the end of the line was expected", "begin the next item in a line of its own");
}

HclFile read_hcl(const std::shared_ptr<const Source>& source, const ReadOptions& options) {
  return read_hcl(source, source->span(), options);
}

HclFile read_hcl(const std::shared_ptr<const Source>& source, const Span& part,
                 const ReadOptions& options) {
  HclFile file;
  file.source = source;
  if (source->text().size() > options.limits.max_document_bytes) {
    file.error = Error{
        ErrorCode::kLimitExceeded,
        "the file is larger than " + std::to_string(options.limits.max_document_bytes) + " bytes",
        "split the file",
        {}};
    return file;
  }
  file.error = utf8_error(*source);
  if (file.error) return file;
  try {
    HclParser(*source, part, options.limits).read_file(file.body);
  } catch (const HclStop& stop) {
    file.error = stop.error;
  }
  return file;
}

}  // namespace iamcheck
