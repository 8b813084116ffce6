// The layout that iam-collect writes: what each of its files means.
#include "catch.h"
#include "collected_tree.h"
#include "iamcheck/graph.h"

using namespace iamcheck;
using namespace iamcheck::test;

namespace {

const std::string kReport = "arn:aws:s3:::reports/a";
const std::string kOther = "arn:aws:s3:::other/a";

DecisionKind kind_of(const Account& account, const std::string& who, const std::string& action,
                     const std::string& resource) {
  return decide(account, who, action, resource).kind;
}

}  // namespace

TEST_CASE("collected: principals, groups, managed and inline policies are those of the ARNs") {
  const Account account = read_tree(small_tree());
  CHECK(account.problems().empty());
  CHECK(account.account_ids() == std::vector<std::string>{kAccount});
  REQUIRE(account.principals().size() == 2);
  CHECK(account.principals()[1].arn == user_arn("alice"));
  CHECK(account.principals()[1].id == "AIDA1");
  CHECK(account.principals()[1].groups == std::vector<std::string>{"dev"});
  CHECK(kind_of(account, "alice", "s3:PutObject", kOther) == DecisionKind::kAllowed);
  CHECK(kind_of(account, "role/ci", "s3:GetObject", kOther) == DecisionKind::kAllowed);
  CHECK(kind_of(account, "role/ci", "s3:PutObject", kOther) == DecisionKind::kImplicitlyDenied);
}

TEST_CASE("collected: a bucket's policy and tags count for it") {
  const Account account = read_tree(small_tree());
  CHECK(kind_of(account, "alice", "s3:DeleteObject", kReport) == DecisionKind::kExplicitlyDenied);
  CHECK(kind_of(account, "alice", "s3:DeleteObject", kOther) == DecisionKind::kAllowed);
  for (const std::string tags : {R"({"team": "web"})", R"([{"Key": "team", "Value": "web"}])"}) {
    Tree tree = small_tree();
    tree[kOwn + "s3/bucket/b1/tags.json"] = tags;
    tree[kOwn + "iam/policy/p1/current-policy.json"] =
        allow("s3:*", "*", R"(, "Condition": {"StringEquals": {"aws:ResourceTag/team": "web"}})");
    INFO(tags);
    CHECK(kind_of(read_tree(tree), "alice", "s3:ListBucket", "arn:aws:s3:::reports") ==
          DecisionKind::kAllowed);
  }
}

TEST_CASE("collected: a trust policy says who may become the role") {
  const Account account = read_with(small_tree(), kOwn + "iam/user/u1/inline-policies.json",
                                    inline_policy(allow("sts:AssumeRole", role_arn("ci"))));
  CHECK(kind_of(account, "alice", "sts:AssumeRole", role_arn("ci")) == DecisionKind::kAllowed);
  CHECK(kind_of(account, "role/ci", "sts:AssumeRole", role_arn("ci")) ==
        DecisionKind::kImplicitlyDenied);
  const Result<EscalationGraph> graph = escalation_graph(account);
  REQUIRE(graph);
  REQUIRE(graph->edges.size() == 1);
  CHECK(graph->edges[0].ways[0].path == "assume-role");
}

TEST_CASE("collected: a user's tags are keys, in both forms") {
  for (const std::string tags : {R"({"team": "web"})", R"([{"Key": "team", "Value": "web"}])"}) {
    Tree tree = small_tree();
    tree[kOwn + "iam/user/u1/tags.json"] = tags;
    tree[kOwn + "iam/policy/p1/current-policy.json"] =
        allow("s3:*", "*", R"(, "Condition": {"StringEquals": {"aws:PrincipalTag/team": "web"}})");
    INFO(tags);
    CHECK(kind_of(read_tree(tree), "alice", "s3:GetObject", kOther) == DecisionKind::kAllowed);
  }
}

