#pragma once

// Makes a request smaller while something about it stays true.

#include <functional>
#include <nlohmann/json_fwd.hpp>

namespace iamcheck::oracle {

using Predicate = std::function<bool(const nlohmann::json& request)>;

/// Drops members and list elements, one at a time, and opens lists of one element, as long as
/// `holds` stays true. `principal`, `action` and `resource` are never dropped.
nlohmann::json shrink(nlohmann::json request, const Predicate& holds);

}  // namespace iamcheck::oracle
