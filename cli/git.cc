#include "git.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "git_process.h"
#include "iamcheck/limits.h"

namespace iamcheck::cli {
namespace {

struct Output {
  std::string text;
  std::string complaint;
  bool ended_well = false;
};

Error unreadable(std::string message, std::string help) {
  return {ErrorCode::kUnreadable, std::move(message), std::move(help), {}};
}

Result<Output> run_git(const GitProcess::Words& words) {
  Result<std::unique_ptr<GitProcess>> started = GitProcess::start(words);
  if (!started) return started.error();
  GitProcess& git = **started;
  std::optional<std::string> text = git.read_all(Limits{}.max_bytes);
  if (!text) return unreadable("git gave more than one input may have", "name fewer files");
  Output output{*std::move(text), "", git.ended_well()};
  if (!output.ended_well) output.complaint = git.complaint();
  return output;
}

std::optional<Error> check_name(const std::string& revision) {
  constexpr std::string_view kHelp = "write OLD..NEW, such as main..HEAD";
  const auto refuse = [&](std::string message) {
    return Error{ErrorCode::kInvalidArgument, std::move(message), std::string(kHelp), {}};
  };
  if (revision.empty()) return refuse("a revision is missing");
  // git would take the one for an option; the other is what is left of three dots.
  if (revision[0] == '-' || revision[0] == '.') return refuse("`" + revision + "` is no revision");
  return std::nullopt;
}

}  // namespace

Result<std::vector<ChangedFile>> changed_files(const std::string& from, const std::string& to) {
  for (const std::string* revision : {&from, &to}) {
    if (auto error = check_name(*revision)) return *error;
  }
  const Result<Output> output = run_git(
      {"diff-tree", "-r", "-z", "--no-renames", "--name-status", "--relative", from, to, "--"});
  if (!output) return output.error();
  if (!output->ended_well) {
    return unreadable("git cannot compare these revisions: " + output->complaint,
                      "check both names with git rev-parse, in a folder of the repository");
  }
  // Status and path in turns: `A`, `D`, or another letter for what both sides have.
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < output->text.size();) {
    const std::size_t end = std::min(output->text.find('\0', begin), output->text.size());
    words.push_back(output->text.substr(begin, end - begin));
    begin = end + 1;
  }
  std::vector<ChangedFile> files;
  for (std::size_t i = 0; i + 1 < words.size(); i += 2)
    files.push_back({std::move(words[i + 1]), words[i] != "A", words[i] != "D"});
  std::ranges::sort(files, {}, &ChangedFile::path);
  return files;
}

Result<std::string> file_at(const std::string& revision, const std::string& path) {
  if (auto error = check_name(revision)) return *error;
  // `./`: from the working directory, as the paths of `changed_files` are.
  Result<Output> output = run_git({"cat-file", "blob", revision + ":./" + path});
  if (!output) return output.error();
  if (!output->ended_well)
    return unreadable("git cannot read it: " + output->complaint,
                      "check the repository with git fsck");
  return std::move(output->text);
}

}  // namespace iamcheck::cli
