#include "credentials/pairing.h"

#include <algorithm>

namespace iamcheck {
namespace {

constexpr std::uint32_t kSecretLines = 10;
constexpr std::uint32_t kTokenLines = 15;
// A minified file is one line: distance counts in bytes as well. Ten long lines, or a session
// token.
constexpr std::uint32_t kMostBytes = 4096;

class Pairer {
 public:
  explicit Pairer(const std::vector<Candidate>& candidates)
      : candidates_(candidates), partner_(candidates.size()), taken_(candidates.size()) {}

  std::vector<Pairing> run() {
    pair_secrets();
    std::vector<Pairing> result;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (candidates_[i].role != CredentialRole::kKeyId) continue;
      Pairing pairing{i, partner_[i], std::nullopt};
      if (candidates_[i].temporary && pairing.secret) {
        pairing.token = nearest(i, CredentialRole::kSessionToken, kTokenLines);
        if (pairing.token) taken_[*pairing.token] = true;
      }
      taken_[i] = true;
      result.push_back(pairing);
    }
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (!taken_[i]) result.push_back({i, std::nullopt, std::nullopt});
    }
    std::sort(result.begin(), result.end(),
              [](const Pairing& a, const Pairing& b) { return a.first < b.first; });
    return result;
  }

 private:
  bool near(std::size_t a, std::size_t b, std::uint32_t lines) const {
    const Candidate& first = candidates_[std::min(a, b)];
    const Candidate& second = candidates_[std::max(a, b)];
    return second.line - first.line <= lines && distance(a, b) <= kMostBytes;
  }
  std::uint32_t distance(std::size_t a, std::size_t b) const {
    const Candidate& first = candidates_[std::min(a, b)];
    const Candidate& second = candidates_[std::max(a, b)];
    return second.begin > first.end ? second.begin - first.end : 0;
  }

  // Bounded work: only so many candidates fit into kMostBytes.
  std::optional<std::size_t> nearest(std::size_t of, CredentialRole role,
                                     std::uint32_t lines) const {
    std::optional<std::size_t> best;
    auto consider = [&](std::size_t i) {
      if (!near(of, i, lines)) return false;
      bool fits = candidates_[i].role == role && !taken_[i];
      if (fits && (!best || distance(of, i) < distance(of, *best))) best = i;
      return true;
    };
    for (std::size_t i = of + 1; i < candidates_.size() && consider(i); ++i) {
    }
    for (std::size_t i = of; i > 0 && consider(i - 1); --i) {
    }
    return best;
  }

  void pair_secrets() {
    std::vector<std::size_t> ids, secrets;
    std::optional<std::size_t> last;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      bool id = candidates_[i].role == CredentialRole::kKeyId;
      if (!id && candidates_[i].role != CredentialRole::kSecret) continue;
      if (last && !near(*last, i, kSecretLines)) {
        pair_group(ids, secrets);
        ids.clear();
        secrets.clear();
      }
      (id ? ids : secrets).push_back(i);
      last = i;
    }
    pair_group(ids, secrets);
  }

  void pair_group(const std::vector<std::size_t>& ids, const std::vector<std::size_t>& secrets) {
    bool by_order = ids.size() == secrets.size();
    for (std::size_t i = 0; by_order && i < ids.size(); ++i) {
      by_order = near(ids[i], secrets[i], kSecretLines);
    }
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const std::optional<std::size_t> partner =
          by_order ? std::optional(secrets[i])
                   : nearest(ids[i], CredentialRole::kSecret, kSecretLines);
      if (partner) taken_[*partner] = true;
      partner_[ids[i]] = partner;
    }
  }

  const std::vector<Candidate>& candidates_;
  std::vector<std::optional<std::size_t>> partner_;
  std::vector<bool> taken_;
};

}  // namespace

std::vector<Pairing> pair_candidates(const std::vector<Candidate>& candidates) {
  return Pairer(candidates).run();
}

}  // namespace iamcheck
