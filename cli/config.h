#pragma once

// `.iamcheck.yaml`: what a repository asks of iamcheck.
//
// The file comes from the repository under inspection, which may be hostile: it names rule pages
// below its own folder, and nothing that it says loads code or leaves that folder.

#include <optional>
#include <string>
#include <vector>

#include "iamcheck/result.h"

namespace iamcheck::cli {

struct Config {
  std::string path;                ///< of the file, as it was found
  std::string folder;              ///< where it lies
  std::vector<std::string> rules;  ///< `rules:` folders and pages of guardrails, from `folder`
};

/// Reads one file. Errors: `unreadable`, `yaml-syntax`, and `invalid-argument` for an unknown key
/// or a value of a wrong type, each with the place in the message.
Result<Config> read_config(const std::string& path);

/// The `.iamcheck.yaml` of the current folder or, inside a git repository, of the nearest folder
/// above it up to the root of the repository. Nothing where there is none.
std::optional<std::string> find_config();

}  // namespace iamcheck::cli
