// Packs the rule pages into C++ tables at build time.
//
//   iamcheck_rules_pack RULES_DIR OUT_DIR
//
// reads RULES_DIR/policy/*.md and RULES_DIR/credentials/*.md and writes
//   OUT_DIR/rule_pages.inc   the array `kPages` that core/src/text/rule_page.cc includes
//   OUT_DIR/rule_checks.inc  one line IAMCHECK_RULE_CHECK(slug, function) for every policy rule:
//                            the linter defines the macro twice, to declare the checks and to list
//                            them, so that a page without a check does not link
// Defects are printed as `file:line: error: ...`, all of them, and nothing is written.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "rule_page_reader.h"

namespace iamcheck::pack {
namespace {

// A string as one C++ literal per line of text. Octal escapes of three digits cannot swallow the
// next character, as hexadecimal ones would.
std::string literal(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      out += "\\n\"\n\"";
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte >= 0x7F) {
      out += '\\';
      out += static_cast<char>('0' + (byte >> 6));
      out += static_cast<char>('0' + ((byte >> 3) & 7));
      out += static_cast<char>('0' + (byte & 7));
    } else {
      out += c;
    }
  }
  return out + "\"sv";
}

// `error` -> `Severity::kError`.
std::string enumerator(std::string_view type, std::string_view word) {
  std::string out(type);
  out += "::k";
  out += static_cast<char>(word[0] - 'a' + 'A');
  out += word.substr(1);
  return out;
}

class TableWriter {
 public:
  void add(const Page& page) {
    prefix_ = "kPage" + std::to_string(count_++) + "_";
    std::string applies_to = strings("applies_to", page.applies_to);
    std::string references = strings("references", page.references);
    std::string aliases = strings("aliases", page.aliases);
    std::string peers = pairs("peers", page.peers);
    std::string examples = examples_of(page);
    std::string credential = page.credential ? credential_of(page) : "nullptr";
    data_ << "constexpr std::string_view " << prefix_ << "text = " << literal(page.text) << ";\n";
    std::string folder = page.credential ? "credentials/" : "policy/";
    rows_ << "    {" << literal(page.slug) << ", "
          << (page.credential ? "RuleKind::kCredential" : "RuleKind::kPolicy") << ", "
          << literal(page.title) << ", " << enumerator("Severity", page.severity) << ", "
          << enumerator("SecuritySeverity", page.security_severity) << ", "
          << enumerator("Confidence", page.confidence) << ", " << literal(page.category) << ", "
          << applies_to << ", " << enumerator("RuleFix", page.fix) << ", " << literal(page.since)
          << ", " << literal(page.finding_type) << ", " << profile_of(page) << ", " << peers << ", "
          << references << ", " << aliases << ", " << literal(folder + page.slug + ".md") << ", "
          << prefix_ << "text, " << prefix_ << "text.substr(" << page.body_begin << "), "
          << examples << ", " << credential << "},\n";
  }

  static std::string profile_of(const Page& page) {
    if (page.profile == "access-analyzer") return "Profile::kAccessAnalyzer";
    return enumerator("Profile", page.profile);
  }

  std::string finish() {
    return data_.str() + "constexpr std::array<RulePage, " + std::to_string(count_) +
           "> kPages = {{\n" + rows_.str() + "}};\n";
  }

 private:
  std::string strings(const std::string& name, const std::vector<std::string>& values) {
    if (values.empty()) return "{}";
    data_ << "constexpr std::string_view " << prefix_ << name << "[] = {";
    for (const std::string& value : values) data_ << literal(value) << ", ";
    data_ << "};\n";
    return prefix_ + name;
  }

  std::string pairs(const std::string& name,
                    const std::vector<std::pair<std::string, std::string>>& values) {
    if (values.empty()) return "{}";
    data_ << "constexpr RulePeer " << prefix_ << name << "[] = {";
    for (const auto& [tool, id] : values)
      data_ << "{" << literal(tool) << ", " << literal(id) << "}, ";
    data_ << "};\n";
    return prefix_ + name;
  }

