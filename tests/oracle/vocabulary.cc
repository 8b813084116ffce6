#include "vocabulary.h"

#include "characters.h"

namespace iamcheck::oracle {

// clang-format off
const Words kAccounts = {"111122223333", "999988887777"};

const Words kPrincipals = {
    "arn:aws:iam::111122223333:user/alice", "arn:aws:iam::111122223333:user/alice",
    "arn:aws:iam::111122223333:user/dev/bob", "arn:aws:iam::999988887777:user/alice",
    "arn:aws:sts::111122223333:assumed-role/ci/run7", "arn:aws:sts::111122223333:assumed-role/ci/run7",
    "arn:aws:sts::999988887777:assumed-role/ci/run7",
    "arn:aws:iam::111122223333:role/ci", "arn:aws:iam::111122223333:role/team/ci",
    "arn:aws:sts::111122223333:federated-user/bob", "arn:aws:iam::111122223333:root",
    "arn:aws:iam::999988887777:root", "ec2.amazonaws.com", "*anonymous*",
    "arn:aws-cn:iam::111122223333:user/alice", "arn:aws-cn:iam::111122223333:root",
    "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForX/s1",
    "arn:aws:iam::111122223333:saml-provider/idp"};

const Words kPrincipalEntries = {
    "*", "111122223333", "999988887777", "arn:aws:iam::111122223333:root",
    "arn:aws:iam::999988887777:root", "arn:aws:iam::111122223333:user/alice",
    "arn:aws:iam::111122223333:user/Alice", "arn:aws:iam::111122223333:user/dev/bob",
    "arn:aws:iam::999988887777:user/alice", "arn:aws:iam::111122223333:role/ci",
    "arn:aws:iam::111122223333:role/team/ci", "arn:aws-cn:iam::111122223333:role/ci",
    "arn:aws:iam::999988887777:role/ci", "arn:aws:sts::111122223333:assumed-role/ci/run7",
    "arn:aws:sts::111122223333:assumed-role/ci/run8", "arn:aws:sts::999988887777:assumed-role/ci/run7",
    "arn:aws:sts::111122223333:federated-user/bob", "arn:aws:iam::111122223333:user/*",
    "arn:aws:iam::111122223333:role/AWSServiceRoleForX", "arn:aws-cn:iam::111122223333:root",
    "AIDACKCEVSQ6C2EXAMPLE", "ec2.amazonaws.com"};

const Words kActions = {
    "s3:GetObject", "s3:GetObject", "s3:GetObject", "s3:PutObject", "s3:ListAllMyBuckets",
    "s3:PutBucketPolicy", "sqs:SendMessage", "sqs:SendMessage", "dynamodb:GetItem",
    "logs:PutLogEvents", "kms:Decrypt", "kms:CreateAlias", "sts:AssumeRole", "sts:TagSession",
    "sts:GetCallerIdentity", "sts:GetSessionToken", "sts:GetFederationToken", "iam:PassRole",
    "sts:AssumeRoleWithSAML", "iam:UpdateAssumeRolePolicy", "iam:DeletePolicy", "iam:GetUser", "ec2:DescribeInstances"};

const Words kOtherActionPatterns = {
    "*", "*", "**", "*:*", "s3:*", "S3:get*", "s3:Get?bject", "s3:GetObject ", "s3:Get,Object", "s3:",
    "s3", "s*:GetObject", "s?:*", "sqs:*", "kms:*", "sts:*", "iam:*", "s3:${*}", "dynamodb:*Item",
    "logs:P*s", "ec2:D*"};

const Words kOtherResourcePatterns = {
    "*", "*", "**", "arn:*", "arn:aws:s3", "arn:aws:s3*", "arn:aws:s3:::*", "arn:aws:s3:::b*",
    "arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/${ctx:s}", "arn:aws:s3:::b/${ctx:s, 'k'}",
    "arn:aws:s3:::b/${ctx:s,'k'}/*", "arn:aws:s3:::b/${*}", "arn:aws:s3:::b/${?}", "arn:aws:s3:::b/${$}",
    "arn:aws:s3:::${ctx:l}/*", "arn:aws:s3:::b/${ctx:s", "arn:${ctx:s}:s3:::b/k", "arn:aws:*:*:*:*",
    "arn:aws:logs:*:*:/aws/x*", "arn:aws:dynamodb:*:table/t*", "arn:aws:dynamodb:*:Table/t1",
    "arn:aws:sqs:us-*-1:*:q", "arn:aws:sqs:us-east-?:*:*", "ARN:aws:s3:::b/k", "b/k", "arn:aws:*:q",
    "arn:aws:*:*:LOG-GROUP:*", "arn:aws:s3:::?/k", "arn:*:*:*:*:*1*"};

const Words kOperators = {
    "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase",
    "StringLike", "StringNotLike", "NumericEquals", "NumericNotEquals", "NumericLessThan",
    "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals", "DateEquals",
    "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan",
    "DateGreaterThanEquals", "Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "ArnEquals",
    "ArnLike", "ArnNotEquals", "ArnNotLike", "Null", "Null"};

const Words kKeys = {
    "ctx:s", "ctx:s", "ctx:n", "ctx:d", "ctx:b", "ctx:x", "ctx:i", "ctx:a", "ctx:l",
    "aws:PrincipalTag/Team", "aws:username", "aws:PrincipalArn", "aws:PrincipalAccount",
    "aws:PrincipalType", "aws:userid", "aws:ResourceAccount", "aws:PrincipalIsAWSService",
    "aws:PrincipalServiceName", "aws:MultiFactorAuthPresent", "aws:SourceIp",
    "aws:AssumedRoot", "aws:TokenIssueTime"};

const Words kVariables = {
    "${aws:username}", "${ctx:s}", "${CTX:S}", "${ctx:s, 'a'}", "${ctx:missing,'a'}", "${ctx:missing}",
    "${ctx:l}", "${ctx:l, 'a'}", "${*}", "${?}", "${$}", "a${ctx:s}", "${ctx:s}*", "${ctx:s", "${}"};

namespace {

const Words kTexts = {"a", "a", "b", "A", "ab", "a*", "a?", "", "alice", "a:b", "é", "É", "*", "x/y", "a\nb"};
const Words kTextPatterns = {"a", "a", "b", "A", "AB", "a*", "a?", "*", "*b", "?", "", "alice", "a*b", "é", "x/*", "User", "111122223333", "ec2*"};
const Words kNumbers = {"5", "5", "5.0", "4", "6", "-5", "0", "-0", "0.5", "0.50", "5e0", "50e-1", "5.0000000000000000001", "x", "", "5x", "9007199254740993"};
const Words kDates = {"2024-03-01T12:00:00Z", "2024-03-01T12:00:00Z", "1709294400", "2024-03-01T14:00:00+02:00", "2024-03-01", "2024-03", "2024", "2024-03-01T12:00", "2024-03-01T12:00:00.5Z", "1709294400.5", "2024-03-02", "2023-12-31T23:59:59-01:00", "1969-12-31T23:59:59.25Z", "2024-02-30", "x", ""};
const Words kBools = {"true", "true", "false", "false", "TRUE", "False", "x", ""};
const Words kBinaries = {"aGk=", "aGk=", "aGo=", "aGVsbG8=", "", "a", "hi"};
const Words kIps = {"10.0.0.1", "10.0.0.1", "10.0.1.1", "11.0.0.1", "2001:db8::1", "2001:DB8:0:0:0:0:0:1", "2001:db9::1", "::ffff:10.0.0.1", "10.0.0", "x", ""};
const Words kRanges = {"10.0.0.0/24", "10.0.0.77/24", "10.0.0.0/8", "10.0.0.1", "0.0.0.0/0", "2001:db8::/32", "2001:db8::1", "::/0", "10.0.0.1/32", "2001:db8::1/127", "10.0.0.0/33", "x"};
const Words kArns = {"arn:aws:iam::111122223333:role/ci", "arn:aws:iam::111122223333:role/ci", "arn:aws:iam::111122223333:user/alice", "arn:aws:sns:us-east-1:111122223333:a:b", "arn:aws:sns:us-east-1:111122223333:a", "arn:aws:iam::111122223333:role/CI", "x", "arn:aws:s3"};
const Words kArnPatterns = {"arn:aws:iam::*:role/*", "arn:aws:iam::111122223333:*", "arn:aws:iam::111122223333:role/ci", "arn:aws:*:*:*:*", "arn:aws:sns:*:a:b", "arn:aws:sns:*:*:a:*", "arn:aws:sns:us-east-?:*:?", "arn:aws:IAM::*:*", "arn:*:iam::1111*:user/${aws:username}", "arn:aws:iam::${aws:PrincipalAccount}:*", "arn:aws:iam::*:*/${ctx:s}", "*", "arn:aws:iam"};

}  // namespace
// clang-format on

std::string random_resource(std::string_view action, Dice& dice) {
  static const Words kObjects = {"arn:aws:s3:::b/k", "arn:aws:s3:::b/k", "arn:aws:s3:::b/alice",
                                 "arn:aws:s3:::b/a", "arn:aws:s3:::b/*", "arn:aws:s3:::b/x/y:z"};
  static const Words kQueues = {"arn:aws:sqs:us-east-1:111122223333:q",
                                "arn:aws:sqs:us-east-1:999988887777:q",
                                "arn:aws-cn:sqs:cn-north-1:111122223333:q"};
  static const Words kKmsKeys = {"arn:aws:kms:us-east-1:111122223333:key/k1",
                                 "arn:aws:kms:us-east-1:111122223333:alias/x"};
  static const Words kRoles = {"arn:aws:iam::111122223333:role/team/ci",
                               "arn:aws:iam::999988887777:role/ci",
                               "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/"
                               "AWSServiceRoleForX"};
  static const Words kPassed = {"arn:aws:iam::111122223333:role/team/ci",
                                "arn:aws:iam::111122223333:role/aws-reserved/x"};
  static const Words kPolicies = {"arn:aws:iam::111122223333:policy/p",
                                  "arn:aws:iam::aws:policy/ReadOnlyAccess"};
  static const Words kAliases = {"arn:aws:kms:us-east-1:111122223333:alias/aws/s3",
                                 "arn:aws:kms:us-east-1:111122223333:alias/x"};
  if (action == "s3:ListAllMyBuckets" || action == "ec2:DescribeInstances") return "*";
  if (action == "s3:PutBucketPolicy") return "arn:aws:s3:::b";
  if (starts_with(action, "s3:")) return dice.pick(kObjects);
  if (starts_with(action, "sqs:")) return dice.pick(kQueues);
  if (starts_with(action, "dynamodb:")) return "arn:aws:dynamodb:us-east-1:111122223333:table/t1";
  if (starts_with(action, "logs:")) {
    return "arn:aws:logs:us-east-1:111122223333:log-group:/aws/x1";
  }
  if (action == "kms:CreateAlias") return dice.pick(kAliases);
  if (starts_with(action, "kms:")) return dice.pick(kKmsKeys);
  if (starts_with(action, "sts:AssumeRole") || action == "sts:TagSession") return dice.pick(kRoles);
  if (action == "iam:PassRole" || action == "iam:UpdateAssumeRolePolicy") return dice.pick(kPassed);
  if (action == "iam:DeletePolicy") return dice.pick(kPolicies);
  if (action == "iam:GetUser") return "arn:aws:iam::111122223333:user/alice";
  return "*";
}

ValueKind kind_of_key(std::string_view key) {
  if (key == "ctx:n") return ValueKind::kNumber;
  if (key == "ctx:d" || key == "aws:TokenIssueTime") return ValueKind::kDate;
  if (key == "ctx:b" || key == "aws:MultiFactorAuthPresent" || key == "aws:PrincipalIsAWSService" ||
      key == "aws:AssumedRoot") {
    return ValueKind::kBool;
  }
  if (key == "ctx:x") return ValueKind::kBinary;
  if (key == "ctx:i" || key == "aws:SourceIp") return ValueKind::kIp;
  if (key == "ctx:a" || key == "aws:PrincipalArn") return ValueKind::kArn;
  return ValueKind::kText;
}

ValueKind kind_of_operator(std::string_view name) {
  if (starts_with(name, "Numeric")) return ValueKind::kNumber;
  if (starts_with(name, "Date")) return ValueKind::kDate;
  if (starts_with(name, "Bool") || starts_with(name, "Null")) return ValueKind::kBool;
  if (starts_with(name, "Binary")) return ValueKind::kBinary;
  if (name.find("IpAddress") != std::string_view::npos) return ValueKind::kIp;
  if (starts_with(name, "Arn")) return ValueKind::kArn;
  return ValueKind::kText;
}

std::string random_request_value(ValueKind kind, Dice& dice) {
  switch (kind) {
    case ValueKind::kText:
      return dice.pick(kTexts);
    case ValueKind::kNumber:
      return dice.pick(kNumbers);
    case ValueKind::kDate:
      return dice.pick(kDates);
    case ValueKind::kBool:
      return dice.pick(kBools);
    case ValueKind::kBinary:
      return dice.pick(kBinaries);
    case ValueKind::kIp:
      return dice.pick(kIps);
    case ValueKind::kArn:
      return dice.pick(kArns);
  }
  return "";
}

std::string random_policy_value(ValueKind kind, Dice& dice) {
  if (dice.percent(kind == ValueKind::kText ? 20 : 4)) return dice.pick(kVariables);
  if (kind == ValueKind::kText) return dice.pick(kTextPatterns);
  if (kind == ValueKind::kIp) return dice.pick(kRanges);
  if (kind == ValueKind::kArn) return dice.pick(kArnPatterns);
  return random_request_value(kind, dice);
}

std::string random_case(std::string text, Dice& dice) {
  for (char& c : text) {
    if (!dice.percent(30)) continue;
    if (c >= 'a' && c <= 'z') {
      c = static_cast<char>(c - 'a' + 'A');
    } else if (c >= 'A' && c <= 'Z') {
      c = static_cast<char>(c - 'A' + 'a');
    }
  }
  return text;
}

}  // namespace iamcheck::oracle
