"""Asking policies, and the answers."""

import copy
import json
import pickle
import subprocess
from pathlib import Path

import pytest
from conftest import ALICE, COMMAND, EXAMPLES, PAYROLL, READ_REPORTS, REPORT

import iamcheck as ic

ALLOW_ALL = {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}


def test_an_allowed_decision_is_true_and_names_its_statement(policies):
    decision = policies.can(ALICE, "s3:GetObject", REPORT)
    assert decision
    assert decision.allowed
    assert (decision.kind, decision.cause) == ("Allowed", "identity-allow")
    note = decision.decided_by
    assert (note.layer, note.policy, note.statement, note.sid) == ("identity", "reports", 0, "Read")
    assert note.line == 8  # the Resource of the statement, as from_dict lays it out
    assert decision.missing_context == decision.warnings == ()
    assert decision.sentence == f"user/alice can s3:GetObject on {REPORT}"


def test_explicit_and_implicit_deny_are_false_and_different(policies):
    explicit = policies.can(ALICE, "s3:GetObject", PAYROLL, {"aws:MultiFactorAuthPresent": False})
    assert not explicit
    assert explicit.kind == "ExplicitlyDenied"
    assert explicit.decided_by.sid == "NoPayroll"
    implicit = policies.can(ALICE, "s3:PutObject", REPORT)
    assert not implicit
    assert implicit.kind == "ImplicitlyDenied"
    assert implicit.decided_by is None


def test_ask_mode_leaves_open_what_hangs_on_unknown_keys(policies):
    asked = policies.can(ALICE, "s3:GetObject", PAYROLL, mode="ask")
    assert not asked
    assert asked.kind == "Undecided"
    assert asked.missing_context == ("aws:MultiFactorAuthPresent",)
    assert policies.can(ALICE, "s3:GetObject", PAYROLL).allowed
    absent = policies.can(ALICE, "s3:GetObject", PAYROLL, {"aws:MultiFactorAuthPresent": None}, mode="ask")
    assert absent.allowed


def test_a_resource_based_policy_can_allow_alone_and_across_accounts():
    bucket = Path(EXAMPLES / "bucket-policy.json")
    partner = "arn:aws:iam::444455556666:user/bob"
    question = (partner, "s3:GetObject", "arn:aws:s3:::reports/shared/x")
    account = {"resource_account": "111122223333"}
    assert not ic.PolicySet(resource=bucket).can(*question, **account)
    both = ic.PolicySet(identity=ALLOW_ALL, resource=bucket).can(*question, **account)
    assert both.allowed
    assert both.cause == "cross-account-allow"
    assert {both.decided_by.layer, both.also.layer} == {"identity", "resource"}


def test_a_trust_policy_is_known_by_content_or_by_argument():
    told = {"Statement": {"Effect": "Allow", "Principal": {"AWS": ALICE}, "Action": "sts:AssumeRole"}}
    wide = {"Statement": {"Effect": "Allow", "Principal": {"AWS": ALICE}, "Action": "sts:*"}}
    question = (ALICE, "sts:AssumeRole", "arn:aws:iam::111122223333:role/ci")
    assert ic.PolicySet(resource=told).can(*question).decided_by.layer == "trust"
    assert ic.PolicySet(trust=wide).can(*question).decided_by.layer == "trust"
    assert ic.PolicySet(resource=wide).can(*question).decided_by.layer == "resource"


def test_every_form_of_a_policy_gives_the_same_set(tmp_path):
    file = tmp_path / "p.json"
    text = json.dumps(READ_REPORTS)
    file.write_text(text)
    forms = [ic.parse(text), READ_REPORTS, text, text.encode(), file, {"name": "x", "policy": READ_REPORTS}]
    for form in [*forms, forms, (one for one in forms)]:
        assert ic.PolicySet(identity=form).can(ALICE, "s3:GetObject", REPORT)
    assert len(ic.PolicySet(identity=forms, resource=EXAMPLES / "bucket-policy.json")) == len(forms) + 1


def test_a_str_is_text_and_never_a_path(tmp_path):
    file = tmp_path / "p.json"
    file.write_text(json.dumps(READ_REPORTS))
    with pytest.raises(ic.PolicyError, match=r"pathlib\.Path"):
        ic.PolicySet(identity=str(file))


def test_a_document_without_statement_decides_nothing():
    for empty in ({}, "{}", {"Version": "2012-10-17"}):
        with pytest.raises(ic.PolicyError) as caught:
            ic.PolicySet(identity=empty)
        assert caught.value.code == "not-a-policy"


