#pragma once

// The request context: what is known about a request when conditions are asked.
//
// Key names ignore case, also behind the `/` of tag keys (S7). A value is a single text or a list;
// a list counts as multivalued whatever its length (S7.3). A key can be known to be absent, and it
// can be unknown. What a key is that nobody gave is the context's mode: absent (strict, as in AWS)
// or unknown (ask). Build it, then share it: reading never changes it. Source: IAM User Guide, "AWS
// global condition context keys" and "Conditions with multiple context keys or values".
//
// ```cpp
// iamcheck::Context context(iamcheck::Context::Mode::kAsk);
// context.set("aws:SourceIp", "192.0.2.1");
// context.set_list("aws:TagKeys", {"team", "stage"});
// context.set_absent("aws:MultiFactorAuthAge");
// bool one = context.find("AWS:sourceip").state == iamcheck::ContextValue::State::kSingle;
// ```

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "iamcheck/context_key.h"
#include "iamcheck/pattern.h"

namespace iamcheck {

/// What a context holds for one key. Views into the context.
struct ContextValue {
  enum class State : std::uint8_t {
    kAbsent,   ///< the request does not have the key
    kUnknown,  ///< nobody said
    kSingle,   ///< one text: `values[0]`
    kList,     ///< multivalued, one or more texts; an empty list is `kAbsent` (S7.1)
  };
  State state = State::kAbsent;
  std::span<const std::string> values;

  bool present() const { return state == State::kSingle || state == State::kList; }
};

/// Keys and values of one request. Reading is safe from many threads.
class Context final : public VariableScope {
 public:
  enum class Mode : std::uint8_t {
    kStrict,  ///< a key that was not given is absent
    kAsk,     ///< a key that was not given is unknown
  };

  /// One key and what was said about it.
  struct Entry {
    ContextKey key;
    ContextValue::State state = ContextValue::State::kAbsent;
    std::string single;             ///< of `kSingle`
    std::vector<std::string> list;  ///< of `kList`

    std::span<const std::string> values() const;
  };

  Context() = default;
  explicit Context(Mode mode) : mode_(mode) {}

  Mode mode() const { return mode_; }
  void set_mode(Mode mode) { mode_ = mode; }

  // A key that is set twice keeps the last.
  void set(Entry entry);
  void set(std::string_view key, std::string value);
  void set_list(std::string_view key, std::vector<std::string> values);
  void set_absent(std::string_view key);   ///< also in ask mode
  void set_unknown(std::string_view key);  ///< also in strict mode

  /// The same where nothing was said about the key; else nothing is done. One look-up, and no new
  /// text for the name.
  void set_default(const ContextKey& key, std::string_view value);
  void set_default_absent(const ContextKey& key);
  void set_default_unknown(const ContextKey& key);

  /// Room for so many keys more, so that setting them takes no more memory.
  void reserve_more(std::size_t keys);

  /// Whether anything was said about the key. Derived values (S10.1) are set only where this is
  /// false.
  bool has(std::string_view key) const;

  ContextValue find(const ContextKey& key) const;
  /// The same for a name in any case. Allocates nothing.
  ContextValue find(std::string_view key) const;

  /// The value of `${key}` (S4.3): found only when it is a single text.
  VariableValue find_variable(const ContextKey& key) const override;

  /// In the order in which the keys were first set.
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  /// Where an entry stands. Half of its hash is here, so that a search passes by others unread.
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t position = 0;  ///< plus one; zero: a free slot
  };

  Entry* insert(const ContextKey& key);
  template <typename IsKey>
  const Entry* lookup(std::size_t hash, IsKey is_key) const;
  const Entry* lookup(const ContextKey& key) const;
  const Entry* lookup(std::string_view name) const;
  ContextValue value_of(const Entry* entry) const;

  Mode mode_ = Mode::kStrict;
  std::vector<Entry> entries_;
  std::vector<Slot> slots_;  // a hash table, at most half full
};

}  // namespace iamcheck
