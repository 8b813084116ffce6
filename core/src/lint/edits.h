#pragma once

// Small edits of a policy's text that keep its notation and stay valid JSON. Each gives nothing
// where the text is not plain JSON there (YAML, comments, escapes): a fix that might break the
// document is none.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/finding.h"
#include "iamcheck/policy.h"

namespace iamcheck {

/// The text of the policy's source at a span; empty without a source.
std::string_view raw_text(const Policy& policy, const Span& span);

/// `text` as a JSON string.
std::string json_string(std::string_view text);

/// The value is written between double quotes without an escape, so that its letters stand in the
/// source one by one.
bool is_plain(const Policy& policy, const Text& text);

/// A list or an object with nothing in it but white space.
bool is_empty_list(const Policy& policy, const Span& span);
bool is_empty_object(const Policy& policy, const Span& span);

/// The place of the name of a member, such as `"Sid"`, from that of its value.
std::optional<Span> name_of_member(const Policy& policy, std::string_view name, const Span& value);

/// Takes the member with its comma out of its object.
std::optional<Edit> deletion_of_member(const Policy& policy, const Span& name, const Span& value);

/// Takes the items at `drop` (ascending) out of their list; at least one other stays.
std::optional<std::vector<Edit>> deletion_of_items(const Policy& policy,
                                                   std::span<const Span> items,
                                                   std::span<const std::size_t> drop);

/// Takes the statement's Condition out of it.
std::optional<Edit> deletion_of_condition(const Policy& policy, const Statement& statement);

/// Some text of the policy would be a variable under the current version: `${`, also in escapes.
bool may_have_variables(const Policy& policy);

}  // namespace iamcheck
