"""What `lint` can be told, and what its findings can be shown as: the same as the command's."""

import datetime
import json
import pickle
import subprocess

import pytest
from conftest import COMMAND, EXAMPLES, KEY_ID, READ_REPORTS, SECRET

import iamcheck as ic

CI_ROLE = EXAMPLES / "ci-role.json"
BUCKET = EXAMPLES / "bucket-policy.json"
LEAK = f"[default]\naws_access_key_id = {KEY_ID}\naws_secret_access_key = {SECRET}\n"
FORMATS = ("text", "json", "sarif", "junit", "github", "gitlab", "markdown", "access-analyzer")
COMMENTED = """{
  "Version": "2012-10-17",
  "Statement": [
    // iamcheck:ignore-next-line[unknown-action] we wait for it
    {"Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "arn:aws:s3:::b/*"},
    {"Effect": "Allow", "Action": "s3:PutObjekt", "Resource": "arn:aws:s3:::b/*"}, // iamcheck:ignore[unknown-action] until: 2026-01-31
    {"Effect": "Allow", "Action": "s3:ListObjekt", "Resource": "arn:aws:s3:::b/*"} // iamcheck:ignore[missing-version] never
  ]
}
"""


def today():
    return datetime.datetime.now(datetime.timezone.utc).date()


def command(*words, code=1):
    run = subprocess.run([COMMAND, *map(str, words)], capture_output=True, text=True, check=False)
    assert run.returncode == code, run.stderr
    return run.stdout


def lint_command(*words, **options):
    return command("lint", "--no-config", *words, **options)


@pytest.fixture
def files(tmp_path):
    """A file of each sort, in the order of the command: one is clean, one has a comment that silences."""
    (tmp_path / "a-leak.ini").write_text(LEAK)
    (tmp_path / "b-commented.json").write_text(COMMENTED)
    (tmp_path / "c-clean.json").write_text(
        json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"}})
    )
    (tmp_path / "d-role.json").write_text(CI_ROLE.read_text())
    (tmp_path / "e-broken.json").write_text('{"Version": "2012-10-17", "Statement": [}')
    return sorted(tmp_path.iterdir())


@pytest.mark.parametrize("format", FORMATS[:-1])
def test_findings_are_rendered_as_the_command_prints_them(files, format):
    found = ic.lint(*files, today=today())
    assert len(found) > 5 and found.suppressed
    assert found.render(format) == lint_command("--format", format, *files)
    clean = ic.lint(files[2], today=today())
    assert clean.render(format) == lint_command("--format", format, files[2], code=0)


def test_text_is_what_is_rendered_when_nothing_is_said(files):
    found = ic.lint(*files, today=today())
    assert found.text() == found.render() == found.render("text")


def test_the_form_of_access_analyzer_is_that_of_the_command():
    for targets in ([CI_ROLE], [BUCKET, CI_ROLE]):
        found = ic.lint(*targets, profile="access-analyzer", today=today())
        assert found.render("access-analyzer") == lint_command("--format", "access-analyzer", *targets)
    (answer,) = [json.loads(ic.lint(CI_ROLE, profile="access-analyzer").render("access-analyzer"))]
    assert {"findingType", "findingDetails", "issueCode", "learnMoreLink", "locations"} == set(answer["findings"][0])


def test_another_format_is_refused():
    with pytest.raises(ValueError, match="format: there is no 'html'; there are text, json, sarif"):
        ic.lint(CI_ROLE).render("html")


def test_a_part_of_the_findings_can_be_rendered_too(files):
    found = ic.lint(*files)
    part = found[2:4]
    rules = [one.rule for one in part]
    assert [one["ruleId"] for one in json.loads(part.render("sarif"))["runs"][0]["results"]] == rules
    assert [one["check_name"] for one in json.loads(part.render("gitlab"))] == rules
    assert json.loads(part.render("json"))["findings"] == part.to_dicts()
    *frames, summary = part.text().split("\n\n")
    assert len(frames) == 2 and "\n\n".join(frames) in found.text()
    assert json.loads(part[1:].render("gitlab")) == json.loads(part.render("gitlab"))[1:]
    assert json.loads(found[::-1].render("json"))["findings"] == found[::-1].to_dicts()
    assert not part.suppressed
    for format in FORMATS:
        assert SECRET not in part.render(format) + found.render(format)
        assert KEY_ID not in part.render(format) + found.render(format)


