// Every record of the text files, compared through the public API.
#include <map>
#include <set>

#include "catch.h"
#include "iamcheck/catalogue.h"
#include "text_files.h"

using catalogue_texts::Fields;
using catalogue_texts::lower;
using catalogue_texts::names;
using catalogue_texts::read;
using iamcheck::Catalogue;

namespace {

Fields key_names(const iamcheck::CatalogueList<iamcheck::ConditionKey>& keys) {
  Fields result;
  for (const auto key : keys) result.push_back(lower(std::string(key.name())));
  std::sort(result.begin(), result.end());
  return result;
}

Fields united(Fields a, const Fields& b) {
  a.insert(a.end(), b.begin(), b.end());
  std::sort(a.begin(), a.end());
  a.erase(std::unique(a.begin(), a.end()), a.end());
  return a;
}

/// "object!(s3:x)" as name, required, keys.
struct Use {
  std::string name;
  bool required = false;
  Fields keys;
};
std::vector<Use> uses(const std::string& field) {
  std::vector<Use> result;
  if (field == "-") return result;
  std::string rest = field + ", ";
  for (std::size_t at; (at = rest.find(", ")) != std::string::npos; rest = rest.substr(at + 2)) {
    std::string text = rest.substr(0, at);
    Use use;
    if (text.back() == ')') {
      use.keys = names(text.substr(text.find('(') + 1, text.size() - text.find('(') - 2));
      text = text.substr(0, text.find('('));
    }
    use.required = text.back() == '!';
    use.name = use.required ? text.substr(0, text.size() - 1) : text;
    result.push_back(use);
  }
  return result;
}

std::map<std::string, Fields> keys_of_types() {
  std::map<std::string, Fields> result;
  for (const Fields& row : read("resource-types.txt")) {
    result[row[0] + " " + row[1]] = names(row[3]);
  }
  return result;
}

}  // namespace

TEST_CASE("catalogue: every service of the text file is found with its name") {
  const Catalogue& catalogue = Catalogue::embedded();
  const auto rows = read("services.txt");
  REQUIRE(rows.size() > 400);
  CHECK(catalogue.services().size() == rows.size());
  std::map<std::string, std::set<std::string>> keys;
  for (const Fields& row : read("condition-keys.txt")) keys[row[0]].insert(lower(row[1]));
  std::size_t actions = 0, types = 0;
  for (const Fields& row : rows) {
    const auto service = catalogue.find_service(row[0]);
    REQUIRE(service.has_value());
    CHECK(service->prefix() == row[0]);
    CHECK(service->name() == row[1]);
    CHECK(service->supports_rcp() == (row[2] == "rcp"));
    const auto& own = keys[row[0]];
    CHECK(key_names(service->condition_keys()) == Fields(own.begin(), own.end()));
    for (const auto action : service->actions()) CHECK(action.service() == *service);
    for (const auto type : service->resource_types()) CHECK(type.service() == *service);
    actions += service->actions().size();
    types += service->resource_types().size();
  }
  CHECK(actions == catalogue.actions().size());
  CHECK(types == catalogue.resource_types().size());
}

