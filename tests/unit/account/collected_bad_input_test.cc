// Collected trees that are broken, or have shapes that nobody described: what hangs on a file that
// was not understood is undecided, and the file is named.
#include "catch.h"
#include "collected_tree.h"

using namespace iamcheck;
using namespace iamcheck::test;

namespace {

const std::string kReport = "arn:aws:s3:::reports/a";
const std::string kOther = "arn:aws:s3:::other/a";
const std::string kUser = kOwn + "iam/user/u1/";
const std::string kRole = kOwn + "iam/role/r1/";
const std::string kBucket = kOwn + "s3/bucket/b1/";

DecisionKind get(const Account& account, const std::string& who, const std::string& resource) {
  return decide(account, who, "s3:GetObject", resource).kind;
}

struct Broken {
  std::string path;
  std::string text;
};

}  // namespace

TEST_CASE("collected: a file of a principal that is not understood leaves the principal open") {
  for (const Broken& one : std::vector<Broken>{
           {"inline-policies.json", "{"},
           {"inline-policies.json", "5"},
           {"inline-policies.json", R"({"p": {"Statement": []}})"},
           {"inline-policies.json", R"([{"PolicyName": "p"}])"},
           {"inline-policies.json", R"(["p"])"},
           {"inline-policies.json", R"([{"PolicyName": "p", "PolicyDocument": {"Version": "x"}}])"},
           {"inline-policies.json",
            R"([{"PolicyDocument": {"Statement": []}, "policyDocument": {"Statement": []}}])"},
           {"managed-policies.json", R"(["team"])"},
           {"managed-policies.json", R"({"arn": "x"})"},
           {"managed-policies.json", R"([{"PolicyName": "team"}])"},
           {"managed-policies.json", R"(["arn:aws:iam::111122223333:policy/gone"])"},
           {"managed-policies.json", R"(["arn:aws:iam::aws:policy/NoSuchPolicyAnywhere"])"},
           {"managed-policies.json", "[]]"},
           {"managed-policies.json", R"([{"arn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
                                         "policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}])"},
           {"tags.json", "7"},
           {"tags.json", R"([{"Value": "web"}])"},
           {"tags.json", R"({"team": 5})"},
           {"attached-policies.json", "[]"},
           {"grants.json", R"({"Statement": []})"},
           {"more.json", R"({"list": [{"text": "{\"Statement\": []}"}]})"},
           {"more.json", R"({"attached": ["arn:aws:iam::111122223333:policy/team"]})"},
           {"more.json", "\xff"},
       }) {
    for (const std::string& folder : {kUser, kRole}) {
      const Account account = read_with(small_tree(), folder + one.path, one.text);
      const std::string who = folder == kUser ? "alice" : "ci";
      INFO(folder + one.path + " " + one.text);
      CHECK(says_in(account, one.path));
      // Allowed whatever it says, so only a Deny could be in it.
      CHECK(get(account, who, kOther) == DecisionKind::kUndecided);
      CHECK(get(account, who == "ci" ? "alice" : "ci", kOther) != DecisionKind::kUndecided);
    }
  }
}

TEST_CASE("collected: a group that is missing or not understood leaves its users open") {
  for (const Broken& one : std::vector<Broken>{
           {kUser + "groups.json", R"(["arn:aws:iam::111122223333:group/gone"])"},
           {kUser + "groups.json", R"(["dev"])"},
           {kUser + "groups.json", "{}"},
           {kUser + "groups.json", "["},
           {kOwn + "iam/group/g1/managed-policies.json", "{"},
           {kOwn + "iam/group/g1/inline-policies.json", "{}"},
           {kOwn + "iam/group/g1/some-policies.json", "{}"},
           {kOwn + "iam/group/g1/metadata.json", "{"},
           {kOwn + "iam/policy/p1/metadata.json", R"({"arn": 5})"},
           {kOwn + "iam/policy/p1/current-policy.json", "[]"},
           {kOwn + "iam/policy/p1/current-policy.json", "{"},
       }) {
    const Account account = read_with(small_tree(), one.path, one.text);
    INFO(one.path + " " + one.text);
    CHECK_FALSE(account.problems().empty());
    CHECK(get(account, "alice", kOther) == DecisionKind::kUndecided);
    CHECK(get(account, "ci", kOther) == DecisionKind::kAllowed);
  }
  const Account gone = read_without(small_tree(), kOwn + "iam/policy/p1/current-policy.json");
  CHECK(says(gone, "has no current-policy.json"));
  CHECK(get(gone, "alice", kOther) == DecisionKind::kUndecided);
}

