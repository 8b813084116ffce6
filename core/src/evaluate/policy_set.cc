#include "iamcheck/policy_set.h"

#include "evaluate/compiled_policy.h"

namespace iamcheck {
namespace {

std::uint8_t bit_of(PolicyKind kind) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(kind));
}

bool lies_on_levels(PolicyKind kind) {
  return kind == PolicyKind::kScp || kind == PolicyKind::kRcp;
}

}  // namespace

PolicySet::PolicySet() = default;
PolicySet::~PolicySet() = default;
PolicySet::PolicySet(const PolicySet&) = default;
PolicySet& PolicySet::operator=(const PolicySet&) = default;
PolicySet::PolicySet(PolicySet&&) noexcept = default;
PolicySet& PolicySet::operator=(PolicySet&&) noexcept = default;

bool PolicySet::add_level(PolicyKind kind, std::string name) {
  std::vector<std::string>& levels = kind == PolicyKind::kScp ? scp_levels_ : rcp_levels_;
  if (!lies_on_levels(kind) || levels.size() >= kMaxLevels) return false;
  levels.push_back(std::move(name));
  kinds_ |= bit_of(kind);
  return true;
}

void PolicySet::add(std::string name, PolicyKind kind, Policy policy) {
  add({std::move(name), kind, std::make_shared<const Policy>(std::move(policy))});
}

void PolicySet::add(AttachedPolicy attached) {
  compiled_.push_back(compile_policy(attached));
  attach(std::move(attached));
}

void PolicySet::add_shared(const PolicySet& from, std::size_t position, std::string name) {
  AttachedPolicy shared = from.policies_[position];
  shared.name = std::move(name);
  compiled_.push_back(from.compiled_[position]);
  attach(std::move(shared));
}

void PolicySet::attach(AttachedPolicy attached) {
  attached.level = 0;
  if (lies_on_levels(attached.kind)) {
    if (levels(attached.kind).empty()) add_level(attached.kind, "account");
    attached.level = static_cast<std::uint32_t>(levels(attached.kind).size() - 1);
  }
  kinds_ |= bit_of(attached.kind);
  policies_.push_back(std::move(attached));
}

const std::vector<std::string>& PolicySet::levels(PolicyKind kind) const {
  static const std::vector<std::string> kNone;
  if (kind == PolicyKind::kScp) return scp_levels_;
  return kind == PolicyKind::kRcp ? rcp_levels_ : kNone;
}

}  // namespace iamcheck
