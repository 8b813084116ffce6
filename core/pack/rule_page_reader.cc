#include "rule_page_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

namespace iamcheck::pack {
namespace {

using Words = std::vector<std::string_view>;

const Words kSeverities = {"note", "warning", "error"};
const Words kSecuritySeverities = {"none", "low", "medium", "high", "critical"};
const Words kConfidences = {"low", "medium", "high"};
const Words kFixes = {"none", "safe", "unsafe"};
const Words kAnchors = {"token", "assigned", "nearby"};
const Words kCases = {"sensitive", "ignored"};
const Words kPolicyTypes = {"identity", "resource", "trust",   "scp",
                            "rcp",      "boundary", "session", "endpoint"};
const Words kHeadings = {"What it reports", "Why it matters", "How to fix",
                         "Reported",        "Not reported",   "Limits"};
const Words kSharedKeys = {"severity", "securitySeverity", "confidence", "category", "since",
                           "peers",    "references",       "aliases"};
const Words kFindingTypes = {"ERROR", "SECURITY_WARNING", "WARNING", "SUGGESTION"};
const Words kProfiles = {"default", "strict", "access-analyzer"};
const Words kPolicyKeys = {"applies-to", "fix", "finding-type", "profile"};
const Words kPolicyRequired = {"applies-to", "fix"};
const Words kCredentialKeys = {"keywords", "case", "anchor", "pattern", "entropy", "validate"};
const Words kSharedRequired = {"severity", "confidence", "category", "since", "references"};

// What `fill` stands for, in letters; below it would shorten the text.
constexpr std::string_view kFilled = "…";
constexpr std::size_t kMaxFill = 200'000;

bool contains(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string join(const Words& words) {
  std::string text;
  for (std::string_view word : words) {
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text;
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

// ---- Front matter ----

class FrontMatterReader {
 public:
  FrontMatterReader(const std::vector<FrontMatterEntry>& entries, std::vector<PageError>& errors)
      : entries_(entries), errors_(errors) {}

  void check_keys(const Words& known, const Words& required) {
    for (const FrontMatterEntry& entry : entries_) {
      if (!contains(known, entry.key)) {
        errors_.push_back(
            {entry.line, "unknown key `" + entry.key + "`; known are " + join(known)});
      }
    }
    for (std::string_view key : required) {
      if (find(key) == nullptr) errors_.push_back({1, "key `" + std::string(key) + "` is missing"});
    }
  }

  void scalar(std::string_view key, std::string& out, const Words& words = {}) {
    const FrontMatterEntry* entry = find(key);
    if (entry == nullptr) return;
    auto value = read_scalar(entry->value);
    if (!value || value->empty()) return fail(*entry, "has no readable value");
    if (!words.empty() && !contains(words, *value))
      return fail(*entry, "must be one of " + join(words));
    out = *value;
  }

  void list(std::string_view key, std::vector<std::string>& out, const Words& words = {}) {
    const FrontMatterEntry* entry = find(key);
    if (entry == nullptr) return;
    auto value = read_list(entry->value);
    if (!value || value->empty()) return fail(*entry, "must be a list `[a, \"b, c\"]`");
    for (const std::string& item : *value) {
      if (!words.empty() && !contains(words, item)) {
        return fail(*entry, "has `" + item + "`, which is none of " + join(words));
      }
    }
    out = *value;
  }

  void map(std::string_view key, std::vector<std::pair<std::string, std::string>>& out) {
    const FrontMatterEntry* entry = find(key);
    if (entry == nullptr) return;
    auto value = read_map(entry->value);
    if (!value) return fail(*entry, "must be a map `{tool: id, tool: id}`");
    out = *value;
  }

  void fail(std::string_view key, std::string_view what) {
    if (const FrontMatterEntry* entry = find(key)) fail(*entry, what);
  }

 private:
  const FrontMatterEntry* find(std::string_view key) const {
    for (const FrontMatterEntry& entry : entries_) {
      if (entry.key == key) return &entry;
    }
    return nullptr;
  }
  void fail(const FrontMatterEntry& entry, std::string_view what) {
    errors_.push_back({entry.line, "`" + entry.key + "` " + std::string(what)});
  }

  const std::vector<FrontMatterEntry>& entries_;
  std::vector<PageError>& errors_;
};

void read_credential_keys(FrontMatterReader& reader, Page& page) {
  std::string case_word = "sensitive";
  reader.list("keywords", page.keywords);
  reader.scalar("case", case_word, kCases);
  reader.scalar("anchor", page.anchor, kAnchors);
  reader.scalar("pattern", page.pattern);
  reader.scalar("entropy", page.entropy);
  reader.scalar("validate", page.validate);
  page.ignore_case = case_word == "ignored";
  for (std::string& keyword : page.keywords) {
    // Four bytes is what the literal pass looks at (core/src/credentials/literal_pass.h).
    if (keyword.size() < 4) reader.fail("keywords", "must have at least four characters each");
    for (char c : keyword) {
      if (page.ignore_case && c >= 'A' && c <= 'Z') {
        reader.fail("keywords", "must be lower case when the case is ignored");
      }
    }
  }
  char* end = nullptr;
  if (!page.entropy.empty()) std::strtod(page.entropy.c_str(), &end);
  if (end != nullptr && *end != 0) reader.fail("entropy", "must be a number of bits");
}

void read_keys(const std::vector<FrontMatterEntry>& entries, Page& page,
               std::vector<PageError>& errors) {
  FrontMatterReader reader(entries, errors);
  Words known = kSharedKeys;
  Words required = kSharedRequired;
  const Words& own = page.credential ? kCredentialKeys : kPolicyKeys;
  known.insert(known.end(), own.begin(), own.end());
  const Words& own_required = page.credential ? kCredentialKeys : kPolicyRequired;
  required.insert(required.end(), own_required.begin(), own_required.end());
  reader.check_keys(known, required);
  page.security_severity = "none";
  page.fix = "none";
  page.entropy = "0";
  reader.scalar("severity", page.severity, kSeverities);
  reader.scalar("securitySeverity", page.security_severity, kSecuritySeverities);
  reader.scalar("confidence", page.confidence, kConfidences);
  reader.scalar("category", page.category);
  reader.scalar("since", page.since);
  reader.map("peers", page.peers);
  reader.list("references", page.references);
  reader.list("aliases", page.aliases);
  if (page.credential) {
    read_credential_keys(reader, page);
  } else {
    reader.list("applies-to", page.applies_to, kPolicyTypes);
    reader.scalar("fix", page.fix, kFixes);
    reader.scalar("finding-type", page.finding_type, kFindingTypes);
    page.profile = "default";
    reader.scalar("profile", page.profile, kProfiles);
    const bool has_code = std::ranges::any_of(
        page.peers, [](const auto& peer) { return peer.first == "access-analyzer"; });
    if (has_code == page.finding_type.empty())
      reader.fail("finding-type",
                  "stands on the pages with a peer `access-analyzer`, and only there");
  }
}

// ---- Examples ----

// ` reported="a" why="b"` -> pairs; a word without `=` has an empty value. False when malformed.
bool read_attributes(std::string_view text, std::vector<std::pair<std::string, std::string>>& out) {
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
    out.emplace_back(std::move(name), std::move(value));
  }
  return true;
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
    if (example_.reported && example_.marks.empty()) {
      errors_.push_back({example_.line, "a reported example marks the reported place with `^^^`"});
    }
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

// Reads the info string of a fence. Returns false for a fence that is no example.
bool start_example(std::string_view info, std::string_view heading, std::size_t line,
                   Example& example, std::vector<PageError>& errors) {
  example.line = line;
  std::size_t space = std::min(info.find(' '), info.size());
  example.language = info.substr(0, space);
  std::vector<std::pair<std::string, std::string>> attributes;
  if (!read_attributes(info.substr(space), attributes)) {
    errors.push_back({line, "expected attributes `name=\"value\"` after the language"});
    return false;
  }
  bool clean = false;
  for (auto& [name, value] : attributes) {
    if (name == "reported") {
      example.reported = true;
      example.place = value;
    } else if (name == "clean") {
      clean = true;
    } else if (name == "why") {
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
        errors.push_back({line, "`fill` must be a number of letters"});
    } else if (name == "also") {
      auto list = read_list("[" + value + "]");
      if (!list || list->empty()) {
        errors.push_back({line, "`also` must be a list `slug, slug`"});
      } else {
        example.also = *list;
      }
    } else {
      std::string message = "unknown attribute or value `";
      message.append(name).append("=\"").append(value).append("\"`");
      errors.push_back({line, std::move(message)});
    }
  }
  if (example.reported && clean)
    errors.push_back({line, "an example is reported or clean, not both"});
  if (heading == "Reported" && !example.reported) {
    errors.push_back({line, "an example under `Reported` says `reported`"});
  }
  if (heading == "Not reported" && (!clean || example.why.empty())) {
    errors.push_back({line, "an example under `Not reported` says `clean why=\"...\"`"});
  }
  return example.reported || clean;
}

void read_body(const std::vector<std::string_view>& lines, std::size_t first, Page& page,
               std::vector<PageError>& errors) {
  std::size_t next_heading = 0;
  std::string_view heading;
  for (std::size_t i = first; i < lines.size(); ++i) {
    std::string_view line = lines[i];
    if (line.starts_with("```")) {
      Example example;
      bool is_example = start_example(line.substr(3), heading, i + 1, example, errors);
      ExampleReader reader(example, errors);
      std::size_t fence = i;
      for (++i; i < lines.size() && lines[i] != "```"; ++i) reader.add_line(lines[i], i + 1);
      if (i == lines.size())
        errors.push_back({fence + 1, "the fence is not closed by a line of three backticks"});
      if (!is_example) continue;
      reader.finish();
      page.examples.push_back(std::move(example));
    } else if (line.starts_with("# ")) {
      if (!page.title.empty()) errors.push_back({i + 1, "a page has one title"});
      page.title = line.substr(2);
    } else if (line.starts_with("## ")) {
      heading = line.substr(3);
      if (next_heading >= kHeadings.size() || heading != kHeadings[next_heading]) {
        errors.push_back(
            {i + 1, "unexpected heading; the headings are, in this order, " + join(kHeadings)});
      }
      ++next_heading;
    }
  }
  if (page.title.empty()) errors.push_back({first + 1, "the page needs a title, a line `# ...`"});
  if (next_heading < kHeadings.size()) {
    errors.push_back(
        {lines.size(), "the heading `" + std::string(kHeadings[next_heading]) + "` is missing"});
  }
  auto has = [&](bool reported) {
    return std::any_of(page.examples.begin(), page.examples.end(),
                       [&](const Example& e) { return e.reported == reported; });
  };
  if (!has(true)) errors.push_back({lines.size(), "the page needs a reported example"});
  if (!has(false)) errors.push_back({lines.size(), "the page needs a clean example"});
}

}  // namespace

Page read_page(std::string_view slug, bool credential, std::string text,
               std::vector<PageError>& errors) {
  Page page;
  page.slug = slug;
  page.credential = credential;
  page.text = std::move(text);
  for (char c : slug) {
    if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
      errors.push_back({1, "a slug has lower-case letters, digits and hyphens only"});
      break;
    }
  }
  if (page.text.find('\r') != std::string::npos) {
    errors.push_back({1, "pages have plain line ends, without carriage returns"});
  }
  auto lines = split_lines(page.text);
  std::size_t body_line = 0;
  auto entries = read_front_matter(lines, body_line, errors);
  if (!entries) return page;
  read_keys(*entries, page, errors);
  for (std::size_t i = 0; i < body_line; ++i) page.body_begin += lines[i].size() + 1;
  page.body_begin = std::min(page.body_begin, page.text.size());
  read_body(lines, body_line, page, errors);
  return page;
}

}  // namespace iamcheck::pack
