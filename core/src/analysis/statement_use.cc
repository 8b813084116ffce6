// What each statement is good for: whether the others say the same without it.
//
// Statements are looked at from the last to the first, and one that is not needed is out of the
// question for those before it, so that of two equal ones the first stays.
#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "analysis/lowering.h"
#include "analysis/solver.h"
#include "analysis/statement_screen.h"
#include "iamcheck/analysis.h"
#include "policy/everything.h"

namespace iamcheck {
namespace {

using namespace analysis;
using Statements = std::vector<std::uint32_t>;

enum class Answer : std::uint8_t { kNo, kYes, kUnknown };

// One document under one way of reading it.
class DocumentReading {
 public:
  DocumentReading(const Policy& policy, PolicyKind kind, ArnReading reading,
                  const LoweringOptions& lowering, const AnalysisOptions& options)
      : lowered_(lower(policy, kind, reading, universe_, lowering)),
        budget_(options),
        domain_(universe_, budget_),
        solver_(universe_, domain_, budget_),
        boxes_(policy.statements.size()),
        too_large_(boxes_.size()) {
    for (LoweredStatement& one : lowered_) {
      std::ranges::move(one.boxes, std::back_inserter(boxes_[one.statement]));
      if (one.too_large) too_large_[one.statement] = true;
    }
  }

  bool depends_on_reading() const {
    return std::ranges::any_of(lowered_, &LoweredStatement::depends_on_reading);
  }
  bool spent() const { return budget_.spent(); }

  // Whether every request of the statement is one of `others`.
  Answer lies_in(std::uint32_t statement, const Statements& others) {
    if (too_large_[statement]) return Answer::kUnknown;
    std::vector<const Box*> avoid;
    for (const std::uint32_t other : others) {
      if (too_large_[other] || !budget_.step()) return Answer::kUnknown;
      for (const Box& box : boxes_[other]) avoid.push_back(&box);
    }
    for (const Box& box : boxes_[statement]) {
      const Solver::Outcome outcome =
          solver_.each_piece(box, avoid, [](const Piece&) { return false; });
      if (outcome == Solver::Outcome::kStopped) return Answer::kNo;
      if (outcome == Solver::Outcome::kUnknown) return Answer::kUnknown;
    }
    return Answer::kYes;
  }

 private:
  Universe universe_;
  std::vector<LoweredStatement> lowered_;
  Budget budget_;
  Domain domain_;
  Solver solver_;
  std::vector<std::vector<Box>> boxes_;
  std::vector<bool> too_large_;
};

// The document under all ways of reading it; what is said holds in each.
class StatementUses {
 public:
  StatementUses(const Policy& policy, PolicyKind kind, const AnalysisOptions& options)
      : policy_(policy), kind_(kind), options_(options), screen_(policy, kind) {}

  std::vector<StatementUse> run() {
    const auto count = static_cast<std::uint32_t>(policy_.statements.size());
    uses_.resize(count);
    left_.assign(count, true);
    for (std::uint32_t s = count; s-- > 0;) {
      // The grammar has nothing else: the parser said so, and no request is decided by it.
      if (!policy_.statements[s].effect || policy_.statements[s].condition_malformed) continue;
      if (std::ranges::any_of(readings_, [](const auto& reading) { return reading->spent(); }))
        break;
      uses_[s] = use_of(s);
      left_[s] = uses_[s].kind == Kind::kNeeded || uses_[s].kind == Kind::kUnknown;
    }
    return std::move(uses_);
  }

 private:
  using Kind = StatementUse::Kind;

  void read() {
    std::vector<LoweringOptions> ways = {{}};
    // S9.4: whom a policy of a resource names directly needs nothing besides, other than whom it
    // names through the role or user of a session.
    if (kind_ == PolicyKind::kResource || kind_ == PolicyKind::kTrust)
      ways = {{.part = PrincipalPart::kDirect}, {.part = PrincipalPart::kThroughOwner}};
    const bool names_others = std::ranges::any_of(
        policy_.statements, [](const Statement& one) { return one.not_principal.has_value(); });
    for (std::size_t i = 0, count = names_others ? ways.size() : 0; i < count; ++i)
      ways.push_back({.part = ways[i].part, .boundary = true});
    for (const LoweringOptions& way : ways) {
      if (options_.arn_matching != ArnMatching::kDocumented) add(ArnReading::kComponentWise, way);
      const bool settled = !readings_.empty() && !readings_.back()->depends_on_reading();
      if (options_.arn_matching == ArnMatching::kDocumented ||
          (options_.arn_matching == ArnMatching::kStrict && !settled))
        add(ArnReading::kDocumented, way);
    }
  }

