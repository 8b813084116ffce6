// Pages of a user's own: YAML front matter with the forbidden access, and Markdown for people.
#include <algorithm>
#include <array>
#include <utility>

#include "iamcheck/guardrail.h"
#include "iamcheck/lint.h"
#include "iamcheck/rule_page.h"
#include "iamcheck/suggestion.h"
#include "lint/context.h"
#include "text/page_examples.h"

namespace iamcheck {
namespace {

constexpr std::array<std::string_view, 9> kKeys = {"severity", "securitySeverity", "confidence",
                                                   "category", "applies-to",       "since",
                                                   "peers",    "references",       "forbid"};

// What is wrong with a statement for whatever policy it stands in.
const std::vector<std::string>& rules_for_statements() {
  static const std::vector<std::string> kRules = {
      "arn-fields",      "arn-prefix",         "contradictory-conditions", "invalid-effect",
      "json-type",       "json-duplicate-key", "malformed-action",         "unknown-action",
      "unknown-element", "unknown-operator",   "unknown-service-in-action"};
  return kRules;
}

template <typename Word>
std::optional<Word> word_from(std::string_view text, std::initializer_list<Word> words) {
  for (const Word word : words) {
    if (to_string(word) == text) return word;
  }
  return std::nullopt;
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string text;
  for (std::string_view word : words) text.append(text.empty() ? "" : ", ").append(word);
  return text;
}

// A paragraph as one line.
std::string paragraph_under(std::string_view text, std::string_view heading) {
  std::string line = "\n## ";
  line += heading;
  line += '\n';
  const std::size_t at = text.find(line);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + line.size());
  std::string paragraph;
  while (!text.empty()) {
    const std::string_view own = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(own.size() + 1, text.size()));
    if (own.starts_with("#") || own.starts_with("```")) break;
    if (own.empty() && paragraph.empty()) continue;
    if (own.empty()) break;
    if (!paragraph.empty()) paragraph += ' ';
    paragraph += own;
  }
  return paragraph;
}

class GuardrailReader {
 public:
  GuardrailReader(const std::shared_ptr<const Source>& source, std::string_view slug,
                  const Catalogue& catalogue)
      : source_(source), catalogue_(catalogue) {
    guardrail_.slug = slug;
    guardrail_.file = source->name();
  }

  GuardrailPage read() {
    check_slug();
    const std::size_t end = end_of_front_matter();
    if (end == 0) {
      fail("a page starts with its front matter, between two lines `---`",
           "put `forbid:` with the forbidden access there", {source_->id(), 0, 0});
    } else {
      read_front_matter(end);
      read_body(source_->text().substr(end));
      read_examples();
    }
    GuardrailPage page;
    page.errors = std::move(errors_);
    if (page.errors.empty()) page.guardrail = std::move(guardrail_);
    return page;
  }

 private:
  void fail(std::string message, std::string help, Span span) {
    errors_.push_back({ErrorCode::kInvalidArgument, std::move(message), std::move(help), span});
  }