  std::string marks(const std::string& name, const std::vector<Mark>& values) {
    if (values.empty()) return "{}";
    data_ << "constexpr RuleMark " << prefix_ << name << "[] = {";
    for (const Mark& mark : values) data_ << "{" << mark.begin << ", " << mark.end << "}, ";
    data_ << "};\n";
    return prefix_ + name;
  }

  std::string examples_of(const Page& page) {
    std::ostringstream rows;
    for (std::size_t i = 0; i < page.examples.size(); ++i) {
      const Example& e = page.examples[i];
      std::string number = std::to_string(i);
      std::string also = strings("also" + number, e.also);
      std::string primary = marks("marks" + number, e.marks);
      std::string related = marks("related" + number, e.related);
      rows << "    {" << literal(e.language) << ", " << (e.reported ? "true" : "false") << ", "
           << literal(e.place) << ", " << literal(e.severity) << ", " << literal(e.why) << ", "
           << literal(e.policy_type) << ", " << literal(e.file) << ", " << also << ", "
           << literal(e.text) << ", " << primary << ", " << related << ", " << e.line << ", "
           << e.fill << "},\n";
    }
    data_ << "constexpr RuleExample " << prefix_ << "examples[] = {\n" << rows.str() << "};\n";
    return prefix_ + "examples";
  }

  std::string credential_of(const Page& page) {
    std::string keywords = strings("keywords", page.keywords);
    std::string names = strings("names", page.names);
    std::string near = strings("near", page.near);
    data_ << "constexpr CredentialPattern " << prefix_ << "credential = {"
          << enumerator("CredentialAnchor", page.anchor) << ", " << keywords << ", "
          << (page.ignore_case ? "true" : "false") << ", " << literal(page.pattern) << ", "
          << page.entropy << ", " << literal(page.validate) << ", " << names << ", "
          << literal(page.named_pattern) << ", " << near << ", " << page.least_lead << ", "
          << page.most_lead << "};\n";
    return "&" + prefix_ + "credential";
  }

  std::ostringstream data_, rows_;
  std::string prefix_;
  int count_ = 0;
};

std::vector<std::filesystem::path> pages_of(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    if (entry.path().extension() == ".md") paths.push_back(entry.path());
  }
  return paths;
}

bool write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  return static_cast<bool>(out.flush());
}

int run(const std::filesystem::path& rules, const std::filesystem::path& out) {
  std::vector<Page> pages;
  bool failed = false;
  for (bool credential : {false, true}) {
    for (const auto& path : pages_of(rules / (credential ? "credentials" : "policy"))) {
      std::ifstream in(path, std::ios::binary);
      std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
      std::vector<PageError> errors;
      pages.push_back(read_page(path.stem().string(), credential, std::move(text), errors));
      for (const PageError& error : errors) {
        std::cerr << path.string() << ":" << error.line << ": error: " << error.message << "\n";
        failed = true;
      }
    }
  }
  std::sort(pages.begin(), pages.end(),
            [](const Page& a, const Page& b) { return a.slug < b.slug; });
  for (std::size_t i = 1; i < pages.size(); ++i) {
    if (pages[i].slug == pages[i - 1].slug) {
      std::cerr << "error: two pages have the slug `" << pages[i].slug << "`\n";
      failed = true;
    }
  }
  if (failed) return 1;
  TableWriter table;
  std::string checks;
  for (const Page& page : pages) {
    table.add(page);
    if (page.credential) continue;
    std::string function = page.slug;
    std::replace(function.begin(), function.end(), '-', '_');
    checks += "IAMCHECK_RULE_CHECK(\"" + page.slug + "\", check_" + function + ")\n";
  }
  if (!write_file(out / "rule_pages.inc", table.finish()) ||
      !write_file(out / "rule_checks.inc", checks)) {
    std::cerr << "error: cannot write to " << out.string() << "\n";
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace iamcheck::pack

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: iamcheck_rules_pack RULES_DIR OUT_DIR\n";
    return 2;
  }
  return iamcheck::pack::run(argv[1], argv[2]);
}
