#include "lint/statement_mergers.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace iamcheck {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// What a statement says but for one of its elements, as one text to compare.
std::string rest_of(const Statement& statement, std::string_view left_out) {
  std::string rest;
  const auto add = [&](std::string_view text) { rest.append(text).append(1, '\1'); };
  const auto add_list = [&](std::string_view name, const std::optional<ListElement>& list) {
    if (!list || name == left_out) return;
    add(name);
    for (const Text& value : list->values) add(value.value);
  };
  const auto add_principal = [&](std::string_view name, const auto& element) {
    if (!element) return;
    add(name);
    for (const PrincipalEntry& entry : element->entries) {
      add(entry.type_name);
      add(entry.value.value);
    }
  };
  add(statement.effect_text ? statement.effect_text->value : "");
  add_list("Action", statement.action);
  add_list("NotAction", statement.not_action);
  add_list("Resource", statement.resource);
  add_list("NotResource", statement.not_resource);
  add_principal("Principal", statement.principal);
  add_principal("NotPrincipal", statement.not_principal);
  for (const ConditionEntry& entry : statement.conditions) {
    add(entry.condition_operator.value);
    add(entry.key.value);
    for (const Text& value : entry.values) add(value.value);
  }
  return rest;
}

// A statement, and the size of the list in which it differs from others.
struct Candidate {
  const Statement* statement = nullptr;
  std::size_t list = 0;
};

std::string listed(const std::vector<Candidate>& candidates) {
  constexpr std::size_t kMost = 4;
  if (candidates.size() > kMost) return std::to_string(candidates.size()) + " statements";
  std::string text = "statements ";
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (i > 0) text += i + 1 == candidates.size() ? " and " : ", ";
    text += std::to_string(candidates[i].statement->index);
  }
  return text;
}

struct Merger {
  std::size_t saved = 0;
  std::string note;
};

// Statements that differ in one list only, and what one statement of them would save.
void find_mergers(const Policy& policy, std::string_view element, std::vector<Merger>& out) {
  if (!policy.source) return;
  const auto size = [&](Span span) { return size_of(policy.source->slice(span)).characters; };
  std::map<std::string, std::vector<Candidate>> groups;
  for (const Statement& statement : policy.statements) {
    const auto& list = element == "Action" ? statement.action : statement.resource;
    if (!list || !statement.effect || statement.condition_malformed) continue;
    groups[rest_of(statement, element)].push_back({&statement, size(list->span)});
  }
  for (const auto& [rest, candidates] : groups) {
    if (candidates.size() < 2) continue;
    Merger merger;
    for (std::size_t i = 1; i < candidates.size(); ++i) {
      const std::size_t whole = size(candidates[i].statement->span);
      merger.saved += whole > candidates[i].list ? whole - candidates[i].list : 0;
    }
    merger.note = listed(candidates) + " differ only in `" + std::string(element) +
                  "`: as one they need about " + std::to_string(merger.saved) + " characters less";
    out.push_back(std::move(merger));
  }
}

}  // namespace

TextSize size_of(std::string_view text) {
  TextSize size;
  for (char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) == 0x80) continue;  // inside a character
    ++size.written;
    if (!is_space(c)) ++size.characters;
  }
  return size;
}

void suggest_mergers(const Policy& policy, Finding& finding) {
  constexpr std::size_t kMostNotes = 3;
  std::vector<Merger> mergers;
  find_mergers(policy, "Action", mergers);
  find_mergers(policy, "Resource", mergers);
  std::ranges::stable_sort(mergers,
                           [](const Merger& a, const Merger& b) { return a.saved > b.saved; });
  for (std::size_t i = 0; i < std::min(kMostNotes, mergers.size()); ++i)
    finding.notes.push_back(mergers[i].note);
  std::size_t sids = 0;
  for (const Statement& statement : policy.statements) {
    constexpr std::size_t kFrame = 9;  // "Sid":"",
    if (statement.sid) sids += statement.sid->value.size() + kFrame;
  }
  if (sids > 0) finding.notes.push_back("the Sids take " + std::to_string(sids) + " characters");
}

}  // namespace iamcheck
