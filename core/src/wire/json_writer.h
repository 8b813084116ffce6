#pragma once

// Writes compact JSON, one line: `", "` and `": "` as separators, members in the order given.

#include <cstdint>
#include <string>
#include <string_view>

namespace iamcheck {

/// Appends `text` as a JSON string. What a terminal would obey or what hides text (control
/// characters, bidirectional marks, line separators) is written as \uXXXX; bytes that are no UTF-8
/// become U+FFFD.
void append_json_string(std::string& out, std::string_view text);

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_list() { return open('['); }
  JsonWriter& end_list() { return close(']'); }
  JsonWriter& key(std::string_view name);
  JsonWriter& text(std::string_view value);
  JsonWriter& number(std::uint64_t value);
  JsonWriter& boolean(bool value) { return word(value ? "true" : "false"); }
  JsonWriter& null() { return word("null"); }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  JsonWriter& word(std::string_view word);
  void separate();

  std::string& out_;
  bool first_ = true;  // nothing stands before the next value in its object or list
};

}  // namespace iamcheck
