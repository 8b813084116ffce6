#include "analysis/allowed_within.h"

#include <algorithm>
#include <utility>

#include "analysis/describe.h"
#include "analysis/grant.h"
#include "analysis/inclusion.h"
#include "analysis/request_facts.h"
#include "analysis/substitution.h"
#include "analysis/witness.h"
#include "iamcheck/evaluate.h"
#include "text/ascii.h"

namespace iamcheck::analysis {
namespace {

// As many action names are easier to read than the patterns of several policies.
constexpr std::size_t kMaxNames = 8;
constexpr EvaluateOptions kQuick{.trace = false, .warnings = false};

// The decision as a whole, in which guardrails alone allow nothing.
Grant grant_of_decision(const PolicyList& policies, Universe& universe) {
  GrantScope scope = scope_of(policies, policies, false);
  scope.identity = true;
  return grant_of(policies, scope, ArnReading::kDocumented, universe);
}

bool asks_for(const AccessPiece& piece, const AccessCondition& condition) {
  return std::ranges::any_of(piece.conditions, [&](const AccessCondition& own) {
    return own.key == condition.key && own.phrase == condition.phrase;
  });
}

// A grant of which the first layers of all paths are narrowed.
Grant narrowed(const Grant& grant, const Box& facts) {
  Grant copy = grant;
  for (Path& path : copy.paths) {
    if (path.empty()) continue;
    path.front() = std::make_shared<std::vector<StatementBox>>(*path.front());
    for (StatementBox& one : *path.front())
      one.box.insert(one.box.end(), facts.begin(), facts.end());
  }
  return copy;
}

Grant everything_within(const Box& facts) {
  Grant grant;
  const Layer layer = std::make_shared<std::vector<StatementBox>>();
  layer->push_back({facts, {}});
  grant.paths = {{layer}};
  return grant;
}

}  // namespace

RequestFields AllowedPiece::witness(RequestFields fields) const {
  fields.action = action;
  fields.resource = resource;
  for (const Context::Entry& value : values) fields.context.set(value);
  return fields;
}

class PatternGrant::Impl {
 public:
  Impl(const PolicySet& policies, const Request& request, const AnalysisOptions& options)
      : policies_(policies), request_(request), options_(options), budget_(options_) {
    const std::optional<PolicyList> read = as_read_by(PolicyList(policies), request);
    if (!read) return;
    grant_ = grant_of_decision(*read, universe_);
    usable_ = !grant_.too_large;
    facts_ = facts_of(request_, universe_);
    domain_.emplace(universe_, budget_);
  }

  std::optional<AllowedWithin> ask(const RequestPattern& pattern) {
    if (!usable_ || !domain_ || pattern.actions.empty()) return std::nullopt;
    budget_ = Budget(options_);
    pattern_ = &pattern;
    found_ = {};
    given_up_ = false;
    Box facts = facts_.literals;
    facts.push_back({kActionAttribute, actions_of(pattern), false, true});
    unsaid_.clear();
    facts.push_back({kResourceAttribute, resources_of(pattern.resources), false, true});
    if (pattern.any_resource) unsaid_.push_back(facts.back());
    if (!pattern.apart.empty()) {
      facts.push_back({kResourceAttribute, resources_of(pattern.apart), false, false});
      unsaid_.push_back(facts.back());
    }
    asked_ = facts;
    const Solver::Outcome outcome =
        each_difference({}, narrowed(grant_, facts), universe_, *domain_, budget_,
                        [&](const Difference& part) { return take(part, *domain_); });
    if (given_up_ || (outcome == Solver::Outcome::kUnknown && found_.pieces.empty()))
      return std::nullopt;
    if (outcome == Solver::Outcome::kUnknown) found_.complete = false;
    if (!found_.pieces.empty()) found_.all = is_all(facts, *domain_);
    std::ranges::stable_sort(found_.pieces, {}, &AllowedPiece::conditional);
    return std::move(found_);
  }

 private:
  bool is_all(const Box& facts, Domain& domain) {
    bool left = false;
    const Solver::Outcome outcome = each_difference(grant_, everything_within(facts), universe_,
                                                    domain, budget_, [&](const Difference&) {
                                                      left = true;
                                                      return Next::kNothing;
                                                    });
    return outcome == Solver::Outcome::kDone && !left;
  }

  SetId actions_of(const RequestPattern& pattern) {
    std::string name = "asked actions";
    for (const std::string& action : pattern.actions) name += "\1" + ascii_lower(action);
    return universe_.set(name, [&] {
      ValueSet set;
      for (const std::string& action : pattern.actions) {
        Language one(Pattern::exact(ascii_lower(action), {}));
        one.set_written(pattern.actions_written);
        set.languages.add(std::move(one));
      }
      return set;
    });
  }

  SetId resources_of(const std::vector<std::string>& resources) {
    std::string name = "asked resources";
    for (const std::string& resource : resources) name += "\1" + resource;
    return universe_.set(name, [&] {
      ValueSet set;
      for (const std::string& resource : resources) {
        const bool many = resource != "*" && resource.find_first_of("*?") != std::string::npos;
        Language one(many ? Pattern::resource_arn(resource, {}, true)
                          : Pattern::exact(lower_head(resource), {}));
        one.set_written(resource);
        set.languages.add(std::move(one));
      }
      return set;
    });
  }

