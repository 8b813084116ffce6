#include "lint/condition_facts.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "text/ascii.h"

namespace iamcheck {
namespace {

constexpr std::array<std::string_view, 4> kInEveryRequest = {
    "aws:CurrentTime", "aws:EpochTime", "aws:RequestedRegion", "aws:SecureTransport"};
constexpr std::array<std::string_view, 4> kInSignedRequests = {
    "aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalType", "aws:userid"};

bool is_one_of(std::string_view key, const std::array<std::string_view, 4>& names) {
  return std::ranges::any_of(
      names, [&](std::string_view name) { return equals_ignoring_case(key, name); });
}

}  // namespace

bool is_literal_key(const ConditionPlace& place) {
  return !place.entry.condition_operator.unresolved && !place.entry.key.unresolved &&
         !has_placeholder(place.entry.key.value);
}

std::optional<ConditionKey> catalogued_key(const Catalogue& catalogue,
                                           const ConditionPlace& place) {
  if (!is_literal_key(place)) return std::nullopt;
  return catalogue.find_condition_key(place.entry.key.value);
}

bool names_key(const ConditionPlace& place, std::string_view name) {
  return !place.entry.key.unresolved && equals_ignoring_case(place.entry.key.value, name);
}

ConditionOperator known_operator(const ConditionPlace& place) {
  assert(place.op);
  return place.op.value_or(ConditionOperator{});
}

std::string_view key_prefix(std::string_view key) { return key.substr(0, key.find(':')); }

bool is_audience(const ConditionPlace& place) {
  constexpr std::string_view kAudience = ":aud";
  const std::string_view key = place.entry.key.value;
  return is_literal_key(place) && key.size() > kAudience.size() &&
         equals_ignoring_case(key.substr(key.size() - kAudience.size()), kAudience);
}

bool is_tag_key(const ConditionKey& key) {
  const std::string prefix = ascii_lower(key.template_prefix());
  return key.is_template() && prefix.find("tag/") != std::string::npos;
}

bool holds_without_key(const ConditionPlace& place) {
  if (!place.op) return false;
  if (place.op->base->family == ConditionFamily::kNull) return boolean_value(place) == true;
  if (place.op->if_exists || place.op->set == SetQualifier::kForAllValues) return true;
  return place.negated() && place.op->set == SetQualifier::kNone;
}

std::optional<bool> boolean_value(const ConditionPlace& place) {
  if (place.entry.values.size() != 1 || place.entry.values[0].unresolved) return std::nullopt;
  const std::string& text = place.entry.values[0].value;
  if (equals_ignoring_case(text, "true")) return true;
  if (equals_ignoring_case(text, "false")) return false;
  return std::nullopt;
}

bool is_always_present(std::string_view key, PolicyKind kind) {
  return is_one_of(key, kInEveryRequest) ||
         (!info(kind).takes_principal && is_one_of(key, kInSignedRequests));
}

void NullTests::add(const Statement& statement) {
  for (const ConditionPlace& place : condition_places(statement)) {
    if (place.op && place.op->base->family == ConditionFamily::kNull &&
        boolean_value(place) == missing_)
      keys_.insert(ascii_lower(place.entry.key.value));
  }
}

bool NullTests::contains(std::string_view key) const { return keys_.contains(ascii_lower(key)); }

NullTests missing_keys_denied(const Policy& policy) {
  NullTests tests(true);
  for (const Statement& statement : policy.statements) {
    if (statement.effect == Effect::kDeny) tests.add(statement);
  }
  return tests;
}

}  // namespace iamcheck
