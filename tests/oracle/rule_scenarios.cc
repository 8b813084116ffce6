// Requests in which hardly anything but one rule of S4, S6, S7 or S8 can decide.
#include <array>
#include <string>

#include "scenario.h"
#include "vocabulary.h"

namespace iamcheck::oracle::scenario {

void Scenario::asks_about_object(std::string_view object, std::string_view pattern) {
  ask(kAlice, "s3:GetObject", "arn:aws:s3:::b/" + std::string(object));
  request_["context"] = {{"ctx:l", {"k"}}, {"ctx:s", "k"}, {"ctx:empty", ""}, {"ctx:star", "a*"}};
  json one = statement(effect());
  one["Resource"] = "arn:aws:s3:::b/" + std::string(pattern);
  identity(document(weighed(std::move(one))));
}

void Scenario::one_variable() {
  struct Row {
    std::string_view object, pattern;
  };
  static constexpr std::array<Row, 22> kRows = {{
      {"k", "${CTX:S}"},  // S4.3
      {"k", "${Ctx:s}"},
      {"k", "${ctx:l, 'k'}"},
      {"k", "${ctx:l}k"},
      {"k", "${ctx:missing, 'k'}"},  // S4.4
      {"k", "${ctx:empty,'k'}"},
      {"k", "${ctx:missing,'k'}"},
      {"k", "${ctx:s, 'x'}"},
      {"k", "${ctx:empty, 'k'}"},
      {"x", "${ctx:missing, 'x'}"},
      {"*", "${*}"},  // S4.5
      {"k", "${*}"},
      {"?", "${?}"},
      {"$", "${$}"},
      {"ab", "${ctx:star}"},
      {"a*", "${ctx:star}"},
      {"x${ctx:s", "*${ctx:s"},  // S4.7
      {"x${ctx:s", "x${ctx:s"},
      {"${ctx:s", "${ctx:s"},
      {"k${", "k${"},
      {"k", "${ctx:missing}"},  // S4.6
      {"k", "${ctx:s}"},        // S4.2
  }};
  const Row& row = kRows[dice_.below(kRows.size())];
  asks_about_object(row.object, row.pattern);
  if (dice_.percent(10)) request_["identityPolicies"][0]["Version"] = "2008-10-17";
}

void Scenario::one_resource() {
  struct Row {
    std::string_view action, resource, pattern;
  };
  static constexpr std::array<Row, 8> kRows = {{
      {"wafv2:UpdateWebACL", "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/x/1",
       "arn:aws:wafv2:*:*:*/webacl/*/*"},  // S6.3
      {"ec2:StartInstances", "arn:aws:ec2:us-east-1:111122223333:instance/i-1",
       "arn:aws:ec2:*:*:*/i-1"},
      {"ec2:StartInstances", "arn:aws:ec2:us-east-1:111122223333:instance/i-1",
       "arn:aws:ec2:*:*:inst*/i-1"},
      {"ec2:StartInstances", "arn:aws:ec2:us-east-1:111122223333:instance/i-1",
       "arn:aws:ec2:*:*:volume*/i-1"},
      {"sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:q",
       "arn:aws:SQS:us-east-1:111122223333:q"},  // S6.2
      {"sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:q",
       "arn:aws:sqs:US-EAST-1:111122223333:*"},
      {"sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:q",
       "arn:aws:sqs:us-east-1:111122223333:Q"},
      {"s3:GetObject", "arn:aws:s3:::b/k", "arn:aws:s3:::B/k"},
  }};
  const Row& row = kRows[dice_.below(kRows.size())];
  ask(kAlice, std::string(row.action), std::string(row.resource));
  json one = statement(effect());
  one["Resource"] = row.pattern;
  identity(document(weighed(std::move(one))));
}

void Scenario::asks_about_test(std::string_view test, json values, json context) {
  json one = statement(effect());
  one["Condition"] = {{std::string(test), {{"ctx:k", std::move(values)}}}};
  identity(document(weighed(std::move(one))));
  request_["context"] = std::move(context);
}

void Scenario::one_condition() {
  static const json kAbsent = json::object();
  const std::string value = dice_.pick(Words{"a", "b", "c"});
  switch (dice_.below(8)) {
    case 0:
    case 6:  // S7.2
      return asks_about_test(dice_.pick(Words{"StringEquals", "StringNotEquals", "StringNotLike"}),
                             {"a", "b"}, {{"ctx:k", value}});
    case 1:
    case 7:  // S7.3
      return asks_about_test(
          dice_.pick(Words{"StringEquals", "StringNotEquals", "StringEqualsIfExists"}), value,
          {{"ctx:k", {"a"}}});
    case 2:  // S7.5
      return asks_about_test(dice_.pick(Words{"ForAnyValue:StringEqualsIfExists",
                                              "ForAnyValue:StringNotLikeIfExists"}),
                             value, kAbsent);
    case 3: {  // S7.6
      const json context = dice_.percent(70) ? json{{"ctx:k", ""}} : kAbsent;
      const std::string wanted = dice_.pick(Words{"true", "false"});
      return asks_about_test(dice_.pick(Words{"Null", "ForAllValues:StringEquals"}), wanted,
                             context);
    }
    case 4:  // S7.8
      return asks_about_test(dice_.pick(Words{"StringMatches", "StringEqual", "NullIfExists"}),
                             value, {{"ctx:k", value}});
    default:  // S7.1
      return asks_about_test(
          dice_.pick(Words{"StringEquals", "StringNotEquals", "NumericLessThanIfExists"}), value,
          kAbsent);
  }
}

void Scenario::one_role() {
  const bool session = dice_.percent(70);
  ask(session ? kRunSession : kRoleArn, "s3:GetObject", "arn:aws:s3:::b/k");
  if (dice_.percent(70)) request_.erase("identityPolicies");
  if (dice_.percent(30)) request_["permissionBoundaries"] = limit();
  const std::string entry = dice_.pick(
      Words{kRoleArn, kRoleArn, "arn:aws:iam::111122223333:role/ci",
            "arn:aws:iam::999988887777:role/ci", "arn:aws-cn:iam::111122223333:role/ci"});
  request_["resourcePolicy"] =
      document(weighed(with_principal(statement(effect()), {{"AWS", entry}})));
}

}  // namespace iamcheck::oracle::scenario
