#include "catch.h"
#include "iamcheck/credentials.h"
#include "iamcheck/report.h"

using iamcheck::CredentialDetails;
using iamcheck::escape_controls;
using iamcheck::FileFindings;
using iamcheck::Finding;
using iamcheck::LintReport;
using iamcheck::render_text;
using iamcheck::Severity;
using iamcheck::Source;
using iamcheck::Span;

namespace {

Finding finding_at(std::uint32_t begin, std::uint32_t end, const std::string& message = "wrong") {
  Finding finding;
  finding.rule = "a-rule";
  finding.severity = Severity::kError;
  finding.message = message;
  finding.span = {0, begin, end};
  return finding;
}

std::string render(const std::string& text, std::vector<Finding> findings,
                   const std::string& name = "p.json") {
  LintReport report;
  report.files_checked = 1;
  report.files.push_back({Source::from_bytes(name, text), std::move(findings), {}});
  return render_text(report, {});
}

std::string frame(const std::string& text, std::uint32_t begin, std::uint32_t end) {
  std::string out = render(text, {finding_at(begin, end)});
  out = out.substr(out.find('\n') + 1);
  return out.substr(0, out.find("\n\n"));
}

}  // namespace

TEST_CASE("frame: the line, two lines before it, and carets under the span") {
  CHECK(frame("1\n2\n3\nab cd\n5", 9, 11) ==
        "  2 | 2\n"
        "  3 | 3\n"
        "  4 | ab cd\n"
        "    |    ^^");
}

TEST_CASE("frame: a tab takes one column") {
  CHECK(frame("\t\tab", 2, 4) ==
        "  1 |   ab\n"
        "    |   ^^");
}

TEST_CASE("frame: wide characters take two columns, combining marks none") {
  CHECK(frame("\xE6\x97\xA5\xE6\x9C\xAC x", 7, 8) ==
        "  1 | \xE6\x97\xA5\xE6\x9C\xAC x\n"
        "    |      ^");
  CHECK(frame("\xF0\x9F\x98\x80x", 0, 4) ==
        "  1 | \xF0\x9F\x98\x80x\n"
        "    | ^^");
  CHECK(frame("e\xCC\x81x", 3, 4) ==
        "  1 | e\xCC\x81x\n"
        "    |  ^");
}

TEST_CASE("frame: CRLF is a line end and not shown") {
  CHECK(frame("a\r\nbc\r\n", 3, 5) ==
        "  1 | a\n"
        "  2 | bc\n"
        "    | ^^");
}

TEST_CASE("frame: a span over several lines is marked to the end of its first line") {
  CHECK(frame("ab\ncd\nef", 1, 7) ==
        "  1 | ab\n"
        "    |  ^");
}

TEST_CASE("frame: an empty span and one at the end of the text get one caret") {
  CHECK(frame("ab", 1, 1) == "  1 | ab\n    |  ^");
  CHECK(frame("ab", 2, 2) == "  1 | ab\n    |   ^");
  CHECK(frame("", 0, 0) == "  1 | \n    | ^");
}

TEST_CASE("frame: a very long line is cut around the span, between characters") {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "\xC3\xA9";
  text.replace(6000, 2, "XY");
  const std::string out = frame(text, 6000, 6002);
  const std::string line = out.substr(0, out.find('\n'));
  CHECK(line.size() < 200);
  CHECK(line.starts_with("  1 | ...\xC3\xA9"));
  CHECK(line.ends_with("\xC3\xA9..."));
  const std::string carets = out.substr(out.find('\n') + 1);
  // The carets stand under the letters: as many columns before them as characters above.
  const std::string before = line.substr(0, line.find("XY"));
  const auto columns = std::count_if(before.begin(), before.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  });
  CHECK(carets.find("^^") == static_cast<std::size_t>(columns));
}

TEST_CASE("frame: control characters are escaped and the carets move along") {
  CHECK(frame("\x1B[31mx", 5, 6) ==
        "  1 | \\x1b[31mx\n"
        "    |         ^");
}

TEST_CASE("escaping: what a terminal obeys or hides is shown as bytes") {
  CHECK(escape_controls("a\x07\x7F\n") == "a\\x07\\x7f\\x0a");
  CHECK(escape_controls("\xC2\x9B") == "\\xc2\\x9b");                    // C1
  CHECK(escape_controls("\xE2\x80\xAE") == "\\xe2\\x80\\xae");           // right-to-left override
  CHECK(escape_controls("\xE2\x81\xA6") == "\\xe2\\x81\\xa6");           // isolate
  CHECK(escape_controls("\xD8\x9C") == "\\xd8\\x9c");                    // Arabic letter mark
  CHECK(escape_controls("\xE2\x80\x8B") == "\\xe2\\x80\\x8b");           // zero-width space
  CHECK(escape_controls("\xF3\xA0\x81\x81") == "\\xf3\\xa0\\x81\\x81");  // tag
  CHECK(escape_controls("\xE2\x80\xA8") == "\\xe2\\x80\\xa8");           // line separator
}

