"""Calls of several units (S10.2)."""

import json
import pickle

import pytest

import iamcheck as ic

ALICE = "arn:aws:iam::111122223333:user/alice"
EC2 = "arn:aws:ec2:eu-west-1:111122223333:"
ROLE = "arn:aws:iam::111122223333:role/app"


def only_small(operator):
    return ic.PolicySet(
        identity={
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "Small",
                    "Effect": "Allow",
                    "Action": "*",
                    "Resource": "*",
                    "Condition": {operator: {"ec2:InstanceType": "t2.micro"}},
                }
            ],
        }
    )


def run_instances(policies, **options):
    return policies.can(
        ALICE,
        "ec2:RunInstances",
        EC2 + "instance/i",
        {"ec2:InstanceType": "t2.micro"},
        units=[{"resource": EC2 + "subnet/s"}, ("iam:PassRole", ROLE)],
        **options,
    )


def test_a_key_of_one_unit_is_missing_for_the_others():
    denied = run_instances(only_small("StringEquals"))
    assert not denied
    assert denied.kind == "ImplicitlyDenied"
    assert denied.deciding_unit == 1
    assert denied.cause == "no-allow"
    assert [unit.not_in_unit for unit in denied.units] == [
        (),
        ("ec2:InstanceType",),
        ("ec2:InstanceType",),
    ]
    assert denied.units[0].decided_by.sid == "Small"
    assert "AWS does not send" in denied.units[1].nearest[0].text
    assert run_instances(only_small("StringEqualsIfExists")).allowed


def test_the_warning_names_what_the_call_still_lacks():
    (warning,) = run_instances(only_small("StringEqualsIfExists")).warnings
    assert warning.code == "further-units"
    assert "image" in warning.message and "ec2:CreateTags" in warning.message
    assert "iam:PassRole" not in warning.message and "subnet" not in warning.message


def test_a_unit_has_context_and_account_of_its_own():
    policies = only_small("StringEquals")
    own = {"resource": EC2 + "subnet/s", "context": {"ec2:InstanceType": "t2.micro"}}
    call = policies.can(ALICE, "ec2:RunInstances", None, units=[own, own])
    assert call.allowed and call.deciding_unit is None and len(call.units) == 2
    other = {"action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "resourceAccountId": "222233334444"}
    denied = only_small("StringEqualsIfExists").can(ALICE, None, None, units=[other])
    assert denied.cause == "no-resource-allow"


def test_ask_mode_unites_the_keys_of_the_units():
    asked = only_small("StringEqualsIfExists").can(
        ALICE, "ec2:RunInstances", EC2 + "instance/i", mode="ask",
        units=[{"resource": EC2 + "subnet/s"}],
    )
    assert asked.kind == "Undecided"
    assert asked.missing_context == ("ec2:InstanceType",)
    assert asked.units[1].allowed and asked.units[1].not_in_unit == ("ec2:InstanceType",)


def test_a_call_is_a_value():
    denied = run_instances(only_small("StringEquals"))
    again = pickle.loads(pickle.dumps(denied))
    assert again == denied and hash(again) == hash(denied)
    assert again.to_dict(trace=True) == denied.to_dict(trace=True)
    assert denied.sentence in denied.explain()
    assert repr(denied).startswith("<CallDecision ImplicitlyDenied: user/alice cannot")
    assert json.loads(json.dumps(denied.request)) == denied.request
    assert denied != run_instances(only_small("StringEqualsIfExists"))


def test_simulate_answers_the_same():
    denied = run_instances(only_small("StringEquals"))
    line = {**denied.request, "identityPolicies": [only_small("StringEquals").identity[0].to_dict()]}
    (answer,) = ic.simulate([line])
    assert answer["decision"] == denied.kind
    assert answer["decidingUnit"] == denied.deciding_unit
    assert [unit["notInUnit"] for unit in answer["units"]] == [
        list(unit.not_in_unit) for unit in denied.units
    ]


def test_ic_can_takes_units_too():
    assert ic.can(ALICE, "s3:GetObject", "*", policies=only_small("Null"), units=[("s3:PutObject", "*")]).units


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((None, None, []), "there is none"),
        ((None, None, [("s3:GetObject", "")]), r"units\[0\]: resource: it is empty"),
        ((None, None, [{"resource": "*"}]), r"units\[0\]: `action` is missing"),
        (("s3:GetObject", None, [{}]), r"units\[0\]: `resource` is missing"),
        ((None, "*", [("s3:GetObject", "*")]), "action: it is missing"),
        (("a:b", "*", [{"resource": "*", "resourceAccountId": "1"}]), "twelve digits"),
        (("a:b", "*", [{"resource": "*", "kontext": {}}]), "no field 'kontext'"),
        (("a:b", "*", [{"resource": "*", "context": {"a": None, "A": None}}]), "are one key"),
    ],
)
def test_what_is_no_call_is_refused(arguments, message):
    action, resource, units = arguments
    with pytest.raises(ValueError, match=message):
        ic.PolicySet().can(ALICE, action, resource, units=units)