TEST_CASE("collected: a permissions boundary limits, however it is written") {
  const std::string arn = "arn:aws:iam::" + kAccount + ":policy/limit";
  const std::string user = kOwn + "iam/user/u1/";
  Tree base = small_tree();
  base[kOwn + "iam/policy/p2/metadata.json"] = metadata(arn);
  base[kOwn + "iam/policy/p2/current-policy.json"] = allow("s3:GetObject", "*");
  std::vector<Tree> trees(5, base);
  trees[0][user + "metadata.json"] =
      metadata(user_arn("alice"), R"(, "permissionBoundary": ")" + arn + "\"");
  trees[1][user + "metadata.json"] = metadata(
      user_arn("alice"),
      R"(, "PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": ")" +
          arn + "\"}");
  trees[2][user + "permissions-boundary.json"] = "\"" + arn + "\"";
  trees[3][user + "permissions-boundary.json"] = R"({"arn": ")" + arn + "\"}";
  trees[4][user + "permissions-boundary.json"] = allow("s3:GetObject", "*");
  for (const Tree& tree : trees) {
    const Account account = read_tree(tree);
    INFO(&tree - trees.data());
    CHECK(account.problems().empty());
    CHECK(kind_of(account, "alice", "s3:GetObject", kOther) == DecisionKind::kAllowed);
    CHECK(decide(account, "alice", "s3:PutObject", kOther).cause ==
          DecisionCause::kNoBoundaryAllow);
  }
}

TEST_CASE("collected: an AWS managed policy that was not collected is in the catalogue") {
  const Account account = read_with(small_tree(), kOwn + "iam/role/r1/managed-policies.json",
                                    R"([{"PolicyName": "ReadOnlyAccess",
                     "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}])");
  CHECK(account.problems().empty());
  CHECK(kind_of(account, "role/ci", "ec2:DescribeInstances", "*") == DecisionKind::kAllowed);
}

TEST_CASE("collected: SCPs of units and accounts count, and of the management account none") {
  const Tree tree = with_organization(small_tree());
  const Account account = read_tree(tree);
  CHECK(account.problems().empty());
  CHECK(kind_of(account, "alice", "s3:GetObject", kOther) == DecisionKind::kAllowed);
  CHECK(kind_of(account, "alice", "s3:PutObject", kOther) == DecisionKind::kExplicitlyDenied);
  const Account management =
      read_with(tree, kOrganizationFolder + "metadata.json",
                R"({"id": "o-1", "rootOu": "r-1", "rootAccountId": "111122223333"})");
  CHECK(kind_of(management, "alice", "s3:PutObject", kOther) == DecisionKind::kAllowed);
}

TEST_CASE("collected: lists of SCPs that are all empty say that the organization has none") {
  Tree tree = with_organization(small_tree());
  tree[kOrganizationFolder + "ous.json"] =
      R"({"r-1": {"scps": [], "rcps": []}, "ou-1": {"parent": "r-1", "scps": [], "rcps": []}})";
  tree[kOrganizationFolder + "accounts.json"] =
      R"({"111122223333": {"ou": "ou-1", "scps": [], "rcps": []}})";
  CHECK(kind_of(read_tree(tree), "alice", "s3:PutObject", kOther) == DecisionKind::kAllowed);
  // AWS keeps one attached everywhere while SCPs are enabled: they were not collected.
  for (const std::string features :
       {R"({"SERVICE_CONTROL_POLICY": true})", R"(["SERVICE_CONTROL_POLICY"])",
        R"([{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}])"}) {
    tree[kOrganizationFolder + "metadata.json"] =
        R"({"id": "o-1", "rootOu": "r-1", "rootAccountId": "999999999999", "features": )" +
        features + "}";
    INFO(features);
    CHECK(kind_of(read_tree(tree), "alice", "s3:PutObject", kOther) == DecisionKind::kUndecided);
  }
}

TEST_CASE("collected: an RCP that a unit has counts for resources of its accounts") {
  const std::string arn =
      "arn:aws:organizations::999999999999:policy/o-1/resource_control_policy/p-tls";
  Tree tree = with_organization(small_tree());
  tree[kOrganizationFolder + "accounts.json"] = R"({"111122223333": {"ou": "ou-1", "scps": [")" +
                                                kFullScp + R"("], "rcps": [")" + arn + "\"]}}";
  tree[kOrganizationFolder + "rcps/x/metadata.json"] = metadata(arn);
  tree[kOrganizationFolder + "rcps/x/policy.json"] =
      R"({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*",
          "Action": "s3:GetObject", "Resource": "*"}})";
  CHECK(kind_of(read_tree(tree), "alice", "s3:GetObject", kReport) ==
        DecisionKind::kExplicitlyDenied);
}

