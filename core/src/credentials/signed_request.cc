#include "credentials/signed_request.h"

#include <algorithm>
#include <array>
#include <string>

#include "credentials/certain_past.h"
#include "credentials/encoding.h"
#include "iamcheck/credentials.h"
#include "text/base64.h"

namespace iamcheck {
namespace {

constexpr std::size_t npos = std::string_view::npos;

// The value of a parameter of a query, `&` and `%26` being what ends it.
std::string_view parameter(std::string_view query, std::string_view name) {
  for (std::size_t at = query.find(name); at != npos; at = query.find(name, at + 1)) {
    const std::string_view rest = query.substr(at + name.size());
    if (!rest.starts_with('=')) continue;
    return rest.substr(1, rest.find_first_of("&\\\"' \n,") - 1);
  }
  return {};
}

// Signed with an id of AWS's own format: its account and flags. The signature is good for one
// request until it expires; what is asked for is whether the id is a real one.
bool take_key_id(std::string_view credential, const Match& match, Candidate& candidate) {
  constexpr std::size_t kId = 20;
  std::size_t letters = 0;
  while (letters < credential.size() && is_alphanumeric(credential[letters])) ++letters;
  const std::string_view id = credential.substr(0, letters);
  if (id.size() != kId || (!id.starts_with("AKIA") && !id.starts_with("ASIA"))) return false;
  Match inner = match;
  inner.value = id;
  inner.entropy = 3;
  check_key_id(inner, candidate);
  candidate.redacted = redact(id);
  return candidate.weight != Weight::kSilent;
}

// `X-Amz-Date` is 20261120T120000Z, `X-Amz-Expires` at most 604800 seconds: seven days.
bool is_signed_in_the_past(std::string_view date) {
  if (date.size() < 8) return false;
  const std::string day = std::string(date.substr(0, 4)) + "-" + std::string(date.substr(4, 2)) +
                          "-" + std::string(date.substr(6, 2));
  return is_certainly_past(day, std::int64_t{7} * 86'400);
}

void weigh_query(std::string_view query, const Match& match, Candidate& candidate) {
  if (!take_key_id(parameter(query, "X-Amz-Credential"), match, candidate)) return;
  if (candidate.weight == Weight::kNote) return;
  candidate.weight =
      is_signed_in_the_past(parameter(query, "X-Amz-Date")) ? Weight::kNote : Weight::kSound;
}

void check_signed_query(const Match& match, Candidate& candidate) {
  const std::string_view signature = parameter(match.value, "X-Amz-Signature");
  if (signature.size() < 64 || entropy_of(signature) < 3) return;
  weigh_query(match.value, match, candidate);
}

// `Credential=<id>/<date>/<region>/<service>/aws4_request`
void check_header(const Match& match, Candidate& candidate) {
  const std::size_t credential = match.value.find("redential=");
  if (credential != npos) take_key_id(match.value.substr(credential + 10), match, candidate);
}

// Version 2: `AWSAccessKeyId=..&Expires=<seconds>&Signature=..`, valid for years where asked for.
void check_version_2(const Match& match, Candidate& candidate) {
  const std::string_view expires = parameter(match.value, "Expires");
  if (!take_key_id(parameter(match.value, "AWSAccessKeyId"), match, candidate)) return;
  if (candidate.weight != Weight::kNote && is_certainly_past(expires, 0))
    candidate.weight = Weight::kNote;
}

// The policy of a custom CloudFront URL is JSON in base64 with `-_~` for `+=/`.
void check_cloudfront(const Match& match, Candidate& candidate) {
  if (!passes_basics(match, candidate)) return;
  std::string policy(parameter(match.value, "Policy"));
  std::replace(policy.begin(), policy.end(), '_', '=');
  std::replace(policy.begin(), policy.end(), '~', '/');
  std::replace(policy.begin(), policy.end(), '-', '+');
  std::string end(parameter(match.value, "Expires"));
  if (const auto json = decode_base64_leniently(policy); json && !policy.empty()) {
    constexpr std::string_view kTime = "\"AWS:EpochTime\":";
    const std::size_t time = json->find(kTime);
    if (time != std::string::npos) {
      end = json->substr(time + kTime.size());
      end.resize(std::min(end.size(), end.find_first_not_of("0123456789")));
    }
  }
  if (is_certainly_past(end, 0)) candidate.weight = Weight::kNote;
}

// The query of a signed URL, in base64 behind a prefix.
void weigh_encoded(std::size_t prefix, std::string_view begins, const Match& match,
                   Candidate& candidate) {
  std::string_view body = match.value.substr(prefix);
  body = body.substr(0, body.find('='));
  body.remove_suffix(body.size() % 4 == 1 ? 1 : 0);
  const auto url = decode_base64_leniently(body);
  if (!url || !url->starts_with(begins)) return;
  weigh_query(*url, match, candidate);
  candidate.redacted = match.value.substr(0, prefix);
  candidate.redacted += "...";
}

void check_bedrock_short(const Match& match, Candidate& candidate) {
  weigh_encoded(std::string_view("bedrock-api-key-").size(), "bedrock.", match, candidate);
}

void check_eks(const Match& match, Candidate& candidate) {
  weigh_encoded(std::string_view("k8s-aws-v1.").size(), "https://sts.", match, candidate);
}

constexpr std::array<Check, 6> kChecks = {{
    {"aws-signed-query", CredentialRole::kKeyId, check_signed_query},
    {"aws-signed-header", CredentialRole::kKeyId, check_header},
    {"aws-signed-version-2", CredentialRole::kKeyId, check_version_2},
    {"aws-cloudfront-signed", CredentialRole::kWhole, check_cloudfront},
    {"aws-bedrock-short", CredentialRole::kWhole, check_bedrock_short},
    {"aws-eks-token", CredentialRole::kWhole, check_eks},
}};

}  // namespace

std::span<const Check> signed_request_checks() { return kChecks; }

}  // namespace iamcheck
