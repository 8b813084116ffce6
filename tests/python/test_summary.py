"""Explain, expand and minimize."""

import copy
import json
import pickle
import subprocess

import pytest
from conftest import COMMAND, EXAMPLES

import iamcheck as ic

CI_ROLE = EXAMPLES / "ci-role.json"


def test_library_and_command_explain_the_same():
    run = subprocess.run([COMMAND, "explain", str(CI_ROLE)], capture_output=True, text=True, check=True)
    summary = ic.explain(CI_ROLE)
    assert summary.text() == run.stdout
    assert str(summary) == run.stdout.rstrip("\n")
    run = subprocess.run(
        [COMMAND, "explain", str(CI_ROLE), "--format", "json"], capture_output=True, text=True, check=True
    )
    assert summary.to_dict() == json.loads(run.stdout)["policies"][0]


def test_a_summary_says_the_gravest_thing_first():
    document = {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
    summary = ic.explain(document)
    assert summary.sentence == "allows every action on every resource: whoever has it is an administrator"
    assert ic.explain(ic.Policy.from_dict(document)) == summary
    assert ic.explain(document, kind="scp").sentence.startswith("lets every action through")
    assert ic.explain(ic.Policy.managed("ReadOnlyAccess")).to_dict()["allowed"] > 5000


def test_a_summary_is_a_value():
    summary = ic.explain(CI_ROLE)
    assert pickle.loads(pickle.dumps(summary)) == summary
    assert copy.deepcopy(summary) is summary
    assert len({summary, ic.explain(CI_ROLE)}) == 1
    with pytest.raises(AttributeError):
        summary.sentence = "x"
    with pytest.raises(TypeError):
        ic.Summary()


def test_what_cannot_be_explained_raises():
    with pytest.raises(TypeError, match="policy"):
        ic.explain(3)
    with pytest.raises(ic.InputError):
        ic.explain("nothing-here.json")
    with pytest.raises(ValueError, match="there is no policy kind"):
        ic.explain(CI_ROLE, kind="bucket")
    with pytest.raises(ic.PolicyError) as caught:
        ic.explain({"Statement": [{"Effect": "Deny"}] * 2001})
    assert caught.value.code == "limit-exceeded"


def test_patterns_expand_and_actions_are_minimized():
    acls = ic.expand("s3:Get*Acl")
    assert acls == ic.catalogue.expand("s3:Get*Acl")
    assert ic.expand(["s3:Get*Acl", "S3:GetBucketAcl", "s3:Nothing*"]) == acls
    assert ic.minimize(acls) == ["s3:Get*Acl"]
    assert ic.minimize([*acls, "s3:NotYetThere"]) == ["s3:Get*Acl", "s3:NotYetThere"]
    assert ic.minimize([]) == []
    everything = ic.minimize(["iam:*", "sqs:*"])
    assert everything == ["iam:*", "sqs:*"]


@pytest.mark.parametrize("asked", [ic.expand, ic.minimize])
def test_lists_name_what_is_wrong_with_them(asked):
    with pytest.raises(TypeError):
        asked(3)
    with pytest.raises(TypeError, match=r"\[1\]"):
        asked(["s3:*", b"x"])
    with pytest.raises(ValueError):
        asked("")