@pytest.mark.parametrize("units", ["ab", b"ab", {"resource": "*"}, 5, [5], [("a:b",)]])
def test_units_of_a_wrong_type_are_refused(units):
    with pytest.raises(TypeError, match="units"):
        ic.PolicySet().can(ALICE, "a:b", "*", units=units)


def test_a_role_or_issuer_that_cannot_be_behind_the_principal_is_refused():
    session = "arn:aws:sts::111122223333:assumed-role/ci/run7"
    units = [("s3:GetObject", "arn:aws:s3:::b/k"), ("s3:PutObject", "arn:aws:s3:::b/k")]
    with pytest.raises(ValueError, match="is not the role of the session"):
        ic.PolicySet().can(
            session, None, None, units=units, principal_role_arn="arn:aws:iam::111122223333:role/a/cd"
        )
    assert not ic.PolicySet().can(
        session, None, None, units=units, principal_role_arn="arn:aws:iam::111122223333:role/a/ci"
    )


def test_what_is_taken_for_granted_stands_with_its_unit_or_once_with_the_call():
    policies = only_small("StringEqualsIfExists")
    owner = ["the resource belongs to the principal's account, 111122223333"]
    bucket = ("s3:GetObject", "arn:aws:s3:::b/k")
    one = policies.can(ALICE, None, None, units=[bucket, ("iam:PassRole", ROLE)]).to_dict()
    assert one["assumptions"] == []
    assert [unit["assumptions"] for unit in one["units"]] == [owner, []]
    both = policies.can(ALICE, None, None, units=[bucket, bucket])
    assert both.to_dict()["assumptions"] == owner
    assert both.explain().count("assumed: the resource belongs") == 1


def test_more_than_a_hundred_units_are_too_many():
    with pytest.raises(ic.PolicyError, match="more than 100 units"):
        ic.PolicySet().can(ALICE, "a:b", "*", units=[("a:b", "*")] * 100)


def test_can_many_answers_calls_among_single_requests():
    policies = only_small("StringEquals")
    small = {"ec2:InstanceType": "t2.micro"}
    single = {"principal": ALICE, "action": "ec2:RunInstances", "resource": EC2 + "subnet/s", "context": small}
    call = {
        "id": "c",
        "principal": ALICE,
        "action": "ec2:RunInstances",
        "units": [{"resource": EC2 + "instance/i"}, {"resource": EC2 + "subnet/s"}],
        "context": small,
    }
    first, answer, last = policies.can_many([single, call, single])
    assert isinstance(first, ic.Decision) and first.allowed and last == first
    assert isinstance(answer, ic.CallDecision)
    assert answer.kind == "ImplicitlyDenied"
    assert answer.deciding_unit == 1
    assert answer.to_dict()["id"] == answer.request["id"] == "c"
    assert pickle.loads(pickle.dumps(answer)) == answer
    same = policies.can(ALICE, "ec2:RunInstances", None, small, units=call["units"])
    assert same.explain() == answer.explain()
    # A line's own mode wins over that of the batch.
    asks, strict = policies.can_many(
        [{**call, "context": {}}, {**call, "context": {}, "mode": "strict"}], mode="ask"
    )
    assert [asks.kind, strict.kind] == ["ImplicitlyDenied"] * 2
    assert asks.units[0].kind == "Undecided"
    assert strict.units[0].kind == "ImplicitlyDenied"


@pytest.mark.parametrize(
    "line, message",
    [
        ({"units": None}, "units: an iterable of units is expected"),
        ({"units": []}, "units: there is none"),
        ({"units": [("a:b", "*")] * 101}, "more than 100 units"),
        ({"units": [("a:b", "*")], "unit": 1}, "there is no field `unit`"),
        ({"units": [("a:b", "*")], "identityPolicies": []}, "belongs to the PolicySet"),
        ({"units": [("a:b", "*")], "principalRoleArn": ROLE}, "is no session of a role"),
    ],
)
def test_can_many_names_the_call_that_is_wrong_before_any_is_decided(line, message):
    good = {"principal": ALICE, "action": "a:b", "resource": "*"}
    with pytest.raises((TypeError, ValueError), match=r"requests\[1\]: .*" + message):
        ic.PolicySet().can_many([good, {"principal": ALICE, **line}])


def test_what_was_taken_for_granted_is_a_property():
    bucket = ("s3:GetObject", "arn:aws:s3:::b/k")
    policies = only_small("StringEquals").replace(
        identity={
            "Version": "2012-10-17",
            "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"},
        }
    )
    owner = ("the resource belongs to the principal's account, 111122223333",)
    decision = policies.can(ALICE, *bucket)
    assert decision.assumptions == owner == tuple(decision.to_dict()["assumptions"])
    assert policies.can(ALICE, *bucket, resource_account="111122223333").assumptions == ()
    call = policies.can(ALICE, None, None, units=[bucket, ("iam:PassRole", ROLE)])
    assert call.assumptions == ()
    assert [unit.assumptions for unit in call.units] == [owner, ()]
    assert policies.can(ALICE, None, None, units=[bucket, bucket]).assumptions == owner
