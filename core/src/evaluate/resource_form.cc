#include "evaluate/resource_form.h"

#include "iamcheck/pattern.h"

namespace iamcheck {
std::string form_pattern(std::string_view form) {
  std::string pattern;
  pattern.reserve(form.size());
  for (std::size_t at = 0;;) {
    const std::size_t begin = form.find("${", at);
    const std::size_t end = begin == std::string_view::npos ? begin : form.find('}', begin);
    if (end == std::string_view::npos) return pattern.append(form.substr(at));
    pattern.append(form.substr(at, begin - at)) += '*';
    at = end + 1;
  }
}

bool is_of_type(const std::string& resource, const ResourceType& type) {
  for (const std::string_view form : type.arn_forms()) {
    if (Pattern::like(form_pattern(form), {}).matches(resource)) return true;
  }
  return false;
}

}  // namespace iamcheck
