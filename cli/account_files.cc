#include "account_files.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "exit_code.h"
#include "file.h"
#include "iamcheck/account_report.h"
#include "iamcheck/report.h"
#include "terminal.h"

namespace iamcheck::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFiles = 100'000;

// Sorted, so that the answer does not depend on the file system.
bool list_folder(const std::string& folder, std::vector<std::string>& files,
                 std::vector<std::string>& links) {
  std::error_code error;
  fs::recursive_directory_iterator entries(folder, error), end;
  std::vector<std::string> found;
  for (; !error && entries != end; entries.increment(error)) {
    const fs::file_status status = entries->symlink_status(error);
    if (error) break;
    if (fs::is_regular_file(status) && entries->path().extension() == ".json")
      found.push_back(entries->path().generic_string());
    if (fs::is_symlink(status)) links.push_back(entries->path().generic_string());
    if (found.size() + links.size() > kMaxFiles) {
      print_error("`" + escape_controls(folder) + "` holds more than " + std::to_string(kMaxFiles) +
                  " files; name the dumps or the folders of accounts one by one");
      return false;
    }
  }
  if (error)
    print_error("cannot read `" + escape_controls(folder) + "`: " + error.message() +
                "; check the path and its permissions");
  std::sort(found.begin(), found.end());
  files.insert(files.end(), found.begin(), found.end());
  return !error;
}

}  // namespace

std::optional<Account> load_account(const std::vector<std::string>& paths, int& worst) {
  if (std::ranges::count(paths, "-") > 1) {
    print_error("standard input is named twice; give `--account -` once");
    worst = worst_of(worst, kUsage);
    return std::nullopt;
  }
  std::vector<std::string> names, links;
  std::vector<AccountFile> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (path != "-" && fs::is_directory(path, error)) {
      if (!list_folder(path, names, links)) {
        worst = worst_of(worst, kUndecided);
        files.push_back({path, "", true});
      }
    } else {
      names.push_back(path);
    }
  }
  for (const std::string& name : names) {
    Result<std::string> bytes = read_input(name, {});
    if (!bytes) {
      print_error(escape_controls(bytes.error().message) + "; " +
                  escape_controls(bytes.error().help));
      worst = worst_of(worst, kUndecided);
      files.push_back({name, "", true});
      continue;
    }
    files.push_back({name == "-" ? "<stdin>" : name, *std::move(bytes), false});
  }
  std::sort(links.begin(), links.end());
  for (std::string& link : links) files.push_back({std::move(link), "", false, true});
  if (std::ranges::all_of(files,
                          [](const AccountFile& file) { return file.unread || file.link; })) {
    if (worst == kClean) print_error("no account: there is no *.json file in what was named");
    worst = worst_of(worst, kUndecided);
    return std::nullopt;
  }
  Account account = Account::read(std::move(files));
  const std::string problems = render_text(account.problems());
  for (std::size_t at = 0; at < problems.size();) {
    const std::size_t end = problems.find('\n', at);
    print_error(problems.substr(at, end - at));
    at = end + 1;
  }
  if (!account.problems().empty()) worst = worst_of(worst, kUndecided);
  return account;
}

}  // namespace iamcheck::cli
