#pragma once

// The text files of rules/catalogue, read the slow and obvious way: the twin that every record of
// the packed catalogue is compared with. It shares no code with the packer or the library.

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace catalogue_texts {

using Fields = std::vector<std::string>;

inline std::string path(const std::string& name) {
  return std::string(IAMCHECK_SOURCE_DIR) + "/rules/catalogue/" + name;
}

inline Fields split(const std::string& text, char separator) {
  Fields parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, separator);) parts.push_back(part);
  return parts;
}

inline std::vector<Fields> read(const std::string& name) {
  std::ifstream file(path(name));
  std::vector<Fields> rows;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line[0] != '#') rows.push_back(split(line, '\t'));
  }
  return rows;
}

inline std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// A space-separated list, `-` being empty, in lower case and sorted.
inline Fields names(const std::string& field) {
  if (field == "-") return {};
  Fields result;
  for (const std::string& name : split(field, ' ')) result.push_back(lower(name));
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace catalogue_texts
