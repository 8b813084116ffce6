#include <string>
#include <vector>

#include "catch.h"
#include "iamcheck/catalogue.h"

using iamcheck::Catalogue;
using Texts = std::vector<std::string>;

TEST_CASE("catalogue lookups ignore ASCII case and give AWS's spelling") {
  const Catalogue& catalogue = Catalogue::embedded();
  REQUIRE(catalogue.find_action("S3:GETOBJECT").has_value());
  CHECK(catalogue.find_action("S3:GETOBJECT")->full_name() == "s3:GetObject");
  CHECK(catalogue.find_service("S3")->prefix() == "s3");
  CHECK(catalogue.find_condition_key("AWS:PRINCIPALARN")->name() == "aws:PrincipalArn");
  CHECK(catalogue.find_resource_type("S3", "Bucket")->name() == "bucket");
}

TEST_CASE("catalogue lookups find nothing for names that are nearly right") {
  const Catalogue& catalogue = Catalogue::embedded();
  for (const char* name : {"", ":", "s3", "s3:", ":GetObject", "s3:GetObjec", "s3:GetObjects",
                           "s3:Get*", "s3 :GetObject", "s3:GetObject ", "zz:GetObject"}) {
    INFO(name);
    CHECK_FALSE(catalogue.find_action(name).has_value());
  }
  CHECK_FALSE(catalogue.find_service("").has_value());
  CHECK_FALSE(catalogue.find_service("zzzz").has_value());
}

TEST_CASE("an action's keys include those that only its resource types carry") {
  // s3:DataAccessPointArn stands on the access point's object, not on s3:GetObject.
  const Catalogue& catalogue = Catalogue::embedded();
  const auto action = catalogue.find_action("s3:GetObject");
  const auto has = [](const auto& keys, std::string_view name) {
    for (const auto key : keys) {
      if (key.name() == name) return true;
    }
    return false;
  };
  CHECK(has(action->condition_keys(), "s3:DataAccessPointArn"));
  CHECK_FALSE(has(action->own_condition_keys(), "s3:DataAccessPointArn"));
}

TEST_CASE("an action without resource-level support has no resource types") {
  const auto action = Catalogue::embedded().find_action("s3:ListAllMyBuckets");
  REQUIRE(action.has_value());
  CHECK(action->resource_types().empty());
}

TEST_CASE("an action that AWS describes on two pages has the resource types of both") {
  const Catalogue& catalogue = Catalogue::embedded();
  const auto has = [&](std::string_view name, std::string_view type) {
    for (const auto use : catalogue.find_action(name)->resource_types()) {
      if (use.type().name() == type) return !use.required();
    }
    return false;
  };
  CHECK(has("apigateway:GET", "RestApi"));  // "Amazon API Gateway Management"
  CHECK(has("apigateway:GET", "Apis"));     // "Amazon API Gateway Management V2"
  CHECK(has("apigateway:PATCH", "Api"));
  CHECK(has("elasticloadbalancing:DeleteLoadBalancer", "loadbalancer"));
  CHECK(has("elasticloadbalancing:DeleteLoadBalancer", "loadbalancer/app/"));
  CHECK(has("lex:StartImport", "test set"));
}

TEST_CASE("several access levels are a bit set") {
  const auto action = Catalogue::embedded().find_action("iam:TagRole");
  REQUIRE(action.has_value());
  CHECK(action->access_levels().has(iamcheck::AccessLevel::kWrite));
  CHECK(action->access_levels().has(iamcheck::AccessLevel::kTagging));
  CHECK_FALSE(action->access_levels().has(iamcheck::AccessLevel::kRead));
}

TEST_CASE("dependent actions and permission-only marks come from the supplement") {
  const Catalogue& catalogue = Catalogue::embedded();
  CHECK(catalogue.find_action("iam:PassRole")->permission_only());
  CHECK_FALSE(catalogue.find_action("s3:GetObject")->permission_only());
  bool passes_role = false;
  for (const auto each : catalogue.find_action("lambda:CreateFunction")->dependent_actions()) {
    if (each.full_name() == "iam:PassRole") passes_role = true;
  }
  CHECK(passes_role);
}

TEST_CASE("every templated condition key is found by what may stand for its placeholder") {
  std::size_t templates = 0;
  for (const iamcheck::ConditionKey key : Catalogue::embedded().condition_keys()) {
    if (!key.is_template()) continue;
    ++templates;
    const std::string prefix(key.template_prefix()), suffix(key.template_suffix());
    for (const char* filler : {"x", "Some-Name/3"}) {
      const auto found = Catalogue::embedded().find_condition_key(prefix + filler + suffix);
      INFO(key.name());
      REQUIRE(found.has_value());
      CHECK((found->name() == key.name() ||
             found->template_prefix().size() + found->template_suffix().size() >=
                 prefix.size() + suffix.size()));
    }
  }
  CHECK(templates > 100);
}

