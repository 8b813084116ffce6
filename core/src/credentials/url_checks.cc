#include "credentials/url_checks.h"

#include <algorithm>
#include <array>
#include <string>

#include "credentials/encoding.h"
#include "credentials/placeholder.h"
#include "credentials/plausibility.h"
#include "iamcheck/credentials.h"
#include "text/ascii.h"
#include "text/base64.h"

namespace iamcheck {
namespace {

constexpr std::size_t npos = std::string_view::npos;

// What documentation writes for a password.
bool is_stock_word(std::string_view value) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"pass", "pwd", "postgres", "root", "guest", "user", "mysql", "pw", "mongo", "redis", "test",
       "dbpass", "db_pass", "changeit"});
  return is_stock_password(value) ||
         std::find(kWords.begin(), kWords.end(), ascii_lower(value)) != kWords.end();
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// `%40` for `@`: the digits of escapes are none of the password.
std::string without_escapes(std::string_view value) {
  std::string text;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool escape = value[i] == '%' && i + 2 < value.size() && is_hex_digit(value[i + 1]) &&
                        is_hex_digit(value[i + 2]);
    const bool at = escape && value[i + 1] == '4' && value[i + 2] == '0';
    text += escape ? (at ? '@' : '.') : value[i];
    if (escape) i += 2;
  }
  return text;
}

// Nobody outside reaches these: this machine, names of a compose file, documentation (RFC 2606).
bool is_local_host(std::string_view host) {
  const std::string lower = ascii_lower(host);
  if (lower.find('.') == std::string::npos || lower.starts_with("127.") || lower == "0.0.0.0")
    return true;
  constexpr auto kEndings = std::to_array<std::string_view>(
      {"example.com", "example.org", "example.net", ".example", ".local", ".test", ".invalid",
       ".localhost", "domain.com", "company.com"});
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return lower.ends_with(ending); });
}

std::string_view host_behind(const Match& match) {
  const std::string_view rest = match.text.substr(std::min(match.end + 1, match.text.size()), 256);
  return rest.substr(0, rest.find_first_of(":/?#\"'`\\ \r\n\t,;)<>"));
}

// The user of the same URL: between `//` and the colon.
std::string_view user_before(const Match& match) {
  if (match.begin < 2) return {};
  const std::string_view before = match.text.substr(0, match.begin - 1);
  const std::size_t slash = before.find_last_of('/');
  return slash == npos ? std::string_view() : before.substr(slash + 1);
}

bool is_no_password(std::string_view value) {
  return is_template(value) || is_placeholder(value) || value.find_first_not_of("*.xX") == npos;
}

// A password of a URL. Documentation is full of them: without a digit it is only a warning.
void weigh_url(bool database, const Match& match, Candidate& candidate) {
  candidate.documented = is_documented(match.value);
  const std::string_view user = user_before(match);
  const std::string_view host = host_behind(match);
  if (host.empty() || is_no_password(match.value) || is_template(user) || is_template(host)) return;
  const std::string meant = without_escapes(match.value);
  const bool stock = is_stock_word(meant) || ascii_lower(user) == ascii_lower(match.value);
  if (stock && !database) return;
  if (stock || is_local_host(host) || candidate.documented) {
    if (database || looks_like_password(match.value)) candidate.weight = Weight::kNote;
    return;
  }
  if (entropy_of(match.value) < match.entropy) return;
  candidate.weight = has_digit(meant) ? Weight::kSound : Weight::kShape;
}

void check_database_url(const Match& match, Candidate& candidate) {
  weigh_url(true, match, candidate);
}

void check_web_url(const Match& match, Candidate& candidate) { weigh_url(false, match, candidate); }

// `Server=..;User Id=..;Password=..`, `jdbc:..?user=..&password=..`, `host=.. user=.. password=..`
void check_connection_string(const Match& match, Candidate& candidate) {
  constexpr std::size_t kBytes = 256;
  constexpr auto kServers = std::to_array<std::string_view>(
      {"server=", "data source=", "jdbc:", "host=", "datasource=", "driver=", "hostname=",
       "initial catalog=", "database=", "dsn="});
  constexpr auto kUsers = std::to_array<std::string_view>(
      {"user id=", "uid=", "user=", "userid=", "username=", "user name="});
  std::size_t first = match.begin - std::min(match.begin, kBytes);
  const std::size_t line = match.text.substr(first, match.begin - first).find_last_of("\r\n");
  if (line != npos) first += line + 1;
  std::string_view around = match.text.substr(first, match.end - first + kBytes);
  around = around.substr(0, around.find_first_of("\r\n", match.end - first));
  const std::string lower = ascii_lower(around);
  auto has = [&](const auto& words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      return lower.find(word) != std::string::npos;
    });
  };
  if (!has(kServers) || !has(kUsers) || is_no_password(match.value)) return;
  if (is_stock_word(match.value)) {
    candidate.weight = Weight::kNote;
    return;
  }
  if (!looks_like_password(match.value)) return;
  const bool local =
      lower.find("localhost") != std::string::npos || lower.find("127.0.0.1") != std::string::npos;
  candidate.weight = local ? Weight::kNote : Weight::kSound;
}

