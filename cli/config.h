#pragma once

// `.iamcheck.yaml`: what a repository asks of iamcheck.
//
// The file comes from the repository under inspection, which may be hostile: it names rule pages
// below its own folder, and nothing that it says loads code or leaves that folder.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "iamcheck/finding.h"
#include "iamcheck/result.h"
#include "iamcheck/rule_page.h"

namespace iamcheck::cli {

/// One entry of `suppress:`. What is empty holds for everything.
struct ConfiguredSuppression {
  std::vector<std::string> rules;  ///< slugs and categories; never empty
  std::vector<std::string> files;  ///< patterns as in .gitignore, from the folder of the file
  std::string sid;                 ///< of the statement
  std::string at;      ///< document path, `*` and `?` are wildcards: `Statement[1].Resource*`
  std::string value;   ///< what stands at the place, without quotes; wildcards too
  std::string reason;  ///< never empty
  std::optional<std::int64_t> until;  ///< the last day, since 1970-01-01
  std::uint32_t line = 0;
};

struct Config {
  std::string path;                ///< of the file, as it was found
  std::string folder;              ///< where it lies
  std::vector<std::string> rules;  ///< `rules:` folders and pages of guardrails, from `folder`
  std::optional<Profile> profile;
  std::vector<std::string> ignore;           ///< slugs and categories
  std::vector<std::string> exclude;          ///< patterns as in .gitignore
  std::map<std::string, Severity> severity;  ///< by slug or category
  std::vector<ConfiguredSuppression> suppress;
  std::string baseline;  ///< a file, from the current folder; empty: none
};

/// Reads one file. Errors: `unreadable`, `yaml-syntax`, and `invalid-argument` for an unknown key
/// or a value of a wrong type, each with the place in the message.
Result<Config> read_config(const std::string& path);

/// The `.iamcheck.yaml` of the current folder or, inside a git repository, of the nearest folder
/// above it up to the root of the repository. Nothing where there is none.
std::optional<std::string> find_config();

}  // namespace iamcheck::cli
