#include "credentials/validation.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "credentials/aws_checks.h"
#include "credentials/cloud_checks.h"
#include "credentials/encoding.h"
#include "credentials/generic_checks.h"
#include "credentials/placeholder.h"
#include "credentials/private_key.h"
#include "credentials/signed_request.h"
#include "credentials/token_checks.h"
#include "credentials/url_checks.h"
#include "iamcheck/credentials.h"
#include "text/ascii.h"
#include "text/base64.h"

namespace iamcheck {
namespace {

constexpr std::uint64_t kLargestAccount = 999'999'999'999u;
constexpr std::size_t kPrefix = 4;

bool contains_ignoring_case(std::string_view text, std::string_view word) {
  return std::search(text.begin(), text.end(), word.begin(), word.end(),
                     [](char a, char b) { return ascii_lower(a) == b; }) != text.end();
}

void check_entropy(const Match& match, Candidate& candidate) { passes_basics(match, candidate); }

}  // namespace

std::string account_number(std::uint64_t account) {
  std::string digits = std::to_string(account);
  return std::string(12 - std::min<std::size_t>(digits.size(), 12), '0') + digits;
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
void check_key_id(const Match& match, Candidate& candidate) {
  std::string_view body = match.value.substr(std::min(kPrefix, match.value.size()));
  candidate.temporary = match.value.starts_with("ASIA");
  candidate.documented = is_documented(match.value);
  if (candidate.documented) {
    candidate.weight = Weight::kNote;
    return;
  }
  if (is_placeholder(body) || entropy_of(body) < match.entropy) return;
  KeyIdContent content = decode_key_id(body);
  // 40 bits reach further than twelve digits: such an id was not made by AWS.
  if (!content.base32 || content.account > kLargestAccount) {
    candidate.weight = Weight::kNote;
    return;
  }
  candidate.weight = Weight::kSound;
  if (content.new_generation) {
    candidate.validated = true;
    candidate.account_id = account_number(content.account);
  }
}

namespace {

// A unique id is public; documented ones end in EXAMPLE and decode to nothing.
void check_unique_id(const Match& match, Candidate& candidate) {
  std::string_view body = match.value.substr(std::min(kPrefix, match.value.size()), 16);
  bool example = match.value.find("EXAMPLE") != match.value.npos;
  if (!example && (is_placeholder(body) || entropy_of(body) < match.entropy)) return;
  candidate.weight = Weight::kNote;
  candidate.documented = example;
  KeyIdContent content = decode_key_id(body);
  if (!example && content.new_generation && content.account <= kLargestAccount) {
    candidate.validated = true;
    candidate.account_id = account_number(content.account);
  }
}

enum class LetterClass { kUpper, kLower, kDigit, kOther };

LetterClass class_of(char c) {
  if (c >= 'A' && c <= 'Z') return LetterClass::kUpper;
  if (c >= 'a' && c <= 'z') return LetterClass::kLower;
  return c >= '0' && c <= '9' ? LetterClass::kDigit : LetterClass::kOther;
}

// Names, paths and camel case keep to one class of letters for a while; random base64 changes at 25
// of 39 places, with a deviation of 3. Paths change at each slash as well, so more is asked of
// them.
bool changes_like_noise(std::string_view value) {
  std::size_t changes = 0;
  for (std::size_t i = 1; i < value.size(); ++i) {
    if (class_of(value[i]) != class_of(value[i - 1])) ++changes;
  }
  bool path = std::count(value.begin(), value.end(), '/') >= 2;
  return changes * 40 >= value.size() * (path ? 15 : 12);
}

bool has_key_classes(std::string_view value) {
  bool upper = false;
  bool lower = false;
  bool other = false;
  for (char c : value) {
    LetterClass letter = class_of(c);
    upper = upper || letter == LetterClass::kUpper;
    lower = lower || letter == LetterClass::kLower;
    other = other || letter == LetterClass::kDigit || letter == LetterClass::kOther;
  }
  return upper && lower && other;
}

bool is_hex(std::string_view value) {
  return std::all_of(value.begin(), value.end(), is_hex_digit);
}

// Base64 of readable text is somebody's text, not 30 random bytes.
bool decodes_to_text(std::string_view value) {
  auto bytes = decode_base64_leniently(value);
  return bytes && std::all_of(bytes->begin(), bytes->end(), [](char c) {
           return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\r' || c == '\t';
         });
}

// A name that says the value is made from a secret, or stands for one.
bool names_something_else(std::string_view name) {
  constexpr std::array<std::string_view, 7> kWords = {"hash",     "sha1",        "sha256", "digest",
                                                      "checksum", "fingerprint", "_arn"};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return contains_ignoring_case(name, word); });
}

void check_secret(const Match& match, Candidate& candidate) {
  candidate.documented = is_documented(match.value);
  if (candidate.documented) {
    candidate.weight = Weight::kNote;
    return;
  }
  if (is_placeholder(match.value) || names_something_else(match.name)) return;
  if (!has_key_classes(match.value) || is_hex(match.value)) return;
  if (entropy_of(match.value) < match.entropy || !changes_like_noise(match.value)) return;
  if (decodes_to_text(match.value)) return;
  candidate.weight = Weight::kSound;
  // `secret_key` alone may name the key of another service with the same shape.
  bool telling = contains_ignoring_case(match.name, "aws") ||
                 contains_ignoring_case(match.name, "access") ||
                 contains_ignoring_case(match.name, "s3");
  if (!telling) candidate.confidence = Confidence::kMedium;
}

// A token of STS is a protocol buffer that starts with a version byte and the length-prefixed name
// of its issuer: `!\n\torigin_ec`, `\x17\n\x06er/aws`, `\x15\n\x03aws`.
bool has_issuer(std::string_view bytes) {
  if (bytes.size() < 16 || bytes[1] != '\n') return false;
  auto length = static_cast<unsigned char>(bytes[2]);
  if (length < 3 || length > 12) return false;
  std::string_view issuer = bytes.substr(3, length);
  return std::all_of(issuer.begin(), issuer.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

constexpr std::size_t kLeastToken = 100;
constexpr std::size_t kLeastTokenStub = 24;

void check_session_token(const Match& match, Candidate& candidate) {
  std::string value = read_escaped_run(match.value, match.value.size()).text;
  if (value.size() < match.value.size() / 3) value = match.value;  // URL-safe letters: as they are
  std::string whole = value.substr(0, value.size() % 4 == 1 ? value.size() - 1 : value.size());
  auto bytes = decode_base64_leniently(whole);
  bool issuer = bytes && has_issuer(*bytes);
  bool example = match.value.find("EXAMPLE") != match.value.npos;
  if (example || value.size() < kLeastToken) {
    // Documentation prints the head of a token and dots, or a long text with EXAMPLE in it.
    // Anything else that is short is the session token of something other than STS.
    bool known = issuer ? value.size() >= kLeastTokenStub : example && value.size() >= kLeastToken;
    if (known) candidate.weight = Weight::kNote;
    candidate.documented = known;
    return;
  }
  if (!bytes || is_hex(value) || entropy_of(value) < match.entropy || decodes_to_text(value))
    return;
  candidate.validated = issuer;
  candidate.weight = candidate.validated ? Weight::kSound : Weight::kShape;
  if (!candidate.validated) candidate.confidence = Confidence::kMedium;
}

void take_block(const PrivateKeyBlock& block, Candidate& candidate) {
  if (!block.complete || is_placeholder(block.body.substr(0, 64))) return;
  candidate.validated = true;
  candidate.weight = block.encrypted ? Weight::kShape : Weight::kSound;
  candidate.redacted = redact(block.body);
}

void check_pem(const Match& match, Candidate& candidate) {
  PrivateKeyBlock block = read_pem_private_key(match.text, match.begin, match.end);
  take_block(block, candidate);
  candidate.end = static_cast<std::uint32_t>(block.end);
}

void check_pem_in_base64(const Match& match, Candidate& candidate) {
  std::string_view value = match.value;
  value.remove_suffix(value.size() % 4 == 1 ? 1 : 0);  // cut off at the end of the window
  auto pem = decode_base64_leniently(value);
  if (!pem) return;
  std::size_t close = pem->find("-----", 10);
  if (close == std::string::npos ||
      pem->substr(0, close).find("PRIVATE KEY") == std::string::npos) {
    return;
  }
  take_block(read_pem_private_key(*pem, 0, close + 5), candidate);
  candidate.redacted = redact(match.value);
}

void check_putty(const Match& match, Candidate& candidate) {
  PrivateKeyBlock block = read_putty_private_key(match.text, match.begin);
  take_block(block, candidate);
  if (block.complete) candidate.end = static_cast<std::uint32_t>(block.end);
}

constexpr std::array<Check, 8> kChecks = {{
    {"none", CredentialRole::kWhole, check_entropy},
    {"aws-key-id", CredentialRole::kKeyId, check_key_id},
    {"aws-unique-id", CredentialRole::kWhole, check_unique_id},
    {"aws-secret", CredentialRole::kSecret, check_secret},
    {"aws-session-token", CredentialRole::kSessionToken, check_session_token},
    {"private-key-pem", CredentialRole::kWhole, check_pem},
    {"private-key-base64", CredentialRole::kWhole, check_pem_in_base64},
    {"private-key-putty", CredentialRole::kWhole, check_putty},
}};

}  // namespace

bool passes_basics(const Match& match, Candidate& candidate) {
  candidate.documented = is_documented(match.value);
  if (candidate.documented) {
    candidate.weight = Weight::kNote;
    return false;
  }
  if (is_placeholder(match.value) || entropy_of(match.value) < match.entropy) return false;
  candidate.weight = Weight::kSound;
  return true;
}

const Check* find_check(std::string_view name) {
  for (std::span<const Check> checks :
       {std::span<const Check>(kChecks), token_checks(), cloud_checks(), aws_checks(),
        signed_request_checks(), generic_checks(), url_checks()}) {
    auto at = std::find_if(checks.begin(), checks.end(),
                           [&](const Check& check) { return check.name == name; });
    if (at != checks.end()) return &*at;
  }
  return nullptr;
}

}  // namespace iamcheck
