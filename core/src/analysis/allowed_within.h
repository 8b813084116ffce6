#pragma once

// Which requests of a pattern policies allow to one caller: none, all, or these pieces.
//
// The engine's answer rests on what `Grant::assumptions` lists; who asks must know that it holds.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "iamcheck/access_answer.h"
#include "iamcheck/analysis.h"
#include "iamcheck/context.h"
#include "iamcheck/policy_set.h"
#include "iamcheck/request.h"

namespace iamcheck::analysis {

/// Any of the actions on any of the resources but those in `apart`.
struct RequestPattern {
  std::vector<std::string> actions;    ///< without wildcards: `s3:GetObject`
  std::string actions_written;         ///< what stands for all of them, for people: `s3:Get*`
  std::vector<std::string> resources;  ///< ARNs, with wildcards or without, or `*`
  std::vector<std::string> apart;      ///< likewise; the words of a piece do not speak of them
  /// That a piece is about the resources goes without saying.
  bool any_resource = false;
};

struct AllowedPiece {
  AccessPiece words;                 ///< its conditions are about unknown keys alone
  std::vector<std::size_t> actions;  ///< of the pattern: those that the piece is about
  bool conditional = false;          ///< it hangs on unknown keys
  /// A request out of it: what the piece leaves open of action, resource and unknown keys.
  std::string action, resource;
  std::vector<Context::Entry> values;

  /// `fields` with these.
  RequestFields witness(RequestFields fields) const;
};

struct AllowedWithin {
  bool all = false;  ///< every request of the pattern, whatever the unknown keys
  /// What is allowed, what hangs on no unknown key first; none is proved when this is empty and
  /// complete. Pieces may overlap.
  std::vector<AllowedPiece> pieces;
  bool complete = true;
};

/// Policies and what is known of a caller's requests, for any number of patterns. The policies are
/// taken apart once. Not safe for concurrent use.
class PatternGrant {
 public:
  /// `request`: its caller and keys count. Keys of ask mode that it does not know may have any
  /// value. The limits of `options` are those of each question.
  PatternGrant(const PolicySet& policies, const Request& request, const AnalysisOptions& options);
  ~PatternGrant();
  PatternGrant(const PatternGrant&) = delete;
  PatternGrant& operator=(const PatternGrant&) = delete;

  /// Nothing where the limits were reached, where something is known only at deploy time or by a
  /// variable without a value, or where the evaluator does not confirm a piece.
  std::optional<AllowedWithin> ask(const RequestPattern& pattern);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace iamcheck::analysis
