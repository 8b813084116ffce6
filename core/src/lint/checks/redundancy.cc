// Entries of one list that another entry of it covers already (validation-semantics, "Redundancy").
//
// The entries are compared as texts: a wildcard of the covered side is a symbol that only `*` of
// the covering side takes in. The catalogue is not asked.
#include <algorithm>
#include <cstdint>
#include <map>
#include <numeric>
#include <utility>

#include "iamcheck/limits.h"
#include "lint/context.h"
#include "lint/deletion.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

// Far above what fits into a policy (20,480 characters). Beyond them only equal entries are found,
// so that a hostile file cannot keep the linter busy.
constexpr std::size_t kMaxEntrySize = 4096;
constexpr std::uint64_t kMaxSteps = 50'000'000;

bool starts_variable(std::string_view text, std::size_t at) {
  return text[at] == '$' && at + 1 < text.size() && text[at + 1] == '{';
}

// Whether the glob `wide` covers the glob `narrow`. A `*` or `?` inside `${...}` is no wildcard: it
// belongs to the variable, as in `${*}`.
class Containment {
 public:
  explicit Containment(std::uint64_t& steps) : steps_(steps) {}

  bool covers(std::string_view wide, std::string_view narrow) {
    std::size_t w = 0, n = 0;
    std::size_t star = std::string_view::npos, retry = 0;
    bool in_variable = false;
    while (n < narrow.size()) {
      if (++steps_ > kMaxSteps) return false;
      if (w < wide.size() && !in_variable && wide[w] == '*') {
        star = w++;
        retry = n;
        continue;
      }
      if (w < wide.size() && !in_variable && wide[w] == '?' && one_character(narrow, n)) {
        ++w;
        continue;
      }
      if (w < wide.size() && wide[w] == narrow[n] && (in_variable || wide[w] != '?')) {
        if (!in_variable && starts_variable(wide, w)) {
          in_variable = wide.find('}', w) != std::string_view::npos;
        } else if (in_variable && wide[w] == '}') {
          in_variable = false;
        }
        ++w;
        ++n;
        continue;
      }
      if (star == std::string_view::npos) return false;
      w = star + 1;
      n = ++retry;
      in_variable = false;  // a star stands outside of variables
    }
    while (w < wide.size() && wide[w] == '*') ++w;
    return w == wide.size();
  }

 private:
  // `?` takes one character, another `?`, but no `*` and no variable. Moves behind it.
  static bool one_character(std::string_view text, std::size_t& at) {
    if (text[at] == '*' || starts_variable(text, at)) return false;
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    return true;
  }

  std::uint64_t& steps_;
};

// Entries in groups that hang together, and for each covered entry one that covers it.
class Groups {
 public:
  Groups(const std::vector<std::string>& texts, std::uint64_t& steps)
      : texts_(texts), parent_(texts.size()), coverer_(texts.size(), texts.size()) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
    join_equal();
    join_covered(steps);
  }

  bool is_covered(std::size_t i) const { return coverer_[i] != texts_.size(); }
  std::size_t coverer(std::size_t i) const { return coverer_[i]; }
  std::size_t group(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }

 private:
  void join(std::size_t covered, std::size_t by) {
    if (!is_covered(covered)) coverer_[covered] = by;
    parent_[group(covered)] = group(by);
  }
  void join_equal() {
    std::map<std::string_view, std::size_t> first;
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      auto [place, fresh] = first.emplace(texts_[i], i);
      if (!fresh) join(i, place->second);
    }
  }
  void join_covered(std::uint64_t& steps) {
    Containment containment(steps);
    for (std::size_t wide = 0; wide < texts_.size(); ++wide) {
      const std::string& pattern = texts_[wide];
      if (pattern.size() > kMaxEntrySize || is_duplicate(wide)) continue;
      if (pattern.find_first_of("*?") == std::string::npos) continue;
      for (std::size_t i = 0; i < texts_.size() && steps <= kMaxSteps; ++i) {
        if (texts_[i].size() > kMaxEntrySize || texts_[i] == pattern) continue;
        if (!containment.covers(pattern, texts_[i])) continue;
        // `a**` and `a*` cover each other: the later one is the covered one.
        if (i < wide && containment.covers(texts_[i], pattern)) continue;
        join(i, wide);
      }
    }
  }
  bool is_duplicate(std::size_t i) const {
    return is_covered(i) && texts_[coverer_[i]] == texts_[i];
  }

  const std::vector<std::string>& texts_;
  std::vector<std::size_t> parent_;
  std::vector<std::size_t> coverer_;
};

