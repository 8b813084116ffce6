#include "iamcheck/suggestion.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "text/ascii.h"
#include "text/edit_distance.h"

namespace iamcheck {
namespace {

// A longer text was not meant as any name, and comparing it would only cost time.
constexpr std::size_t kLongestName = 256;
constexpr std::size_t kShortestPart = 3;

// How far `known` is from what somebody wrote; nothing when it is no likely meaning.
std::optional<std::size_t> distance_of(const std::string& name, std::string_view known) {
  constexpr std::size_t kBeginning = 100, kInside = 200;
  const std::size_t edits = name.size() < 2 ? 0 : (name.size() < 5 ? 1 : 2);
  if (const auto distance = edit_distance(name, known, edits)) return distance;
  if (name.size() < kShortestPart) return std::nullopt;
  const std::size_t part = ascii_lower(known).find(name);
  if (part == std::string::npos) return std::nullopt;
  return part == 0 ? kBeginning : kInside;
}

}  // namespace

std::vector<std::string> similar_names(std::string_view name,
                                       const std::vector<std::string_view>& names,
                                       std::size_t limit) {
  if (name.size() > kLongestName) return {};
  const std::string folded = ascii_lower(name);
  std::vector<std::pair<std::size_t, std::string_view>> near;
  for (const std::string_view known : names) {
    if (const auto distance = distance_of(folded, known)) near.emplace_back(*distance, known);
  }
  std::stable_sort(near.begin(), near.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> found;
  for (const auto& [distance, known] : near) {
    // A part of a name is a worse guess than a slip of the finger.
    const bool worse = !found.empty() && distance / 100 > near.front().first / 100;
    if (found.size() == limit || worse) break;
    found.emplace_back(known);
  }
  return found;
}

std::string did_you_mean(const std::vector<std::string>& names) {
  std::string text;
  const std::size_t count = std::min<std::size_t>(names.size(), 3);
  for (std::size_t i = 0; i < count; ++i) {
    text += i == 0 ? "did you mean `" : (i + 1 == count ? " or `" : ", `");
    text += names[i] + "`";
  }
  return text.empty() ? text : text + "?";
}

}  // namespace iamcheck