bool has_header_before(const Match& match) {
  constexpr std::size_t kBytes = 60;
  const std::size_t first = match.begin - std::min(match.begin, kBytes);
  return ascii_lower(match.text.substr(first, match.begin - first)).find("authorization") !=
         std::string::npos;
}

// RFC 7617: user, colon and password in base64.
void check_basic(const Match& match, Candidate& candidate) {
  if (!has_header_before(match)) return;
  candidate.documented = is_documented(match.value);
  const auto bytes = decode_base64_leniently(match.value);
  const std::size_t colon = bytes ? bytes->find(':') : npos;
  if (!bytes || colon == npos || colon + 4 >= bytes->size()) return;
  if (!std::all_of(bytes->begin(), bytes->end(), [](char c) { return c >= 0x20 && c < 0x7F; }))
    return;
  const std::string password = bytes->substr(colon + 1);
  if (candidate.documented || is_stock_word(password) || password == bytes->substr(0, colon)) {
    candidate.weight = Weight::kNote;
    return;
  }
  if (is_no_password(password)) return;
  candidate.validated = true;
  candidate.weight = has_digit(password) ? Weight::kSound : Weight::kShape;
}

// RFC 6750.
void check_bearer(const Match& match, Candidate& candidate) {
  if (!has_header_before(match) || is_template(match.value)) return;
  if (looks_random(match.value)) passes_basics(match, candidate);
}

// A password among the words of a command.
void check_command(const Match& match, Candidate& candidate) {
  if (is_no_password(match.value) || is_stock_word(match.value)) return;
  candidate.documented = is_documented(match.value);
  if (candidate.documented) {
    candidate.weight = Weight::kNote;
    return;
  }
  if (looks_like_password(match.value) && entropy_of(match.value) >= match.entropy)
    candidate.weight = Weight::kSound;
}

// The cell under the heading `password` in the first row of a Markdown table.
void check_table(const Match& match, Candidate& candidate) {
  constexpr std::size_t kLine = 400;  // longer lines are no table that anybody wrote
  const std::size_t first = match.begin - std::min(match.begin, kLine);
  const std::string_view before = match.text.substr(first, match.begin - first);
  const std::size_t line_end = before.rfind('\n');
  const std::string_view left = before.substr(line_end == npos ? 0 : line_end + 1);
  const auto column = std::count(left.begin(), left.end(), '|');
  const std::string_view behind = match.text.substr(match.end, 3 * kLine);
  const std::size_t rule = behind.find('\n');
  const std::size_t row = rule == npos ? npos : behind.find('\n', rule + 1);
  if (row == npos || behind.substr(rule, row - rule).find("--") == npos) return;
  std::size_t cell = row + 1;
  for (std::ptrdiff_t i = 0; i <= column; ++i) {
    const std::size_t bar = behind.find_first_of("|\n", cell);
    if (bar == npos || behind[bar] != '|') return;
    cell = bar + 1;
  }
  std::string_view value = behind.substr(cell, behind.find_first_of("|\n", cell) - cell);
  auto is_frame = [](char c) { return c == ' ' || c == '`' || c == '*' || c == '\r'; };
  while (!value.empty() && is_frame(value.front())) value.remove_prefix(1);
  while (!value.empty() && is_frame(value.back())) value.remove_suffix(1);
  if (is_no_password(value) || is_stock_word(value) || !looks_like_password(value)) return;
  candidate.weight = Weight::kNote;
  candidate.begin = static_cast<std::uint32_t>(value.data() - match.text.data());
  candidate.end = candidate.begin + static_cast<std::uint32_t>(value.size());
  candidate.redacted = redact(value);
}

constexpr std::array<Check, 7> kChecks = {{
    {"database-url", CredentialRole::kWhole, check_database_url, kWithinRank},
    {"web-url", CredentialRole::kWhole, check_web_url, kWithinRank},
    {"connection-string", CredentialRole::kWhole, check_connection_string, kWithinRank},
    {"basic-header", CredentialRole::kWhole, check_basic, kWithinRank},
    {"bearer-header", CredentialRole::kWhole, check_bearer, kNamedRank},
    {"command-password", CredentialRole::kWhole, check_command, kWithinRank},
    {"password-table", CredentialRole::kWhole, check_table, kNamedRank},
}};

}  // namespace

std::span<const Check> url_checks() { return kChecks; }

}  // namespace iamcheck