def test_pickled_findings_are_rendered_as_before_and_hold_no_text_of_the_files(files):
    found = ic.lint(*files)
    content = pickle.dumps(found)
    assert SECRET.encode() not in content and KEY_ID.encode() not in content
    again = pickle.loads(pickle.dumps(pickle.loads(content)))
    assert again == found
    for format in FORMATS:
        assert again.render(format) == found.render(format)
    assert again.text() == found.text()
    assert (again.suppressed, again.notes) == (found.suppressed, found.notes)
    assert again[:2].text() == str(again[:2])
    with pytest.raises(ValueError, match="pickled"):
        again[:2].render("sarif")
    assert pickle.loads(pickle.dumps(found[1:3])).render("markdown") == found[1:3].render("markdown")


def test_a_profile_chooses_the_rules():
    names = {profile: {one.rule for one in ic.lint(CI_ROLE, profile=profile)} for profile in ("default", "strict", "access-analyzer")}
    assert names["default"] < names["strict"]
    codes = {row["rule"] for row in ic.lint(CI_ROLE, profile="access-analyzer").to_dicts()}
    assert codes and codes != names["default"]
    for profile in names:
        listed = json.loads(lint_command("--profile", profile, "--format", "json", CI_ROLE))["findings"]
        assert [one["rule"] for one in listed] == [one.rule for one in ic.lint(CI_ROLE, profile=profile, today=today())]
    with pytest.raises(ValueError, match="profile: there is no 'lax'; there are default, strict, access-analyzer"):
        ic.lint(CI_ROLE, profile="lax")


def test_the_type_of_the_resource_is_taken_like_by_the_command():
    # No rule asks for it yet.
    found = ic.lint(BUCKET, resource_type="AWS::S3::Bucket", profile="strict", today=today())
    words = ("--profile", "strict", "--resource-type", "AWS::S3::Bucket", "--format", "json")
    assert found.render("json") == lint_command(*words, BUCKET)
    with pytest.raises(TypeError, match="resource_type"):
        ic.lint(BUCKET, resource_type=3)


def test_findings_that_are_less_sure_can_be_left_out():
    everything = ic.lint(CI_ROLE, BUCKET, profile="strict")
    assert {one.confidence for one in everything} >= {"high", "medium"}
    for least, kept in (("low", {"low", "medium", "high"}), ("medium", {"medium", "high"}), ("high", {"high"})):
        found = ic.lint(CI_ROLE, BUCKET, profile="strict", min_confidence=least)
        assert list(found) == [one for one in everything if one.confidence in kept]
    with pytest.raises(ValueError, match="min_confidence: there is no 'none'"):
        ic.lint(CI_ROLE, min_confidence="none")


def test_a_category_stands_for_its_rules():
    category = ic.rule("unknown-action").category
    chosen = ic.lint(CI_ROLE, select=category)
    assert "unknown-action" in {one.rule for one in chosen}
    assert {ic.rule(one.rule).category for one in chosen} == {category}
    rest = ic.lint(CI_ROLE, ignore=[category])
    assert sorted(map(str, [*chosen, *rest])) == sorted(map(str, ic.lint(CI_ROLE)))
    (syntax,) = ic.lint(text="{", kind="identity", select=ic.rule("json-syntax").category)
    assert syntax.rule == "json-syntax"
    assert not ic.lint(text="{", kind="identity", ignore=ic.rule("json-syntax").category)


def test_comments_silence_findings_and_are_counted():
    found = ic.lint(text=COMMENTED, name="p.json")
    assert [one.line for one in found if one.rule == "unknown-action"] == [7]
    silenced = [one for one in found.suppressed if one.rule == "unknown-action"]
    assert [(one.line, one.suppression) for one in silenced] == [
        (5, {"by": "source", "reason": "we wait for it"}),
        (6, {"by": "source", "reason": "until: 2026-01-31"}),
    ]
    assert all(isinstance(one, ic.Finding) for one in silenced)
    assert found[0].suppression is None
    assert str(found).endswith(f"{len(found.suppressed)} suppressed")
    assert f"{len(found.suppressed)} findings suppressed" in found.text()
    assert "suppressed" in found._repr_html_()
    assert found.to_dict()["suppressed"] == [one.to_dict() for one in found.suppressed]
    (note,) = found.notes  # nobody needs the third comment
    assert note.startswith("p.json:7:")


