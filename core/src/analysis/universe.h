#pragma once

// What requests can be, as far as the policies of one question tell them apart.
//
// A request is an action, a resource, a caller, and for each condition key no value, one or a list
// (docs/analysis.md, "The requests"). The universe names these attributes and the sets of values
// that policies compare them with. Equal sets have one number, so that a statement that two
// policies share cancels out.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "condition/families/policy_values.h"
#include "iamcheck/context_key.h"
#include "match/language_set.h"

namespace iamcheck::analysis {

using AttributeId = std::uint32_t;
using SetId = std::uint32_t;

inline constexpr AttributeId kActionAttribute = 0;
inline constexpr AttributeId kResourceAttribute = 1;
inline constexpr AttributeId kPrincipalAttribute = 2;
inline constexpr AttributeId kFirstKey = 3;

struct Attribute {
  enum class Kind : std::uint8_t {
    kAction,     ///< `service:name` in lower case
    kResource,   ///< an ARN, or `*`
    kPrincipal,  ///< see principals.h
    kKey,        ///< a condition key
    kOpen,       ///< something known only at deploy time, which may be so or not
  };
  Kind kind = Kind::kKey;
  std::string name;    ///< of a key as first written
  bool lists = false;  ///< a request may have a list for it
};

/// Values that a policy compares an attribute with: what one operator says of one list of values.
struct ValueSet {
  LanguageSet languages;                          ///< of texts, when `typed` is empty
  std::shared_ptr<families::PolicyValues> typed;  ///< of numbers, dates, addresses and bytes
  ConditionFamily family = ConditionFamily::kString;
  std::vector<std::string> samples;  ///< of a typed set: its values as written
  /// Also what is not of the operator's type, which no negated operator lets pass (S7.7).
  bool or_mistyped = false;
  bool everything = false;

  bool is_typed() const { return typed != nullptr; }
  /// It holds what a request may bring or not: variables.
  bool open() const { return languages.any_open(); }
  /// Whether the text belongs to it; for an open one, whether it may.
  bool has(std::string_view text) const;
  /// Whether the text can lie inside, or outside: what an open set may hold keeps nothing out.
  bool can_place(std::string_view text, bool inside) const;
};

class Universe {
 public:
  Universe();

  AttributeId key(std::string_view name);
  /// One that stands for what the text says at deploy time.
  AttributeId open_question(std::string_view text);
  /// `description` tells equal sets; `make` is asked when it is new.
  template <typename Make>
  SetId set(const std::string& description, const Make& make) {
    const auto [known, fresh] = set_ids_.emplace(description, static_cast<SetId>(sets_.size()));
    if (fresh) {
      sets_.push_back(std::make_unique<ValueSet>(make()));
      sets_.back()->languages.sort();
    }
    return known->second;
  }

  /// The one text.
  SetId exactly(const std::string& text);

  const std::vector<Attribute>& attributes() const { return attributes_; }
  const ValueSet& set(SetId id) const { return *sets_[id]; }
  std::size_t set_count() const { return sets_.size(); }
  /// Everything, and the texts that are not empty.
  SetId everything() const { return everything_; }
  SetId not_empty() const { return not_empty_; }
  /// Resources that people like to read, best first: of the account and region of examples.
  std::vector<SetId> readable_resources();

 private:
  std::vector<Attribute> attributes_;
  std::map<std::string, AttributeId, std::less<>> attribute_ids_;
  std::vector<std::unique_ptr<ValueSet>> sets_;  // they stay where they are
  std::map<std::string, SetId> set_ids_;
  SetId everything_ = 0, not_empty_ = 0;
};

/// "Some value of the attribute lies in the set" (`outside`: lies not in it), or the opposite of
/// that. Of `kIsList`: the attribute has a list.
struct Literal {
  static constexpr SetId kIsList = 0xffffffff;
  AttributeId attribute = 0;
  SetId set = 0;
  bool outside = false;
  bool holds = true;

  Literal opposite() const { return {attribute, set, outside, !holds}; }
  std::uint64_t code() const {
    return (std::uint64_t{attribute} << 34) | (std::uint64_t{set} << 2) | (outside ? 2U : 0U) |
           (holds ? 1U : 0U);
  }
  friend bool operator==(const Literal&, const Literal&) = default;
};

/// All of them hold: the requests that one reading of a statement is about.
using Box = std::vector<Literal>;

}  // namespace iamcheck::analysis
