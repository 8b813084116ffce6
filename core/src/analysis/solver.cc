#include "analysis/solver.h"

#include <algorithm>

namespace iamcheck::analysis {

std::vector<Literal> Piece::about(AttributeId attribute) const {
  std::vector<Literal> own;
  for (const Literal& literal : literals) {
    if (literal.attribute == attribute) own.push_back(literal);
  }
  return own;
}

Solver::Outcome Solver::each_piece(const Box& box, std::span<const Box* const> avoid,
                                   const std::function<bool(const Piece&)>& take) {
  assumed_.assign(universe_.attributes().size(), {});
  trail_.clear();
  take_ = &take;
  outcome_ = Outcome::kDone;
  bool possible = true;
  for (const Literal& literal : box) possible = possible && assume(literal);
  if (possible) search({avoid.begin(), avoid.end()});
  return outcome_;
}

// False when it cannot hold together with what is assumed.
bool Solver::assume(const Literal& literal) {
  std::vector<Literal>& known = assumed_[literal.attribute];
  if (std::ranges::find(known, literal) != known.end()) return true;
  known.push_back(literal);
  trail_.push_back(literal);
  return feasible(literal.attribute, nullptr) != Feasible::kNo;
}

void Solver::undo(std::size_t size) {
  for (; trail_.size() > size; trail_.pop_back()) assumed_[trail_.back().attribute].pop_back();
}

Feasible Solver::feasible(AttributeId attribute, const Literal* more) {
  std::vector<Literal>& known = assumed_[attribute];
  if (more == nullptr) return domain_.ask(attribute, known).feasible;
  known.push_back(*more);
  const Feasible answer = domain_.ask(attribute, known).feasible;
  known.pop_back();
  return answer;
}

Solver::Status Solver::status(const Literal& literal) {
  const std::vector<Literal>& known = assumed_[literal.attribute];
  const Literal opposite = literal.opposite();
  for (const Literal& one : known) {
    if (one == literal) return Status::kHolds;
    if (one == opposite) return Status::kFails;
  }
  if (feasible(literal.attribute, &literal) == Feasible::kNo) return Status::kFails;
  return feasible(literal.attribute, &opposite) == Feasible::kNo ? Status::kHolds : Status::kOpen;
}

bool Solver::search(std::vector<const Box*> clauses) {
  const std::size_t mark = trail_.size();
  std::vector<Literal> open;
  bool go_on = true;
  switch (propagate(clauses, open)) {
    case Propagation::kConflict:
      break;
    case Propagation::kSpent:
      outcome_ = Outcome::kUnknown;
      go_on = false;
      break;
    case Propagation::kSettled:
      go_on = hand_over();
      break;
    case Propagation::kOpen:
      go_on = branch(clauses, open);
      break;
  }
  undo(mark);
  return go_on;
}

// The first literal fails, the second fails where the first holds, ...
bool Solver::branch(const std::vector<const Box*>& clauses, const std::vector<Literal>& open) {
  for (const Literal& literal : open) {
    const std::size_t before = trail_.size();
    if (assume(literal.opposite()) && !search(clauses)) return false;
    undo(before);
    if (!assume(literal)) break;
  }
  return true;
}

// Asserts what follows until nothing more does. `clauses` keeps those that are left, `open` the
// open literals of the one that has the fewest.
Solver::Propagation Solver::propagate(std::vector<const Box*>& clauses,
                                      std::vector<Literal>& open) {
  while (true) {
    bool changed = false;
    std::vector<const Box*> left;
    for (const Box* clause : clauses) {
      if (!budget_.step()) return Propagation::kSpent;
      std::vector<Literal> own;
      if (is_avoided(*clause, own)) continue;
      if (own.empty()) return Propagation::kConflict;
      if (own.size() == 1) {
        if (!assume(own.front().opposite())) return Propagation::kConflict;
        changed = true;
        continue;
      }
      if (left.empty() || own.size() < open.size()) open = std::move(own);
      left.push_back(clause);
    }
    clauses = std::move(left);
    if (changed) continue;
    return clauses.empty() ? Propagation::kSettled : Propagation::kOpen;
  }
}

// Whether some literal of the clause fails; else its open ones are added to `open`.
bool Solver::is_avoided(const Box& clause, std::vector<Literal>& open) {
  for (const Literal& literal : clause) {
    const Status now = status(literal);
    if (now == Status::kFails) return true;
    if (now == Status::kOpen) open.push_back(literal);
  }
  return false;
}

bool Solver::hand_over() {
  Piece piece;
  for (AttributeId id = 0; id < assumed_.size(); ++id) {
    const DomainAnswer& answer = domain_.ask(id, assumed_[id]);
    if (answer.feasible == Feasible::kNo) return true;
    if (answer.feasible == Feasible::kUnknown) {
      outcome_ = Outcome::kUnknown;
      return true;
    }
    piece.uncertain = piece.uncertain || answer.feasible == Feasible::kPerhaps;
    piece.literals.insert(piece.literals.end(), assumed_[id].begin(), assumed_[id].end());
  }
  if ((*take_)(piece)) return true;
  if (outcome_ == Outcome::kDone) outcome_ = Outcome::kStopped;
  return false;
}

}  // namespace iamcheck::analysis
