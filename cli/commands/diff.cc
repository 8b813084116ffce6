// Does NEW allow anything that OLD does not, and the other way round?
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "commands/commands.h"
#include "exit_code.h"
#include "file.h"
#include "git.h"
#include "iamcheck/access_report.h"
#include "iamcheck/analysis.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/check.h"
#include "iamcheck/credentials.h"
#include "terminal.h"

namespace iamcheck::cli {
namespace {

namespace fs = std::filesystem;

// Two versions of one file; an empty text: it is not there.
struct Pair {
  std::string old_name, new_name;
  std::string old_text, new_text;
};

void complain(const std::string& path, const Error& error) {
  print_error(escape_controls(path) + ": " + escape_controls(error.message) +
              (error.help.empty() ? "" : "; " + escape_controls(error.help)));
}

bool is_json(const fs::path& path) { return path.extension() == ".json"; }

// The JSON files of a folder by their path in it. Links are not followed.
std::set<std::string> json_files(const fs::path& folder) {
  std::set<std::string> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    if (it->is_symlink(error) || !it->is_regular_file(error) || !is_json(it->path())) continue;
    files.insert(it->path().lexically_relative(folder).generic_string());
  }
  return files;
}

class Collection {
 public:
  explicit Collection(int& worst) : worst_(worst) {}

  void add_files(const std::string& old_path, const std::string& new_path) {
    Pair pair{old_path, new_path, {}, {}};
    const bool both = read(old_path, pair.old_text) & read(new_path, pair.new_text);
    if (both) pairs_.push_back(std::move(pair));
  }

  void add_folders(const std::string& old_folder, const std::string& new_folder) {
    std::set<std::string> names = json_files(old_folder);
    names.merge(json_files(new_folder));
    for (const std::string& name : names) {
      const fs::path before = fs::path(old_folder) / name, after = fs::path(new_folder) / name;
      Pair pair{before.string(), after.string(), {}, {}};
      bool good = true;
      if (fs::exists(before)) good = read(before.string(), pair.old_text);
      if (fs::exists(after)) good = read(after.string(), pair.new_text) && good;
      if (good && pair.old_text != pair.new_text) pairs_.push_back(std::move(pair));
    }
  }

  void add_revisions(const std::string& from, const std::string& to) {
    const auto paths = changed_files(from, to);
    if (!paths) {
      complain(from + ".." + to, paths.error());
      worst_ = paths.error().code == ErrorCode::kInvalidArgument ? kUsage : kUndecided;
      return;
    }
    for (const std::string& path : *paths) {
      if (!is_json(path)) continue;
      const auto before = file_at(from, path), after = file_at(to, path);
      if (!before || !after) {
        complain(path, before ? after.error() : before.error());
        worst_ = kUndecided;
        continue;
      }
      pairs_.push_back({from + ":" + path, to + ":" + path, *before, *after});
    }
  }

  const std::vector<Pair>& pairs() const { return pairs_; }

 private:
  bool read(const std::string& path, std::string& text) {
    // As elsewhere, a name that is no file may be that of a policy of AWS.
    if (!fs::exists(path)) {
      if (const auto managed = Catalogue::embedded().find_managed_policy(path)) {
        text = *managed->document();
        return true;
      }
    }
    const Result<std::string> bytes = read_input(path, {});
    if (bytes) {
      text = *bytes;
      return true;
    }
    complain(path, bytes.error());
    worst_ = kUndecided;
    return false;
  }

  int& worst_;
  std::vector<Pair> pairs_;
};

std::vector<std::string> labels_of(const Policy& policy) {
  std::vector<std::string> labels;
  for (const Statement& statement : policy.statements) {
    labels.push_back("statement " + std::to_string(statement.index) +
                     (statement.sid ? " \"" + statement.sid->value + "\"" : ""));
  }
  return labels;
}

// Nothing for a file of folders or revisions that is no policy: there are others beside them.
std::optional<Policy> policy_of(const std::string& name, const std::string& text, bool named,
                                int& worst) {
  if (text.empty()) return Policy();
  ReadOptions reading;
  reading.tolerant = true;
  const Result<Document> document = read_json(Source::from_bytes(name, text), reading);
  const bool meant = named || (document && looks_like_policy(document->root));
  if (!meant) return std::nullopt;
  Result<Policy> policy = document ? parse_policy(*document) : Result<Policy>(document.error());
  if (policy) return std::move(*policy);
  complain(name, policy.error());
  worst = std::max(worst, static_cast<int>(kUndecided));
  return std::nullopt;
}

std::optional<AccessDiff> compare(const Pair& pair, const DiffOptions& options, bool named,
                                  int& worst) {
  const auto before = policy_of(pair.old_name, pair.old_text, named, worst);
  const auto after = policy_of(pair.new_name, pair.new_text, named, worst);
  if (!before || !after) return std::nullopt;
  const PolicyKind kind =
      options.policy_kind.value_or(detect_kind(after->statements.empty() ? *before : *after));
  AnalysisOptions how;
  how.arn_matching = options.arn_matching;
  how.catalogued = options.catalogued;
  AccessDiff diff;
  diff.old_name = pair.old_name;
  diff.new_name = pair.new_name;
  diff.added = no_new_access(*before, *after, kind, how);
  diff.removed = no_new_access(*after, *before, kind, how);
  diff.old_labels = labels_of(*before);
  diff.new_labels = labels_of(*after);
  return diff;
}

}  // namespace

int run_diff(const DiffOptions& options) {
  int worst = kClean;
  Collection collection(worst);
  bool named = false;
  const std::vector<std::string>& words = options.sides;
  const std::size_t dots = words.size() == 1 ? words[0].find("..") : std::string::npos;
  if (words.size() == 1 && dots != std::string::npos) {
    collection.add_revisions(words[0].substr(0, dots), words[0].substr(dots + 2));
  } else if (words.size() != 2) {
    print_error("two sides are needed; write iamcheck diff OLD NEW, or iamcheck diff main..HEAD");
    return kUsage;
  } else if (fs::is_directory(words[0]) && fs::is_directory(words[1])) {
    collection.add_folders(words[0], words[1]);
  } else {
    named = true;
    collection.add_files(words[0], words[1]);
  }
  if (worst == kUsage) return worst;
  std::vector<AccessDiff> diffs;
  std::string inspected;
  for (const Pair& pair : collection.pairs()) {
    auto diff = compare(pair, options, named, worst);
    if (!diff) continue;
    inspected += pair.old_text + "\n" + pair.new_text + "\n";
    if (diff->added.verdict == Verdict::kUnknown)
      worst = std::max(worst, static_cast<int>(kUndecided));
    if (diff->added.verdict == Verdict::kFailConfirmed ||
        diff->added.verdict == Verdict::kFailPossible)
      worst = std::max(worst, static_cast<int>(kFindings));
    diffs.push_back(std::move(*diff));
  }
  std::vector<std::string> texts(1);
  if (options.format == "json") {
    texts[0] = render_json(diffs);
  } else if (options.format == "markdown") {
    texts[0] = render_markdown(diffs);
  } else {
    texts[0] = render_text(diffs, {.colour = use_colour(options.colour)});
    if (diffs.empty()) texts[0] = "no policy differs\n";
  }
  hide_credentials(inspected, texts);
  print_out(texts[0]);
  return worst;
}

}  // namespace iamcheck::cli
