#pragma once

// Objects of git's store, one after the other through `git cat-file --batch`.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "file.h"
#include "git_process.h"
#include "iamcheck/report.h"

namespace iamcheck::cli {

/// One git process, started when it is first needed, and again when it died of an object. For one
/// thread.
class ObjectReader {
 public:
  /// The bytes of an object; `name` is what errors call it. With `stop_at_binary` those of a binary
  /// one end with its first block. Errors: `limit-exceeded`, `unreadable` with what git says.
  Result<std::string> read(const std::string& id, const std::string& name,
                           const ReadLimits& limits);

 private:
  std::unique_ptr<GitProcess> git_;
};

/// The sizes of objects, without reading them.
class ObjectSizes {
 public:
  /// In the order of `ids`; nothing for one that is not there. Errors: `unreadable`.
  Result<std::vector<std::optional<std::size_t>>> of(const std::vector<std::string>& ids);

 private:
  std::unique_ptr<GitProcess> git_;
};

/// Who made a commit and when (UTC, ISO 8601). The author is what the commit says, up to 200 bytes
/// and with its credentials redacted; both are empty where it cannot be read.
CommitPlace describe_commit(const std::string& id, ObjectReader& objects);

}  // namespace iamcheck::cli
