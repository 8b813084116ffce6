#pragma once

// Ranges of records, and the lists that the handles hand out over them.

#include <cstdint>
#include <string_view>

#include "catalogue/blob.h"
#include "iamcheck/catalogue.h"

namespace iamcheck {

struct RecordRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

RecordRange service_actions(const CatalogueBlob& blob, std::uint32_t service);
RecordRange service_types(const CatalogueBlob& blob, std::uint32_t service);
std::uint32_t service_of_action(const CatalogueBlob& blob, std::uint32_t action);

/// Records of the section of `T`, one after the other.
template <typename T>
CatalogueList<T> list_of(const CatalogueBlob& blob, std::uint32_t first, std::uint32_t count) {
  return {&blob, first, count,
          [](const CatalogueBlob& own, std::uint32_t position) { return T(&own, position); }};
}

CatalogueList<ConditionKey> key_set(const CatalogueBlob& blob, std::uint32_t set);
CatalogueList<Action> dependents(const CatalogueBlob& blob, std::uint32_t action);
/// `section` is kArnForms or kKeyPrefixes.
CatalogueList<std::string_view> text_list(const CatalogueBlob& blob, layout::Section section,
                                          std::uint32_t first, std::uint32_t count);

}  // namespace iamcheck
