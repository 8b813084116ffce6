#include "lint/regions.h"

#include <algorithm>
#include <array>

#include "iamcheck/suggestion.h"

namespace iamcheck {
namespace {

// Sorted. As botocore 1.43.11 has them in endpoints.json (Apache-2.0), of all partitions.
constexpr std::array<std::string_view, 46> kRegions = {
    "af-south-1",     "ap-east-1",      "ap-east-2",      "ap-northeast-1",  "ap-northeast-2",
    "ap-northeast-3", "ap-south-1",     "ap-south-2",     "ap-southeast-1",  "ap-southeast-2",
    "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6",  "ap-southeast-7",
    "ca-central-1",   "ca-west-1",      "cn-north-1",     "cn-northwest-1",  "eu-central-1",
    "eu-central-2",   "eu-isoe-west-1", "eu-north-1",     "eu-south-1",      "eu-south-2",
    "eu-west-1",      "eu-west-2",      "eu-west-3",      "eusc-de-east-1",  "il-central-1",
    "me-central-1",   "me-south-1",     "mx-central-1",   "sa-east-1",       "us-east-1",
    "us-east-2",      "us-gov-east-1",  "us-gov-west-1",  "us-iso-east-1",   "us-iso-west-1",
    "us-isob-east-1", "us-isob-west-1", "us-isof-east-1", "us-isof-south-1", "us-west-1",
    "us-west-2"};
static_assert(std::ranges::is_sorted(kRegions));

constexpr std::array<std::string_view, 8> kPartitions = {
    "aws", "aws-cn", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-us-gov"};

std::string_view without_number(std::string_view text) {
  return text.substr(0, text.find_last_not_of("0123456789") + 1);
}

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

bool is_partition(std::string_view text) {
  return std::ranges::find(kPartitions, text) != kPartitions.end();
}

bool is_region(std::string_view name) { return std::ranges::binary_search(kRegions, name); }

bool looks_like_region(std::string_view name) {
  const std::size_t last = name.rfind('-');
  if (last == std::string_view::npos || name.size() != last + 2) return false;
  if (name.back() < '1' || name.back() > '9') return false;
  const std::string_view words = name.substr(0, last);
  return words.size() >= 5 && is_lower(words.front()) && is_lower(words.back()) &&
         words.find('-') != std::string_view::npos && words.find("--") == std::string_view::npos &&
         std::ranges::all_of(words, [](char c) { return c == '-' || is_lower(c); });
}

bool may_be_new_region(std::string_view region) {
  const std::string_view name = without_number(region);
  constexpr std::size_t kMostDigits = 2;
  return name.size() < region.size() && region.size() - name.size() <= kMostDigits &&
         std::ranges::any_of(
             kRegions, [&](std::string_view known) { return without_number(known) == name; });
}

std::vector<std::string> suggest_region(std::string_view name) {
  return similar_names(name, {kRegions.begin(), kRegions.end()});
}

}  // namespace iamcheck
