#include "credentials/aws_checks.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "credentials/certain_past.h"
#include "credentials/encoding.h"
#include "credentials/placeholder.h"
#include "credentials/plausibility.h"
#include "iamcheck/credentials.h"
#include "text/ascii.h"
#include "text/base64.h"

namespace iamcheck {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t kAround = 4096;

std::optional<std::string> decode(std::string_view letters) {
  letters.remove_suffix(letters.size() % 4 == 1 ? 1 : 0);
  return decode_base64_leniently(letters);
}

std::string_view around(const Match& match, std::size_t bytes) {
  const std::size_t first = match.begin - std::min(match.begin, bytes);
  return match.text.substr(first, match.end - first + bytes);
}

bool is_number(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// `BedrockAPIKey-<4>-at-<account>:<secret>` in base64 behind `ABSK`.
void check_bedrock_long(const Match& match, Candidate& candidate) {
  if (!passes_basics(match, candidate)) return;
  candidate.weight = Weight::kNote;
  const auto bytes = decode(match.value.substr(4));
  if (!bytes || !bytes->starts_with("BedrockAPIKey-")) return;
  const std::size_t at = bytes->find("-at-");
  if (at == std::string::npos || at + 17 > bytes->size() || (*bytes)[at + 16] != ':') return;
  const std::string account = bytes->substr(at + 4, 12);
  if (!is_number(account)) return;
  candidate.account_id = account;
  candidate.validated = true;
  candidate.weight = Weight::kSound;
}

// User names end in `-at-<account>`; the password is 32 random bytes in base64.
void check_service_password(const Match& match, Candidate& candidate, bool cassandra) {
  constexpr std::size_t kNear = 512;
  const std::string words = ascii_lower(around(match, kNear));
  const bool keyspaces =
      words.find("cassandra") != std::string::npos || words.find("keyspaces") != std::string::npos;
  if (keyspaces != cassandra) return;
  const std::string value = read_escaped_run(match.value, match.value.size()).text;
  const auto bytes = decode(value.substr(0, value.find('=')));
  if (!bytes || bytes->size() != 32 || !passes_basics(match, candidate)) return;
  candidate.validated = true;
  const std::string_view before = match.text.substr(0, match.begin);
  const std::size_t user = before.rfind("-at-");
  if (user != npos && is_number(match.text.substr(user + 4, 12)))
    candidate.account_id = match.text.substr(user + 4, 12);
}

void check_codecommit(const Match& match, Candidate& candidate) {
  check_service_password(match, candidate, false);
}
void check_keyspaces(const Match& match, Candidate& candidate) {
  check_service_password(match, candidate, true);
}

// A version byte, 4 or 2, and an HMAC of 32 bytes.
// https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html
void check_ses_smtp(const Match& match, Candidate& candidate) {
  const auto bytes = decode(match.value);
  if (!bytes || bytes->size() != 33 || ((*bytes)[0] != 4 && (*bytes)[0] != 2)) return;
  if (passes_basics(match, candidate)) candidate.validated = true;
}

// Refresh tokens last, access tokens an hour.
void check_lwa(const Match& match, Candidate& candidate) {
  if (passes_basics(match, candidate) && match.value.starts_with("Atza"))
    candidate.weight = Weight::kShape;
}

void check_sso_cache(const Match& match, Candidate& candidate) {
  if (is_template(match.value)) return;
  constexpr std::size_t kHead = 8;  // `aoaAAAAA` would pass for a placeholder
  Match body = match;
  body.value.remove_prefix(kHead);
  if (!passes_basics(body, candidate)) return;
  const std::string_view file = around(match, kAround);
  for (std::string_view name : {"\"expiresAt\"", "\"registrationExpiresAt\""}) {
    const std::size_t at = file.find(name);
    if (at == npos || ascii_lower(match.name) == "refreshtoken") continue;
    const std::size_t open = file.find('"', at + name.size());
    const std::size_t close = open == npos ? npos : file.find('"', open + 1);
    if (close == npos) continue;
    std::string_view end = file.substr(open + 1, close - open - 1);
    if (end.ends_with("UTC")) end.remove_suffix(3);
    if (is_certainly_past(end, 0)) candidate.weight = Weight::kNote;
    return;
  }
}

// `{"payload":..,"datakey":..,"version":..,"type":"DATA_KEY","expiration":<seconds>}`
void check_ecr(const Match& match, Candidate& candidate) {
  const auto json = decode(match.value.substr(0, match.value.find('=')));
  if (!json || json->find("\"datakey\"") == std::string::npos || !passes_basics(match, candidate))
    return;
  candidate.validated = true;
  constexpr std::string_view kEnd = "\"expiration\":";
  const std::size_t at = json->find(kEnd);
  if (at == std::string::npos) return;
  std::string end = json->substr(at + kEnd.size());
  end.resize(std::min(end.size(), end.find_first_not_of("0123456789")));
  if (is_certainly_past(end, 0)) candidate.weight = Weight::kNote;
}

// What stands inside a base64 text, as the rules read it.
void check_inside_base64(const Match& match, Candidate& candidate) {
  if (match.inner == nullptr) return;  // inside base64 already
  const auto bytes = decode(match.value.substr(0, match.value.find('=')));
  if (!bytes) return;
  Weight weight = Weight::kSilent;
  bool id = false;
  bool secret = false;
  for (const Candidate& inner : match.inner->find(*bytes)) {
    id = id || inner.role == CredentialRole::kKeyId;
    secret = secret || (inner.role == CredentialRole::kSecret && !inner.documented);
    // A key id alone opens nothing.
    const Weight most = inner.role == CredentialRole::kKeyId ? Weight::kShape : Weight::kSound;
    weight = std::max(weight, std::min(inner.weight, most));
    if (candidate.account_id.empty()) candidate.account_id = inner.account_id;
    candidate.validated = candidate.validated || inner.validated;
  }
  candidate.weight = weight;
  if (id && secret) candidate.weight = Weight::kSound;
}

// Scripts and cloud-configs have a page of their own.
void check_key_in_base64(const Match& match, Candidate& candidate) {
  if (match.value.starts_with("IyEv") || match.value.starts_with("I2Ns")) return;
  check_inside_base64(match, candidate);
}

// Resources whose attributes are secrets, by the last type before the attribute.
void check_terraform_state(const Match& match, Candidate& candidate) {
  constexpr std::size_t kBack = 8192;
  constexpr auto kTypes = std::to_array<std::string_view>(
      {"aws_iam_access_key", "aws_db_instance", "aws_rds_cluster", "aws_redshift_cluster",
       "random_password", "aws_docdb_cluster", "aws_secretsmanager_secret_version", "aws_mq_broker",
       "aws_iam_user_login_profile", "aws_dms_endpoint"});
  const std::size_t first = match.begin - std::min(match.begin, kBack);
  const std::string_view before = match.text.substr(first, match.begin - first);
  const std::size_t type = before.rfind("\"type\":");
  if (type == npos || is_template(match.value)) return;
  const std::string_view rest = before.substr(type + 7, 48);
  const std::size_t open = rest.find('"');
  if (open == npos) return;
  const std::string_view word = rest.substr(open + 1, rest.find('"', open + 1) - open - 1);
  if (std::find(kTypes.begin(), kTypes.end(), word) == kTypes.end()) return;
  // `result` is that of a random password, `secret` that of a key.
  if ((match.name == "\"result\"") != (word == "random_password")) return;
  if (passes_basics(match, candidate)) candidate.validated = true;
}

// The member `name` of a template, in YAML or JSON: its value and where it stands.
struct Member {
  std::string_view value;
  std::size_t begin = 0;
};
std::optional<Member> member_of(std::string_view text, std::size_t from, std::size_t to,
                                std::string_view name) {
  const std::string_view part = text.substr(0, to);
  for (std::size_t at = part.find(name, from); at != npos; at = part.find(name, at + 1)) {
    if (at > 0 && is_alphanumeric(text[at - 1])) continue;
    const auto statement = read_statement(text, at, at + name.size(), true);
    if (!statement || statement->name != name) continue;
    return Member{text.substr(statement->begin, statement->end - statement->begin),
                  statement->begin};
  }
  return std::nullopt;
}

// `Type: String` where `SecureString` belongs.
void check_ssm_parameter(const Match& match, Candidate& candidate) {
  constexpr std::size_t kResource = 600;
  const bool terraform = match.value.starts_with("aws_");
  std::size_t to = std::min(match.text.size(), match.end + kResource);
  const std::size_t next = std::min(match.text.substr(0, to).find("AWS::", match.end),
                                    match.text.substr(0, to).find("\nresource", match.end));
  to = std::min(to, next);
  auto member = [&](std::string_view template_name, std::string_view terraform_name) {
    return member_of(match.text, match.end, to, terraform ? terraform_name : template_name);
  };
  const auto type = member("Type", "type");
  const auto name = member("Name", "name");
  const auto value = member("Value", "value");
  if (!type || type->value != "String" || !name || !value) return;
  bool password = false;
  std::string wanted = ascii_lower(name->value.substr(name->value.find_last_of("/.") + 1));
  if (!names_secret(wanted, password) || is_template(value->value)) return;
  if (!looks_like_password(value->value) || is_placeholder(value->value)) return;
  candidate.weight = Weight::kSound;
  candidate.begin = static_cast<std::uint32_t>(value->begin);
  candidate.end = static_cast<std::uint32_t>(value->begin + value->value.size());
  candidate.redacted = redact(value->value);
}

constexpr std::array<Check, 11> kChecks = {{
    {"aws-bedrock-long", CredentialRole::kWhole, check_bedrock_long},
    {"aws-codecommit", CredentialRole::kWhole, check_codecommit},
    {"aws-keyspaces", CredentialRole::kWhole, check_keyspaces},
    {"aws-ses-smtp", CredentialRole::kWhole, check_ses_smtp},
    {"aws-lwa-token", CredentialRole::kWhole, check_lwa},
    {"aws-sso-cache", CredentialRole::kWhole, check_sso_cache},
    {"aws-ecr-password", CredentialRole::kWhole, check_ecr},
    {"inside-base64", CredentialRole::kWhole, check_inside_base64, kWithinRank},
    {"aws-key-inside-base64", CredentialRole::kWhole, check_key_in_base64, kWithinRank},
    {"terraform-state", CredentialRole::kWhole, check_terraform_state, kNamedRank},
    {"aws-ssm-parameter", CredentialRole::kWhole, check_ssm_parameter, kNamedRank},
}};

}  // namespace

std::span<const Check> aws_checks() { return kChecks; }

}  // namespace iamcheck
