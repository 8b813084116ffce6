#include "credentials/statement.h"

#include <algorithm>
#include <array>

#include "credentials/binding.h"
#include "credentials/encoding.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

using Form = Statement::Form;

constexpr std::size_t kMostType = 40;    // `: Optional[str]`
constexpr std::size_t kMostBlanks = 40;  // aligned columns

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }
bool is_line_end(char c) { return c == '\n' || c == '\r'; }

class Reader {
 public:
  Reader(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  char now(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\n';
  }
  bool take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  bool take_any_case(std::string_view word) {
    if (ascii_lower(text_.substr(std::min(at_, text_.size()), word.size())) != word) return false;
    at_ += word.size();
    return true;
  }
  void skip_blanks(bool lines = false) {
    for (std::size_t i = 0; i < kMostBlanks; ++i) {
      if (at_ >= text_.size() || !(is_blank(now()) || (lines && is_line_end(now())))) return;
      ++at_;
    }
  }
  /// A quote, with the backslashes before it when it stands in a string; empty for none.
  std::string_view take_quote() {
    std::size_t end = at_;
    while (end < text_.size() && text_[end] == '\\' && end - at_ < 8) ++end;
    if (end >= text_.size() || !is_quote(text_[end])) return {};
    const std::string_view quote = text_.substr(at_, end + 1 - at_);
    at_ = end + 1;
    return quote;
  }
  std::size_t at() const { return at_; }
  void move(std::size_t at) { at_ = at; }

 private:
  std::string_view text_;
  std::size_t at_;
};

// A type between name and value: `: str =`, `: &'static str =`, Go's `password string =`.
bool take_type(Reader& reader) {
  Reader ahead = reader;
  ahead.take(":");
  ahead.skip_blanks();
  std::size_t letters = 0;
  for (; letters < kMostType; ++letters, ahead.move(ahead.at() + 1)) {
    const char c = ahead.now();
    if (!is_alphanumeric(c) && std::string_view("_.<>[]|&?'* ").find(c) == std::string_view::npos)
      break;
  }
  if (letters == 0 || !ahead.take("=")) return false;
  ahead.skip_blanks();
  // Base64 behind a colon ends in `=` too.
  if (!is_quote(ahead.now()) && !is_quote(ahead.now(1)) && ahead.now() != '\\') return false;
  reader = ahead;
  return true;
}

bool take_operator(Reader& reader) {
  constexpr auto kOperators =
      std::to_array<std::string_view>({"===", "!==", "||=", "?\?=", ":=", "=>",
                                       "==", "!=", "?=", "->", "=", ":", "<-", "|=", "+="});
  for (std::string_view word : kOperators) {
    if (reader.take(word)) return true;
  }
  return false;
}

// Whether nothing that belongs to the same expression follows a quoted value.
bool ends_expression(std::string_view text, std::size_t at) {
  std::size_t blanks = 0;
  while (at < text.size() && is_blank(text[at]) && ++blanks < kMostBlanks) ++at;
  if (at >= text.size()) return true;
  const std::string_view rest = text.substr(at, 4);
  if (blanks > 0 && (rest.starts_with("#") || rest.starts_with("//") || rest.starts_with("/*") ||
                     rest.starts_with("--") || is_alphanumeric(rest[0]) || rest[0] == '|' ||
                     rest[0] == '-' || rest[0] == '&' || rest[0] == '{'))
    return true;
  return std::string_view(",;)]}>\r\n:\\\"'`/?").find(rest[0]) != std::string_view::npos;
}

// Reads a value up to the quote that opened it.
bool read_quoted(std::string_view text, Reader& reader, std::string_view quote, Statement& out) {
  out.begin = reader.at();
  const std::size_t most = std::min(text.size(), out.begin + kMostValue + quote.size());
  for (std::size_t at = out.begin; at < most; ++at) {
    if (is_line_end(text[at])) return false;
    if (text.substr(at).starts_with(quote)) {
      // `""` at once may open a text of several lines.
      out.end = at;
      out.quoted = true;
      reader.move(at + quote.size());
      return at > out.begin && ends_expression(text, reader.at());
    }
    if (text[at] == '\\' && quote.size() == 1) ++at;  // an escaped letter
  }
  return false;
}

// `docker run -e NAME=V image`: the value is one word among others.
bool is_option(std::string_view text, std::size_t name) {
  const std::string_view before = text.substr(0, name);
  return before.ends_with(" -e ") || before.ends_with(" --env ");
}

// Whether only what may begin a line of settings stands before the name.
bool begins_setting(std::string_view text, std::size_t name) {
  constexpr auto kLeads = std::to_array<std::string_view>(
      {"", "export", "set", "setx", "ENV", "-", "#", "arg", "ARG", "$env:"});
  std::size_t begin = name;
  while (begin > 0 && name - begin < kMostBlanks && !is_line_end(text[begin - 1])) --begin;
  std::string_view lead = text.substr(begin, name - begin);
  while (!lead.empty() && is_blank(lead.front())) lead.remove_prefix(1);
  while (!lead.empty() && is_blank(lead.back())) lead.remove_suffix(1);
  return std::find(kLeads.begin(), kLeads.end(), lead) != kLeads.end();
}

// A value without quotes is the rest of its line, one word.
bool read_bare(std::string_view text, Reader& reader, bool option, Statement& out) {
  out.begin = reader.at();
  std::size_t at = out.begin;
  const std::size_t most = std::min(text.size(), out.begin + kMostValue);
  while (at < most && static_cast<unsigned char>(text[at]) > 0x20 &&
         std::string_view("\"'`()[]{}<>,;|\\$").find(text[at]) == std::string_view::npos)
    ++at;
  out.end = at;
  if (at == out.begin || at == most) return at == text.size() && at != out.begin;
  std::size_t rest = at;
  if (option) return is_blank(text[at]) || is_line_end(text[at]);
  while (rest < text.size() && is_blank(text[rest]) && rest - at < kMostBlanks) ++rest;
  return rest == text.size() || is_line_end(text[rest]) || (rest > at && text[rest] == '#');
}

// Whether a value may stand without quotes, and where it ends then.
enum class Bare : std::uint8_t { kNo, kLine, kWord };

bool read_value(std::string_view text, Reader& reader, Bare bare, Statement& out) {
  if (std::string_view("bBrRuUL@").find(reader.now()) != std::string_view::npos &&
      is_quote(reader.now(1)))
    reader.move(reader.at() + 1);
  const std::string_view quote = reader.take_quote();
  if (!quote.empty()) return read_quoted(text, reader, quote, out);
  return bare != Bare::kNo && read_bare(text, reader, bare == Bare::kWord, out);
}

// Up to the tag that closes the element.
bool read_element(std::string_view text, Reader& reader, Form form, Statement& out) {
  out.form = form;
  out.begin = reader.at();
  const std::size_t close = text.substr(out.begin, kMostValue).find('<');
  if (close == std::string_view::npos || close == 0) return false;
  out.end = out.begin + close;
  const std::string_view value = text.substr(out.begin, close);
  return text.substr(out.end).starts_with("</") &&
         value.find_first_of("\r\n") == std::string_view::npos;
}

bool is_name_member(std::string_view text, std::size_t name) {
  constexpr auto kMembers = std::to_array<std::string_view>(
      {"name", "key", "parametername", "environmentvariablename", "id", "n"});
  const std::string member = ascii_lower(name_before(text, name));
  return std::find(kMembers.begin(), kMembers.end(), member) != kMembers.end();
}

// `setenv("NAME", ...)`, but not a list of words.
bool is_first_argument(std::string_view text, std::size_t name) {
  std::size_t at = name;
  while (at > 0 && (is_quote(text[at - 1]) || text[at - 1] == '\\' || is_blank(text[at - 1])) &&
         name - at < kMostBlanks)
    --at;
  return at > 0 && text[at - 1] == '(';
}

// Behind the quote that ends a name: `, "value": "V"`, ` value="V"`, `>V</`.
bool read_pair(std::string_view text, Reader& reader, Statement& out) {
  if (reader.take(">")) return read_element(text, reader, Form::kPaired, out);
  out.form = Form::kPaired;
  reader.skip_blanks();
  reader.take(",");
  reader.skip_blanks(true);
  reader.take_quote();
  if (!reader.take_any_case("value") && !reader.take_any_case("parametervalue")) return false;
  reader.take_quote();
  reader.skip_blanks();
  if (!take_operator(reader)) return false;
  reader.skip_blanks();
  return read_value(text, reader, Bare::kNo, out);
}

// Without quotes, as in YAML: `name: DB_PASSWORD`, and `value: V` at the next line.
bool read_pair_of_lines(std::string_view text, Reader& reader, Statement& out) {
  if (!is_line_end(reader.now())) return false;
  reader.skip_blanks(true);
  out.form = Form::kPaired;
  if (!reader.take_any_case("value:")) return false;
  reader.skip_blanks();
  return read_value(text, reader, Bare::kLine, out);
}

bool read_behind_name(std::string_view text, Reader& reader, bool settings, Statement& out) {
  const std::size_t name = out.name.data() - text.data();
  const char before = name > 0 ? text[name - 1] : '\n';
  if (reader.now() == '>' && before == '<') {
    reader.move(reader.at() + 1);
    return read_element(text, reader, Form::kElement, out);
  }
  if (reader.take("</name>")) {
    reader.skip_blanks(true);
    return reader.take("<value>") && read_element(text, reader, Form::kPaired, out);
  }
  const bool named = is_name_member(text, name);
  if (named && is_line_end(reader.now())) return read_pair_of_lines(text, reader, out);
  const bool quoted_name = is_quote(before) && !reader.take_quote().empty();
  if (quoted_name && named) return read_pair(text, reader, out);
  if (!quoted_name && reader.now() == '(') {
    reader.move(reader.at() + 1);
    out.form = Form::kArgument;
    return read_value(text, reader, Bare::kNo, out);
  }
  if (quoted_name && is_first_argument(text, name) && reader.take(",")) {
    out.form = Form::kArgument;
    reader.skip_blanks();
    return read_value(text, reader, Bare::kNo, out);
  }
  if (quoted_name) reader.take("]");
  reader.skip_blanks();
  if (!take_type(reader) && !take_operator(reader)) return false;
  reader.skip_blanks();
  // A header in one string: `"X-Auth-Token: V"`.
  if (!quoted_name && is_quote(before) && text[reader.at() - 1] == ' ') {
    if (!read_quoted(text, reader, text.substr(name - 1, 1), out)) return false;
    out.quoted = false;
    return true;
  }
  const std::size_t start = quoted_name ? name - 1 : name;
  Bare bare = settings && begins_setting(text, start) ? Bare::kLine : Bare::kNo;
  if (!quoted_name && is_option(text, start)) bare = Bare::kWord;
  return read_value(text, reader, bare, out);
}

}  // namespace