TEST_CASE("collected: Block Public Access of a bucket and of its account restrict (S9.9)") {
  const std::string public_policy =
      R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*",
          "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}})";
  const std::string on = R"({"RestrictPublicBuckets": true, "BlockPublicPolicy": false})";
  Tree tree = small_tree();
  tree[kOwn + "s3/bucket/b1/policy.json"] = public_policy;
  const auto anonymous = [](const Account& account) {
    return decide(account, "*anonymous*", "s3:GetObject", kReport).kind;
  };
  CHECK(anonymous(read_tree(tree)) == DecisionKind::kAllowed);
  for (const std::string path : {"s3/bucket/b1/bpa.json", "s3/bpa.json", "bpa.json",
                                 "s3-public-access-block.json", "s3/account.json"}) {
    INFO(path);
    CHECK(anonymous(read_with(tree, kOwn + path, on)) != DecisionKind::kAllowed);
    CHECK(anonymous(read_with(tree, kOwn + path, R"({"restrictPublicBuckets": false})")) ==
          DecisionKind::kAllowed);
  }
  for (const std::string path : {"s3/bucket/b1/bpa.json", "bpa.json"}) {
    for (const std::string text : {R"({"restrictPublicBuckets": "yes"})", "[]", "{"}) {
      const Account account = read_with(tree, kOwn + path, text);
      INFO(path + " " + text);
      CHECK(says_in(account, path));
      CHECK(anonymous(account) == DecisionKind::kUndecided);
    }
  }
}

TEST_CASE("collected: a VPC endpoint's policy counts, and one that was not collected is unknown") {
  const std::string arn = "arn:aws:ec2:eu-west-1:" + kAccount + ":vpc-endpoint/vpce-1";
  Tree tree = small_tree();
  tree[kOwn + "ec2/vpce/metadata.json"] = metadata(arn, R"(, "type": "Gateway")");
  tree[kOwn + "ec2/vpce/policy.json"] =
      R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*",
          "Action": "s3:*", "Resource": "arn:aws:s3:::other/*"}})";
  Context through;
  through.set("aws:SourceVpce", "vpce-1");
  const auto ask = [&](const Account& account, const std::string& resource) {
    return decide(account, "alice", "s3:GetObject", resource, through).kind;
  };
  CHECK(ask(read_tree(tree), kOther) == DecisionKind::kAllowed);
  CHECK(ask(read_tree(tree), kReport) == DecisionKind::kImplicitlyDenied);
  CHECK(ask(read_without(tree, kOwn + "ec2/vpce/policy.json"), kOther) == DecisionKind::kUndecided);
  CHECK(ask(read_with(tree, kOwn + "ec2/vpce/metadata.json", metadata(arn)), kOther) ==
        DecisionKind::kUndecided);
}

TEST_CASE("collected: a resource without policy.json is taken to have none, and that is said") {
  const Account account = read_without(small_tree(), kOwn + "s3/bucket/b1/policy.json");
  RequestFields fields;
  fields.action = "s3:GetObject";
  fields.resource = kReport;
  const AccountQuestion question = account.ask(*account.find_principal("alice"), fields);
  CHECK(question.assumptions == std::vector<std::string>{"no resource-based policy on " + kReport});
  CHECK(evaluate(question.policies, question.request).allowed());
  // Across accounts nothing goes without one, and nobody said that there is none.
  fields.resource_account = "444455556666";
  const AccountQuestion across = account.ask(*account.find_principal("alice"), fields);
  CHECK(evaluate(across.policies, across.request).kind == DecisionKind::kUndecided);
}

