// Which values of unknown keys allow a request: the grant of the policies, narrowed to the request.
#include <algorithm>
#include <utility>

#include "analysis/describe.h"
#include "analysis/grant.h"
#include "analysis/inclusion.h"
#include "analysis/principals.h"
#include "analysis/witness.h"
#include "iamcheck/arn.h"
#include "iamcheck/evaluate.h"
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

class Ways {
 public:
  Ways(const PolicySet& policies, const Request& request, const AnalysisOptions& options)
      : policies_(policies),
        request_(request),
        options_(options),
        budget_(options),
        grant_(grant_of_decision(PolicyList(policies), universe_)),
        domain_(universe_, budget_) {}

  AllowedIf find() {
    if (grant_.too_large || (request_.resource() != "*" && !Arn::parse(request_.resource())))
      return {{}, false};
    // Root users need no policy of their own.
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
    std::vector<Literal> facts = {
        {kActionAttribute, universe_.exactly(ascii_lower(request_.action())), false, true},
        {kResourceAttribute, universe_.exactly(lower_head(request_.resource())), false, true},
        {kPrincipalAttribute, universe_.exactly(text_of_caller(request_.principal())), false,
         true}};
    const std::size_t count = universe_.attributes().size();
    for (AttributeId id = kFirstKey; id < count; ++id) {
      if (universe_.attributes()[id].kind == Attribute::Kind::kKey) fix_key(id, facts);
    }
    for (Path& path : grant_.paths) {
      if (path.empty()) continue;
      for (StatementBox& one : *path.front())
        one.box.insert(one.box.end(), facts.begin(), facts.end());
    }
  }

  void fix_key(AttributeId id, std::vector<Literal>& facts) {
    const Attribute& attribute = universe_.attributes()[id];
    const ContextValue value = request_.context().find(attribute.name);
    switch (value.state) {
      case ContextValue::State::kUnknown:
        unknown_.push_back(id);
        return;
      case ContextValue::State::kAbsent:
        facts.push_back({id, universe_.everything(), false, false});
        return;
      case ContextValue::State::kSingle:
      case ContextValue::State::kList:
        break;
    }
    std::string all = "exactly one of";
    for (const std::string& text : value.values) {
      facts.push_back({id, universe_.exactly(text), false, true});
      all += "\1" + text;
    }
    const SetId set = universe_.set(all, [&] {
      ValueSet these;
      for (const std::string& text : value.values)
        these.languages.emplace(Pattern::exact(text, {}));
      return these;
    });
    facts.push_back({id, set, true, false});
    if (attribute.lists)
      facts.push_back({id, Literal::kIsList, false, value.state == ContextValue::State::kList});
  }

  // The search knows ARNs with lower-case first parts alone, whose case makes no difference (S6.2).
  static std::string lower_head(const std::string& resource) {
    const auto arn = Arn::parse(resource);
    if (!arn) return resource;
    const std::size_t head = resource.size() - arn->resource.size();
    return ascii_lower(resource.substr(0, head)) + resource.substr(head);
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
    RequestFields fields = request_.fields();
    for (const AttributeId id : unknown_) {
      const std::string& name = universe_.attributes()[id].name;
      const ContextValue value = values.context.find(name);
      switch (value.state) {
        case ContextValue::State::kSingle:
          fields.context.set(name, value.values.front());
          break;
        case ContextValue::State::kList:
          fields.context.set_list(name, {value.values.begin(), value.values.end()});
          break;
        default:
          fields.context.set_absent(name);
      }
    }
    return evaluate(policies_, Request(std::move(fields))).allowed();
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
