#pragma once

// The entries of Principal and NotPrincipal, each with its place.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/finding.h"
#include "iamcheck/policy.h"

namespace iamcheck {

struct PrincipalPlace {
  const Statement& statement;
  std::string_view element;  ///< `Principal` or `NotPrincipal`
  const PrincipalElement& list;
  const PrincipalEntry& entry;
  std::size_t position = 0;          ///< in `list.entries`
  std::optional<std::size_t> index;  ///< in the list of its type, when it is written as a list

  bool has_type(PrincipalEntry::Type type) const { return entry.type == type; }
};

std::vector<PrincipalPlace> principal_places(const Policy& policy);
std::vector<PrincipalPlace> principal_places(const Policy& policy, const Statement& statement);
/// `Statement[0].Principal.AWS[1]`
std::string path_of(const Policy& policy, const PrincipalPlace& place);

bool is_everyone(const PrincipalEntry& entry);
/// What the value says is known: no function of a template, no placeholder.
bool is_literal(const Text& text);

/// Takes the entry out of its list, with one comma; nothing when it is the only one there, or the
/// text is not plain JSON.
std::optional<Edit> deletion_of(const Policy& policy, const PrincipalPlace& place);

/// The account that an entry of type AWS belongs to: twelve digits, or those of an ARN; else empty.
std::string_view account_of(const PrincipalEntry& entry);
/// The entry stands for a whole account: its id, or `arn:aws:iam::111122223333:root`.
bool is_account(const PrincipalEntry& entry);

}  // namespace iamcheck
