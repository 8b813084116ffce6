"""Snapshots of accounts: the class Account, over docs/examples/account and trees of our tests."""

import copy
import json
import pickle
import subprocess

import pytest

import iamcheck as ic
from conftest import COMMAND, EXAMPLES, ROOT

GOLDEN = ROOT / "tests" / "golden" / "account"
TREE = ROOT / "tests" / "golden" / "iam-data"
REPORT = "arn:aws:s3:::reports/x"
OFFICE = {"aws:SourceIp": "192.0.2.7"}


@pytest.fixture(scope="module")
def account():
    return ic.Account.load(GOLDEN)


def user(name, statement):
    policy = {"Version": "2012-10-17", "Statement": statement}
    return {
        "UserName": name,
        "Arn": f"arn:aws:iam::111122223333:user/{name}",
        "UserPolicyList": [{"PolicyName": "p", "PolicyDocument": policy}],
    }


def dump(*users):
    return json.dumps({"UserDetailList": users})


ALLOW = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def run(*arguments):
    # The time of the clock is not what Python assumes.
    done = subprocess.run([COMMAND, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1, 3), done.stderr
    return done.stdout


def test_a_snapshot_says_who_is_in_it(account):
    assert account.account_ids == ("111122223333",)
    assert account.problems == ()
    alice = next(one for one in account.principals if one.name == "alice")
    assert alice == ic.Principal(
        "user",
        "arn:aws:iam::111122223333:user/alice",
        "alice",
        "111122223333",
        "AIDAEXAMPLE00008",
        ("developers",),
        (("team", "web"),),
    )
    assert {one.kind for one in account.principals} == {"user", "role"}
    assert repr(account) == f"<Account 111122223333: {len(account.principals)} principals>"


def test_can_weighs_all_policies_of_the_snapshot(account):
    allowed = account.can("alice", "s3:GetObject", REPORT, OFFICE)
    assert allowed and allowed.kind == "Allowed" and allowed.cause == "identity-allow"
    assert allowed.units[0].decided_by.sid == "ReportsFromOffice"
    assert "in " + str(GOLDEN) in allowed.explain()
    denied = account.can("user/alice", "s3:GetObject", REPORT)
    assert not denied and denied.kind == "ImplicitlyDenied"
    open_ = account.can("alice", "s3:GetObject", REPORT, mode="ask")
    assert open_.kind == "Undecided" and "aws:SourceIp" in open_.missing_context
    assert allowed.account is account
    assert allowed.request["units"] == [{"action": "s3:GetObject", "resource": REPORT}]


def test_can_answers_as_the_command(account):
    printed = json.loads(
        run("can", "alice", "s3:GetObject", REPORT, "--account", str(GOLDEN), "--format", "json",
            "--context", "aws:SourceIp=192.0.2.7", "--now", "2026-01-01T00:00:00Z")
    )
    context = {**OFFICE, "aws:SecureTransport": True, "aws:ViaAWSService": False,
               "aws:CurrentTime": "2026-01-01T00:00:00Z", "aws:EpochTime": 1767225600}
    answer = account.can("alice", "s3:GetObject", REPORT, context).to_dict()
    printed.pop("assumed")
    assert answer == printed


def test_each_unit_of_a_call_has_the_policies_of_its_own_resource(account):
    call = account.can(
        "role/ci", None, None, OFFICE, units=[("s3:GetObject", REPORT), ("iam:PassRole", "arn:aws:iam::111122223333:role/nobody")]
    )
    assert [unit.action for unit in call.units] == ["s3:GetObject", "iam:PassRole"]
    assert "units" in call.to_dict()
    assert "units" not in account.can("role/ci", "s3:GetObject", REPORT).to_dict()


def test_who_can_and_what_can_answer_as_the_command(account):
    usual = {"aws:SecureTransport": True, "aws:ViaAWSService": False,
             "aws:CurrentTime": "2026-01-01T00:00:00Z", "aws:EpochTime": 1767225600}
    now = ("--now", "2026-01-01T00:00:00Z", "--account", str(GOLDEN))
    who = account.who_can("s3:GetObject", REPORT, usual)
    assert who.text() == run("who-can", "s3:GetObject", REPORT, *now)
    assert who.to_dict() == json.loads(run("who-can", "s3:GetObject", REPORT, *now, "--format", "json"))
    what = account.what_can("alice", context=usual)
    assert what.text() == run("what-can", "alice", *now)
    graph = account.graph(usual)
    assert graph.text() == run("graph", *now)
    assert graph.dot() == run("graph", *now, "--format", "dot")
    assert graph.mermaid() == run("graph", *now, "--format", "mermaid")
    assert graph.to_dict() == json.loads(run("graph", *now, "--format", "json"))


def test_who_can_lists_everyone_in_reach(account):
    who = account.who_can("s3:GetObject", REPORT, OFFICE)
    assert who.asked == len(account.principals)
    by_name = {access.principal.rsplit("/", 1)[1]: access for access in who.principals}
    assert by_name["alice"] and by_name["alice"].reach == "all"
    (note,) = by_name["alice"].through
    assert (note.layer, note.policy, note.sid) == ("identity", "dev-access via group/developers", "ReportsFromOffice")
    assert note.line == 1129
    some = account.who_can("s3:*", "arn:aws:s3:::reports/*")
    assert any(access.actions for access in some.principals)
    assert repr(who).startswith("<WhoCan s3:GetObject: ")


def test_what_can_lists_actions(account):
    what = account.what_can("alice", REPORT, OFFICE)
    assert what.principal.endswith("user/alice")
    reach = {one.action: one for one in what.actions}
    assert reach["s3:GetObject"] and "s3:DeleteObject" not in reach
    assert what.asked > 50
    assert what.warnings == ()


def test_the_graph_has_typed_edges(account):
    graph = account.graph()
    assert graph.administrators
    certain = [edge for edge in graph.edges if edge.ways[0].certain]
    assert {edge.source for edge in certain} <= {one.arn for one in account.principals}
    assert any(way.path == "assume-role" for edge in graph.edges for way in edge.ways)
    assert any(edge.target is None for edge in graph.edges)
    assert repr(graph).startswith("<EscalationGraph: ")


def test_a_collected_tree_gives_the_answers_of_the_dump(account):
    tree = ic.Account.load(TREE)
    assert tree.problems == ()
    assert tree.principals == account.principals
    assert tree.graph() == account.graph()
    who = [(one.principal, one.reach) for one in account.who_can("s3:Put*", "arn:aws:s3:::*").principals]
    assert who == [(one.principal, one.reach) for one in tree.who_can("s3:Put*", "arn:aws:s3:::*").principals]


def test_what_cannot_be_used_is_a_problem_and_leaves_answers_open(tmp_path):
    (tmp_path / "dump.json").write_text(dump(user("zoe", ALLOW)))
    (tmp_path / "organization.json").write_text("{")
    account = ic.Account.load(tmp_path)
    (problem,) = account.problems
    assert problem.path.endswith("organization.json") and problem.line == 1
    assert str(problem).startswith(f"{tmp_path}/organization.json:1:")
    decision = account.can("zoe", "s3:GetObject", REPORT)
    assert decision.kind == "Undecided"
    assert "policy-not-read" in {warning.code for warning in decision.units[0].warnings + decision.warnings}


def test_links_in_a_folder_are_not_followed(tmp_path):
    outside = tmp_path / "outside.json"
    outside.write_text(dump(user("mallory", ALLOW)))
    folder = tmp_path / "account"
    folder.mkdir()
    (folder / "dump.json").write_text(dump(user("zoe", ALLOW)))
    (folder / "link.json").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    account = ic.Account.load(folder)
    assert [one.name for one in account.principals] == ["zoe"]
    assert account.problems == ()
    # In a collected tree the name of a link says what is missing.
    place = folder / "iam-data/aws/aws/accounts/111122223333/s3/b"
    place.mkdir(parents=True)
    (place / "metadata.json").write_text('{"arn": "arn:aws:s3:::reports"}')
    (place / "policy.json").symlink_to(outside)
    tree = ic.Account.load(folder)
    assert "symbolic link" in tree.problems[0].message
    assert tree.can("zoe", "s3:GetObject", REPORT).kind == "Undecided"
    assert tree.can("zoe", "s3:GetObject", "arn:aws:s3:::other/x").allowed


def test_texts_in_memory_are_a_snapshot_too():
    account = ic.Account.from_files({"dump.json": dump(user("zoe", ALLOW))})
    assert account.can("zoe", "s3:GetObject", REPORT)
    assert account.can("zoe", "s3:GetObject", REPORT).assumptions == (
        "the resource belongs to the principal's account",
        f"no resource-based policy on {REPORT}",
    )


def test_everything_can_be_pickled_copied_and_compared(account):
    for made in (
        account,
        account.can("alice", "s3:GetObject", REPORT),
        account.who_can("s3:GetObject", REPORT),
        account.what_can("alice", REPORT),
        account.graph(),
    ):
        again = pickle.loads(pickle.dumps(made))
        assert again == made and hash(again) == hash(made)
        assert copy.deepcopy(made) is made
        assert made != 5
        with pytest.raises(AttributeError):
            made.anything = 1
        with pytest.raises(TypeError, match="is made by"):
            type(made)()


def test_what_nobody_can_mean_is_refused(account, tmp_path):
    with pytest.raises(ic.UnknownNameError, match="no principal `alicf`"):
        account.can("alicf", "s3:GetObject", REPORT)
    with pytest.raises(ic.PolicyError, match="is not the role of the session"):
        account.can("role/ci/run7", "s3:GetObject", REPORT, principal_role_arn="arn:aws:iam::111122223333:role/x")
    with pytest.raises(ic.UnknownNameError):
        account.who_can("s3:Nothing*", REPORT)
    with pytest.raises(ValueError, match="resource_account: `5` is no account id"):
        account.who_can("s3:GetObject", REPORT, resource_account="5")
    with pytest.raises(ValueError, match="mode"):
        account.graph(mode="maybe")
    with pytest.raises(ValueError, match="both are needed"):
        account.can("alice", "s3:GetObject", None)
    with pytest.raises(ValueError, match="are one key"):
        account.who_can("s3:GetObject", REPORT, {"aws:SourceIp": "::1", "AWS:sourceip": "::1"})
    with pytest.raises(ic.InputError):
        ic.Account.load(tmp_path / "gone.json")
    with pytest.raises(ValueError, match="paths: there is none"):
        ic.Account.load()
    with pytest.raises(TypeError, match="paths: a path is expected, not int"):
        ic.Account.load(5)
    with pytest.raises(TypeError, match="files: a mapping is expected"):
        ic.Account.from_files("dump.json")


def test_the_documented_example_is_an_account():
    account = ic.Account.load(EXAMPLES / "account")
    assert account.principals and account.problems == ()