  void add(ArnReading reading, const LoweringOptions& way) {
    readings_.push_back(std::make_unique<DocumentReading>(policy_, kind_, reading, way, options_));
  }

  Answer lies_in(std::uint32_t statement, const Statements& others) {
    if (readings_.empty()) read();
    Answer worst = Answer::kYes;
    for (const auto& reading : readings_) {
      const Answer answer = reading->lies_in(statement, others);
      if (answer == Answer::kNo) return answer;
      if (answer == Answer::kUnknown) worst = answer;
    }
    return worst;
  }

  StatementUse use_of(std::uint32_t statement) {
    StatementUse use;
    const Statement& own = policy_.statements[statement];
    if (!screen_.surely_matches(own) && lies_in(statement, {}) == Answer::kYes) {
      use.kind = Kind::kNeverMatches;
      use.contradicts_itself = contradict_each_other(own.conditions, policy_.version, options_);
      return use;
    }
    if (screen_.speaks_alone(own, left_)) {
      use.kind = Kind::kNeeded;
      return use;
    }
    const Statements denies = others_of(statement, Effect::kDeny);
    if (own.effect == Effect::kDeny) {
      cover(statement, denies, Kind::kCovered, use);
      return use;
    }
    if (!denies.empty()) cover(statement, denies, Kind::kTakenAway, use);
    if (use.kind == Kind::kTakenAway) return use;
    Statements all = others_of(statement, Effect::kAllow);
    all.insert(all.end(), denies.begin(), denies.end());
    cover(statement, all, Kind::kCovered, use);
    return use;
  }

  Statements others_of(std::uint32_t statement, Effect effect) const {
    Statements others;
    for (std::uint32_t s = 0; s < policy_.statements.size(); ++s) {
      if (s != statement && left_[s] && policy_.statements[s].effect == effect) others.push_back(s);
    }
    return others;
  }

  void cover(std::uint32_t statement, Statements others, Kind kind, StatementUse& use) {
    switch (lies_in(statement, others)) {
      case Answer::kUnknown:
        use.kind = Kind::kUnknown;
        return;
      case Answer::kNo:
        use.kind = Kind::kNeeded;
        return;
      case Answer::kYes:
        break;
    }
    use.kind = kind;
    for (const std::uint32_t other : others) {
      if (lies_in(statement, {other}) != Answer::kYes) continue;
      use.by = {other};
      return;
    }
    for (std::size_t i = 0; i < others.size();) {
      Statements fewer = others;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (lies_in(statement, fewer) == Answer::kYes) {
        others = std::move(fewer);
      } else {
        ++i;
      }
    }
    std::ranges::sort(others);
    use.by = std::move(others);
  }

  const Policy& policy_;
  PolicyKind kind_;
  const AnalysisOptions& options_;
  StatementScreen screen_;
  std::vector<std::unique_ptr<DocumentReading>> readings_;
  std::vector<StatementUse> uses_;
  std::vector<bool> left_;
};

}  // namespace

bool contradict_each_other(std::span<const ConditionEntry> conditions,
                           const std::optional<Text>& version, const AnalysisOptions& options) {
  if (conditions.empty()) return false;
  Statement statement = allow_everything(PolicyKind::kIdentity);
  statement.conditions.assign(conditions.begin(), conditions.end());
  Policy alone = policy_of(std::move(statement));
  alone.version = version;
  return DocumentReading(alone, PolicyKind::kIdentity, ArnReading::kDocumented, {}, options)
             .lies_in(0, {}) == Answer::kYes;
}

std::vector<StatementUse> statement_uses(const Policy& policy, PolicyKind kind,
                                         const AnalysisOptions& options) {
  return StatementUses(policy, kind, options).run();
}

}  // namespace iamcheck
