// Does NEW allow anything that OLD does not, and the other way round?
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "changed_files.h"
#include "commands/commands.h"
#include "exit_code.h"
#include "iamcheck/access_report.h"
#include "iamcheck/analysis.h"
#include "iamcheck/check.h"
#include "iamcheck/credentials.h"
#include "policy_pairs.h"
#include "terminal.h"

namespace iamcheck::cli {
namespace {

bool is_folder(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored);
}

AccessDiff compare(const PolicyPair& pair, const DiffOptions& options) {
  const PolicyKind kind = options.policy_kind.value_or(pair.kind);
  AnalysisOptions how;
  how.arn_matching = options.arn_matching;
  how.catalogued = options.catalogued;
  AccessDiff diff;
  diff.old_name = pair.old_name;
  diff.new_name = pair.new_name;
  diff.new_path = pair.new_path;
  diff.added = no_new_access(pair.before, pair.after, kind, how);
  diff.removed = no_new_access(pair.after, pair.before, kind, how);
  diff.old_labels = statement_labels(pair.before);
  diff.new_labels = statement_labels(pair.after);
  diff.new_places = statement_places(pair.after);
  return diff;
}

std::string render(const std::vector<AccessDiff>& diffs, const DiffOptions& options,
                   bool everything_read) {
  if (options.format == "json") return render_json(diffs);
  if (options.format == "sarif") return render_sarif(diffs);
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
  ChangedFiles files(worst);
  const std::vector<std::string>& words = options.sides;
  const std::size_t dots = words.size() == 1 ? words[0].find("..") : std::string::npos;
  if (words.size() == 1 && dots != std::string::npos) {
    files.add_revisions(words[0].substr(0, dots), words[0].substr(dots + 2));
  } else if (words.size() != 2) {
    print_error("two sides are needed; write iamcheck diff OLD NEW, or iamcheck diff main..HEAD");
    return kUsage;
  } else if (const bool folder = is_folder(words[0]); folder != is_folder(words[1])) {
    print_error("`" + words[folder ? 0 : 1] + "` is a folder and `" + words[folder ? 1 : 0] +
                "` is none; compare two files or two folders");
    return kUsage;
  } else if (folder) {
    files.add_folders(words[0], words[1]);
  } else {
    files.add_files(words[0], words[1]);
  }
  if (worst == kUsage) return worst;
  std::vector<AccessDiff> diffs;
  std::string inspected;
  for (const FilePair& pair : files.pairs()) {
    const PolicyPairs policies = pair_policies(pair);
    for (const UnreadVersion& unread : policies.unread) {
      complain(unread.name, unread.error, unread.text);
      worst = worst_of(worst, kUndecided);
    }
    for (const PolicyPair& policy : policies.pairs) {
      diffs.push_back(compare(policy, options));
      worst = worst_of(worst, exit_code_of(diffs.back().added.verdict));
    }
    if (policies.pairs.empty()) continue;
    for (const auto* text : {&pair.old_text, &pair.new_text}) {
      inspected += text->value_or("");
      inspected += '\n';
    }
  }
  std::vector<std::string> texts = {render(diffs, options, worst == kClean)};
  hide_credentials(inspected, texts);
  print_out(texts[0]);
  return worst;
}

}  // namespace iamcheck::cli
