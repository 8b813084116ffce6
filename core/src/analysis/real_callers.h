#pragma once

// The part of a difference that real callers can reach.
//
// AWS itself sets aws:PrincipalArn, aws:PrincipalAccount, aws:PrincipalType and aws:username, from
// who calls (S10.1). A piece of a difference takes them for independent of the caller; here they
// follow from it. Source: IAM User Guide, "AWS global condition context keys".

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "analysis/solver.h"

namespace iamcheck::analysis {

class RealCallers {
 public:
  RealCallers(Universe& universe, Domain& domain) : universe_(universe), domain_(domain) {}

  /// A part of the piece with a caller whose own keys fit; nothing when no caller's do.
  std::optional<Piece> part_of(const Piece& piece);

 private:
  /// Callers whose keys have such values; an empty text: nothing is known of the key.
  struct Family {
    std::string arn, account, type;
    bool has_username = false;
  };

  static std::vector<Family> families_of(const std::string& caller, bool exact);
  std::optional<Piece> part_for(const Piece& piece, const Family& family);
  bool set_caller(const std::string& caller, Piece& part);
  std::optional<Piece> part_with(const Piece& piece, const std::string& caller,
                                 std::optional<Piece>& loose);
  bool may_be(const Piece& piece, const std::string& caller) const;
  void read_names();
  std::optional<AttributeId> find_key(std::string_view name) const;
  bool narrow(Piece& piece, std::string_view key, const std::string& pattern);
  bool narrow_to_absent(Piece& piece, std::string_view key);

  Universe& universe_;
  Domain& domain_;
  std::vector<std::string> callers_;
  /// A name that some policy has by itself stands for itself, another for all whom none names.
  std::set<std::string> names_;
  std::set<std::string> accounts_;
};

}  // namespace iamcheck::analysis
