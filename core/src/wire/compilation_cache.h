#pragma once

// Compiled policies by their text. Requests often bring the same policies line after line; what is
// kept is the compiled form, never an answer.

#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "wire/placed_policies.h"

namespace iamcheck {

/// Safe to use from many threads. The least recently used entries go first.
class CompilationCache {
 public:
  using Compile = std::function<CompiledPolicies()>;

  /// The entry of `key`, or what `compile` returns, which is then kept.
  std::shared_ptr<const CompiledPolicies> get(const std::string& key, const Compile& compile);

 private:
  // Bounds what stays in memory: the compiled form is some ten times the text.
  static constexpr std::size_t kMostEntries = 256;
  static constexpr std::size_t kMostBytes = std::size_t{4} * 1024 * 1024;

  struct Entry {
    std::string key;
    std::shared_ptr<const CompiledPolicies> compiled;
  };
  std::shared_ptr<const CompiledPolicies> find(const std::string& key);

  std::mutex mutex_;
  std::list<Entry> entries_;  // most recently used first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> index_;
  std::size_t bytes_ = 0;
};

}  // namespace iamcheck
