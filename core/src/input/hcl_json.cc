#include "input/hcl_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "input/sniff.h"

namespace iamcheck {
namespace {

// The text that a template writes, and where each run of it comes from.
class WrittenJson {
 public:
  WrittenJson(std::string_view file, std::uint32_t source) : file_(file), source_(source) {}

  void add(std::string_view text, const Span& place, bool known) {
    if (text.empty()) return;
    const std::size_t begin = text_.size();
    if (known) {
      append(text);
    } else {
      open_ = true;
      const std::string quoted =
          nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
      // Outside of the strings of JSON it is a value of its own.
      append(in_string_ ? std::string_view(quoted).substr(1, quoted.size() - 2) : quoted);
    }
    const bool verbatim = known && file_.substr(place.begin, place.size()) == text;
    runs_.push_back({begin, text_.size(), place, verbatim, known});
  }

  const std::string& text() const { return text_; }
  /// Something in it is not known.
  bool is_open() const { return open_; }

  /// The place in the file of a place in the text.
  Span place(const Span& span) const {
    if (runs_.empty()) return {source_, 0, 0};
    const Run& first = run_at(span.begin);
    const Run& last = run_at(span.end > span.begin ? span.end - 1 : span.begin);
    Span out{source_, first.place.begin, last.place.end};
    if (first.verbatim) out.begin += static_cast<std::uint32_t>(span.begin - first.begin);
    if (last.verbatim)
      out.end = last.place.begin + static_cast<std::uint32_t>(span.end - last.begin);
    // A loop writes the same characters several times, and what it begins may end before it.
    out.end = std::max(out.begin, out.end);
    return out;
  }

  bool is_known(const Span& span) const {
    for (auto run = &run_at(span.begin); run != runs_.data() + runs_.size(); ++run) {
      if (run->begin >= span.end) break;
      if (!run->known) return false;
    }
    return true;
  }

 private:
  struct Run {
    std::size_t begin, end;  // in the text
    Span place;
    bool verbatim, known;
  };

  const Run& run_at(std::size_t at) const {
    const auto after = std::ranges::upper_bound(runs_, at, {}, &Run::begin);
    return after == runs_.begin() ? runs_.front() : *(after - 1);
  }

  void append(std::string_view text) {
    for (const char c : text) {
      if (escaped_) {
        escaped_ = false;
      } else if (in_string_ && c == '\\') {
        escaped_ = true;
      } else if (c == '"') {
        in_string_ = !in_string_;
      }
    }
    text_ += text;
  }

  std::string_view file_;
  std::uint32_t source_;
  std::string text_;
  std::vector<Run> runs_;
  bool in_string_ = false;
  bool escaped_ = false;
  bool open_ = false;
};

// Depth is bounded by Limits::max_depth, which the reader enforced.
void move_to_file(Node& node, const WrittenJson& written, const HclValues& values) {
  const bool known = !node.is_text() || written.is_known(node.span);
  node.span = written.place(node.span);
  if (!known) node.kind = Node::Kind::kUnresolved;
  for (Node& item : node.items) move_to_file(item, written, values);
  for (Member& member : node.members) {
    if (!written.is_known(member.name_span)) {
      node = values.unresolved(node.span);
      return;
    }
    member.name_span = written.place(member.name_span);
    move_to_file(member.value, written, values);
  }
}

// People write comments and trailing commas; the policy behind them is still worth reading.
Result<Document> read_tolerantly(const std::shared_ptr<const Source>& source,
                                 const Limits& limits) {
  ReadOptions read;
  read.limits = limits;
  Result<Document> document = read_json(source, read);
  if (document || document.error().code != ErrorCode::kJsonSyntax) return document;
  read.tolerant = true;
  Result<Document> second = read_json(source, read);
  return second ? std::move(second) : std::move(document);
}

}  // namespace

std::optional<Result<Document>> read_hcl_json(HclValues& values, const HclExpression& text,
                                              const HclScope* scope, const Limits& limits) {
  const Source& file = *values.file().source;
  WrittenJson written(file.text(), file.id());
  values.render(text, scope, [&](std::string_view run, const Span& place, bool known) {
    if (values.work().spend(0, run.size())) written.add(run, place, known);
  });
  const std::size_t first = written.text().find_first_not_of(" \t\r\n");
  if (values.work().exhausted() || first == std::string::npos || written.text()[first] != '{' ||
      !smells_of_policy(written.text()))
    return std::nullopt;
  Result<Document> document =
      read_tolerantly(Source::from_bytes(file.name(), written.text(), file.id()), limits);
  if (!document) {
    Error error = document.error();
    error.span = written.place(error.span);
    if (written.is_open() && error.code == ErrorCode::kJsonSyntax)
      error = {ErrorCode::kUnsupported,
               "the policy in this template hangs on values that are known only at deploy time, "
               "and was not read",
               "check what `terraform show -json` says of the plan", text.span};
    return error;
  }
  document->source = values.file().source;
  for (Leniency& leniency : document->leniencies) leniency.span = written.place(leniency.span);
  move_to_file(document->root, written, values);
  return document;
}

}  // namespace iamcheck
