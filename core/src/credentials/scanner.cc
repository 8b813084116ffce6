#include <algorithm>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "credentials/binding.h"
#include "credentials/boundary.h"
#include "credentials/candidate.h"
#include "credentials/description.h"
#include "credentials/encoding.h"
#include "credentials/expression.h"
#include "credentials/known_values.h"
#include "credentials/literal_pass.h"
#include "credentials/pairing.h"
#include "credentials/scan_scope.h"
#include "credentials/statement.h"
#include "credentials/unescaped.h"
#include "credentials/validation.h"
#include "iamcheck/credentials.h"
#include "iamcheck/rule_page.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

// What an expression may look at. The longest tokens of STS are about 4,000 characters.
constexpr std::size_t kWindow = 8192;
// How far a secret without a name may stand from its id.
constexpr std::size_t kNearbyBytes = 200;
constexpr std::size_t kNearbyLines = 3;
// How far the word that a page asks for under `near` may stand from the credential.
constexpr std::size_t kNearWords = 512;
// So many credentials are looked for at further places of their text. A file with more is no file
// in which one was left by mistake.
constexpr std::size_t kMostValues = 100'000;

struct Rule {
  explicit Rule(const RulePage& rule_page)
      : page(&rule_page),
        check(find_check(rule_page.credential->validate)),
        expression(rule_page.credential->pattern),
        named_expression(rule_page.credential->named_pattern) {}

  const RulePage* page;
  const Check*
      check;  // a page that names no known check never gets here: see the test of the pages
  Expression expression;
  Expression named_expression;
};

using Rules = std::vector<std::unique_ptr<const Rule>>;

// Each place once: what a name tells before what the head of a token tells before nearness, and
// the wider before what lies inside it.
std::vector<Candidate> one_a_place(std::vector<Candidate> candidates) {
  auto rank = [](const Candidate& candidate) {
    if (candidate.nearby) return 2;
    return candidate.named ? 0 : 1;
  };
  std::sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
    if (a.begin != b.begin) return a.begin < b.begin;
    if (a.end != b.end) return a.end > b.end;
    if (rank(a) != rank(b)) return rank(a) < rank(b);
    return a.page->slug < b.page->slug;
  });
  std::vector<Candidate> kept;
  for (Candidate& candidate : candidates) {
    if (!kept.empty() && candidate.end <= kept.back().end) continue;
    kept.push_back(std::move(candidate));
  }
  return kept;
}

bool is_before(const Candidate& a, const Candidate& b) { return a.begin < b.begin; }

// Adds those of `others` that touch nothing of `kept`.
void add_elsewhere(std::vector<Candidate>& kept, std::vector<Candidate> others) {
  const std::size_t before = kept.size();
  std::size_t next = 0;
  for (Candidate& other : others) {
    while (next < before && kept[next].end <= other.begin) ++next;
    if (next < before && kept[next].begin < other.end) continue;
    kept.push_back(std::move(other));
  }
  std::inplace_merge(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(before), kept.end(),
                     is_before);
}

// What has a shape of its own comes first, rules for anything with a telling name come last: a
// token in a password, or a password in a token, is reported as what is known best.
void keep_one_a_place(std::vector<Candidate>& candidates) {
  std::vector<Candidate> kept;
  for (int rank = 0; rank <= kLastRank; ++rank) {
    std::vector<Candidate> same;
    for (Candidate& candidate : candidates) {
      if (candidate.rank == rank) same.push_back(std::move(candidate));
    }
    if (!same.empty()) add_elsewhere(kept, one_a_place(std::move(same)));
    std::erase_if(candidates, [&](const Candidate& candidate) { return candidate.rank == rank; });
  }
  candidates = std::move(kept);
}

std::size_t place_in(std::string_view text, std::string_view part) {
  return static_cast<std::size_t>(part.data() - text.data());
}