TEST_CASE("collected: a boundary without a document, or two of them, leave the principal open") {
  const std::string gone = R"("arn:aws:iam::111122223333:policy/gone")";
  for (const Broken& one : std::vector<Broken>{
           {"metadata.json", metadata(user_arn("alice"), R"(, "permissionBoundary": )" + gone)},
           {"metadata.json", metadata(user_arn("alice"), R"(, "permissionsBoundary": 5)")},
           {"metadata.json", metadata(user_arn("alice"), R"(, "permissionsBoundary": null,
                "permissionBoundary": null)")},
           {"permissions-boundary.json", gone},
           {"permissions-boundary.json", "{}"},
           {"permissions-boundary.json", R"({"Statement": 5})"},
           {"permission-boundary.json", "{"},
           {"boundary.json", gone},
       }) {
    const Account account = read_with(small_tree(), kUser + one.path, one.text);
    INFO(one.path + " " + one.text);
    CHECK_FALSE(account.problems().empty());
    CHECK(get(account, "alice", kOther) == DecisionKind::kUndecided);
  }
  Tree two = small_tree();
  two[kUser + "metadata.json"] =
      metadata(user_arn("alice"), R"(, "permissionBoundary": ")" + kTeamPolicy + "\"");
  REQUIRE(get(read_tree(two), "alice", kOther) == DecisionKind::kAllowed);
  CHECK(get(read_with(two, kUser + "permissions-boundary.json",
                      R"("arn:aws:iam::aws:policy/AdministratorAccess")"),
            "alice", kOther) == DecisionKind::kUndecided);
}

TEST_CASE("collected: a role without a trust policy that can be read may be assumed or not") {
  const std::string arn = role_arn("ci");
  Tree tree = small_tree();
  tree[kUser + "inline-policies.json"] = inline_policy(allow("sts:AssumeRole", arn));
  REQUIRE(decide(read_tree(tree), "alice", "sts:AssumeRole", arn).allowed());
  for (const std::string text : {"{", "null", "[]", R"({"Statement": [{"Effect": "Deny"}]})"}) {
    const Account account = read_with(tree, kRole + "trust-policy.json", text);
    INFO(text);
    CHECK_FALSE(account.problems().empty());
    CHECK(decide(account, "alice", "sts:AssumeRole", arn).kind == DecisionKind::kUndecided);
    CHECK(get(account, "ci", kOther) == DecisionKind::kAllowed);
  }
  CHECK(says(read_without(tree, kRole + "trust-policy.json"), "role/ci has no trust-policy.json"));
}

TEST_CASE("collected: a resource's file that is not understood leaves that resource open") {
  for (const Broken& one : std::vector<Broken>{
           {"policy.json", "{"},
           {"policy.json", "5"},
           {"policy.json", R"({"Policy": {}})"},
           {"tags.json", "5"},
           {"bucket-policy.json", "{}"},
           {"access.json", R"({"Statement": []})"},
       }) {
    const Account account = read_with(small_tree(), kBucket + one.path, one.text);
    INFO(one.path + " " + one.text);
    CHECK(says_in(account, one.path));
    CHECK(get(account, "alice", kReport) == DecisionKind::kUndecided);
    CHECK(get(account, "alice", kOther) == DecisionKind::kAllowed);
  }
}

TEST_CASE("collected: a policy that nothing says the owner of may be that of any resource") {
  for (const Broken& one : std::vector<Broken>{
           {kBucket + "metadata.json", "{"},
           {kBucket + "metadata.json", R"({"arn": 5})"},
           {kBucket + "metadata.json", R"({"arn": "reports"})"},
           {kBucket + "metadata.json",
            R"({"arn": "arn:aws:s3:::reports", "Arn": "arn:aws:s3:::x"})"},
           {kOwn + "s3/other/policy.json", R"({"Statement": []})"},
           {kOwn + "s3/other/policy.json", "{"},
           {kOwn + "policies.json", "{}"},
       }) {
    const Account account = read_with(small_tree(), one.path, one.text);
    INFO(one.path + " " + one.text);
    CHECK_FALSE(account.problems().empty());
    CHECK(get(account, "alice", kOther) == DecisionKind::kUndecided);
  }
  // Policies of a principal are no resource's.
  const Account nobody = read_without(small_tree(), kRole + "metadata.json");
  CHECK(says_in(nobody, kRole + "inline-policies.json"));
  CHECK(get(nobody, "alice", kOther) == DecisionKind::kAllowed);
}

