#pragma once

// Whether an attribute can have values of which some literals hold, and which.

#include <array>
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
  Found find(AttributeId id, const std::vector<Wish>& wishes);
  bool excludes(AttributeId id, const Wish& a, const Wish& b);
  bool are_apart(const Wish& a, const Wish& b) const;
  Found search(const Attribute& attribute, const std::vector<Wish>& wishes);
  Found find_caller(const std::vector<Wish>& wishes) const;
  std::optional<Found> find_among_few(const std::vector<Wish>& wishes) const;
  bool any_open(const std::vector<Wish>& wishes) const;
  bool fails_in_one_family(const std::vector<Wish>& wishes,
                           const std::vector<std::string>& samples) const;
  Found find_text_value(const Attribute& attribute, const std::vector<Wish>& wishes);
  Found find_sample(const std::vector<std::string>& samples, const std::vector<Wish>& wishes) const;
  bool grants(const std::vector<Wish>& wishes, const std::string& text) const;

  struct HashKey {
    std::size_t operator()(const std::vector<std::uint64_t>& key) const;
  };

  /// A value that was found, and what is known of it: by set, whether it can lie inside, outside.
  struct Model {
    std::string text;
    std::vector<std::uint8_t> places;
  };
  /// The last values of one attribute: most questions are granted by one that is known already.
  struct Models {
    std::vector<Model> values;
    std::size_t oldest = 0;
  };
  static constexpr std::size_t kMaxModels = 64;
  bool grants(const std::vector<Wish>& wishes, Model& model) const;

  const Universe& universe_;
  Budget& budget_;
  std::vector<Models> models_;  // by attribute
  struct HashPair {
    std::size_t operator()(const std::array<std::uint64_t, 2>& pair) const {
      return static_cast<std::size_t>((pair[0] * 0x9E3779B97F4A7C15 ^ pair[1]) *
                                      0xff51afd7ed558ccd);
    }
  };
  std::unordered_map<std::array<std::uint64_t, 2>, bool, HashPair> excludes_;
  std::unordered_map<std::vector<std::uint64_t>, DomainAnswer, HashKey> known_;
  std::vector<std::uint64_t> key_;  // of the question that is looked up
};

}  // namespace iamcheck::analysis
