#include "iamcheck/arn.h"

#include <algorithm>
#include <array>

#include "match/variable.h"

namespace iamcheck {

std::optional<Arn> Arn::parse(std::string_view text) {
  if (!text.starts_with("arn:")) return std::nullopt;
  // Without `split_arn`, which allocates: every decision reads the ARN of its resource.
  std::array<std::string_view, 4> parts;
  std::string_view rest = text.substr(4);
  for (std::string_view& part : parts) {
    const std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    part = rest.substr(0, colon);
    rest.remove_prefix(colon + 1);
  }
  return Arn{parts[0], parts[1], parts[2], parts[3], rest};
}

bool is_account_id(std::string_view text) {
  return text.size() == 12 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string_view> split_arn(std::string_view text, bool variables) {
  std::vector<std::string_view> parts;
  parts.reserve(6);
  const VariableReader reader(text, variables);
  std::size_t begin = 0;
  std::size_t i = 0;
  while (i < text.size() && parts.size() < 5) {
    if (text[i] == '$') {
      if (const auto variable = reader.read(i)) {
        i = variable->end;
        continue;
      }
    }
    if (text[i] == ':') {
      parts.push_back(text.substr(begin, i - begin));
      begin = i + 1;
    }
    ++i;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

}  // namespace iamcheck