TEST_CASE(
    "catalogue: every action of the text file has its levels, types, keys, dependents, marks") {
  const Catalogue& catalogue = Catalogue::embedded();
  const auto rows = read("actions.txt");
  const auto type_keys = keys_of_types();
  REQUIRE(rows.size() > 20000);
  CHECK(catalogue.actions().size() == rows.size());
  std::size_t wrong = 0;
  for (const Fields& row : rows) {
    const auto action = catalogue.find_action(row[0]);
    REQUIRE(action.has_value());
    const std::string service = row[0].substr(0, row[0].find(':'));
    std::string levels;
    for (const auto level : action->access_levels().list()) {
      levels += (levels.empty() ? "" : ",") + std::string(to_string(level));
    }
    Fields all = names(row[3]);
    const auto expected = uses(row[2]);
    bool same = action->full_name() == row[0] && levels == row[1] &&
                key_names(action->own_condition_keys()) == all &&
                action->resource_types().size() == expected.size();
    for (std::size_t i = 0; same && i < expected.size(); ++i) {
      const auto use = action->resource_types()[i];
      const Fields keys = united(expected[i].keys, type_keys.at(service + " " + expected[i].name));
      same = use.type().name() == expected[i].name && use.required() == expected[i].required &&
             key_names(use.condition_keys()) == keys;
      all = united(all, keys);
    }
    Fields dependents;
    for (const auto each : action->dependent_actions())
      dependents.push_back(lower(each.full_name()));
    std::sort(dependents.begin(), dependents.end());
    same = same && key_names(action->condition_keys()) == all && dependents == names(row[4]) &&
           action->permission_only() == (row[5] == "permission-only");
    if (!same) {
      ++wrong;
      UNSCOPED_INFO(row[0]);
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("catalogue: every resource type of the text file has its ARN forms and keys") {
  const Catalogue& catalogue = Catalogue::embedded();
  const auto rows = read("resource-types.txt");
  CHECK(catalogue.resource_types().size() == rows.size());
  for (const Fields& row : rows) {
    const auto type = catalogue.find_resource_type(row[0], row[1]);
    REQUIRE(type.has_value());
    Fields forms;
    for (const std::string_view form : type->arn_forms()) forms.emplace_back(form);
    CHECK(type->name() == row[1]);
    CHECK(type->service().prefix() == row[0]);
    CHECK(forms == catalogue_texts::split(row[2], ' '));
    CHECK(key_names(type->condition_keys()) == names(row[3]));
  }
}

TEST_CASE("catalogue: every condition key of the text files has its type and multivalued mark") {
  const Catalogue& catalogue = Catalogue::embedded();
  std::map<std::string, Fields> expected;
  for (const Fields& row : read("condition-keys.txt")) {
    expected[lower(row[1])] = {row[1], row[2], row[3], "-"};
  }
  for (const Fields& row : read("global-keys.txt")) {
    expected[lower(row[0])] = {row[0], row[1], row[2], "global"};
  }
  CHECK(catalogue.condition_keys().size() == expected.size());
  for (const auto& [name, row] : expected) {
    const auto key = catalogue.find_condition_key(name);
    REQUIRE(key.has_value());
    CHECK(key->name() == row[0]);
    CHECK(key->multivalued() == (row[2] == "multivalued"));
    CHECK(key->global() == (row[3] == "global"));
    CHECK(to_string(key->type()) == catalogue_texts::split(row[1], ',')[0]);
    std::size_t types = 0;
    for (int t = 0; t <= static_cast<int>(iamcheck::KeyType::kBinary); ++t) {
      if (key->has_type(static_cast<iamcheck::KeyType>(t))) ++types;
    }
    CHECK(types == catalogue_texts::split(row[1], ',').size());
  }
}

TEST_CASE("catalogue: what was retired is remembered, with its date") {
  const Catalogue& catalogue = Catalogue::embedded();
  for (const Fields& row : read("retired-services.txt")) {
    const auto found = catalogue.find_retired_service(row[0]);
    REQUIRE(found.has_value());
    CHECK(found->last_seen == (row[1] == "-" ? "" : row[1]));
    CHECK_FALSE(catalogue.find_service(row[0]).has_value());
  }
  const auto actions = read("retired-actions.txt");
  CHECK(catalogue.retired_actions().size() == actions.size());
  for (const Fields& row : actions) {
    REQUIRE(catalogue.find_retired_action(row[0]).has_value());
    CHECK(catalogue.find_retired_action(row[0])->last_seen == row[1]);
    CHECK_FALSE(catalogue.find_action(row[0]).has_value());
  }
  CHECK(catalogue.find_retired_service("DeepLens").has_value());
  CHECK_FALSE(catalogue.find_retired_service("s3").has_value());
}