// Whether one of the words stands in the bytes around a match.
bool stands_near(const Match& match, std::span<const std::string_view> words) {
  const std::size_t first = match.begin - std::min(match.begin, kNearWords);
  const std::string around = ascii_lower(match.text.substr(first, match.end - first + kNearWords));
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return around.find(word) != std::string::npos; });
}

std::set<const RulePage*> pages_named(const std::vector<std::string>& slugs) {
  std::set<const RulePage*> pages;
  for (const std::string& slug : slugs) pages.insert(find_rule_page(slug));
  return pages;
}

std::set<const RulePage*> pages_of(const std::vector<std::string>& slugs) {
  std::set<const RulePage*> pages = pages_named(slugs);  // by an old name too
  for (const std::string& slug : slugs) {
    for (const RulePage& page : rule_pages()) {
      if (page.category == slug) pages.insert(&page);
    }
  }
  return pages;
}

// Every place of the candidates, and wherever else in the text their values stand.
std::vector<Span> secret_places(const Source& source, const std::vector<Candidate>& candidates,
                                const std::optional<UnescapedText>& meant) {
  std::vector<Span> places;
  if (candidates.empty()) return places;
  const std::string_view text = source.text();
  std::vector<std::string> values;
  for (const Candidate& candidate : candidates) {
    places.push_back({source.id(), candidate.begin, candidate.end});
    if (values.size() >= kMostValues) continue;
    values.emplace_back(text.substr(candidate.begin, candidate.end - candidate.begin));
    if (meant) values.push_back(unescaped(values.back()));
  }
  const KnownValues known(values);
  known.find(text, [&](std::size_t at, const KnownValues::Value& value) {
    places.push_back({source.id(), static_cast<std::uint32_t>(at),
                      static_cast<std::uint32_t>(at + value.folded.size())});
  });
  if (meant) {
    known.find(meant->text(), [&](std::size_t at, const KnownValues::Value& value) {
      places.push_back(
          {source.id(), meant->raw_begin(at), meant->raw_end(at + value.folded.size())});
    });
  }
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

}  // namespace

// The immutable part: rules, and which rules each keyword belongs to.
class CredentialScanner::Implementation : public InnerScan {
 public:
  Implementation() : Implementation(load_rules()) {}

  std::vector<Candidate> find_candidates(std::string_view text, const Scope& scope) const;
  std::vector<Candidate> find(std::string_view text) const override {
    return find_candidates(text, {});
  }

 private:
  struct Keyword {
    LiteralPass::Literal literal;
    std::vector<const Rule*> tokens;    // whose credential the keyword stands in
    std::vector<const Rule*> names;     // whose name the keyword is part of
    std::vector<const Rule*> literals;  // the same, with the value read strictly
  };

  explicit Implementation(Rules rules)
      : rules_(std::move(rules)), keywords_(keywords_of(rules_)), pass_(literals_of(keywords_)) {}

  static Rules load_rules();
  static std::vector<Keyword> keywords_of(const Rules& rules);
  static std::vector<LiteralPass::Literal> literals_of(const std::vector<Keyword>& keywords);

  static void inspect_token(std::string_view text, std::size_t at, const Rule& rule,
                            const Scope& scope, std::vector<Candidate>& out);
  static void inspect_assigned(std::string_view text, std::size_t at, std::size_t length,
                               const Rule& rule, const Scope& scope, std::vector<Candidate>& out);
  static void inspect_literal(std::string_view text, std::size_t at, std::size_t length,
                              const Rule& rule, const Scope& scope, std::vector<Candidate>& out);
  static void inspect_nearby(std::string_view text, const Candidate& id, const Rule& rule,
                             std::vector<Candidate>& out);
  static void add_if_reported(const Rule& rule, const Match& match, std::vector<Candidate>& out);

  Rules rules_;
  std::vector<Keyword> keywords_;
  LiteralPass pass_;
};

Rules CredentialScanner::Implementation::load_rules() {
  Rules rules;
  for (const RulePage& page : rule_pages()) {
    if (page.kind != RuleKind::kCredential || find_check(page.credential->validate) == nullptr) {
      continue;
    }
    rules.push_back(std::make_unique<const Rule>(page));
  }
  return rules;
}

