#include "changed_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "exit_code.h"
#include "file.h"
#include "git.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/credentials.h"
#include "terminal.h"

namespace iamcheck::cli {
namespace {

namespace fs = std::filesystem;

// A link with such a name may lead to a policy that nobody looks at.
bool may_hold_policies(const fs::path& path) {
  constexpr std::array<std::string_view, 7> kExtensions = {".json", ".md",  ".yaml",    ".yml",
                                                           ".tf",   ".hcl", ".template"};
  return std::ranges::find(kExtensions, path.extension().string()) != kExtensions.end();
}

}  // namespace

void complain(const std::string& place, const Error& error, std::string_view inspected) {
  std::vector<std::string> texts = {(place.empty() ? "" : place + ": ") + error.message +
                                    (error.help.empty() ? "" : "; " + error.help)};
  hide_credentials(inspected, texts);
  print_error(texts[0]);
}

void ChangedFiles::add_files(const std::string& old_path, const std::string& new_path) {
  FilePair pair{old_path, new_path, new_path, read(old_path), read(new_path), true};
  if (pair.old_text && pair.new_text) pairs_.push_back(std::move(pair));
}

void ChangedFiles::add_folders(const std::string& old_folder, const std::string& new_folder) {
  std::set<std::string> links;
  const auto before = files_of(old_folder, links), after = files_of(new_folder, links);
  // Of a folder that was read in part nothing is known to be missing.
  if (!before || !after) return;
  std::set<std::string> names = *before;
  names.insert(after->begin(), after->end());
  for (const std::string& name : names) {
    if (links.contains(name)) continue;
    FilePair pair;
    pair.old_name = (fs::path(old_folder) / name).string();
    pair.new_name = (fs::path(new_folder) / name).string();
    pair.new_path = pair.new_name;
    if (before->contains(name)) pair.old_text = read(pair.old_name);
    if (after->contains(name)) pair.new_text = read(pair.new_name);
    const bool whole = pair.old_text.has_value() == before->contains(name) &&
                       pair.new_text.has_value() == after->contains(name);
    if (whole && pair.old_text != pair.new_text) pairs_.push_back(std::move(pair));
  }
}

void ChangedFiles::add_revisions(const std::string& from, const std::string& to) {
  const auto files = changed_files(from, to);
  if (!files) {
    fail(from + ".." + to, files.error());
    return;
  }
  for (const ChangedFile& file : *files) {
    FilePair pair;
    pair.old_name = from + ":" + file.path;
    pair.new_name = to + ":" + file.path;
    pair.new_path = file.path;
    if (file.before) pair.old_text = read_at(from, file.path, pair.old_name);
    if (file.after) pair.new_text = read_at(to, file.path, pair.new_name);
    if (pair.old_text.has_value() == file.before && pair.new_text.has_value() == file.after)
      pairs_.push_back(std::move(pair));
  }
}

void ChangedFiles::fail(const std::string& place, const Error& error) {
  complain(place, error);
  worst_ = worst_of(worst_, error.code == ErrorCode::kInvalidArgument ? kUsage : kUndecided);
}

// By their path in the folder; nothing when it cannot be read to its end. What is passed over is
// said, and goes to `links`: a policy that nobody looked at must not read as one that grants
// nothing.
std::optional<std::set<std::string>> ChangedFiles::files_of(const std::string& folder,
                                                            std::set<std::string>& links) {
  std::set<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator it(folder, error);
  for (const fs::recursive_directory_iterator end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    if (it->path().filename() == ".git") {
      it.disable_recursion_pending();
      continue;
    }
    const std::string name = it->path().lexically_relative(folder).generic_string();
    if (it->is_symlink(ignored)) {
      if (!may_hold_policies(it->path())) continue;
      links.insert(name);
      fail(it->path().string(), {ErrorCode::kUnreadable,
                                 "links in folders are not followed",
                                 "compare the files that they lead to",
                                 {}});
    } else if (it->is_regular_file(ignored)) {
      files.insert(name);
    }
  }
  if (error) {
    fail(folder, {ErrorCode::kUnreadable,
                  "the folder cannot be read to its end: " + error.message(),
                  "check its permissions and those of the folders in it",
                  {}});
    return std::nullopt;
  }
  return files;
}

std::optional<std::string> ChangedFiles::read(const std::string& path) {
  // As elsewhere, a name that is no file may be that of a policy of AWS.
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    if (const auto managed = Catalogue::embedded().find_managed_policy(path))
      return std::string(*managed->document());
  }
  Result<std::string> bytes = read_input(path, {});
  if (bytes) return std::move(*bytes);
  fail("", bytes.error());  // which names the path
  return std::nullopt;
}

std::optional<std::string> ChangedFiles::read_at(const std::string& revision,
                                                 const std::string& path, const std::string& name) {
  Result<std::string> bytes = file_at(revision, path);
  if (bytes) return std::move(*bytes);
  fail(name, bytes.error());
  return std::nullopt;
}

}  // namespace iamcheck::cli
