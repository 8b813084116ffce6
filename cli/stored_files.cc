#include "stored_files.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <unordered_map>
#include <utility>
#include <vector>

#include "exclusion.h"
#include "file_check.h"
#include "git_changes.h"
#include "git_objects.h"
#include "iamcheck/limits.h"

namespace iamcheck::cli {
namespace {

namespace fs = std::filesystem;

// Where errors of git itself are said to be.
constexpr const char* kPlace = ".git";

constexpr std::size_t kMostObjects = 2'000'000;
// A tree of a few hundred bytes can stand for any number of paths.
constexpr std::size_t kMostChanges = 20'000'000;
constexpr std::size_t kMostFindings = 100'000;
constexpr std::size_t kMostErrors = 100;
// Of an object with findings: what is silenced in one folder counts in another.
constexpr std::size_t kMostPaths = 16;
// Texts with findings are kept for the report.
constexpr std::size_t kMostKeptBytes = std::size_t{256} * 1024 * 1024;
// Read at a time.
constexpr std::size_t kBatchFiles = 1024;
constexpr std::size_t kBatchBytes = std::size_t{64} * 1024 * 1024;
// Asked for their sizes at a time.
constexpr std::size_t kAsked = 60;

// --exclude, for paths that need not exist.
class NameExclusion {
 public:
  explicit NameExclusion(const std::vector<std::string>& patterns)
      : exclusion_(patterns), current_(fs::current_path(ignored_)) {}
  bool excludes(const std::string& path) const {
    return exclusion_.excludes((current_ / path).lexically_normal().string(), false);
  }

 private:
  std::error_code ignored_;
  Exclusion exclusion_;
  fs::path current_;
};

// 32 bytes hold what both hash functions of git give.
using ObjectKey = std::array<char, 32>;

struct KeyHash {
  std::size_t operator()(const ObjectKey& key) const {
    std::size_t hash = 0;
    std::memcpy(&hash, key.data(), sizeof hash);
    return hash;
  }
};

ObjectKey key_of(std::string_view id) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  ObjectKey key{};
  for (std::size_t i = 0; i + 1 < id.size() && i / 2 < key.size(); i += 2)
    key[i / 2] = static_cast<char>(digit(id[i]) << 4 | digit(id[i + 1]));
  return key;
}

// What was said about a secret: suppressed, or as bad as this.
int rank_of(const Finding& finding) {
  return finding.suppression ? 0 : 1 + static_cast<int>(finding.severity);
}

// A file as a commit brings it.
struct Version {
  InputFile file;
  std::string commit;
  std::size_t size = 0;
};

class HistoryCheck {
 public:
  HistoryCheck(const LintCommandOptions& options, const Silencing* silencing, std::size_t threads,
               LintReport& report)
      : options_(options),
        silencing_(silencing),
        report_(report),
        exclusion_(options.exclude),
        checker_(options, {}, silencing, threads) {}

  void run() {
    report_.commits_checked = 0;
    auto started = HistoryWalk::start(options_.history, options_.paths);
    if (!started) {
      fail(kPlace, started.error());
      return;
    }
    HistoryWalk& walk = **started;
    for (std::size_t changes = 1; !stopped_; ++changes) {
      std::optional<StoredFile> file = walk.next();
      if (!file) break;
      if (changes > kMostChanges) {
        stop("more than " + std::to_string(kMostChanges) + " changed paths");
      } else if (states_.size() >= kMostObjects) {
        stop("more than " + std::to_string(kMostObjects) + " states of files");
      } else {
        take(*std::move(file), walk.commit());
      }
    }
    report_.commits_checked = std::min(walk.commits(), HistoryWalk::kMostCommits);
    // What git says of its end is about its end only when it was read so far.
    if (!stopped_)
      for (Error& problem : walk.problems()) fail(kPlace, std::move(problem));
    check_again();
    if (too_large_ == 0) return;
    report_.files_skipped += too_large_;
    report_.notes.push_back("states of files above " + std::to_string(Limits{}.max_bytes) +
                            " bytes, which were not read: " + std::to_string(too_large_) +
                            "; the first is " + first_too_large_);
  }

 private:
  // What is known of an object.
  enum class State : std::uint8_t { kPending, kClean, kFound };
  struct Found {
    std::size_t size = 0;
    std::vector<std::string> paths;
  };

  void take(StoredFile file, const std::string& commit) {
    if (exclusion_.excludes(file.path)) return;
    if (silencing_ != nullptr && silencing_->excludes(file.path)) {
      ++report_.files_left_out;
      return;
    }
    const auto [state, fresh] = states_.try_emplace(key_of(file.id), State::kPending);
    if (!fresh && state->second == State::kClean) return;
    Version version{{std::move(file.path), false, std::move(file.id)}, commit};
    if (fresh) {
      asked_.push_back(std::move(version));
      if (asked_.size() >= kAsked) ask_sizes();
    } else {
      again_.push_back(std::move(version));
      if (again_.size() >= kBatchFiles) check_again();
    }
  }

  void ask_sizes() {
    std::vector<std::string> ids;
    ids.reserve(asked_.size());
    for (const Version& version : asked_) ids.push_back(version.file.object);
    const auto sizes = sizes_.of(ids);
    std::vector<Version> asked = std::exchange(asked_, {});
    if (!sizes) {
      fail(kPlace, sizes.error());
      stopped_ = true;
      return;
    }
    for (std::size_t i = 0; i < asked.size(); ++i) {
      // Of an object that is not there the reader has more to say.
      asked[i].size = (*sizes)[i].value_or(0);
      if (asked[i].size <= Limits{}.max_bytes) {
        queue(std::move(asked[i]));
      } else if (too_large_++ == 0) {
        first_too_large_ =
            "`" + asked[i].file.path + "` of commit " + asked[i].commit.substr(0, 12);
      }
    }
  }

