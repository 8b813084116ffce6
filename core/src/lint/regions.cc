#include "lint/regions.h"

#include <algorithm>
#include <array>

namespace iamcheck {
namespace {

constexpr std::array<std::string_view, 8> kPartitions = {
    "aws", "aws-cn", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-us-gov"};

std::string_view without_number(std::string_view text) {
  return text.substr(0, text.find_last_not_of("0123456789") + 1);
}

}  // namespace

bool is_partition(std::string_view text) {
  return std::ranges::find(kPartitions, text) != kPartitions.end();
}

const std::vector<std::string_view>& region_names() {
  static const std::vector<std::string_view> kRegions = {
      "af-south-1",     "ap-east-1",      "ap-east-2",      "ap-northeast-1", "ap-northeast-2",
      "ap-northeast-3", "ap-south-1",     "ap-south-2",     "ap-southeast-1", "ap-southeast-2",
      "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7",
      "ca-central-1",   "ca-west-1",      "cn-north-1",     "cn-northwest-1", "eu-central-1",
      "eu-central-2",   "eu-isoe-west-1", "eu-north-1",     "eu-south-1",     "eu-south-2",
      "eu-west-1",      "eu-west-2",      "eu-west-3",      "eusc-de-east-1", "il-central-1",
      "me-central-1",   "me-south-1",     "mx-central-1",   "sa-east-1",      "sa-west-1",
      "us-east-1",      "us-east-2",      "us-gov-east-1",  "us-gov-west-1",  "us-iso-east-1",
      "us-iso-west-1",  "us-isob-east-1", "us-isob-west-1", "us-isof-east-1", "us-isof-south-1",
      "us-west-1",      "us-west-2"};
  return kRegions;
}

bool is_region(std::string_view text) {
  return std::ranges::find(region_names(), text) != region_names().end();
}

bool may_be_new_region(std::string_view text) {
  const std::string_view name = without_number(text);
  constexpr std::size_t kMostDigits = 2;
  return name.size() < text.size() && text.size() - name.size() <= kMostDigits &&
         std::ranges::any_of(
             region_names(),
             [&](std::string_view region) { return without_number(region) == name; });
}

}  // namespace iamcheck
