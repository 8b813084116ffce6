// YAML through yaml-cpp's events. They carry start marks only, so the places where values end are
// found by walking the same text (yaml_extent.h). The tree is built on an explicit stack;
// yaml-cpp's own recursion is bounded by itself and, earlier, by Limits::max_depth.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <map>
#include <optional>
#include <streambuf>
#include <string>
#include <utility>
#include <vector>

#include "document/yaml_extent.h"
#include "document/yaml_stream.h"
#include "iamcheck/document.h"
#include "text/utf8.h"

namespace iamcheck {
namespace {

// Ends the reading from inside an event; never leaves this file.
struct Stop {
  Error error;
};

// `!!str` and the like say nothing that we do not read; other tags are functions of somebody.
bool is_function(const std::string& tag) {
  return !tag.empty() && tag != "?" && tag != "!" && !tag.starts_with("tag:yaml.org,2002:");
}

struct Size {
  std::size_t nodes = 0;
  std::size_t depth = 0;
};

Size size_of(const Node& node) {
  Size size;
  std::vector<std::pair<const Node*, std::size_t>> open = {{&node, 1}};
  while (!open.empty()) {
    const auto [next, depth] = open.back();
    open.pop_back();
    ++size.nodes;
    size.depth = std::max(size.depth, depth);
    for (const Node& item : next->items) open.emplace_back(&item, depth + 1);
    for (const Member& member : next->members) open.emplace_back(&member.value, depth + 1);
  }
  return size;
}

class YamlTreeBuilder : public YAML::EventHandler {
 public:
  YamlTreeBuilder(std::string_view text, std::uint32_t source, const Limits& limits, bool several)
      : extent_(text), text_(text), source_(source), limits_(limits), several_(several) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    anchors_.clear();
    if (documents_++ > 0 && !several_) {
      throw Stop{{ErrorCode::kYamlSyntax, "the text holds more than one YAML document",
                  "split it at the lines `---`", at(place_of(mark))}};
    }
  }
  // An empty document is null, as YAML has it.
  void OnDocumentEnd() override {
    roots_.push_back(root_ ? *std::move(root_) : Node{});
    root_.reset();
  }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Node node;
    const std::size_t begin = extent_.skip_properties(place_of(mark));
    const std::size_t end = begin < end_ ? begin : extent_.end_of_null(begin);
    // A value that is left out stands where the last one ended.
    node.span = end > begin ? span(place_of(mark), end) : at(end_);
    node.text = "null";
    finish(std::move(node), anchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    Node node;
    const std::size_t begin = extent_.skip_properties(place_of(mark));
    const std::size_t end = extent_.end_of_scalar(begin, value);
    if (end == std::string_view::npos) {
      throw Stop{{ErrorCode::kYamlSyntax, "the text ends inside of quotes", "close this quote",
                  at(begin)}};
    }
    node.span = span(place_of(mark), end);
    const bool plain = tag == "?" || tag.empty();
    node.kind = is_function(tag)                                 ? Node::Kind::kUnresolved
                : plain && (value == "true" || value == "false") ? Node::Kind::kBool
                                                                 : Node::Kind::kText;
    node.text = is_function(tag) ? std::string(text_of(node.span)) : value;
    merge_key_ = plain && value == "<<";
    finish(std::move(node), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Node::Kind::kList, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(']'); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(Node::Kind::kObject, mark, tag, anchor);
  }
  void OnMapEnd() override { close('}'); }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) {
      throw Stop{{ErrorCode::kYamlSyntax, "an alias stands inside of what it names",
                  "write the value out", at(place_of(mark))}};
    }
    // What an alias stands for is copied: this is where small texts become large trees.
    count(found->second.size.nodes, at(place_of(mark)));
    check_depth(open_.size() + found->second.size.depth, at(place_of(mark)));
    end_ = extent_.end_of_word(place_of(mark));
    place(found->second.node);
  }

  std::vector<Node> take_roots() { return std::move(roots_); }

 private:
  struct Open {
    Node node;
    YAML::anchor_t anchor = 0;
    bool function = false;
    bool bracketed = false;                // flow style
    std::optional<Member> member;          // a name that waits for its value
    std::vector<std::size_t> merges = {};  // positions of members called `<<`
  };
  struct Anchored {
    Node node;
    Size size;
  };

