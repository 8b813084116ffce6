"""Fixes: what is applied, and what is left alone."""

import json
import subprocess

import pytest
from conftest import COMMAND, EXAMPLES

import iamcheck as ic

REDUNDANT = """{
  "Version": "2012-10-17",
  "Statement": [
    // both are documented
    {"Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": "arn:aws:s3:::b/*"}
  ]
}
"""


def test_a_safe_fix_keeps_layout_and_comments():
    fixed = ic.fix(text=REDUNDANT, name="p.json")
    assert fixed
    assert fixed.text == REDUNDANT.replace(', "s3:GetObject"', "")
    assert fixed.applied == ("p.json:5:47: delete the entry [redundant-action]",)
    assert fixed.refused == ()
    assert not ic.fix(text=fixed.text)
    assert fixed.policy.statements[0].action[0] == "s3:Get*"


def test_the_difference_is_a_patch(tmp_path):
    path = tmp_path / "p.json"
    path.write_text(REDUNDANT)
    fixed = ic.fix(path)
    patch = fixed.diff().replace(f"a/{path}", "a/p.json").replace(f"b/{path}", "b/p.json")
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=tmp_path, check=True)
    assert path.read_text() == fixed.text
    assert ic.fix(text="{}").diff() == ""


def test_library_and_command_fix_the_same(tmp_path):
    path = tmp_path / "p.json"
    path.write_text((EXAMPLES / "ci-role.json").read_text())
    expected = ic.fix(path, mode="all").text
    subprocess.run([COMMAND, "lint", "--no-config", "--fix=all", str(path)], capture_output=True, check=False)
    assert path.read_text() == expected


def test_policies_and_mappings_are_fixed_too():
    document = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": "*"}],
    }
    assert json.loads(ic.fix(document).text)["Statement"][0]["Action"] == ["s3:Get*"]
    assert ic.fix(ic.Policy.from_dict(document)).text == ic.fix(document).text


def test_only_chosen_rules_fix():
    assert not ic.fix(text=REDUNDANT, select="unknown-action")
    assert not ic.fix(text=REDUNDANT, ignore=["redundant-action"])
    assert not ic.fix(text=REDUNDANT.replace("// both", "// iamcheck:ignore-next-line[redundant-action] both"))


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({}, TypeError, "one thing to correct"),
        ({"target": "p.json", "text": "{}"}, TypeError, "one thing to correct"),
        ({"text": "{}", "mode": "most"}, ValueError, "most"),
        ({"text": "{}", "select": "no-such-rule"}, ic.UnknownNameError, "no-such-rule"),
        ({"text": b"\xef\xbb\xbf{}"}, ic.InputError, "UTF-8"),
        ({"target": "/no/such/file.json"}, ic.InputError, "no/such/file"),
        ({"target": 3}, TypeError, "int"),
    ],
)
def test_what_cannot_be_fixed_is_refused(arguments, error, words):
    with pytest.raises(error, match=words):
        ic.fix(**arguments)


def test_a_catalogue_from_a_file_is_gone_by(tmp_path):
    path = tmp_path / "c.catalogue"
    subprocess.run([COMMAND, "catalogue", "--write", str(path)], check=True, capture_output=True)
    mistaken = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "*"}]}'
    own = ic.lint(text=mistaken, catalogue=path)
    assert own.catalogue == ic.catalogue.date
    assert [one.rule for one in own] == [one.rule for one in ic.lint(text=mistaken)]
    assert ic.fix(text=REDUNDANT, catalogue=path)
    path.write_bytes(b"no catalogue")
    with pytest.raises(ic.Error, match="c.catalogue"):
        ic.lint(text=mistaken, catalogue=path)
    with pytest.raises(ic.Error, match="c.catalogue"):
        ic.fix(text=mistaken, catalogue=path)
