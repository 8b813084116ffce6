#pragma once

// "Did you mean": names near to one that does not exist.
//
// ```cpp
// std::vector<std::string> near = iamcheck::similar_names("lnt", {"can", "lint", "rule"});
// std::string help = iamcheck::did_you_mean(near);  // did you mean `lint`?
// ```

#include <string>
#include <string_view>
#include <vector>

namespace iamcheck {

/// The `names` that somebody may have meant, nearest first, at most `limit`; equally near ones in
/// the order of `names`. Near are names within two edits (one, for names of fewer than five
/// letters), and, when there are none, those that begin with `name` (three letters at least), then
/// those that hold it. Upper and lower case of ASCII are the same.
std::vector<std::string> similar_names(std::string_view name,
                                       const std::vector<std::string_view>& names,
                                       std::size_t limit = 3);

/// did you mean `a`, `b` or `c`? for up to three names; empty for none.
std::string did_you_mean(const std::vector<std::string>& names);

}  // namespace iamcheck
