#pragma once

// The name of a condition key, as policies, variables and requests write it.
//
// Names ignore case, also behind the `/` of tag keys (S7).
//
// ```cpp
// iamcheck::ContextKey key("aws:SourceIp");
// bool same = key == iamcheck::ContextKey("AWS:sourceip");  // true
// ```

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace iamcheck {

/// The name of a condition key, folded to lower case once so that lookups cost little.
class ContextKey {
 public:
  ContextKey() = default;
  explicit ContextKey(std::string_view name) : data_(data_of(name)) {}

  /// As written.
  const std::string& name() const { return data_->name; }
  /// In lower case.
  const std::string& folded() const { return data_->folded; }
  std::size_t hash() const { return data_->hash; }

  /// The same key, whatever the case it was written in.
  friend bool operator==(const ContextKey& a, const ContextKey& b) {
    return a.data_ == b.data_ || a.folded() == b.folded();
  }

 private:
  struct Data {
    std::string name;
    std::string folded;
    std::size_t hash = 0;
  };
  class GlobalKeys;
  static std::shared_ptr<const Data> data_of(std::string_view name);
  static const std::shared_ptr<const Data>& empty();

  std::shared_ptr<const Data> data_ = empty();  // copies share: requests carry the same few keys
};

}  // namespace iamcheck
