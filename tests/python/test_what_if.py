"""Matrices of answers."""

import copy
import html.parser
import itertools
import pickle
import subprocess
import sys
import types

import pandas
import pytest
from conftest import ALICE, PAYROLL, REPORT
from test_display import HOSTILE, read

import iamcheck as ic

BOB = "arn:aws:iam::111122223333:user/bob"
ACTIONS = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
MFA = {"MFA": {"aws:MultiFactorAuthPresent": True}, "no MFA": {"aws:MultiFactorAuthPresent": False}}
ONLY_ALICE = {
    "Version": "2012-10-17",
    "Statement": [{"Sid": "A", "Effect": "Allow", "Principal": {"AWS": ALICE}, "Action": "s3:Get*", "Resource": "*"}],
}
KINDS = {"Allowed", "ExplicitlyDenied", "ImplicitlyDenied", "Undecided"}


@pytest.fixture
def matrix(policies):
    return ic.what_if(
        {"now": policies, "shared": policies.replace(resource=ONLY_ALICE)},
        ACTIONS,
        [REPORT, PAYROLL],
        principals=[ALICE, BOB],
        contexts=MFA,
    )


def test_every_row_is_the_answer_of_can(policies, matrix):
    sets = {"now": policies, "shared": policies.replace(resource=ONLY_ALICE)}
    asked = list(itertools.product(sets, [ALICE, BOB], MFA, ACTIONS, [REPORT, PAYROLL]))
    assert len(matrix) == len(asked) == 48
    for i, (name, principal, context, action, resource) in enumerate(asked):
        row = matrix[i]
        assert (row.policies, row.principal, row.context, row.action, row.resource) == asked[i]
        decision = sets[name].can(principal, action, resource, MFA[context])
        assert (row.kind, row.allowed, row.cause) == (decision.kind, decision.allowed, decision.cause)
        assert bool(row) == decision.allowed
        by = decision.decided_by
        found = (row.layer, row.policy, row.statement, row.sid)
        assert found == ((None,) * 4 if by is None else (by.layer, by.policy, by.statement, by.sid))
        assert matrix.decision(i) == decision
    assert matrix.counts == {
        kind: count for kind in sorted(KINDS) if (count := sum(row.kind == kind for row in matrix))
    }
    assert set(matrix.counts) == {"Allowed", "ExplicitlyDenied", "ImplicitlyDenied"}


def test_one_value_stands_for_a_list_of_one(policies):
    one = ic.what_if(policies, "s3:GetObject", REPORT, principals=ALICE)
    assert one == ic.what_if(policies, ["s3:GetObject"], iter([REPORT]), principals=(ALICE,), contexts=[{}])
    assert [row.kind for row in one] == ["Allowed"]
    assert (one[0].policies, one[0].context) == ("", "")
    assert one.axes["principal"] == (ALICE,)


def test_contexts_are_one_many_or_named(policies):
    def names(contexts):
        return ic.what_if(policies, "s3:GetObject", REPORT, principals=ALICE, contexts=contexts).axes["context"]

    assert names({"aws:MultiFactorAuthPresent": True}) == ("aws:MultiFactorAuthPresent=true",)
    assert names([{}, {"aws:TagKeys": ["a", "b"], "aws:SourceIp": None}]) == (
        "",
        "aws:TagKeys=[a, b], aws:SourceIp=(absent)",
    )
    assert names(MFA) == ("MFA", "no MFA")
    with pytest.raises(TypeError, match=r"contexts\['MFA'\]: context\['k'\]"):
        names({"MFA": {"k": object()}})
    with pytest.raises(TypeError, match=r"contexts\[1\]: context: a mapping"):
        names([{}, "k=v"])
    for wrong in ("k=v", 3):
        with pytest.raises(TypeError, match="contexts: a mapping"):
            names(wrong)


