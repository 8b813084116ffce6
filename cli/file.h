#pragma once

// Reading inputs. The files of an inspected repository are hostile: nothing here waits for a FIFO,
// reads a device, or follows a link that nobody asked for.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "iamcheck/limits.h"
#include "iamcheck/result.h"

namespace iamcheck::cli {

struct ReadLimits {
  std::size_t most_bytes = Limits{}.max_bytes;
  /// False: a path that is a symbolic link is `unreadable`.
  bool follow_links = true;
  /// Stop after the first block when it shows that the file is binary; what was read is returned.
  bool stop_at_binary = false;
};

/// Bytes at the beginning of a file that tell whether it is binary.
inline constexpr std::size_t kSniffed = std::size_t{8} * 1024;
/// Whether there is a NUL byte among them, in a text that is not UTF-16.
bool is_binary(std::string_view bytes);

/// The bytes of a regular file, or of standard input for `-`; also of a pipe that the shell hands
/// over as /dev/fd/N. Errors: `unreadable` (with the system's reason), `limit-exceeded`.
Result<std::string> read_input(const std::string& path, const ReadLimits& limits);

/// Writes the whole text to a file, `-` being standard output; what was there before stays until
/// the new text is complete. Errors: `unreadable`, with the system's reason.
std::optional<Error> write_output(const std::string& path, std::string_view text);

/// The same, block by block as the bytes arrive, until `take` says false. Only `follow_links` of
/// the limits counts: nothing is kept.
std::optional<Error> stream_input(const std::string& path, const ReadLimits& limits,
                                  const std::function<bool(std::string_view)>& take);

}  // namespace iamcheck::cli
