#include "arn.h"

#include "characters.h"

namespace iamcheck::oracle {

std::optional<std::vector<std::string>> six_parts(std::string_view text) {
  if (!starts_with(text, "arn:")) return std::nullopt;
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == ':' && parts.size() < 6) {
      parts.emplace_back();
    } else {
      parts.back().push_back(c);
    }
  }
  if (parts.size() != 6) return std::nullopt;
  return parts;
}

}  // namespace iamcheck::oracle