def test_options_are_those_of_can(policies):
    asked = ic.what_if(policies, "s3:GetObject", [REPORT, PAYROLL], principals=ALICE, mode="ask")
    assert [row.kind for row in asked] == ["Allowed", "Undecided"]
    assert [row.missing_context for row in asked] == ["", "aws:MultiFactorAuthPresent"]
    assert asked.decision(1).missing_context == ("aws:MultiFactorAuthPresent",)
    assert asked.decision(-1) == asked.decision(1)
    closed = policies.replace(scp={"account": []})
    options = {"principals": ALICE, "management_account": "111122223333"}
    assert not ic.what_if(closed, "s3:GetObject", REPORT, principals=ALICE)[0]
    exempt = ic.what_if(closed, "s3:GetObject", REPORT, **options)
    assert exempt[0]
    assert exempt.decision(0)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"policies": []}, TypeError, "policies: a PolicySet or a mapping"),
        ({"policies": {}}, ValueError, "policies: it is empty"),
        ({"policies": {"x": {}}}, TypeError, r"policies\['x'\]: a PolicySet"),
        ({"actions": []}, ValueError, "actions: it is empty"),
        ({"actions": "s3:Get*"}, ValueError, r"`s3:Get\*` is a pattern; iamcheck\.catalogue\.expand"),
        ({"actions": [3]}, TypeError, r"actions\[0\]: a str"),
        ({"resources": b"*"}, TypeError, "resources: a str or many"),
        ({"resources": [""]}, ValueError, r"resources\[0\]: it is empty"),
        ({"principals": None}, TypeError, "principals: a str or many"),
        ({"principals": "\ud800"}, ValueError, "principals: it holds a lone surrogate"),
        ({"contexts": []}, ValueError, "contexts: it is empty"),
        ({"mode": "maybe"}, ValueError, "mode: `strict` or `ask`"),
        ({"endpoint_kind": "vpc"}, ValueError, "endpoint_kind: there is no `vpc`"),
        ({"management_account": "1"}, ValueError, "management_account: `1` is no account id"),
    ],
)
def test_wrong_arguments_are_named(policies, change, error, message):
    given = {"policies": policies, "actions": ACTIONS, "resources": REPORT, "principals": ALICE, **change}
    with pytest.raises(error, match=message):
        ic.what_if(given.pop("policies"), given.pop("actions"), given.pop("resources"), **given)


def test_more_questions_than_the_limit_are_refused_before_any_is_asked(policies):
    many = [f"arn:aws:s3:::reports/{i}" for i in range(1001)]
    with pytest.raises(ic.PolicyError, match="1001 resource are 1001000 questions, more than 1000000") as caught:
        ic.what_if(policies, [f"s3:X{i}" for i in range(1000)], many, principals=ALICE)
    assert (caught.value.code, caught.value.help) == ("limit-exceeded", "ask in parts")


def test_a_matrix_is_an_immutable_sequence_that_can_be_pickled(matrix):
    assert matrix.rows == tuple(matrix) == tuple(matrix[i] for i in range(len(matrix)))
    assert matrix[3:9] == matrix.rows[3:9]
    assert matrix[::-7] == matrix.rows[::-7]
    assert matrix[-1] == matrix.rows[-1]
    for wrong in (48, -49):
        with pytest.raises(IndexError):
            matrix[wrong]
        with pytest.raises(IndexError):
            matrix.decision(wrong)
    again = pickle.loads(pickle.dumps(matrix))
    assert again == matrix
    assert hash(again) == hash(matrix)
    assert again.rows == matrix.rows
    assert repr(matrix) == repr(again) == (
        "<AccessMatrix of 48: 12 Allowed, 12 ExplicitlyDenied, 24 ImplicitlyDenied>"
    )
    assert copy.deepcopy(matrix) is matrix
    with pytest.raises(AttributeError, match="immutable"):
        matrix.rows = ()
    with pytest.raises(TypeError, match="made by what_if"):
        ic.AccessMatrix()


def test_a_dataframe_has_a_row_for_every_question(matrix):
    frame = matrix.to_pandas()
    assert len(frame) == 48
    assert list(frame.columns) == list(ic.AccessRow.__annotations__)
    for name in frame.columns:
        column = [None if value is pandas.NA else value for value in frame[name]]
        assert column == [getattr(row, name) for row in matrix], name
    assert (frame["allowed"].dtype, frame["statement"].dtype) == ("bool", "Int64")
    table = frame.pivot_table(index="principal", columns="action", values="allowed", aggfunc="sum")
    assert table.loc[ALICE, "s3:GetObject"] == 6


def test_polars_and_arrow_hold_the_same(matrix):
    polars = pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    frame, table = matrix.to_polars(), matrix.to_arrow()
    assert frame.to_dicts() == table.to_pylist()
    assert [row["sid"] for row in frame.to_dicts()] == [row.sid for row in matrix]
    assert frame.schema["statement"] == polars.Int64
    empty = ic.scan("x")
    assert empty.to_polars().schema == ic.lint(text="AKIA").to_polars().schema
    assert empty.to_arrow().num_rows == 0


def test_polars_and_arrow_are_given_columns_of_their_types(matrix, monkeypatch):
    # So that a machine without them notices a change too.
    given = {}
    polars = types.SimpleNamespace(
        String="S", Int64="I", Boolean="B", DataFrame=lambda data, schema: given.update(data=data, schema=schema)
    )
    monkeypatch.setitem(sys.modules, "polars", polars)
    matrix.to_polars()
    assert given["schema"]["statement"] == "I"
    assert given["schema"]["allowed"] == "B"
    assert given["data"]["kind"] == [row.kind for row in matrix]
    arrow = types.SimpleNamespace(
        string=lambda: "s",
        int64=lambda: "i",
        bool_=lambda: "b",
        schema=list,
        table=lambda data, schema: given.update(data=data, schema=schema),
    )
    monkeypatch.setitem(sys.modules, "pyarrow", arrow)
    matrix.to_arrow()
    assert ("statement", "i") in given["schema"]
    assert given["data"]["action"] == [row.action for row in matrix]


