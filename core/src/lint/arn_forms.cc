#include "lint/arn_forms.h"

#include "evaluate/resource_form.h"
#include "iamcheck/arn.h"
#include "match/overlap.h"

namespace iamcheck {
namespace {

// A variable may be anything.
std::string with_open_variables(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t end =
        text.substr(at).starts_with("${") ? text.find('}', at) : std::string_view::npos;
    if (end != std::string_view::npos) at = end;
    out += end == std::string_view::npos ? text[at] : '*';
  }
  return out;
}

std::shared_ptr<const ArnFormTable> forms_of(const Catalogue& catalogue) {
  auto forms = std::make_shared<ArnFormTable>();
  for (const ResourceType type : catalogue.resource_types()) {
    for (const std::string_view form : type.arn_forms()) {
      const std::string pattern = form_pattern(form);
      const auto arn = Arn::parse(pattern);
      if (!arn) continue;
      (*forms)[std::string(arn->service)].push_back(
          {std::string(arn->region), std::string(arn->account), std::string(arn->resource)});
    }
  }
  return forms;
}

// Several rules ask for every policy: the built-in catalogue is read once.
std::shared_ptr<const ArnFormTable> embedded_forms() {
  static const std::shared_ptr<const ArnFormTable> kForms = forms_of(Catalogue::embedded());
  return kForms;
}

}  // namespace

ArnForms::ArnForms(const Catalogue& catalogue)
    : forms_(&catalogue == &Catalogue::embedded() ? embedded_forms() : forms_of(catalogue)) {}

const std::vector<ArnForm>& ArnForms::of(std::string_view service) const {
  static const std::vector<ArnForm> kNone;
  const auto found = forms_->find(service);
  return found == forms_->end() ? kNone : found->second;
}

std::vector<const ArnForm*> ArnForms::that_meet(std::string_view service,
                                                std::string_view resource) {
  const std::string open = with_open_variables(resource);
  std::vector<const ArnForm*> out;
  for (const ArnForm& form : of(service)) {
    const std::uint64_t steps = (open.size() + 1) * (form.resource.size() + 1);
    const bool affordable = steps <= steps_left_;
    steps_left_ -= affordable ? steps : steps_left_;
    if (!affordable || overlap_of_texts(open, form.resource, false) != Overlap::kNone)
      out.push_back(&form);
  }
  return out;
}

}  // namespace iamcheck