  void queue(Version version) {
    if (batch_bytes_ + version.size > kBatchBytes || batch_.size() >= kBatchFiles) check_batch();
    batch_bytes_ += version.size;
    batch_.push_back(std::move(version));
  }

  void check_batch() {
    const std::vector<Version> batch = std::exchange(batch_, {});
    batch_bytes_ = 0;
    std::vector<InputFile> files;
    files.reserve(batch.size());
    for (const Version& version : batch) files.push_back(version.file);
    std::vector<FileOutcome> outcomes = checker_.check(files);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      FileOutcome& outcome = outcomes[i];
      for (FileError& error : outcome.errors) fail(error.path, std::move(error.error));
      State& state = states_[key_of(batch[i].file.object)];
      // Read again: it counts already.
      if (state == State::kPending) {
        report_.files_checked += outcome.checked ? 1 : 0;
        report_.files_skipped += outcome.skipped ? 1 : 0;
      }
      const bool clean = outcome.findings.findings.empty();
      if (state != State::kFound) state = clean ? State::kClean : State::kFound;
      if (clean) continue;
      report_.findings_omitted += outcome.omitted;
      Found& found = found_[batch[i].file.object];
      found.size = batch[i].size;
      found.paths.push_back(batch[i].file.path);
      add(std::move(outcome.findings), batch[i]);
    }
  }

  // What is silenced or mild in one folder counts in another: an object with findings is read again
  // for another path.
  void check_again() {
    ask_sizes();
    check_batch();
    for (Version& version : std::exchange(again_, {})) {
      const auto found = found_.find(version.file.object);
      if (found == found_.end() || found->second.paths.size() >= kMostPaths) continue;
      if (std::ranges::count(found->second.paths, version.file.path) > 0) continue;
      version.size = found->second.size;
      queue(std::move(version));
    }
    check_batch();
  }

  void add(FileFindings file, const Version& version) {
    std::erase_if(file.findings,
                  [&](const Finding& finding) { return !is_news(finding, *file.source); });
    if (stopped_ || file.findings.empty()) return;
    findings_ += file.findings.size();
    kept_bytes_ += file.source->text().size();
    if (findings_ > kMostFindings) {
      stop("more than " + std::to_string(kMostFindings) + " findings");
    } else if (kept_bytes_ > kMostKeptBytes) {
      stop("the files with findings have more than " + std::to_string(kMostKeptBytes) + " bytes");
    } else {
      if (commit_.id != version.commit) commit_ = describe_commit(version.commit, commits_);
      file.commit = commit_;
      report_.files.push_back(std::move(file));
    }
  }

  // Whether any of its secrets was not told yet, or only as a milder finding.
  bool is_news(const Finding& finding, const Source& source) {
    bool news = false;
    const auto tell = [&](const Span& span) {
      const int rank = rank_of(finding);
      const auto [told, fresh] = told_.try_emplace(std::string(source.slice(span)), rank);
      if (fresh) kept_bytes_ += span.size();
      news = news || fresh || told->second < rank;
      told->second = std::max(told->second, rank);
    };
    tell(finding.span);
    for (const RelatedSpan& related : finding.related) tell(related.span);
    return news;
  }

  void fail(const std::string& place, Error error) {
    if (errors_ == kMostErrors) {
      stopped_ = true;
      error = {ErrorCode::kUnreadable,
               "more than " + std::to_string(kMostErrors) + " errors",
               "check the repository with git fsck",
               {}};
    }
    if (errors_++ <= kMostErrors) report_.errors.push_back({place, std::move(error)});
  }

  void stop(const std::string& why) {
    if (std::exchange(stopped_, true)) return;
    fail(kPlace, {ErrorCode::kLimitExceeded,
                  "`" + options_.history + "`: " + why + "; what is newer was not checked",
                  "check the rest in ranges of their own",
                  {}});
  }

  const LintCommandOptions& options_;
  const Silencing* silencing_;
  LintReport& report_;
  NameExclusion exclusion_;
  FileChecker checker_;
  ObjectSizes sizes_;
  ObjectReader commits_;
  CommitPlace commit_;  // the last one that was described
  std::unordered_map<ObjectKey, State, KeyHash> states_;
  std::unordered_map<std::string, Found> found_;  // by object
  std::unordered_map<std::string, int> told_;     // secrets, and the rank of their findings
  std::vector<Version> asked_, batch_, again_;
  std::size_t batch_bytes_ = 0, kept_bytes_ = 0, findings_ = 0, errors_ = 0, too_large_ = 0;
  std::string first_too_large_;
  bool stopped_ = false;
};

}  // namespace

WalkResult staged_inputs(const LintCommandOptions& options) {
  WalkResult result;
  Result<StagedFiles> staged = staged_files(options.paths);
  if (!staged) {
    result.errors.push_back({kPlace, staged.error()});
    return result;
  }
  const NameExclusion exclusion(options.exclude);
  for (StoredFile& file : staged->files) {
    if (exclusion.excludes(file.path)) continue;
    result.files.push_back({std::move(file.path), false, std::move(file.id)});
  }
  for (const std::string& path : staged->conflicts) {
    result.errors.push_back({path,
                             {ErrorCode::kUnreadable,
                              "`" + path + "` has conflicts that are not resolved",
                              "resolve them and stage it with git add",
                              {}}});
  }
  return result;
}

void check_history(const LintCommandOptions& options, const Silencing* silencing,
                   std::size_t threads, LintReport& report) {
  HistoryCheck(options, silencing, threads, report).run();
}

}  // namespace iamcheck::cli