def test_frame_libraries_are_loaded_only_when_asked_for_and_missed_by_name():
    code = (
        "import sys, iamcheck as ic\n"
        "matrix = ic.what_if(ic.PolicySet(), 's3:GetObject', '*', principals='*anonymous*')\n"
        "for name in ('pandas', 'polars', 'pyarrow'):\n"
        "    assert name not in sys.modules\n"
        "    sys.modules[name] = None\n"
        "for ask in (matrix.to_pandas, matrix.to_polars, matrix.to_arrow):\n"
        "    try: ask()\n"
        "    except ImportError as error: print(error)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == [
        "AccessMatrix.to_pandas needs pandas; pip install 'iamcheck[frames]'",
        "AccessMatrix.to_polars needs polars; pip install 'polars'",
        "AccessMatrix.to_arrow needs pyarrow; pip install 'pyarrow'",
    ]


class Table(html.parser.HTMLParser):
    """The cells of a table, row by row."""

    def __init__(self, text):
        super().__init__()
        self.rows, self._cell = [], False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._cell = True

    def handle_endtag(self, tag):
        self._cell = self._cell and tag not in ("td", "th")

    def handle_data(self, data):
        if self._cell:
            self.rows[-1][-1] += data


WORDS = {"Allowed": "allowed", "ExplicitlyDenied": "denied", "ImplicitlyDenied": "not allowed", "Undecided": "undecided"}


def test_the_heat_map_puts_each_answer_under_its_question(matrix, policies):
    rows = Table(matrix._repr_html_()).rows
    assert rows[0] == ["policies", "principal", "context", "resource", *ACTIONS]
    shown = {
        (name, principal, context, action, resource): word
        for name, principal, context, resource, *words in rows[1:]
        for action, word in zip(ACTIONS, words)
    }
    assert shown == {
        (row.policies, row.principal, row.context, row.action, row.resource): WORDS[row.kind] for row in matrix
    }
    one_action = ic.what_if(policies, "s3:GetObject", [REPORT, PAYROLL], principals=[ALICE, BOB], mode="ask")
    assert Table(one_action._repr_html_()).rows == [
        ["principal", REPORT, PAYROLL],
        [ALICE, "allowed", "undecided"],
        [BOB, "allowed", "undecided"],
    ]
    assert "action: s3:GetObject" in read(one_action._repr_html_()).text
    one = ic.what_if(policies, "s3:GetObject", REPORT, principals=ALICE)
    assert Table(one._repr_html_()).rows == [["s3:GetObject"], ["allowed"]]


def test_hostile_names_stay_text_in_the_heat_map(policies):
    names = {"contexts": {HOSTILE: {}, HOSTILE + "2": {HOSTILE: HOSTILE}}}
    for principals in (HOSTILE, [HOSTILE, HOSTILE + "2"]):
        matrix = ic.what_if(
            {HOSTILE: policies, "b": policies}, [HOSTILE.replace("?", "")], HOSTILE, principals=principals, **names
        )
        reader = read(matrix._repr_html_())
        assert reader.tags <= {"div", "table", "thead", "tbody", "tr", "th", "td"}
        assert "<script>alert(1)</script>" in reader.text


def test_a_large_heat_map_is_cut_and_counted(policies):
    matrix = ic.what_if(
        policies,
        [f"s3:Action{i}" for i in range(41)],
        [f"arn:aws:s3:::reports/{i}" for i in range(201)],
        principals=ALICE,
    )
    shown = matrix._repr_html_()
    rows = Table(shown).rows
    assert (len(rows), len(rows[0])) == (201, 41)
    assert "the first 200 of 201 rows are shown; the first 40 of 41 columns are shown" in read(shown).text


def test_a_role_or_issuer_that_cannot_be_behind_the_principal_is_refused(policies):
    role = "arn:aws:iam::111122223333:role/app"
    session = "arn:aws:sts::111122223333:assumed-role/ci/run7"
    for fields, principal in (
        ({"principal_role_arn": role}, session),
        ({"principal_role_arn": role}, "arn:aws:iam::111122223333:user/alice"),
        ({"issuer_arn": "arn:aws:iam::111122223333:user/alice"}, session),
    ):
        with pytest.raises(ic.PolicyError) as refused:
            ic.what_if(policies, "s3:GetObject", "*", principals=[principal], **fields)
        with pytest.raises(ic.PolicyError) as by_can:
            policies.can(principal, "s3:GetObject", "*", **fields)
        assert str(refused.value) == str(by_can.value)
        with pytest.raises(ValueError, match=r"requests\[0\]: "):
            line = {"principal": principal, "action": "s3:GetObject", "resource": "*"}
            names = {"principal_role_arn": "principalRoleArn", "issuer_arn": "issuerArn"}
            policies.can_many([{**line, **{names[key]: value for key, value in fields.items()}}])
    ic.what_if(
        policies, "s3:GetObject", "*", principals=[session], principal_role_arn="arn:aws:iam::111122223333:role/ci"
    )
