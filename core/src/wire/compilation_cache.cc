#include "wire/compilation_cache.h"

namespace iamcheck {

std::shared_ptr<const CompiledPolicies> CompilationCache::get(const std::string& key,
                                                              const Compile& compile) {
  if (auto known = find(key)) return known;
  // Two threads may compile the same text; both results are the same.
  auto compiled = std::make_shared<const CompiledPolicies>(compile());
  if (key.size() > kMostBytes) return compiled;
  const std::lock_guard lock(mutex_);
  if (index_.contains(key)) return compiled;
  entries_.push_front({key, compiled});
  index_.emplace(entries_.front().key, entries_.begin());
  bytes_ += key.size();
  while (entries_.size() > kMostEntries || bytes_ > kMostBytes) {
    bytes_ -= entries_.back().key.size();
    index_.erase(entries_.back().key);
    entries_.pop_back();
  }
  return compiled;
}

std::shared_ptr<const CompiledPolicies> CompilationCache::find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = index_.find(key);
  if (found == index_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->compiled;
}

}  // namespace iamcheck
