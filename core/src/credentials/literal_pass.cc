#include "credentials/literal_pass.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "text/ascii.h"

namespace iamcheck {
namespace {

char to_upper_ascii(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

// How often a byte stands in source code and configuration, roughly, in parts of a thousand. Only
// the order matters: the pass picks windows of rare bytes.
int commonness(char c) {
  constexpr std::string_view kMost = "e taoinsr";
  constexpr std::string_view kMany = "lcdupmhfg.,-=_\"";
  if (kMost.find(c) != std::string_view::npos) return 60;
  if (kMany.find(c) != std::string_view::npos) return 25;
  if (c >= 'a' && c <= 'z') return 8;
  if (c >= 'A' && c <= 'Z') return 4;
  return 6;
}

}  // namespace

LiteralPass::LiteralPass(std::vector<Literal> literals)
    : literals_(std::move(literals)), first_entry_(65536, 0) {
  // Short literals have no choice; the longer ones after them choose pairs that are asked for
  // anyway.
  std::vector<std::uint32_t> order(literals_.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return literals_[a].text.size() < literals_[b].text.size();
  });
  for (std::uint32_t literal : order) add_window(literal);
  std::sort(entries_.begin(), entries_.end());
  entries_.erase(std::unique(entries_.begin(), entries_.end()), entries_.end());
  for (std::size_t i = entries_.size(); i-- > 0;) {
    first_entry_[entries_[i].pair] = static_cast<std::uint32_t>(i);
  }
}

void LiteralPass::add_window(std::uint32_t literal) {
  const std::string& text = literals_[literal].text;
  assert(text.size() >= kWindow);  // the packer refuses shorter keywords
  std::size_t best = 0;
  int best_cost = 0;
  for (std::size_t start = 0; start + kWindow <= text.size(); ++start) {
    int cost = 0;
    for (std::size_t i = start; i < start + kStride; ++i) {
      // A pair that no other literal has makes the sweep stop more often.
      constexpr int kStop = 6;
      const bool asked = is_asked_for(pair_at(text, i));
      cost += commonness(text[i]) * commonness(text[i + 1]) * (asked ? 1 : kStop);
    }
    if (start == 0 || cost < best_cost) {
      best = start;
      best_cost = cost;
    }
  }
  bool fold = literals_[literal].ignore_case;
  std::string mask(kWindow, '\0');
  for (std::size_t i = 0; fold && i < kWindow; ++i) {
    const char c = text[best + i];
    if (c >= 'a' && c <= 'z') mask[i] = 0x20;
  }
  for (std::size_t i = best; i < best + kStride; ++i) {
    for (char first : {text[i], fold ? to_upper_ascii(text[i]) : text[i]}) {
      for (char second : {text[i + 1], fold ? to_upper_ascii(text[i + 1]) : text[i + 1]}) {
        const char both[] = {first, second};
        const std::uint16_t pair = pair_at({both, 2}, 0);
        bitmap_[pair >> 6] |= std::uint64_t{1} << (pair & 63);
        entries_.push_back({pair, literal, static_cast<std::uint32_t>(i),
                            static_cast<std::uint32_t>(i - best), window_at(text.data() + best),
                            window_at(mask.data())});
      }
    }
  }
}

std::size_t LiteralPass::next_candidate(std::string_view text, std::size_t at) const {
  for (; at + 1 < text.size(); at += kStride) {
    if (is_asked_for(pair_at(text, at))) return at;
  }
  return text.size();
}

bool LiteralPass::stands_at(std::string_view text, std::size_t at, std::uint32_t literal) const {
  const Literal& wanted = literals_[literal];
  if (text.size() - at < wanted.text.size()) return false;
  if (!wanted.ignore_case) return text.compare(at, wanted.text.size(), wanted.text) == 0;
  for (std::size_t i = 0; i < wanted.text.size(); ++i) {
    if (ascii_lower(text[at + i]) != wanted.text[i]) return false;
  }
  return true;
}

}  // namespace iamcheck
