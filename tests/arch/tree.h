#pragma once

// The repository as a list of texts, so that every check can also be shown a small tree that breaks
// it.

#include <string>
#include <string_view>
#include <vector>

namespace arch {

struct File {
  std::string path;  // from the root of the repository, with forward slashes
  std::string text;
};

using Tree = std::vector<File>;

/// The hand-written code of this repository, sorted by path: what lies below core, cli, python,
/// rules, tests, fuzz and docs with the ending of a source file. Build results and hidden folders
/// are left out.
Tree read_repository();

/// Splits at line feeds; a last line without one counts.
std::vector<std::string_view> lines(std::string_view text);

bool is_public_header(std::string_view path);

/// The complaints as one text, for the message of a failed test.
std::string join(const std::vector<std::string>& complaints);

}  // namespace arch
