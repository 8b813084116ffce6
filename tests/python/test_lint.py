"""Findings: what lint and scan return."""

import copy
import datetime
import json
import pickle
import random
import subprocess
import sys

import pytest
from conftest import COMMAND, EXAMPLES, KEY_ID, READ_REPORTS, SECRET

import iamcheck as ic

CI_ROLE = EXAMPLES / "ci-role.json"
LEAK = f"[default]\naws_access_key_id = {KEY_ID}\naws_secret_access_key = {SECRET}\n"


def test_findings_have_rule_place_and_help():
    findings = ic.lint(CI_ROLE)
    first = next(one for one in findings if one.rule == "unknown-action")
    assert (first.rule, first.severity, first.line, first.column) == ("unknown-action", "error", 7, 49)
    assert first.path == str(CI_ROLE)
    assert "GetObject" in first.help
    assert first.document_path == "Statement[0].Action[2]"
    assert first.credential is None
    assert (findings.files, findings.policies, findings.skipped) == (1, 1, 0)
    assert findings.catalogue == ic.catalogue.date


def test_library_and_command_find_the_same(tmp_path):
    leak = tmp_path / "leak.ini"
    leak.write_text(LEAK)
    broken = tmp_path / "broken.json"
    broken.write_text('{"Version": "2012-10-17", "Statement": [}')
    notes = tmp_path / "notes.md"
    notes.write_text('```json\n{"Statement": {"Effect": "allow", "Action": "*", "Resource": "*"}}\n```\n')
    # The credential stands before what the rules say, and after it.
    both = tmp_path / "both.json"
    statement = {"Effect": "allow", "Action": "*", "Resource": "*"}
    secret = f"aws_access_key_id={KEY_ID} aws_secret_access_key={SECRET}"
    both.write_text(json.dumps({"Id": secret, "Statement": statement}, indent=1))
    role = tmp_path / "role.json"
    role.write_text(json.dumps({"Role": {"AssumeRolePolicyDocument": {"Statement": {**statement, "Sid": secret}}}}))
    files = [CI_ROLE, leak, broken, notes, both, role]
    run = subprocess.run(
        [COMMAND, "lint", "--format", "json", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stderr
    assert len(json.loads(run.stdout)["findings"]) > 5
    found = ic.lint(*files, today=datetime.datetime.now(datetime.timezone.utc).date())
    for file in files:  # the command sorts its inputs, the library keeps their order
        expected = [one for one in json.loads(run.stdout)["findings"] if one["path"] == str(file)]
        assert [one.to_dict() for one in found if one.path == str(file)] == expected
    assert found.to_dict()["summary"] == json.loads(run.stdout)["summary"]


def test_texts_policies_and_mappings_are_checked_like_files():
    rules = [one.rule for one in ic.lint(CI_ROLE)]
    document = json.loads(CI_ROLE.read_text())
    assert rules
    for findings in (
        ic.lint(str(CI_ROLE)),
        ic.lint(text=CI_ROLE.read_text()),
        ic.lint(text=CI_ROLE.read_bytes()),
        ic.lint(ic.Policy.from_file(CI_ROLE)),
        ic.lint(document),
    ):
        assert [one.rule for one in findings] == rules
    assert len(ic.lint(CI_ROLE, document, text=CI_ROLE.read_text(), name="third.json")) == 3 * len(rules)


def test_a_policy_is_checked_whatever_its_name():
    policy = ic.parse(CI_ROLE.read_text(), name="notes.md")
    assert "unknown-action" in [one.rule for one in ic.lint(policy)]


def test_the_kind_decides_which_rules_apply():
    document = {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"},
    }
    assert "missing-principal" in [one.rule for one in ic.lint(document, kind="resource")]
    assert "missing-principal" in [one.rule for one in ic.lint(document, kind="RESOURCE_POLICY")]
    assert "missing-principal" not in [one.rule for one in ic.lint(document)]
    with pytest.raises(ValueError, match="kind: there is no policy kind 'bucket'"):
        ic.lint(document, kind="bucket")


def test_select_and_ignore_name_rules():
    assert {one.rule for one in ic.lint(CI_ROLE, select="unknown-action")} == {"unknown-action"}
    assert "unknown-action" not in {one.rule for one in ic.lint(CI_ROLE, ignore=["unknown-action"])}
    with pytest.raises(ic.UnknownNameError, match="did you mean `unknown-action`") as caught:
        ic.lint(CI_ROLE, select=["unknwn-action"])
    assert isinstance(caught.value, ValueError)
    with pytest.raises(TypeError, match=r"select\[0\]"):
        ic.lint(CI_ROLE, select=[3])


def test_an_unreadable_policy_is_a_finding_but_an_unreadable_file_raises(tmp_path):
    (finding,) = ic.lint(text='{"Statement": [}', kind="identity")
    assert finding.rule == "json-syntax"
    for path in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(ic.InputError):
            ic.lint(path)


def test_text_in_place_of_a_path_is_refused():
    for text in ('{"Statement": []}', "a\nb"):
        with pytest.raises(ValueError, match=r"text=\.\.\."):
            ic.lint(text)
    with pytest.raises(TypeError, match="nothing to check"):
        ic.lint()


@pytest.mark.parametrize("target", [None, 3, b"x", [CI_ROLE]])
def test_lint_names_a_target_of_a_wrong_type(target):
    with pytest.raises(TypeError, match=r"targets\[0\]"):
        ic.lint(target)


def test_other_arguments_are_named_too():
    with pytest.raises(TypeError, match="today"):
        ic.lint(CI_ROLE, today="2026-01-01")
    with pytest.raises(TypeError, match="text"):
        ic.lint(text=3)
    with pytest.raises(TypeError, match="name"):
        ic.lint(text="{}", name=3)
    with pytest.raises(TypeError, match="text"):
        ic.scan(None)


def test_nothing_ages_without_a_date():
    # What the catalogue does not know is less sure when the catalogue is older than 90 days.
    document = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Zzzzzzzz", "Resource": "*"}}
    made = datetime.date.fromisoformat(ic.catalogue.date)
    fresh = ic.lint(document, today=made + datetime.timedelta(days=90))
    stale = ic.lint(document, today=made + datetime.timedelta(days=91))
    assert fresh == ic.lint(document)
    assert stale != fresh
    assert [one.rule for one in stale] == [one.rule for one in fresh]


def test_scan_finds_credentials_and_never_shows_them():
    findings = ic.scan(LEAK, name="leak.ini")
    (finding,) = findings
    assert finding.rule == "aws-access-key-id"
    assert finding.credential["redacted"] == KEY_ID[:4] + "..." + KEY_ID[-2:]
    assert finding.credential["validated"] is True
    for shown in (
        findings.text(),
        str(findings),
        repr(findings),
        findings._repr_html_(),
        json.dumps(findings.to_dict()),
        findings.to_pandas().to_json(),
        pickle.dumps(findings).decode("latin-1"),
    ):
        assert SECRET not in shown
        assert KEY_ID not in shown
    assert ic.lint(text=LEAK)[0].rule == finding.rule


def test_more_credentials_than_the_limit_are_an_error_and_no_shorter_answer():
    dice = random.Random(7)
    ids = ("AKIA" + "".join(dice.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=16)) for _ in range(10_400))
    text = "".join(f"key_{i} = {one}\n\n\n\n\n\n" for i, one in enumerate(ids))
    with pytest.raises(ic.PolicyError) as caught:
        ic.scan(text)
    assert caught.value.code == "limit-exceeded"


@pytest.mark.parametrize("text", ["", "\0", "\ud800", b"\xff\xfe\x00", b"\x00\x01\x02", "\N{SNOWMAN}" * 1000])
def test_any_text_can_be_scanned_and_linted(text):
    assert len(ic.scan(text)) == 0
    assert len(ic.lint(text=text)) == 0
    assert isinstance(ic.lint(text=text, kind="identity"), ic.Findings)


def test_a_binary_file_is_skipped_and_counted(tmp_path):
    file = tmp_path / "image.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)))
    findings = ic.lint(file)
    assert (len(findings), findings.files, findings.skipped) == (0, 0, 1)


def test_a_dataframe_has_one_row_a_finding_and_always_its_columns():
    findings = ic.lint(CI_ROLE)
    frame = findings.to_pandas()
    assert list(frame["rule"]) == [one.rule for one in findings]
    assert list(frame["line"]) == [one.line for one in findings]
    assert frame["line"].dtype == "int64"
    clean = ic.lint(READ_REPORTS, select="unknown-action").to_pandas()
    assert len(clean) == 0
    assert list(clean.columns) == list(frame.columns)
    assert list(clean.dtypes) == list(frame.dtypes)


def test_pandas_is_loaded_only_when_asked_for_and_missed_by_name():
    code = (
        "import sys, iamcheck as ic\n"
        "findings = ic.scan('x')\n"
        "assert 'pandas' not in sys.modules\n"
        "sys.modules['pandas'] = None\n"
        "try: findings.to_pandas()\n"
        "except ImportError as error: print(error)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "iamcheck[frames]" in run.stdout


def test_findings_are_an_immutable_sequence():
    findings = ic.lint(CI_ROLE)
    assert list(findings) == [findings[i] for i in range(len(findings))]
    assert findings[-1] in findings
    assert isinstance(findings[:1], ic.Findings)
    assert list(findings[1:]) == list(findings)[1:]
    assert findings.text().startswith(findings[:1].text().split("\n\n")[0])
    with pytest.raises(IndexError):
        findings[99]
    with pytest.raises(TypeError):
        findings[0] = findings[1]
    with pytest.raises(AttributeError, match="immutable"):
        findings.files = 3
    with pytest.raises(AttributeError, match="immutable"):
        findings[0].rule = "x"
    findings[0].to_dict()["span"]["begin"]["line"] = 99
    findings.to_dicts()[0]["rule"] = "x"
    assert (findings[0].line, findings[0].rule) == (7, "privilege-escalation-path")


def test_findings_can_be_pickled_and_copied():
    findings = ic.lint(CI_ROLE)
    again = pickle.loads(pickle.dumps(findings))
    assert again == findings
    assert hash(again) == hash(findings)
    assert again.text() == findings.text()
    assert pickle.loads(pickle.dumps(findings[0])) == findings[0]
    assert copy.deepcopy(findings) is findings


def test_a_deselected_rule_hides_no_partner_and_shows_no_secret():
    text = f"aws_access_key_id = {KEY_ID}\naws_secret_access_key = {SECRET}\n"
    (finding,) = ic.lint(text=text, ignore="aws-access-key-id")
    assert (finding.rule, finding.severity) == ("aws-secret-key", "error")
    found = ic.lint(text=text, ignore="aws-access-key-id")
    assert KEY_ID not in str(found) + json.dumps(found.to_dict()) + found._repr_html_()


def test_rules_of_ones_own_are_pages_or_folders(tmp_path):
    page = EXAMPLES / "guardrails" / "roles-only-to-containers.md"
    for rules in (page, str(EXAMPLES / "guardrails"), [page]):
        found = ic.lint(CI_ROLE, rules=rules, select="roles-only-to-containers")
        assert [(one.rule, one.line, one.column) for one in found] == [("roles-only-to-containers", 7, 33)]
    assert not ic.lint(EXAMPLES / "deploy.json", rules=page, select="roles-only-to-containers")
    broken = tmp_path / "no-delete.md"
    broken.write_text("---\nforbid: {Action: s3:DeletObject}\n---\n# Nothing is deleted\n")
    with pytest.raises(ic.PolicyError, match="DeletObject") as caught:
        ic.lint(CI_ROLE, rules=broken)
    assert caught.value.line == 2
    with pytest.raises(ic.InputError):
        ic.lint(CI_ROLE, rules=tmp_path / "nowhere.md")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "no-delete.md").write_text("---\nforbid: {Action: \"*\"}\n---\n# T\n")
    with pytest.raises(ValueError, match="two rules"):
        ic.lint(CI_ROLE, rules=tmp_path)
