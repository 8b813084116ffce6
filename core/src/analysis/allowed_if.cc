// Which values of unknown keys allow a request: the grant of the policies, narrowed to the request.
#include <algorithm>
#include <utility>

#include "analysis/describe.h"
#include "analysis/grant.h"
#include "analysis/inclusion.h"
#include "analysis/request_facts.h"
#include "analysis/witness.h"
#include "evaluate/policy_subset.h"
#include "iamcheck/arn.h"
#include "iamcheck/evaluate.h"
#include "policy/everything.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

using namespace analysis;

// The decision as a whole, in which guardrails alone allow nothing.
Grant grant_of_decision(const PolicyList& policies, Universe& universe) {
  GrantScope scope = scope_of(policies, policies, false);
  scope.identity = true;
  return grant_of(policies, scope, ArnReading::kDocumented, universe);
}

// Root users of the account need no policy of their own, and have no boundary (S9.4).
PolicySet as_read_for(const PolicySet& policies, const Principal& caller) {
  if (caller.kind != Principal::Kind::kRoot) return policies;
  PolicySet own = subset_of(policies, [&](std::size_t i) {
    const PolicyKind kind = policies.policies()[i].kind;
    return kind != PolicyKind::kIdentity && kind != PolicyKind::kBoundary;
  });
  own.add("root user", PolicyKind::kIdentity, policy_of(allow_everything(PolicyKind::kIdentity)));
  return own;
}

class Ways {
 public:
  Ways(const PolicySet& policies, const Request& request, const AnalysisOptions& options)
      : policies_(policies),
        request_(request),
        options_(options),
        budget_(options),
        grant_(
            grant_of_decision(PolicyList(as_read_for(policies, request.principal())), universe_)),
        domain_(universe_, budget_) {}

  AllowedIf find() {
    if (grant_.too_large || (request_.resource() != "*" && !Arn::parse(request_.resource())))
      return {{}, false};
    // Rules of AWS speak of them besides.
    if (request_.principal().kind == Principal::Kind::kRoot) answer_.complete = false;
    fix();
    const Solver::Outcome outcome = each_difference(
        {}, grant_, universe_, domain_, budget_, [&](const Difference& way) { return take(way); });
    if (outcome == Solver::Outcome::kUnknown) answer_.complete = false;
    return std::move(answer_);
  }

 private:
  // What the request has, as literals in every box of the first layers.
  void fix() {
    RequestFacts known = facts_of(request_, universe_);
    unknown_ = std::move(known.unknown);
    std::vector<Literal> facts = {
        {kActionAttribute, universe_.exactly(ascii_lower(request_.action())), false, true},
        {kResourceAttribute, universe_.exactly(lower_head(request_.resource())), false, true}};
    facts.insert(facts.end(), known.literals.begin(), known.literals.end());
    for (Path& path : grant_.paths) {
      if (path.empty()) continue;
      for (StatementBox& one : *path.front())
        one.box.insert(one.box.end(), facts.begin(), facts.end());
    }
  }

  Next take(const Difference& way) {
    const std::optional<RequestFields> values = request_of(way.piece, universe_, domain_);
    if (!values || !is_allowed(*values)) {
      answer_.complete = false;
      return ++failures_ < kMaxFailures ? Next::kPiece : Next::kNothing;
    }
    std::vector<AccessCondition> conditions;
    for (AccessCondition& condition : describe(way, universe_).conditions) {
      const bool asked = std::ranges::any_of(unknown_, [&](AttributeId id) {
        return universe_.attributes()[id].name == condition.key;
      });
      if (asked) conditions.push_back(std::move(condition));
    }
    const bool known = std::ranges::any_of(answer_.ways, [&](const auto& other) {
      return std::ranges::equal(other, conditions, [](const auto& a, const auto& b) {
        return a.key == b.key && a.phrase == b.phrase;
      });
    });
    if (!known) answer_.ways.push_back(std::move(conditions));
    if (answer_.ways.size() < std::max<std::size_t>(options_.max_pieces, 1)) return Next::kPiece;
    answer_.complete = false;
    return Next::kNothing;
  }

  bool is_allowed(const RequestFields& values) const {
    return evaluate(policies_, Request(with_values(request_.fields(), values, unknown_, universe_)))
        .allowed();
  }

  static constexpr int kMaxFailures = 64;

  const PolicySet& policies_;
  const Request& request_;
  const AnalysisOptions& options_;
  Universe universe_;
  Budget budget_;
  Grant grant_;
  Domain domain_;
  std::vector<AttributeId> unknown_;
  AllowedIf answer_;
  int failures_ = 0;
};

}  // namespace

AllowedIf allowed_if(const PolicySet& policies, const Request& request,
                     const AnalysisOptions& options) {
  return Ways(policies, request, options).find();
}

}  // namespace iamcheck
