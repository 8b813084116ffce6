#include "analysis/solver.h"

#include <algorithm>

namespace iamcheck::analysis {

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
  while (true) {
    const Box* best = nullptr;
    std::vector<Literal> best_open;
    bool changed = false;
    std::vector<const Box*> left;
    for (const Box* clause : clauses) {
      if (!budget_.step()) {
        outcome_ = Outcome::kUnknown;
        undo(mark);
        return false;
      }
      std::vector<Literal> open;
      bool avoided = false;
      for (const Literal& literal : *clause) {
        const Status now = status(literal);
        if (now == Status::kFails) {
          avoided = true;
          break;
        }
        if (now == Status::kOpen) open.push_back(literal);
      }
      if (avoided) continue;
      if (open.empty()) {
        undo(mark);
        return true;
      }
      if (open.size() == 1) {
        if (!assume(open.front().opposite())) {
          undo(mark);
          return true;
        }
        changed = true;
        continue;
      }
      left.push_back(clause);
      if (best == nullptr || open.size() < best_open.size()) {
        best = clause;
        best_open = std::move(open);
      }
    }
    clauses = std::move(left);
    if (changed) continue;
    if (best == nullptr) {
      const bool go_on = hand_over();
      undo(mark);
      return go_on;
    }
    // The first that fails, the second that fails where the first holds, ...
    for (const Literal& literal : best_open) {
      const std::size_t before = trail_.size();
      if (assume(literal.opposite()) && !search(clauses)) {
        undo(mark);
        return false;
      }
      undo(before);
      if (!assume(literal)) break;
    }
    undo(mark);
    return true;
  }
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
