// What the handles of catalogue.h read from their records.
#include <array>

#include "catalogue/blob.h"
#include "catalogue/lists.h"
#include "iamcheck/catalogue.h"

namespace iamcheck {

using layout::Section;

std::string_view to_string(AccessLevel level) {
  switch (level) {
    case AccessLevel::kList:
      return "List";
    case AccessLevel::kRead:
      return "Read";
    case AccessLevel::kWrite:
      return "Write";
    case AccessLevel::kPermissionsManagement:
      return "PermissionsManagement";
    case AccessLevel::kTagging:
      return "Tagging";
  }
  return "";
}

std::vector<AccessLevel> AccessLevels::list() const {
  std::vector<AccessLevel> levels;
  for (const AccessLevel level : {AccessLevel::kList, AccessLevel::kRead, AccessLevel::kWrite,
                                  AccessLevel::kPermissionsManagement, AccessLevel::kTagging}) {
    if (has(level)) levels.push_back(level);
  }
  return levels;
}

std::string_view to_string(KeyType type) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "String", "ARN", "Bool", "Numeric", "Date", "IPAddress", "Binary"};
  return kNames[static_cast<std::size_t>(type)];
}

// --- services ---

std::string_view Service::prefix() const {
  return blob_->text_field(Section::kServices, id_, layout::ServiceField::kPrefix);
}
std::string_view Service::name() const {
  return blob_->text_field(Section::kServices, id_, layout::ServiceField::kName);
}
CatalogueList<Action> Service::actions() const {
  const RecordRange range = service_actions(*blob_, id_);
  return list_of<Action>(*blob_, range.begin, range.end - range.begin);
}
CatalogueList<ResourceType> Service::resource_types() const {
  const RecordRange range = service_types(*blob_, id_);
  return list_of<ResourceType>(*blob_, range.begin, range.end - range.begin);
}
CatalogueList<ConditionKey> Service::condition_keys() const {
  return key_set(*blob_, blob_->field32(Section::kServices, id_, layout::ServiceField::kKeySet));
}
bool Service::supports_rcp() const {
  return (blob_->field(Section::kServices, id_, layout::ServiceField::kMarks, 1) &
          layout::kServiceRcp) != 0;
}

// --- condition keys ---

std::string_view ConditionKey::name() const {
  return blob_->text_field(Section::kKeys, id_, layout::KeyField::kName);
}
KeyType ConditionKey::type() const {
  // A Date that also takes numbers is a Date first; no other pair exists so far.
  if (has_type(KeyType::kDate)) return KeyType::kDate;
  for (const KeyType type :
       {KeyType::kArn, KeyType::kBool, KeyType::kNumeric, KeyType::kIpAddress, KeyType::kBinary}) {
    if (has_type(type)) return type;
  }
  return KeyType::kString;
}
bool ConditionKey::has_type(KeyType type) const {
  const std::uint32_t bits = blob_->field(Section::kKeys, id_, layout::KeyField::kTypes, 1);
  return (bits >> static_cast<unsigned>(type) & 1) != 0;
}
bool ConditionKey::multivalued() const {
  return (blob_->field(Section::kKeys, id_, layout::KeyField::kMarks, 1) &
          layout::kKeyMultivalued) != 0;
}
bool ConditionKey::global() const {
  return (blob_->field(Section::kKeys, id_, layout::KeyField::kMarks, 1) & layout::kKeyGlobal) != 0;
}
bool ConditionKey::is_template() const { return template_prefix().size() != name().size(); }
std::string_view ConditionKey::template_prefix() const {
  const std::string_view text = name();
  const std::size_t open = text.find("${");
  if (open == std::string_view::npos || text.find('}', open) == std::string_view::npos) return text;
  return text.substr(0, open);
}
std::string_view ConditionKey::template_suffix() const {
  const std::string_view text = name();
  const std::size_t prefix = template_prefix().size();
  if (prefix == text.size()) return {};
  return text.substr(text.find('}', prefix) + 1);
}

// --- resource types ---

std::string_view ResourceType::name() const {
  return blob_->text_field(Section::kResourceTypes, id_, layout::TypeField::kName);
}
Service ResourceType::service() const {
  return {blob_, blob_->field(Section::kResourceTypes, id_, layout::TypeField::kService, 2)};
}
CatalogueList<std::string_view> ResourceType::arn_forms() const {
  return text_list(*blob_, Section::kArnForms,
                   blob_->field32(Section::kResourceTypes, id_, layout::TypeField::kFirstForm),
                   blob_->field(Section::kResourceTypes, id_, layout::TypeField::kForms, 1));
}
CatalogueList<ConditionKey> ResourceType::condition_keys() const {
  return key_set(*blob_, blob_->field(Section::kResourceTypes, id_, layout::TypeField::kKeys, 2));
}

ResourceType ResourceUse::type() const {
  return {blob_, blob_->field(Section::kUses, id_, layout::UseField::kType, 2) &
                     ~std::uint32_t{layout::kUseRequired}};
}
bool ResourceUse::required() const {
  return (blob_->field(Section::kUses, id_, layout::UseField::kType, 2) & layout::kUseRequired) !=
         0;
}
CatalogueList<ConditionKey> ResourceUse::condition_keys() const {
  return key_set(*blob_, blob_->field(Section::kUses, id_, layout::UseField::kKeys, 2));
}

// --- actions ---

std::string_view Action::name() const {
  return blob_->text_field(Section::kActions, id_, layout::ActionField::kName);
}
std::string Action::full_name() const {
  std::string text(service().prefix());
  text += ':';
  text += name();
  return text;
}
Service Action::service() const { return {blob_, service_of_action(*blob_, id_)}; }
AccessLevels Action::access_levels() const {
  const std::uint32_t bits = blob_->field(Section::kActions, id_, layout::ActionField::kBits, 1);
  return AccessLevels(
      static_cast<std::uint8_t>(bits & ~std::uint32_t{layout::kActionPermissionOnly}));
}
CatalogueList<ResourceUse> Action::resource_types() const {
  return list_of<ResourceUse>(
      *blob_, blob_->field32(Section::kActions, id_, layout::ActionField::kFirstUse),
      blob_->field(Section::kActions, id_, layout::ActionField::kUses, 1));
}
CatalogueList<ConditionKey> Action::condition_keys() const {
  return key_set(*blob_, blob_->field(Section::kActions, id_, layout::ActionField::kAllKeys, 2));
}
CatalogueList<ConditionKey> Action::own_condition_keys() const {
  return key_set(*blob_, blob_->field(Section::kActions, id_, layout::ActionField::kOwnKeys, 2));
}
CatalogueList<Action> Action::dependent_actions() const { return dependents(*blob_, id_); }
bool Action::permission_only() const {
  return (blob_->field(Section::kActions, id_, layout::ActionField::kBits, 1) &
          layout::kActionPermissionOnly) != 0;
}

}  // namespace iamcheck
