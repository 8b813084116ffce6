// Proves that no number in an untrusted catalogue leads a lookup out of its section, and that the
// tables are sorted, which binary search relies on. After this the lookups need no checks.
#include "catalogue/blob.h"
#include "catalogue/name_order.h"

namespace iamcheck {

using layout::kMaxDocumentSize;
using layout::kUseRequired;
using layout::load16;
using layout::load32;
using layout::Section;

namespace {

/// Offsets into another section: never falling, the last one within `limit`.
bool offsets_are_sound(const CatalogueBlob& blob, Section offsets, std::uint32_t limit) {
  const std::uint32_t count = blob.count(offsets);
  if (count == 0) return false;
  std::uint32_t last = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t offset = blob.field32(offsets, i, 0);
    if (offset < last || offset > limit) return false;
    last = offset;
  }
  return true;
}

bool range_is_sound(std::uint64_t first, std::uint64_t count, std::uint64_t limit) {
  return first <= limit && count <= limit - first;
}

}  // namespace

bool CatalogueBlob::strings_are_sound() const {
  if (!offsets_are_sound(*this, Section::kStrings, count(Section::kStringBytes))) return false;
  const std::uint32_t strings = count(Section::kStrings) - 1;
  struct TextFields {
    Section section;
    std::size_t count;  // leading fields that are texts
  };
  static constexpr TextFields kTextFields[] = {
      {Section::kServices, 2},        {Section::kActions, 1},        {Section::kResourceTypes, 1},
      {Section::kArnForms, 1},        {Section::kKeys, 1},           {Section::kKeyPrefixes, 1},
      {Section::kRetiredServices, 2}, {Section::kRetiredActions, 2}, {Section::kSources, 6},
      {Section::kPolicies, 5}};
  for (const TextFields& fields : kTextFields) {
    for (std::uint32_t i = 0; i < count(fields.section); ++i) {
      for (std::size_t f = 0; f < fields.count; ++f) {
        if (field32(fields.section, i, 4 * f) >= strings) return false;
      }
    }
  }
  return true;
}

std::optional<std::string> CatalogueBlob::check_records() const {
  if (!strings_are_sound()) return "a text lies outside its section";
  if (!offsets_are_sound(*this, Section::kKeySets, count(Section::kKeySetMembers))) {
    return "a set of condition keys lies outside its section";
  }
  for (const Section section : {Section::kKeySetMembers, Section::kTemplateKeys}) {
    for (std::uint32_t i = 0; i < count(section); ++i) {
      if (load16(record(section, i)) >= count(Section::kKeys)) {
        return "a set names a condition key that does not exist";
      }
    }
  }
  if (auto problem = check_services_and_types()) return problem;
  if (auto problem = check_actions()) return problem;
  if (auto problem = check_small_tables()) return problem;
  return check_order();
}

std::optional<std::string> CatalogueBlob::check_services_and_types() const {
  const std::uint32_t sets = count(Section::kKeySets) - 1;
  std::uint32_t action = 0, type = 0;
  for (std::uint32_t i = 0; i < count(Section::kServices); ++i) {
    const std::uint32_t first_action =
        field32(Section::kServices, i, layout::ServiceField::kFirstAction);
    const std::uint32_t first_type =
        field32(Section::kServices, i, layout::ServiceField::kFirstType);
    // The first service starts at 0: every action and every type belongs to a service.
    if ((i == 0 && (first_action != 0 || first_type != 0)) || first_action < action ||
        first_type < type || first_action > count(Section::kActions) ||
        first_type > count(Section::kResourceTypes) ||
        field32(Section::kServices, i, layout::ServiceField::kKeySet) >= sets) {
      return "a service refers to records that do not exist";
    }
    action = first_action;
    type = first_type;
  }
  if (count(Section::kServices) == 0 &&
      (count(Section::kActions) != 0 || count(Section::kResourceTypes) != 0)) {
    return "an action belongs to no service";
  }
  for (std::uint32_t i = 0; i < count(Section::kResourceTypes); ++i) {
    using Field = layout::TypeField;
    if (!range_is_sound(field32(Section::kResourceTypes, i, Field::kFirstForm),
                        field(Section::kResourceTypes, i, Field::kForms, 1),
                        count(Section::kArnForms)) ||
        field(Section::kResourceTypes, i, Field::kService, 2) >= count(Section::kServices) ||
        field(Section::kResourceTypes, i, Field::kKeys, 2) >= sets) {
      return "a resource type refers to records that do not exist";
    }
  }
  return std::nullopt;
}

