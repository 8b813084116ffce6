#include "file.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace iamcheck::cli {
namespace {

struct Closer {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};

Error unreadable(const std::string& path, const char* why) {
  return {ErrorCode::kUnreadable,
          "cannot read `" + path + "`: " + why,
          "check the path and its permissions",
          {}};
}

}  // namespace

Result<std::string> read_input(const std::string& path, const Limits& limits) {
  if (path != "-") {
    struct stat info{};
    if (stat(path.c_str(), &info) != 0) return unreadable(path, std::strerror(errno));
    if (S_ISDIR(info.st_mode)) return unreadable(path, "it is a directory");
  }
  std::unique_ptr<std::FILE, Closer> file(path == "-" ? stdin : std::fopen(path.c_str(), "rb"));
  if (!file) return unreadable(path, std::strerror(errno));
  std::string bytes;
  char buffer[64 * 1024];
  while (std::size_t got = std::fread(buffer, 1, sizeof buffer, file.get())) {
    bytes.append(buffer, got);
    if (bytes.size() > limits.max_bytes) {
      return Error{ErrorCode::kLimitExceeded,
                   "`" + path + "` is larger than " + std::to_string(limits.max_bytes) + " bytes",
                   "split the file",
                   {}};
    }
  }
  if (std::ferror(file.get()) != 0) return unreadable(path, std::strerror(errno));
  return bytes;
}

}  // namespace iamcheck::cli
