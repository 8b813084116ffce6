// Wildcards of Action against the sorted names: the text before the first wildcard narrows the
// search to a contiguous range, and only what remains is matched name by name.
#include "catalogue/blob.h"
#include "catalogue/lists.h"
#include "catalogue/name_order.h"
#include "iamcheck/catalogue.h"

namespace iamcheck {

using layout::Section;

namespace {

/// The first name in the range that does not start with `prefix`; all before it do.
std::uint32_t end_of_prefix(const CatalogueBlob& blob, std::uint32_t begin, std::uint32_t end,
                            std::string_view prefix) {
  while (begin < end) {
    const std::uint32_t middle = begin + (end - begin) / 2;
    if (starts_with_name(blob.text_field(Section::kActions, middle, 0), prefix)) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
}

}  // namespace

std::vector<ActionRange> Catalogue::expand(std::string_view pattern) const {
  return expand(ActionPattern(pattern));
}

std::vector<ActionRange> Catalogue::expand(const ActionPattern& pattern) const {
  if (pattern.never_matches()) return {};
  if (pattern.matches_everything()) return {{0, blob_->count(Section::kActions)}};
  const auto service = find_service(pattern.service());
  if (!service) return {};

  const std::string_view text = pattern.name().text();
  const std::string_view prefix = text.substr(0, text.find_first_of("*?"));
  const RecordRange all = service_actions(*blob_, service->id());
  const std::uint32_t begin =
      lower_bound_name(*blob_, Section::kActions, all.begin, all.end, prefix);
  const std::uint32_t end = end_of_prefix(*blob_, begin, all.end, prefix);
  std::vector<ActionRange> ranges;
  for (std::uint32_t action = begin; action < end; ++action) {
    if (!pattern.name().matches(blob_->text_field(Section::kActions, action, 0))) continue;
    if (!ranges.empty() && ranges.back().end == action) {
      ranges.back().end = action + 1;
    } else {
      ranges.push_back({action, action + 1});
    }
  }
  return ranges;
}

}  // namespace iamcheck
