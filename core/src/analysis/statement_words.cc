#include "analysis/statement_words.h"

#include <algorithm>

#include "evaluate/condition_phrase.h"
#include "iamcheck/arn.h"
#include "iamcheck/condition_operator.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

// Conditions said one by one; a hostile policy may have thousands.
constexpr std::size_t kMaxConditions = 20;
constexpr std::size_t kMaxLength = 160;

std::string shortened(std::string_view text) {
  if (text.size() <= kMaxLength) return std::string(text);
  std::size_t end = kMaxLength;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "...";
}

std::string text_words(const Text& text) {
  return text.unresolved ? "what " + shortened(text.value) + " is at deploy time"
                         : shortened(text.value);
}

bool is_everything(const Text& text) {
  return !text.unresolved && !text.value.empty() &&
         text.value.find_first_not_of('*') == std::string::npos;
}

std::string value_words(const ListElement& element, std::string_view everything,
                        bool (*is_all)(const Text&)) {
  if (std::ranges::any_of(element.values, is_all)) return std::string(everything);
  std::vector<std::string> words;
  words.reserve(element.values.size());
  for (const Text& value : element.values) words.push_back(text_words(value));
  return words.empty() ? "nothing" : listed(words);
}

bool is_every_action(const Text& text) {
  return !text.unresolved && ActionText(text.value).everything;
}

std::string entry_words(const PrincipalEntry& entry) {
  using Type = PrincipalEntry::Type;
  if (entry.value.unresolved) return text_words(entry.value);
  std::string value = shortened(entry.value.value);
  const bool anybody = entry.value.value == "*";
  switch (entry.type) {
    case Type::kEveryone:
      return "everyone";
    case Type::kAws: {
      if (anybody) return "everyone";
      if (is_account_id(value)) return "the account " + value;
      const std::optional<Arn> arn = Arn::parse(value);
      if (arn && arn->service == "iam" && arn->resource == "root")
        return "the account " + std::string(arn->account);
      return value;
    }
    case Type::kService:
      return anybody ? "every AWS service" : "the service " + value;
    case Type::kFederated:
      return anybody ? "users of every identity provider"
                     : "users of the identity provider " + value;
    case Type::kCanonicalUser:
      return "the account with the canonical user id " + value;
    case Type::kOther:
      break;
  }
  return shortened(entry.type_name) + " " + value;
}

std::string principals_of(const PrincipalElement& element) {
  std::vector<std::string> words;
  for (const PrincipalEntry& entry : element.entries) {
    std::string one = entry_words(entry);
    if (one == "everyone") return one;
    words.push_back(std::move(one));
  }
  return words.empty() ? "nobody" : listed(words);
}

struct Booleans {
  bool names_true = false;
  bool names_false = false;
  bool other = false;
};

Booleans booleans_of(const ConditionEntry& entry) {
  Booleans out;
  for (const Text& value : entry.values) {
    const std::string lower = ascii_lower(value.value);
    out.names_true |= lower == "true";
    out.names_false |= lower == "false";
    out.other |= value.unresolved || (lower != "true" && lower != "false");
  }
  return out;
}

std::string null_words(const ConditionEntry& entry, const std::string& key) {
  const Booleans asked = booleans_of(entry);
  if (asked.names_true && asked.names_false) return key + " is present or absent";
  if (asked.other) return "the condition Null on " + key + " holds";
  return key + (asked.names_true ? " is absent" : " is present");
}

std::string condition_in_words(const ConditionEntry& entry) {
  const auto op = parse_condition_operator(entry.condition_operator.value);
  if (!op || entry.condition_operator.unresolved || entry.key.unresolved)
    return condition_phrase(entry, true, Mood::kIs);
  const std::string key = "`" + shortened(entry.key.value) + "`";
  if (entry.values.empty())
    return "the condition " + to_string(*op) + " on " + key + ", which has no values, holds";
  if (op->base->comparison == ConditionComparison::kMissing) return null_words(entry, key);
  if (op->base->family == ConditionFamily::kBool && op->set == SetQualifier::kNone) {
    const Booleans asked = booleans_of(entry);
    if (asked.names_true && asked.names_false)
      return key + (op->if_exists ? " is `true`, `false` or absent" : " is `true` or `false`");
  }
  std::string words = condition_phrase(entry, true, Mood::kIs);
  // S7.1, S7.4: what is missing differs from every value, and nothing is all of everything.
  if (op->set == SetQualifier::kForAllValues) return words + ", or there are none";
  const bool absent_too = op->set == SetQualifier::kNone && (op->base->negated || op->if_exists);
  return absent_too && !words.ends_with(" or absent") ? words + " or absent" : words;
}

}  // namespace

std::string listed(const std::vector<std::string>& words, std::size_t most) {
  std::string out;
  const std::size_t shown = words.size() > most + 1 ? most : words.size();
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
    out += words[i];
  }
  if (shown < words.size()) out += " and " + std::to_string(words.size() - shown) + " more";
  return out;
}

std::string action_words(const Statement& statement) {
  if (statement.expression) return text_words(*statement.expression);
  if (!statement.action && !statement.not_action) return "no action";
  std::string named = statement.action
                          ? value_words(*statement.action, "every action", is_every_action)
                          : "every action";
  if (!statement.not_action) return named;
  if (std::ranges::any_of(statement.not_action->values, is_every_action))
    return "no action: NotAction leaves out all of them";
  return named + (statement.action ? ", but not " : " except ") +
         value_words(*statement.not_action, "", is_every_action);
}

std::string resource_words(const Statement& statement, PolicyKind kind) {
  if (statement.expression) return {};
  if (!statement.resource && !statement.not_resource) {
    if (kind == PolicyKind::kTrust) return "this role";
    return kind == PolicyKind::kResource ? "the resource that has this policy" : "no resource";
  }
  std::string named = statement.resource
                          ? value_words(*statement.resource, "every resource", is_everything)
                          : "every resource";
  if (!statement.not_resource) return named;
  if (std::ranges::any_of(statement.not_resource->values, is_everything))
    return "no resource: NotResource leaves out all of them";
  return named + (statement.resource ? ", but not " : " except ") +
         value_words(*statement.not_resource, "", is_everything);
}

std::string principal_words(const Statement& statement, PolicyKind kind) {
  if (!info(kind).takes_principal || statement.expression) return {};
  if (statement.not_principal)
    return (statement.principal ? principals_of(*statement.principal) + ", but not "
                                : std::string("everyone except ")) +
           principals_of(*statement.not_principal);
  return statement.principal ? principals_of(*statement.principal) : "nobody";
}

std::vector<std::string> condition_words(const Statement& statement) {
  std::vector<std::string> words;
  for (const ConditionEntry& entry : statement.conditions) {
    if (words.size() == kMaxConditions) {
      words.push_back("all of " + std::to_string(statement.conditions.size() - kMaxConditions) +
                      " more conditions hold");
      break;
    }
    words.push_back(condition_in_words(entry));
  }
  return words;
}

}  // namespace iamcheck
