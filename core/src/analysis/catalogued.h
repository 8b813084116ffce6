#pragma once

// The part of a difference that requests of the catalogue can reach.
//
// An action exists or it does not, acts on its own resource types, and brings the keys that AWS
// lists for it. A piece of a difference says nothing about how action, resource and keys hang
// together; here the action is fixed, with every resource type it can have, one after the other.

#include <optional>
#include <set>
#include <string>

#include "analysis/solver.h"
#include "iamcheck/catalogue.h"

namespace iamcheck::analysis {

class CataloguedRequests {
 public:
  CataloguedRequests(const Catalogue& catalogue, Universe& universe, Domain& domain)
      : catalogue_(catalogue), universe_(universe), domain_(domain) {}

  /// A part of the piece whose requests the catalogue has; nothing when it has none of them.
  std::optional<Piece> part_of(const Piece& piece);

 private:
  /// What tells requests of two actions apart here.
  struct Use {
    std::string name;  ///< `s3:GetObject`, in lower case
    std::optional<ResourceType> type;
    std::set<std::uint32_t> keys;
  };

  std::optional<Piece> part_for(const Piece& piece, const Use& use);
  bool fits(const Piece& piece, AttributeId attribute) const;

  const Catalogue& catalogue_;
  Universe& universe_;
  Domain& domain_;
};

}  // namespace iamcheck::analysis
