#include <nlohmann/json.hpp>

#include "catch.h"
#include "iamcheck/catalogue.h"
#include "text_files.h"

using iamcheck::Catalogue;

TEST_CASE("every managed policy inflates to the document of the text file") {
  const Catalogue& catalogue = Catalogue::embedded();
  std::ifstream file(catalogue_texts::path("managed-policies.txt"));
  std::size_t count = 0;
  catalogue_texts::Fields head;
  std::string text;
  const auto compare = [&] {
    if (head.empty()) return;
    ++count;
    const auto policy = catalogue.find_managed_policy(head[1]);
    REQUIRE(policy.has_value());
    CHECK(policy->name() == head[1]);
    CHECK(policy->arn() == "arn:aws:iam::aws:policy" + head[2] + head[1]);
    CHECK(policy->version() == head[3]);
    CHECK(policy->created() == head[4]);
    CHECK(policy->updated() == head[5]);
    CHECK(catalogue.find_managed_policy(policy->arn()) == policy);
    const auto document = policy->document();
    REQUIRE(document.has_value());
    // ordered_json: the packed text must keep the order of the members too.
    const auto expected = nlohmann::ordered_json::parse(text);
    CHECK(*document == expected.dump());
  };
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    if (line.rfind("policy\t", 0) == 0) {
      compare();
      head = catalogue_texts::split(line, '\t');
      text.clear();
    } else {
      text += line + "\n";
    }
  }
  compare();
  CHECK(count > 1500);
  CHECK(catalogue.managed_policies().size() == count);
}

TEST_CASE("a managed policy is found by its exact ARN or name and by nothing else") {
  const Catalogue& catalogue = Catalogue::embedded();
  CHECK(catalogue.find_managed_policy("ReadOnlyAccess")->arn() ==
        "arn:aws:iam::aws:policy/ReadOnlyAccess");
  CHECK(catalogue.find_managed_policy("arn:aws:iam::aws:policy/job-function/ViewOnlyAccess")
            ->name() == "ViewOnlyAccess");
  for (const char* name :
       {"", "/", "arn:", "readonlyaccess", "ReadOnlyAcces",
        "arn:aws:iam::aws:policy/ViewOnlyAccess", "arn:aws-cn:iam::aws:policy/ReadOnlyAccess",
        "arn:aws:iam::111122223333:policy/ReadOnlyAccess"}) {
    INFO(name);
    CHECK_FALSE(catalogue.find_managed_policy(name).has_value());
  }
}

TEST_CASE("near names of managed policies are suggested") {
  const Catalogue& catalogue = Catalogue::embedded();
  auto first = [&](std::string_view name) {
    const auto names = catalogue.suggest_managed_policy(name);
    return names.empty() ? std::string() : names[0];
  };
  CHECK(first("ReadOnlyAcces") == "ReadOnlyAccess");
  CHECK(first("readonlyaccess") == "ReadOnlyAccess");
  CHECK(first("arn:aws:iam::aws:policy/ReadOnlyAcess") == "ReadOnlyAccess");
  CHECK(first("Administrator").starts_with("Administrator"));
  CHECK(first("no-policy-is-called-so").empty());
  CHECK(catalogue.suggest_managed_policy("Amazon").size() == 3);
}
