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
  if (!possible) return outcome_;
  std::vector<Clause> clauses;
  clauses.reserve(avoid.size());
  for (const Box* one : avoid) clauses.push_back({one, {}, 0});
  search(std::move(clauses));
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

bool Solver::fails(const Literal& literal) {
  for (const Literal& one : assumed_[literal.attribute]) {
    if (one == literal) return false;
    if (one == literal.opposite()) return true;
  }
  return feasible(literal.attribute, &literal) == Feasible::kNo;
}

bool Solver::search(std::vector<Clause> clauses) {
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
bool Solver::branch(const std::vector<Clause>& clauses, const std::vector<Literal>& open) {
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
Solver::Propagation Solver::propagate(std::vector<Clause>& clauses, std::vector<Literal>& open) {
  while (true) {
    bool changed = false;
    std::vector<Clause> left;
    for (Clause& clause : clauses) {
      if (!budget_.step()) return Propagation::kSpent;
      if (is_avoided(clause)) continue;
      std::vector<Literal> own;
      for (std::size_t i = 0; i < clause.box->size(); ++i) {
        if (!clause.holds[i]) own.push_back((*clause.box)[i]);
      }
      if (own.empty()) return Propagation::kConflict;
      if (own.size() == 1) {
        if (!assume(own.front().opposite())) return Propagation::kConflict;
        changed = true;
        continue;
      }
      if (left.empty() || own.size() < open.size()) open = std::move(own);
      left.push_back(std::move(clause));
    }
    clauses = std::move(left);
    if (changed) continue;
    return clauses.empty() ? Propagation::kSettled : Propagation::kOpen;
  }
}

// Whether some literal of the clause fails. That is asked of all before what holds is asked of any:
// most clauses are about other actions or resources.
bool Solver::is_avoided(Clause& clause) {
  const Box& box = *clause.box;
  for (std::size_t i = 0; i < box.size(); ++i) {
    if (may_have_changed(clause, i) && fails(box[i])) return true;
  }
  std::vector<bool> holds(box.size());
  for (std::size_t i = 0; i < box.size(); ++i) {
    holds[i] = may_have_changed(clause, i) ? fails(box[i].opposite()) : clause.holds[i];
  }
  clause.holds = std::move(holds);
  clause.checked = trail_.size();
  return false;
}

bool Solver::may_have_changed(const Clause& clause, std::size_t place) const {
  if (clause.holds.empty()) return true;
  if (clause.holds[place]) return false;
  const AttributeId attribute = (*clause.box)[place].attribute;
  return std::any_of(trail_.begin() + static_cast<std::ptrdiff_t>(clause.checked), trail_.end(),
                     [&](const Literal& one) { return one.attribute == attribute; });
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
