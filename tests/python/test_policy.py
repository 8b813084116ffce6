"""Reading policies and looking at them."""

import copy
import datetime
import json
import os
import pickle

import pytest
from conftest import EXAMPLES, READ_REPORTS

import iamcheck as ic


def test_statements_show_what_was_written():
    first, second = ic.Policy.from_dict(READ_REPORTS).statements
    assert (first.index, first.sid, first.effect) == (0, "Read", "Allow")
    assert first.action == ("s3:GetObject",)
    assert first.resource == ("arn:aws:s3:::reports/*",)
    assert first.not_action is first.principal is None
    assert first.conditions == ()
    assert second.conditions == (ic.Condition("Bool", "aws:MultiFactorAuthPresent", ("false",)),)
    assert (second.line, second.column) == (10, 5)


def test_principals_have_a_type_unless_bare():
    policy = ic.Policy.from_file(EXAMPLES / "bucket-policy.json")
    partner, everyone = policy.statements
    assert partner.principal == (ic.PrincipalEntry("AWS", "arn:aws:iam::444455556666:root"),)
    assert everyone.principal == (ic.PrincipalEntry(None, "*"),)


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (READ_REPORTS, "identity"),
        ({"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}}, "resource"),
        ({"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}}, "trust"),
    ],
)
def test_kind_is_what_the_content_tells(document, kind):
    assert ic.Policy.from_dict(document).kind == kind


def test_canonical_print_reads_back_equal():
    policy = ic.Policy.from_dict(READ_REPORTS)
    assert ic.parse(str(policy)) == policy
    assert policy.to_dict() == READ_REPORTS


def test_equality_ignores_layout_and_name_and_agrees_with_hash():
    compact = ic.parse(json.dumps(READ_REPORTS, separators=(",", ":")), name="a")
    spread = ic.parse(json.dumps(READ_REPORTS, indent=8), name="b")
    other = ic.parse(json.dumps(READ_REPORTS).replace("Deny", "Allow"))
    assert compact == spread
    assert hash(compact) == hash(spread)
    assert compact != other
    assert compact != "text"


def test_what_the_grammar_does_not_allow_is_a_diagnostic():
    policy = ic.parse('{"Statement": [], "Statment": 1}')
    (diagnostic,) = policy.diagnostics
    assert diagnostic.kind == "unknown-element"
    assert (diagnostic.line, diagnostic.column) == (1, 19)
    assert "Statment" in diagnostic.message


def test_a_diagnostic_shows_no_credential():
    key = "AKIAQYLPMN5HHHFPZAM2"
    policy = ic.parse('{"Statement": [{"Effect": "Allow", "%s": 1}], "%s": 1}' % (key, key))
    assert len(policy.diagnostics) == 2
    for diagnostic in policy.diagnostics:
        assert "AKIA...M2" in diagnostic.message
        assert key not in diagnostic.message + diagnostic.help + diagnostic.path


def test_comments_are_forgiven_unless_strict():
    text = '{"Statement": [] /* none yet */}'
    assert [one.kind for one in ic.parse(text).diagnostics] == ["forgiven"]
    with pytest.raises(ic.PolicyError, match="comment") as caught:
        ic.parse(text, strict=True)
    assert caught.value.code == "json-syntax"


def test_errors_carry_code_place_and_next_step():
    with pytest.raises(ic.PolicyError) as caught:
        ic.parse('{\n  "Statement": [}', name="p.json")
    error = caught.value
    assert isinstance(error, ValueError)
    assert isinstance(error, ic.Error)
    assert (error.code, error.name, error.line, error.column) == ("json-syntax", "p.json", 2, 17)
    assert error.message
    assert str(error).startswith("p.json:2:17: ")
    copied = pickle.loads(pickle.dumps(error))
    assert type(copied) is ic.PolicyError
    assert vars(copied) == vars(error)


@pytest.mark.parametrize("text", ["\ud800", "a\0b", "", "\0", b"\xff\xfe", b"\xff", b"{\x00}", "{" * 100_000])
def test_no_text_crashes_the_reader(text):
    with pytest.raises(ic.PolicyError):
        ic.parse(text)


def test_lone_surrogates_inside_a_policy_are_refused_as_no_utf8():
    with pytest.raises(ic.PolicyError) as caught:
        ic.parse('{"Statement": [], "Id": "\ud800"}')
    assert caught.value.code == "not-utf8"
    with pytest.raises(ic.PolicyError):
        ic.Policy.from_dict({"Statement": [], "Id": "\ud800"})


def test_a_nul_in_a_value_stays_where_it_is():
    policy = ic.parse('{"Statement": [{"Sid": "a\\u0000b", "Effect": "Allow", "Action": "s3:*"}]}')
    assert policy.statements[0].sid == "a\0b"


def test_utf16_bytes_are_decoded_and_given_back_as_they_were():
    content = json.dumps(READ_REPORTS).encode("utf-16")
    policy = ic.parse(content)
    assert policy == ic.Policy.from_dict(READ_REPORTS)
    assert policy.source == content
    assert pickle.loads(pickle.dumps(policy)).source == content


def test_names_that_are_no_text_are_shown_escaped():
    assert ic.parse("{}", name="a\ud800").name == "a\\ud800"


def test_from_dict_takes_the_date_that_yaml_makes_of_a_version():
    policy = ic.Policy.from_dict({"Version": datetime.date(2012, 10, 17), "Statement": []})
    assert policy.version == "2012-10-17"


def test_from_dict_names_what_is_no_json():
    loop: dict = {}
    loop["Statement"] = loop
    for bad, expected in [
        ({"Statement": {1, 2}}, TypeError),
        ({"Statement": [float("nan")]}, ValueError),
        ({"Statement": datetime.datetime(2026, 1, 1)}, TypeError),
        ({("a",): 1}, TypeError),
        (loop, ValueError),
        ([], TypeError),
        (None, TypeError),
    ]:
        with pytest.raises(expected, match="document"):
            ic.Policy.from_dict(bad)


def test_from_dict_refuses_what_is_nested_without_end():
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(ic.PolicyError) as caught:
        ic.Policy.from_dict({"Statement": deep})
    assert caught.value.code == "limit-exceeded"


def test_files_that_cannot_be_read_are_input_errors(tmp_path):
    for path in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(ic.InputError) as caught:
            ic.Policy.from_file(path)
        assert isinstance(caught.value, OSError)
        assert caught.value.code == "unreadable"
        assert str(path) in str(caught.value)
    with pytest.raises(ValueError, match="NUL"):
        ic.Policy.from_file("a\0b")
    with pytest.raises(TypeError):
        ic.Policy.from_file(3)  # type: ignore[arg-type]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no FIFOs")
def test_what_is_no_file_is_refused_and_never_waited_for(tmp_path):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    for read in (ic.Policy.from_file, ic.lint, lambda path: ic.PolicySet(identity=path)):
        with pytest.raises(ic.InputError, match="it is a FIFO, not a file") as caught:
            read(fifo)
        assert caught.value.code == "unreadable"
    with pytest.raises(ic.InputError, match="it is a device, not a file"):
        ic.lint("/dev/zero")


@pytest.mark.skipif(not os.path.isdir("/dev/fd"), reason="the system has no /dev/fd")
def test_a_pipe_that_the_shell_hands_over_is_read():
    reader, writer = os.pipe()
    os.write(writer, b'{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}')
    os.close(writer)
    try:
        assert len(ic.Policy.from_file(f"/dev/fd/{reader}").statements) == 1
    finally:
        os.close(reader)


def test_a_near_managed_policy_is_suggested():
    with pytest.raises(ic.UnknownNameError) as caught:
        ic.Policy.managed("ReadOnlyAcces")
    assert "did you mean `ReadOnlyAccess`" in caught.value.help


def test_a_syntax_error_shows_no_credential():
    with pytest.raises(ic.PolicyError) as caught:
        ic.parse('{"Version": AKIA' + "Z3MSJX5TQ2WKYB4D}")
    assert "MSJX5" not in str(caught.value)


def test_managed_policies_come_by_name_or_arn():
    by_name = ic.Policy.managed("ReadOnlyAccess")
    assert by_name == ic.Policy.managed("arn:aws:iam::aws:policy/ReadOnlyAccess")
    assert by_name.name == "ReadOnlyAccess"
    assert "ReadOnlyAccess" in ic.catalogue.managed_policies()
    with pytest.raises(ic.UnknownNameError) as caught:
        ic.Policy.managed("readonlyaccess")
    assert isinstance(caught.value, LookupError)


def test_places_in_a_managed_policy_are_those_of_its_canonical_text():
    managed = ic.Policy.managed("SecurityAudit")
    assert managed.source.decode().rstrip("\n") == str(managed)
    assert managed.statements[0].line > 1


def test_a_decision_says_that_a_policy_is_an_aws_managed_one():
    policies = ic.PolicySet(identity=ic.Policy.managed("SecurityAudit"))
    for asked in (policies, pickle.loads(pickle.dumps(policies))):
        decision = asked.can("arn:aws:iam::111122223333:user/alice", "ec2:DescribeInstances", "*")
        assert f"in AWS managed policy SecurityAudit:{decision.decided_by.line}," in decision.explain()
        assert decision.to_dict()["decidedBy"]["awsManaged"] is True
        own = ic.PolicySet(identity=str(ic.Policy.managed("SecurityAudit")))
        again = own.can("arn:aws:iam::111122223333:user/alice", "ec2:DescribeInstances", "*")
        assert "awsManaged" not in again.to_dict()["decidedBy"]


def test_policies_are_immutable_picklable_and_copyable():
    policy = ic.Policy.from_dict(READ_REPORTS, name="reports")
    with pytest.raises(AttributeError, match="immutable"):
        policy.name = "other"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        policy.anything = 1  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        del policy._handle
    with pytest.raises(AttributeError):
        policy.statements[0].sid = "other"  # type: ignore[misc]
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(policy, protocol))
        assert again == policy
        assert (again.name, again.statements) == (policy.name, policy.statements)
    assert copy.copy(policy) is copy.deepcopy(policy) is policy
    with pytest.raises(TypeError):
        ic.Policy()


@pytest.mark.parametrize("value", [None, 3, ["{}"], object()])
def test_parse_names_an_argument_of_a_wrong_type(value):
    with pytest.raises(TypeError, match="text: a str or bytes"):
        ic.parse(value)
    with pytest.raises(TypeError, match="name: a str"):
        ic.parse("{}", name=value)
