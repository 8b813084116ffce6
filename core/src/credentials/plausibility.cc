#include "credentials/plausibility.h"

#include <algorithm>
#include <array>
#include <string>

#include "credentials/encoding.h"
#include "text/ascii.h"
#include "text/base64.h"

namespace iamcheck {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return is_alphanumeric(c) && !is_digit(c); }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

template <typename Words>
bool has_any(std::string_view text, const Words& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != npos; });
}

// `{name}`, `{0}`, `%NAME%`, `%(name)s`, `%s`, `:name`
bool has_place_holder(std::string_view value) {
  const std::size_t open = value.find('{');
  if (open != npos && value.find('}', open) != npos) return true;
  if (value.starts_with(':') || value.starts_with('$')) return true;
  if (value.starts_with('%') && value.ends_with('%')) return true;
  const std::size_t dollar = value.find('$');  // of a shell: `prefix_$NAME`
  if (dollar != npos && value.size() - dollar > 3 &&
      std::all_of(value.begin() + static_cast<std::ptrdiff_t>(dollar) + 1,
                  value.begin() + static_cast<std::ptrdiff_t>(dollar) + 4,
                  [](char c) { return is_capital(c) || c == '_'; }))
    return true;
  const std::size_t percent = value.find('%');
  return percent != npos && value.size() - percent >= 2 && value.size() <= 24 &&
         std::string_view("sdvq@(").find(value[percent + 1]) != npos;
}

// Of 676 pairs of letters these make up two thirds of English text.
constexpr std::string_view kPairs =
    "th he in er an re nd at on nt ha es st en ed to it ou ea hi is or ti as te et ng of al de se "
    "le "
    "sa si ar ve ra ld ur ro ne me li ri io ic ll be ma la co ta ec us el no ce ho ch ge om so ss "
    "em "
    "pe ac ns un ut tr rs lo po sh ai mi di ke ey id ad ap pr ct su nc il ts mo ow ot am ie pa ci "
    "do "
    "rt ee tt ir ca vi wo wa fo we fi by da ag ig ni ub ab rd ss sw pl bl cl gr ";

bool is_common_pair(char first, char second) {
  for (std::size_t at = 0; at + 2 < kPairs.size(); at += 3) {
    if (kPairs[at] == first && kPairs[at + 1] == second) return true;
  }
  return false;
}

// A third of the pairs of noise would be too many by chance: a sixth is what to expect.
bool reads_like_words(std::string_view value) {
  constexpr std::size_t kLeastPairs = 6;
  std::size_t pairs = 0;
  std::size_t common = 0;
  for (std::size_t i = 1; i < value.size(); ++i) {
    const char first = value[i - 1];
    const char second = value[i];
    if (!is_letter(first) || !is_letter(second)) continue;
    if (!is_capital(first) && is_capital(second)) continue;  // camelCase: another word
    ++pairs;
    if (is_common_pair(ascii_lower(first), ascii_lower(second))) ++common;
  }
  return pairs >= kLeastPairs && common * 20 >= pairs * 9;
}

// 8-4-4-4-12 hexadecimal digits (RFC 9562): an id in most places.
bool is_uuid(std::string_view value) {
  if (value.size() != 36) return false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? value[i] != '-' : !is_hex_digit(value[i])) return false;
  }
  return true;
}

// `token-<uuid>`
bool ends_in_uuid(std::string_view value) {
  constexpr std::size_t kUuid = 36;
  return value.size() >= kUuid && value.size() <= kUuid + 12 &&
         is_uuid(value.substr(value.size() - kUuid));
}

// Base64 of readable text is somebody's text.
bool is_text_in_base64(std::string_view value) {
  const auto bytes = decode_base64_leniently(value);
  return bytes && bytes->size() >= 6 && std::all_of(bytes->begin(), bytes->end(), [](char c) {
           return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t';
         });
}

// Versions, dates, numbers with units: digits and little else.
bool is_mostly_digits(std::string_view value) {
  const auto letters = std::count_if(value.begin(), value.end(), is_letter);
  return letters * 8 < static_cast<std::ptrdiff_t>(value.size());
}

