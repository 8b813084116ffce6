#include "credentials/token_checks.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "credentials/checksum.h"
#include "credentials/encoding.h"
#include "credentials/placeholder.h"
#include "text/ascii.h"
#include "text/base64.h"

namespace iamcheck {
namespace {

// A checksum or structure that does not fit makes a warning of an error: tokens of an older or a
// newer form may lack it, and whoever made up the token may have meant it.
void weigh(bool fits, Candidate& candidate) {
  candidate.validated = fits;
  candidate.weight = fits ? Weight::kSound : Weight::kShape;
}

bool is_printable(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

// What the base64 from `at` on would be, cut to a length that an encoder writes.
std::optional<std::string> decode_from(std::string_view value, std::size_t at) {
  std::size_t end = at;
  while (end < value.size() &&
         (is_base64_letter(value[end]) || value[end] == '-' || value[end] == '_')) {
    ++end;
  }
  std::string_view letters = value.substr(at, end - at);
  letters.remove_suffix(letters.size() % 4 == 1 ? 1 : 0);
  return decode_base64_leniently(letters);
}

// GitHub's classic tokens have 36 characters behind the prefix; refresh tokens of 76 are not
// documented to end in a checksum.
void check_crc32_base62(const Match& match, Candidate& candidate) {
  if (!passes_basics(match, candidate)) return;
  const std::size_t prefix = match.value.find('_') + 1;
  const std::string_view body = match.value.substr(prefix);
  if (body.size() == 36) weigh(ends_in_crc32_base62(body), candidate);
}

void check_crc32_hex(const Match& match, Candidate& candidate) {
  if (!passes_basics(match, candidate)) return;
  std::string value(match.value);
  const std::size_t escaped = value.find("%3D");  // `=` in a URL
  if (escaped != std::string::npos) value.replace(escaped, 3, "=");
  weigh(ends_in_crc32_hex(value), candidate);
}

// Bitbucket Data Center: base64 of an id, a colon and 20 random bytes.
bool is_id_and_secret(std::string_view base64) {
  const auto bytes = decode_from(base64, 0);
  if (!bytes) return false;
  const std::size_t colon = bytes->find(':');
  return colon != std::string::npos && colon >= 6 && colon <= 14 &&
         std::all_of(bytes->begin(), bytes->begin() + static_cast<std::ptrdiff_t>(colon),
                     [](char c) { return c >= '0' && c <= '9'; });
}

void check_bitbucket(const Match& match, Candidate& candidate) {
  if (!match.value.starts_with("BBDC-")) return check_crc32_hex(match, candidate);
  if (passes_basics(match, candidate)) weigh(is_id_and_secret(match.value.substr(5)), candidate);
}

void check_id_and_secret(const Match& match, Candidate& candidate) {
  if (!is_id_and_secret(match.value)) return;
  if (passes_basics(match, candidate)) candidate.validated = true;
}

// `<prefix><payload>.<version.><length of the payload in base 36><CRC-32 in base 36>`. The length
// decides; the checksum only speaks for a token, for it was not seen on a genuine one.
void check_gitlab_routable(const Match& match, Candidate& candidate) {
  if (!passes_basics(match, candidate)) return;
  const std::string_view value = match.value;
  std::size_t payload = value.find('-') + 1;
  const bool kind = value[payload] == 't' && value[payload + 2] == '_';  // `glrt-t1_` of runners
  if (kind) payload += 3;
  const std::size_t dot = value.find('.');
  auto digit = [](char c) { return static_cast<std::size_t>(c <= '9' ? c - '0' : c - 'a' + 10); };
  const std::size_t length = digit(value[value.size() - 9]) * 36 + digit(value[value.size() - 8]);
  weigh(dot - payload == length, candidate);
  candidate.validated = ends_in_crc32_base36(value);
}

// A JSON object in base64, its brace and first quote being `eyJ`.
void check_base64_json(const Match& match, Candidate& candidate) {
  if (!passes_basics(match, candidate)) return;
  const std::size_t json = match.value.find("eyJ");
  if (json == std::string_view::npos) return;  // a form without JSON
  const auto bytes = decode_from(match.value, json);
  weigh(bytes && bytes->starts_with("{\"") && is_printable(std::string_view(*bytes).substr(0, 16)),
        candidate);
}

void check_grafana(const Match& match, Candidate& candidate) {
  if (!match.value.starts_with("glsa_")) return check_base64_json(match, candidate);
  if (passes_basics(match, candidate)) weigh(ends_in_swapped_crc32_hex(match.value), candidate);
}

// A macaroon: version 2, the field of the location with its length and the name of the index.
void check_pypi(const Match& match, Candidate& candidate) {
  if (!passes_basics(match, candidate)) return;
  const auto bytes = decode_from(match.value, 5);
  constexpr std::size_t kLocation = 3;  // behind the version, the type and the length of the field
  const std::string_view location = bytes ? std::string_view(*bytes).substr(kLocation) : "";
  weigh(location.starts_with("pypi.org") || location.starts_with("test.pypi.org"), candidate);
}

// Words without a digit may be a real password, but stand for one more often.
bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// `user:password`, the way HTTP Basic (RFC 7617) joins them.
void check_user_and_password(const Match& match, Candidate& candidate) {
  candidate.documented = is_documented(match.value);
  if (candidate.documented) {
    candidate.weight = Weight::kNote;
    return;
  }
  const auto bytes = decode_base64_leniently(match.value);
  if (!bytes || !is_printable(*bytes)) return;
  const std::size_t colon = bytes->find(':');
  if (colon == std::string::npos || colon + 4 > bytes->size()) return;
  const std::string_view password = std::string_view(*bytes).substr(colon + 1);
  const bool word = ascii_lower(password) == "password" || ascii_lower(password) == "pass";
  if (word || is_placeholder(password) || password.find_first_of("<${") == 0) return;
  weigh(has_digit(password), candidate);
}

// `_auth` holds user and password, `_password` a password in base64, `_authToken` a token.
void check_npmrc(const Match& match, Candidate& candidate) {
  std::string name = ascii_lower(match.name);
  if (name.starts_with(':')) name.erase(0, 1);  // as in `//host/:_password`
  if (name == "_auth") return check_user_and_password(match, candidate);
  const bool token = name == "_authtoken";
  // Tokens with a prefix have rules of their own.
  const bool prefixed = match.value.size() > 5 && (match.value[3] == '_' || match.value[5] == '-' ||
                                                   match.value.starts_with("github_pat_"));
  if ((!token && name != "_password") || prefixed || !passes_basics(match, candidate)) return;
  if (token) return;
  const auto bytes = decode_base64_leniently(match.value);
  if (!bytes || !is_printable(*bytes) || is_placeholder(*bytes)) candidate.weight = Weight::kSilent;
}

// The `auth` of a registry, or the whole file in base64, as Kubernetes keeps it.
void check_docker_config(const Match& match, Candidate& candidate) {
  if (!match.name.empty()) return check_user_and_password(match, candidate);
  const auto bytes = decode_from(match.value, 0);
  const bool login = bytes && (bytes->find("\"auth\"") != std::string::npos ||
                               bytes->find("\"password\"") != std::string::npos);
  if (login) weigh(true, candidate);
}

// An id and a key, joined by a colon, in base64.
void check_elastic(const Match& match, Candidate& candidate) {
  const std::size_t prefix = match.value.starts_with("essu_") ? 5 : 0;
  const auto bytes = decode_from(match.value, prefix);
  const bool pair = bytes && is_printable(*bytes) && bytes->find(':') != std::string::npos;
  if (!pair && prefix == 0) return;
  if (passes_basics(match, candidate)) weigh(pair, candidate);
}

// `reftkn:01:<expiry>:<text>` in base64.
void check_artifactory(const Match& match, Candidate& candidate) {
  if (!passes_basics(match, candidate)) return;
  if (!match.value.starts_with("cmVmdGtu")) return;
  const auto bytes = decode_from(match.value, 0);
  weigh(bytes && bytes->starts_with("reftkn:0"), candidate);
}

// The first part of a bot token is the base64 of the bot's number.
void check_discord(const Match& match, Candidate& candidate) {
  if (!passes_basics(match, candidate)) return;
  const std::string_view first = match.value.substr(0, match.value.find('.'));
  const auto bytes = decode_base64_leniently(first);
  const bool number =
      bytes && bytes->size() >= 17 && bytes->size() <= 20 &&
      std::all_of(bytes->begin(), bytes->end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!number) {
    candidate.weight = Weight::kSilent;
    return;
  }
  weigh(true, candidate);
}

// The mode of a key stands in its prefix.
void check_mode(const Match& match, Candidate& candidate) {
  if (!passes_basics(match, candidate)) return;
  const std::string head = ascii_lower(match.value.substr(0, 24));
  for (std::string_view word : {"test_", "_test", "test-", "eztk", "sandbox"}) {
    if (head.find(word) != std::string::npos) candidate.weight = Weight::kNote;
  }
}

bool contains_any(std::string_view name, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return name.find(word) != std::string_view::npos;
  });
}

// A value without a shape of its own counts when its name calls it a credential.
void check_labelled(const Match& match, Candidate& candidate) {
  constexpr std::array<std::string_view, 11> kSecret = {
      "token", "key", "secret", "pass", "pwd", "_pat", "creds", "auth", "dsn", "login", "reporter"};
  constexpr std::array<std::string_view, 19> kOther = {
      "hash",   "sha1",     "sha256",    "digest",   "checksum", "fingerprint", "public",
      "commit", "revision", "client_id", "clientid", "key_id",   "keyid",       "key-id",
      "_name",  "_path",    "_file",     "keyword",  "monkey"};
  const std::string name = ascii_lower(match.name);
  if (!name.empty() && (!contains_any(name, kSecret) || contains_any(name, kOther))) return;
  passes_basics(match, candidate);
}

// The same for values whose letters could spell a word: digits and both cases, unless they are
// hexadecimal.
void check_labelled_random(const Match& match, Candidate& candidate) {
  auto has = [&](char low, char high) {
    return std::any_of(match.value.begin(), match.value.end(),
                       [&](char c) { return c >= low && c <= high; });
  };
  const bool hexadecimal = std::all_of(match.value.begin(), match.value.end(),
                                       [](char c) { return is_hex_digit(c) || c == '-'; });
  const bool random = match.name.empty() || hexadecimal;  // a prefix says enough
  if (!random && !(has('A', 'Z') && has('a', 'z') && has('0', '9'))) return;
  check_labelled(match, candidate);
}

// A password that a person or a tool chose. Values that only point elsewhere never come here: the
// patterns refuse what starts like a variable or a template.
void check_password(const Match& match, Candidate& candidate) {
  if (match.value.size() < 6) return;
  constexpr std::array<std::string_view, 15> kWords = {
      "qwerty", "opensesame", "letmein", "password", "passwd",   "secret",    "admin",     "token",
      "null",   "none",       "string",  "username", "my-token", "undefined", "mypassword"};
  const std::string value = ascii_lower(match.value);
  if (std::find(kWords.begin(), kWords.end(), value) != kWords.end()) return;
  if (value.starts_with("your") || value.starts_with("my_") || value.starts_with("my-")) return;
  if (passes_basics(match, candidate) && !has_digit(value)) candidate.weight = Weight::kShape;
}

// Maven prints encrypted passwords in braces; they need a second file.
void check_maven_password(const Match& match, Candidate& candidate) {
  check_password(match, candidate);
  // The search for values takes the opening brace for punctuation.
  const bool braced = match.begin > 0 && match.text[match.begin - 1] == '{';
  if (!braced || candidate.weight == Weight::kSilent) return;
  const bool encrypted = match.value.ends_with("=}");
  candidate.weight = encrypted ? Weight::kNote : Weight::kSilent;  // or a template
  --candidate.begin;
}

// Who logs in as nobody gives a mail address for a password.
void check_netrc(const Match& match, Candidate& candidate) {
  constexpr std::size_t kLogin = 40;
  const std::size_t first = match.begin - std::min(match.begin, kLogin);
  const std::string_view before = match.text.substr(first, match.begin - first);
  if (before.find("anonymous") == std::string_view::npos) check_password(match, candidate);
}

constexpr std::array<Check, 20> kChecks = {{
    {"crc32-base62", CredentialRole::kWhole, check_crc32_base62},
    {"crc32-hex", CredentialRole::kWhole, check_crc32_hex},
    {"bitbucket-token", CredentialRole::kWhole, check_bitbucket},
    {"base64-id-secret", CredentialRole::kWhole, check_id_and_secret},
    {"gitlab-routable", CredentialRole::kWhole, check_gitlab_routable},
    {"base64-json", CredentialRole::kWhole, check_base64_json},
    {"grafana-token", CredentialRole::kWhole, check_grafana},
    {"pypi-token", CredentialRole::kWhole, check_pypi},
    {"user-and-password", CredentialRole::kWhole, check_user_and_password},
    {"artifactory-token", CredentialRole::kWhole, check_artifactory},
    {"discord-token", CredentialRole::kWhole, check_discord},
    {"live-or-test", CredentialRole::kWhole, check_mode},
    {"labelled", CredentialRole::kWhole, check_labelled},
    {"labelled-random", CredentialRole::kWhole, check_labelled_random},
    {"npmrc-auth", CredentialRole::kWhole, check_npmrc},
    {"docker-config", CredentialRole::kWhole, check_docker_config},
    {"elastic-key", CredentialRole::kWhole, check_elastic},
    {"password", CredentialRole::kWhole, check_password},
    {"netrc-password", CredentialRole::kWhole, check_netrc},
    {"maven-password", CredentialRole::kWhole, check_maven_password},
}};

}  // namespace

std::span<const Check> token_checks() { return kChecks; }

}  // namespace iamcheck
