#pragma once

// What can be saved of a JSON text that ends too early.

#include <memory>
#include <optional>

#include "iamcheck/source.h"

namespace iamcheck {

/// The text up to the last complete entry of a list in the outermost object, with the brackets
/// closed: a source of the same name whose places are those of the original. Nothing when not one
/// entry is complete, or when the text does not end too early.
struct SavedText {
  std::shared_ptr<const Source> source;
  Span cut;  ///< where the rest is missing
};
std::optional<SavedText> save_cut_off(const Source& source, Span part);

}  // namespace iamcheck
