#pragma once

// The git command, run without a shell on a repository that may be hostile.
//
// Its configuration, `.git/config`, may name programs: hooks, a file system monitor, transports of
// missing objects. What is set here, by flags that win over it and by the environment, keeps git
// from running them, from asking anybody, and from taking another object, parent or graph for the
// one that is stored (replace refs, grafts, the commit graph). The environment of git's own hooks,
// such as GIT_INDEX_FILE, counts. Only plumbing that looks into the object store may be run.

#include <sys/types.h>

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/result.h"

namespace iamcheck::cli {

/// A git command, or one that reads what another one writes. Its output is read as it comes; what
/// it says on standard error is kept up to 4 KiB. Not movable; the destructor ends it.
class GitProcess {
 public:
  using Words = std::vector<std::string>;

  /// `piped`: it reads what `write` gives it; otherwise nothing. Errors: `unreadable`.
  static Result<std::unique_ptr<GitProcess>> start(const Words& words, bool piped = false);
  /// `git FIRST | git SECOND`
  static Result<std::unique_ptr<GitProcess>> start(const Words& first, const Words& second);

  ~GitProcess();
  GitProcess(const GitProcess&) = delete;
  GitProcess& operator=(const GitProcess&) = delete;

  /// At most 4096 bytes, and all answers to what was written before must have been read: then
  /// neither side waits for the other. False: nobody reads any more.
  bool write(std::string_view text);
  /// What stands before the next `end`, which is taken too. Nothing at the end of the output, and
  /// where more than 64 KiB come before it.
  std::optional<std::string> read_until(char end);
  /// The next `size` bytes, in blocks. False: the output ended before.
  bool read(std::size_t size, const std::function<void(std::string_view)>& take);
  /// All that comes, up to `most` bytes; nothing when there is more.
  std::optional<std::string> read_all(std::size_t most);

  /// Waits for the end. True: all commands ended with exit code 0, and all output was read.
  bool ended_well();
  /// After that: the first line that git said, or that it stopped.
  std::string complaint() const;

 private:
  GitProcess() = default;
  std::optional<Error> run(const Words& words, int in, int out);
  bool fill();
  void close_pipes();
  int wait();

  std::vector<pid_t> children_;
  int in_ = -1, out_ = -1, err_ = -1, err_writer_ = -1;
  std::string buffer_;  // output that was not asked for yet
  std::size_t begin_ = 0;
  std::string said_;
};

}  // namespace iamcheck::cli
