#include "credentials/generic_checks.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "credentials/certain_past.h"
#include "credentials/checksum.h"
#include "credentials/encoding.h"
#include "credentials/placeholder.h"
#include "credentials/plausibility.h"
#include "iamcheck/credentials.h"
#include "text/ascii.h"
#include "text/base64.h"

namespace iamcheck {
namespace {

constexpr std::size_t npos = std::string_view::npos;

std::string letters_of(std::string_view text) {
  std::string letters;
  for (char c : text) {
    if (is_alphanumeric(c)) letters += ascii_lower(c);
  }
  return letters;
}

// `api_key = "api-key-1"`, `password = "DbPassword1"`: the value repeats the name.
bool repeats_name(std::string_view name, std::string_view value) {
  const std::string own = letters_of(value);
  const std::string last = letters_of(name.substr(name.find_last_of('.') + 1));
  return own.find(last) != std::string::npos ||
         (own.size() >= 6 && last.find(own) != std::string::npos);
}

// Weighs the value of a name that says secret.
void weigh_value(bool password, const Match& match, Candidate& candidate) {
  const std::string_view value = match.value;
  candidate.documented = is_documented(value);
  if (candidate.documented) {
    candidate.weight = Weight::kNote;
    return;
  }
  if (is_template(value) || is_placeholder(value) || repeats_name(match.name, value)) return;
  if (is_stock_password(value) || value.starts_with("eyJ")) return;  // JSON: see check_jwt
  const double entropy = entropy_of(value);
  if (password) {
    if (!looks_like_password(value) || entropy < 2) return;
    candidate.weight = value.size() >= 10 && entropy >= 3 ? Weight::kSound : Weight::kShape;
  } else if (looks_random(value) && entropy >= match.entropy) {
    candidate.weight = value.size() >= 16 ? Weight::kSound : Weight::kShape;
  }
}

// Of 40 characters under the name of AWS's secret the rule `aws-secret-key` knows better.
bool is_aws_secret_refused(const Match& match) {
  const std::string name = ascii_lower(match.name);
  return match.value.size() == 40 && (name.find("secret_access_key") != std::string::npos ||
                                      name.find("secretaccesskey") != std::string::npos);
}

void check_assignment(const Match& match, Candidate& candidate) {
  bool password = false;
  if (match.statement == nullptr || match.statement->form == Statement::Form::kPaired) return;
  if (!names_secret(match.name, password) || is_aws_secret_refused(match)) return;
  // Without quotes a word may be a variable: only what looks like noise counts.
  if (!match.statement->quoted && match.statement->form == Statement::Form::kAssigned &&
      !looks_random(match.value))
    return;
  weigh_value(password, match, candidate);
}

void check_pair(const Match& match, Candidate& candidate) {
  bool password = false;
  if (match.statement == nullptr || match.statement->form != Statement::Form::kPaired) return;
  if (names_secret(match.name, password)) weigh_value(password, match, candidate);
}

// In settings of Terraform every value in quotes is one: passwords of any strength are found.
void check_terraform_password(const Match& match, Candidate& candidate) {
  constexpr auto kEndings = std::to_array<std::string_view>({".tf", ".tfvars", ".hcl"});
  const bool terraform =
      std::any_of(kEndings.begin(), kEndings.end(),
                  [&](std::string_view ending) { return match.file.ends_with(ending); });
  bool password = false;
  if (!terraform || match.statement == nullptr || !match.statement->quoted) return;
  if (match.statement->form != Statement::Form::kAssigned) return;
  if (names_secret(match.name, password) && password) weigh_value(true, match, candidate);
}

// Properties of CloudFormation that take a secret.
void check_cloudformation(const Match& match, Candidate& candidate) {
  if (match.statement == nullptr || match.statement->form != Statement::Form::kAssigned) return;
  constexpr auto kProperties = std::to_array<std::string_view>(
      {"MasterUserPassword", "AuthToken", "SecretString", "AdminPassword", "Password",
       "ClientSecret", "MasterUserSecret", "AccessToken"});
  if (std::find(kProperties.begin(), kProperties.end(), match.name) == kProperties.end()) return;
  weigh_value(true, match, candidate);
}

// Keys that people choose; what tutorials print is a note.
void check_signing_secret(const Match& match, Candidate& candidate) {
  constexpr auto kTutorial = std::to_array<std::string_view>(
      {"secret", "your-256-bit-secret", "supersecret", "mysecret", "secretkey", "jwt_secret"});
  const std::string lower = ascii_lower(match.value);
  if (std::find(kTutorial.begin(), kTutorial.end(), lower) != kTutorial.end()) {
    candidate.weight = Weight::kNote;
    candidate.documented = true;
    return;
  }
  if (match.name.ends_with("_id") || match.name.ends_with("_name")) return;
  weigh_value(true, match, candidate);
}

// Passwords that a product comes with are notes.
void check_product_password(const Match& match, Candidate& candidate) {
  const std::string lower = ascii_lower(match.value);
  for (std::string_view word : {"minioadmin", "minio123", "test", "password", "minio"}) {
    if (lower == word) candidate.weight = Weight::kNote;
  }
  if (candidate.weight == Weight::kNote || match.value.size() < 8) return;
  weigh_value(true, match, candidate);
}

bool is_hexadecimal(std::string_view value) {
  return std::all_of(value.begin(), value.end(), is_hex_digit);
}

// Django: 50 characters of its own alphabet, Flask the same by name; Rails: hexadecimal; Laravel:
// 32 bytes in base64.
void check_framework_key(const Match& match, Candidate& candidate) {
  const std::string name = ascii_lower(match.name);
  const std::string_view value = match.value;
  if (name.ends_with("app_key") != value.starts_with("base64:")) return;
  const bool rails = name.ends_with("secret_key_base") || name.ends_with("master_key");
  const bool django = match.name == "SECRET_KEY" || match.name == "DJANGO_SECRET_KEY";
  if (!rails && !django && !name.ends_with("app_key")) return;
  if (rails && !is_hexadecimal(value)) return;
  // Django makes keys of small letters, digits and symbols; 40 of base64 are another rule's.
  if (django && (value.size() < 32 || !looks_like_password(letters_of(value)))) return;
  for (std::string_view mark : {"${", "{{", "<%", "://", "environ", "getenv", "<"}) {
    if (django && value.find(mark) != npos) return;
  }
  if (!passes_basics(match, candidate)) return;
  if (value.starts_with("django-insecure-")) candidate.weight = Weight::kShape;
}

// ---- Kubernetes ----

// A value of `data` is base64 of what it holds, a value of `stringData` is that itself.
void check_kubernetes(const Match& match, Candidate& candidate) {
  constexpr std::size_t kAround = 512;
  if (match.statement == nullptr) return;
  const std::size_t first = match.begin - std::min(match.begin, kAround);
  const std::string_view around = match.text.substr(first, match.end - first + kAround);
  // Not `SecretStore`, `SecretProviderClass`, `SealedSecret`.
  std::size_t kind = around.find("kind: Secret");
  std::size_t behind = kind + 12;
  if (kind == npos) {
    kind = around.find("\"kind\": \"Secret\"");
    behind = kind + 16;
  }
  if (kind == npos || (behind < around.size() && is_alphanumeric(around[behind]))) return;
  bool password = false;
  if (!names_secret(match.name, password) || is_template(match.value)) return;
  const auto bytes = decode_base64_leniently(match.value);
  const bool text = bytes && !bytes->empty() && match.value.size() % 4 == 0 &&
                    std::all_of(bytes->begin(), bytes->end(),
                                [](char c) { return (c >= 0x20 && c < 0x7F) || c == '\n'; });
  Match inner = match;
  std::string decoded;
  if (text) {
    decoded = *bytes;
    while (!decoded.empty() && decoded.back() == '\n') decoded.pop_back();
    inner.value = decoded;
  }
  weigh_value(true, inner, candidate);
}

// ---- Keys with a structure ----

// RFC 7519: a header that names its algorithm, claims, a signature.
void check_jwt(const Match& match, Candidate& candidate) {
  constexpr std::uint64_t kTutorialSignature = 0xbf0a2628ec81cd01u;
  const std::size_t first = match.value.find('.');
  const std::size_t second = match.value.find('.', first + 1);
  if (first == npos || second == npos) return;
  const auto header = decode_base64_leniently(match.value.substr(0, first));
  const auto claims = decode_base64_leniently(match.value.substr(first + 1, second - first - 1));
  if (!header || !header->starts_with('{') || header->find("\"alg\"") == std::string::npos) return;
  if (!claims || !claims->starts_with('{')) return;
  if (hash_of(match.value.substr(second + 1)) == kTutorialSignature) return;
  candidate.documented = is_documented(match.value);
  if (candidate.documented) {
    candidate.weight = Weight::kNote;
    return;
  }
  if (is_placeholder(match.value.substr(second + 1))) return;
  candidate.validated = true;
  candidate.weight =
      header->find("\"none\"") == std::string::npos ? Weight::kSound : Weight::kShape;
  // A key of Supabase that is made for browsers.
  if (claims->find("\"role\":\"anon\"") != std::string::npos) candidate.weight = Weight::kNote;
  const std::size_t end = claims->find("\"exp\":");
  if (end == std::string::npos) return;
  std::string_view seconds = std::string_view(*claims).substr(end + 6);
  while (seconds.starts_with(' ')) seconds.remove_prefix(1);
  seconds = seconds.substr(0, seconds.find_first_not_of("0123456789"));
  if (is_certainly_past(seconds, 0)) candidate.weight = Weight::kNote;
}

// The text member `name` of the object around a place.
std::string_view member(std::string_view object, std::string_view name) {
  std::string quoted = "\"";
  quoted.append(name).append("\"");
  std::size_t at = object.find(quoted);
  if (at == npos) return {};
  at += quoted.size();
  while (at < object.size() && std::string_view(" \t\r\n:").find(object[at]) != npos) ++at;
  if (at >= object.size() || object[at] != '"') return {};
  const std::size_t close = object.find('"', at + 1);
  return close == npos ? std::string_view() : object.substr(at + 1, close - at - 1);
}

// RFC 7517, RFC 7518: `d` of an asymmetric key, `k` of a symmetric one.
void check_jwk(const Match& match, Candidate& candidate) {
  constexpr std::size_t kMostKey = 4096;  // an RSA key of 4096 bits has 3,200 characters
  constexpr std::size_t kBefore = 3072;
  const std::size_t first = match.begin - std::min(match.begin, kBefore);
  const std::size_t open = match.text.substr(first, match.begin - first).rfind('{');
  if (open == npos) return;
  // Up to the next key: a text of nothing but keys is read once.
  const std::size_t next = match.text.substr(match.end, kMostKey).find(match.value);
  const std::size_t size = next == npos ? kMostKey : match.end + next - first - open;
  std::string_view object = match.text.substr(first + open, std::min(size, kMostKey));
  object = object.substr(0, object.find('}'));
  const std::string_view secret = member(object, member(object, "kty") == "oct" ? "k" : "d");
  const bool letters = std::all_of(secret.begin(), secret.end(), [](char c) {
    return is_alphanumeric(c) || c == '-' || c == '_' || c == '=';
  });
  if (secret.size() < 40 || !letters) return;
  candidate.begin = static_cast<std::uint32_t>(secret.data() - match.text.data());
  candidate.end = candidate.begin + static_cast<std::uint32_t>(secret.size());
  candidate.redacted = redact(secret);
  Match inner = match;
  inner.value = secret;
  if (passes_basics(inner, candidate)) candidate.validated = true;
}

// BIP 173, the checksum of age and nostr keys.
bool is_bech32(std::string_view text) {
  constexpr std::string_view kLetters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  constexpr std::array<std::uint32_t, 5> kGenerator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                                       0x3d4233dd, 0x2a1462b3};
  const std::string lower = ascii_lower(text);
  const std::size_t one = lower.rfind('1');
  if (one == std::string::npos) return false;
  std::uint32_t sum = 1;
  auto add = [&](std::uint32_t value) {
    const std::uint32_t top = sum >> 25;
    sum = (sum & 0x1ffffff) << 5 ^ value;
    for (std::size_t i = 0; i < kGenerator.size(); ++i) {
      if ((top >> i & 1) != 0) sum ^= kGenerator[i];
    }
  };
  for (char c : lower.substr(0, one)) add(static_cast<unsigned char>(c) >> 5);
  add(0);
  for (char c : lower.substr(0, one)) add(static_cast<unsigned char>(c) & 31);
  for (char c : lower.substr(one + 1)) {
    const std::size_t value = kLetters.find(c);
    if (value == npos) return false;
    add(static_cast<std::uint32_t>(value));
  }
  return sum == 1;
}

// Base32 of 36 bytes; the last two are the CRC-16 (XMODEM) of the others, low byte first.
bool is_nkey(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (char c : text) {
    bits = bits << 5 | static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 255);
  }
  if (bytes.size() < 4) return false;
  std::uint32_t sum = 0;
  for (char c : bytes.substr(0, bytes.size() - 2)) {
    sum ^= static_cast<std::uint32_t>(static_cast<unsigned char>(c)) << 8;
    for (int i = 0; i < 8; ++i) sum = (sum & 0x8000) != 0 ? (sum << 1 ^ 0x1021) : sum << 1;
    sum &= 0xffff;
  }
  const auto low = static_cast<unsigned char>(bytes[bytes.size() - 2]);
  const auto high = static_cast<unsigned char>(bytes[bytes.size() - 1]);
  return sum == static_cast<std::uint32_t>(low | high << 8);
}