constexpr auto kPasswordWords = std::to_array<std::string_view>(
    {"password", "passwd", "passphrase", "passwort", "_pass", "_pwd", "userpass", "passcode",
     "adminpass", "dbpass", "-pass", ".pass", "dbpwd"});
constexpr auto kSecretWords = std::to_array<std::string_view>(
    {"secret", "token", "api_key", "apikey", "api-key", "access_key", "accesskey", "auth_key",
     "authkey", "encryption_key", "encryptionkey", "signing_key", "private_key", "credential"});

// What stands behind the word when the value is about the secret, not the secret.
constexpr auto kTails = std::to_array<std::string_view>(
    {"id",        "ids",       "name",      "names",       "path",    "url",      "uri",
     "file",      "filename",  "length",    "len",         "type",    "policy",   "arn",
     "version",   "field",     "label",     "hint",        "error",   "message",  "msg",
     "regex",     "pattern",   "prefix",    "suffix",      "hash",    "hashed",   "count",
     "ttl",       "expiry",    "expires",   "expiration",  "timeout", "format",   "title",
     "text",      "header",    "endpoint",  "placeholder", "ref",     "reset",    "change",
     "changed",   "required",  "min",       "max",         "size",    "strength", "column",
     "attr",      "attribute", "param",     "parameter",   "store",   "provider", "manager",
     "class",     "icon",      "help",      "description", "desc",    "kind",     "alg",
     "algorithm", "hasher",    "validator", "page",        "view",    "form",     "input",
     "vault",     "env",       "address",   "mgr"});

// What says so wherever it stands in the name.
constexpr auto kOther = std::to_array<std::string_view>(
    {"csrf",           "xsrf",          "public",       "pub_",
     "sha1",           "sha256",        "sha512",       "md5",
     "digest",         "checksum",      "fingerprint",  "integrity",
     "cache",          "primary",       "keyword",      "monkey",
     "turkey",         "tokeniz",       "tokenis",      "tokens",
     "next_token",     "nexttoken",     "page_token",   "pagetoken",
     "continuation",   "cursor",        "i18n",         "translat",
     "example",        "dummy",         "label",        "encrypted",
     "sealed",         "secretary",     "secretion",    "commit",
     "revision",       "shared_secret", "sharedsecret", "clienttoken",
     "client_token",   "request_token", "exporter",     "masked",
     "redacted",       "invalid",       "wrong",        "bad_",
     "unknown",        "no_password",   "passwordless", "secrets_manager",
     "secretsmanager", "locale",        "bracket"});

// The first part of what stands behind the word: `hash` of `_hash_of_user`, `Url` of `Url`.
std::string tail_part(std::string_view tail) {
  std::size_t at = 0;
  if (at < tail.size() && !is_alphanumeric(tail[at])) ++at;
  std::size_t end = at;
  while (end < tail.size() && is_letter(tail[end]) &&
         (end == at || !is_capital(tail[end]) || is_capital(tail[end - 1])))
    ++end;
  return ascii_lower(tail.substr(at, end - at));
}

// `passes`, `secretary`, `tokenizer`: another word; but `secretkey`, `tokenvalue`.
bool continues_word(std::string_view name, std::size_t end) {
  constexpr auto kMore =
      std::to_array<std::string_view>({"key", "value", "val", "default", "prod", "dev", "str",
                                       "data", "base", "plain", "for", "of"});
  std::size_t last = end;
  while (last < name.size() && name[last] >= 'a' && name[last] <= 'z') ++last;
  if (last == end || (name[end - 1] < 'a' || name[end - 1] > 'z')) return false;
  const std::string_view more = name.substr(end, last - end);
  if (name.substr(0, end).ends_with("credential")) return more != "s";
  return std::none_of(kMore.begin(), kMore.end(),
                      [&](std::string_view word) { return more.starts_with(word); });
}

// The last of the words in the name, and where it ends.
template <typename Words>
std::size_t last_end(std::string_view name, const Words& words) {
  std::size_t end = 0;
  for (std::string_view word : words) {
    const std::size_t at = name.rfind(word);
    if (at != npos) end = std::max(end, at + word.size());
  }
  return end;
}

}  // namespace

