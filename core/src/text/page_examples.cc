#include "text/page_examples.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace iamcheck::page {
namespace {

// What `fill` stands for, in letters; below it would shorten the text.
constexpr std::string_view kFilled = "…";
constexpr std::size_t kMaxFill = 200'000;

template <typename Words>
bool contains(const Words& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

struct Attribute {
  std::string name, value;
};

// ` reported="a" why="b"`; a word without `=` has an empty value. False when malformed.
bool read_attributes(std::string_view text, std::vector<Attribute>& out) {
  for (text = trim(text); !text.empty(); text = trim(text)) {
    std::size_t end = std::min(text.find_first_of("= "), text.size());
    std::string name(text.substr(0, end));
    text.remove_prefix(end);
    std::string value;
    if (text.starts_with("=")) {
      if (!text.starts_with("=\"")) return false;
      std::size_t close = text.find('"', 2);
      if (close == std::string_view::npos) return false;
      value = text.substr(2, close - 2);
      text.remove_prefix(close + 1);
    }
    out.push_back({std::move(name), std::move(value)});
  }
  return true;
}

std::vector<std::string> split_slugs(std::string_view text) {
  std::vector<std::string> slugs;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    slugs.emplace_back(trim(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return slugs;
}

// Byte offset of code point `column` in `line`; one past the end for a column behind it.
std::size_t byte_of_column(std::string_view line, std::size_t column) {
  std::size_t i = 0;
  for (; i < line.size(); ++i) {
    if ((static_cast<unsigned char>(line[i]) & 0xC0) == 0x80) continue;
    if (column-- == 0) return i;
  }
  return i;
}

enum class MarkLine { kNone, kWhole, kOpen, kClose };

// `  ^^^  ~~` marks places of the line above; `^...` opens a place of several lines, which a later
// `...^` closes.
MarkLine kind_of_mark_line(std::string_view line, bool open) {
  std::string_view text = trim(line);
  std::size_t caret = text.find_first_of("^~");
  if (caret == std::string_view::npos) return MarkLine::kNone;
  if (text.find_first_not_of("^~ ") == std::string_view::npos) {
    return open ? MarkLine::kClose : MarkLine::kWhole;
  }
  if (text == "^..." || text == "~...") return MarkLine::kOpen;
  bool closes = open && caret + 1 == text.size() && text.find_first_not_of('.') == caret;
  return closes ? MarkLine::kClose : MarkLine::kNone;
}

class ExampleReader {
 public:
  ExampleReader(Example& example, std::vector<PageError>& errors)
      : example_(example), errors_(errors) {}

  void add_line(std::string_view line, std::size_t number) {
    switch (example_.reported ? kind_of_mark_line(line, open_ != nullptr) : MarkLine::kNone) {
      case MarkLine::kNone:
        line_begin_ = example_.text.size();
        example_.text += line;
        example_.text += '\n';
        return;
      case MarkLine::kWhole:
        return add_marks(line);
      case MarkLine::kOpen: {
        std::size_t at = line.find_first_of("^~");
        open_ = line[at] == '^' ? &example_.marks : &example_.related;
        open_->push_back({line_begin_ + byte_of_column(last_line(), at), 0});
        open_line_ = number;
        return;
      }
      case MarkLine::kClose:
        open_->back().end = line_begin_ + byte_of_column(last_line(), line.find_last_of("^~") + 1);
        open_ = nullptr;
        return;
    }
  }

  void finish() {
    if (example_.fill > 0) make_room();
    if (open_ != nullptr) errors_.push_back({open_line_, "a mark `^...` needs a `...^` later"});
  }

 private:
  // The marks are those of the filled text.
  void make_room() {
    const std::size_t at = example_.text.find(kFilled);
    if (at == std::string::npos || example_.text.find(kFilled, at + 1) != std::string::npos) {
      errors_.push_back({example_.line, "with `fill` there is one `…` in the example"});
      return;
    }
    const auto shift = [&](std::size_t& place) {
      if (place > at) place += example_.fill - kFilled.size();
    };
    for (auto* marks : {&example_.marks, &example_.related}) {
      for (Mark& mark : *marks) {
        shift(mark.begin);
        shift(mark.end);
      }
    }
  }
  std::string_view last_line() const {
    std::string_view rest = std::string_view(example_.text).substr(line_begin_);
    return rest.substr(0, rest.find('\n'));
  }
  void add_marks(std::string_view line) {
    for (std::size_t i = 0; i < line.size();) {
      std::size_t end = i + 1;
      if (line[i] == '^' || line[i] == '~') {
        while (end < line.size() && line[end] == line[i]) ++end;
        auto& marks = line[i] == '^' ? example_.marks : example_.related;
        marks.push_back({line_begin_ + byte_of_column(last_line(), i),
                         line_begin_ + byte_of_column(last_line(), end)});
      }
      i = end;
    }
  }

  Example& example_;
  std::vector<PageError>& errors_;
  std::vector<Mark>* open_ = nullptr;
  std::size_t open_line_ = 0;
  std::size_t line_begin_ = 0;
};

// One attribute that is neither `reported` nor `clean`; false when there is no such.
bool set_attribute(Example& example, const Attribute& attribute, std::vector<PageError>& errors) {
  const auto& [name, value] = attribute;
  if (name == "why") {
    example.why = value;
  } else if (name == "file") {
    example.file = value;
  } else if (name == "severity" && contains(kSeverities, value)) {
    example.severity = value;
  } else if (name == "policy-type" && contains(kPolicyTypes, value)) {
    example.policy_type = value;
  } else if (name == "fill") {
    auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), example.fill);
    if (error != std::errc() || end != value.data() + value.size() || example.fill > kMaxFill)
      errors.push_back({example.line, "`fill` must be a number of letters, at most 200000"});
  } else if (name == "also") {
    example.also = split_slugs(value);
    if (example.also.empty() || contains(example.also, ""))
      errors.push_back({example.line, "`also` must be a list `slug, slug`"});
  } else {
    return false;
  }
  return true;
}

// Reads the info string of a fence. False for a fence that is no example.
bool start_example(std::string_view info, Example& example, std::vector<PageError>& errors) {
  const std::size_t space = std::min(info.find(' '), info.size());
  example.language = info.substr(0, space);
  std::vector<Attribute> attributes;
  const bool readable = read_attributes(info.substr(space), attributes);
  bool clean = false;
  for (const Attribute& attribute : attributes) {
    if (attribute.name == "clean") clean = true;
    if (attribute.name != "reported") continue;
    example.reported = true;
    example.place = attribute.value;
  }
  if (!example.reported && !clean) return false;
  if (example.reported && clean)
    errors.push_back({example.line, "an example is reported or clean, not both"});
  if (!readable)
    errors.push_back({example.line, "expected attributes `name=\"value\"` after the language"});
  for (const Attribute& attribute : attributes) {
    if (attribute.name == "reported" || attribute.name == "clean") continue;
    if (set_attribute(example, attribute, errors)) continue;
    std::string message = "unknown attribute or value `";
    message.append(attribute.name).append("=\"").append(attribute.value).append("\"`");
    errors.push_back({example.line, std::move(message)});
  }
  return true;
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    at = end + 1;
  }
  return lines;
}

std::vector<Example> read_examples(const std::vector<std::string_view>& lines, std::size_t first,
                                   std::vector<PageError>& errors) {
  std::vector<Example> examples;
  std::string_view heading;
  for (std::size_t i = first; i < lines.size(); ++i) {
    if (lines[i].starts_with("## ")) heading = lines[i].substr(3);
    if (!lines[i].starts_with("```")) continue;
    Example example;
    example.line = i + 1;
    example.heading = heading;
    const bool is_example = start_example(lines[i].substr(3), example, errors);
    ExampleReader reader(example, errors);
    for (++i; i < lines.size() && lines[i] != "```"; ++i) reader.add_line(lines[i], i + 1);
    if (i == lines.size())
      errors.push_back({example.line, "the fence is not closed by a line of three backticks"});
    if (!is_example) continue;
    reader.finish();
    examples.push_back(std::move(example));
  }
  return examples;
}

}  // namespace iamcheck::page
