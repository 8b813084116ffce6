#include "evaluate/resource_form.h"

#include "iamcheck/pattern.h"

namespace iamcheck {
namespace {

bool has_form(std::string_view form, std::string_view arn) {
  std::string pattern;
  for (std::size_t i = 0; i < form.size();) {
    if (form.compare(i, 2, "${") == 0) {
      const std::size_t end = form.find('}', i);
      if (end == std::string_view::npos) break;
      pattern += '*';
      i = end + 1;
    } else {
      pattern += form[i++];
    }
  }
  return Pattern::like(pattern, {}).matches(arn);
}

}  // namespace

bool is_of_type(const std::string& resource, const ResourceType& type) {
  for (const std::string_view form : type.arn_forms()) {
    if (has_form(form, resource)) return true;
  }
  return false;
}

}  // namespace iamcheck