std::optional<Statement> read_statement(std::string_view text, std::size_t begin, std::size_t end,
                                        bool settings) {
  while (end > begin && is_quote(text[end - 1])) --end;  // keywords such as `"pwd"`
  while (begin < end && is_quote(text[begin])) ++begin;
  Statement statement;
  statement.name = name_around(text, begin, end);
  while (!statement.name.empty() &&
         (statement.name.front() == '-' || statement.name.front() == '.'))
    statement.name.remove_prefix(1);
  const std::size_t name = statement.name.data() - text.data();
  if (statement.name.empty() || name > begin) return std::nullopt;
  Reader reader(text, name + statement.name.size());
  if (!read_behind_name(text, reader, settings, statement)) return std::nullopt;
  return statement;
}

bool is_program_path(std::string_view path) {
  constexpr auto kEndings = std::to_array<std::string_view>(
      {".c",   ".h",    ".cc",   ".hh",  ".cpp", ".hpp", ".cs",  ".d",     ".dart",  ".go",
       ".hs",  ".java", ".js",   ".jsx", ".kt",  ".lua", ".m",   ".mjs",   ".ml",    ".php",
       ".pl",  ".pm",   ".py",   ".pyi", ".pyx", ".rb",  ".rs",  ".scala", ".swift", ".ts",
       ".tsx", ".vue",  ".html", ".css", ".sql", ".inl", ".ipp", ".el"});
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return path.ends_with(ending); });
}

}  // namespace iamcheck
