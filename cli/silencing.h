#pragma once

// What the configuration does to findings: other severities, suppressions, files left out.
//
// The configuration comes from the repository under inspection, so whatever it silences stays in
// the record, is counted in the summary, and is said again when it was not needed.

#include <atomic>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "config.h"
#include "gitignore.h"
#include "iamcheck/finding.h"
#include "iamcheck/policy.h"
#include "iamcheck/source.h"

namespace iamcheck::cli {

/// Safe to share between threads once made.
class Silencing {
 public:
  /// `stored`: the files are those of git's store. What lies in the working tree by their names may
  /// be a link to elsewhere, and is not asked.
  Silencing(Config config, std::optional<std::int64_t> today, bool stored = false);

  /// Whether `exclude:` leaves the file out. Paths as on the command line.
  bool excludes(const std::string& path) const;
  /// Sets severities, and marks what is suppressed. `policy`: that of the findings, for their Sids.
  void apply(std::vector<Finding>& findings, const Source& source, const Policy* policy) const;
  /// After all: suppressions that nothing needed or that have expired, one line each.
  std::vector<std::string> notes() const;

 private:
  struct Entry {
    ConfiguredSuppression rule;
    IgnoreRules files;
    mutable std::atomic<bool> used = false;
  };
  std::string below_config(const std::string& path) const;
  bool means(const Entry& entry, const Finding& finding, const std::string& path,
             const Source& source, const Policy* policy) const;

  Config config_;
  std::optional<std::int64_t> today_;
  bool stored_;
  std::deque<Entry> entries_;
  IgnoreRules exclude_;
};

}  // namespace iamcheck::cli