  void check_slug() {
    const std::string& slug = guardrail_.slug;
    const Span start{source_->id(), 0, 0};
    const bool plain = std::ranges::all_of(
        slug, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
    if (slug.empty() || !plain)
      fail(quoted(slug) + " is no name of a rule",
           "name the file in lower-case letters, digits and hyphens: `no-public-queues.md`", start);
    if (find_rule_page(slug) != nullptr)
      fail("there is a built-in rule " + quoted(slug), "give the file another name", start);
  }

  // Of the line behind the closing `---`; 0: there is none.
  std::size_t end_of_front_matter() const {
    const std::string_view text = source_->text();
    if (!text.starts_with("---\n") && !text.starts_with("---\r\n")) return 0;
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at)) {
      const std::size_t line = ++at;
      std::string_view own = text.substr(line, text.find('\n', line) - line);
      if (own.ends_with('\r')) own.remove_suffix(1);
      if (own == "---") return std::min(line + own.size() + 1, text.size());
    }
    return 0;
  }

  void read_front_matter(std::size_t end) {
    // The YAML reader takes a whole text; this one is the beginning of the page, with its places.
    const std::string_view front = source_->text().substr(0, source_->text().rfind("---", end));
    const Result<Document> document =
        read_yaml(Source::from_bytes(source_->name(), std::string(front), source_->id()), {});
    if (!document) return errors_.push_back(document.error());
    const Node& root = document->root;
    if (!root.is_object())
      return fail("the front matter is no map", "write `key: value` lines", root.span);
    for (const Member& member : root.members) {
      if (std::ranges::find(kKeys, member.name) != kKeys.end()) continue;
      const std::string near =
          did_you_mean(similar_names(member.name, {kKeys.begin(), kKeys.end()}));
      fail("unknown key " + quoted(member.name),
           near.empty() ? "known are " + joined({kKeys.begin(), kKeys.end()}) : near,
           member.name_span);
    }
    read_words(root);
    read_kinds(root);
    if (const Node* forbid = root.find("forbid")) {
      read_statements(*document, *forbid);
    } else {
      fail("`forbid` is missing: the page forbids nothing",
           "write statements such as `forbid: {Action: \"iam:PassRole\", Resource: \"*\"}`",
           {source_->id(), 0, 3});
    }
  }

  void read_words(const Node& root) {
    using enum Severity;
    read_word(root, "severity", {kNote, kWarning, kError}, guardrail_.severity);
    read_word(root, "confidence", {Confidence::kLow, Confidence::kMedium, Confidence::kHigh},
              guardrail_.confidence);
    read_word(root, "securitySeverity",
              {SecuritySeverity::kNone, SecuritySeverity::kLow, SecuritySeverity::kMedium,
               SecuritySeverity::kHigh, SecuritySeverity::kCritical},
              guardrail_.security_severity);
  }

  template <typename Word>
  void read_word(const Node& root, const char* key, std::initializer_list<Word> words, Word& out) {
    const Node* node = root.find(key);
    if (node == nullptr) return;
    if (const auto word = word_from(node->text, words); word && node->is_text()) {
      out = *word;
      return;
    }
    std::vector<std::string_view> names;
    for (const Word word : words) names.push_back(to_string(word));
    fail("`" + std::string(key) + "` must be one of " + joined(names), "", node->span);
  }

  void read_kinds(const Node& root) {
    guardrail_.applies_to = {PolicyKind::kIdentity, PolicyKind::kResource};
    const Node* node = root.find("applies-to");
    if (node == nullptr) return;
    std::vector<const Node*> words;
    if (node->is_list()) {
      for (const Node& item : node->items) words.push_back(&item);
    } else {
      words.push_back(node);
    }
    guardrail_.applies_to.clear();
    for (const Node* word : words) {
      const auto kind = word->is_text() ? policy_kind_from(word->text) : std::nullopt;
      if (kind) {
        guardrail_.applies_to.push_back(*kind);
        continue;
      }
      std::vector<std::string_view> names;
      for (const PolicyKindInfo& row : policy_kinds()) names.push_back(row.name);
      fail(quoted(word->text) + " is no type of policy", "known are " + joined(names), word->span);
    }
    if (words.empty()) fail("`applies-to` names no type of policy", "", node->span);
  }

  void read_statements(const Document& document, const Node& forbid) {
    Node statements = forbid;
    if (!statements.is_list()) {
      statements = Node{Node::Kind::kList, forbid.span, {}, {forbid}, {}};
    }
    if (statements.items.empty())
      fail("`forbid` is empty: the page forbids nothing", "", forbid.span);
    const auto text_node = [&](const char* text, Span span) {
      return Node{Node::Kind::kText, span, text, {}, {}};
    };
    for (Node& item : statements.items) {
      if (!item.is_object()) {
        fail("a forbidden access is a statement, a map with `Action`",
             "write `forbid: {Action: \"s3:Delete*\"}`", item.span);
        return;
      }
      if (item.find("Effect") == nullptr)
        item.members.push_back({"Effect", item.span, text_node("Allow", item.span)});
    }
    Node policy{Node::Kind::kObject, forbid.span, {}, {}, {}};
    policy.members.push_back({"Version", forbid.span, text_node("2012-10-17", forbid.span)});
    policy.members.push_back({"Statement", forbid.span, std::move(statements)});
    Result<Policy> parsed = parse_policy(document, policy);
    if (!parsed) return errors_.push_back(parsed.error());
    guardrail_.forbidden = *std::move(parsed);
    // Not the YAML reader's copy of the beginning.
    guardrail_.forbidden.source = source_;
    check_statements();
  }

  void check_statements() {
    const Policy& forbidden = guardrail_.forbidden;
    for (const Statement& statement : forbidden.statements) {
      if (!statement.action && !statement.not_action)
        fail("the statement names no `Action`", "write `Action: \"*\"` for all of them",
             statement.span);
      if (statement.not_principal)
        fail("`NotPrincipal` names nobody to forbid something to",
             "compare `aws:PrincipalArn`, `aws:PrincipalAccount` or `aws:PrincipalOrgID` in "
             "`Condition`",
             statement.not_principal->name_span);
      if (!statement.principal) continue;
      for (const PolicyKind kind : guardrail_.applies_to) {
        if (info(kind).takes_principal) continue;
        fail("a policy of type " + quoted(info(kind).name) + " names no `Principal`",
             "write `applies-to: [resource, trust]`, or compare `aws:PrincipalArn` in `Condition`",
             statement.principal->name_span);
        break;
      }
    }
    LintSubject subject;
    subject.policy = &forbidden;
    subject.kind = PolicyKind::kResource;
    subject.kind_source = KindSource::kFlag;
    LintOptions options;
    options.select = rules_for_statements();
    options.catalogue = &catalogue_;
    for (const Finding& finding : lint(subject, options))
      fail(finding.message, finding.help, finding.span);
  }

  void read_body(std::string_view body) {
    std::string_view rest = body;
    while (!rest.empty() && !rest.starts_with("# ")) {
      rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
    }
    guardrail_.title = rest.substr(0, std::min(rest.find_first_of("\r\n"), rest.size()));
    if (guardrail_.title.size() <= 2)
      return fail("the page has no title", "add a line `# ...`: it is what the finding says",
                  {source_->id(), 0, 3});
    guardrail_.title.erase(0, 2);
    guardrail_.why = paragraph_under(body, "Why it matters");
    guardrail_.help = paragraph_under(body, "How to fix");
  }

  void read_examples() {
    const std::vector<std::string_view> lines = page::split_lines(source_->text());
    std::vector<page::PageError> errors;
    for (page::Example& example : page::read_examples(lines, 0, errors)) {
      GuardrailExample own{std::move(example.language),
                           example.reported,
                           std::move(example.place),
                           std::move(example.severity),
                           std::nullopt,
                           std::move(example.text),
                           {},
                           {},
                           example.line};
      if (!example.policy_type.empty()) own.kind = policy_kind_from(example.policy_type);
      for (const page::Mark& mark : example.marks) own.marks.push_back({mark.begin, mark.end});
      for (const page::Mark& mark : example.related) own.related.push_back({mark.begin, mark.end});
      if (example.fill != 0 || !example.also.empty())
        errors.push_back({example.line, "`fill` and `also` are for the built-in pages"});
      guardrail_.examples.push_back(std::move(own));
    }
    for (page::PageError& error : errors) {
      const char* begin = lines[error.line - 1].data();
      const auto at = static_cast<std::size_t>(begin - source_->text().data());
      fail(std::move(error.message), "see \"Examples\" in docs/guardrails.md",
           {source_->id(), static_cast<std::uint32_t>(at),
            static_cast<std::uint32_t>(at + lines[error.line - 1].size())});
    }
  }

  std::shared_ptr<const Source> source_;
  const Catalogue& catalogue_;
  Guardrail guardrail_;
  std::vector<Error> errors_;
};

}  // namespace

GuardrailPage read_guardrail(const std::shared_ptr<const Source>& source, std::string_view slug,
                             const Catalogue& catalogue) {
  return GuardrailReader(source, slug, catalogue).read();
}

}  // namespace iamcheck
