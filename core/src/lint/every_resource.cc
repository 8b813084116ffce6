#include "lint/every_resource.h"

#include <cstddef>

#include "lint/context.h"

namespace iamcheck {

bool is_every_resource(std::string_view text) {
  if (is_everything(text)) return true;
  constexpr std::string_view kArn = "arn:";
  constexpr std::size_t kPartsBehindArn = 5;
  if (!text.starts_with(kArn)) return false;
  text.remove_prefix(kArn.size());
  std::size_t stars = 0;
  for (std::size_t part = 0;; ++part) {
    const std::size_t colon = text.find(':');
    const std::string_view one = text.substr(0, colon);
    const bool partition = part == 0 && one.starts_with("aws") && colon != std::string_view::npos;
    if (part == kPartsBehindArn || (!partition && !is_everything(one))) return false;
    stars += partition ? 0 : 1;
    if (colon == std::string_view::npos) return stars > 0;
    text.remove_prefix(colon + 1);
  }
}

const Text* everything_in(const std::optional<ListElement>& resources) {
  if (!resources) return nullptr;
  for (const Text& text : resources->values) {
    if (!text.unresolved && is_every_resource(text.value)) return &text;
  }
  return nullptr;
}

}  // namespace iamcheck
