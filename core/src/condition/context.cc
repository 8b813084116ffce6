#include "iamcheck/context.h"

#include <algorithm>

#include "text/letter_case.h"

namespace iamcheck {

ContextKey::ContextKey(std::string_view name)
    : data_(
          std::make_shared<const Data>(Data{std::string(name), to_lower(name), hash_lower(name)})) {
}

const std::shared_ptr<const ContextKey::Data>& ContextKey::empty() {
  static const auto kEmpty = std::make_shared<const Data>(Data{{}, {}, hash_lower({})});
  return kEmpty;
}

void Context::set(std::string_view key, std::string value) {
  std::vector<std::string> values;
  values.push_back(std::move(value));
  put(ContextKey(key), ContextValue::State::kSingle, std::move(values));
}

void Context::set_list(std::string_view key, std::vector<std::string> values) {
  // S7.1: an empty list is a missing key.
  auto state = values.empty() ? ContextValue::State::kAbsent : ContextValue::State::kList;
  put(ContextKey(key), state, std::move(values));
}

void Context::set_absent(std::string_view key) {
  put(ContextKey(key), ContextValue::State::kAbsent, {});
}

void Context::set_unknown(std::string_view key) {
  put(ContextKey(key), ContextValue::State::kUnknown, {});
}

bool Context::has(std::string_view key) const {
  return lookup(hash_lower(key), key, false) != nullptr;
}

ContextValue Context::find(const ContextKey& key) const {
  return value_of(lookup(key.hash(), key.folded(), true));
}

ContextValue Context::find(std::string_view key) const {
  return value_of(lookup(hash_lower(key), key, false));
}

VariableValue Context::find_variable(std::string_view key) const {
  ContextValue value = find(key);
  switch (value.state) {
    case ContextValue::State::kSingle:
      return {VariableValue::State::kFound, value.values[0]};
    case ContextValue::State::kList:
      return {VariableValue::State::kMultivalued, {}};
    case ContextValue::State::kUnknown:
      return {VariableValue::State::kUnknown, {}};
    case ContextValue::State::kAbsent:
      break;
  }
  return {VariableValue::State::kAbsent, {}};
}

void Context::set_default(const ContextKey& key, std::string value) {
  if (lookup(key.hash(), key.folded(), true) != nullptr) return;
  std::vector<std::string> values;
  values.push_back(std::move(value));
  append(key, ContextValue::State::kSingle, std::move(values));
}

void Context::set_default_absent(const ContextKey& key) {
  if (lookup(key.hash(), key.folded(), true) == nullptr)
    append(key, ContextValue::State::kAbsent, {});
}

void Context::set_default_unknown(const ContextKey& key) {
  if (lookup(key.hash(), key.folded(), true) == nullptr)
    append(key, ContextValue::State::kUnknown, {});
}

void Context::put(const ContextKey& key, ContextValue::State state,
                  std::vector<std::string> values) {
  const Entry* known = lookup(key.hash(), key.folded(), true);
  if (known == nullptr) return append(key, state, std::move(values));
  Entry& entry = entries_[static_cast<std::size_t>(known - entries_.data())];
  entry.state = state;
  entry.values = std::move(values);
}

void Context::append(const ContextKey& key, ContextValue::State state,
                     std::vector<std::string> values) {
  const std::pair<std::size_t, std::uint32_t> place(key.hash(),
                                                    static_cast<std::uint32_t>(entries_.size()));
  index_.insert(std::upper_bound(index_.begin(), index_.end(), place), place);
  entries_.push_back({key, state, std::move(values)});
}

const Context::Entry* Context::lookup(std::size_t hash, std::string_view name, bool folded) const {
  auto place =
      std::lower_bound(index_.begin(), index_.end(), std::make_pair(hash, std::uint32_t{0}));
  for (; place != index_.end() && place->first == hash; ++place) {
    const Entry& entry = entries_[place->second];
    if (folded ? entry.key.folded() == name : lowers_to(name, entry.key.folded())) return &entry;
  }
  return nullptr;
}

ContextValue Context::value_of(const Entry* entry) const {
  if (entry == nullptr) {
    return {mode_ == Mode::kAsk ? ContextValue::State::kUnknown : ContextValue::State::kAbsent, {}};
  }
  return {entry->state, entry->values};
}

}  // namespace iamcheck