bool is_template(std::string_view value) {
  constexpr auto kMarks = std::to_array<std::string_view>({"${",
                                                           "{{",
                                                           "$(",
                                                           "<%",
                                                           "#{",
                                                           "%(",
                                                           "ENC[",
                                                           "arn:",
                                                           "!Ref",
                                                           "!Sub",
                                                           "!vault",
                                                           "Fn::",
                                                           "resolve:",
                                                           "@Microsoft",
                                                           "secretsmanager",
                                                           "ssm:",
                                                           "keyvault",
                                                           "vault:",
                                                           "env:",
                                                           "ENV[",
                                                           "env.",
                                                           "environ",
                                                           "getenv",
                                                           "process.env",
                                                           "secrets.",
                                                           "file://",
                                                           "file:/",
                                                           "://",
                                                           "$ANSIBLE_VAULT",
                                                           "...",
                                                           "\xE2\x80\xA6"});
  if (has_any(value, kMarks) || has_place_holder(value)) return true;
  const std::size_t open = value.find('<');
  if (open != npos && value.find('>', open) != npos) return true;
  return value.starts_with('[') && value.ends_with(']');
}

bool looks_random(std::string_view value) {
  if (value.size() < 12 || ends_in_uuid(value) || is_mostly_digits(value)) return false;
  std::size_t digits = 0;
  std::size_t symbols = 0;
  for (char c : value) {
    if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F)
      return false;
    if (std::string_view("()[]{}<>\\\"'`,;|").find(c) != npos) return false;
    if (is_digit(c)) ++digits;
    if (!is_alphanumeric(c)) ++symbols;
  }
  if (digits == 0 || symbols * 4 > value.size()) return false;
  // Letters of one word after another: names, paths, hosts.
  const bool hexadecimal = std::all_of(value.begin(), value.end(), is_hex_digit);
  if (!hexadecimal && (reads_like_words(value) || (digits == 1 && is_digit(value.back()))))
    return false;
  if (value.find('/') != npos && symbols >= 3 && value.find('+') == npos && value.size() < 32)
    return false;
  return !is_text_in_base64(value);
}

bool looks_like_password(std::string_view value) {
  if (value.size() < 6 || value.size() > 100) return false;
  bool letter = false;
  bool other = false;
  for (char c : value) {
    if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F)
      return false;
    letter = letter || is_letter(c);
    other = other || is_digit(c) || std::string_view("!@#$%^&*+=?~").find(c) != npos;
  }
  if (!letter || !other) return false;
  // Expressions: `(?=.*[a-z])`, `a.b(c)`, `x[1]`.
  constexpr auto kCode =
      std::to_array<std::string_view>({"(", "[", "\\", ".*", ".+", "=>", "&&", "||", "==", "::"});
  const bool path = std::count(value.begin(), value.end(), '/') >= 2 && reads_like_words(value);
  return !has_any(value, kCode) && !path && !ends_in_uuid(value);
}

bool is_stock_password(std::string_view value) {
  constexpr auto kStock = std::to_array<std::string_view>(
      {"passw",  "p@ss",    "pa55",    "pa$$",   "secret", "passphrase", "hunter2",
       "abc123", "qwert",   "letm",    "foobar", "admin",  "secr3t",     "token",
       "apikey", "api_key", "api-key", "mypass", "user1",  "root123",    "opensesame",
       "foo",    "s3cret",  "s3cr3t",  "p4ss"});
  const std::string lower = ascii_lower(value);
  return value.size() < 20 && has_any(std::string_view(lower), kStock);
}

bool names_secret(std::string_view name, bool& password) {
  const std::string lower = ascii_lower(name);
  const std::size_t password_end = last_end(lower, kPasswordWords);
  const std::size_t secret_end = last_end(lower, kSecretWords);
  const std::size_t end = std::max(password_end, secret_end);
  if (lower == "pwd") return password = true;
  if (end == 0 || has_any(lower, kOther)) return false;
  if (name.find('.', end) != npos) return false;  // `password.encode(...)`: something of a secret
  password = password_end >= secret_end;
  if (continues_word(name, end)) return false;
  const std::string part = tail_part(name.substr(end));
  if (std::find(kTails.begin(), kTails.end(), part) != kTails.end()) return false;
  return part != "s";
}

}  // namespace iamcheck
