#include "account/collected_layout.h"

#include <algorithm>
#include <array>

#include "iamcheck/arn.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

constexpr std::array<std::string_view, 3> kOrganizationKinds = {"metadata", "accounts", "ous"};

bool is_partition(std::string_view text) {
  return text == "aws" || (text.starts_with("aws-") && std::ranges::all_of(text, [](char c) {
                             return c == '-' || (c >= 'a' && c <= 'z');
                           }));
}

// A segment of a path; `end` is where it ends in the path.
struct Segment {
  std::string_view text;
  std::size_t end = 0;
};

std::vector<Segment> segments_of(std::string_view path) {
  std::vector<Segment> segments;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view text = path.substr(begin, end - begin);
    if (!text.empty() && text != ".") segments.push_back({text, end});
    begin = end + 1;
  }
  return segments;
}

// Position of `aws` in the first `aws/PARTITION/` followed by one of `areas`.
std::optional<std::size_t> find_tree(const std::vector<Segment>& segments,
                                     std::initializer_list<std::string_view> areas) {
  for (std::size_t i = 0; i + 3 < segments.size(); ++i) {
    if (segments[i].text == "aws" && is_partition(segments[i + 1].text) &&
        std::ranges::find(areas, segments[i + 2].text) != areas.end())
      return i;
  }
  return std::nullopt;
}

std::optional<CollectedPlace> place_by_shape(std::string_view path) {
  const std::vector<Segment> segments = segments_of(path);
  const std::optional<std::size_t> tree = find_tree(segments, {"accounts", "organizations"});
  if (!tree) return std::nullopt;
  CollectedPlace place;
  const std::size_t id = *tree + 3;
  if (id + 1 >= segments.size()) return std::nullopt;
  place.id = segments[id].text;
  if (segments[id - 1].text == "organizations") {
    place.area = CollectedPlace::Area::kOrganization;
  } else if (!is_account_id(place.id)) {
    return std::nullopt;
  }
  place.root = path.substr(0, segments[id - 2].end);
  place.folder = path.substr(0, segments[segments.size() - 2].end);
  for (std::size_t i = id + 1; i + 1 < segments.size(); ++i) {
    if (!place.inner.empty()) place.inner += '/';
    place.inner += segments[i].text;
  }
  place.kind = ascii_lower(segments.back().text);
  if (place.kind.ends_with(".json")) place.kind.resize(place.kind.size() - 5);
  return place;
}

}  // namespace

CollectedLayout::CollectedLayout(const std::vector<AccountFile>& files) {
  for (const AccountFile& file : files) {
    const std::optional<CollectedPlace> place = place_by_shape(file.path);
    if (!place) continue;
    const bool known =
        place->area == CollectedPlace::Area::kAccount
            ? place->kind == "metadata"
            : place->inner.empty() &&
                  std::ranges::find(kOrganizationKinds, place->kind) != kOrganizationKinds.end();
    if (known) roots_.insert(place->root);
  }
}

std::optional<CollectedPlace> CollectedLayout::place_of(std::string_view path) const {
  if (roots_.empty()) return std::nullopt;
  std::optional<CollectedPlace> place = place_by_shape(path);
  if (!place || !roots_.contains(place->root)) return std::nullopt;
  return place;
}

bool CollectedLayout::is_index(std::string_view path) const {
  if (roots_.empty()) return false;
  const std::vector<Segment> segments = segments_of(path);
  const std::optional<std::size_t> tree = find_tree(segments, {"indexes"});
  return tree && roots_.contains(path.substr(0, segments[*tree + 1].end));
}

}  // namespace iamcheck
