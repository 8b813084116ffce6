#include "shrink.h"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace iamcheck::oracle {
namespace {

using nlohmann::json;
using Pointer = json::json_pointer;

// Every place below the root, outer places first: dropping a policy saves dropping its parts.
// `at` is a copy: `places` grows while its last entry is the place to go on from.
void list_places(const json& value, const Pointer at, std::vector<Pointer>& places) {
  if (!value.is_structured()) return;
  for (const auto& [key, child] : value.items()) {
    if (value.is_array()) {
      places.push_back(at / std::stoul(key));
    } else {
      places.push_back(at / key);
    }
    list_places(child, places.back(), places);
  }
}

bool is_required(const Pointer& place) {
  const std::string text = place.to_string();
  return text == "/principal" || text == "/action" || text == "/resource";
}

// Lists that the request format demands as lists.
bool must_stay_list(const Pointer& place) {
  const std::string name = place.back();
  return name == "policies" || name == "identityPolicies" || name == "permissionBoundaries" ||
         name == "sessionPolicies" || name == "vpcEndpointPolicies" ||
         name == "serviceControlPolicies" || name == "resourceControlPolicies";
}

json without(const json& request, const Pointer& place) {
  json smaller = request;
  json& parent = smaller.at(place.parent_pointer());
  if (parent.is_array()) {
    parent.erase(std::stoul(place.back()));
  } else {
    parent.erase(place.back());
  }
  return smaller;
}

// The first smaller request that still holds; false when there is none.
bool take_step(json& request, const Predicate& holds) {
  std::vector<Pointer> places;
  list_places(request, Pointer(), places);
  for (const Pointer& place : places) {
    if (is_required(place)) continue;
    json smaller = without(request, place);
    if (holds(smaller)) {
      request = smaller;
      return true;
    }
    const json& value = request.at(place);
    if (!value.is_array() || value.size() != 1 || must_stay_list(place)) continue;
    smaller = request;
    smaller.at(place) = value.front();
    if (holds(smaller)) {
      request = smaller;
      return true;
    }
  }
  return false;
}

}  // namespace

json shrink(json request, const Predicate& holds) {
  while (take_step(request, holds)) {
  }
  return request;
}

}  // namespace iamcheck::oracle
