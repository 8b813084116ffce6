#include "lint/context.h"

#include <algorithm>

#include "iamcheck/analysis.h"
#include "iamcheck/condition_operator.h"
#include "iamcheck/suppression.h"

namespace iamcheck {
namespace {

constexpr std::size_t kMaxQuoted = 160;

// Far above what real policies need (docs/performance.md); a hostile one keeps nobody busy.
constexpr std::size_t kMaxProofSteps = 200'000;
constexpr std::size_t kMaxProofStates = 100'000;

void append_entries(const Statement& statement, std::string_view element,
                    const std::optional<ListElement>& list, std::vector<ListEntry>& out) {
  if (!list) return;
  for (std::size_t i = 0; i < list->values.size(); ++i) {
    out.push_back({statement, element, *list, i, list->values[i]});
  }
}

}  // namespace

bool RuleContext::catalogue_is_stale() const {
  const auto date = days_of_date(catalogue_.date());
  return today_ && date && *today_ - *date > kStaleCatalogueDays;
}

Finding& RuleContext::report(Span span, std::string document_path, std::string message) {
  if (full()) {
    ++omitted_;
    left_out_ = {};
    return left_out_;
  }
  Finding finding;
  finding.rule = defaults_.slug;
  finding.severity = defaults_.severity;
  finding.confidence = defaults_.confidence;
  finding.security_severity = defaults_.security_severity;
  finding.message = std::move(message);
  finding.span = span;
  finding.document_path = std::move(document_path);
  return findings_.emplace_back(std::move(finding));
}

const StatementUse& RuleContext::use_of(const Statement& statement) {
  if (!uses_) {
    AnalysisOptions options;
    options.max_steps = kMaxProofSteps;
    options.max_states = kMaxProofStates;
    uses_ = statement_uses(policy_, kind_, options);
  }
  return (*uses_)[statement.index];
}

const PolicyGrants& RuleContext::grants() {
  if (!grants_) grants_.emplace(policy_, kind_, catalogue_);
  return *grants_;
}

bool RuleContext::mistyped(std::string_view path) const {
  return std::any_of(policy_.diagnostics.begin(), policy_.diagnostics.end(),
                     [&](const PolicyDiagnostic& diagnostic) {
                       return diagnostic.kind == PolicyDiagnostic::Kind::kWrongType &&
                              diagnostic.path == path;
                     });
}

std::string path_of(const Policy& policy, const Statement& statement) {
  if (!policy.statement_is_list) return "Statement";
  return "Statement[" + std::to_string(statement.item) + "]";
}

std::string path_of(const Policy& policy, const ListEntry& entry) {
  std::string path = path_of(policy, entry.statement) + "." + std::string(entry.element);
  if (entry.list.is_list) path += "[" + std::to_string(entry.index) + "]";
  return path;
}

std::vector<ListEntry> entries_of(const Statement& statement, std::string_view element,
                                  const std::optional<ListElement>& list) {
  std::vector<ListEntry> entries;
  append_entries(statement, element, list, entries);
  return entries;
}

std::vector<ListEntry> action_entries(const Policy& policy) {
  std::vector<ListEntry> entries;
  for (const Statement& statement : policy.statements) {
    append_entries(statement, "Action", statement.action, entries);
    append_entries(statement, "NotAction", statement.not_action, entries);
  }
  return entries;
}

std::vector<ListEntry> resource_entries(const Policy& policy) {
  std::vector<ListEntry> entries;
  for (const Statement& statement : policy.statements) {
    append_entries(statement, "Resource", statement.resource, entries);
    append_entries(statement, "NotResource", statement.not_resource, entries);
  }
  return entries;
}

std::vector<ConditionPlace> condition_places(const Statement& statement) {
  std::vector<ConditionPlace> places;
  for (const ConditionEntry& entry : statement.conditions) {
    const bool known = !entry.condition_operator.unresolved;
    places.push_back({statement, entry,
                      known ? parse_condition_operator(entry.condition_operator.value)
                            : std::optional<ConditionOperator>()});
  }
  return places;
}

std::vector<ConditionPlace> condition_places(const Policy& policy) {
  std::vector<ConditionPlace> places;
  for (const Statement& statement : policy.statements) {
    for (const ConditionPlace& place : condition_places(statement)) places.push_back(place);
  }
  return places;
}

std::string path_of(const Policy& policy, const ConditionPlace& place) {
  std::string path = path_of(policy, place.statement);
  return path.append(".Condition.")
      .append(place.entry.condition_operator.value)
      .append(".")
      .append(place.entry.key.value);
}

std::string path_of(const Policy& policy, const ConditionPlace& place, std::size_t value) {
  std::string path = path_of(policy, place);
  if (place.entry.is_list) path.append("[").append(std::to_string(value)).append("]");
  return path;
}

bool is_grant(const Statement& statement) {
  return statement.effect == Effect::kAllow && !statement.condition_malformed;
}

bool has_condition(const Statement& statement) { return !statement.conditions.empty(); }

bool is_operator(std::string_view name) {
  const auto read = parse_condition_operator(name);
  return read && !(read->if_exists && read->base->family == ConditionFamily::kNull);
}

bool is_everything(std::string_view text) {
  return !text.empty() && text.find_first_not_of('*') == std::string_view::npos;
}

bool has_placeholder(std::string_view text) {
  const auto opens = [](char c) {
    return c == '<' || c == '{' || c == '$' || c == '#' || c == '%' || c == '@' || c == '_';
  };
  if (std::ranges::none_of(text, opens)) return false;
  auto between = [&](std::string_view open, std::string_view close) {
    const std::size_t begin = text.find(open);
    return begin != std::string_view::npos &&
           text.find(close, begin + open.size() + 1) != std::string_view::npos;
  };
  return between("<", ">") || between("{{", "}}") || between("${", "}") || between("#{", "}") ||
         between("%{", "}") || between("$(", ")") || between("{%", "%}") || between("%", "%") ||
         between("@@", "@@") || between("__", "__");
}

std::string quoted(std::string_view text) {
  std::string out = "`";
  std::size_t size = std::min(text.size(), kMaxQuoted);
  // Not in the middle of a character.
  while (size < text.size() && size > 0 &&
         (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) {
    --size;
  }
  out += text.substr(0, size);
  return out + (size < text.size() ? "...`" : "`");
}

}  // namespace iamcheck
