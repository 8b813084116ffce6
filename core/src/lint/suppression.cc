#include "iamcheck/suppression.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "iamcheck/rule_page.h"
#include "iamcheck/suggestion.h"

namespace iamcheck {
namespace {

constexpr std::string_view kMarker = "iamcheck:ignore";
constexpr std::string_view kNextLine = "-next-line";
constexpr std::string_view kUntil = "until:";
constexpr std::size_t kMostComments = 10'000;
constexpr std::size_t kLongestReason = 500;

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

bool begins_comment(std::string_view before) {
  before = trimmed(before);
  return std::ranges::any_of(
      std::initializer_list<std::string_view>{"#", "//", "/*", "<!--", "--", ";", "%", "*"},
      [&](std::string_view sign) { return before.ends_with(sign); });
}

// Comments of some languages end on the same line.
std::string_view without_end(std::string_view reason) {
  for (const std::string_view end : {"*/", "-->"}) {
    const std::size_t at = reason.find(end);
    if (at != std::string_view::npos) reason = reason.substr(0, at);
  }
  return trimmed(reason);
}

std::vector<std::string> names_in(std::string_view list) {
  std::vector<std::string> names;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    const std::string_view name = trimmed(list.substr(0, end));
    if (!name.empty()) names.emplace_back(name);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return names;
}

// Empty when all are known.
std::string unknown_name(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    const bool category =
        std::ranges::any_of(rule_pages(), [&](const RulePage& p) { return p.category == name; });
    // The rules of a repository's own are not known here; they are written like ours.
    const bool well_formed =
        name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
    if (find_rule_page(name) == nullptr && !category && !well_formed) return name;
  }
  return {};
}

std::uint32_t next_line_with_text(const Source& source, std::uint32_t line) {
  while (++line <= source.line_count()) {
    if (!trimmed(source.line(line)).empty()) return line;
  }
  return line;
}

}  // namespace

std::optional<std::int64_t> days_of_date(std::string_view date) {
  if (date.size() != 10 || date[4] != '-' || date[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t begin, std::size_t size) -> std::optional<unsigned> {
    unsigned value = 0;
    const char* end = date.data() + begin + size;
    const auto [at, error] = std::from_chars(date.data() + begin, end, value);
    if (error != std::errc() || at != end) return std::nullopt;
    return value;
  };
  const auto year = number(0, 4), month = number(5, 2), day = number(8, 2);
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year(static_cast<int>(*year)),
                                        std::chrono::month(*month), std::chrono::day(*day)};
  if (!ymd.ok()) return std::nullopt;
  return std::chrono::sys_days(ymd).time_since_epoch().count();
}

bool names_rule(const std::vector<std::string>& names, std::string_view rule) {
  const RulePage* own = find_rule_page(rule);
  return std::ranges::any_of(names, [&](const std::string& name) {
    if (name == rule) return true;
    if (own == nullptr) return false;
    const RulePage* page = find_rule_page(name);  // by an old name too
    return page == own || own->category == name;
  });
}

Suppressions read_suppressions(const Source& source) {
  Suppressions found;
  const std::string_view text = source.text();
  const auto span_of = [&](std::size_t begin, std::size_t end) {
    return Span{source.id(), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  };
  std::size_t count = 0;
  for (std::size_t at = text.find(kMarker); at != std::string_view::npos && count < kMostComments;
       at = text.find(kMarker, at + 1), ++count) {
    const std::uint32_t number = source.position(at).line;
    const std::string_view line = source.line(number);
    const auto begin = static_cast<std::size_t>(line.data() - text.data());
    if (at < begin || !begins_comment(line.substr(0, at - begin))) continue;
    std::string_view rest = line.substr(at - begin + kMarker.size());
    const bool next = rest.starts_with(kNextLine);
    if (next) rest.remove_prefix(kNextLine.size());
    const Span span = span_of(at, begin + line.size());
    const auto mistake = [&](std::string message) {
      found.mistakes_.push_back({span, std::move(message),
                                 "write iamcheck:ignore[slug] and why, such as "
                                 "iamcheck:ignore[passrole-star-resource] only build roles exist",
                                 true});
    };
    const std::size_t close = rest.find(']');
    if (!rest.starts_with('[') || close == std::string_view::npos) {
      mistake("the suppression names no rule in brackets");
      continue;
    }
    Suppressions::Comment comment;
    comment.rules = names_in(rest.substr(1, close - 1));
    comment.span = span;
    comment.line = next ? next_line_with_text(source, number) : number;
    const std::string_view reason = without_end(rest.substr(close + 1));
    comment.reason = std::string(reason.substr(0, kLongestReason));
    if (comment.rules.empty()) {
      mistake("the suppression names no rule");
      continue;
    }
    if (const std::string name = unknown_name(comment.rules); !name.empty()) {
      mistake("`" + name.substr(0, kLongestReason) + "` is the name of no rule");
      continue;
    }
    if (const std::size_t until = reason.find(kUntil); until != std::string_view::npos) {
      comment.until = days_of_date(trimmed(reason.substr(until + kUntil.size())).substr(0, 10));
      if (!comment.until) {
        mistake("`until:` needs a date such as 2027-01-01");
        continue;
      }
    }
    found.comments_.push_back(std::move(comment));
  }
  return found;
}

namespace {

// Of all that the finding is about: an action and its resource may stand in different lines, and a
// comment fits at each of them.
std::vector<std::uint32_t> lines_of(const Finding& finding, const Source& source) {
  std::vector<std::uint32_t> lines = {source.position(finding.span.begin).line};
  for (const RelatedSpan& related : finding.related) {
    if (!related.aside && related.span.source == finding.span.source)
      lines.push_back(source.position(related.span.begin).line);
  }
  return lines;
}

}  // namespace

void Suppressions::apply(std::vector<Finding>& findings, const Source& source,
                         std::optional<std::int64_t> today) {
  if (comments_.empty()) return;
  for (Finding& finding : findings) {
    const std::vector<std::uint32_t> lines = lines_of(finding, source);
    for (Comment& comment : comments_) {
      if (std::ranges::find(lines, comment.line) == lines.end() ||
          !names_rule(comment.rules, finding.rule))
        continue;
      comment.used = true;
      if (today && comment.until && *comment.until < *today) continue;
      if (!finding.suppression)
        finding.suppression = Suppression{Suppression::Kind::kInSource, comment.reason};
    }
  }
}

std::vector<SuppressionNote> Suppressions::notes(std::optional<std::int64_t> today) const {
  std::vector<SuppressionNote> notes = mistakes_;
  for (const Comment& comment : comments_) {
    if (!comment.used) {
      notes.push_back({comment.span, "the suppression is not needed: nothing is reported there",
                       "delete it", false});
    } else if (today && comment.until && *comment.until < *today) {
      notes.push_back(
          {comment.span, "the suppression has expired", "fix the finding, or think again", false});
    }
  }
  return notes;
}

}  // namespace iamcheck
