#pragma once

// Exact answers about many requests (S10.3), from the analysis of policies as sets of requests.
//
// The engine takes for granted what `holds` below checks; where it does not hold, nothing is said
// and the evaluator's own answer about the pattern stays.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "account/snapshot.h"
#include "analysis/allowed_within.h"
#include "iamcheck/access.h"
#include "iamcheck/account_answer.h"

namespace iamcheck {

struct ExactAnswer {
  analysis::AllowedWithin allowed;
  /// Of the policies that speak about the question.
  std::vector<std::shared_ptr<const Source>> sources;

  /// What it makes of the reach that the evaluator found.
  Reach settle(Reach reach) const;
  /// The keys that the pieces hang on, sorted.
  std::vector<std::string> keys() const;
  /// The pieces for people.
  ExactAccess words() const;
};

/// One resource, or one pattern of resources, asked about for many principals and actions. Equal
/// questions are answered once. Not safe for concurrent use.
class ExactReach {
 public:
  ExactReach(const Account& account, std::string resource);

  /// `question` is that of `Account::ask` for this resource and one of the actions, which are all
  /// of one service. Every piece was confirmed for this caller. Nothing where the engine cannot
  /// tell.
  std::optional<ExactAnswer> ask(const Caller& caller, const AccountQuestion& question,
                                 const std::vector<std::string>& actions,
                                 const std::string& actions_written);

 private:
  bool holds(const Caller& caller, const AccountQuestion& question);
  bool rules_are_even(const Request& request, const std::vector<std::string>& actions);
  PolicySet speaking_of(const PolicySet& policies, const std::vector<std::string>& actions);
  bool speaks(const Policy& policy, const std::vector<std::string>& actions) const;
  std::string key_of(const PolicySet& policies, const AccountQuestion& question);
  const std::vector<std::string>& keys_of(const Policy& policy);

  std::string resource_;
  std::vector<std::string> sides_;
  bool pattern_;
  /// Resources inside of the pattern have policies, tags or owners of their own.
  bool described_inside_ = false;
  PolicySet everything_;
  std::map<std::string, std::unique_ptr<analysis::PatternGrant>> grants_;
  std::map<std::string, std::optional<analysis::AllowedWithin>> answers_;
  std::map<const PolicySet::Compiled*, bool> speaking_;
  std::map<const Policy*, std::vector<std::string>> keys_;
  std::vector<std::string> spoken_actions_;
};

}  // namespace iamcheck
