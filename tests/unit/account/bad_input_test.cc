// What cannot be used is said with its place; the rest is used; what hangs on it is undecided.
#include "catch.h"
#include "small_account.h"

using namespace iamcheck;
using namespace iamcheck::test;

namespace {

const std::string kObject = "arn:aws:s3:::b/k";
const std::string kNothing = R"({"Statement": []})";

bool says(const Account& account, const std::string& words) {
  for (const AccountProblem& problem : account.problems()) {
    if (problem.error.message.find(words) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a dump that is cut off anywhere is used up to there, and never crashes") {
  const std::string whole = dump(user("alice", allow("s3:*", "*")) + ", " + user("bob", kNothing),
                                 role("ci", trust(R"("*")"), kNothing));
  std::size_t most = 0;
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const Account account = read_dump(whole.substr(0, size));
    REQUIRE(!account.problems().empty());
    CHECK(account.principals().size() >= most);
    most = std::max(most, account.principals().size());
    if (account.principals().empty()) continue;
    CHECK(decide(account, "alice", "s3:GetObject", kObject).kind == DecisionKind::kAllowed);
  }
  CHECK(most == 3);
  const Account cut = read_dump(whole.substr(0, whole.find("\"bob\"")));
  REQUIRE(cut.problems().size() == 1);
  CHECK(cut.problems()[0].error.message == "the document ends too early");
  CHECK(cut.problems()[0].error.span.begin == whole.find("\"bob\""));
}

TEST_CASE("a policy that was not read leaves open what hangs on it, and nothing else") {
  const std::string attached =
      R"(, "AttachedManagedPolicies": [{"PolicyArn": "arn:aws:iam::111122223333:policy/gone"}])";
  const Account account = read_dump(dump(user("alice", allow("s3:*", "*"), attached) + "," +
                                         user("bob", statement("Deny", "s3:*", "*"), attached) +
                                         "," + user("carol", allow("s3:*", "*"))));
  CHECK(says(account, "arn:aws:iam::111122223333:policy/gone"));
  CHECK(decide(account, "alice", "s3:GetObject", kObject).kind == DecisionKind::kUndecided);
  CHECK(decide(account, "bob", "s3:GetObject", kObject).kind == DecisionKind::kExplicitlyDenied);
  CHECK(decide(account, "carol", "s3:GetObject", kObject).kind == DecisionKind::kAllowed);
  CHECK(account.ask(*account.find_principal("alice"), RequestFields{}).unread ==
        std::vector<std::string>{"gone"});
}

TEST_CASE("whatever is missing or of the wrong type is said, and its principal is undecided") {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"which is not in the dump", R"("GroupList": ["gone"])"},
      {"`GroupList` is a string", R"("GroupList": "dev")"},
      {"`AttachedManagedPolicies` is a boolean", R"("AttachedManagedPolicies": true)"},
      {"has no `PolicyArn`", R"("AttachedManagedPolicies": [7])"},
      {"has no `PermissionsBoundaryArn`", R"("PermissionsBoundary": true)"}};
  for (const auto& [words, member] : rows) {
    const Account account = read_dump(dump(user("alice", allow("s3:*", "*"), ", " + member)));
    INFO(member);
    CHECK(says(account, words));
    CHECK(decide(account, "alice", "s3:GetObject", kObject).kind == DecisionKind::kUndecided);
  }
}

TEST_CASE("an inline policy that is no policy is said, and its principal is undecided") {
  for (const std::string document : {"7", "\"{\"", "\"%7B%22Statem\"", "{}"}) {
    const Account account = read_dump(dump(user("alice", document)));
    INFO(document);
    CHECK(says(account, "the policy of user/alice/p"));
    CHECK(decide(account, "alice", "s3:GetObject", kObject).kind == DecisionKind::kUndecided);
  }
}

TEST_CASE("a managed policy without its default version is said") {
  const std::string policies =
      R"(, "Policies": [{"PolicyName": "p", "Arn": "arn:aws:iam::111122223333:policy/p",
          "DefaultVersionId": "v3", "PolicyVersionList": [{"VersionId": "v1", "Document": {}}]}])";
  const std::string attached =
      R"(, "AttachedManagedPolicies": [{"PolicyArn": "arn:aws:iam::111122223333:policy/p"}])";
  const Account account = read_dump(dump(user("alice", kNothing, attached), "", policies));
  CHECK(says(account, "the default version of `arn:aws:iam::111122223333:policy/p` is missing"));
  CHECK(decide(account, "alice", "s3:GetObject", kObject).kind == DecisionKind::kUndecided);
}

TEST_CASE("two entries with one name are one if they say the same, else undecided") {
  const std::string alice = user("alice", allow("s3:*", "*"));
  const Account same = Account::read({{"1.json", dump(alice)}, {"2.json", dump(alice)}});
  CHECK(same.problems().empty());
  CHECK(same.principals().size() == 1);
  const Account disputed = read_dump(dump(alice + "," + user("alice", kNothing)));
  CHECK(says(disputed, "is described twice, differently"));
  CHECK(decide(disputed, "alice", "s3:GetObject", kObject).kind == DecisionKind::kUndecided);
}

TEST_CASE("groups do not nest, not even in a circle") {
  const std::string groups =
      R"(, "GroupDetailList": [{"GroupName": "a", "Arn": "arn:aws:iam::111122223333:group/a",
          "GroupList": ["b"]}, {"GroupName": "b", "Arn": "arn:aws:iam::111122223333:group/b",
          "GroupList": ["a"]}])";
  const Account account =
      read_dump(dump(user("alice", kNothing, R"(, "GroupList": ["a"])"), "", groups));
  CHECK(says(account, "the group `a` has a `GroupList`"));
  CHECK(decide(account, "alice", "s3:GetObject", kObject).kind == DecisionKind::kImplicitlyDenied);
}

TEST_CASE("a file that is no part of an account is said") {
  for (const std::string text : {"", "[1]", "{\"a\": 1}", "true", "\xff\xfe"}) {
    const Account account = Account::read({{"x.json", text}});
    INFO(text);
    CHECK(!account.problems().empty());
    CHECK(account.principals().empty());
  }
}

TEST_CASE("an entry whose ARN is not of its list's kind is a problem, not a principal") {
  std::string wrong = user("alice", allow("*", "*"));
  const std::string arn = user_arn("alice");
  wrong.replace(wrong.find(arn), arn.size(), "arn:aws:iam::111122223333:policy/alice");
  const Account account = read_dump(dump(wrong + "," + user("bob", allow("s3:*", "*"))));
  REQUIRE(account.principals().size() == 1);
  CHECK(account.principals()[0].arn == user_arn("bob"));
  REQUIRE(account.problems().size() == 1);
  CHECK(account.problems()[0].error.message ==
        "`arn:aws:iam::111122223333:policy/alice` in `UserDetailList` is no ARN of a user");
}

TEST_CASE("any number of tags is read, and of two with one key the last counts") {
  // With a search for each it would take minutes.
  std::string tags;
  for (int i = 0; i < 300'000; ++i) tags += "\"k" + std::to_string(i) + "\": \"v\", ";
  const Account account = Account::read(
      {{"dump.json",
        dump(user("alice", allow("s3:*", "*"), R"(, "Tags": {)" + tags + R"("k0": "last"})"))},
       {"b.json", R"({"arn": "arn:aws:s3:::b", "tags": {)" + tags + R"("k0": 5}})"}});
  REQUIRE(account.principals().size() == 1);
  REQUIRE(account.principals()[0].tags.size() == 300'000);
  CHECK(account.principals()[0].tags[0].value == "last");
  CHECK(account.problems().size() == 1);
}
