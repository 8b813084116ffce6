#pragma once

// A small validator of JSON Schema (draft 2020-12): the keywords that docs/schema uses, and an
// error for any other, so that no constraint is silently ignored.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

namespace iamcheck::test {

class JsonSchema {
 public:
  explicit JsonSchema(nlohmann::json root) : root_(std::move(root)) {}

  /// What is wrong with `value`, one line each; empty when it is valid.
  std::vector<std::string> complaints(const nlohmann::json& value) const {
    std::vector<std::string> out;
    check(root_, value, "$", out);
    return out;
  }

 private:
  using Json = nlohmann::json;

  static bool has_type(const Json& value, const std::string& type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    if (type == "boolean") return value.is_boolean();
    if (type == "null") return value.is_null();
    return false;
  }

  void check(const Json& schema, const Json& value, const std::string& at,
             std::vector<std::string>& out) const {
    auto complain = [&](const std::string& what) { out.push_back(at + ": " + what); };
    for (const auto& [keyword, wanted] : schema.items()) {
      if (keyword == "$ref") {
        check(root_.at(Json::json_pointer(wanted.get<std::string>().substr(1))), value, at, out);
      } else if (keyword == "type") {
        const Json types = wanted.is_array() ? wanted : Json::array({wanted});
        if (std::none_of(types.begin(), types.end(),
                         [&](const Json& type) { return has_type(value, type); }))
          complain("is no " + wanted.dump());
      } else if (keyword == "anyOf") {
        std::vector<std::string> closest;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
          std::vector<std::string> here;
          check(wanted[i], value, at, here);
          if (i == 0 || here.size() < closest.size()) closest = std::move(here);
        }
        out.insert(out.end(), closest.begin(), closest.end());
      } else if (keyword == "const") {
        if (value != wanted) complain("is not " + wanted.dump());
      } else if (keyword == "enum") {
        if (std::find(wanted.begin(), wanted.end(), value) == wanted.end())
          complain(value.dump() + " is not one of " + wanted.dump());
      } else if (keyword == "pattern") {
        if (value.is_string() &&
            !std::regex_search(value.get<std::string>(), std::regex(wanted.get<std::string>())))
          complain(value.dump() + " does not match " + wanted.dump());
      } else if (keyword == "minimum") {
        if (value.is_number() && value < wanted) complain("is too small");
      } else if (keyword == "minLength") {
        if (value.is_string() && value.get<std::string>().size() < wanted) complain("is too short");
      } else if (keyword == "minItems") {
        if (value.is_array() && value.size() < wanted) complain("has too few items");
      } else if (keyword == "maxItems") {
        if (value.is_array() && value.size() > wanted) complain("has too many items");
      } else if (keyword == "required") {
        for (const Json& name : wanted) {
          if (value.is_object() && !value.contains(name)) complain("lacks " + name.dump());
        }
      } else if (keyword == "anyOf") {
        const bool fits = std::any_of(wanted.begin(), wanted.end(), [&](const Json& one) {
          std::vector<std::string> ignored;
          check(one, value, at, ignored);
          return ignored.empty();
        });
        if (!fits) complain("is none of what the schema lists");
      } else if (keyword == "items") {
        for (std::size_t i = 0; value.is_array() && i < value.size(); ++i)
          check(wanted, value[i], at + "[" + std::to_string(i) + "]", out);
      } else if (keyword == "properties") {
        for (const auto& [name, part] : wanted.items()) {
          if (value.is_object() && value.contains(name))
            check(part, value[name], at + "." + name, out);
        }
      } else if (keyword == "additionalProperties") {
        for (const auto& [name, part] : value.items()) {
          if (!value.is_object() ||
              (schema.contains("properties") && schema["properties"].contains(name)))
            continue;
          if (wanted.is_object()) {
            check(wanted, part, at + "." + name, out);
          } else if (wanted == false) {
            complain("has the unknown member `" + name + "`");
          }
        }
      } else if (keyword != "description" && keyword != "title" && keyword != "$schema" &&
                 keyword != "$id" && keyword != "$defs") {
        complain("the schema has the keyword `" + keyword + "`, which this validator cannot check");
      }
    }
  }

  Json root_;
};

}  // namespace iamcheck::test
