#include "account/exact_whole.h"

#include <algorithm>
#include <utility>

#include "match/overlap.h"

namespace iamcheck {
namespace {

using analysis::AllowedPiece;
using analysis::AllowedWithin;

// Of one question; docs/account.md has them.
constexpr std::size_t kMaxAsked = 4'000;
constexpr std::size_t kMaxPieces = 64;

bool same_conditions(const AccessPiece& a, const AccessPiece& b) {
  return a.actions == b.actions && a.actions_except == b.actions_except &&
         std::ranges::equal(a.conditions, b.conditions, [](const auto& one, const auto& other) {
           return one.key == other.key && one.phrase == other.phrase;
         });
}

// Each piece is about all of `part`, one of the `resources` that were asked about.
bool are_whole(const std::vector<AllowedPiece>& pieces, const std::vector<std::string>& resources,
               const std::string& part) {
  return std::ranges::all_of(pieces, [&](const AllowedPiece& piece) {
    const AccessPiece& words = piece.words;
    return (words.resources.empty() || words.resources == resources) &&
           std::ranges::all_of(words.resources_except, [&](const std::string& one) {
             return one.starts_with("arn:") && overlap_of_texts(one, part, false) == Overlap::kNone;
           });
  });
}

bool say_the_same(const std::vector<AllowedPiece>& some, const std::vector<AllowedPiece>& others) {
  return std::ranges::is_permutation(some, others,
                                     [](const AllowedPiece& a, const AllowedPiece& b) {
                                       return same_conditions(a.words, b.words);
                                     });
}

bool overlaps(const AccessPiece& piece, const std::string& resource) {
  return piece.resources.empty() ||
         std::ranges::any_of(piece.resources, [&](const std::string& one) {
           return !one.starts_with("arn:") ||
                  overlap_of_texts(one, resource, false) != Overlap::kNone;
         });
}

// A described resource is one more resource of a piece with the same conditions.
void add_piece(AllowedPiece piece, std::vector<AllowedPiece>& pieces, std::size_t first) {
  const auto is_plain = [](const AccessPiece& words) {
    return words.resources_except.empty() && !words.resources.empty() &&
           std::ranges::all_of(words.resources,
                               [](const std::string& one) { return one.starts_with("arn:"); });
  };
  for (std::size_t i = first; is_plain(piece.words) && i < pieces.size(); ++i) {
    AccessPiece& other = pieces[i].words;
    if (!is_plain(other) || !same_conditions(other, piece.words)) continue;
    other.resources.insert(other.resources.end(), piece.words.resources.begin(),
                           piece.words.resources.end());
    return;
  }
  pieces.push_back(std::move(piece));
}

}  // namespace

ExactWhole::ExactWhole(const Account& account, std::vector<std::string> resources,
                       Context::Mode mode, bool anything)
    : account_(account),
      resources_(resources),
      rest_(account, std::move(resources), mode, anything) {
  for (const std::string& part : rest_.apart())
    inside_.push_back(std::make_unique<ExactReach>(account, std::vector{part}, mode));
}

std::optional<ExactAnswer> ExactWhole::ask(const Caller& caller, const AccountQuestion& question,
                                           const AccessOptions& options,
                                           const std::vector<std::string>& actions,
                                           const std::string& actions_written) {
  std::optional<ExactAnswer> whole = rest_.ask(caller, question, actions, actions_written);
  if (!whole || inside_.empty()) return whole;
  AllowedWithin& allowed = whole->allowed;
  const AllowedWithin rest = allowed;
  const std::size_t rest_pieces = allowed.pieces.size();
  for (std::size_t i = 0; i < inside_.size(); ++i) {
    const std::string& part = rest_.apart()[i];
    std::optional<ExactAnswer> own;
    if (asked_++ < kMaxAsked) {
      RequestFields fields;
      fields.action = actions.front();
      fields.resource = part;
      fields.resource_account = options.resource_account;
      fields.context = options.context;
      own = inside_[i]->ask(caller, account_.ask(caller, std::move(fields)), actions,
                            actions_written);
    }
    allowed.all = allowed.all && own && own->allowed.all;
    allowed.complete = allowed.complete && own && own->allowed.complete;
    if (own && are_whole(rest.pieces, resources_, part) &&
        are_whole(own->allowed.pieces, {part}, part) &&
        say_the_same(rest.pieces, own->allowed.pieces))
      continue;
    for (std::size_t k = 0; k < rest_pieces; ++k) {
      AccessPiece& words = allowed.pieces[k].words;
      if (overlaps(words, part)) words.resources_except.push_back(part);
    }
    if (!own) continue;
    for (AllowedPiece& piece : own->allowed.pieces)
      add_piece(std::move(piece), allowed.pieces, rest_pieces);
    for (const auto& source : own->sources) {
      if (std::ranges::find(whole->sources, source) == whole->sources.end())
        whole->sources.push_back(source);
    }
  }
  if (allowed.pieces.size() > kMaxPieces) {
    allowed.pieces.resize(kMaxPieces);
    allowed.complete = false;
  }
  std::ranges::stable_sort(allowed.pieces, {}, &AllowedPiece::conditional);
  return whole;
}

}  // namespace iamcheck