def test_replace_changes_one_layer_and_leaves_the_set_alone(policies):
    denied = {"Statement": {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}}
    closed = policies.replace(resource=denied)
    assert not closed.can(ALICE, "s3:GetObject", REPORT)
    assert policies.can(ALICE, "s3:GetObject", REPORT)
    assert closed.replace(resource=()) == policies
    with pytest.raises(TypeError, match="scps: there is no such layer"):
        policies.replace(scps=[])


def test_no_policies_allow_nothing():
    empty = ic.PolicySet()
    assert empty.can(ALICE, "s3:GetObject", REPORT).kind == "ImplicitlyDenied"
    assert len(empty) == 0


def test_the_shortcut_takes_a_set_or_identity_policies(policies):
    for given in (policies, READ_REPORTS, [READ_REPORTS]):
        assert ic.can(ALICE, "s3:GetObject", REPORT, policies=given)
    assert ic.can(ALICE, "s3:GetObject", PAYROLL, policies=policies, mode="ask").kind == "Undecided"


def test_warnings_say_what_was_odd_about_the_question(policies):
    (warning,) = policies.can(ALICE, "s3:GetObject", "reports").warnings
    assert warning.code == "resource-not-an-arn"
    assert "`reports`" in warning.message


def test_trace_gives_every_statement_a_reason(policies):
    first, second = policies.can(ALICE, "s3:GetObject", REPORT).trace
    assert (first.sid, first.text) == ("Read", "allowed")
    assert second.sid == "NoPayroll"
    assert "does not match" in second.text


def test_to_dict_is_the_json_of_can(policies):
    answer = policies.can(ALICE, "s3:GetObject", REPORT).to_dict(trace=True)
    assert answer["decision"] == "Allowed"
    assert answer["decidedBy"]["policy"] == "reports"
    assert answer["decidedBy"]["span"]["begin"]["line"] == 8
    assert answer["missingContext"] == answer["warnings"] == []
    assert len(answer["trace"]) == 2
    assert "trace" not in policies.can(ALICE, "s3:GetObject", REPORT).to_dict()


def test_library_and_command_give_the_same_answer():
    file = EXAMPLES / "deploy.json"
    context = {
        "aws:MultiFactorAuthPresent": "false",
        "aws:SecureTransport": "true",  # the command assumes these, the library does not
        "aws:ViaAWSService": "false",
        "aws:CurrentTime": "2026-01-02T03:04:05Z",
    }
    words = [COMMAND, "can", ALICE, "s3:GetObject", PAYROLL, "--policy", str(file), "--explain"]
    for key, value in context.items():
        words += ["--context", f"{key}={value}"]
    run = subprocess.run([*words, "--format", "json"], capture_output=True, text=True, check=False)
    assert run.returncode == 1, run.stderr
    decision = ic.PolicySet(identity=file).can(ALICE, "s3:GetObject", PAYROLL, context)
    assumed = {"aws:EpochTime": "1767323045"}  # which follows from aws:CurrentTime
    assert {**decision.to_dict(trace=True), "assumed": assumed} == json.loads(run.stdout)
    text = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    shown = decision.explain(trace=True)
    assert shown.startswith("denied")
    assert text.startswith(shown)  # behind it: what was assumed


def test_can_many_answers_in_order_as_can_does(policies):
    lines = [
        {"id": "r1", "principal": ALICE, "action": "s3:GetObject", "resource": REPORT},
        {"principal": ALICE, "action": "s3:GetObject", "resource": PAYROLL, "mode": "ask"},
        {
            "id": "r3",
            "principal": ALICE,
            "action": "s3:GetObject",
            "resource": PAYROLL,
            "context": {"AWS:multifactorauthpresent": False},
        },
    ]
    answers = policies.can_many(lines)
    assert [one.kind for one in answers] == ["Allowed", "Undecided", "ExplicitlyDenied"]
    assert [one.to_dict().get("id") for one in answers] == ["r1", None, "r3"]
    assert answers[0].request == lines[0]
    assert policies.can_many(one.request for one in answers) == answers
    assert policies.can_many([]) == []
    assert policies.can_many([{**lines[0], "resource": PAYROLL}], mode="ask")[0].kind == "Undecided"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"princpal": ALICE}, r"requests\[0\]: there is no field `princpal`; did you mean `principal`"),
        ({"identityPolicies": []}, "belongs to the PolicySet"),
        ({"resourceIsPattern": True}, "not weighed"),
        ({"vpcEndpointKind": "vpc"}, r"requests\[0\]: endpoint_kind: there is no `vpc`"),
        ({"managementAccountId": "1"}, r"requests\[0\]: management_account: `1` is no account id"),
        ({"mode": "maybe"}, r"requests\[0\]: mode: `strict` or `ask`"),
        ({"credentialKind": "magic"}, r"requests\[0\]: credential_kind: there is no `magic`"),
        ({"action": ""}, r"requests\[0\]: action: it is empty"),
        ({"resource": "\ud800"}, r"requests\[0\]: resource: it holds a lone surrogate"),
        ({"context": {"a": float("nan")}}, r"requests\[0\]: context\['a'\]: nan"),
    ],
)
def test_can_many_names_the_request_and_the_field(policies, change, message):
    line = {"principal": ALICE, "action": "s3:GetObject", "resource": REPORT, **change}
    with pytest.raises(ValueError, match=message):
        policies.can_many([line])


