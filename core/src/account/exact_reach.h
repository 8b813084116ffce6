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
  /// The pieces for people; none where everything is allowed.
  ExactAccess words(Reach settled) const;
};

/// One resource, or patterns of resources, asked about for many principals and actions. Equal
/// questions are answered once, and actions that no statement tells apart are equal. Described
/// resources for which the pattern does not speak are left out of it. Not safe for concurrent use.
class ExactReach {
 public:
  /// `mode`: that of the questions' contexts. `anything`: the resources go without saying.
  ExactReach(const Account& account, std::vector<std::string> resources, Context::Mode mode,
             bool anything = false);

  /// `question` is that of `Account::ask` for one of the resources and one of the actions, which
  /// are all of one service. Every piece was confirmed for this caller. Nothing where the engine
  /// cannot tell.
  std::optional<ExactAnswer> ask(const Caller& caller, const AccountQuestion& question,
                                 const std::vector<std::string>& actions,
                                 const std::string& actions_written);
  /// What was left out.
  const std::vector<std::string>& apart() const { return apart_; }

 private:
  bool holds(const Caller& caller, const AccountQuestion& question);
  bool rules_are_even(const Request& request, const std::vector<std::string>& actions);
  PolicySet speaking_of(const PolicySet& policies, const std::vector<std::string>& actions);
  bool speaks(const Policy& policy, const std::vector<std::string>& actions) const;
  std::string key_of(const PolicySet& policies, const AccountQuestion& question);
  std::string name_of(const PolicySet& policies, const Request& request,
                      const std::vector<std::string>& actions) const;
  void leave_out_described(const Account& account, Context::Mode mode);
  const std::vector<std::string>& keys_of(const Policy& policy);

  std::vector<std::string> resources_;
  std::vector<std::string> sides_;
  bool pattern_ = false;
  std::vector<std::string> apart_;
  bool anything_;
  bool usable_ = true;
  PolicySet everything_;
  std::map<std::string, std::unique_ptr<analysis::PatternGrant>> grants_;
  std::map<std::string, std::optional<analysis::AllowedWithin>> answers_;
  std::map<const PolicySet::Compiled*, bool> speaking_;
  std::map<const Policy*, std::vector<std::string>> keys_;
  std::vector<std::string> spoken_actions_;
};

}  // namespace iamcheck
