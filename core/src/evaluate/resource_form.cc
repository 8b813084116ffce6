#include "evaluate/resource_form.h"

#include "iamcheck/pattern.h"

namespace iamcheck {
std::string form_pattern(std::string_view form) {
  std::string pattern;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form.substr(i).starts_with("${")) {
      if (const std::size_t end = form.find('}', i); end != std::string_view::npos) {
        pattern += '*';
        i = end;
        continue;
      }
    }
    pattern += form[i];
  }
  return pattern;
}

bool is_of_type(const std::string& resource, const ResourceType& type) {
  for (const std::string_view form : type.arn_forms()) {
    if (Pattern::like(form_pattern(form), {}).matches(resource)) return true;
  }
  return false;
}

}  // namespace iamcheck
