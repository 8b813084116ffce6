#pragma once

// The text files of rules/catalogue, read for packing. A mistake in them stops the build with the
// file and the line that is wrong.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace iamcheck::pack {

struct Row {
  std::string file;
  std::size_t line = 0;
  std::vector<std::string> fields;
};

/// Prints `file:line: message` and ends the program.
[[noreturn]] void fail(const std::string& file, std::size_t line, const std::string& message);
[[noreturn]] void fail(const Row& row, const std::string& message);

/// `-` is the empty list.
std::vector<std::string> split_list(std::string_view text, std::string_view separator);
/// `-` is the empty text.
std::string optional_text(const std::string& field);

/// Lines that are neither empty nor comments, split at tabs; each must have `fields` of them.
std::vector<Row> read_table(const std::string& folder, const std::string& name, std::size_t fields);

struct PolicyRow {
  std::string name, path, version, created, updated, document;
};
std::vector<PolicyRow> read_policies(const std::string& folder);

}  // namespace iamcheck::pack
