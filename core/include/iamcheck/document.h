#pragma once

// A small positioned tree: what a JSON or YAML text says, and where it says it.
//
// Members keep their order and their duplicates, scalars keep their text (`2012-10-17` is never a
// date, `1.0` stays `1.0`), and every node and member name has a span.
//
// ```cpp
// auto source = iamcheck::Source::from_bytes("p.json", R"({"Effect": "Allow"})");
// iamcheck::Result<iamcheck::Document> document = iamcheck::read_json(source, {});
// const iamcheck::Node* effect = document->root.find("Effect");
// // effect->text == "Allow"; effect->span covers the quotes too
// ```

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/limits.h"
#include "iamcheck/result.h"
#include "iamcheck/source.h"

namespace iamcheck {

struct Member;

/// One value of a document.
struct Node {
  enum class Kind : std::uint8_t {
    kNull,
    kBool,
    kNumber,
    kText,
    kList,
    kObject,
    kUnresolved,  ///< known only at deploy time (`Fn::GetAtt`, `${aws_s3_bucket.x.arn}`): matches
                  ///< "maybe"
  };

  Kind kind = Kind::kNull;
  Span span;                    ///< the whole value; for text the quotes too
  std::string text;             ///< text: decoded; number, bool, unresolved: as written
  std::vector<Node> items;      ///< of a list
  std::vector<Member> members;  ///< of an object, in order, duplicates kept

  bool is_text() const { return kind == Kind::kText; }
  bool is_list() const { return kind == Kind::kList; }
  bool is_object() const { return kind == Kind::kObject; }
  bool is_scalar() const { return kind != Kind::kList && kind != Kind::kObject; }
  /// The value of the last member with this name (the one JSON parsers keep); null when there is
  /// none.
  const Node* find(std::string_view name) const;
};

/// `object`, `list`, `string`, ... as JSON calls them.
std::string_view to_string(Node::Kind kind);

struct Member {
  std::string name;
  Span name_span;  ///< with the quotes
  Node value;
};

/// What a tolerant reader forgave. Each is worth telling, none changes the meaning.
struct Leniency {
  enum class Kind : std::uint8_t { kComment, kTrailingComma, kByteOrderMark };
  Kind kind = Kind::kComment;
  Span span;
};

std::string_view to_string(Leniency::Kind kind);

struct Document {
  std::shared_ptr<const Source> source;
  Node root;
  std::vector<Leniency> leniencies;
  std::size_t nodes = 0;  ///< values in the tree
};

struct ReadOptions {
  /// Read JSON with `//` and `/* */` comments and trailing commas, and say so in `leniencies`.
  bool tolerant = false;
  Limits limits;
};

/// Reads one JSON value that fills the whole source.
/// Errors: `json-syntax` with the place and a hint for the usual slips (trailing comma, comment,
/// single quotes, a bare placeholder such as `<BUCKET>`), `not-utf8`, `limit-exceeded`.
Result<Document> read_json(std::shared_ptr<const Source> source, const ReadOptions& options);

/// Reads one JSON value from a part of the source, such as the inside of a Markdown fence. Spans
/// are those of the source.
Result<Document> read_json(std::shared_ptr<const Source> source, Span part,
                           const ReadOptions& options);

/// Reads the one YAML document of a source (YAML 1.2, with the merge keys of 1.1).
///
/// Plain scalars are texts, but for `true`, `false` and null: `2012-10-17` is no date and
/// `012345678901` no number. A value with a tag of its own (`!Sub`, `!GetAtt`) is unresolved; its
/// text is the expression. What an alias stands for is copied, with the spans of what it names, and
/// counts towards `Limits::max_nodes` each time. Spans are exact but for block scalars with an
/// explicit indentation indicator; a value that is left out has an empty span where it would stand.
/// Errors: `yaml-syntax` with the place, `not-utf8`, `limit-exceeded`.
Result<Document> read_yaml(const std::shared_ptr<const Source>& source, const ReadOptions& options);

}  // namespace iamcheck