TEST_CASE("templated condition keys are found by what people write") {
  const Catalogue& catalogue = Catalogue::embedded();
  const auto name = [&](std::string_view key) {
    const auto found = catalogue.find_condition_key(key);
    return found ? std::string(found->name()) : std::string();
  };
  CHECK(name("aws:ResourceTag/team") == "aws:ResourceTag/${TagKey}");
  CHECK(name("AWS:resourcetag/Team") == "aws:ResourceTag/${TagKey}");
  CHECK(name("aws:ResourceTag/${TagKey}") == "aws:ResourceTag/${TagKey}");
  CHECK(name("kms:EncryptionContext:purpose") == "kms:EncryptionContext:${EncryptionContextKey}");
  CHECK(name("s3:ExistingObjectTag/class") == "s3:ExistingObjectTag/${key}");
  CHECK(name("events:Metadata/x") == "events:Metadata/${MetadataKey}");
  CHECK(name("events:Metadata/x/Matcher") == "events:Metadata/${MetadataKey}/Matcher");
  CHECK(name("codebuild:secondarySources/x.location") ==
        "codebuild:secondarySources/${sourceIdentifier}.location");
  // The placeholder stands for something.
  CHECK(name("aws:ResourceTag/") == "");
  CHECK(name("aws:ResourceTag") == "");
  CHECK(catalogue.find_condition_key("aws:ResourceTag/x")->is_template());
  CHECK_FALSE(catalogue.find_condition_key("aws:SourceIp")->is_template());
}

TEST_CASE("key types follow AWS where the package differs") {
  const Catalogue& catalogue = Catalogue::embedded();
  using iamcheck::KeyType;
  CHECK(catalogue.find_condition_key("codestar-connections:ProviderAction")->multivalued());
  CHECK(catalogue.find_condition_key("aws:SourceVpcArn")->type() == KeyType::kArn);
  CHECK(catalogue.find_condition_key("aws:PrincipalOrgMasterAccountId").has_value());
  CHECK(catalogue.find_condition_key("aws:SignInSessionArn").has_value());
  CHECK(catalogue.find_condition_key("codebuild:BuildArn").has_value());
  CHECK(catalogue.find_condition_key("codebuild:ProjectArn").has_value());
  CHECK(catalogue.find_condition_key("aws:EpochTime")->has_type(KeyType::kNumeric));
  CHECK(catalogue.find_condition_key("aws:EpochTime")->type() == KeyType::kDate);
  CHECK(catalogue.find_condition_key("aws:CalledVia")->multivalued());
  CHECK(catalogue.find_condition_key("aws:CalledVia")->global());
  CHECK_FALSE(catalogue.find_condition_key("s3:prefix")->global());
}

TEST_CASE("prefixes of condition keys: services, aws, federation providers") {
  const Catalogue& catalogue = Catalogue::embedded();
  for (const char* prefix : {"aws", "AWS", "s3", "saml", "token.actions.githubusercontent.com",
                             "github.com/enterprises/octo", "identitycenter"}) {
    INFO(prefix);
    CHECK(catalogue.knows_key_prefix(prefix));
  }
  for (const char* prefix : {"", "awss", "github.com/enterprises/", "example.com"}) {
    INFO(prefix);
    CHECK_FALSE(catalogue.knows_key_prefix(prefix));
  }
}

TEST_CASE("the catalogue says its date and its sources") {
  const Catalogue& catalogue = Catalogue::embedded();
  CHECK(catalogue.date().size() == 10);
  CHECK(catalogue.date() >= "2026-09-26");
  REQUIRE(catalogue.sources().size() == 3);
  for (const auto source : catalogue.sources()) {
    CHECK_FALSE(source.version.empty());
    CHECK_FALSE(source.licence.empty());
    CHECK_FALSE(source.digest.empty());
  }
}

TEST_CASE("suggestions: near names of the service, nearest first") {
  const Catalogue& catalogue = Catalogue::embedded();
  REQUIRE_FALSE(catalogue.suggest_action("s3:GetObjct").empty());
  CHECK(catalogue.suggest_action("s3:GetObjct")[0] == "s3:GetObject");
  CHECK(catalogue.suggest_action("s3:GetObject").at(0) == "s3:GetObject");
  CHECK(catalogue.suggest_action("S3:getobjct").at(0) == "s3:GetObject");
  CHECK(catalogue.suggest_action("ec2:FrobnicateEverything").empty());
}

TEST_CASE("suggestions: the right name in another service, or behind a misspelt one") {
  const Catalogue& catalogue = Catalogue::embedded();
  CHECK(catalogue.suggest_action("ec2:PassRole") == Texts{"iam:PassRole"});
  CHECK(catalogue.suggest_action("lamda:InvokeFunction") == Texts{"lambda:InvokeFunction"});
  CHECK(catalogue.suggest_action("PassRole") == Texts{"iam:PassRole"});
  // Hundreds of services have TagResource: naming some of them would be a guess.
  CHECK(catalogue.suggest_action("zzzzzzzz:TagResource").empty());
}

TEST_CASE("suggestions: services and condition keys") {
  const Catalogue& catalogue = Catalogue::embedded();
  CHECK(catalogue.suggest_service("dynamdb") == Texts{"dynamodb"});
  CHECK(catalogue.suggest_service("lamda").at(0) == "lambda");
  CHECK(catalogue.suggest_service("frobnicate").empty());
  CHECK(catalogue.suggest_service("").empty());
  CHECK(catalogue.suggest_condition_key("aws:SourceIpp").at(0) == "aws:SourceIp");
  CHECK(catalogue.suggest_action("s3:GetObjct", 0).empty());
}
