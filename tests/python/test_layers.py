"""Every layer of a PolicySet: how it is given, kept, weighed and explained."""

import json
import pickle
import subprocess
from pathlib import Path

import jsonschema
import pytest
from conftest import ALICE, COMMAND, REPORT, ROOT

import iamcheck as ic

CAN_SCHEMA = json.loads((ROOT / "docs" / "schema" / "can-v1.schema.json").read_text())
MANAGEMENT = "999988887777"
BOB = "arn:aws:iam::444455556666:user/bob"


def statement(effect="Allow", action="*", **more):
    return {"Version": "2012-10-17", "Statement": [{"Effect": effect, "Action": action, "Resource": "*", **more}]}


ALLOW = statement()
READ = statement(action="s3:Get*")
DENY_WRITES = statement("Deny", "s3:Put*", Sid="NoWrites")
FOR_ALL = statement(Principal="*")
DENY_ALL = statement("Deny", Principal="*")


def asks(policies, action="s3:PutObject", principal=ALICE, **options):
    return policies.can(principal, action, REPORT, **options)


@pytest.mark.parametrize(
    ("layer", "cause"),
    [("boundary", "no-boundary-allow"), ("session", "no-session-allow"), ("endpoint", "no-endpoint-allow")],
)
def test_a_layer_of_one_level_must_allow(layer, cause):
    policy = READ if layer != "endpoint" else statement(action="s3:Get*", Principal="*")
    policies = ic.PolicySet(identity=ALLOW, **{layer: policy})
    assert asks(policies, "s3:GetObject")
    denied = asks(policies)
    assert (denied.kind, denied.cause) == ("ImplicitlyDenied", cause)
    assert asks(policies.replace(**{layer: ()}))


def test_each_level_of_scps_must_allow():
    open_levels = {"r-root": ic.Policy.full_aws_access(), "ou-1": ALLOW, "account": [READ, ALLOW]}
    assert asks(ic.PolicySet(identity=ALLOW, scp=open_levels))
    for level in open_levels:
        denied = asks(ic.PolicySet(identity=ALLOW, scp={**open_levels, level: READ}))
        assert denied.cause == "no-scp-allow"
        (says,) = (note for note in denied.layers if note.says == "does not allow")
        assert (says.layer, says.level, says.by) == ("scp", level, None)
        assert [note.level for note in denied.layers if note.layer == "scp"] == list(open_levels)


def test_a_level_without_policies_denies_and_no_level_means_no_organization():
    assert not asks(ic.PolicySet(identity=ALLOW, scp={"account": []}))
    assert asks(ic.PolicySet(identity=ALLOW, rcp={"account": []}))
    for nothing in ((), [], {}):
        policies = ic.PolicySet(identity=ALLOW, scp=nothing, rcp=nothing)
        assert asks(policies)
        assert policies.scp == policies.rcp == {}


def test_rcps_deny_on_the_side_of_the_resource():
    guarded = ic.PolicySet(identity=ALLOW, rcp={"r-root": "RCPFullAWSAccess", "account": DENY_ALL})
    denied = asks(guarded)
    assert (denied.kind, denied.decided_by.layer) == ("ExplicitlyDenied", "rcp")
    assert [(note.level, note.says) for note in denied.layers if note.layer == "rcp"] == [
        ("r-root", "allows"),
        ("account", "denies"),
    ]


def test_policies_without_a_level_are_those_of_the_account():
    for given in (READ, [READ], [READ, ALLOW], json.dumps(READ), {"name": "x", "policy": READ}):
        policies = ic.PolicySet(scp=given)
        assert list(policies.scp) == ["account"]
        assert policies.scp["account"][0] == ic.Policy.from_dict(READ)


def test_full_aws_access_has_a_name_only_where_it_is_attached():
    by_name = ic.PolicySet(identity=ALLOW, scp="FullAWSAccess")
    assert by_name == ic.PolicySet(identity=ALLOW, scp=[ic.Policy.full_aws_access()])
    assert asks(by_name)
    assert ic.Policy.full_aws_access("rcp").name == "RCPFullAWSAccess"
    assert [note.by.policy for note in asks(by_name).layers if note.layer == "scp"] == ["FullAWSAccess"]
    for wrong in ({"identity": "FullAWSAccess"}, {"rcp": "FullAWSAccess"}, {"scp": {"r": "RCPFullAWSAccess"}}):
        with pytest.raises(ic.PolicyError, match="is no JSON text"):
            ic.PolicySet(**wrong)
    with pytest.raises(ValueError, match="kind: `scp` or `rcp`"):
        ic.Policy.full_aws_access("identity")


