#pragma once

// Whether an attribute can have values of which some literals hold, and which.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "analysis/budget.h"
#include "analysis/universe.h"

namespace iamcheck::analysis {

enum class Feasible : std::uint8_t {
  kNo,
  kYes,
  kUnknown,  ///< the budget ran out
  kPerhaps,  ///< no reason against it was found, and no value either
};

/// What an attribute has in one request.
struct AttributeValue {
  enum class State : std::uint8_t { kAbsent, kSingle, kList };
  State state = State::kAbsent;
  std::vector<std::string> values;
};

struct DomainAnswer {
  Feasible feasible = Feasible::kYes;
  AttributeValue value;
};

class Domain {
 public:
  Domain(const Universe& universe, Budget& budget) : universe_(universe), budget_(budget) {}

  /// All literals are about `attribute`. The same question is answered once.
  const DomainAnswer& ask(AttributeId attribute, std::span<const Literal> literals);

 private:
  /// One value is asked for: inside the set, or outside.
  struct Wish {
    SetId set = 0;
    bool inside = true;
  };
  struct Found {
    Feasible feasible = Feasible::kNo;
    std::string text;
  };

  DomainAnswer solve(AttributeId attribute, std::span<const Literal> literals);
  Found find(const Attribute& attribute, const std::vector<Wish>& wishes);
  Found find_caller(const std::vector<Wish>& wishes) const;
  std::optional<Found> find_among_few(const std::vector<Wish>& wishes) const;
  bool any_open(const std::vector<Wish>& wishes) const;
  Found find_text_value(const Attribute& attribute, const std::vector<Wish>& wishes);
  Found find_sample(const std::vector<std::string>& samples, const std::vector<Wish>& wishes) const;
  bool grants(const std::vector<Wish>& wishes, const std::string& text) const;

  struct HashKey {
    std::size_t operator()(const std::vector<std::uint64_t>& key) const;
  };

  const Universe& universe_;
  Budget& budget_;
  std::unordered_map<std::vector<std::uint64_t>, DomainAnswer, HashKey> known_;
};

}  // namespace iamcheck::analysis
