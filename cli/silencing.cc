#include "silencing.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "iamcheck/pattern.h"
#include "iamcheck/suppression.h"

namespace iamcheck::cli {
namespace {

namespace fs = std::filesystem;

IgnoreRules rules_of(const std::vector<std::string>& patterns) {
  IgnoreRules rules;
  for (const std::string& pattern : patterns) rules.add_line(pattern);
  return rules;
}

// The path itself, or a folder that it lies in.
bool names(const IgnoreRules& rules, const std::string& path) {
  for (std::size_t slash = path.find('/'); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    if (rules.decide(path.substr(0, slash), true).value_or(false)) return true;
  }
  return rules.decide(path, false).value_or(false);
}

bool matches(const std::string& pattern, std::string_view text) {
  return pattern.empty() || Pattern::like(pattern, {}).matches(text);
}

std::string_view without_quotes(std::string_view text) {
  const bool quoted = text.size() >= 2 && text.front() == text.back() &&
                      (text.front() == '"' || text.front() == '\'');
  return quoted ? text.substr(1, text.size() - 2) : text;
}

std::string sid_of(const Policy* policy, const Span& span) {
  if (policy == nullptr) return {};
  for (const Statement& statement : policy->statements) {
    if (statement.span.contains(span)) return statement.sid ? statement.sid->value : std::string();
  }
  return {};
}

}  // namespace

Silencing::Silencing(Config config, std::optional<std::int64_t> today, bool stored)
    : config_(std::move(config)),
      today_(today),
      stored_(stored),
      exclude_(rules_of(config_.exclude)) {
  for (const ConfiguredSuppression& one : config_.suppress) {
    Entry& entry = entries_.emplace_back();
    entry.rule = one;
    entry.files = rules_of(one.files);
  }
}

std::string Silencing::below_config(const std::string& path) const {
  std::error_code failed;
  const fs::path folder =
      fs::weakly_canonical(config_.folder.empty() ? "." : config_.folder, failed);
  if (failed) return path;
  const fs::path file = stored_ ? (fs::current_path(failed) / path).lexically_normal()
                                : fs::weakly_canonical(path, failed);
  return failed ? path : file.lexically_relative(folder).generic_string();
}

bool Silencing::excludes(const std::string& path) const {
  return !exclude_.empty() && names(exclude_, below_config(path));
}

bool Silencing::means(const Entry& entry, const Finding& finding, const std::string& path,
                      const Source& source, const Policy* policy) const {
  if (!names_rule(entry.rule.rules, finding.rule)) return false;
  if (!entry.rule.files.empty() && !names(entry.files, path)) return false;
  if (!entry.rule.sid.empty() && sid_of(policy, finding.span) != entry.rule.sid) return false;
  return matches(entry.rule.at, finding.document_path) &&
         matches(entry.rule.value, without_quotes(source.slice(finding.span)));
}

void Silencing::apply(std::vector<Finding>& findings, const Source& source,
                      const Policy* policy) const {
  if (findings.empty()) return;
  const std::string path = below_config(source.name());
  for (Finding& finding : findings) {
    for (const auto& [name, severity] : config_.severity) {
      if (!names_rule({name}, finding.rule) || finding.severity == severity) continue;
      finding.notes.push_back(config_.path + " makes it a" +
                              (severity == Severity::kError  ? "n error"
                               : severity == Severity::kNote ? " note"
                                                             : " warning"));
      finding.severity = severity;
    }
    if (finding.suppression) continue;
    if (names_rule(config_.ignore, finding.rule)) {
      finding.suppression =
          Suppression{Suppression::Kind::kConfiguration, "ignored in " + config_.path};
      continue;
    }
    for (const Entry& entry : entries_) {
      if (!means(entry, finding, path, source, policy)) continue;
      entry.used = true;
      if (today_ && entry.rule.until && *entry.rule.until < *today_) continue;
      finding.suppression = Suppression{Suppression::Kind::kConfiguration, entry.rule.reason};
      break;
    }
  }
}

std::vector<std::string> Silencing::notes() const {
  std::vector<std::string> notes;
  for (const Entry& entry : entries_) {
    const std::string place = config_.path + ":" + std::to_string(entry.rule.line) + ": ";
    if (!entry.used) {
      notes.push_back(place +
                      "the suppression is not needed: nothing is reported there; delete it");
    } else if (today_ && entry.rule.until && *entry.rule.until < *today_) {
      notes.push_back(place + "the suppression has expired; fix the finding, or think again");
    }
  }
  return notes;
}

}  // namespace iamcheck::cli
