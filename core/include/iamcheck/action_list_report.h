#pragma once

// What `iamcheck expand` and `iamcheck minimize` print.
//
// ```cpp
// const auto& catalogue = iamcheck::Catalogue::embedded();
// auto expanded = iamcheck::expand_actions(catalogue, {"s3:Get*Acl"});
// std::string names = iamcheck::render_text(*expanded, catalogue);  // a name a line
// std::vector<std::string> notes = iamcheck::notes_on(*expanded, catalogue);  // none
// ```

#include <string>
#include <vector>

#include "iamcheck/action_list.h"
#include "iamcheck/source.h"

namespace iamcheck {

struct ActionListOptions {
  bool count_only = false;  ///< the number of actions instead of their names
};

/// Full names, or patterns, a line each; control characters are escaped.
std::string render_text(const ExpandedActions& expanded, const Catalogue& catalogue,
                        ActionListOptions options = {});
std::string render_text(const PolicyActions& actions, const Catalogue& catalogue,
                        ActionListOptions options = {});
std::string render_text(const MinimizedActions& minimized);

/// What people have to know beside the list, a sentence each: patterns that match nothing, Denies
/// that were left out of account, unknown actions.
std::vector<std::string> notes_on(const ExpandedActions& expanded, const Catalogue& catalogue);
/// `source`: the policy's; no credential in it is quoted.
std::vector<std::string> notes_on(const PolicyActions& actions, const Catalogue& catalogue,
                                  const Source& source);
std::vector<std::string> notes_on(const MinimizedActions& minimized, const Catalogue& catalogue);

/// `iamcheck/expand/v1` and `iamcheck/minimize/v1`, see docs/schema.
std::string render_json(const ExpandedActions& expanded, const Catalogue& catalogue,
                        ActionListOptions options = {});
std::string render_json(const PolicyActions& actions, const Catalogue& catalogue,
                        const Source& source, ActionListOptions options = {});
std::string render_json(const MinimizedActions& minimized, const Catalogue& catalogue);

}  // namespace iamcheck
