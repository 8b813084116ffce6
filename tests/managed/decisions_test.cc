// Questions about every statement of every AWS managed policy, put to the evaluator and to its
// twin: they must agree. IAMCHECK_MANAGED_ROUNDS says how many questions a statement gets, and
// IAMCHECK_MANAGED_SEED where chance begins.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "adapter.h"
#include "catch.h"
#include "iamcheck/evaluate.h"
#include "question.h"
#include "shrink.h"

namespace iamcheck::managed {
namespace {

using oracle::Dice;

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::stoull(text);
}

struct Corpus {
  std::vector<nlohmann::json> documents;
  std::vector<std::shared_ptr<const Policy>> policies;

  Corpus() {
    for (const ManagedPolicy managed : Catalogue::embedded().managed_policies()) {
      const std::string text = *managed.document();
      documents.push_back(nlohmann::json::parse(text));
      policies.push_back(
          std::make_shared<const Policy>(*parse_policy(std::string(managed.name()), text)));
    }
  }
};

// What the run came to.
struct Tally {
  std::array<std::size_t, 4> decisions{};  // by DecisionKind
  std::size_t questions = 0;
  std::size_t statements = 0;
  std::size_t silent = 0;  // statements that matched no question
  std::string report;      // the first disagreements, in their smallest form
  int disagreements = 0;

  std::size_t of(DecisionKind kind) const { return decisions[static_cast<std::size_t>(kind)]; }
};

class Comparison {
 public:
  Comparison(const Corpus& corpus, std::uint64_t rounds) : corpus_(corpus), rounds_(rounds) {}

  void run_policy(std::size_t index, std::uint64_t seed) {
    Dice dice(seed * 1000003 + index);
    const Policy& policy = *corpus_.policies[index];
    std::vector<std::size_t> attached = {index};
    while (attached.size() < 4 && dice.percent(25)) {
      attached.push_back(dice.below(corpus_.policies.size()));
    }
    PolicySet set;
    std::vector<nlohmann::json> documents;
    for (const std::size_t i : attached) {
      set.add({"managed", PolicyKind::kIdentity, corpus_.policies[i]});
      documents.push_back(corpus_.documents[i]);
    }
    for (const Statement& statement : policy.statements) {
      bool spoke = false;
      for (std::uint64_t round = 0; round < rounds_; ++round) {
        spoke |= ask(question_about(policy, statement, Catalogue::embedded(), dice), statement, set,
                     documents);
      }
      ++tally_.statements;
      tally_.silent += spoke ? 0 : 1;
    }
  }

  const Tally& tally() const { return tally_; }

 private:
  // Whether the statement, which is one of the first policy of the set, had something to say.
  bool ask(const Question& question, const Statement& statement, const PolicySet& identity,
           const std::vector<nlohmann::json>& documents) {
    PolicySet set = identity;
    if (question.resource_policy) {
      set.add("resource", PolicyKind::kResource,
              *parse_policy("resource", *question.resource_policy));
    }
    const Request request(question.fields);
    const DecisionKind kind = evaluate(set, request).kind;
    EvaluateOptions options;
    options.trace = true;
    const Decision traced = evaluate(set, request, options);
    const nlohmann::json line = request_line(question, documents);
    const DecisionKind twin = oracle::oracle_decision(line);
    ++tally_.questions;
    ++tally_.decisions[static_cast<std::size_t>(kind)];
    if (kind != twin || traced.kind != kind) report(line, kind, traced.kind);
    for (const StatementTrace& trace : traced.trace) {
      if (trace.statement.policy == 0 && trace.statement.statement == statement.index) {
        return trace.truth != Truth::kFalse;
      }
    }
    return false;
  }

  void report(const nlohmann::json& line, DecisionKind kind, DecisionKind traced) {
    constexpr int kReported = 5;
    if (++tally_.disagreements > kReported) return;
    if (kind != traced) {
      tally_.report += "evaluator " + std::string(to_string(kind)) + ", with a trace " +
                       std::string(to_string(traced)) + ": " + line.dump() + "\n";
      return;
    }
    const nlohmann::json small = oracle::shrink(line, [](const nlohmann::json& candidate) {
      return oracle::core_decision(candidate) != oracle::oracle_decision(candidate);
    });
    tally_.report += "evaluator " + std::string(to_string(oracle::core_decision(small))) +
                     ", twin " + std::string(to_string(oracle::oracle_decision(small))) + ": " +
                     small.dump() + "\n";
  }

  const Corpus& corpus_;
  std::uint64_t rounds_;
  Tally tally_;
};

}  // namespace

TEST_CASE("the evaluator agrees with its twin on every statement of every managed policy") {
  const std::uint64_t rounds = number_from_environment("IAMCHECK_MANAGED_ROUNDS", 4);
  const std::uint64_t seed = number_from_environment("IAMCHECK_MANAGED_SEED", 1);
  const Corpus corpus;
  Comparison comparison(corpus, rounds);
  for (std::size_t i = 0; i < corpus.policies.size(); ++i) comparison.run_policy(i, seed);
  const Tally& tally = comparison.tally();
  INFO(tally.report);
  CHECK(tally.disagreements == 0);

  // The questions are worth asking: they reach every kind of answer and nearly every statement.
  std::string counts = std::to_string(tally.questions) + " questions: ";
  for (const DecisionKind kind : {DecisionKind::kAllowed, DecisionKind::kExplicitlyDenied,
                                  DecisionKind::kImplicitlyDenied, DecisionKind::kUndecided}) {
    counts += std::string(to_string(kind)) + " " + std::to_string(tally.of(kind)) + ", ";
    CHECK(tally.of(kind) > tally.questions / 500);
  }
  counts += std::to_string(tally.silent) + " of " + std::to_string(tally.statements) +
            " statements matched no question";
  CAPTURE(counts);
  CHECK(tally.of(DecisionKind::kAllowed) > tally.questions / 3);
  // One question a statement is not enough for those with many conditions.
  if (rounds >= 4) CHECK(tally.silent < tally.statements / 20);
  if (std::getenv("IAMCHECK_MANAGED_ROUNDS") != nullptr) WARN(counts);
}

}  // namespace iamcheck::managed
