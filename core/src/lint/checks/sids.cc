// What names statements.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "lint/context.h"
#include "lint/edits.h"
#include "lint/written_variable.h"

namespace iamcheck {
namespace {

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Whose letters can be judged.
bool is_named(const RuleContext& context, const Statement& statement) {
  return statement.sid && !statement.sid->unresolved && !statement.sid->value.empty() &&
         !is_left_open(context, statement.sid->value);
}

std::set<std::string, std::less<>> taken_sids(const Policy& policy) {
  std::set<std::string, std::less<>> taken;
  for (const Statement& statement : policy.statements) {
    if (statement.sid) taken.insert(statement.sid->value);
  }
  return taken;
}

std::optional<Fix> renaming(const Policy& policy, const Text& sid, const std::string& name) {
  if (!is_plain(policy, sid)) return std::nullopt;
  return Fix{true, "write " + quoted(name), {{sid.span, json_string(name)}}};
}

// One finding for each Sid that stands more than once.
void report_duplicates(RuleContext& context, std::string_view consequence) {
  const Policy& policy = context.policy();
  std::map<std::string_view, std::vector<const Statement*>> by_sid;
  for (const Statement& statement : policy.statements) {
    if (is_named(context, statement)) by_sid[statement.sid->value].push_back(&statement);
  }
  auto taken = taken_sids(policy);
  for (const auto& [sid, statements] : by_sid) {
    if (statements.size() < 2) continue;
    const bool keep = !context.full();
    const Statement& second = *statements[1];
    std::string message = statements.size() == 2 ? "two" : std::to_string(statements.size());
    message.append(" statements have the Sid ").append(quoted(sid)).append(consequence);
    Finding& finding = context.report(second.sid ? second.sid->span : second.span,
                                      path_of(policy, second) + ".Sid", std::move(message));
    if (!keep) continue;
    finding.help = "give each statement a Sid of its own, or none";
    std::vector<Edit> edits;
    std::size_t number = 2;
    for (const Statement* statement : statements) {
      if (statement == &second || !statement->sid) continue;
      finding.related.push_back(
          {statement->sid->span, statement == statements[0] ? "the first one" : "this one too"});
    }
    for (std::size_t i = 1; i < statements.size(); ++i) {
      const Text& text = statements[i]->sid.value_or(Text());
      std::string name = std::string(sid) + std::to_string(number);
      while (taken.contains(name)) name = std::string(sid) + std::to_string(++number);
      taken.insert(name);
      if (is_plain(policy, text)) edits.push_back({text.span, json_string(name)});
    }
    if (edits.size() + 1 == statements.size())
      finding.fix = Fix{true, "number the later ones", std::move(edits)};
  }
}

}  // namespace

void check_invalid_sid_chars(RuleContext& context) {
  const Policy& policy = context.policy();
  const auto taken = taken_sids(policy);
  for (const Statement& statement : policy.statements) {
    if (!is_named(context, statement) || !statement.sid) continue;
    const Text& sid = *statement.sid;
    if (std::ranges::all_of(sid.value, is_alphanumeric)) continue;
    Finding& finding = context.report(
        sid.span, path_of(policy, statement) + ".Sid",
        "the Sid " + quoted(sid.value) + " has characters other than letters and digits");
    finding.notes.push_back("AWS refuses such a Sid in this type of policy");
    std::string name;
    std::ranges::copy_if(sid.value, std::back_inserter(name), is_alphanumeric);
    finding.help = "a Sid has the characters A-Z, a-z and 0-9";
    if (!name.empty() && !taken.contains(name)) finding.fix = renaming(policy, sid, name);
  }
}

void check_duplicate_sid(RuleContext& context) {
  report_duplicates(context, "; AWS refuses this policy");
}

void check_duplicate_sid_resource_policy(RuleContext& context) { report_duplicates(context, ""); }

}  // namespace iamcheck
