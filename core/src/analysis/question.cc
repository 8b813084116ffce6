#include "analysis/question.h"

#include <algorithm>
#include <utility>

#include "analysis/catalogued.h"
#include "analysis/describe.h"
#include "analysis/inclusion.h"
#include "analysis/real_callers.h"
#include "analysis/substitution.h"
#include "analysis/witness.h"
#include "iamcheck/evaluate.h"
#include "policy/everything.h"

namespace iamcheck::analysis {
namespace {

// Denied for certain: an undecided request shows nothing.
bool is_denied(const PolicySet& policies, const Request& request) {
  const Decision decision = evaluate(policies, request);
  return !decision.allowed() && decision.kind != DecisionKind::kUndecided;
}

// What is known about sets of values: what two readings share is looked into once.
struct Knowledge {
  explicit Knowledge(const AnalysisOptions& options) : budget(options) {}

  Universe universe;
  Budget budget;
  Domain domain{universe, budget};
};

class QuestionUnderOneReading {
 public:
  QuestionUnderOneReading(const Sides& sides, ArnReading reading, const AnalysisOptions& options,
                          Knowledge& knowledge)
      : QuestionUnderOneReading(sides, reading, options, knowledge, sides.before, sides.after) {}

  /// The question is asked about the policies with values in the place of variables, and of
  /// requests that have these values; a witness is confirmed on the policies as they are.
  QuestionUnderOneReading(const Sides& sides, ArnReading reading, const AnalysisOptions& options,
                          Knowledge& knowledge, const PolicyList& before, const PolicyList& after,
                          const Assignment& values = {})
      : sides_(sides),
        options_(options),
        reading_(reading),
        universe_(knowledge.universe),
        budget_(knowledge.budget),
        scope_(scope_of(before, after, sides.confirmation == Confirmation::kDocument)),
        before_(grant_of(before, scope_, reading, universe_)),
        after_(grant_of(after, scope_, reading, universe_)),
        domain_(knowledge.domain),
        catalogued_(Catalogue::embedded(), universe_, domain_),
        real_callers_(universe_, domain_) {
    budget_ = Budget(options);  // the limits hold for each reading
    for (const auto& [key, value] : values) demand(key, value);
  }

  AccessAnswer run() {
    answer_.depends_on_reading = before_.depends_on_reading || after_.depends_on_reading;
    if (options_.catalogued) {
      answer_.assumptions.push_back("only requests of the catalogue of " +
                                    std::string(Catalogue::embedded().date()));
    }
    for (const Grant* grant : {&before_, &after_}) {
      for (const std::string& text : grant->assumptions) {
        if (std::ranges::find(answer_.assumptions, text) == answer_.assumptions.end())
          answer_.assumptions.push_back(text);
      }
    }
    if (before_.too_large || after_.too_large) {
      answer_.assumptions.emplace_back("a statement holds in more than " +
                                       std::to_string(kMaxBoxes) + " ways");
      return answer_;
    }
    const Solver::Outcome outcome =
        each_difference(before_, after_, universe_, domain_, budget_,
                        [&](const Difference& difference) { return take(difference); });
    const bool ran_out = outcome == Solver::Outcome::kUnknown;
    if (found_any_) {
      answer_.verdict = confirmed_ ? Verdict::kFailConfirmed : Verdict::kFailPossible;
      answer_.added_complete = !ran_out && !cut_;
      find_closest();
    } else {
      answer_.verdict = ran_out ? Verdict::kUnknown : Verdict::kPass;
    }
    return std::move(answer_);
  }

 private:
  // All boxes of the first layers of the new side are narrowed to requests with this value.
  void demand(const std::string& key, const std::string& value) {
    const AttributeId attribute = universe_.key(key);
    const SetId set = universe_.exactly(value);
    for (Path& path : after_.paths) {
      for (StatementBox& one : *path.front()) {
        one.box.push_back({attribute, set, false, true});
        if (universe_.attributes()[attribute].lists)
          one.box.push_back({attribute, Literal::kIsList, false, false});
      }
    }
  }

  Next take(const Difference& difference) {
    Piece shown = difference.piece;
    if (options_.catalogued) {
      std::optional<Piece> part = catalogued_.part_of(shown);
      if (!part) return Next::kPiece;
      shown = std::move(*part);
    }
    if (options_.catalogued || options_.real_callers) {
      std::optional<Piece> part = real_callers_.part_of(shown);
      if (!part) return Next::kPiece;
      shown = std::move(*part);
    }
    if (!difference.allowed_by.empty()) {
      const StatementRef statement = difference.allowed_by.front();
      if (std::ranges::find(answer_.reasons, statement) == answer_.reasons.end())
        answer_.reasons.push_back(statement);
    }
    if (!found_any_) first_ = shown;
    found_any_ = true;
    if (!confirmed_ && tries_ < kMaxTries) confirm(shown);
    if (answer_.added.size() < options_.max_pieces) {
      AccessPiece piece = describe(difference, universe_);
      answer_.added.push_back(std::move(piece));
      return Next::kPiece;
    }
    cut_ = true;
    return confirmed_ || tries_ >= kMaxTries ? Next::kStatement : Next::kPiece;
  }

