// Statements that could go: lowered once, each compared with all others.
#include <algorithm>
#include <vector>

#include "analysis/grant.h"
#include "analysis/solver.h"
#include "iamcheck/analysis.h"

namespace iamcheck {
namespace {

using namespace analysis;

enum class Needed : std::uint8_t { kYes, kNo, kUnknown };

// One document under one reading of ARNs.
class LoweredDocument {
 public:
  LoweredDocument(const PolicyList& policies, ArnReading reading, const AnalysisOptions& options)
      : options_(options),
        budget_(options),
        grant_(grant_of(policies, {}, reading, universe_)),
        domain_(universe_, budget_),
        solver_(universe_, domain_, budget_) {
    for (const Path& path : grant_.paths) {
      for (const Layer& layer : path) allows_.insert(allows_.end(), layer->begin(), layer->end());
    }
  }

  bool depends_on_reading() const { return grant_.depends_on_reading; }

  // Whether the statement changes what the document allows.
  Needed is_needed(StatementRef statement, Effect effect) {
    if (grant_.too_large) return Needed::kUnknown;
    budget_ = Budget(options_);
    needed_ = Needed::kNo;
    if (effect == Effect::kAllow) {
      std::vector<const Box*> others = others_of(grant_.denies, statement);
      for (const Box* box : others_of(allows_, statement)) others.push_back(box);
      for (const StatementBox& own : allows_) {
        if (own.statement == statement && !look(own.box, others)) break;
      }
      return needed_;
    }
    // What some Allow grants and no other Deny takes away.
    const std::vector<const Box*> others = others_of(grant_.denies, statement);
    for (const StatementBox& own : grant_.denies) {
      if (own.statement != statement) continue;
      for (const StatementBox& allow : allows_) {
        Box both = allow.box;
        both.insert(both.end(), own.box.begin(), own.box.end());
        if (!look(both, others)) return needed_;
      }
    }
    return needed_;
  }

 private:
  static std::vector<const Box*> others_of(const std::vector<StatementBox>& boxes,
                                           StatementRef statement) {
    std::vector<const Box*> others;
    for (const StatementBox& one : boxes) {
      if (one.statement != statement) others.push_back(&one.box);
    }
    return others;
  }

  // False when no more need be looked at.
  bool look(const Box& box, const std::vector<const Box*>& avoid) {
    const Solver::Outcome outcome =
        solver_.each_piece(box, avoid, [](const Piece&) { return false; });
    if (outcome == Solver::Outcome::kDone) return true;
    needed_ = outcome == Solver::Outcome::kStopped ? Needed::kYes : Needed::kUnknown;
    return needed_ != Needed::kYes && !budget_.spent();
  }

  const AnalysisOptions& options_;
  Universe universe_;
  Budget budget_;
  Grant grant_;
  Domain domain_;
  Solver solver_;
  std::vector<StatementBox> allows_;
  Needed needed_ = Needed::kNo;
};

}  // namespace

RedundancyAnswer redundant_statements(const Policy& policy, PolicyKind kind,
                                      const AnalysisOptions& options) {
  const PolicyList policies(policy, kind);
  std::vector<ArnReading> readings;
  if (options.arn_matching != ArnMatching::kDocumented)
    readings.push_back(ArnReading::kComponentWise);
  if (options.arn_matching != ArnMatching::kComponentWise)
    readings.push_back(ArnReading::kDocumented);
  std::vector<Needed> needed(policy.statements.size(), Needed::kNo);
  for (const ArnReading reading : readings) {
    LoweredDocument document(policies, reading, options);
    for (std::uint32_t s = 0; s < policy.statements.size(); ++s) {
      const std::optional<Effect>& effect = policy.statements[s].effect;
      if (!effect || needed[s] == Needed::kYes) continue;
      const Needed here = document.is_needed({0, s}, *effect);
      if (here != Needed::kNo) needed[s] = here;
    }
    if (!document.depends_on_reading()) break;
  }
  RedundancyAnswer answer;
  for (std::uint32_t s = 0; s < policy.statements.size(); ++s) {
    const Statement& statement = policy.statements[s];
    if (!statement.effect) continue;
    if (needed[s] == Needed::kNo)
      answer.redundant.push_back({s, *statement.effect == Effect::kDeny});
    if (needed[s] == Needed::kUnknown) answer.unknown.push_back(s);
  }
  return answer;
}

}  // namespace iamcheck
