#include "git_changes.h"

#include <algorithm>
#include <utility>

#include "file.h"
#include "iamcheck/limits.h"

namespace iamcheck::cli {
namespace {

// Of a commit 40 letters, or 64.
constexpr std::size_t kMostShallowBytes = std::size_t{16} * 1024 * 1024;

Error unreadable(std::string message, std::string help) {
  return {ErrorCode::kUnreadable, std::move(message), std::move(help), {}};
}

// What a command prints, without its line end. Errors: `unreadable`.
Result<std::string> line_of(const GitProcess::Words& words) {
  auto started = GitProcess::start(words);
  if (!started) return started.error();
  GitProcess& git = **started;
  std::optional<std::string> text = git.read_all(Limits{}.max_document_bytes);
  if (!git.ended_well() || !text)
    return unreadable("git cannot read the repository: " + git.complaint(),
                      "run it in a folder of a repository");
  if (text->ends_with('\n')) text->pop_back();
  return *std::move(text);
}

// `:MODE.. ID.. STATUS`, a mode and an id for each side, the new one last.
struct Change {
  std::string mode, id, status;
};

std::optional<Change> read_change(std::string_view record) {
  const std::size_t parents = record.find_first_not_of(':');
  if (parents == 0 || parents == std::string_view::npos) return std::nullopt;
  std::vector<std::string_view> words;
  for (std::size_t begin = parents; begin <= record.size();) {
    const std::size_t end = std::min(record.find(' ', begin), record.size());
    words.push_back(record.substr(begin, end - begin));
    begin = end + 1;
  }
  if (words.size() != 2 * (parents + 1) + 1) return std::nullopt;
  return Change{std::string(words[parents]), std::string(words[2 * parents + 1]),
                std::string(words.back())};
}

// Links lead elsewhere, submodules are commits of another repository.
bool is_regular(const Change& change) { return change.mode == "100644" || change.mode == "100755"; }

void append(GitProcess::Words& words, const std::vector<std::string>& paths) {
  words.emplace_back("--");
  words.insert(words.end(), paths.begin(), paths.end());
}

const GitProcess::Words kRaw = {"-z",           "--raw",         "--no-renames",
                                "--no-abbrev",  "--no-ext-diff", "--no-textconv",
                                "--no-relative"};

}  // namespace

std::string seen_from(std::string_view folder, std::string_view path) {
  std::string up;
  while (!folder.empty() && !path.starts_with(folder)) {
    up += "../";
    const std::size_t slash = folder.rfind('/', folder.size() - 2);
    folder = folder.substr(0, slash == std::string_view::npos ? 0 : slash + 1);
  }
  return up.append(path.substr(folder.size()));
}

Result<StagedFiles> staged_files(const std::vector<std::string>& paths) {
  const Result<std::string> prefix = line_of({"rev-parse", "--show-prefix"});
  if (!prefix) return prefix.error();
  Result<std::string> head = line_of({"rev-parse", "--verify", "--quiet", "HEAD^{tree}"});
  // Before the first commit all is new. The name of the empty tree hangs on the hash function.
  if (!head) head = line_of({"hash-object", "-t", "tree", "--stdin"});
  if (!head) return head.error();
  GitProcess::Words words = {"diff-index", "--cached", "--diff-filter=d"};
  words.insert(words.end(), kRaw.begin(), kRaw.end());
  words.push_back(*head);
  append(words, paths);
  auto started = GitProcess::start(words);
  if (!started) return started.error();
  GitProcess& git = **started;
  StagedFiles staged;
  bool garbled = false;
  while (const std::optional<std::string> record = git.read_until('\0')) {
    const std::optional<Change> change = read_change(*record);
    const std::optional<std::string> path = git.read_until('\0');
    garbled = !change || !path;
    if (!change || !path) break;
    std::string name = seen_from(*prefix, *path);
    if (change->status == "U") {
      staged.conflicts.push_back(std::move(name));
    } else if (is_regular(*change)) {
      staged.files.push_back({std::move(name), change->id});
    }
  }
  if (!git.ended_well() || garbled)
    return unreadable("git cannot compare the index with HEAD: " + git.complaint(),
                      "check the repository with git status");
  std::ranges::sort(staged.files, {}, &StoredFile::path);
  return staged;
}

Result<std::unique_ptr<HistoryWalk>> HistoryWalk::start(const std::string& range,
                                                        const std::vector<std::string>& paths) {
  if (range.empty() || (range[0] == '-' && range != "--all"))
    return Error{ErrorCode::kInvalidArgument,
                 "`" + range + "` is no range of commits",
                 "write --history main..HEAD, HEAD or --all",
                 {}};
  std::unique_ptr<HistoryWalk> walk(new HistoryWalk(range));
  Result<std::string> prefix = line_of({"rev-parse", "--show-prefix"});
  if (!prefix) return prefix.error();
  walk->prefix_ = *std::move(prefix);
  const Result<std::string> shallow = line_of({"rev-parse", "--git-path", "shallow"});
  if (!shallow) return shallow.error();
  ReadLimits limits;
  limits.most_bytes = kMostShallowBytes;
  // None for a clone that is whole.
  if (const Result<std::string> text = read_input(*shallow, limits)) {
    for (std::size_t begin = 0; begin < text->size();) {
      const std::size_t end = std::min(text->find('\n', begin), text->size());
      walk->shallow_.insert(text->substr(begin, end - begin));
      begin = end + 1;
    }
  } else {
    walk->met_shallow_ = text.error().code == ErrorCode::kLimitExceeded;
  }
  GitProcess::Words commits = {"rev-list", "--topo-order", "--reverse",
                               "--max-count=" + std::to_string(kMostCommits + 1)};
  if (range != "--all") commits.emplace_back("--end-of-options");
  commits.insert(commits.end(), {range, "--"});
  // `--always`: commits that change nothing are named too.
  GitProcess::Words changes = {"diff-tree", "--stdin", "--always", "--root", "-r", "-c"};
  changes.insert(changes.end(), kRaw.begin(), kRaw.end());
  append(changes, paths);
  auto started = GitProcess::start(commits, changes);
  if (!started) return started.error();
  walk->git_ = std::move(*started);
  return walk;
}

std::optional<StoredFile> HistoryWalk::next() {
  while (std::optional<std::string> record = git_->read_until('\0')) {
    if (!record->starts_with(':')) {
      commit_ = *std::move(record);
      ++commits_;
      met_shallow_ = met_shallow_ || shallow_.contains(commit_);
      continue;
    }
    const std::optional<Change> change = read_change(*record);
    const std::optional<std::string> path = git_->read_until('\0');
    garbled_ = !change || !path;
    if (!change || !path) return std::nullopt;
    if (is_regular(*change)) return StoredFile{seen_from(prefix_, *path), change->id};
  }
  return std::nullopt;
}

std::vector<Error> HistoryWalk::problems() {
  std::vector<Error> problems;
  if (!git_->ended_well() || garbled_)
    problems.push_back(
        unreadable("git cannot walk `" + range_ + "` to its end: " + git_->complaint(),
                   "check the names with git rev-list, and the repository with git fsck"));
  if (met_shallow_)
    problems.push_back(
        unreadable("the clone is shallow: the commits before its first ones were "
                   "not checked",
                   "run git fetch --unshallow, or in CI ask for the whole history"));
  if (commits_ > kMostCommits)
    problems.push_back({ErrorCode::kLimitExceeded,
                        "`" + range_ + "` has more than " + std::to_string(kMostCommits) +
                            " commits; the oldest were not checked",
                        "check the rest in a range of its own",
                        {}});
  return problems;
}

}  // namespace iamcheck::cli
