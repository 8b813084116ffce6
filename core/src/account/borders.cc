#include "account/borders.h"

#include <array>
#include <optional>
#include <utility>

#include "iamcheck/arn.h"
#include "match/overlap.h"

namespace iamcheck {
namespace {

// Beginnings of resources for which the evaluator has rules of its own (S9.3, S9.4, S9.9), whatever
// policies say. A pattern may match resources on both sides of such a line.
struct Border {
  std::string_view service;
  std::string_view prefix;
};
constexpr std::array<Border, 6> kBorders = {{
    {"iam", "policy/"},
    {"iam", "role/"},
    {"iam", "role/aws-reserved/"},
    {"iam", "role/aws-service-role/"},
    {"kms", "alias/aws/"},
    {"kms", "key/"},
}};

}  // namespace

std::vector<std::string> sides_of(const std::string& pattern) {
  const std::optional<Arn> arn = Arn::parse(pattern);
  if (!arn) return {pattern};
  const bool global_bucket =
      arn->service == "s3" && has_wildcard(arn->region) && arn->account.empty();
  if (has_wildcard(arn->partition) || has_wildcard(arn->service) || has_wildcard(arn->account) ||
      global_bucket)
    return {};
  std::vector<std::string> sides = {pattern};
  const std::string front = pattern.substr(0, pattern.size() - arn->resource.size());
  const std::string rest(arn->resource);
  const std::size_t fixed = rest.find_first_of("*?");
  if (fixed == std::string::npos) return sides;
  for (const Border& border : kBorders) {
    const std::string beyond = std::string(border.prefix) + "*";
    const bool open =
        border.prefix.size() > fixed && border.prefix.starts_with(rest.substr(0, fixed));
    if (border.service == arn->service && open &&
        overlap_of_texts(rest, beyond, false) != Overlap::kNone)
      sides.push_back(front + beyond);
  }
  // A wildcard may bring the slash that tells an object from its bucket.
  if (arn->service == "s3")
    sides.push_back(front + rest.substr(0, fixed) + "/" + rest.substr(fixed));
  return sides;
}

RequestFields asking_about(RequestFields fields, std::string resource) {
  fields.resource = std::move(resource);
  return fields;
}

}  // namespace iamcheck