std::vector<CredentialScanner::Implementation::Keyword>
CredentialScanner::Implementation::keywords_of(const Rules& rules) {
  std::vector<Keyword> keywords;
  auto keyword_of = [&](std::string_view text, bool ignore_case) -> Keyword& {
    auto same = std::find_if(keywords.begin(), keywords.end(), [&](const Keyword& keyword) {
      return keyword.literal.text == text && keyword.literal.ignore_case == ignore_case;
    });
    if (same != keywords.end()) return *same;
    keywords.push_back({{std::string(text), ignore_case}, {}, {}, {}});
    return keywords.back();
  };
  auto rules_of = [](Keyword& keyword, CredentialAnchor anchor) -> std::vector<const Rule*>& {
    if (anchor == CredentialAnchor::kLiteral) return keyword.literals;
    return anchor == CredentialAnchor::kToken ? keyword.tokens : keyword.names;
  };
  for (const auto& rule : rules) {
    const CredentialPattern& how = *rule->page->credential;
    if (how.anchor == CredentialAnchor::kNearby)
      continue;  // starts from the ids, see inspect_nearby
    for (std::string_view text : how.keywords) {
      Keyword& keyword = keyword_of(text, how.ignore_case);
      rules_of(keyword, how.anchor).push_back(rule.get());
    }
    for (std::string_view name : how.names) keyword_of(name, true).names.push_back(rule.get());
  }
  return keywords;
}

std::vector<LiteralPass::Literal> CredentialScanner::Implementation::literals_of(
    const std::vector<Keyword>& keywords) {
  std::vector<LiteralPass::Literal> literals;
  literals.reserve(keywords.size());
  for (const Keyword& keyword : keywords) literals.push_back(keyword.literal);
  return literals;
}

void CredentialScanner::Implementation::add_if_reported(const Rule& rule, const Match& match,
                                                        std::vector<Candidate>& out) {
  const auto& near = rule.page->credential->near;
  if (!near.empty() && !stands_near(match, near)) return;
  Candidate candidate;
  candidate.page = rule.page;
  candidate.role = rule.check->role;
  candidate.rank = rule.check->rank;
  candidate.confidence = rule.page->confidence;
  candidate.begin = static_cast<std::uint32_t>(match.begin);
  candidate.end = static_cast<std::uint32_t>(match.end);
  candidate.named = !match.name.empty();
  rule.check->function(match, candidate);
  if (candidate.weight == Weight::kSilent) return;
  if (candidate.redacted.empty()) candidate.redacted = redact(match.value);
  out.push_back(std::move(candidate));
}

void CredentialScanner::Implementation::inspect_token(std::string_view text, std::size_t at,
                                                      const Rule& rule, const Scope& scope,
                                                      std::vector<Candidate>& out) {
  const CredentialPattern& how = *rule.page->credential;
  for (int lead = how.most_lead; lead >= how.least_lead; --lead) {
    if (lead > 0 && at < static_cast<std::size_t>(lead)) continue;
    const std::size_t start = lead < 0 ? at + 1 : at - static_cast<std::size_t>(lead);
    // Heads of tokens repeated without end must not cost a window each.
    if (!begins_token(text, start)) continue;
    const Expression::Found found = rule.expression.match(text.substr(start, kWindow));
    if (found.whole.empty() || !is_separate_token(text, start, start + found.whole.size()))
      continue;
    const std::size_t begin = place_in(text, found.credential);
    Match match{text, begin, begin + found.credential.size(), found.credential, {}, how.entropy};
    match.inner = scope.inner;
    match.file = scope.file;
    add_if_reported(rule, match, out);
    return;
  }
}

