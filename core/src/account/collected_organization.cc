#include "account/collected_organization.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "account/full_access.h"
#include "iamcheck/arn.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

constexpr std::string_view kAgain =
    "collect the organization again; SCPs and RCPs are unknown until then";

struct TypeWords {
  PolicyKind kind;
  std::string_view member;
  std::string_view feature;
  std::string_view shown;
};
constexpr std::array<TypeWords, 2> kTypes = {
    {{PolicyKind::kScp, "scps", "servicecontrolpolicy", "SCPs"},
     {PolicyKind::kRcp, "rcps", "resourcecontrolpolicy", "RCPs"}}};

// `ou-ab12-11111111`, or the end of an ARN.
std::string id_of(std::string_view text) {
  const std::size_t slash = text.rfind('/');
  return std::string(slash == std::string_view::npos ? text : text.substr(slash + 1));
}

std::optional<bool> state_of(const Node& value) {
  const std::string word = ascii_lower(value.text);
  if (word == "true" || word == "enabled") return true;
  if (word == "false" || word == "disabled") return false;
  return std::nullopt;
}

// What the features of the organization say about a type of policy, if they do.
std::optional<bool> feature(const Node* features, std::string_view wanted) {
  if (features == nullptr) return std::nullopt;
  const auto is = [&](std::string_view text) {
    std::string name = plain_name(text);
    if (name.ends_with("ies")) name.replace(name.size() - 3, 3, "y");
    return name == wanted;
  };
  for (const Member& one : features->members) {
    if (is(one.name)) return state_of(one.value);
  }
  for (const Node& item : features->items) {
    if (item.is_text() && is(item.text)) return true;
    const Node *type = nullptr, *status = nullptr;
    for (const Member& one : item.members) {
      if (plain_name(one.name) == "type") type = &one.value;
      if (plain_name(one.name) == "status") status = &one.value;
    }
    if (type != nullptr && status != nullptr && is(type->text)) return state_of(*status);
  }
  return std::nullopt;
}

}  // namespace

void CollectedOrganization::add(const CollectedFolder& folder) {
  if (folder.place.inner.empty()) {
    own_folders_.push_back(&folder);
    return;
  }
  if (folder.place.inner.starts_with("scps/") || folder.place.inner.starts_with("rcps/"))
    return add_policy(folder);
  if (values_.has_unknown_policies(folder, {"metadata", "tags"}))
    folder_.leave_organization(builder_.last_complaint);
}

void CollectedOrganization::add_policy(const CollectedFolder& folder) {
  if (folder.arn.empty()) return;  // said; whoever it is attached to does not find it
  bool found = false;
  std::shared_ptr<const Policy> policy =
      values_.policy(folder, {"policy", "current-policy"}, folder.arn, found);
  if (!found)
    builder_.complain(folder.metadata->source, folder.metadata->root.span,
                      "the policy `" + folder.arn + "` has no policy.json",
                      "collect it again; what it is attached to is undecided until then");
  const auto [entry, fresh] = policies_.try_emplace(folder.arn);
  if (!fresh) {
    builder_.complain(folder.metadata->source, folder.metadata->root.span,
                      "`" + folder.arn + "` is described twice",
                      "leave one of them; what it is attached to is undecided until then");
    policy = nullptr;
  }
  Policies& one = entry->second;
  one.policy = std::move(policy);
  one.why = builder_.last_complaint;
  one.name = values_.text(*folder.metadata, folder.metadata->root, {"name"});
  if (one.name.empty()) one.name = id_of(folder.arn);
}

void CollectedOrganization::leave(const Document& document, Span span, const std::string& message) {
  builder_.complain(document.source, span, message, std::string(kAgain));
  folder_.leave_organization(builder_.last_complaint);
}

Attachment CollectedOrganization::attached(const Document& document, const CollectedArn& arn,
                                           PolicyKind kind) {
  if (arn.text.empty()) return builder_.attachment(kind, nullptr, "a policy of the organization");
  if (const auto known = policies_.find(arn.text); known != policies_.end()) {
    builder_.last_complaint = known->second.why;
    return builder_.attachment(kind, known->second.policy, known->second.name);
  }
  const std::string id = id_of(arn.text);
  const bool aws = Arn::parse(arn.text).value_or(Arn{}).account == "aws";
  const std::string name = id.starts_with("p-") ? id.substr(2) : id;
  std::shared_ptr<const Policy> policy = aws ? full_access_policy(name) : nullptr;
  if (policy == nullptr) {
    builder_.complain(document.source, arn.node->span,
                      "the policy `" + arn.text + "` is attached, but was not collected",
                      "collect it too; what it is attached to is undecided until then");
    policies_[arn.text] = {nullptr, id, builder_.last_complaint};
  }
  return builder_.attachment(kind, std::move(policy), aws ? name : id);
}

void CollectedOrganization::make_unknown(OrganizationLevel& level) {
  const std::string name = "the policies of " + (level.id.empty() ? "a level" : level.id);
  level.scps.push_back(builder_.attachment(PolicyKind::kScp, nullptr, name));
  level.rcps.push_back(builder_.attachment(PolicyKind::kRcp, nullptr, name));
  organization().partial = true;
}

