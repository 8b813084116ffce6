#include "git.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <string_view>

#include "iamcheck/limits.h"

extern char** environ;

namespace iamcheck::cli {
namespace {

struct Output {
  std::string text;
  std::string complaint;
  int exit_code = 127;
};

Error unreadable(std::string message, std::string help) {
  return {ErrorCode::kUnreadable, std::move(message), std::move(help), {}};
}

// Reads both pipes as they fill; more than the limit of one input ends the reading.
bool drain(int out, int err, Output& output) {
  std::array<pollfd, 2> pipes = {{{out, POLLIN, 0}, {err, POLLIN, 0}}};
  std::array<std::string*, 2> texts = {&output.text, &output.complaint};
  std::array<char, 1 << 16> block;
  while (pipes[0].fd >= 0 || pipes[1].fd >= 0) {
    if (poll(pipes.data(), pipes.size(), -1) < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    for (std::size_t i = 0; i < pipes.size(); ++i) {
      if (pipes[i].fd < 0 || pipes[i].revents == 0) continue;
      const ssize_t size = read(pipes[i].fd, block.data(), block.size());
      if (size <= 0) {
        pipes[i].fd = -1;
        continue;
      }
      texts[i]->append(block.data(), static_cast<std::size_t>(size));
      if (texts[i]->size() > Limits{}.max_bytes) return false;
    }
  }
  return true;
}

Result<Output> run_git(std::vector<std::string> words) {
  words.insert(words.begin(), {"git", "--no-pager", "--literal-pathspecs"});
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::array<int, 2> out{}, err{};
  if (pipe2(out.data(), O_CLOEXEC) != 0) return unreadable("no pipe can be made", "try again");
  if (pipe2(err.data(), O_CLOEXEC) != 0) {
    close(out[0]);
    close(out[1]);
    return unreadable("no pipe can be made", "try again");
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out[1], 1);
  posix_spawn_file_actions_adddup2(&actions, err[1], 2);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, "git", &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(out[1]);
  close(err[1]);
  Output output;
  const bool whole = failed == 0 && drain(out[0], err[0], output);
  close(out[0]);
  close(err[0]);
  if (failed != 0)
    return unreadable("git cannot be run", "install it, or compare files and folders");
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!whole) return unreadable("git gave more than one input may have", "compare fewer files");
  output.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 127;
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

// The first line of what git says.
std::string words_of_git(std::string_view complaint) {
  constexpr std::string_view kFatal = "fatal: ";
  if (complaint.starts_with(kFatal)) complaint.remove_prefix(kFatal.size());
  return std::string(complaint.substr(0, complaint.find('\n')));
}

}  // namespace

Result<std::vector<ChangedFile>> changed_files(const std::string& from, const std::string& to) {
  for (const std::string* revision : {&from, &to}) {
    if (auto error = check_name(*revision)) return *error;
  }
  const Result<Output> output = run_git(
      {"diff-tree", "-r", "-z", "--no-renames", "--name-status", "--relative", from, to, "--"});
  if (!output) return output.error();
  if (output->exit_code != 0) {
    return unreadable("git cannot compare these revisions: " + words_of_git(output->complaint),
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
  if (output->exit_code != 0)
    return unreadable("git cannot read it: " + words_of_git(output->complaint),
                      "check the repository with git fsck");
  return std::move(output->text);
}

}  // namespace iamcheck::cli