TEST_CASE("collected: what is described twice is undecided, in one tree or beside a dump") {
  for (const std::string path : {"iam/user/u2/metadata.json", "iam/group/g2/metadata.json"}) {
    const std::string arn = path.find("user") != std::string::npos
                                ? user_arn("alice")
                                : "arn:aws:iam::" + kAccount + ":group/dev";
    const Account account = read_with(small_tree(), kOwn + path, metadata(arn));
    CHECK(says(account, "`" + arn + "` is described twice"));
    CHECK(get(account, "alice", kOther) == DecisionKind::kUndecided);
  }
  Tree tree = small_tree();
  tree[kOwn + "iam/policy/p2/metadata.json"] = metadata(kTeamPolicy);
  tree[kOwn + "iam/policy/p2/current-policy.json"] = allow("s3:*", "*");
  CHECK(get(read_tree(tree), "alice", kOther) == DecisionKind::kAllowed);  // twice the same
  tree[kOwn + "iam/policy/p2/current-policy.json"] = allow("s3:Get*", "*");
  CHECK(get(read_tree(tree), "alice", kOther) == DecisionKind::kUndecided);
  tree = small_tree();
  tree[kOwn + "s3/b2/metadata.json"] = metadata("arn:aws:s3:::reports");
  CHECK(get(read_tree(tree), "alice", kReport) == DecisionKind::kUndecided);
  std::vector<AccountFile> files = files_of(small_tree());
  files.push_back({"dump.json", dump(user("alice", allow("s3:*", "*")))});
  const Account both = Account::read(files);
  CHECK(both.principals().size() == 2);
  CHECK(get(both, "alice", kOther) == DecisionKind::kUndecided);
  // The same file, because its folder was named twice.
  files = files_of(small_tree());
  for (const AccountFile& file : files_of(small_tree())) files.push_back(file);
  CHECK(Account::read(files).problems().empty());
  files.back().bytes += " ";
  CHECK_FALSE(Account::read(files).problems().empty());
}

TEST_CASE("collected: an organization that is not understood leaves every answer open") {
  const Tree tree = with_organization(small_tree());
  REQUIRE(get(read_tree(tree), "alice", kOther) == DecisionKind::kAllowed);
  const std::string full = R"(["arn:aws:organizations::aws:policy/x/p-FullAWSAccess"])";
  for (const Broken& one : std::vector<Broken>{
           {"metadata.json", "{"},
           {"metadata.json", R"({"id": "o-1"})"},
           {"metadata.json", R"({"id": 5, "rootAccountId": "999999999999"})"},
           {"metadata.json", R"({"rootAccountId": "999999999999", "rootOu": "r-gone"})"},
           {"metadata.json", R"({"rootAccountId": "999999999999",
                                 "features": {"SERVICE_CONTROL_POLICY": false}})"},
           {"accounts.json", "{"},
           {"accounts.json", "[]"},
           {"accounts.json", "{}"},
           {"accounts.json", R"({"app": {}})"},
           {"accounts.json", R"({"111122223333": 5})"},
           {"accounts.json", R"({"111122223333": {"ou": "ou-1", "rcps": []}})"},
           {"accounts.json", R"({"111122223333": {"ou": "ou-1", "scps": 5, "rcps": []}})"},
           {"accounts.json", R"({"111122223333": {"ou": "ou-1", "scps": ["p-1"], "rcps": []}})"},
           {"accounts.json",
            R"({"111122223333": {"ou": "ou-2", "rcps": [], "scps": )" + full + "}}"},
           {"accounts.json", R"({"111122223333": {"rcps": [], "scps": )" + full + "}}"},
           {"accounts.json", R"({"111122223333": {"ou": "ou-1", "rcps": [], "scps": [
                "arn:aws:organizations::999999999999:policy/o-1/service_control_policy/p-gone"]}})"},
           {"accounts.json",
            R"({"111122223333": {"ou": "ou-1", "rcps": [], "scps": )" + full + R"(, "SCPs": []}})"},
           {"accounts.json", R"({"111122223333": {"ou": "ou-1", "rcps": [], "scps": )" + full +
                                 R"(}, "111122223333": {}})"},
           {"accounts.json", R"({"111122223333": {"ou": "ou-1", "rcps": [], "scps": )" + full +
                                 R"(, "inherited": [{"Statement": []}]}})"},
           {"ous.json", "{"},
           {"ous.json", "5"},
           {"ous.json", "{}"},
           {"ous.json", R"({"ou-1": {"parent": "r-1", "scps": [], "rcps": []}})"},
           {"ous.json", R"({"r-1": {"rcps": [], "scps": )" + full +
                            R"(}, "ou-1": {"parent": "ou-1", "scps": [], "rcps": []}})"},
           {"ous.json", R"({"r-1": {"rcps": [], "scps": )" + full +
                            R"(}, "ou-1": {"parent": "ou-2"}, "ou-2": {"parent": "ou-1"}})"},
           {"ous.json", R"({"r-1": {"rcps": [], "scps": )" + full + R"(}, "ou-1": 5})"},
           {"scps/s1/policy.json", "{"},
           {"scps/s1/metadata.json", "{"},
           {"scps/s2/metadata.json", metadata(kNoPutScp)},
           {"more-policies/x/policy.json", "{}"},
           {"policies.json", "{}"},
       }) {
    const Account account = read_with(tree, kOrganizationFolder + one.path, one.text);
    INFO(one.path + " " + one.text);
    CHECK_FALSE(account.problems().empty());
    CHECK(get(account, "alice", kOther) == DecisionKind::kUndecided);
  }
  for (const std::string path : {"metadata.json", "accounts.json", "ous.json"}) {
    const Account account = read_without(tree, kOrganizationFolder + path);
    INFO(path);
    CHECK(says(account, "organizations/o-1 has no " + path));
    CHECK(get(account, "alice", kOther) == DecisionKind::kUndecided);
  }
  const Account two =
      read_with(tree, "organizations/o-2/metadata.json", R"({"rootAccountId": "1"})");
  CHECK(says(two, "several organizations"));
  CHECK(get(two, "alice", kOther) == DecisionKind::kUndecided);
}