def test_a_suppression_ends_on_its_day_when_the_day_is_told():
    def lines(day):
        return [one.line for one in ic.lint(text=COMMENTED, today=day) if one.rule == "unknown-action"]

    assert lines(None) == lines(datetime.date(2026, 1, 31)) == [7]
    assert lines(datetime.date(2026, 2, 1)) == [6, 7]
    assert any("expired" in note for note in ic.lint(text=COMMENTED, today=datetime.date(2026, 2, 1)).notes)


def test_comments_silence_credentials_too():
    silenced = LEAK.replace("\n[", "\n").replace(KEY_ID, KEY_ID + "  # iamcheck:ignore[aws-access-key-id] a fixture")
    for found in (ic.scan(silenced), ic.lint(text=silenced)):
        assert not found
        assert [one.rule for one in found.suppressed] == ["aws-access-key-id"]


def test_a_baseline_holds_what_was_there_before(files, tmp_path):
    baseline = tmp_path / "baseline.json"
    before = ic.lint(*files, today=today())
    baseline.write_text(before.baseline())
    assert SECRET not in baseline.read_text() and KEY_ID not in baseline.read_text()
    known = ic.lint(*files, baseline=baseline, today=today())
    assert not known
    assert {one.suppression["by"] for one in known.suppressed} == {"baseline", "source"}
    assert len(known.suppressed) == len(before) + len(before.suppressed)
    new = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
    assert "admin-star-star" in {one.rule for one in ic.lint(*files, new, baseline=str(baseline))}
    gone = ic.lint(files[0], baseline=baseline)
    assert "of the baseline are gone" in gone.notes[0]
    assert before.baseline() != before.baseline()  # each has a key of its own


def test_baselines_of_library_and_command_are_the_same(files, tmp_path):
    mine, theirs = tmp_path / "mine.json", tmp_path / "theirs.json"
    mine.write_text(ic.lint(*files, today=today()).baseline())
    lint_command("--baseline", mine, *files, code=0)
    command("baseline", "--no-config", "--output", theirs, *files, code=0)
    assert not ic.lint(*files, baseline=theirs, today=today())


def test_a_file_that_is_no_baseline_raises(tmp_path):
    for content in ("", "{}", '{"schema": "iamcheck/baseline/v9"}', "[1"):
        (tmp_path / "b.json").write_text(content)
        with pytest.raises(ic.PolicyError) as caught:
            ic.lint(CI_ROLE, baseline=tmp_path / "b.json")
        assert caught.value.name == str(tmp_path / "b.json")
    with pytest.raises(ic.InputError):
        ic.lint(CI_ROLE, baseline=tmp_path / "nowhere.json")


def test_a_baseline_is_made_of_all_findings_of_a_run():
    found = ic.lint(CI_ROLE)
    for part in (found[:1], pickle.loads(pickle.dumps(found))):
        with pytest.raises(ValueError, match="baseline: only all findings"):
            part.baseline()


def test_a_finding_has_its_notes_and_its_fix():
    found = ic.lint(CI_ROLE, profile="strict")
    fixed = next(one for one in found if one.rule == "redundant-action")
    assert fixed.fix["safe"] is True and fixed.fix["description"] and fixed.fix["edits"][0]["span"]
    fixed.fix["edits"].clear()
    assert fixed.fix["edits"]
    noted = next(one for one in found if one.notes)
    assert noted.notes == tuple(noted.to_dict()["notes"])
    related = next(one for one in found if one.related)
    assert related.related[0]["message"] and related.related[0]["span"]["begin"]["line"]


def test_no_configuration_is_read(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    (tmp_path / "p.json").write_text(CI_ROLE.read_text())
    before = ic.lint(tmp_path / "p.json")
    (tmp_path / ".iamcheck.yaml").write_text("ignore: [unknown-action]\n")
    monkeypatch.chdir(tmp_path)
    assert ic.lint(tmp_path / "p.json") == before
    assert not ic.lint(READ_REPORTS, select="unknown-action")


def test_a_text_above_a_limit_raises_and_is_no_finding():
    deep = '{"Statement": ' + "[" * 1000 + "]" * 1000 + "}"
    with pytest.raises(ic.PolicyError) as caught:
        ic.lint(text=deep, kind="identity")
    assert caught.value.code == "limit-exceeded"