TEST_CASE("collected: two accounts make one snapshot, and a name that both have is asked back") {
  Tree tree = small_tree();
  const std::string other = "arn:aws:iam::444455556666:user/alice";
  tree["accounts/444455556666/iam/user/alice/metadata.json"] = metadata(other);
  tree["accounts/444455556666/s3/global/x/metadata.json"] = metadata("arn:aws:s3:::theirs");
  tree["accounts/444455556666/s3/global/x/policy.json"] =
      R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": ")" +
      user_arn("alice") + R"("}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::theirs/*"}})";
  const Account account = read_tree(tree);
  CHECK(account.account_ids() == std::vector<std::string>{kAccount, "444455556666"});
  const Result<Caller> both = account.find_principal("alice");
  REQUIRE_FALSE(both);
  CHECK(both.error().help == "write one of: " + user_arn("alice") + " " + other);
  // The bucket is of the account whose folder it lies in.
  CHECK(kind_of(account, user_arn("alice"), "s3:GetObject", "arn:aws:s3:::theirs/a") ==
        DecisionKind::kAllowed);
  CHECK(kind_of(account, user_arn("alice"), "s3:PutObject", "arn:aws:s3:::theirs/a") ==
        DecisionKind::kImplicitlyDenied);
}

TEST_CASE("collected: which roles an instance profile holds is known, or the edge is possible") {
  const std::string trust_ec2 = trust(R"({"Service": "ec2.amazonaws.com"})");
  Tree tree = small_tree();
  tree[kOwn + "iam/role/r1/trust-policy.json"] = trust_ec2;
  tree[kOwn + "iam/user/u1/inline-policies.json"] =
      R"([{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": {
          "Effect": "Allow", "Action": ["iam:PassRole", "ec2:RunInstances"], "Resource": "*"}}}])";
  const auto way = [](const Account& account) -> std::string {
    const Result<EscalationGraph> graph = escalation_graph(account);
    REQUIRE(graph);
    if (graph->edges.empty()) return "none";
    return graph->edges[0].ways[0].certain ? "certain" : "possible";
  };
  const std::string profile = "arn:aws:iam::" + kAccount + ":instance-profile/web";
  CHECK(way(read_tree(tree)) == "possible");
  const std::string path = kOwn + "iam/instance-profile/web/metadata.json";
  CHECK(
      way(read_with(tree, path, metadata(profile, R"(, "roles": [")" + role_arn("ci") + "\"]"))) ==
      "certain");
  CHECK(way(read_with(tree, path, metadata(profile, R"(, "roles": [])"))) == "none");
  // One that could not be read may hold any role.
  tree[path] = metadata(profile, R"(, "roles": [])");
  CHECK(way(read_with(tree, kOwn + "iam/instance-profile/x/metadata.json",
                      metadata(profile + "-x", R"(, "roles": ["ci"])"))) == "possible");
}

TEST_CASE("collected: indexes and files that speak of no policy change nothing") {
  Tree tree = with_organization(small_tree());
  tree["indexes/principals.json"] = "{ not read";
  tree[kOwn + "iam/role/r1/last-used.json"] = R"({"date": "2026-01-01", "region": "eu-west-1"})";
  tree[kOwn + "iam/credential-report.json"] = R"([{"user": "alice"}])";
  tree[kOwn + "lambda/metadata.json"] = R"({"functions": 3})";
  const Account account = read_tree(tree);
  CHECK(account.problems().empty());
  CHECK(kind_of(account, "role/ci", "s3:GetObject", kReport) == DecisionKind::kAllowed);
}

TEST_CASE("collected: the tree lies anywhere, and a dump beside it is read too") {
  std::vector<AccountFile> files = files_of(small_tree());
  for (AccountFile& file : files) file.path = "./a/b//" + file.path;
  files.push_back({"dump.json", R"({"UserDetailList": [{"Arn": "arn:aws:iam::444455556666:user/zoe",
                                    "UserName": "zoe"}]})"});
  const Account account = Account::read(files);
  CHECK(account.problems().empty());
  CHECK(account.principals().size() == 3);
  // Without a file of the layout such a folder is one like any other.
  const Account plain = Account::read(
      {{"aws/aws/accounts/111122223333/dump.json", dump(user("alice", allow("s3:*", "*")))},
       {"aws/aws/accounts/111122223333/reports.json",
        R"({"arn": "arn:aws:s3:::reports", "policy": {"Version": "2012-10-17", "Statement": {
            "Effect": "Deny", "Principal": "*", "Action": "*",
            "Resource": "arn:aws:s3:::reports/*"}}})"}});
  CHECK(plain.problems().empty());
  CHECK(kind_of(plain, "alice", "s3:GetObject", kReport) == DecisionKind::kExplicitlyDenied);
  // Beside a tree too.
  files = files_of(small_tree());
  files.push_back(
      {"x/aws/aws/accounts/111122223333/other.json",
       R"({"arn": "arn:aws:s3:::other", "policy": {"Version": "2012-10-17", "Statement": {
                       "Effect": "Deny", "Principal": "*", "Action": "*",
                       "Resource": "arn:aws:s3:::other/*"}}})"});
  CHECK(kind_of(Account::read(files), "alice", "s3:GetObject", kOther) ==
        DecisionKind::kExplicitlyDenied);
}