def test_sets_keep_their_levels():
    policies = ic.PolicySet(
        identity=READ,
        boundary=ALLOW,
        session=[READ, ALLOW],
        scp={"r-root": ["FullAWSAccess"], "ou": [], "account": [{"name": "guard", "policy": DENY_WRITES}]},
        rcp={"r-root": DENY_ALL},
        endpoint=FOR_ALL,
    )
    assert repr(policies) == (
        "<PolicySet identity=['identity[0]'] boundary=['boundary[0]'] session=['session[0]', 'session[1]'] "
        "scp={'r-root': ['FullAWSAccess'], 'ou': [], 'account': ['guard']} "
        "rcp={'r-root': [\"rcp['r-root'][0]\"]} endpoint=['endpoint[0]']>"
    )
    again = pickle.loads(pickle.dumps(policies))
    same = policies.replace(identity=policies.identity, scp=policies.scp)
    for other in (again, same):
        assert list(other.scp) == ["r-root", "ou", "account"]
        assert asks(other, "s3:GetObject").layers[2].level == "ou"
    assert again == policies
    assert hash(again) == hash(policies)
    assert repr(again) == repr(policies)
    assert [len(level) for level in policies.scp.values()] == [1, 0, 1]
    assert (len(policies.boundary), len(policies.session), len(policies.endpoint)) == (1, 2, 1)
    renamed = policies.replace(scp={"other" if name == "ou" else name: one for name, one in policies.scp.items()})
    assert renamed != policies
    assert policies.replace(scp=dict(reversed(policies.scp.items()))) != policies
    policies.scp.clear()
    assert len(policies.scp) == 3


def test_statements_are_found_behind_levels():
    policies = ic.PolicySet(
        identity=ALLOW,
        scp={"r-root": "FullAWSAccess", "ou": [ALLOW, DENY_WRITES]},
        endpoint={"name": "endpoint", "policy": statement("Deny", "s3:Delete*", Principal="*")},
    )
    assert asks(policies).decided_by.sid == "NoWrites"
    assert asks(policies).decided_by.policy == "scp['ou'][1]"
    assert "s3:Put*" in asks(policies)._repr_html_()
    assert "s3:Delete*" in asks(policies, "s3:DeleteObject")._repr_html_()


def test_a_layer_with_a_wrong_level_is_named():
    with pytest.raises(TypeError, match="scp: a level: a str is expected, not int"):
        ic.PolicySet(scp={1: ALLOW})
    with pytest.raises(ValueError, match="rcp: a level: it is empty"):
        ic.PolicySet(rcp={"": ALLOW})
    with pytest.raises(TypeError, match=r"scp\['r-root'\]\[1\]: a Policy"):
        ic.PolicySet(scp={"r-root": [ALLOW, 3]})
    with pytest.raises(ic.PolicyError, match=r"boundary\[0\]"):
        ic.PolicySet(boundary={"account": ALLOW})  # only SCPs and RCPs have levels
    with pytest.raises(ic.PolicyError, match="more than 64 levels; AWS has seven") as caught:
        ic.PolicySet(scp={f"ou-{i}": "FullAWSAccess" for i in range(65)})
    assert caught.value.code == "limit-exceeded"
    assert ic.PolicySet(scp={f"ou-{i}": "FullAWSAccess" for i in range(64)})


def test_scps_have_no_say_in_the_management_account():
    policies = ic.PolicySet(identity=ALLOW, scp={"account": DENY_WRITES})
    assert asks(policies).kind == "ExplicitlyDenied"
    exempt = asks(policies, management_account="111122223333")
    assert exempt
    assert exempt.layers[0].says == "has no say: SCPs do not affect the management account"
    assert not asks(policies, management_account=MANAGEMENT)


def test_an_endpoint_reads_principals_by_its_kind():
    named = ic.PolicySet(identity=ALLOW, endpoint=statement(Principal={"AWS": ALICE}))
    answers = {kind: asks(named, endpoint_kind=kind).allowed for kind in (None, "interface", "gateway")}
    assert answers == {None: True, "interface": True, "gateway": False}


def test_block_public_access_restricts_a_public_bucket():
    public = ic.PolicySet(identity=ALLOW, resource=statement(Principal="*"))
    options = {"principal": BOB, "resource_account": "111122223333"}
    assert asks(public, **options)
    closed = asks(public, **options, s3_block_public_access=True)
    assert closed.cause == "block-public-access"


def test_the_fields_of_a_line_are_the_arguments_of_can():
    policies = ic.PolicySet(
        identity=ALLOW, scp={"account": DENY_WRITES}, endpoint=FOR_ALL, resource=statement(Principal="*")
    )
    line = {
        "principal": ALICE,
        "action": "s3:PutObject",
        "resource": REPORT,
        "managementAccountId": "111122223333",
        "vpcEndpointKind": "gateway",
        "s3BlockPublicAccess": True,
    }
    (answer,) = policies.can_many([line])
    arguments = {"management_account": "111122223333", "endpoint_kind": "gateway", "s3_block_public_access": True}
    assert answer == asks(policies, **arguments)
    assert answer.request == line
    assert pickle.loads(pickle.dumps(answer)) == answer
    assert answer
    off = asks(policies, s3_block_public_access=False, management_account=None)
    assert set(off.request) == {"principal", "action", "resource"}


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"management_account": "1111-2222-3333"}, ValueError, "management_account: `1111-2222-3333` is no account id"),
        ({"resource_account": "\x1b"}, ValueError, r"resource_account: `\\x1b` is no account id"),
        ({"management_account": 111122223333}, TypeError, "management_account: a str"),
        ({"endpoint_kind": "vpc"}, ValueError, "endpoint_kind: there is no `vpc`; it is one of interface, gateway"),
        ({"s3_block_public_access": "yes"}, TypeError, "s3_block_public_access: a bool is expected, not str"),
    ],
)
def test_wrong_options_are_named(options, error, message):
    with pytest.raises(error, match=message):
        asks(ic.PolicySet(), **options)


