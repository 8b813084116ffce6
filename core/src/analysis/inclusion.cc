#include "analysis/inclusion.h"

#include <algorithm>
#include <utility>

namespace iamcheck::analysis {
namespace {

class Inclusion {
 public:
  Inclusion(const Grant& before, const Grant& after, const Universe& universe, Domain& domain,
            Budget& budget, const std::function<Next(const Difference&)>& take)
      : before_(before),
        after_(after),
        budget_(budget),
        solver_(universe, domain, budget),
        take_(take) {
    for (const StatementBox& deny : after.denies) denied_.push_back(&deny.box);
    find_refusals(0);
  }

  Solver::Outcome run() {
    for (const Path& path : after_.paths) {
      chosen_.clear();
      if (!choose(path, 0)) break;
    }
    return outcome_;
  }

 private:
  // The ways in which the old side does not allow: of each of its paths some layer does not.
  void find_refusals(std::size_t path) {
    if (path == before_.paths.size()) {
      refusals_.push_back(missing_);
      return;
    }
    const Path& layers = before_.paths[path];
    // What a path before it lacks already, it lacks too.
    const bool refused = std::ranges::any_of(
        missing_, [&](const Layer& one) { return std::ranges::find(layers, one) != layers.end(); });
    if (refused) return find_refusals(path + 1);
    for (const Layer& layer : layers) {
      missing_.push_back(layer);
      find_refusals(path + 1);
      missing_.pop_back();
    }
  }

  bool choose(const Path& path, std::size_t layer) {
    if (layer == path.size()) return compare();
    for (const StatementBox& one : *path[layer]) {
      if (is_passed(one)) continue;
      chosen_.push_back(&one);
      const bool go_on = choose(path, layer + 1);
      chosen_.pop_back();
      if (!go_on && (ended_ || !is_passed(one))) return false;
    }
    return true;
  }

  // Whether it is the first statement chosen, and no more of its pieces are wanted. The first layer
  // of guardrails alone is no statement.
  bool is_passed(const StatementBox& one) const {
    return passed_ && passed_ == one.statement &&
           std::ranges::none_of(
               chosen_, [](const StatementBox* other) { return other->statement.has_value(); });
  }

  bool compare() {
    Box box;
    std::vector<StatementRef> allowed_by;
    for (const StatementBox* one : chosen_) {
      box.insert(box.end(), one->box.begin(), one->box.end());
      if (one->statement) allowed_by.push_back(*one->statement);
    }
    for (const std::vector<Layer>& refusal : refusals_) {
      std::vector<const Box*> avoid = denied_;
      for (const Layer& layer : refusal) {
        for (const StatementBox& one : *layer) avoid.push_back(&one.box);
      }
      if (!solve(box, avoid, allowed_by, {})) return false;
    }
    for (const StatementBox& deny : before_.denies) {
      Box both = box;
      both.insert(both.end(), deny.box.begin(), deny.box.end());
      if (!solve(both, denied_, allowed_by, deny.statement)) return false;
    }
    return true;
  }

  bool solve(const Box& box, const std::vector<const Box*>& avoid,
             const std::vector<StatementRef>& allowed_by, std::optional<StatementRef> denied_by) {
    const Solver::Outcome outcome = solver_.each_piece(box, avoid, [&](const Piece& piece) {
      const Next next = take_({piece, allowed_by, denied_by});
      if (next == Next::kStatement && !allowed_by.empty()) passed_ = allowed_by.front();
      ended_ = next == Next::kNothing;
      return next == Next::kPiece;
    });
    // Where the budget ends, something may be left that nobody has looked at.
    if (budget_.spent()) ended_ = true;
    if (outcome == Solver::Outcome::kUnknown || budget_.spent())
      outcome_ = Solver::Outcome::kUnknown;
    return outcome != Solver::Outcome::kStopped && !ended_;
  }

  const Grant& before_;
  const Grant& after_;
  Budget& budget_;
  Solver solver_;
  const std::function<Next(const Difference&)>& take_;
  std::vector<const Box*> denied_;
  std::vector<Layer> missing_;
  std::vector<std::vector<Layer>> refusals_;
  std::vector<const StatementBox*> chosen_;
  std::optional<StatementRef> passed_;  // no more of its pieces are wanted
  bool ended_ = false;
  Solver::Outcome outcome_ = Solver::Outcome::kDone;
};

}  // namespace

Solver::Outcome each_difference(const Grant& before, const Grant& after, const Universe& universe,
                                Domain& domain, Budget& budget,
                                const std::function<Next(const Difference&)>& take) {
  return Inclusion(before, after, universe, domain, budget, take).run();
}

}  // namespace iamcheck::analysis
