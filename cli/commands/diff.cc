// Does NEW allow anything that OLD does not, and the other way round?
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <tuple>

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

// Two versions of one file; no text: it is not there.
struct Pair {
  std::string old_name, new_name;
  std::optional<std::string> old_text, new_text;
};

// `inspected`: what the message may quote, and with it a credential.
void complain(const std::string& place, const Error& error, std::string_view inspected = {}) {
  std::vector<std::string> texts = {(place.empty() ? "" : place + ": ") + error.message +
                                    (error.help.empty() ? "" : "; " + error.help)};
  hide_credentials(inspected, texts);
  print_error(texts[0]);
}

bool is_folder(const std::string& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool is_json(const fs::path& path) { return path.extension() == ".json"; }

class Collection {
 public:
  explicit Collection(int& worst) : worst_(worst) {}

  void add_files(const std::string& old_path, const std::string& new_path) {
    Pair pair{old_path, new_path, read(old_path), read(new_path)};
    if (pair.old_text && pair.new_text) pairs_.push_back(std::move(pair));
  }

  void add_folders(const std::string& old_folder, const std::string& new_folder) {
    std::set<std::string> links;
    const auto before = json_files(old_folder, links), after = json_files(new_folder, links);
    // Of a folder that was read in part nothing is known to be missing.
    if (!before || !after) return;
    std::set<std::string> names = *before;
    names.insert(after->begin(), after->end());
    for (const std::string& name : names) {
      if (links.contains(name)) continue;
      Pair pair{(fs::path(old_folder) / name).string(), (fs::path(new_folder) / name).string(),
                std::nullopt, std::nullopt};
      if (before->contains(name)) pair.old_text = read(pair.old_name);
      if (after->contains(name)) pair.new_text = read(pair.new_name);
      const bool whole = pair.old_text.has_value() == before->contains(name) &&
                         pair.new_text.has_value() == after->contains(name);
      if (whole && pair.old_text != pair.new_text) pairs_.push_back(std::move(pair));
    }
  }

  void add_revisions(const std::string& from, const std::string& to) {
    const auto files = changed_files(from, to);
    if (!files) {
      fail(from + ".." + to, files.error());
      return;
    }
    for (const ChangedFile& file : *files) {
      if (!is_json(file.path)) continue;
      Pair pair{from + ":" + file.path, to + ":" + file.path, std::nullopt, std::nullopt};
      if (file.before) pair.old_text = read_at(from, file.path, pair.old_name);
      if (file.after) pair.new_text = read_at(to, file.path, pair.new_name);
      if (pair.old_text.has_value() == file.before && pair.new_text.has_value() == file.after)
        pairs_.push_back(std::move(pair));
    }
  }

  const std::vector<Pair>& pairs() const { return pairs_; }

 private:
  void fail(const std::string& place, const Error& error) {
    complain(place, error);
    worst_ = worst_of(worst_, error.code == ErrorCode::kInvalidArgument ? kUsage : kUndecided);
  }

  // The JSON files of a folder by their path in it; nothing when it cannot be read to its end. What
  // is passed over is said, and goes to `links`: a policy that nobody looked at must not read as
  // one that grants nothing.
  std::optional<std::set<std::string>> json_files(const std::string& folder,
                                                  std::set<std::string>& links) {
    std::set<std::string> files;
    std::error_code error;
    fs::recursive_directory_iterator it(folder, error);
    for (const fs::recursive_directory_iterator end; !error && it != end; it.increment(error)) {
      std::error_code ignored;
      if (!is_json(it->path())) continue;
      const std::string name = it->path().lexically_relative(folder).generic_string();
      if (it->is_symlink(ignored)) {
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

  std::optional<std::string> read(const std::string& path) {
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

  std::optional<std::string> read_at(const std::string& revision, const std::string& path,
                                     const std::string& name) {
    Result<std::string> bytes = file_at(revision, path);
    if (bytes) return std::move(*bytes);
    fail(name, bytes.error());
    return std::nullopt;
  }

  int& worst_;
  std::vector<Pair> pairs_;
};

// One side of a pair. `policy` is empty when there is no file, or JSON that is no policy: neither
// grants anything.
struct Side {
  Policy policy;
  std::optional<Error> error;  // it cannot be told what it grants
  bool is_policy = false;
};

Side read_side(const std::string& name, const std::optional<std::string>& text, bool named) {
  Side side;
  if (!text) return side;
  ReadOptions reading;
  reading.tolerant = true;
  const Result<Document> document = read_json(Source::from_bytes(name, *text), reading);
  if (!document) {
    side.error = document.error();
    return side;
  }
  if (!named && !looks_like_policy(document->root)) return side;
  side.is_policy = true;
  Result<Policy> policy = parse_policy(*document);
  if (policy && policy->has_statement) {
    side.policy = std::move(*policy);
  } else if (policy) {
    side.error = {ErrorCode::kNotAPolicy,
                  "it holds no policy: it has no `Statement`",
                  "name the file of a policy",
                  {}};
  } else {
    side.error = policy.error();
  }
  return side;
}

// `named`: the files were named one by one, so each is meant to be a policy. Of others nothing is
// said when neither version is one.
std::optional<AccessDiff> compare(const Pair& pair, const DiffOptions& options, bool named,
                                  int& worst) {
  const Side before = read_side(pair.old_name, pair.old_text, named);
  const Side after = read_side(pair.new_name, pair.new_text, named);
  if (!named && !before.is_policy && !after.is_policy) return std::nullopt;
  for (const auto& [name, text, error] : {std::tie(pair.old_name, pair.old_text, before.error),
                                          std::tie(pair.new_name, pair.new_text, after.error)}) {
    if (!error) continue;
    complain(name, *error, text ? std::string_view(*text) : std::string_view());
    worst = worst_of(worst, kUndecided);
  }
  if (before.error || after.error) return std::nullopt;
  const PolicyKind kind = options.policy_kind.value_or(
      detect_kind(after.policy.statements.empty() ? before.policy : after.policy));
  AnalysisOptions how;
  how.arn_matching = options.arn_matching;
  how.catalogued = options.catalogued;
  AccessDiff diff;
  diff.old_name = pair.old_name;
  diff.new_name = pair.new_name;
  diff.added = no_new_access(before.policy, after.policy, kind, how);
  diff.removed = no_new_access(after.policy, before.policy, kind, how);
  diff.old_labels = statement_labels(before.policy);
  diff.new_labels = statement_labels(after.policy);
  return diff;
}

std::string render(const std::vector<AccessDiff>& diffs, const DiffOptions& options,
                   bool everything_read) {
  if (options.format == "json") return render_json(diffs);
  // After an error, silence says nothing about what was not read.
  if (diffs.empty()) return everything_read ? "no policy differs\n" : "";
  if (options.format == "markdown") return render_markdown(diffs);
  return render_text(diffs, {.colour = use_colour(options.colour)});
}

}  // namespace

int exit_code_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return kClean;
    case Verdict::kUnknown:
      return kUndecided;
    case Verdict::kFailConfirmed:
    case Verdict::kFailPossible:
      break;
  }
  return kFindings;
}

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
  } else if (const bool folder = is_folder(words[0]); folder != is_folder(words[1])) {
    print_error("`" + words[folder ? 0 : 1] + "` is a folder and `" + words[folder ? 1 : 0] +
                "` is none; compare two files or two folders");
    return kUsage;
  } else if (folder) {
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
    for (const auto* text : {&pair.old_text, &pair.new_text}) {
      inspected += text->value_or("");
      inspected += '\n';
    }
    worst = worst_of(worst, exit_code_of(diff->added.verdict));
    diffs.push_back(std::move(*diff));
  }
  std::vector<std::string> texts = {render(diffs, options, worst == kClean)};
  hide_credentials(inspected, texts);
  print_out(texts[0]);
  return worst;
}

}  // namespace iamcheck::cli