TEST_CASE("collected: units that are nested without end are bounded") {
  std::string units = R"({"r-1": {"scps": [")" + kFullScp + R"("], "rcps": []})";
  std::string parent = "r-1";
  for (int i = 0; i < 20'000; ++i) {
    // Read in an order in which each unit comes before the one above it.
    const std::string id = "ou-" + std::to_string(99'999 - i);
    units += ", \"" + id + R"(": {"parent": ")" + parent + R"(", "scps": [], "rcps": []})";
    parent = id;
  }
  const Account account =
      read_with(with_organization(small_tree()), kOrganizationFolder + "ous.json", units + "}");
  CHECK(says(account, "units are nested too deep"));
}

TEST_CASE("collected: a file that could not be read, or a link, leaves open what it may hold") {
  const auto with_file = [](const std::string& path, bool link) {
    std::vector<AccountFile> files = files_of(with_organization(small_tree()));
    std::erase_if(files, [&](const AccountFile& file) { return file.path == kTree + path; });
    files.push_back({kTree + path, "", !link, link});
    return Account::read(files);
  };
  for (const bool link : {false, true}) {
    INFO(link);
    CHECK(get(with_file(kRole + "inline-policies.json", link), "ci", kOther) ==
          DecisionKind::kUndecided);
    CHECK(get(with_file(kBucket + "policy.json", link), "alice", kReport) ==
          DecisionKind::kUndecided);
    CHECK(get(with_file(kOrganizationFolder + "accounts.json", link), "alice", kOther) ==
          DecisionKind::kUndecided);
    CHECK(get(with_file(kOrganizationFolder + "scps/s1/policy.json", link), "alice", kOther) ==
          DecisionKind::kUndecided);
  }
  CHECK(says(with_file(kBucket + "policy.json", true), "is a symbolic link"));
  // A folder.
  CHECK(get(with_file(kOwn + "sqs", true), "alice", kOther) == DecisionKind::kUndecided);
  // What it may hold says nothing of a resource that is described.
  CHECK(get(with_file(kOwn + "sqs", true), "alice", kReport) == DecisionKind::kAllowed);
  CHECK(get(with_file(kOrganizationFolder + "rcps", true), "alice", kReport) ==
        DecisionKind::kUndecided);
  // Elsewhere a link is none of ours.
  std::vector<AccountFile> files = files_of(small_tree());
  files.push_back({"other/latest.json", "", false, true});
  CHECK(Account::read(files).problems().empty());
}

TEST_CASE("collected: any file that is cut off anywhere is said, and nobody gains by it") {
  const Tree whole = with_organization(small_tree());
  for (const auto& [path, text] : whole) {
    for (std::size_t size = 0; size < text.size(); size += 7) {
      const Account account = read_with(whole, path, text.substr(0, size));
      INFO(path);
      INFO(size);
      CHECK_FALSE(account.problems().empty());
      for (const std::string who : {"alice", "ci"}) {
        const Result<Caller> caller = account.find_principal(who);
        if (!caller) continue;
        const DecisionKind kind = decide(account, who, "s3:PutObject", kReport).kind;
        CHECK(kind != DecisionKind::kAllowed);
      }
    }
  }
}