void CollectedOrganization::read_attached(const Document& document, const Node& node,
                                          std::size_t position, PolicyKind kind) {
  const TypeWords& words = *std::ranges::find(kTypes, kind, &TypeWords::kind);
  Type& type = types_[kind];
  const Node* list = values_.member(document, node, {words.member});
  if (list == nullptr || list->kind == Node::Kind::kNull) {
    type.gaps.push_back({position, document.source, node.span});
    return;
  }
  OrganizationLevel& level = organization().levels[position];
  for (const CollectedArn& arn : values_.arns(document, *list)) {
    type.attached = true;
    (kind == PolicyKind::kScp ? level.scps : level.rcps).push_back(attached(document, arn, kind));
  }
}

// `node` may be null: nothing is known of such a level.
std::size_t CollectedOrganization::add_level(const Document& document, const Node* node,
                                             const std::string& id, std::size_t parent) {
  Organization& organization = this->organization();
  const std::size_t position = organization.levels.size();
  organization.levels.push_back({node == nullptr ? "" : id, position == 0 ? 0 : parent, {}, {}});
  if (node == nullptr) {
    make_unknown(organization.levels[position]);
    return position;
  }
  builder_.clean = true;
  for (const Member& one : node->members) {
    const std::string name = plain_name(one.name);
    if (name != "scps" && name != "rcps" && speaks_of_policies(one.value))
      builder_.complain(document.source, one.name_span,
                        "`" + one.name + "` is no member that is read here, and speaks of policies",
                        "see docs/account.md; what hangs on it is undecided");
  }
  if (!node->is_object())
    builder_.complain(document.source, node->span, "a unit or account is no object",
                      std::string(kAgain));
  // A list that stands twice is complained about.
  for (const TypeWords& words : kTypes) (void)values_.member(document, *node, {words.member});
  if (!builder_.clean) {
    make_unknown(organization.levels[position]);
  } else {
    for (const TypeWords& words : kTypes) read_attached(document, *node, position, words.kind);
  }
  return position;
}

// The level of a unit, with those above it first. Chains are as long as the file makes them: no
// recursion.
std::size_t CollectedOrganization::place(const std::string& unit) {
  const Document& document = *units_file_;
  std::vector<std::string> chain;
  std::set<std::string> seen;
  std::string next = unit;
  while (!levels_.contains(next)) {
    const auto known = units_.find(next);
    const bool circle = !seen.insert(next).second;
    if (circle || known == units_.end() || known->second.parent.empty()) {
      std::string what = "the unit `" + next;
      what.append(circle                  ? "` lies in itself"
                  : known == units_.end() ? "` is not among the units"
                                          : "` has no `parent`, and is not the root");
      builder_.complain(document.source,
                        known == units_.end() ? document.root.span : known->second.node->span,
                        std::move(what), std::string(kAgain));
      levels_[next] = add_level(document, nullptr, next, 0);
      break;
    }
    chain.push_back(next);
    next = known->second.parent;
  }
  const Organization& organization = this->organization();
  for (auto one = chain.rbegin(); one != chain.rend(); ++one) {
    if (levels_.contains(*one)) continue;
    const Unit& known = units_.at(*one);
    const std::size_t parent = levels_.at(known.parent);
    std::size_t depth = 1;
    for (std::size_t at = parent; at != 0; at = organization.levels[at].parent) ++depth;
    // An account lies below it.
    const bool deep = depth + 2 >= PolicySet::kMaxLevels;
    if (deep)
      builder_.complain(document.source, known.node->span, "units are nested too deep",
                        "AWS nests at most five units");
    levels_[*one] = add_level(document, deep ? nullptr : known.node, *one, deep ? 0 : parent);
  }
  return levels_.at(unit);
}

bool CollectedOrganization::read_metadata(const Document& document) {
  Organization& organization = this->organization();
  builder_.clean = true;
  organization.file = document.source->name();
  organization.id = values_.text(document, document.root, {"id", "organizationid"});
  organization.management_account = values_.text(
      document, document.root, {"rootaccountid", "managementaccountid", "masteraccountid"});
  root_ = id_of(values_.text(document, document.root, {"rootou", "rootouid", "rootid"}));
  if (!builder_.clean) {
    folder_.leave_organization(builder_.last_complaint);
    return false;
  }
  // Without it nobody knows in which account SCPs have no effect (S9.3).
  if (is_account_id(organization.management_account)) return true;
  leave(document, document.root.span,
        "the organization has no `rootAccountId` that is the id of an account");
  return false;
}