void check_checked_key(const Match& match, Candidate& candidate) {
  if (!passes_basics(match, candidate)) return;
  const bool bech32 = match.value.starts_with("AGE-") || match.value.starts_with("nsec1");
  if (match.value.starts_with("RW")) return;  // minisign: no checksum
  candidate.validated = bech32 ? is_bech32(match.value) : is_nkey(match.value);
  if (!candidate.validated) candidate.weight = Weight::kShape;
}

constexpr std::array<Check, 11> kChecks = {{
    {"assignment", CredentialRole::kWhole, check_assignment, kLastRank},
    {"paired-assignment", CredentialRole::kWhole, check_pair, kLastRank},
    {"terraform-password", CredentialRole::kWhole, check_terraform_password, kNamedRank},
    {"cloudformation-password", CredentialRole::kWhole, check_cloudformation, kNamedRank},
    {"signing-secret", CredentialRole::kWhole, check_signing_secret, kNamedRank},
    {"product-password", CredentialRole::kWhole, check_product_password, kNamedRank},
    {"framework-key", CredentialRole::kWhole, check_framework_key, kNamedRank},
    {"kubernetes-secret", CredentialRole::kWhole, check_kubernetes, kNamedRank},
    {"jwt", CredentialRole::kWhole, check_jwt, kWithinRank},
    {"jwk", CredentialRole::kWhole, check_jwk},
    {"checked-key", CredentialRole::kWhole, check_checked_key},
}};

}  // namespace

std::span<const Check> generic_checks() { return kChecks; }

}  // namespace iamcheck