  std::size_t place_of(const YAML::Mark& mark) const {
    return mark.pos < 0 ? 0
                        : std::min<std::size_t>(static_cast<std::size_t>(mark.pos), text_.size());
  }
  Span span(std::size_t begin, std::size_t end) const {
    return {source_, static_cast<std::uint32_t>(begin),
            static_cast<std::uint32_t>(std::max(begin, end))};
  }
  Span at(std::size_t offset) const { return span(offset, offset); }
  std::string_view text_of(const Span& s) const { return text_.substr(s.begin, s.size()); }

  void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor) {
    check_depth(open_.size() + 1, at(place_of(mark)));
    Open entry;
    entry.node.kind = kind;
    const std::size_t begin = extent_.skip_properties(place_of(mark));
    entry.bracketed =
        begin < text_.size() && text_[begin] == (kind == Node::Kind::kList ? '[' : '{');
    end_ = entry.bracketed ? begin + 1 : begin;
    entry.node.span = span(place_of(mark), end_);
    entry.anchor = anchor;
    entry.function = is_function(tag);
    open_.push_back(std::move(entry));
  }

  void close(char bracket) {
    Open entry = std::move(open_.back());
    open_.pop_back();
    if (entry.bracketed) end_ = extent_.behind(end_, bracket);
    entry.node.span.end = std::max(entry.node.span.begin, static_cast<std::uint32_t>(end_));
    merge(entry);
    if (entry.function) {
      Node unresolved;
      unresolved.kind = Node::Kind::kUnresolved;
      unresolved.span = entry.node.span;
      unresolved.text = text_of(unresolved.span);
      entry.node = std::move(unresolved);
    }
    finish(std::move(entry.node), entry.anchor);
  }

  // `<<: *defaults` (YAML 1.1 merge keys): members of the mapping itself win, then earlier ones.
  void merge(Open& entry) {
    for (auto at = entry.merges.rbegin(); at != entry.merges.rend(); ++at) {
      const Node source = std::move(entry.node.members[*at].value);
      entry.node.members.erase(entry.node.members.begin() + static_cast<std::ptrdiff_t>(*at));
      std::vector<Member> merged;
      if (source.is_object()) merged = source.members;
      for (const Node& item : source.items)
        merged.insert(merged.end(), item.members.begin(), item.members.end());
      if (merged.empty() && !source.is_object() && !source.is_list()) {
        throw Stop{{ErrorCode::kYamlSyntax, "`<<` takes a mapping, or a list of mappings",
                    "write `<<: *name`", source.span}};
      }
      for (Member& member : merged) {
        if (entry.node.members.size() > kMostMerged) {
          throw Stop{
              {ErrorCode::kLimitExceeded,
               "a mapping with `<<` has more than " + std::to_string(kMostMerged) + " members",
               "write the members out", entry.node.span}};
        }
        if (entry.node.find(member.name) == nullptr)
          entry.node.members.push_back(std::move(member));
      }
    }
  }

  void finish(Node node, YAML::anchor_t anchor) {
    count(1, node.span);
    end_ = std::max<std::size_t>(end_, node.span.end);
    if (anchor != 0) {
      Anchored anchored;
      anchored.size = size_of(node);
      // The copy that stays behind the anchor grows like the tree itself.
      count(anchored.size.nodes, node.span);
      anchored.node = node;
      anchors_[anchor] = std::move(anchored);
    }
    place(std::move(node));
    merge_key_ = false;
  }

  void place(Node node) {
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (open_.back().node.is_list()) {
      open_.back().node.items.push_back(std::move(node));
    } else if (!open_.back().member) {
      name_next(std::move(node));
    } else {
      Member member = std::exchange(open_.back().member, std::nullopt).value_or(Member{});
      member.value = std::move(node);
      open_.back().node.members.push_back(std::move(member));
    }
  }

  void name_next(Node node) {
    if (!node.is_scalar()) {
      throw Stop{{ErrorCode::kYamlSyntax, "a list or a mapping is the name of a member",
                  "names are texts; quote what looks like something else", node.span}};
    }
    if (merge_key_) open_.back().merges.push_back(open_.back().node.members.size());
    Member member;
    member.name_span = node.span;
    member.name = std::move(node.text);
    open_.back().member = std::move(member);
  }

  void check_depth(std::size_t depth, const Span& place) const {
    if (depth <= limits_.max_depth) return;
    throw Stop{
        {ErrorCode::kLimitExceeded,
         "the document is nested deeper than " + std::to_string(limits_.max_depth) + " levels",
         "split the document, or raise the limit", place}};
  }

  void count(std::size_t nodes, const Span& place) {
    nodes_ += nodes;
    if (nodes_ <= limits_.max_nodes) return;
    throw Stop{{ErrorCode::kLimitExceeded,
                "the document has more than " + std::to_string(limits_.max_nodes) +
                    " values, with what its aliases stand for",
                "write less with aliases, split the document, or raise the limit", place}};
  }

  // Looking for a name among the members costs the square of their number.
  static constexpr std::size_t kMostMerged = 4000;

  YamlExtent extent_;
  std::string_view text_;
  std::uint32_t source_;
  const Limits& limits_;
  bool several_;  // documents may follow the first one
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Anchored> anchors_;
  std::optional<Node> root_;
  std::vector<Node> roots_;
  std::size_t nodes_ = 0;
  std::size_t end_ = 0;  // where the last value ended
  std::size_t documents_ = 0;
  bool merge_key_ = false;  // the scalar just read is a plain `<<`
};

