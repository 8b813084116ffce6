#include "analysis/catalogued.h"

#include <algorithm>

#include "text/ascii.h"

namespace iamcheck::analysis {
namespace {

// `arn:${Partition}:s3:::${BucketName}/${ObjectName}` with a star for each placeholder.
std::string pattern_of(std::string_view form) {
  std::string text;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const std::size_t end = form[i] == '$' ? form.find('}', i) : std::string_view::npos;
    if (end == std::string_view::npos) {
      text += form[i];
      continue;
    }
    text += '*';
    i = end;
  }
  return text;
}

// A name without a slash. Source: S3 User Guide, "General purpose bucket naming rules".
bool is_bucket(const ResourceType& type) {
  for (const std::string_view form : type.arn_forms()) {
    if (form == "arn:${Partition}:s3:::${BucketName}") return true;
  }
  return false;
}

template <typename List>
void add_ids(const List& keys, std::set<std::uint32_t>& ids) {
  for (const ConditionKey key : keys) ids.insert(key.id());
}

}  // namespace

bool CataloguedRequests::fits(const Piece& piece, AttributeId attribute) const {
  return domain_.ask(attribute, piece.about(attribute)).feasible != Feasible::kNo;
}

std::optional<Piece> CataloguedRequests::part_of(const Piece& piece) {
  const std::vector<Literal> actions = piece.about(kActionAttribute);
  const auto is_meant = [&](const std::string& name) {
    return std::ranges::all_of(actions, [&](const Literal& literal) {
      return universe_.set(literal.set).can_place(name, literal.holds != literal.outside);
    });
  };
  // Two actions with the same types and keys can do the same here.
  std::set<std::pair<std::uint32_t, std::set<std::uint32_t>>> tried;
  constexpr std::uint32_t kNoType = 0xffffffff;
  for (const Service service : catalogue_.services()) {
    const std::string prefix = ascii_lower(service.prefix()) + ":";
    Piece within = piece;
    within.literals.push_back({kActionAttribute,
                               universe_.set("service " + prefix,
                                             [&] {
                                               ValueSet all;
                                               all.languages.emplace(
                                                   Pattern::like(prefix + "*", {}));
                                               return all;
                                             }),
                               false, true});
    if (!fits(within, kActionAttribute)) continue;
    for (const Action action : service.actions()) {
      const std::string name = ascii_lower(action.full_name());
      if (!is_meant(name)) continue;
      bool needs_type = false;
      for (const ResourceUse use : action.resource_types()) {
        needs_type = needs_type || use.required();
        Use with_type{name, use.type(), {}};
        add_ids(action.own_condition_keys(), with_type.keys);
        add_ids(use.condition_keys(), with_type.keys);
        if (!tried.emplace(use.type().id(), with_type.keys).second) continue;
        if (auto part = part_for(piece, with_type)) return part;
      }
      if (needs_type) continue;
      Use alone{name, std::nullopt, {}};
      add_ids(action.own_condition_keys(), alone.keys);
      const bool usual = name != "s3:listallmybuckets";
      if (usual && !tried.emplace(kNoType, alone.keys).second) continue;
      if (auto part = part_for(piece, alone)) return part;
    }
  }
  return std::nullopt;
}

std::optional<Piece> CataloguedRequests::part_for(const Piece& piece, const Use& use) {
  Piece part = piece;
  part.literals.push_back({kActionAttribute, universe_.exactly(use.name), false, true});
  // S6.5: the one action on `*` that AWS authorizes on an ARN.
  const std::string none = use.name == "s3:listallmybuckets" ? "arn:aws:s3:::*" : "*";
  const auto forms_of_type = [&] {
    ValueSet forms;
    for (const std::string_view form : use.type->arn_forms()) {
      const std::string pattern = pattern_of(form);
      forms.everything = forms.everything || pattern == "*";
      forms.languages.emplace(Pattern::resource_arn(pattern, {}, true));
    }
    return forms;
  };
  const SetId resource =
      use.type ? universe_.set("type " + std::to_string(use.type->id()), forms_of_type)
               : universe_.exactly(none);
  part.literals.push_back({kResourceAttribute, resource, false, true});
  if (use.type && is_bucket(*use.type)) {
    const SetId objects = universe_.set("objects", [] {
      ValueSet set;
      set.languages.emplace(Pattern::resource_arn("arn:*:s3:::*/*", {}, true));
      return set;
    });
    part.literals.push_back({kResourceAttribute, objects, false, false});
  }
  if (!fits(part, kResourceAttribute)) return std::nullopt;
  const std::vector<Attribute>& attributes = universe_.attributes();
  for (AttributeId id = kFirstKey; id < attributes.size(); ++id) {
    if (attributes[id].kind != Attribute::Kind::kKey) continue;
    const auto key = catalogue_.find_condition_key(attributes[id].name);
    if (key && (key->global() || use.keys.contains(key->id()))) continue;
    part.literals.push_back({id, universe_.everything(), false, false});
    if (!fits(part, id)) return std::nullopt;
  }
  return part;
}

}  // namespace iamcheck::analysis