void CollectedOrganization::read_units(const Document& document) {
  if (!document.root.is_object())
    return leave(document, document.root.span, "the units are no object");
  std::vector<std::string> roots;
  for (const Member& one : document.root.members) {
    Unit unit{&one.value, ""};
    builder_.clean = true;
    if (one.value.is_object())
      unit.parent = id_of(values_.text(document, one.value, {"parent", "parentid"}));
    if (!builder_.clean) folder_.leave_organization(builder_.last_complaint);
    if (unit.parent.empty()) roots.push_back(id_of(one.name));
    if (!units_.emplace(id_of(one.name), std::move(unit)).second)
      leave(document, one.name_span, "the unit `" + one.name + "` stands here twice");
  }
  if (root_.empty() && roots.size() == 1) root_ = roots.front();
  const auto root = units_.find(root_);
  if (root == units_.end())
    return leave(
        document, document.root.span,
        root_.empty() ? "no unit here is the root" : "the root `" + root_ + "` is not here");
  levels_[root_] = add_level(document, root->second.node, root_, 0);
  for (const auto& [id, unit] : units_) place(id);
}

void CollectedOrganization::read_accounts(const Document& document) {
  if (!document.root.is_object())
    return leave(document, document.root.span, "the accounts are no object");
  Organization& organization = this->organization();
  for (const Member& one : document.root.members) {
    if (!is_account_id(one.name)) {
      leave(document, one.name_span, "`" + one.name + "` is no account id");
      continue;
    }
    const Node* unit = values_.member(document, one.value, {"ou", "ouid", "parent"});
    std::size_t parent = 0;
    if (unit != nullptr && unit->is_text() && !unit->text.empty()) {
      parent = place(id_of(unit->text));
    } else {
      builder_.complain(document.source, one.value.span, "the account " + one.name + " has no `ou`",
                        std::string(kAgain));
      parent = add_level(document, nullptr, "", 0);
    }
    const std::size_t position = add_level(document, &one.value, one.name, parent);
    if (organization.accounts.emplace(one.name, position).second) continue;
    builder_.complain(document.source, one.name_span,
                      "the account " + one.name + " stands here twice", std::string(kAgain));
    make_unknown(organization.levels[organization.accounts.at(one.name)]);
  }
}

// AWS keeps at least one policy attached to every level while a type is enabled: lists that are all
// empty say that it is not, or that nobody could read them.
void CollectedOrganization::settle(PolicyKind kind) {
  const TypeWords& words = *std::ranges::find(kTypes, kind, &TypeWords::kind);
  const Type& type = types_[kind];
  Organization& organization = this->organization();
  const std::optional<bool> enabled =
      feature(values_.member(*metadata_, metadata_->root, {"features"}), words.feature);
  const std::string shown(words.shown);
  if (enabled == false && type.attached)
    return leave(*metadata_, metadata_->root.span,
                 shown + " are not enabled here, and attached elsewhere");
  if (enabled == false) return;
  const bool scps = kind == PolicyKind::kScp;
  if (!type.attached && (!type.gaps.empty() || (scps && enabled == true)))
    return leave(*metadata_, metadata_->root.span,
                 "no level of the organization says which " + shown + " it has");
  if (!type.attached) return;
  (scps ? organization.has_scps : organization.has_rcps) = true;
  for (const Gap& gap : type.gaps) {
    OrganizationLevel& level = organization.levels[gap.position];
    builder_.complain(
        gap.source, gap.span,
        "`" + level.id + "` has no `" + std::string(words.member) + "`, other levels have",
        std::string(kAgain));
    (scps ? level.scps : level.rcps)
        .push_back(builder_.attachment(kind, nullptr, shown + " of " + level.id));
  }
}

void CollectedOrganization::finish() {
  if (own_folders_.empty()) return;
  const CollectedFolder& own = *own_folders_.front();
  if (own_folders_.size() > 1 || folder_.has_organization()) {
    std::string names;
    for (const CollectedFolder* one : own_folders_) names.append(" ").append(one->place.folder);
    builder_.complain(nullptr, {}, "several organizations:" + names,
                      "name one of them, and the folders of the accounts; SCPs and RCPs are "
                      "unknown until then");
    return folder_.leave_organization(builder_.last_complaint);
  }
  metadata_ = values_.file(own, "metadata");
  units_file_ = values_.file(own, "ous");
  const std::shared_ptr<const Document> accounts = values_.file(own, "accounts");
  if (metadata_ == nullptr || units_file_ == nullptr || accounts == nullptr) {
    for (const std::string_view kind : {"metadata", "ous", "accounts"}) {
      if (own.has(kind)) continue;
      std::string message = own.place.folder;
      builder_.complain(nullptr, {}, message.append(" has no ").append(kind).append(".json"),
                        std::string(kAgain));
    }
    return folder_.leave_organization(builder_.last_complaint);
  }
  if (values_.has_unknown_policies(own, {"metadata", "ous", "accounts"}))
    folder_.leave_organization(builder_.last_complaint);
  (void)organization();
  if (!read_metadata(*metadata_)) return;
  read_units(*units_file_);
  if (builder_.out.organization_unread) return;
  read_accounts(*accounts);
  for (const TypeWords& words : kTypes) settle(words.kind);
  if (!builder_.out.organization_unread) folder_.say_unlisted_accounts(*accounts);
}

}  // namespace iamcheck
