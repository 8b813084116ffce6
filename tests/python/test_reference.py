"""The catalogue and the rules."""

import subprocess

import pytest
from conftest import COMMAND

import iamcheck as ic


def test_the_catalogue_describes_actions_keys_and_policies():
    action = ic.catalogue.describe("S3:getobject")
    assert (action["kind"], action["name"], action["accessLevels"]) == ("action", "s3:GetObject", ["Read"])
    assert ic.catalogue.describe("aws:SourceIp")["kind"] == "condition-key"
    assert ic.catalogue.describe("ReadOnlyAccess")["kind"] == "managed-policy"
    assert ic.catalogue.summary()["date"] == ic.catalogue.date
    assert "s3" in ic.catalogue.services()


def test_patterns_expand_to_actions():
    assert "s3:GetBucketAcl" in ic.catalogue.expand("s3:get*acl")
    assert ic.catalogue.expand("s3:Nothing*") == []


def test_unknown_names_come_with_what_was_meant():
    with pytest.raises(ic.UnknownNameError, match="did you mean `s3:GetObject`"):
        ic.catalogue.describe("s3:GetObjct")
    with pytest.raises(ic.UnknownNameError, match="did you mean `unknown-action`"):
        ic.rule("unknwn-action")
    for asked in (ic.catalogue.describe, ic.catalogue.expand, ic.rule, ic.Policy.managed):
        for value in (None, 3, b"x"):
            with pytest.raises(TypeError):
                asked(value)
        with pytest.raises(ValueError):
            asked("\ud800")


def test_every_rule_is_a_page():
    rules = ic.rules()
    slugs = [rule.slug for rule in rules]
    assert slugs == sorted(slugs)
    assert {rule.kind for rule in rules} == {"policy", "credential"}
    for rule in rules:
        assert ic.rule(rule.slug) == rule
        assert rule.title
        assert "What it reports" in rule.page


def test_the_rules_are_those_of_the_command():
    listed = subprocess.run([COMMAND, "rule", "--list"], capture_output=True, text=True, check=True)
    for rule in ic.rules():
        assert rule.slug in listed.stdout
