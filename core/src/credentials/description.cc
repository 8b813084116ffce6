#include "credentials/description.h"

#include <algorithm>
#include <array>
#include <string>

#include "iamcheck/credentials.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

// The ladder: silent candidates never come here.
Severity severity_of(const Candidate& candidate) {
  if (candidate.weight == Weight::kNote) return Severity::kNote;
  Severity most = candidate.weight == Weight::kShape ? Severity::kWarning : Severity::kError;
  return std::min(candidate.page->severity, most);
}

// A documented secret adds nothing to an id; a real one makes an error of any id, for the id is no
// secret and may well be a placeholder that somebody forgot to replace.
Severity severity_of_pair(const Candidate& id, const Candidate& secret) {
  if (secret.documented) return severity_of(id);
  return Severity::kError;
}

std::string with_small_letter(std::string_view sentence) {
  std::string text(sentence);
  bool acronym = text.size() > 1 && text[1] >= 'A' && text[1] <= 'Z';
  if (!text.empty() && !acronym) text[0] = ascii_lower(text[0]);
  return text;
}

// The first sentence of a section, on one line, in the voice of a finding.
std::string first_sentence(std::string_view section) {
  std::string text;
  for (char c : section) {
    if (c == '\n' && (text.empty() || text.back() == ' ')) continue;
    text += c == '\n' ? ' ' : c;
    if (text.ends_with(". ") || text.ends_with(": ")) break;
  }
  while (!text.empty() && std::string_view(" .:").find(text.back()) != std::string_view::npos) {
    text.pop_back();
  }
  return with_small_letter(text);
}

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

Span span_of(const Candidate& candidate, std::uint32_t source) {
  return {source, candidate.begin, candidate.end};
}

}  // namespace

bool is_example_path(std::string_view path) {
  constexpr std::array<std::string_view, 14> kFolders = {
      "test", "tests",   "testdata", "fixture", "fixtures", "example", "examples",
      "spec", "samples", "sample",   "docs",    "doc",      "mocks",   "__tests__"};
  constexpr std::array<std::string_view, 4> kEndings = {".example", ".sample", ".template",
                                                        ".dist"};
  for (std::size_t at = 0; at < path.size();) {
    std::size_t end = std::min(path.find_first_of("/\\", at), path.size());
    bool folder = end < path.size();
    if (folder &&
        std::find(kFolders.begin(), kFolders.end(), path.substr(at, end - at)) != kFolders.end()) {
      return true;
    }
    at = end + 1;
  }
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return path.ends_with(ending); });
}

bool is_generated_path(std::string_view path) {
  constexpr std::array<std::string_view, 9> kEndings = {".lock",
                                                        "package-lock.json",
                                                        "npm-shrinkwrap.json",
                                                        "pnpm-lock.yaml",
                                                        "go.sum",
                                                        ".min.js",
                                                        ".min.css",
                                                        ".map",
                                                        ".lockfile"};
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return path.ends_with(ending); });
}

Finding describe(const std::vector<Candidate>& candidates, const Pairing& pairing,
                 std::uint32_t source, bool lower) {
  const Candidate& first = candidates[pairing.first];
  const Candidate* secret = pairing.secret ? &candidates[*pairing.secret] : nullptr;
  const Candidate* token = pairing.token ? &candidates[*pairing.token] : nullptr;
  // A secret that only its place gave away: the rule that looks at places says so.
  const RulePage& page = secret != nullptr && secret->nearby ? *secret->page : *first.page;

  Finding finding;
  finding.rule = page.slug;
  finding.severity = secret != nullptr ? severity_of_pair(first, *secret) : severity_of(first);
  if (lower && finding.severity == Severity::kError) finding.severity = Severity::kWarning;
  finding.confidence = std::min(page.confidence, first.confidence);
  if (finding.severity != Severity::kNote) finding.security_severity = page.security_severity;

  bool documented = first.documented && (secret == nullptr || secret->documented);
  finding.message = with_small_letter(first.page->title) + " " + quoted(first.redacted);
  if (secret != nullptr) finding.message += " with its secret access key";
  if (token != nullptr) finding.message += " and session token";
  if (documented) finding.message += ", an example of public documentation";
  if (!first.account_id.empty()) finding.label = "belongs to account " + quoted(first.account_id);
  if (documented) {
    finding.notes.push_back("the value is printed in public documentation and opens nothing");
    finding.help = "use a placeholder that nobody takes for a key, such as `<access-key-id>`";
  } else {
    finding.notes.push_back(first_sentence(page.section("Why it matters")));
    finding.help = first_sentence(page.section("How to fix"));
  }
  finding.help += "; see `iamcheck rule " + std::string(page.slug) + "`";

  finding.span = span_of(first, source);
  if (secret != nullptr) {
    finding.related.push_back(
        {span_of(*secret, source), "secret access key " + quoted(secret->redacted)});
  }
  if (token != nullptr) {
    finding.related.push_back(
        {span_of(*token, source), "session token " + quoted(token->redacted)});
  }
  CredentialDetails details;
  details.kind = first.page->slug;
  details.provider = first.page->category;
  details.redacted = first.redacted;
  details.validated =
      !documented && (first.validated || (secret != nullptr && !secret->documented));
  details.account_id = first.account_id;
  finding.credential = std::move(details);
  return finding;
}

}  // namespace iamcheck
