#include "git_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <utility>

extern char** environ;

namespace iamcheck::cli {
namespace {

constexpr std::size_t kMostSaid = 4096;
constexpr std::size_t kMostWord = std::size_t{64} * 1024;
constexpr std::size_t kBlock = std::size_t{64} * 1024;

// Over these the repository's configuration has no say.
constexpr std::array<std::string_view, 12> kFlags = {
    "--no-pager",
    "--literal-pathspecs",
    "--no-replace-objects",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    // It may tell other parents than the commits do.
    "core.commitGraph=false",
    "-c",
    "advice.graftFileDeprecated=false",
    "--no-optional-locks",
};

constexpr std::array<std::string_view, 6> kEnvironment = {
    // An object that a partial clone lacks would be fetched by whatever the configuration names.
    // The first is of git 2.45; the second, an empty list, is older and allows no transport.
    "GIT_NO_LAZY_FETCH=1",
    "GIT_ALLOW_PROTOCOL=",
    "GIT_TERMINAL_PROMPT=0",
    "GIT_GRAFT_FILE=/dev/null",
    // We quote what git says, and tests compare it.
    "LC_ALL=C",
    "LANGUAGE=C",
};

bool is_ours(std::string_view variable) {
  return std::ranges::any_of(kEnvironment, [&](std::string_view one) {
    return variable.starts_with(one.substr(0, one.find('=') + 1));
  });
}

std::vector<std::string> environment() {
  std::vector<std::string> variables(kEnvironment.begin(), kEnvironment.end());
  for (char** one = environ; *one != nullptr; ++one) {
    if (!is_ours(*one)) variables.emplace_back(*one);
  }
  return variables;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> result;
  result.reserve(words.size() + 1);
  for (std::string& word : words) result.push_back(word.data());
  result.push_back(nullptr);
  return result;
}

Error failed(std::string message, std::string help) {
  return {ErrorCode::kUnreadable, std::move(message), std::move(help), {}};
}

void close_one(int& number) {
  if (number >= 0) close(number);
  number = -1;
}

}  // namespace

std::optional<Error> GitProcess::run(const Words& words, int in, int out) {
  Words all = {"git"};
  all.insert(all.end(), kFlags.begin(), kFlags.end());
  all.insert(all.end(), words.begin(), words.end());
  std::vector<std::string> variables = environment();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (in >= 0) {
    posix_spawn_file_actions_adddup2(&actions, in, 0);
  } else {
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  }
  posix_spawn_file_actions_adddup2(&actions, out, 1);
  posix_spawn_file_actions_adddup2(&actions, err_writer_, 2);
  pid_t child = 0;
  const int code = posix_spawnp(&child, "git", &actions, nullptr, pointers(all).data(),
                                pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  if (code != 0) return failed("git cannot be run", "install it, or name files and folders");
  children_.push_back(child);
  return std::nullopt;
}

Result<std::unique_ptr<GitProcess>> GitProcess::start(const Words& words, bool piped) {
  std::unique_ptr<GitProcess> git(new GitProcess());
  std::array<int, 2> in = {-1, -1}, out = {-1, -1}, err = {-1, -1};
  const bool made = (!piped || pipe2(in.data(), O_CLOEXEC) == 0) &&
                    pipe2(out.data(), O_CLOEXEC) == 0 && pipe2(err.data(), O_CLOEXEC) == 0;
  git->in_ = in[1];
  git->out_ = out[0];
  git->err_ = err[0];
  git->err_writer_ = err[1];
  std::optional<Error> error;
  if (made) error = git->run(words, in[0], out[1]);
  close_one(in[0]);
  close_one(out[1]);
  close_one(git->err_writer_);
  if (!made) return failed("no pipe can be made", "try again");
  if (error) return *std::move(error);
  return git;
}

Result<std::unique_ptr<GitProcess>> GitProcess::start(const Words& first, const Words& second) {
  std::unique_ptr<GitProcess> git(new GitProcess());
  std::array<int, 2> between = {-1, -1}, out = {-1, -1}, err = {-1, -1};
  const bool made = pipe2(between.data(), O_CLOEXEC) == 0 && pipe2(out.data(), O_CLOEXEC) == 0 &&
                    pipe2(err.data(), O_CLOEXEC) == 0;
  git->out_ = out[0];
  git->err_ = err[0];
  git->err_writer_ = err[1];
  std::optional<Error> error;
  if (made) error = git->run(first, -1, between[1]);
  close_one(between[1]);
  if (made && !error) error = git->run(second, between[0], out[1]);
  close_one(between[0]);
  close_one(out[1]);
  close_one(git->err_writer_);
  if (!made) return failed("no pipe can be made", "try again");
  if (error) return *std::move(error);
  return git;
}

GitProcess::~GitProcess() {
  close_pipes();
  for (const pid_t child : children_) kill(child, SIGTERM);
  wait();
}

void GitProcess::close_pipes() {
  close_one(in_);
  close_one(out_);
  close_one(err_);
}

int GitProcess::wait() {
  int worst = 0;
  for (const pid_t child : std::exchange(children_, {})) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    worst = std::max(worst, WIFEXITED(status) ? WEXITSTATUS(status) : 127);
  }
  return worst;
}

bool GitProcess::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(in_, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// More output; what is said besides is taken too, or git would wait for that to be read.
bool GitProcess::fill() {
  if (begin_ == buffer_.size()) {
    buffer_.clear();
    begin_ = 0;
  }
  std::array<char, kBlock> block;
  while (out_ >= 0) {
    std::array<pollfd, 2> pipes = {{{out_, POLLIN, 0}, {err_, POLLIN, 0}}};
    if (poll(pipes.data(), pipes.size(), -1) < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    if (pipes[1].fd >= 0 && pipes[1].revents != 0) {
      const ssize_t size = ::read(err_, block.data(), block.size());
      if (size > 0) {
        said_.append(block.data(),
                     std::min(static_cast<std::size_t>(size), kMostSaid - said_.size()));
      } else if (size == 0 || errno != EINTR) {
        close_one(err_);
      }
    }
    if (pipes[0].revents == 0) continue;
    const ssize_t size = ::read(out_, block.data(), block.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) {
      close_one(out_);
      return false;
    }
    buffer_.append(block.data(), static_cast<std::size_t>(size));
    return true;
  }
  return false;
}

std::optional<std::string> GitProcess::read_until(char end) {
  while (true) {
    const std::size_t at = buffer_.find(end, begin_);
    if (at != std::string::npos) {
      std::string word = buffer_.substr(begin_, at - begin_);
      begin_ = at + 1;
      return word;
    }
    buffer_.erase(0, std::exchange(begin_, 0));
    if (buffer_.size() > kMostWord || !fill()) return std::nullopt;
  }
}

bool GitProcess::read(std::size_t size, const std::function<void(std::string_view)>& take) {
  while (size > 0) {
    if (begin_ == buffer_.size() && !fill()) return false;
    const std::size_t part = std::min(size, buffer_.size() - begin_);
    take(std::string_view(buffer_).substr(begin_, part));
    begin_ += part;
    size -= part;
  }
  return true;
}

std::optional<std::string> GitProcess::read_all(std::size_t most) {
  while (buffer_.size() - begin_ <= most) {
    if (!fill()) return std::exchange(buffer_, {}).substr(std::exchange(begin_, 0));
  }
  return std::nullopt;
}

bool GitProcess::ended_well() {
  close_one(in_);
  const bool whole = begin_ == buffer_.size() && !fill();
  if (!whole) {
    close_pipes();
    for (const pid_t child : children_) kill(child, SIGTERM);
  }
  // What it says last comes after its output.
  std::array<char, 1024> block;
  while (err_ >= 0) {
    const ssize_t size = ::read(err_, block.data(), block.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) break;
    said_.append(block.data(), std::min(static_cast<std::size_t>(size), kMostSaid - said_.size()));
  }
  close_pipes();
  return wait() == 0 && whole;
}

std::string GitProcess::complaint() const {
  constexpr std::string_view kFatal = "fatal: ";
  std::string_view text = said_;
  // What `error:` and `warning:` tell leads to the line that says why it stopped.
  if (const std::size_t at = text.find(kFatal);
      at == 0 || (at != text.npos && text[at - 1] == '\n'))
    text.remove_prefix(at + kFatal.size());
  text = text.substr(0, text.find('\n'));
  return text.empty() ? "it stopped" : std::string(text);
}

}  // namespace iamcheck::cli
