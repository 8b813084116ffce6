#pragma once

// Findings that were there before: a project that begins with iamcheck reports only what is new.
//
// A baseline holds for each finding its rule and 64 bits of a keyed hash (HMAC-SHA-256, a random
// key for each baseline) of what was found: of a credential its value, of a policy finding its
// document path and the text there. So it survives shifted lines and renamed files, and no secret
// can be read from it. Two equal findings are two entries: a third one is new.
//
// ```cpp
// iamcheck::Baseline baseline = iamcheck::Baseline::with_key("0123456789abcdef");
// auto source = iamcheck::Source::from_bytes("p.json", "{}");
// baseline.add(iamcheck::Finding{}, *source);
// iamcheck::Result<iamcheck::Baseline> same = iamcheck::Baseline::from_json(baseline.to_json());
// ```

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/finding.h"
#include "iamcheck/result.h"
#include "iamcheck/source.h"

namespace iamcheck {

class Baseline {
 public:
  /// An empty one. `key`: random bytes, at least 16.
  static Baseline with_key(std::string key);
  /// Errors: `json-syntax`, `invalid-argument` for what is no baseline of version 1.
  static Result<Baseline> from_json(std::string_view text);

  void add(const Finding& finding, const Source& source);
  /// `iamcheck/baseline/v1`, sorted by place.
  std::string to_json() const;
  std::size_t size() const { return entries_.size(); }

  /// Marks the findings that are known, each entry once.
  void apply(std::vector<Finding>& findings, const Source& source);
  /// Entries that no finding has used: what they were about is gone.
  std::size_t unused() const;

 private:
  struct Entry {
    std::string path;
    std::uint32_t line = 0;
    std::string rule, hash;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };
  std::string hash_of(const Finding& finding, const Source& source) const;

  std::string key_;
  std::vector<Entry> entries_;
  std::map<std::string, std::size_t> left_;  // by rule and hash: entries that were not used yet
};

}  // namespace iamcheck
