#include "document/json_error.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace iamcheck {
namespace {

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.';
}

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && std::string_view(" \t\r\n").find(text[at]) != std::string_view::npos)
    ++at;
  return at;
}

// The last byte before `at` that is no white space; npos at the beginning.
std::size_t previous_solid(std::string_view text, std::size_t at) {
  while (at > 0) {
    --at;
    if (std::string_view(" \t\r\n").find(text[at]) == std::string_view::npos) return at;
  }
  return std::string_view::npos;
}

// Nobody has looked for credentials here, and a word of sixteen characters may be one: of a long
// text only the beginning is shown, as `redact` does.
std::string quoted(std::string_view text) {
  constexpr std::size_t kLongest = 15, kBeginning = 4;
  std::string out = "`";
  if (text.size() <= kLongest) {
    out += text;
  } else {
    std::size_t size = kBeginning;
    while ((static_cast<unsigned char>(text[size]) & 0xC0) == 0x80 && size > 0) --size;
    out += text.substr(0, size);
    out += "...";
  }
  out += '`';
  return out;
}

std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_word(text[end])) ++end;
  return text.substr(at, end - at);
}

struct Slip {
  std::string message;
  std::string help;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// What stands where the parser stopped; `at` is the first byte of the token it did not want.
Slip slip_at(std::string_view text, std::size_t at, const JsonFailure& failure) {
  char c = text[at];
  if (c == '\0') {
    return {"a NUL byte stands in the text", "remove it; no JSON text holds one", at, at + 1};
  }
  if (failure.complete) {
    return {"unexpected text after the end of the JSON value", "keep one JSON value per document",
            at, at + 1};
  }
  if (text.substr(at, 2) == "//" || text.substr(at, 2) == "/*" || c == '#') {
    std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    return {"JSON has no comments", "remove the comment; a `Sid` can carry a short name", at, end};
  }
  if (c == '\'') {
    std::size_t end = text.find_first_of("'\r\n", at + 1);
    end = end == std::string_view::npos ? text.size() : end + 1;
    return {"strings need double quotes", "replace the single quotes by `\"`", at, end};
  }
  if (text.substr(at, 3) == "\xE2\x80\x9C" || text.substr(at, 3) == "\xE2\x80\x9D") {
    return {"typographic quotes do not delimit strings", "replace them by plain `\"`", at, at + 3};
  }
  if (c == '<') {
    std::size_t end = text.find_first_of(">\r\n", at);
    end = end == std::string_view::npos || text[end] != '>' ? at + 1 : end + 1;
    return {
        "a bare placeholder " + quoted(text.substr(at, end - at)) + " stands where a value must be",
        "put the placeholder in double quotes, or fill it in", at, end};
  }
  std::size_t before = previous_solid(text, at);
  if ((c == '}' || c == ']') && before != std::string_view::npos && text[before] == ',') {
    return {"trailing comma before " + quoted(text.substr(at, 1)), "remove the comma", before,
            before + 1};
  }
  if (c == ',' && before != std::string_view::npos && text[before] == ',') {
    return {"two commas in a row", "remove one", at, at + 1};
  }
  if (c == '"' && before != std::string_view::npos &&
      std::string_view(",:{[").find(text[before]) == std::string_view::npos) {
    return {"a comma or colon is missing before this string", "separate members with `,`", at,
            at + 1};
  }
  if (c == '{' && before != std::string_view::npos && text[before] == '}') {
    return {"a comma is missing between two objects", "separate list entries with `,`", at, at + 1};
  }
  std::string_view word = word_at(text, at);
  if (!word.empty()) {
    std::size_t end = at + word.size();
    if (word == "True" || word == "False") {
      return {quoted(word) + " is not JSON", "JSON writes it in lower case", at, end};
    }
    if (word == "None" || word == "undefined" || word == "NaN") {
      return {quoted(word) + " is not JSON", "leave the member out, or use `null`", at, end};
    }
    if (std::isdigit(static_cast<unsigned char>(word[0])) == 0 && word[0] != '-') {
      return {"unquoted text " + quoted(word), "put it in double quotes", at, end};
    }
    return {"malformed number " + quoted(word), "write digits only, without leading zeros", at,
            end};
  }
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return {"unexpected " + quoted(text.substr(at, end - at)), "", at, end};
}

}  // namespace

Error explain_json_failure(std::string_view text, const JsonFailure& failure, std::uint32_t source,
                           std::uint32_t base) {
  auto error = [&](ErrorCode code, const Slip& slip) {
    auto place = [&](std::size_t offset) {
      return base + static_cast<std::uint32_t>(std::min(offset, text.size()));
    };
    return Error{code, slip.message, slip.help, Span{source, place(slip.begin), place(slip.end)}};
  };
  auto reason_has = [&](std::string_view words) {
    return failure.parser_reason.find(words) != std::string_view::npos;
  };
  // The parser counts bytes from 1 and has just read the byte it stumbled over.
  std::size_t stumbled = failure.bytes_read == 0 ? 0 : failure.bytes_read - 1;

  if (reason_has("ill-formed UTF-8")) {
    return error(ErrorCode::kNotUtf8, {"this text is not valid UTF-8", "save the file as UTF-8",
                                       stumbled, stumbled + 1});
  }
  if (reason_has("number overflow") || reason_has("out_of_range")) {
    std::size_t end = failure.token;
    while (end < text.size() && (is_word(text[end]) || text[end] == '+')) ++end;
    return error(ErrorCode::kJsonSyntax,
                 {"a number is too large", "put it in double quotes", failure.token, end});
  }
  if (reason_has("missing closing quote") || reason_has("control character")) {
    bool line_end = stumbled < text.size() && (text[stumbled] == '\n' || text[stumbled] == '\r');
    if (line_end || stumbled >= text.size()) {
      return error(ErrorCode::kJsonSyntax,
                   {"this string is not closed", "add the missing `\"`", failure.token, stumbled});
    }
    return error(ErrorCode::kJsonSyntax,
                 {"a control character stands in a string", "write it as an escape such as `\\t`",
                  stumbled, stumbled + 1});
  }
  if (reason_has("surrogate")) {
    std::size_t begin = std::min(text.rfind("\\u", stumbled), stumbled);
    return error(ErrorCode::kJsonSyntax,
                 {"half of a surrogate pair in a `\\u` escape",
                  "write both halves, or the character itself", begin, stumbled});
  }
  if (reason_has("forbidden character after backslash") ||
      reason_has("must be followed by 4 hex")) {
    std::size_t begin = std::min(text.rfind('\\', stumbled), stumbled);
    return error(ErrorCode::kJsonSyntax, {"this escape does not exist in JSON",
                                          "write a backslash as `\\\\`", begin, stumbled + 1});
  }
  std::size_t token = failure.token;
  if (token >= text.size()) {
    Slip slip{"the document ends too early", "", text.size(), text.size()};
    if (failure.open_bracket != std::string_view::npos) {
      slip.message += ": " + quoted(text.substr(failure.open_bracket, 1)) + " is not closed";
      slip.help = "add the missing bracket";
      slip.begin = failure.open_bracket;
      slip.end = failure.open_bracket + 1;
    } else if (skip_space(text, 0) == text.size()) {
      slip.message = "the document is empty";
    }
    return error(ErrorCode::kJsonSyntax, slip);
  }
  return error(ErrorCode::kJsonSyntax, slip_at(text, token, failure));
}

}  // namespace iamcheck