def test_a_request_that_is_no_mapping_or_lacks_a_field_is_named(policies):
    with pytest.raises(TypeError, match=r"requests\[1\]: a mapping"):
        policies.can_many([{"principal": ALICE, "action": "s3:*", "resource": "*"}, "r2"])
    with pytest.raises(ValueError, match=r"requests\[0\]: `resource` is missing"):
        policies.can_many([{"principal": ALICE, "action": "s3:GetObject"}])


@pytest.mark.parametrize("argument", ["principal", "action", "resource"])
def test_can_names_a_wrong_argument(policies, argument):
    given = {"principal": ALICE, "action": "s3:GetObject", "resource": REPORT}
    for value in (None, 3, b"bytes", [REPORT]):
        with pytest.raises(TypeError, match=f"{argument}: a str is expected"):
            policies.can(**{**given, argument: value})
    for value in ("", "\udfff"):
        with pytest.raises(ValueError, match=argument):
            policies.can(**{**given, argument: value})
    assert not policies.can(**{**given, argument: "\0"})


@pytest.mark.parametrize("value", [None, 3, [None], object(), [3], {"name": 1, "policy": READ_REPORTS}])
def test_a_layer_names_what_is_no_policy(value):
    with pytest.raises(TypeError, match=r"resource\[0\]"):
        ic.PolicySet(resource=value)


def test_an_unknown_credential_kind_is_refused(policies):
    with pytest.raises(ValueError, match="credential_kind: there is no `magic`"):
        policies.can(ALICE, "s3:GetObject", REPORT, credential_kind="magic")
    assert policies.can(ALICE, "s3:GetObject", REPORT, credential_kind="long-term")


def test_sets_and_decisions_are_immutable_picklable_and_copyable(policies):
    decision = policies.can_many(
        [{"id": 7, "principal": ALICE, "action": "s3:GetObject", "resource": PAYROLL, "mode": "ask"}]
    )[0]
    for one in (policies, decision):
        again = pickle.loads(pickle.dumps(one))
        assert again == one
        assert hash(again) == hash(one)
        assert repr(again) == repr(one)
        assert copy.copy(one) is copy.deepcopy(one) is one
        with pytest.raises(AttributeError, match="immutable"):
            one.kind = "Allowed"
    again = pickle.loads(pickle.dumps(decision))
    assert again.to_dict(trace=True) == decision.to_dict(trace=True)
    with pytest.raises(TypeError):
        ic.Decision()


def test_what_is_returned_cannot_change_what_is_kept(policies):
    decision = policies.can(ALICE, "s3:GetObject", REPORT, {"aws:TagKeys": ["a"]})
    decision.request["context"]["aws:TagKeys"].append("b")
    decision.to_dict()["decidedBy"]["sid"] = "other"
    assert decision.request["context"]["aws:TagKeys"] == ["a"]
    assert decision.decided_by.sid == "Read"


def test_a_role_or_issuer_that_cannot_be_behind_the_principal_is_refused():
    session = "arn:aws:sts::111122223333:assumed-role/ci/run7"
    ask = ("s3:GetObject", "arn:aws:s3:::b/k")
    with pytest.raises(ValueError, match="is not the role of the session"):
        ic.PolicySet().can(session, *ask, principal_role_arn="arn:aws:iam::111122223333:role/a/cd")
    with pytest.raises(ValueError, match="no federated-user session"):
        ic.PolicySet().can(session, *ask, issuer_arn="arn:aws:iam::111122223333:user/alice")
    assert not ic.PolicySet().can(
        session, *ask, principal_role_arn="arn:aws:iam::111122223333:role/a/ci"
    )
