// JSON through nlohmann's SAX reader (MIT, packaged everywhere, validates UTF-8 and numbers
// strictly). The tree is built bottom-up on an explicit stack, so hostile nesting costs no call
// stack here and is cut off by Limits::max_depth.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "document/json_cursor.h"
#include "document/json_error.h"
#include "document/leniency.h"
#include "iamcheck/document.h"

namespace iamcheck {
namespace {

class TreeBuilder {
 public:
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  TreeBuilder(std::string_view text, std::uint32_t source, std::uint32_t base, const Limits& limits)
      : text_(text), cursor_(text, source, base), source_(source), base_(base), limits_(limits) {}

  // The interface of nlohmann::json_sax.
  bool null() { return word(Node::Kind::kNull); }
  bool boolean(bool) { return word(Node::Kind::kBool); }
  bool number_integer(number_integer_t) { return word(Node::Kind::kNumber); }
  bool number_unsigned(number_unsigned_t) { return word(Node::Kind::kNumber); }
  bool number_float(number_float_t, const string_t&) { return word(Node::Kind::kNumber); }
  bool binary(binary_t&) { return false; }  // never sent for JSON text
  bool string(string_t& value) {
    Node node;
    node.kind = Node::Kind::kText;
    node.span = cursor_.take_string();
    node.text = std::move(value);
    return finish(std::move(node));
  }
  bool key(string_t& name) {
    Member member;
    member.name_span = cursor_.take_string();
    member.name = std::move(name);
    separator_ = ':';
    open_.back().members.push_back(std::move(member));
    return true;
  }
  bool start_object(std::size_t) { return open(Node::Kind::kObject); }
  bool start_array(std::size_t) { return open(Node::Kind::kList); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& e) {
    JsonFailure failure;
    failure.bytes_read = position;
    failure.token = cursor_.refused_token(separator_);
    failure.parser_reason = e.what();
    failure.complete = root_.has_value();
    if (!open_.empty()) failure.open_bracket = open_.back().span.begin - base_;
    error_ = explain_json_failure(text_, failure, source_, base_);
    return false;
  }

  /// After a success. The parser takes a NUL byte for the end of its input: whatever stands behind
  /// the value would not be looked at.
  void refuse_rest() {
    JsonFailure failure;
    failure.token = cursor_.refused_token(0);
    failure.complete = true;
    if (failure.token == text_.size()) return;
    error_ = explain_json_failure(text_, failure, source_, base_);
  }

  std::size_t nodes() const { return nodes_; }
  std::optional<Node> take_root() { return std::move(root_); }
  std::optional<Error> take_error() { return std::move(error_); }

 private:
  bool word(Node::Kind kind) {
    Node node;
    node.kind = kind;
    node.span = cursor_.take_word();
    node.text = std::string(cursor_.text_of(node.span));
    return finish(std::move(node));
  }

  bool open(Node::Kind kind) {
    Node node;
    node.kind = kind;
    node.span = cursor_.take_bracket();
    if (open_.size() >= limits_.max_depth) {
      return limit(
          "the document is nested deeper than " + std::to_string(limits_.max_depth) + " levels",
          node.span);
    }
    open_.push_back(std::move(node));
    separator_ = 0;
    return true;
  }

  bool close() {
    Node node = std::move(open_.back());
    open_.pop_back();
    node.span.end = cursor_.take_bracket().end;
    return finish(std::move(node));
  }

  bool finish(Node node) {
    if (++nodes_ > limits_.max_nodes) {
      return limit("the document has more than " + std::to_string(limits_.max_nodes) + " values",
                   node.span);
    }
    separator_ = open_.empty() ? '\0' : ',';
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (open_.back().is_list()) {
      open_.back().items.push_back(std::move(node));
    } else {
      open_.back().members.back().value = std::move(node);
    }
    return true;
  }

  bool limit(std::string message, Span span) {
    error_ = Error{ErrorCode::kLimitExceeded, std::move(message),
                   "split the document, or raise the limit", span};
    return false;
  }

  std::string_view text_;
  JsonCursor cursor_;
  std::uint32_t source_;
  std::uint32_t base_;
  const Limits& limits_;
  std::vector<Node> open_;
  std::optional<Node> root_;
  std::optional<Error> error_;
  std::size_t nodes_ = 0;
  char separator_ = 0;  // what may stand before the next token
};

}  // namespace

std::string_view to_string(Node::Kind kind) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "null", "boolean", "number", "string", "list", "object", "unresolved expression"};
  return kNames[static_cast<std::size_t>(kind)];
}

const Node* Node::find(std::string_view name) const {
  auto found = std::find_if(members.rbegin(), members.rend(),
                            [&](const Member& member) { return member.name == name; });
  return found == members.rend() ? nullptr : &found->value;
}

Result<Document> read_json(std::shared_ptr<const Source> source, const ReadOptions& options) {
  Span whole = source->span();
  return read_json(std::move(source), whole, options);
}

Result<Document> read_json(std::shared_ptr<const Source> source, Span part,
                           const ReadOptions& options) {
  std::string_view text = source->slice(part);
  if (text.size() > options.limits.max_document_bytes) {
    return Error{ErrorCode::kLimitExceeded,
                 "the document is larger than " +
                     std::to_string(options.limits.max_document_bytes) + " bytes",
                 "split the document, or raise the limit",
                 Span{part.source, part.begin, part.begin}};
  }
  Document document;
  document.source = std::move(source);
  if (document.source->encoding() == Source::Encoding::kUtf8Bom && part.begin == 0) {
    document.leniencies.push_back({Leniency::Kind::kByteOrderMark, Span{part.source, 0, 0}});
  }
  std::string blanked;
  if (options.tolerant) {
    blanked = blank_leniencies(text, part.source, part.begin, document.leniencies);
    text = blanked;
  }
  TreeBuilder builder(text, part.source, part.begin, options.limits);
  const bool read = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  if (read) builder.refuse_rest();
  if (std::optional<Error> error = builder.take_error()) return *std::move(error);
  std::optional<Node> root = builder.take_root();
  if (!read || !root) {
    return Error{ErrorCode::kInternal, "the JSON reader stopped without a reason",
                 "report this as a defect", part};
  }
  document.root = *std::move(root);
  document.nodes = builder.nodes();
  return document;
}

}  // namespace iamcheck