class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // NOLINT: a streambuf that is only read
    setg(begin, begin, begin + text.size());
  }
};

// What YAML 1.2 does not allow in a text; yaml-cpp would take some of it for the end.
std::optional<Error> refuse_characters(std::string_view text, std::uint32_t source) {
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const Span place{source, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + 1)};
    if (byte < 0x80) {
      if (byte >= 0x20 || byte == '\t' || byte == '\n' || byte == '\r') {
        ++i;
        continue;
      }
      return Error{ErrorCode::kYamlSyntax, "a control character is no YAML",
                   "remove it, or write it as an escape in double quotes", place};
    }
    const Character character = first_character(text.substr(i));
    if (!character.valid)
      return Error{ErrorCode::kNotUtf8, "the text is not UTF-8", "save the file as UTF-8", place};
    i += character.length;
  }
  return std::nullopt;
}

std::string lower_first(std::string text) {
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] + 32);
  return text;
}

// The roots of the documents in front of the first error.
std::optional<Error> read_roots(const Source& source, const Limits& limits, bool several,
                                std::vector<Node>& roots) {
  const std::string_view text = source.text();
  if (text.size() > limits.max_bytes) {
    return Error{ErrorCode::kLimitExceeded,
                 "the document is larger than " + std::to_string(limits.max_bytes) + " bytes",
                 "split the document, or raise the limit", Span{source.id(), 0, 0}};
  }
  if (std::optional<Error> error = refuse_characters(text, source.id())) return error;
  YamlTreeBuilder builder(text, source.id(), limits, several);
  std::optional<Error> failure;
  try {
    ViewBuffer buffer(text);
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Stop& stop) {
    failure = stop.error;
  } catch (const YAML::Exception& error) {
    const auto place = error.mark.pos < 0
                           ? std::uint32_t{0}
                           : static_cast<std::uint32_t>(std::min<std::size_t>(
                                 static_cast<std::size_t>(error.mark.pos), text.size()));
    failure = Error{ErrorCode::kYamlSyntax, lower_first(error.msg),
                    "check indentation, quotes and colons here", Span{source.id(), place, place}};
  }
  roots = builder.take_roots();
  return failure;
}

Document document_of(const std::shared_ptr<const Source>& source, Node root) {
  Document document;
  document.source = source;
  if (source->encoding() == Source::Encoding::kUtf8Bom)
    document.leniencies.push_back({Leniency::Kind::kByteOrderMark, Span{source->id(), 0, 0}});
  document.root = std::move(root);
  return document;
}

}  // namespace

Result<Document> read_yaml(const std::shared_ptr<const Source>& source,
                           const ReadOptions& options) {
  std::vector<Node> roots;
  if (std::optional<Error> error = read_roots(*source, options.limits, false, roots))
    return *std::move(error);
  // An empty text is null, as YAML has it.
  return document_of(source, roots.empty() ? Node{} : std::move(roots[0]));
}

YamlStream read_yaml_stream(const std::shared_ptr<const Source>& source,
                            const ReadOptions& options) {
  std::vector<Node> roots;
  YamlStream stream;
  stream.error = read_roots(*source, options.limits, true, roots);
  for (Node& root : roots) {
    const std::size_t nodes = size_of(root).nodes;
    stream.documents.push_back(document_of(source, std::move(root)));
    stream.documents.back().nodes = nodes;
  }
  return stream;
}

}  // namespace iamcheck