  void confirm(const Piece& piece) {
    ++tries_;
    if (!set_before_) {
      set_before_.emplace(sides_.before.compiled(reading_));
      set_after_.emplace(sides_.after.compiled(reading_));
      // Guardrails show what they let through only where something is granted.
      if (scope_.guardrails_alone()) {
        for (PolicySet* set : {&*set_before_, &*set_after_})
          set->add("everything", PolicyKind::kIdentity,
                   policy_of(allow_everything(PolicyKind::kIdentity)));
      }
    }
    // A readable name may mean more than the policies say: the ARN of a role has a trust policy.
    for (const Wording wording : {Wording::kReadable, Wording::kAsFound}) {
      std::optional<RequestFields> fields = request_of(piece, universe_, domain_, wording);
      if (!fields) return;
      if (scope_.resource && !scope_.document)
        fields->resource_account = Principal::parse(fields->principal).account;
      if (!shows_difference(Request(*fields))) continue;
      confirmed_ = true;
      first_ = piece;
      answer_.witness = std::move(fields);
      return;
    }
  }

  bool shows_difference(const Request& request) const {
    if (!set_before_ || !set_after_) return false;
    return sides_.confirmation == Confirmation::kDocument
               ? grants(*set_after_, request) == Truth::kTrue &&
                     grants(*set_before_, request) == Truth::kFalse
               : evaluate(*set_after_, request).allowed() && is_denied(*set_before_, request);
  }

  // Of the statements that allow on the old side, the one of which the fewest literals fail.
  void find_closest() {
    std::size_t fewest = static_cast<std::size_t>(-1);
    for (const Path& path : before_.paths) {
      for (const Layer& layer : path) {
        for (const StatementBox& one : *layer) {
          std::vector<std::string> missing = lacks(one.box, first_, universe_, domain_);
          if (!one.statement || missing.empty() || missing.size() >= fewest) continue;
          fewest = missing.size();
          answer_.closest = one.statement;
          answer_.closest_lacks = std::move(missing);
        }
      }
    }
  }

  // A piece may be confirmed only by chance of its values; beyond so many it is left as possible.
  static constexpr int kMaxTries = 64;

  const Sides& sides_;
  const AnalysisOptions& options_;
  ArnReading reading_;
  Universe& universe_;
  Budget& budget_;
  GrantScope scope_;
  Grant before_, after_;
  Domain& domain_;
  CataloguedRequests catalogued_;
  RealCallers real_callers_;
  AccessAnswer answer_;
  Piece first_;
  bool found_any_ = false;
  bool confirmed_ = false;
  bool cut_ = false;
  int tries_ = 0;
  std::optional<PolicySet> set_before_, set_after_;
};

}  // namespace

AccessAnswer ask(const Sides& sides, const AnalysisOptions& options) {
  Knowledge knowledge(options);
  const auto under = [&](ArnReading reading) {
    AccessAnswer answer = QuestionUnderOneReading(sides, reading, options, knowledge).run();
    if (answer.verdict != Verdict::kFailPossible) return answer;
    for (const Assignment& values : assignments_for({&sides.before, &sides.after})) {
      const PolicyList before = substitute(sides.before, values);
      const PolicyList after = substitute(sides.after, values);
      Knowledge of_values(options);
      AccessAnswer shown =
          QuestionUnderOneReading(sides, reading, options, of_values, before, after, values).run();
      if (shown.verdict != Verdict::kFailConfirmed) continue;
      answer.verdict = shown.verdict;
      answer.witness = std::move(shown.witness);
      break;
    }
    return answer;
  };
  if (options.arn_matching == ArnMatching::kDocumented) return under(ArnReading::kDocumented);
  AccessAnswer answer = under(ArnReading::kComponentWise);
  if (options.arn_matching == ArnMatching::kComponentWise || answer.verdict != Verdict::kPass ||
      !answer.depends_on_reading)
    return answer;
  AccessAnswer other = under(ArnReading::kDocumented);
  if (other.verdict == Verdict::kPass) return other;
  other.only_documented_reading = true;
  if (other.verdict == Verdict::kFailConfirmed) other.verdict = Verdict::kFailPossible;
  return other;
}

}  // namespace iamcheck::analysis
