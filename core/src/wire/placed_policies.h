#pragma once

// Compiled policies, and where their text stands in the input.

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "iamcheck/evaluate.h"
#include "iamcheck/explanation.h"
#include "iamcheck/source.h"
#include "wire/request_reader.h"

namespace iamcheck {

/// A line, or a file, of the input. Positions count from the beginning of the whole input.
struct Place {
  std::shared_ptr<const Source> source;
  std::uint32_t lines_before = 0;
  std::uint64_t bytes_before = 0;

  Position position(std::uint32_t offset) const {
    Position position = source->position(offset);
    position.line += lines_before;
    position.offset += bytes_before;
    return position;
  }
};

/// What policies say, without where they say it. One may serve every request that holds the same
/// text.
struct CompiledPolicies {
  PolicySet set;
  /// Offset at which each policy began in the source that it was compiled from.
  std::vector<std::uint32_t> begins;
  std::vector<DecisionWarning> warnings;
  /// Credentials in the text of the policies, longest first, and what to print in their place.
  std::vector<std::pair<std::string, std::string>> secrets;

  void hide_secrets(std::string& text) const;
};

/// The policies of one request. Each has a place of its own: some may come from a named set.
struct PlacedPolicies {
  std::shared_ptr<const CompiledPolicies> compiled;
  struct Origin {
    Place place;
    std::uint32_t begin = 0;
  };
  std::vector<Origin> origins;

  /// Where an offset into the text of a policy (a span of its `Policy`) stands in the input.
  Position position(std::uint32_t policy, std::uint32_t offset) const {
    const Origin& origin = origins[policy];
    return origin.place.position(offset - compiled->begins[policy] + origin.begin);
  }
};

/// Adds a policy to the set, with the credentials in its text to the secrets. A resource-based
/// policy whose content is a role's trust policy is attached as one.
void add_policy(std::string name, PolicyKind kind, std::shared_ptr<const Policy> policy,
                CompiledPolicies& out);

/// Compiles what a request brings, on top of `base` (may be null): layers that the base has and the
/// request too are the caller's error to report. Never fails: what is odd about a policy becomes a
/// warning, as in the linter's diagnostics.
CompiledPolicies compile(const std::vector<PolicyPart>& parts, const Document& document,
                         const CompiledPolicies* base);

/// The origins that belong to `parts`, in the order in which `compile` adds policies.
void append_origins(const std::vector<PolicyPart>& parts, const Place& place,
                    std::vector<PlacedPolicies::Origin>& origins);

}  // namespace iamcheck