void CredentialScanner::Implementation::inspect_assigned(std::string_view text, std::size_t at,
                                                         std::size_t length, const Rule& rule,
                                                         const Scope& scope,
                                                         std::vector<Candidate>& out) {
  const bool second = rule.page->credential->anchor == CredentialAnchor::kToken;
  const Expression& expression = second ? rule.named_expression : rule.expression;
  ValueSearch search(text, at + length);
  for (std::size_t begin = search.next(); begin != ValueSearch::npos; begin = search.next()) {
    const Expression::Found found = expression.match(text.substr(begin, kWindow));
    std::string value(found.credential);
    std::size_t end = begin + found.whole.size();
    if (!found.whole.empty() && ends_value(text, end)) {
      begin = place_in(text, found.credential);
      end = begin + value.size();
    } else {
      // Escapes hide the shape: `\/` in JSON, `%2F` in a URL.
      if (!scope.has_escape(text, begin, kWindow)) continue;
      EscapedRun run = read_escaped_run(text.substr(begin, 3 * kWindow), kWindow);
      if (run.ends.empty() || run.ends.back() == run.text.size()) continue;
      value = expression.match(run.text).whole;
      if (value.empty() || !ends_value(run.text, value.size())) continue;
      end = begin + run.ends[value.size() - 1];
      if (!ends_value(text, end)) continue;
    }
    Match match{text,
                begin,
                end,
                value,
                name_around(text, at, at + length),
                rule.page->credential->entropy};
    match.inner = scope.inner;
    match.file = scope.file;
    add_if_reported(rule, match, out);
    return;
  }
}

void CredentialScanner::Implementation::inspect_literal(std::string_view text, std::size_t at,
                                                        std::size_t length, const Rule& rule,
                                                        const Scope& scope,
                                                        std::vector<Candidate>& out) {
  if (scope.generated) return;
  const auto statement = read_statement(text, at, at + length, !is_program_path(scope.file));
  if (!statement) return;
  const std::string_view value = text.substr(statement->begin, statement->end - statement->begin);
  if (rule.expression.match(value).whole.size() != value.size()) return;
  Match match{text,  statement->begin, statement->end,
              value, statement->name,  rule.page->credential->entropy};
  match.statement = &*statement;
  match.file = scope.file;
  add_if_reported(rule, match, out);
}

