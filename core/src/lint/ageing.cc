#include "lint/ageing.h"

#include <string>

namespace iamcheck {

void age(const RuleContext& context, Finding& finding, std::string_view names) {
  if (!context.catalogue_is_stale()) return;
  finding.severity = Severity::kNote;
  finding.message += " as of " + std::string(context.catalogue().date());
  finding.notes.push_back("the catalogue of that date is more than " +
                          std::to_string(kStaleCatalogueDays) + " days old, and AWS adds " +
                          std::string(names));
}

}  // namespace iamcheck
