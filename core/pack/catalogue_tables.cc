#include "catalogue_tables.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

namespace iamcheck::pack {

void fail(const std::string& file, std::size_t line, const std::string& message) {
  std::cerr << file << ":" << line << ": " << message << "\n";
  std::exit(1);
}

void fail(const Row& row, const std::string& message) { fail(row.file, row.line, message); }

std::vector<std::string> split_list(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  if (text == "-") return parts;
  while (true) {
    const std::size_t at = text.find(separator);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + separator.size());
  }
}

std::string optional_text(const std::string& field) { return field == "-" ? "" : field; }

namespace {

std::ifstream open_table(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) fail(path, 0, "cannot be opened");
  return file;
}

}  // namespace

std::vector<Row> read_table(const std::string& folder, const std::string& name,
                            std::size_t fields) {
  const std::string path = folder + "/" + name;
  std::ifstream file = open_table(path);
  std::vector<Row> rows;
  std::string text;
  for (std::size_t line = 1; std::getline(file, text); ++line) {
    if (text.empty() || text[0] == '#') continue;
    Row row{path, line, {}};
    std::string_view rest = text;
    while (true) {
      const std::size_t tab = rest.find('\t');
      row.fields.emplace_back(rest.substr(0, tab));
      if (row.fields.back().empty()) fail(row, "an empty field is written `-`");
      if (tab == std::string_view::npos) break;
      rest.remove_prefix(tab + 1);
    }
    if (row.fields.size() != fields) {
      fail(row, "expected " + std::to_string(fields) + " fields separated by tabs");
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<PolicyRow> read_policies(const std::string& folder) {
  const std::string path = folder + "/managed-policies.txt";
  std::ifstream file = open_table(path);
  std::vector<PolicyRow> policies;
  std::string text;
  for (std::size_t line = 1; std::getline(file, text); ++line) {
    if (text.empty() || text[0] == '#') continue;
    if (text.starts_with("policy\t")) {
      const std::vector<std::string> fields = split_list(text, "\t");
      if (fields.size() != 6) fail(path, line, "expected 6 fields separated by tabs");
      policies.push_back({fields[1], fields[2], fields[3], fields[4], fields[5], ""});
      continue;
    }
    if (policies.empty()) fail(path, line, "a document before its policy line");
    // One value a line: a JSON text holds no raw line end, so joining the lines is the compact
    // form.
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin != std::string::npos) policies.back().document += text.substr(begin);
  }
  return policies;
}

}  // namespace iamcheck::pack
