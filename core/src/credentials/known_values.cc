#include "credentials/known_values.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <tuple>

#include "iamcheck/credentials.h"
#include "text/ascii.h"

namespace iamcheck {

KnownValues::KnownValues(const std::vector<std::string>& values) {
  for (const std::string& value : values) {
    if (value.size() >= kShortest) values_.push_back({ascii_lower(value), redact(value)});
  }
  if (values_.empty()) return;
  std::ranges::sort(values_, {},
                    [](const Value& value) { return std::tie(value.folded, value.redacted); });
  values_.erase(std::unique(values_.begin(), values_.end(),
                            [](const Value& a, const Value& b) { return a.folded == b.folded; }),
                values_.end());
  bitmap_.resize(std::bit_ceil(std::max<std::size_t>(4096, values_.size() / 4)));
  for (std::size_t i = 0; i < values_.size(); ++i) {
    std::size_t before = i == 0 ? npos : i - 1;
    while (before != npos && !values_[i].folded.starts_with(values_[before].folded)) {
      before = beginning_[before];
    }
    beginning_.push_back(before);
    const std::uint64_t hash = hash_of_start(values_[i].folded, 0) & (64 * bitmap_.size() - 1);
    bitmap_[hash >> 6] |= std::uint64_t{1} << (hash & 63);
  }
}

std::uint64_t KnownValues::hash_of_start(std::string_view text, std::size_t at) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, text.data() + at, kShortest);
  // The same for both cases of a letter; that other bytes fall together costs a search at most.
  bytes |= 0x2020202020202020u;
  return bytes * 0x9E3779B97F4A7C15u >> 32;
}

const KnownValues::Value* KnownValues::longest_at(std::string_view text, std::size_t at) const {
  // How a value compares with what stands there; a value that stands there compares equal.
  auto compare = [&](const Value& known_value) {
    const std::string& value = known_value.folded;
    const std::size_t size = std::min(value.size(), text.size() - at);
    for (std::size_t i = 0; i < size; ++i) {
      const auto known = static_cast<unsigned char>(value[i]);
      const auto here = static_cast<unsigned char>(ascii_lower(text[at + i]));
      if (known != here) return known < here ? -1 : 1;
    }
    return value.size() > size ? 1 : 0;
  };
  auto after = std::partition_point(values_.begin(), values_.end(),
                                    [&](const Value& value) { return compare(value) <= 0; });
  std::size_t i =
      after == values_.begin() ? npos : static_cast<std::size_t>(after - values_.begin()) - 1;
  while (i != npos && compare(values_[i]) != 0) i = beginning_[i];
  return i == npos ? nullptr : &values_[i];
}

const KnownValues::Value* KnownValues::cut_at(std::string_view text, std::size_t end,
                                              std::size_t& begin) const {
  // What is cut is cut to a few lines of text at most.
  constexpr std::size_t kFarthest = 4096;
  if (empty()) return nullptr;
  for (begin = end > kFarthest ? end - kFarthest : 0; begin + kShortest <= end; ++begin) {
    if (!may_stand_at(text, begin)) continue;
    const std::string shown = ascii_lower(text.substr(begin, end - begin));
    auto value = std::partition_point(values_.begin(), values_.end(),
                                      [&](const Value& known) { return known.folded < shown; });
    if (value != values_.end() && value->folded.starts_with(shown)) return &*value;
  }
  return nullptr;
}

void KnownValues::hide_in(std::string& text) const {
  std::string out;
  std::size_t copied = 0;
  find(text, [&](std::size_t at, const Value& value) {
    out.append(text, copied, at - copied);
    out += value.redacted;
    copied = at + value.folded.size();
  });
  if (copied > 0) text = out + text.substr(copied);
  // Long texts are cut off, perhaps in the middle of a secret.
  for (std::size_t end = text.find("..."); end != std::string::npos;) {
    std::size_t begin = 0;
    const Value* value = cut_at(text, end, begin);
    if (value != nullptr) {
      const std::string head = value->redacted.substr(0, value->redacted.find("..."));
      text.replace(begin, end - begin, head);
      end = begin + head.size();
    }
    end = text.find("...", end + 3);
  }
}

}  // namespace iamcheck
