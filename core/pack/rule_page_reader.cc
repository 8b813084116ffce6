#include "rule_page_reader.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace iamcheck::pack {
namespace {

using Words = std::vector<std::string_view>;

const Words kSeverities(page::kSeverities.begin(), page::kSeverities.end());
const Words kSecuritySeverities = {"none", "low", "medium", "high", "critical"};
const Words kConfidences = {"low", "medium", "high"};
const Words kFixes = {"none", "safe", "unsafe"};
const Words kAnchors = {"token", "assigned", "nearby", "literal"};
const Words kCases = {"sensitive", "ignored"};
const Words kPolicyTypes(page::kPolicyTypes.begin(), page::kPolicyTypes.end());
const Words kHeadings = {"What it reports", "Why it matters", "How to fix",
                         "Reported",        "Not reported",   "Limits"};
const Words kSharedKeys = {"severity", "securitySeverity", "confidence", "category", "since",
                           "peers",    "references",       "aliases"};
const Words kFindingTypes = {"ERROR", "SECURITY_WARNING", "WARNING", "SUGGESTION"};
const Words kProfiles = {"default", "strict", "access-analyzer"};
const Words kPolicyKeys = {"applies-to", "fix", "finding-type", "profile"};
const Words kPolicyRequired = {"applies-to", "fix"};
const Words kCredentialKeys = {"keywords", "case", "anchor", "pattern", "entropy", "validate"};
const Words kCredentialOptions = {"names", "named-pattern", "near", "lead", "profile"};
const Words kSharedRequired = {"severity", "confidence", "category", "since", "references"};

bool contains(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string join(const Words& words) {
  std::string text;
  for (std::string_view word : words) {
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text;
}

// ---- Front matter ----

class FrontMatterReader {
 public:
  FrontMatterReader(const std::vector<FrontMatterEntry>& entries, std::vector<PageError>& errors)
      : entries_(entries), errors_(errors) {}

  void check_keys(const Words& known, const Words& required) {
    for (const FrontMatterEntry& entry : entries_) {
      if (!contains(known, entry.key)) {
        errors_.push_back(
            {entry.line, "unknown key `" + entry.key + "`; known are " + join(known)});
      }
    }
    for (std::string_view key : required) {
      if (find(key) == nullptr) errors_.push_back({1, "key `" + std::string(key) + "` is missing"});
    }
  }

  void scalar(std::string_view key, std::string& out, const Words& words = {}) {
    const FrontMatterEntry* entry = find(key);
    if (entry == nullptr) return;
    auto value = read_scalar(entry->value);
    if (!value || value->empty()) return fail(*entry, "has no readable value");
    if (!words.empty() && !contains(words, *value))
      return fail(*entry, "must be one of " + join(words));
    out = *value;
  }

  // A number of bytes, a range `8-10`, or -1.
  void lead(int& least, int& most) {
    const FrontMatterEntry* entry = find("lead");
    if (entry == nullptr) return;
    if (entry->value == "-1") {
      least = most = -1;
      return;
    }
    constexpr int kMostLead = 128;
    char* end = nullptr;
    least = most = static_cast<int>(std::strtol(entry->value.c_str(), &end, 10));
    if (*end == '-') most = static_cast<int>(std::strtol(end + 1, &end, 10));
    if (*end != 0 || least < 0 || most < least || most > kMostLead)
      fail(*entry, "must be -1, a number from 0 to 128, or a range of such numbers");
  }

  void list(std::string_view key, std::vector<std::string>& out, const Words& words = {}) {
    const FrontMatterEntry* entry = find(key);
    if (entry == nullptr) return;
    auto value = read_list(entry->value);
    if (!value || value->empty()) return fail(*entry, "must be a list `[a, \"b, c\"]`");
    for (const std::string& item : *value) {
      if (!words.empty() && !contains(words, item)) {
        return fail(*entry, "has `" + item + "`, which is none of " + join(words));
      }
    }
    out = *value;
  }

  void map(std::string_view key, std::vector<std::pair<std::string, std::string>>& out) {
    const FrontMatterEntry* entry = find(key);
    if (entry == nullptr) return;
    auto value = read_map(entry->value);
    if (!value) return fail(*entry, "must be a map `{tool: id, tool: id}`");
    out = *value;
  }

  void fail(std::string_view key, std::string_view what) {
    if (const FrontMatterEntry* entry = find(key)) fail(*entry, what);
  }

 private:
  const FrontMatterEntry* find(std::string_view key) const {
    for (const FrontMatterEntry& entry : entries_) {
      if (entry.key == key) return &entry;
    }
    return nullptr;
  }
  void fail(const FrontMatterEntry& entry, std::string_view what) {
    errors_.push_back({entry.line, "`" + entry.key + "` " + std::string(what)});
  }

  const std::vector<FrontMatterEntry>& entries_;
  std::vector<PageError>& errors_;
};

bool has_capital(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

void read_credential_options(FrontMatterReader& reader, Page& page) {
  reader.list("names", page.names);
  reader.scalar("named-pattern", page.named_pattern);
  reader.list("near", page.near);
  reader.lead(page.least_lead, page.most_lead);
  if (page.names.empty() != page.named_pattern.empty())
    reader.fail(page.names.empty() ? "named-pattern" : "names",
                "needs `names` and `named-pattern`");
  if (page.anchor != "token") {
    reader.fail("names", "is only for the anchor `token`");
    reader.fail("lead", "is only for the anchor `token`");
  }
  for (const std::string& name : page.names) {
    if (name.size() < 4) reader.fail("names", "must have at least four characters each");
    if (has_capital(name)) reader.fail("names", "must be lower case");
  }
  for (const std::string& word : page.near) {
    if (has_capital(word)) reader.fail("near", "must be lower case");
  }
}

void read_credential_keys(FrontMatterReader& reader, Page& page) {
  std::string case_word = "sensitive";
  reader.list("keywords", page.keywords);
  reader.scalar("case", case_word, kCases);
  reader.scalar("anchor", page.anchor, kAnchors);
  reader.scalar("pattern", page.pattern);
  reader.scalar("entropy", page.entropy);
  reader.scalar("validate", page.validate);
  page.ignore_case = case_word == "ignored";
  for (std::string& keyword : page.keywords) {
    // Four bytes is what the literal pass looks at (core/src/credentials/literal_pass.h).
    if (keyword.size() < 4) reader.fail("keywords", "must have at least four characters each");
    if (page.ignore_case && has_capital(keyword))
      reader.fail("keywords", "must be lower case when the case is ignored");
  }
  read_credential_options(reader, page);
  char* end = nullptr;
  if (!page.entropy.empty()) std::strtod(page.entropy.c_str(), &end);
  if (end != nullptr && *end != 0) reader.fail("entropy", "must be a number of bits");
}

void read_keys(const std::vector<FrontMatterEntry>& entries, Page& page,
               std::vector<PageError>& errors) {
  FrontMatterReader reader(entries, errors);
  Words known = kSharedKeys;
  Words required = kSharedRequired;
  const Words& own = page.credential ? kCredentialKeys : kPolicyKeys;
  known.insert(known.end(), own.begin(), own.end());
  if (page.credential)
    known.insert(known.end(), kCredentialOptions.begin(), kCredentialOptions.end());
  const Words& own_required = page.credential ? kCredentialKeys : kPolicyRequired;
  required.insert(required.end(), own_required.begin(), own_required.end());
  reader.check_keys(known, required);
  page.security_severity = "none";
  page.fix = "none";
  page.entropy = "0";
  reader.scalar("severity", page.severity, kSeverities);
  reader.scalar("securitySeverity", page.security_severity, kSecuritySeverities);
  reader.scalar("confidence", page.confidence, kConfidences);
  reader.scalar("category", page.category);
  reader.scalar("since", page.since);
  reader.map("peers", page.peers);
  reader.list("references", page.references);
  reader.list("aliases", page.aliases);
  page.profile = "default";
  if (page.credential) {
    reader.scalar("profile", page.profile, {"default", "strict"});
    read_credential_keys(reader, page);
  } else {
    reader.list("applies-to", page.applies_to, kPolicyTypes);
    reader.scalar("fix", page.fix, kFixes);
    reader.scalar("finding-type", page.finding_type, kFindingTypes);
    reader.scalar("profile", page.profile, kProfiles);
    const bool has_code = std::ranges::any_of(
        page.peers, [](const auto& peer) { return peer.first == "access-analyzer"; });
    if (has_code == page.finding_type.empty())
      reader.fail("finding-type",
                  "stands on the pages with a peer `access-analyzer`, and only there");
  }
}

// ---- Body ----

void check_examples(const std::vector<Example>& examples, std::vector<PageError>& errors) {
  for (const Example& example : examples) {
    const bool explained = !example.reported && !example.why.empty();
    if (example.heading == "Not reported" && !explained)
      errors.push_back({example.line, "an example under `Not reported` says `clean why=\"...\"`"});
    if (example.heading == "Reported" && !example.reported)
      errors.push_back({example.line, "an example under `Reported` says `reported`"});
    if (example.reported && example.marks.empty())
      errors.push_back({example.line, "a reported example marks the reported place with `^^^`"});
  }
}

void read_body(const std::vector<std::string_view>& lines, std::size_t first, Page& page,
               std::vector<PageError>& errors) {
  page.examples = page::read_examples(lines, first, errors);
  check_examples(page.examples, errors);
  std::size_t next_heading = 0;
  bool in_fence = false;
  for (std::size_t i = first; i < lines.size(); ++i) {
    std::string_view line = lines[i];
    if (in_fence) {
      in_fence = line != "```";
    } else if (line.starts_with("```")) {
      // Every fence under these two is an example, or nobody notices a forgotten attribute.
      const bool listed = next_heading == 4 || next_heading == 5;
      const bool known = std::ranges::any_of(
          page.examples, [&](const Example& example) { return example.line == i + 1; });
      if (listed && !known)
        errors.push_back({i + 1, "a fence under this heading says `reported` or `clean`"});
      in_fence = true;
    } else if (line.starts_with("# ")) {
      if (!page.title.empty()) errors.push_back({i + 1, "a page has one title"});
      page.title = line.substr(2);
    } else if (line.starts_with("## ")) {
      if (next_heading >= kHeadings.size() || line.substr(3) != kHeadings[next_heading]) {
        errors.push_back(
            {i + 1, "unexpected heading; the headings are, in this order, " + join(kHeadings)});
      }
      ++next_heading;
    }
  }
  if (page.title.empty()) errors.push_back({first + 1, "the page needs a title, a line `# ...`"});
  if (next_heading < kHeadings.size()) {
    errors.push_back(
        {lines.size(), "the heading `" + std::string(kHeadings[next_heading]) + "` is missing"});
  }
  auto has = [&](bool reported) {
    return std::any_of(page.examples.begin(), page.examples.end(),
                       [&](const Example& e) { return e.reported == reported; });
  };
  if (!has(true)) errors.push_back({lines.size(), "the page needs a reported example"});
  if (!has(false)) errors.push_back({lines.size(), "the page needs a clean example"});
}

}  // namespace

Page read_page(std::string_view slug, bool credential, std::string text,
               std::vector<PageError>& errors) {
  Page page;
  page.slug = slug;
  page.credential = credential;
  page.text = std::move(text);
  for (char c : slug) {
    if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
      errors.push_back({1, "a slug has lower-case letters, digits and hyphens only"});
      break;
    }
  }
  if (page.text.find('\r') != std::string::npos) {
    errors.push_back({1, "pages have plain line ends, without carriage returns"});
  }
  auto lines = page::split_lines(page.text);
  std::size_t body_line = 0;
  auto entries = read_front_matter(lines, body_line, errors);
  if (!entries) return page;
  read_keys(*entries, page, errors);
  for (std::size_t i = 0; i < body_line; ++i) page.body_begin += lines[i].size() + 1;
  page.body_begin = std::min(page.body_begin, page.text.size());
  read_body(lines, body_line, page, errors);
  return page;
}

}  // namespace iamcheck::pack