def test_the_nearest_miss_says_what_would_have_to_be_different():
    needs_mfa = statement(Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})
    denied = asks(ic.PolicySet(identity=needs_mfa))
    (near,) = denied.nearest
    assert near.text == "would be allowed if `aws:MultiFactorAuthPresent` were `true`"
    assert (near.layer, near.statement, near.line) == ("identity", 0, 10)
    assert near.text in denied.explain()
    assert asks(ic.PolicySet(identity=needs_mfa), context={"aws:MultiFactorAuthPresent": True}).nearest == ()
    (open_,) = asks(ic.PolicySet(identity=needs_mfa), mode="ask").nearest
    assert "is unknown" in open_.text


def test_warnings_tell_what_catalogue_and_grammar_do_not_know():
    policies = ic.PolicySet(identity=statement(Principal="*"))
    found = policies.can(ALICE, "s3:GetObjct", REPORT, {"aws:SurceIp": "192.0.2.1"}).warnings
    assert [one.code for one in found] == ["unknown-action", "unknown-context-key", "policy-element"]
    assert "did you mean `s3:GetObject`" in found[0].message
    assert "has a Principal, which is ignored" in found[2].message
    assert not asks(ic.PolicySet(identity=ALLOW)).warnings


def every_decision():
    full = ic.PolicySet(
        identity=[READ, statement(action="s3:Put*", Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})],
        boundary=ALLOW,
        session=ALLOW,
        scp={"r-root": "FullAWSAccess", "account": [ALLOW, DENY_WRITES]},
        rcp={"r-root": []},
        endpoint=FOR_ALL,
        resource=statement(Principal="*", Action="s3:Delete*"),
    )
    yield asks(full, "s3:GetObject")
    yield asks(full)
    yield asks(full.replace(scp=()))
    yield asks(full.replace(scp=()), mode="ask")
    yield asks(full, "s3:DeletObject", BOB, resource_account="111122223333")
    yield asks(ic.PolicySet())


def test_to_dict_is_valid_and_the_same_every_time():
    validator = jsonschema.Draft202012Validator(CAN_SCHEMA)
    seen = set()
    for decision in every_decision():
        seen.add(decision.kind)
        for trace in (False, True):
            answer = decision.to_dict(trace=trace)
            validator.validate(answer)
            assert json.dumps(answer) == json.dumps(pickle.loads(pickle.dumps(decision)).to_dict(trace=trace))
            assert ("layers" in answer) == (trace and len(decision.policies) > 0)
            assert [one["message"] for one in answer["warnings"]] == [one.message for one in decision.warnings]
            assert [one["note"] for one in answer.get("nearest", [])] == [one.text for one in decision.nearest]
        assert [one["says"] for one in decision.to_dict(trace=True).get("layers", [])] == [
            one.says for one in decision.layers
        ]
    assert seen == {"Allowed", "ExplicitlyDenied", "ImplicitlyDenied", "Undecided"}


def test_library_and_command_agree_over_all_layers(tmp_path):
    files = {"identity": ALLOW, "boundary": READ, "session": ALLOW, "root": ALLOW, "rcp": DENY_ALL, "endpoint": FOR_ALL}
    paths: dict[str, Path] = {}
    for name, document in files.items():
        paths[name] = tmp_path / f"{name}.json"
        paths[name].write_text(json.dumps(document))
    words = [COMMAND, "can", ALICE, "s3:PutObject", REPORT, "--format", "json", "--explain"]
    words += ["--policy", paths["identity"], "--boundary", paths["boundary"], "--session-policy", paths["session"]]
    words += ["--scp", f"r-root={paths['root']}", "--scp", "FullAWSAccess", "--rcp", f"r-root={paths['rcp']}"]
    words += ["--endpoint-policy", paths["endpoint"], "--management-account", MANAGEMENT]
    words += ["--now", "2026-01-01T00:00:00Z"]
    run = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    assert run.returncode == 1, run.stderr
    answer = json.loads(run.stdout)
    policies = ic.PolicySet(
        identity=paths["identity"],
        boundary=paths["boundary"],
        session=paths["session"],
        scp={"r-root": paths["root"], "account": "FullAWSAccess"},
        rcp={"r-root": paths["rcp"]},
        endpoint=paths["endpoint"],
    )
    context = answer.pop("assumed")
    assert asks(policies, context=context, management_account=MANAGEMENT).to_dict(trace=True) == answer
