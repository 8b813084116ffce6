#pragma once

// What a name that the catalogue lacks is worth when the catalogue is old.

#include <string_view>

#include "lint/context.h"

namespace iamcheck {

/// A finding about an unknown name without a near miss. With a catalogue older than
/// `kStaleCatalogueDays` it is a note, and says the date (catalogue.md section 4). `names`: what
/// AWS goes on adding, such as `actions every day`.
void age(const RuleContext& context, Finding& finding, std::string_view names);

}  // namespace iamcheck
