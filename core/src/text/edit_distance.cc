#include "text/edit_distance.h"

#include <algorithm>
#include <vector>

#include "text/ascii.h"

namespace iamcheck {

std::optional<std::size_t> edit_distance(std::string_view a, std::string_view b,
                                         std::size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return std::nullopt;
  const std::size_t far = limit + 1;

  // Rows of the usual table over the longer text; cells off the diagonal band stay at `far`.
  std::vector<std::size_t> before(b.size() + 1, far), last(b.size() + 1, far),
      row(b.size() + 1, far);
  for (std::size_t j = 0; j <= std::min(b.size(), limit); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    const std::size_t begin = i > limit ? i - limit : 1;
    const std::size_t end = std::min(b.size(), i + limit);
    std::fill(row.begin(), row.end(), far);
    if (i <= limit) row[0] = i;
    std::size_t smallest = row[0];
    for (std::size_t j = begin; j <= end; ++j) {
      const bool same = ascii_lower(a[i - 1]) == ascii_lower(b[j - 1]);
      std::size_t best = last[j - 1] + (same ? 0 : 1);
      best = std::min({best, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && ascii_lower(a[i - 1]) == ascii_lower(b[j - 2]) &&
          ascii_lower(a[i - 2]) == ascii_lower(b[j - 1])) {
        best = std::min(best, before[j - 2] + 1);
      }
      row[j] = std::min(best, far);
      smallest = std::min(smallest, row[j]);
    }
    if (smallest >= far && *std::min_element(last.begin(), last.end()) >= far) return std::nullopt;
    before.swap(last);
    last.swap(row);
  }
  if (last[b.size()] > limit) return std::nullopt;
  return last[b.size()];
}

std::string nearest_name(std::string_view name, const std::vector<std::string_view>& names) {
  std::size_t limit = name.size() <= 4 ? 1 : 2;
  std::string_view nearest;
  for (std::string_view candidate : names) {
    const auto distance = edit_distance(name, candidate, limit);
    if (!distance) continue;
    nearest = candidate;
    if (*distance == 0) break;
    limit = *distance - 1;
  }
  return std::string(nearest);
}

}  // namespace iamcheck
