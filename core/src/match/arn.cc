#include "iamcheck/arn.h"

#include "match/variable.h"

namespace iamcheck {

std::optional<Arn> Arn::parse(std::string_view text) {
  if (!text.starts_with("arn:")) return std::nullopt;
  const std::vector<std::string_view> parts = split_arn(text, false);
  if (parts.size() != 6) return std::nullopt;
  return Arn{parts[1], parts[2], parts[3], parts[4], parts[5]};
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