// Whether one ARN covers another in every reading of their wildcards (S6.1): `*`, or the same first
// five parts.
bool is_plain_cover(std::string_view wide, std::string_view narrow) {
  if (is_everything(wide) || wide == narrow) return true;
  for (int colons = 0; !wide.empty() && !narrow.empty() && wide.front() == narrow.front();) {
    if (wide.front() == ':' && ++colons == 5) return true;
    wide.remove_prefix(1);
    narrow.remove_prefix(1);
    if (!wide.empty() && (wide.front() == '*' || wide.front() == '?')) return false;
  }
  return false;
}

void report_redundant(RuleContext& context, const std::vector<ListEntry>& all, bool ignore_case,
                      std::uint64_t& steps) {
  std::vector<ListEntry> entries;
  std::vector<std::string> texts;
  for (const ListEntry& entry : all) {
    if (entry.text.unresolved) continue;
    entries.push_back(entry);
    texts.push_back(ignore_case ? ascii_lower(entry.text.value) : entry.text.value);
  }
  if (entries.size() < 2) return;
  Groups groups(texts, steps);
  std::map<std::size_t, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < entries.size(); ++i) members[groups.group(i)].push_back(i);
  for (const auto& [group, indexes] : members) {
    auto primary = std::find_if(indexes.begin(), indexes.end(),
                                [&](std::size_t i) { return groups.is_covered(i); });
    if (primary == indexes.end()) continue;
    const Text& covered = entries[*primary].text;
    const std::size_t by = groups.coverer(*primary);
    const bool same = texts[by] == texts[*primary];
    Finding& finding =
        context.report(covered.span, path_of(context.policy(), entries[*primary]),
                       same ? quoted(covered.value) + " stands twice in the list"
                            : quoted(covered.value) + " is covered by " +
                                  quoted(entries[by].text.value) + " in the same list");
    for (std::size_t i : indexes) {
      if (i == *primary) continue;
      finding.related.push_back({entries[i].text.span, i == by && !same       ? "covers it"
                                                       : groups.is_covered(i) ? "covered too"
                                                                              : "covers others"});
      if (same && i == by) finding.related.back().message = "the first one";
    }
    // What explains the finding is among the places that are kept.
    const auto main = std::find_if(
        finding.related.begin(), finding.related.end(),
        [&](const RelatedSpan& related) { return related.span == entries[by].text.span; });
    if (main != finding.related.end() && finding.related.size() > Limits().max_related &&
        static_cast<std::size_t>(main - finding.related.begin()) >= Limits().max_related) {
      std::rotate(finding.related.begin(), main, main + 1);
    }
    finding.help = "delete what is covered: the policy stays the same";
    std::vector<std::size_t> covered_entries;
    bool same_meaning = true;
    for (const std::size_t i : indexes) {
      if (!groups.is_covered(i)) continue;
      covered_entries.push_back(entries[i].index);
      same_meaning =
          same_meaning && (ignore_case || is_plain_cover(texts[groups.coverer(i)], texts[i]));
    }
    if (same_meaning)
      finding.fix = deletion_of(context.policy(), entries.front().list, covered_entries);
  }
}

}  // namespace

void check_redundant_action(RuleContext& context) {
  std::uint64_t steps = 0;
  for (const Statement& statement : context.policy().statements) {
    report_redundant(context, entries_of(statement, "Action", statement.action), true, steps);
    report_redundant(context, entries_of(statement, "NotAction", statement.not_action), true,
                     steps);
  }
}

void check_redundant_resource(RuleContext& context) {
  std::uint64_t steps = 0;
  for (const Statement& statement : context.policy().statements) {
    report_redundant(context, entries_of(statement, "Resource", statement.resource), false, steps);
    report_redundant(context, entries_of(statement, "NotResource", statement.not_resource), false,
                     steps);
  }
}

}  // namespace iamcheck
