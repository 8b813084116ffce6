#pragma once

// A request in one box and outside others.
//
// Each box to avoid is a clause: one of its literals must not hold. What follows from the box and
// the clauses is asserted first; what is left open is tried both ways, so that the branches lie
// apart and what they end in is the difference of the boxes, piece by piece.

#include <functional>
#include <span>
#include <vector>

#include "analysis/domain.h"

namespace iamcheck::analysis {

/// A piece of a difference: requests of which these literals hold, by attribute.
struct Piece {
  std::vector<Literal> literals;
  /// Some value was not found, though nothing speaks against it.
  bool uncertain = false;
  /// The caller to show it with (principals.h); empty: any that the literals let in.
  std::string caller = {};

  std::vector<Literal> about(AttributeId attribute) const;
};

class Solver {
 public:
  enum class Outcome : std::uint8_t {
    kDone,     ///< all pieces were handed over
    kStopped,  ///< by `take`
    kUnknown,  ///< the budget ran out: there may be more
  };

  Solver(const Universe& universe, Domain& domain, Budget& budget)
      : universe_(universe), domain_(domain), budget_(budget) {}

  /// Hands over the pieces of `box` outside all of `avoid`, in order, until `take` says false.
  Outcome each_piece(const Box& box, std::span<const Box* const> avoid,
                     const std::function<bool(const Piece&)>& take);

 private:
  bool assume(const Literal& literal);
  void undo(std::size_t size);
  bool fails(const Literal& literal);
  Feasible feasible(AttributeId attribute, const Literal* more);
  enum class Propagation : std::uint8_t { kConflict, kSettled, kOpen, kSpent };
  /// A box to avoid, and what is known of its literals on this branch: none failed when the trail
  /// was so long. What holds goes on holding, and what was open is so while nothing more is
  /// assumed of its attribute.
  struct Clause {
    const Box* box = nullptr;
    std::vector<bool> holds;  ///< by place; empty: not looked at yet
    std::size_t checked = 0;
  };
  Propagation propagate(std::vector<Clause>& clauses, std::vector<Literal>& open);
  bool is_avoided(Clause& clause);
  bool may_have_changed(const Clause& clause, std::size_t place) const;
  /// False when `take` or the budget ended the search.
  bool search(std::vector<Clause> clauses);
  bool branch(const std::vector<Clause>& clauses, const std::vector<Literal>& open);
  bool hand_over();

  const Universe& universe_;
  Domain& domain_;
  Budget& budget_;
  std::vector<std::vector<Literal>> assumed_;  // by attribute
  std::vector<Literal> trail_;
  const std::function<bool(const Piece&)>* take_ = nullptr;
  Outcome outcome_ = Outcome::kDone;
};

}  // namespace iamcheck::analysis