std::optional<std::string> CatalogueBlob::check_actions() const {
  const std::uint32_t sets = count(Section::kKeySets) - 1;
  for (std::uint32_t i = 0; i < count(Section::kActions); ++i) {
    using Field = layout::ActionField;
    if (!range_is_sound(field32(Section::kActions, i, Field::kFirstUse),
                        field(Section::kActions, i, Field::kUses, 1), count(Section::kUses)) ||
        field(Section::kActions, i, Field::kOwnKeys, 2) >= sets ||
        field(Section::kActions, i, Field::kAllKeys, 2) >= sets) {
      return "an action refers to records that do not exist";
    }
  }
  for (std::uint32_t i = 0; i < count(Section::kUses); ++i) {
    const std::uint32_t type = field(Section::kUses, i, layout::UseField::kType, 2);
    if ((type & ~std::uint32_t{kUseRequired}) >= count(Section::kResourceTypes) ||
        field(Section::kUses, i, layout::UseField::kKeys, 2) >= sets) {
      return "an action refers to a resource type that does not exist";
    }
  }
  std::uint64_t next = 0;  // the smallest action that may come next: the table is sorted
  for (std::uint32_t i = 0; i < count(Section::kDependencies); ++i) {
    using Field = layout::DependencyField;
    const std::uint32_t action = field32(Section::kDependencies, i, Field::kAction);
    if (action < next || action >= count(Section::kActions) ||
        !range_is_sound(field32(Section::kDependencies, i, Field::kFirst),
                        field32(Section::kDependencies, i, Field::kCount),
                        count(Section::kDependents))) {
      return "the dependent actions refer to records that do not exist";
    }
    next = std::uint64_t{action} + 1;
  }
  for (std::uint32_t i = 0; i < count(Section::kDependents); ++i) {
    if (field32(Section::kDependents, i, 0) >= count(Section::kActions)) {
      return "a dependent action does not exist";
    }
  }
  return std::nullopt;
}

std::optional<std::string> CatalogueBlob::check_small_tables() const {
  for (std::uint32_t i = 0; i < count(Section::kPolicies); ++i) {
    using Field = layout::PolicyField;
    if (!range_is_sound(field32(Section::kPolicies, i, Field::kOffset),
                        field32(Section::kPolicies, i, Field::kSize),
                        count(Section::kPolicyBytes)) ||
        field32(Section::kPolicies, i, Field::kDocumentSize) > kMaxDocumentSize) {
      return "a managed policy lies outside its section";
    }
  }
  if (count(Section::kSources) == 0) return "it does not say where it comes from";
  return std::nullopt;
}

std::optional<std::string> CatalogueBlob::check_order() const {
  const auto sorted = [this](Section section, std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t i = begin + 1; i < end; ++i) {
      if (compare_names(text_field(section, i - 1, 0), text_field(section, i, 0)) >= 0)
        return false;
    }
    return true;
  };
  for (const Section section : {Section::kServices, Section::kKeys, Section::kKeyPrefixes,
                                Section::kRetiredServices, Section::kRetiredActions}) {
    if (!sorted(section, 0, count(section))) return "a table is not sorted";
  }
  for (std::uint32_t i = 0; i < count(Section::kServices); ++i) {
    using Field = layout::ServiceField;
    const bool last = i + 1 == count(Section::kServices);
    const std::uint32_t action_end =
        last ? count(Section::kActions) : field32(Section::kServices, i + 1, Field::kFirstAction);
    const std::uint32_t type_end = last ? count(Section::kResourceTypes)
                                        : field32(Section::kServices, i + 1, Field::kFirstType);
    if (!sorted(Section::kActions, field32(Section::kServices, i, Field::kFirstAction),
                action_end) ||
        !sorted(Section::kResourceTypes, field32(Section::kServices, i, Field::kFirstType),
                type_end)) {
      return "the actions or resource types of a service are not sorted";
    }
  }
  for (std::uint32_t i = 1; i < count(Section::kPolicies); ++i) {
    if (text_field(Section::kPolicies, i - 1, 0) >= text_field(Section::kPolicies, i, 0)) {
      return "the managed policies are not sorted";
    }
  }
  return std::nullopt;
}

}  // namespace iamcheck
