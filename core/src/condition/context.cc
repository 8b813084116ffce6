#include "iamcheck/context.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "text/letter_case.h"

namespace iamcheck {

std::span<const std::string> Context::Entry::values() const {
  if (state == ContextValue::State::kSingle) return {&single, 1};
  return list;
}

void Context::set(std::string_view key, std::string value) {
  set({ContextKey(key), ContextValue::State::kSingle, std::move(value), {}});
}

void Context::set_list(std::string_view key, std::vector<std::string> values) {
  // S7.1: an empty list is a missing key.
  auto state = values.empty() ? ContextValue::State::kAbsent : ContextValue::State::kList;
  set({ContextKey(key), state, {}, std::move(values)});
}

void Context::set_absent(std::string_view key) {
  set({ContextKey(key), ContextValue::State::kAbsent, {}, {}});
}

void Context::set_unknown(std::string_view key) {
  set({ContextKey(key), ContextValue::State::kUnknown, {}, {}});
}

bool Context::has(std::string_view key) const { return lookup(key) != nullptr; }

ContextValue Context::find(const ContextKey& key) const { return value_of(lookup(key)); }

ContextValue Context::find(std::string_view key) const { return value_of(lookup(key)); }

VariableValue Context::find_variable(const ContextKey& key) const {
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

void Context::set_default(const ContextKey& key, std::string_view value) {
  if (Entry* const entry = insert(key)) {
    entry->state = ContextValue::State::kSingle;
    entry->single = value;
  }
}

void Context::set_default_absent(const ContextKey& key) { insert(key); }

void Context::set_default_unknown(const ContextKey& key) {
  if (Entry* const entry = insert(key)) entry->state = ContextValue::State::kUnknown;
}

void Context::set(Entry entry) {
  if (Entry* const fresh = insert(entry.key)) {
    *fresh = std::move(entry);
    return;
  }
  const Entry* known = lookup(entry.key);
  Entry& old = entries_[static_cast<std::size_t>(known - entries_.data())];
  entry.key = std::move(old.key);
  old = std::move(entry);
}

// A new entry, absent as yet; nothing when the key is known.
Context::Entry* Context::insert(const ContextKey& key) {
  if (2 * (entries_.size() + 1) > slots_.size()) reserve_more(entries_.size() + 1);
  const std::size_t mask = slots_.size() - 1;
  const auto hash = static_cast<std::uint32_t>(key.hash());
  std::size_t slot = hash & mask;
  for (; slots_[slot].position != 0; slot = (slot + 1) & mask) {
    if (slots_[slot].hash == hash && entries_[slots_[slot].position - 1].key == key) return nullptr;
  }
  Entry& entry = entries_.emplace_back();
  entry.key = key;
  slots_[slot] = {hash, static_cast<std::uint32_t>(entries_.size())};
  return &entry;
}

void Context::reserve_more(std::size_t keys) {
  const std::size_t wanted = entries_.size() + keys;
  if (wanted > entries_.capacity()) entries_.reserve(wanted);
  if (2 * wanted <= slots_.size()) return;
  constexpr std::size_t kSmallest = 16;
  slots_.assign(std::bit_ceil(std::max(2 * wanted, kSmallest)), {});
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const auto hash = static_cast<std::uint32_t>(entries_[i].key.hash());
    std::size_t slot = hash & mask;
    while (slots_[slot].position != 0) slot = (slot + 1) & mask;
    slots_[slot] = {hash, static_cast<std::uint32_t>(i + 1)};
  }
}

template <typename IsKey>
const Context::Entry* Context::lookup(std::size_t hash, IsKey is_key) const {
  if (slots_.empty()) return nullptr;
  const std::size_t mask = slots_.size() - 1;
  const auto half = static_cast<std::uint32_t>(hash);
  for (std::size_t slot = half & mask; slots_[slot].position != 0; slot = (slot + 1) & mask) {
    if (slots_[slot].hash != half) continue;
    const Entry& entry = entries_[slots_[slot].position - 1];
    if (is_key(entry.key)) return &entry;
  }
  return nullptr;
}

const Context::Entry* Context::lookup(const ContextKey& key) const {
  return lookup(key.hash(), [&](const ContextKey& known) { return known == key; });
}

const Context::Entry* Context::lookup(std::string_view name) const {
  return lookup(hash_lower(name),
                [&](const ContextKey& known) { return lowers_to(name, known.folded()); });
}

ContextValue Context::value_of(const Entry* entry) const {
  if (entry == nullptr) {
    return {mode_ == Mode::kAsk ? ContextValue::State::kUnknown : ContextValue::State::kAbsent, {}};
  }
  return {entry->state, entry->values()};
}

}  // namespace iamcheck
