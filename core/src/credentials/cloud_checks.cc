#include "credentials/cloud_checks.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "credentials/private_key.h"
#include "credentials/validation.h"
#include "iamcheck/credentials.h"

namespace iamcheck {
namespace {

// How far the other members of a service account file may stand from its key.
constexpr std::size_t kAccountBytes = 4096;
// Parameters of a signed URL stand close to its signature.
constexpr std::size_t kUrlBytes = 1024;

std::string_view around(const Match& match, std::size_t bytes) {
  const std::size_t first = match.begin - std::min(match.begin, bytes);
  return match.text.substr(first, match.end - first + bytes);
}

// The `private_key` of a JSON file that names a service account.
// https://cloud.google.com/iam/docs/keys-create-delete
void check_service_account(const Match& match, Candidate& candidate) {
  constexpr std::size_t kDashes = 5;  // the search for values skips them as punctuation
  if (match.begin < kDashes || match.text.substr(match.begin - kDashes, kDashes) != "-----") return;
  const std::string_view file = around(match, kAccountBytes);
  if (file.find("service_account") == std::string_view::npos &&
      file.find(".gserviceaccount.com") == std::string_view::npos) {
    return;
  }
  const std::size_t begin = match.begin - kDashes;
  const PrivateKeyBlock block = read_pem_private_key(match.text, begin, match.end);
  if (!block.complete) return;
  candidate.begin = static_cast<std::uint32_t>(begin);
  candidate.end = static_cast<std::uint32_t>(block.end);
  candidate.validated = true;
  candidate.weight = Weight::kSound;
  candidate.redacted = redact(block.body);
}

// An id; the secret is 40 characters of base64, like that of an AWS key, and is paired like it.
// https://cloud.google.com/storage/docs/authentication/hmackeys
void check_gcs_id(const Match& match, Candidate& candidate) {
  if (passes_basics(match, candidate)) candidate.weight = Weight::kShape;
}

// A signature is one only next to the version, the permissions and the end of what it signs.
// https://learn.microsoft.com/rest/api/storageservices/create-service-sas
void check_sas(const Match& match, Candidate& candidate) {
  const std::string_view url = around(match, kUrlBytes);
  auto has = [&](std::string_view name) { return url.find(name) != std::string_view::npos; };
  const bool storage = has("sv=20") && (has("se=20") || has("si="));
  if (!storage || !(has("sp=") || has("si="))) return;
  if (passes_basics(match, candidate)) candidate.validated = true;
}

constexpr std::array<Check, 3> kChecks = {{
    {"gcp-service-account", CredentialRole::kWhole, check_service_account},
    {"gcs-hmac-id", CredentialRole::kKeyId, check_gcs_id},
    {"azure-sas", CredentialRole::kWhole, check_sas},
}};

}  // namespace

std::span<const Check> cloud_checks() { return kChecks; }

}  // namespace iamcheck
