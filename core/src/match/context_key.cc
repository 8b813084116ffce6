#include "iamcheck/context_key.h"

#include "text/letter_case.h"

namespace iamcheck {

ContextKey::ContextKey(std::string_view name)
    : data_(
          std::make_shared<const Data>(Data{std::string(name), to_lower(name), hash_lower(name)})) {
}

// Never freed, so that no copy need count: an alias of an empty owner has no counter.
std::shared_ptr<const ContextKey::Data> ContextKey::forever(std::string_view name) {
  const auto* data = new Data{std::string(name), to_lower(name), hash_lower(name)};
  return {std::shared_ptr<const Data>(), data};
}

ContextKey ContextKey::permanent(std::string_view name) {
  ContextKey key;
  key.data_ = forever(name);
  return key;
}

const std::shared_ptr<const ContextKey::Data>& ContextKey::empty() {
  static const std::shared_ptr<const Data> kEmpty = forever({});
  return kEmpty;
}

}  // namespace iamcheck
