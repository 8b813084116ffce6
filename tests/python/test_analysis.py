"""What policies allow that others do not."""

import copy
import json
import pickle
import subprocess
import threading

import pytest
from conftest import COMMAND, KEY_ID, ROOT
from test_display import HOSTILE, read

import iamcheck as ic


def allow(action, resource="*", **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action, resource="*", **more):
    return {**allow(action, resource, **more), "Effect": "Deny"}


def document(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


OLD = document(allow("s3:GetObject", "arn:aws:s3:::reports/*", Sid="Read"))
NEW = document(
    allow(
        ["s3:GetObject", "s3:PutObject"],
        "arn:aws:s3:::reports/*",
        Sid="Read",
        Condition={"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}},
    )
)
PUBLIC = document({**allow("s3:GetObject", "arn:aws:s3:::b/*"), "Principal": "*"})


def run(*words):
    return subprocess.run([COMMAND, *words], capture_output=True, text=True, check=False)


def test_library_and_command_compare_the_same(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.json").write_text(json.dumps(OLD))
    (tmp_path / "new.json").write_text(json.dumps(NEW))
    difference = ic.diff("old.json", tmp_path / "new.json")
    printed = run("diff", "old.json", str(tmp_path / "new.json"))
    assert str(difference) == printed.stdout.rstrip("\n")
    printed = run("diff", "old.json", str(tmp_path / "new.json"), "--format", "json")
    assert difference.to_dict() == json.loads(printed.stdout)["comparisons"][0]
    assert difference.added.to_dict() == difference.to_dict()["added"]
    assert difference.removed.to_dict() == difference.to_dict()["removed"]


def test_the_json_is_as_its_schema_says():
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((ROOT / "docs" / "schema" / "diff-v1.schema.json").read_text())
    told = {"schema": "iamcheck/diff/v1", "comparisons": [ic.diff(OLD, NEW).to_dict()]}
    jsonschema.Draft202012Validator(schema).validate(told)


def test_a_difference_is_told_in_both_directions():
    difference = ic.diff(OLD, NEW)
    assert (difference.added.verdict, difference.added.certainty) == ("FAIL", "confirmed")
    assert difference.added.pieces[0]["actions"] == ["s3:PutObject"]
    assert difference.removed.pieces[0]["conditions"] == [{"key": "aws:SourceIp", "is": "is absent or not 192.0.2.0/24"}]
    assert difference.added.complete
    assert difference.added.assumptions == ()
    (reason,) = difference.added.reasons
    assert (reason.layer, reason.policy, reason.statement, reason.sid) == ("identity", "new", 0, "Read")
    assert difference.removed.reasons[0].policy == "old"
    assert not difference.equal
    assert ic.diff(OLD, OLD).equal
    assert ic.diff(OLD, document()).added
    assert not ic.diff(OLD, document()).removed


def test_a_difference_is_neither_true_nor_false():
    with pytest.raises(TypeError, match="ask .equal or .added"):
        bool(ic.diff(OLD, NEW))


def test_a_witness_is_a_request_that_shows_it():
    for added in (ic.diff(OLD, NEW).added, ic.no_new_access(OLD, NEW)):
        request = added.witness
        assert ic.PolicySet(identity=NEW).can_many([request])[0].allowed
        assert not ic.PolicySet(identity=OLD).can_many([request])[0].allowed
    request["action"] = "changed"
    assert added.witness["action"] == "s3:PutObject"
    assert ic.no_new_access(OLD, OLD).witness is None


def test_an_answer_is_true_when_it_is_proved():
    assert ic.no_new_access(NEW, document(allow("s3:PutObject", "arn:aws:s3:::reports/x", **{
        "Condition": {"IpAddress": {"aws:SourceIp": "192.0.2.7"}}})))
    answer = ic.no_new_access(OLD, NEW)
    assert not answer
    assert "closest     statement 0 \"Read\" of existing" in str(answer)
    assert "removed" not in str(answer)
    assert repr(answer) == "<AccessAnswer FAIL  new allows access that existing does not  [confirmed]>"


def test_policy_sets_decide_by_all_their_layers():
    full = {"r-root": ic.Policy.full_aws_access()}
    guarded = {**full, "ou": document(allow("*"), deny("s3:PutObject"))}
    before = ic.PolicySet(identity=document(allow("s3:Get*")), scp=guarded)
    wider = before.replace(identity=[{"name": "ci", "policy": document(allow("s3:Get*"), allow("s3:Put*"))}])
    answer = ic.no_new_access(before, wider)
    assert not answer
    assert {(one.layer, one.policy, one.statement) for one in answer.reasons} >= {("identity", "ci", 1)}
    assert "of identity policy ci" in str(answer)
    request = answer.witness
    assert wider.can_many([request])[0].allowed
    assert not before.can_many([request])[0].allowed
    # What the service control policy denies is nothing new.
    assert ic.no_new_access(before, before.replace(identity=document(allow("s3:Get*"), allow("s3:PutObject"))))
    lifted = ic.diff(wider, wider.replace(scp=full))
    assert not lifted.added
    assert lifted.removed
    assert lifted.added.witness["action"].lower() == "s3:putobject"


def test_sets_and_policies_do_not_mix():
    with pytest.raises(TypeError, match="existing, new: either both"):
        ic.no_new_access(ic.PolicySet(), OLD)
    with pytest.raises(TypeError, match="old, new: either both"):
        ic.diff(OLD, ic.PolicySet())
    with pytest.raises(TypeError, match="policy_type"):
        ic.diff(ic.PolicySet(), ic.PolicySet(), "identity")


def test_access_that_is_listed_is_found():
    assert ic.access_not_granted(OLD, "s3:PutObject")
    assert ic.access_not_granted(OLD, resources=["arn:aws:s3:::other/*"])
    answer = ic.access_not_granted(OLD, ["iam:PassRole", "s3:Get*"], "arn:aws:s3:::reports/2026/*")
    assert not answer
    assert answer.witness["resource"].startswith("arn:aws:s3:::reports/2026/")
    assert answer.reasons[0].text == "allows some of what is listed"
    assert str(answer).startswith("FAIL  policy allows some of what is listed  [confirmed]\n  witness ")
    assert "\n  allowed     1. s3:GetObject" in str(answer)
    for wrong in ({}, {"actions": ["iam"]}, {"resources": ["reports"]}, {"actions": ["s3:Get"] * 101}):
        with pytest.raises(ValueError) as caught:
            ic.access_not_granted(OLD, **wrong)
        assert isinstance(caught.value, ic.Error)
        assert caught.value.code == "invalid-argument"
    with pytest.raises(TypeError, match=r"actions\[0\]"):
        ic.access_not_granted(OLD, [5])
    with pytest.raises(TypeError, match="resources"):
        ic.access_not_granted(OLD, resources=5)


def test_public_access_is_found_for_every_type():
    assert len(ic.PUBLIC_ACCESS_TYPES) == 26
    for resource_type in ic.PUBLIC_ACCESS_TYPES:
        assert not ic.no_public_access(PUBLIC, resource_type)
    answer = ic.no_public_access(PUBLIC, "AWS::S3::Bucket")
    assert str(answer).startswith("FAIL  policy lets in callers that it does not name  [confirmed]")
    assert answer.reasons[0].layer == "resource"
    assert ic.no_public_access(document({**PUBLIC["Statement"][0], "Principal": {"AWS": "111122223333"}}),
                               "AWS::S3::Bucket")
    with pytest.raises(ValueError, match="`AWS::EC2::Instance` is no resource type"):
        ic.no_public_access(PUBLIC, "AWS::EC2::Instance")
    with pytest.raises(TypeError, match="resource_type"):
        ic.no_public_access(PUBLIC, None)


def test_redundant_statements_are_named():
    found = ic.redundant_statements(
        document(allow("s3:*"), allow("s3:GetObject", Sid="Less"), deny("ec2:*"), allow("sqs:*"))
    )
    assert [(one.statement, one.sid, one.text) for one in found.redundant] == [
        (1, "Less", "allows nothing of its own"),
        (2, None, "has no effect within this document"),
    ]
    assert (found.redundant[0].line, found.redundant[0].column) == (9, 5)
    assert found.unknown == ()
    assert not found
    assert ic.redundant_statements(OLD)


def test_the_reading_of_arns_and_the_type_of_policy_can_be_chosen():
    old = document(allow("cloudformation:*"), deny("*", "arn:aws:cloudformation:*:*:stack/My/*"))
    new = document(allow("cloudformation:*", "arn:aws:cloudformation:*:*:stack/Not/*"))
    assert ic.no_new_access(old, new, arn_matching="component")
    assert not ic.no_new_access(old, new, arn_matching="documented")
    strict = ic.diff(old, new)
    assert strict.added.certainty == "possible"
    assert strict.added.to_dict()["onlyDocumentedReading"] is True
    assert ic.diff(old, new, arn_matching="component").added
    with pytest.raises(ValueError, match="arn_matching: one of strict, component, documented"):
        ic.diff(old, new, arn_matching="loose")
    assert not ic.no_new_access(old, document(allow("s3:*")), "IDENTITY_POLICY")
    with pytest.raises(ValueError, match="policy_type: there is no policy kind 'bucket'"):
        ic.diff(old, new, "bucket")


def test_what_is_no_policy_raises():
    with pytest.raises(TypeError, match="old: a Policy, a mapping or a path"):
        ic.diff(5, NEW)
    with pytest.raises(ic.InputError):
        ic.diff(OLD, "nothing-here.json")
    with pytest.raises(ValueError, match="existing: a str is a path"):
        ic.no_new_access('{"Statement": []}', NEW)
    for nothing in ({}, {"a": 1}, ic.parse("{}")):
        with pytest.raises(ic.PolicyError, match="new: it holds no policy") as caught:
            ic.no_new_access(OLD, nothing)
        assert caught.value.code == "not-a-policy"


def test_answers_are_values():
    answer, difference = ic.no_new_access(OLD, NEW), ic.diff(OLD, NEW)
    for one in (answer, difference, ic.redundant_statements(OLD)):
        assert pickle.loads(pickle.dumps(one)) == one
        assert copy.deepcopy(one) == one
        assert len({one, pickle.loads(pickle.dumps(one))}) == 1
        with pytest.raises(AttributeError):
            one.verdict = "PASS"
    assert pickle.loads(pickle.dumps(answer)).witness == answer.witness
    assert answer != ic.no_new_access(OLD, OLD)
    for made in (ic.AccessAnswer, ic.AccessDiff):
        with pytest.raises(TypeError):
            made()


def test_a_notebook_shows_the_verdict_and_nothing_hostile_acts():
    shown = read(ic.diff(OLD, NEW)._repr_html_())
    assert shown.text.startswith("FAIL new allows access that old does not  [confirmed]")
    assert "s3:PutObject" in shown.text
    hostile = document(
        allow("s3:GetObject", ["arn:aws:s3:::b/" + HOSTILE], Sid=HOSTILE, Condition={"StringEquals": {"aws:RequestTag/" + HOSTILE: HOSTILE}})
    )
    policy = ic.Policy.parse(json.dumps(hostile), name=HOSTILE + "\n  removed  nothing")
    for one in (ic.diff(OLD, policy), ic.diff(policy, OLD), ic.access_not_granted(policy, "s3:*"),
                ic.no_new_access(ic.PolicySet(), ic.PolicySet(identity={"name": HOSTILE, "policy": hostile}))):
        read(one._repr_html_())
        for text in (str(one), repr(one)):
            assert "\x1b" not in text
            assert "\u202e" not in text
            assert "\n  removed  nothing" not in text
    assert ic.no_new_access(OLD, OLD)._repr_html_().endswith("[proved]</div>")


def test_credentials_are_masked_but_in_the_witness():
    secret = document(allow("s3:GetObject", "arn:aws:s3:::b/" + KEY_ID, Sid=KEY_ID))
    difference = ic.diff(OLD, secret)
    for one in (difference, difference.added, ic.access_not_granted(secret, "s3:*"),
                ic.no_new_access(ic.PolicySet(), ic.PolicySet(identity=secret))):
        assert KEY_ID not in str(one) + repr(one) + one._repr_html_() + json.dumps(one.to_dict())
    assert KEY_ID not in str(difference.added.pieces)
    assert difference.added.witness["resource"] == "arn:aws:s3:::b/" + KEY_ID


def test_many_threads_get_the_same_answer():
    old, new = ic.Policy.managed("ReadOnlyAccess"), ic.Policy.managed("PowerUserAccess")
    expected = ic.no_new_access(old, new)
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(ic.no_new_access(old, new))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 4


def test_catalogued_leaves_out_requests_that_do_not_exist():
    def policy(*actions):
        return {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": list(actions), "Resource": "*"}}

    old, new = policy("s3:GetBucketAcl"), policy("s3:GetBucketAc*")
    assert not ic.no_new_access(old, new)
    answer = ic.no_new_access(old, new, catalogued=True)
    assert answer and "catalogue" in answer.assumptions[0]
    assert ic.diff(old, new, catalogued=True).equal
    assert not ic.diff(old, new).equal
