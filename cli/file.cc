#include "file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string_view>

namespace iamcheck::cli {
namespace {

constexpr std::size_t kBlock = std::size_t{64} * 1024;

Error unreadable(const std::string& path, std::string_view why) {
  return {ErrorCode::kUnreadable,
          "cannot read `" + path + "`: " + std::string(why),
          "check the path and its permissions",
          {}};
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ > STDIN_FILENO) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

// What the shell makes of `<(command)`. Only whoever starts the process can name it.
bool is_own_descriptor(const std::string& path) {
  return path.starts_with("/dev/fd/") || path == "/dev/stdin";
}

std::string_view kind_name(mode_t mode) {
  if (S_ISDIR(mode)) return "it is a directory";
  if (S_ISFIFO(mode)) return "it is a FIFO, not a file";
  if (S_ISSOCK(mode)) return "it is a socket, not a file";
  return "it is a device, not a file";
}

}  // namespace

// UTF-16 has a zero in every second byte and begins with a byte order mark.
bool is_binary(std::string_view bytes) {
  bool utf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  return !utf16 && bytes.substr(0, kSniffed).find('\0') != std::string_view::npos;
}

std::optional<Error> stream_input(const std::string& path, const ReadLimits& limits,
                                  const std::function<bool(std::string_view)>& take) {
  int number = STDIN_FILENO;
  if (path != "-") {
    // Not blocking: opening a FIFO without a writer would wait for ever. The kind is asked of the
    // open file, so nobody can exchange it in between.
    number = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY |
                                    (limits.follow_links ? 0 : O_NOFOLLOW));
    if (number < 0) {
      return unreadable(path, errno == ELOOP && !limits.follow_links
                                  ? "it is a symbolic link"
                                  : std::string_view(std::strerror(errno)));
    }
  }
  Descriptor file(number);
  struct stat info{};
  if (fstat(number, &info) != 0) return unreadable(path, std::strerror(errno));
  bool stream = path == "-" || is_own_descriptor(path);
  if (S_ISDIR(info.st_mode) || (!stream && !S_ISREG(info.st_mode))) {
    return unreadable(path, kind_name(info.st_mode));
  }
  if (stream && path != "-") fcntl(number, F_SETFL, fcntl(number, F_GETFL) & ~O_NONBLOCK);

  std::string block(kBlock, '\0');
  while (true) {
    ssize_t got = read(number, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return unreadable(path, std::strerror(errno));
    if (got == 0 || !take({block.data(), static_cast<std::size_t>(got)})) return std::nullopt;
  }
}

Result<std::string> read_input(const std::string& path, const ReadLimits& limits) {
  std::string bytes;
  bool too_large = false;
  std::optional<Error> error = stream_input(path, limits, [&](std::string_view block) {
    const bool first = bytes.empty();
    bytes += block;
    too_large = bytes.size() > limits.most_bytes;
    return !too_large && !(limits.stop_at_binary && first && is_binary(bytes));
  });
  if (error) return *std::move(error);
  if (too_large) {
    return Error{ErrorCode::kLimitExceeded,
                 "`" + path + "` is larger than " + std::to_string(limits.most_bytes) + " bytes",
                 "split the file",
                 {}};
  }
  return bytes;
}

namespace {

Error unwritable(const std::string& path) {
  return {ErrorCode::kUnreadable,
          "cannot write `" + path + "`: " + std::strerror(errno),
          "name a file in a folder that you may write to",
          {}};
}

bool write_all(int number, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(number, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

std::optional<Error> write_output(const std::string& path, std::string_view text) {
  struct stat info{};
  const bool exists = stat(path.c_str(), &info) == 0;
  if (exists && !S_ISREG(info.st_mode)) {  // a pipe or a device: there is nothing to keep
    const int number = open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (number < 0) return unwritable(path);
    const bool written = write_all(number, text);
    if (close(number) != 0 || !written) return unwritable(path);
    return std::nullopt;
  }
  // A link goes on being one: what it points to is replaced.
  std::error_code failed;
  const std::filesystem::path target =
      exists ? std::filesystem::canonical(path, failed) : std::filesystem::path(path);
  if (failed) return unwritable(path);
  std::string fresh = target.string() + ".XXXXXX";
  const int number = mkstemp(fresh.data());
  if (number < 0) return unwritable(path);
  const mode_t mask = umask(0);
  umask(mask);
  const mode_t mode = exists ? info.st_mode & 07777 : 0666 & ~mask;
  const bool written = write_all(number, text) && fchmod(number, mode) == 0;
  if (close(number) == 0 && written && rename(fresh.c_str(), target.c_str()) == 0)
    return std::nullopt;
  Error error = unwritable(path);
  unlink(fresh.c_str());
  return error;
}

}  // namespace iamcheck::cli