TEST_CASE("escaping: bytes that are no UTF-8 are shown as bytes") {
  CHECK(escape_controls("\x9B") == "\\x9b");
  CHECK(escape_controls("a\xFF") == "a\\xff");
  CHECK(escape_controls("\xC3") == "\\xc3");
  CHECK(escape_controls("\xC0\x8A") == "\\xc0\\x8a");           // overlong line feed
  CHECK(escape_controls("\xED\xA0\x80") == "\\xed\\xa0\\x80");  // surrogate
  CHECK(escape_controls("\xF4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");
}

TEST_CASE("escaping: ordinary text of any language stays as it is") {
  const std::string text = "caf\xC3\xA9 \xE6\x97\xA5 \xF0\x9F\x98\x80 \xE2\x80\x8D e\xCC\x81";
  CHECK(escape_controls(text) == text);
}

TEST_CASE("text report: nothing of a hostile file reaches the terminal unescaped") {
  Finding finding = finding_at(0, 1, "m\x1B");
  finding.label = "l\x1B";
  finding.notes = {"n\x1B"};
  finding.help = "h\x1B";
  finding.related.push_back({{0, 0, 1}, "r\x1B"});
  const std::string out = render("\x1B", {finding}, "name\x1B\n");
  CHECK(out.find('\x1B') == std::string::npos);
  CHECK(out.starts_with("name\\x1b\\x0a:1:1: error: m\\x1b [a-rule]\n"));
}

TEST_CASE("text report: colours come only when asked for") {
  LintReport report;
  report.files.push_back({Source::from_bytes("p", "ab"), {finding_at(0, 1)}, {}});
  CHECK(render_text(report, {}).find('\x1B') == std::string::npos);
  CHECK(render_text(report, {true}).find("\x1B[1;31merror\x1B[0m") != std::string::npos);
}

TEST_CASE("text report: a credential is masked in every frame and redacted in every text") {
  const std::string key = "AKIAQYLPMN5HFIQR7XYZ";
  Finding secret = finding_at(0, 20);
  secret.credential = CredentialDetails{};
  Finding other = finding_at(21, 24, "no service `" + key + "` or `akiaqylpmn5hfiqr7xyz`");
  other.label = other.help = key;
  other.notes = {key};
  other.related.push_back({{0, 0, 24}, key});
  const std::string out = render(key + " rest", {secret, other});
  CHECK(out.find("QYLPMN") == std::string::npos);
  CHECK(out.find("qylpmn") == std::string::npos);
  CHECK(out.find("no service `AKIA...YZ` or `AKIA...YZ`") != std::string::npos);
  CHECK(out.find("******************** rest") != std::string::npos);
}

TEST_CASE("text report: the last line counts what was found, read and left out") {
  LintReport report;
  CHECK(render_text(report, {}) == "no findings in 0 files\n");
  report.files_checked = 1;
  report.policies_checked = 2;
  report.files_skipped = 1;
  report.findings_omitted = 3;
  report.errors.push_back({"x", {}});
  Finding note = finding_at(0, 1);
  note.severity = Severity::kNote;
  report.files.push_back({Source::from_bytes("p", "ab"), {finding_at(0, 1), note, note}, {}});
  const std::string out = render_text(report, {});
  CHECK(
      out.ends_with("\n1 error, 2 notes in 1 file, 2 policies read, 1 file skipped (binary, too "
                    "large or not a regular file), 3 more findings left out, 1 input could not be "
                    "read\n"));
}

TEST_CASE("report: no excerpt and no message shows a secret at another place") {
  const std::string secret = std::string("p8SGo0Z+2l7Xh+IANMvh") + "vMJ6a5NIu+66itYQ+ZJ1";
  std::string escaped = "\\u0070" + secret.substr(1);
  const std::string text =
      "first " + secret + " then\nsecret_key = " + secret + "\n\"" + escaped + "\"\n";
  const auto source = Source::from_bytes("p.json", text);
  const auto scan = iamcheck::CredentialScanner().examine(*source, {});
  LintReport report;
  report.files.push_back({source,
                          {finding_at(0, 5, "value `" + secret + "`"),
                           finding_at(static_cast<std::uint32_t>(text.rfind('"')),
                                      static_cast<std::uint32_t>(text.rfind('"') + 1))},
                          scan.secrets});
  const std::string out = render_text(report, {}) + render_json(report);
  CHECK(out.find(secret.substr(4, 8)) == std::string::npos);
  CHECK(out.find("p8SG...J1") != std::string::npos);
  CHECK(out.find("first ****") != std::string::npos);
}

TEST_CASE("report: a secret that was cut off is hidden like a whole one") {
  const std::string secret = std::string("p8SGo0Z+2l7Xh+IANMvh") + "vMJ6a5NIu+66itYQ+ZJ1";
  const auto source = Source::from_bytes("p.json", "secret_key = " + secret);
  const auto scan = iamcheck::CredentialScanner().examine(*source, {});
  for (std::size_t shown : {8, 20, 39}) {
    LintReport report;
    const std::string message = "`arn:" + secret.substr(0, shown) + "...` is odd";
    report.files.push_back({source, {finding_at(0, 5, message)}, scan.secrets});
    const std::string out = render_text(report, {});
    CHECK(out.find(secret.substr(0, 6)) == std::string::npos);
    CHECK(out.find("`arn:p8SG...` is odd") != std::string::npos);
  }
}

TEST_CASE("report: related places above the limit are counted") {
  Finding finding = finding_at(0, 1);
  finding.related.push_back({{0, 1, 2}, "this too"});
  finding.related_omitted = 41;
  LintReport report;
  report.files.push_back({Source::from_bytes("p.json", "abc"), {finding}, {}});
  CHECK(render_text(report, {}).find("\n   and 41 more places\n") != std::string::npos);
  CHECK(render_json(report).find("\"relatedOmitted\": 41") != std::string::npos);
}
