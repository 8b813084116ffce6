#pragma once

// How much of a resource, or of all resources of a pattern, one principal may use.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "account/narrowed.h"
#include "account/snapshot.h"
#include "iamcheck/access.h"

namespace iamcheck {

/// An answer, with what it takes to explain it.
struct ReachAnswer {
  Reach reach = Reach::kNone;
  Decision decision;
  /// What was decided; null: the question that was asked. Statements of the decision count in its
  /// policies.
  std::shared_ptr<const AccountQuestion> about;
  std::vector<AccessPart> parts;
};

/// One resource or pattern, asked about for many principals and actions. Keeps what was compiled
/// for the pattern. Not safe for concurrent use.
class ReachQuestion {
 public:
  /// `resource`: an ARN, `*` as AWS means it (S6.5), or an ARN with wildcards.
  ReachQuestion(const Account& account, std::string resource);

  const std::string& resource() const { return resource_; }
  bool is_pattern() const { return pattern_; }

  /// `question` is that of `Account::ask` for this resource.
  ReachAnswer ask(const Caller& caller, const AccountQuestion& question);

 private:
  /// A resource of the snapshot with a policy of its own, or what lies in one (`bucket/*`).
  struct Inside {
    std::string resource;
    bool whole = true;  ///< all of it is asked about; false: perhaps a part
  };
  ReachAnswer decide(const Caller& caller, const Request& request, const std::string& resource);
  ReachAnswer ask_pattern(const Caller& caller, const AccountQuestion& question);
  void add_inside(const Caller& caller, const Request& request, bool rest, ReachAnswer& answer);
  void add_entries(const Caller& caller, const AccountQuestion& question, ReachAnswer& answer);
  const std::vector<Inside>& resources_inside(const Request& request);

  const Account& account_;
  std::string resource_;
  bool pattern_;
  Narrowing narrowing_;
  std::map<std::string, Narrowing> parts_;
  std::map<bool, std::vector<Inside>> inside_;  // for sts or not
};

/// The reach of several things taken together.
Reach together(Reach a, Reach b);

/// The reach on a pattern, the resource of `request`, that crosses borders of AWS's own rules
/// (borders.h); the parts are those behind a border where the answer is another one. `narrowed`:
/// the policies as they speak about the pattern.
ReachAnswer reach_of_sides(const PolicySet& narrowed, const Request& request);

/// The same request about another resource.
AccountQuestion ask_about(const Account& account, const Caller& caller, const Request& request,
                          std::string resource);

}  // namespace iamcheck