void CredentialScanner::Implementation::inspect_nearby(std::string_view text, const Candidate& id,
                                                       const Rule& rule,
                                                       std::vector<Candidate>& out) {
  // The stretch around the id: so many bytes, and so many lines, to each side.
  std::size_t first = id.begin;
  for (std::size_t lines = 0; first > 0 && id.begin - first < kNearbyBytes; --first) {
    if (text[first - 1] == '\n' && ++lines > kNearbyLines) break;
  }
  std::size_t last = id.end;
  for (std::size_t lines = 0; last < text.size() && last - id.end < kNearbyBytes; ++last) {
    if (text[last] == '\n' && ++lines > kNearbyLines) break;
  }
  while (first > 0 && is_base64_letter(text[first - 1]) && id.begin - first < 2 * kNearbyBytes)
    --first;
  for (std::size_t at = first; at < last;) {
    if (!is_base64_letter(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    std::size_t most = std::min(text.size(), at + kWindow);
    while (end < most && is_base64_letter(text[end])) ++end;
    const std::string_view value = rule.expression.match(text.substr(at, end - at)).whole;
    if (value.size() == end - at && is_whole_field(text, at, end)) {
      std::size_t before = out.size();
      Match match{text, at, end, value, name_before(text, at), rule.page->credential->entropy};
      add_if_reported(rule, match, out);
      if (out.size() > before) out.back().nearby = true;
    }
    at = end;
  }
}

std::vector<Candidate> CredentialScanner::Implementation::find_candidates(
    std::string_view text, const Scope& scope) const {
  std::vector<Candidate> found;
  pass_.find(text, [&](std::uint32_t number, std::size_t at) {
    const Keyword& keyword = keywords_[number];
    const std::size_t length = keyword.literal.text.size();
    for (const Rule* rule : keyword.tokens) {
      if (scope.runs(*rule->page)) inspect_token(text, at, *rule, scope, found);
    }
    for (const Rule* rule : keyword.names) {
      if (scope.runs(*rule->page)) inspect_assigned(text, at, length, *rule, scope, found);
    }
    for (const Rule* rule : keyword.literals) {
      if (scope.runs(*rule->page)) inspect_literal(text, at, length, *rule, scope, found);
    }
  });
  // Lock files and minified code are full of 40 characters next to anything.
  std::size_t direct = found.size();
  for (std::size_t i = 0; !scope.generated && i < direct; ++i) {
    for (const auto& rule : rules_) {
      const CredentialPattern& how = *rule->page->credential;
      if (how.anchor != CredentialAnchor::kNearby || found[i].role != CredentialRole::kKeyId)
        continue;
      std::string_view id = text.substr(found[i].begin, found[i].end - found[i].begin);
      bool starts = std::any_of(how.keywords.begin(), how.keywords.end(),
                                [&](std::string_view keyword) { return id.starts_with(keyword); });
      // A copy: the search adds to the list.
      if (starts) inspect_nearby(text, Candidate(found[i]), *rule, found);
    }
  }
  keep_one_a_place(found);
  return found;
}

CredentialScanner::CredentialScanner()
    : implementation_(std::make_unique<const Implementation>()) {}
CredentialScanner::~CredentialScanner() = default;
CredentialScanner::CredentialScanner(CredentialScanner&&) noexcept = default;
CredentialScanner& CredentialScanner::operator=(CredentialScanner&&) noexcept = default;

std::vector<Finding> CredentialScanner::scan(const Source& source, const CredentialOptions& options,
                                             std::size_t* omitted) const {
  CredentialScan result = examine(source, options);
  if (omitted != nullptr) *omitted = result.omitted;
  return std::move(result.findings);
}

CredentialScan CredentialScanner::examine(const Source& source,
                                          const CredentialOptions& options) const {
  const std::string_view text = source.text();
  const Scope scope{source.name(), is_generated_path(source.name()),
                    options.profile == Profile::kStrict, pages_named(options.select),
                    implementation_.get()};
  auto candidates = implementation_->find_candidates(text, scope);
  std::optional<UnescapedText> meant;
  if (text.size() <= options.limits.max_document_bytes) meant = UnescapedText::of(text);
  if (meant) {
    for (Candidate& candidate : implementation_->find_candidates(meant->text(), scope)) {
      candidate.begin = meant->raw_begin(candidate.begin);
      candidate.end = meant->raw_end(candidate.end);
      candidates.push_back(std::move(candidate));
    }
    keep_one_a_place(candidates);
  }
  CredentialScan result;
  result.secrets = secret_places(source, candidates, meant);
  const auto selected = pages_of(options.select), ignored = pages_of(options.ignore);
  std::erase_if(candidates, [&](const Candidate& candidate) {
    return (!options.select.empty() && !selected.contains(candidate.page)) ||
           ignored.contains(candidate.page);
  });
  // One count of line ends over the text; asking the source for each place would walk long lines
  // again and again.
  std::size_t at = 0;
  std::uint32_t line = 0;
  for (Candidate& candidate : candidates) {
    line += static_cast<std::uint32_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(at),
                                                  text.begin() + candidate.begin, '\n'));
    at = candidate.begin;
    candidate.line = line;
  }
  std::vector<Pairing> pairings = pair_candidates(candidates);
  std::size_t most = std::min(pairings.size(), options.limits.max_findings);
  result.omitted = pairings.size() - most;
  bool lower = options.lower_by_path && is_example_path(source.name());
  result.findings.reserve(most);
  for (std::size_t i = 0; i < most; ++i) {
    result.findings.push_back(describe(candidates, pairings[i], source.id(), lower));
  }
  return result;
}

std::string redact(std::string_view secret) {
  // Four and two of a short secret would be most of it.
  if (secret.size() < 16) return "...";
  return std::string(secret.substr(0, 4)) + "..." + std::string(secret.substr(secret.size() - 2));
}

}  // namespace iamcheck