  // Without what holds of everything that was asked about.
  Difference without_needless(const Difference& part, Domain& domain) const {
    Difference shown = part;
    std::erase_if(shown.piece.literals, [&](const Literal& literal) {
      if (std::ranges::find(asked_, literal) != asked_.end()) return false;
      std::vector<Literal> other;
      for (const Literal& fact : asked_) {
        if (fact.attribute == literal.attribute) other.push_back(fact);
      }
      other.push_back(literal.opposite());
      return domain.ask(literal.attribute, other).feasible == Feasible::kNo;
    });
    return shown;
  }

  Next take(const Difference& found, Domain& domain) {
    if (found_.pieces.size() >= std::max<std::size_t>(options_.max_pieces, 1)) {
      found_.complete = false;
      return Next::kNothing;
    }
    const Difference part = without_needless(found, domain);
    const std::optional<RequestFields> values =
        part.piece.uncertain || !can_be_said(part.piece)
            ? std::nullopt
            : request_of(part.piece, universe_, domain, Wording::kAsFound);
    AllowedPiece piece;
    if (values) {
      piece.action = values->action;
      piece.resource = values->resource;
      for (const AttributeId id : facts_.unknown) {
        for (const Context::Entry& entry : values->context.entries()) {
          if (entry.key == ContextKey(universe_.attributes()[id].name))
            piece.values.push_back(entry);
        }
      }
    }
    if (!values ||
        !evaluate(policies_, Request(piece.witness(request_.fields())), kQuick).allowed()) {
      given_up_ = true;
      return Next::kNothing;
    }
    piece.conditional = std::ranges::any_of(
        part.piece.literals, [&](const Literal& literal) { return is_unknown(literal.attribute); });
    put_in_words(part, piece);
    keep(std::move(piece));
    return Next::kPiece;
  }

  // What texts known at deploy time decide, and keys whose only values are empty, are no conditions
  // that anybody could read.
  bool can_be_said(const Piece& piece) const {
    return std::ranges::none_of(piece.literals, [&](const Literal& literal) {
      const bool bounds =
          literal.set == universe_.not_empty() || literal.set == universe_.everything();
      return universe_.attributes()[literal.attribute].kind == Attribute::Kind::kOpen ||
             (literal.outside && bounds && is_unknown(literal.attribute));
    });
  }

  bool is_unknown(AttributeId attribute) const {
    return std::ranges::find(facts_.unknown, attribute) != facts_.unknown.end();
  }

  void put_in_words(const Difference& part, AllowedPiece& piece) const {
    Difference said = part;
    std::erase_if(said.piece.literals, [&](const Literal& literal) {
      return std::ranges::find(unsaid_, literal) != unsaid_.end();
    });
    piece.words = describe(said, universe_);
    std::erase_if(piece.words.conditions, [&](const AccessCondition& condition) {
      return std::ranges::none_of(facts_.unknown, [&](AttributeId id) {
        return universe_.attributes()[id].name == condition.key;
      });
    });
    // The caller is the one who is asked about.
    piece.words.callers.clear();
    piece.words.callers_except.clear();
    const std::vector<Literal> literals = part.piece.about(kActionAttribute);
    for (std::size_t i = 0; i < pattern_->actions.size(); ++i) {
      const std::string action = ascii_lower(pattern_->actions[i]);
      const bool inside = std::ranges::all_of(literals, [&](const Literal& literal) {
        return universe_.set(literal.set).can_place(action, literal.holds != literal.outside);
      });
      if (inside) piece.actions.push_back(i);
    }
    const bool whole = piece.actions.size() == pattern_->actions.size();
    if (!whole && piece.actions.size() > kMaxNames) return;
    piece.words.actions_except.clear();
    piece.words.actions = {pattern_->actions_written};
    if (whole) return;
    piece.words.actions.clear();
    for (const std::size_t i : piece.actions) piece.words.actions.push_back(pattern_->actions[i]);
  }

  // Every request of `piece` is one of `other`, as far as the words tell.
  bool covers(const AllowedPiece& other, const AllowedPiece& piece) const {
    const AccessPiece& a = other.words;
    const AccessPiece& b = piece.words;
    const bool whole =
        (a.resources.empty() || a.resources == pattern_->resources) && a.resources_except.empty();
    return std::ranges::includes(other.actions, piece.actions) &&
           (whole || (a.resources == b.resources && a.resources_except == b.resources_except)) &&
           std::ranges::all_of(a.conditions, [&](const AccessCondition& condition) {
             return asks_for(b, condition);
           });
  }

  void keep(AllowedPiece piece) {
    if (std::ranges::any_of(found_.pieces,
                            [&](const AllowedPiece& other) { return covers(other, piece); }))
      return;
    std::erase_if(found_.pieces, [&](const AllowedPiece& other) { return covers(piece, other); });
    found_.pieces.push_back(std::move(piece));
  }

  PolicySet policies_;
  Request request_;
  AnalysisOptions options_;
  Universe universe_;
  Budget budget_;
  Grant grant_;
  RequestFacts facts_;  // of caller and keys
  std::optional<Domain> domain_;
  bool usable_ = false;
  Box asked_;   // facts and pattern
  Box unsaid_;  // of those
  const RequestPattern* pattern_ = nullptr;
  AllowedWithin found_;
  bool given_up_ = false;
};

PatternGrant::PatternGrant(const PolicySet& policies, const Request& request,
                           const AnalysisOptions& options)
    : impl_(std::make_unique<Impl>(policies, request, options)) {}
PatternGrant::~PatternGrant() = default;

std::optional<AllowedWithin> PatternGrant::ask(const RequestPattern& pattern) {
  return impl_->ask(pattern);
}

}  // namespace iamcheck::analysis
