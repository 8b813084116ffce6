#include "catalogue/lists.h"

namespace iamcheck {

using layout::Section;

namespace {

/// From the first record of a service to that of the next one.
RecordRange service_range(const CatalogueBlob& blob, std::uint32_t service, std::size_t field,
                          Section section) {
  const std::uint32_t next = service + 1;
  return {blob.field32(Section::kServices, service, field),
          next < blob.count(Section::kServices) ? blob.field32(Section::kServices, next, field)
                                                : blob.count(section)};
}

}  // namespace

RecordRange service_actions(const CatalogueBlob& blob, std::uint32_t service) {
  return service_range(blob, service, layout::ServiceField::kFirstAction, Section::kActions);
}

RecordRange service_types(const CatalogueBlob& blob, std::uint32_t service) {
  return service_range(blob, service, layout::ServiceField::kFirstType, Section::kResourceTypes);
}

std::uint32_t service_of_action(const CatalogueBlob& blob, std::uint32_t action) {
  // The last service that starts at or before the action.
  std::uint32_t begin = 0;
  std::uint32_t end = blob.count(Section::kServices);
  while (end - begin > 1) {
    const std::uint32_t middle = begin + (end - begin) / 2;
    if (blob.field32(Section::kServices, middle, layout::ServiceField::kFirstAction) <= action) {
      begin = middle;
    } else {
      end = middle;
    }
  }
  return begin;
}

CatalogueList<ConditionKey> key_set(const CatalogueBlob& blob, std::uint32_t set) {
  const std::uint32_t first = blob.field32(Section::kKeySets, set, 0);
  const std::uint32_t end = blob.field32(Section::kKeySets, set + 1, 0);
  return {&blob, first, end - first, [](const CatalogueBlob& own, std::uint32_t position) {
            return ConditionKey(&own,
                                layout::load16(own.record(Section::kKeySetMembers, position)));
          }};
}

CatalogueList<Action> dependents(const CatalogueBlob& blob, std::uint32_t action) {
  const auto make = [](const CatalogueBlob& own, std::uint32_t position) {
    return Action(&own, own.field32(Section::kDependents, position, 0));
  };
  using Field = layout::DependencyField;
  std::uint32_t begin = 0;
  std::uint32_t end = blob.count(Section::kDependencies);
  while (begin < end) {
    const std::uint32_t middle = begin + (end - begin) / 2;
    const std::uint32_t found = blob.field32(Section::kDependencies, middle, Field::kAction);
    if (found == action) {
      return {&blob, blob.field32(Section::kDependencies, middle, Field::kFirst),
              blob.field32(Section::kDependencies, middle, Field::kCount), make};
    }
    if (found < action) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return {&blob, 0, 0, make};
}

CatalogueList<std::string_view> text_list(const CatalogueBlob& blob, Section section,
                                          std::uint32_t first, std::uint32_t count) {
  if (section == Section::kArnForms) {
    return {&blob, first, count, [](const CatalogueBlob& own, std::uint32_t position) {
              return own.text_field(Section::kArnForms, position, 0);
            }};
  }
  return {&blob, first, count, [](const CatalogueBlob& own, std::uint32_t position) {
            return own.text_field(Section::kKeyPrefixes, position, 0);
          }};
}

}  // namespace iamcheck
