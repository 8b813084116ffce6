"""Values of the request context."""

import datetime
import decimal
import ipaddress

import pytest
from conftest import ALICE, REPORT

import iamcheck as ic

UTC = datetime.timezone.utc


def asked(operator, key, policy_value, value, mode="strict"):
    statement = {
        "Effect": "Allow",
        "Action": "*",
        "Resource": "*",
        "Condition": {operator: {key: policy_value}},
    }
    policies = ic.PolicySet(identity={"Version": "2012-10-17", "Statement": statement})
    return policies.can(ALICE, "s3:GetObject", REPORT, {key: value}, mode=mode)


@pytest.mark.parametrize(
    ("operator", "policy_value", "value"),
    [
        ("StringEquals", "a,b", "a,b"),
        ("StringEquals", "", ""),
        ("Bool", "true", True),
        ("StringEquals", "true", True),
        ("Bool", "false", False),
        ("NumericEquals", "5", 5),
        ("NumericLessThan", "1", 0.5),
        ("NumericEquals", "0.1", decimal.Decimal("0.1")),
        ("IpAddress", "192.0.2.0/24", ipaddress.ip_address("192.0.2.1")),
        ("DateEquals", "2026-01-02T03:04:05Z", datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        (
            "DateEquals",
            "2026-01-02T03:04:05Z",
            datetime.datetime(2026, 1, 2, 5, 4, 5, tzinfo=datetime.timezone(datetime.timedelta(hours=2))),
        ),
        ("ForAllValues:StringEquals", ["a", "b"], ["a", "b"]),
        ("ForAllValues:StringEquals", ["a", "b"], ("b",)),
        ("ForAnyValue:StringEquals", "b", {"a", "b"}),
        ("Null", "true", None),
        ("Null", "true", []),
    ],
)
def test_python_values_become_the_text_that_aws_compares(operator, policy_value, value):
    assert asked(operator, "ex:Key", policy_value, value)


def test_none_and_the_empty_list_are_known_to_be_absent_also_in_ask_mode():
    for value in (None, [], (), set()):
        assert asked("StringEquals", "ex:Key", "a", value, mode="ask").kind == "ImplicitlyDenied"


def test_a_list_of_one_is_still_multivalued():
    variable = {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::reports/${ex:Key}"},
    }
    policies = ic.PolicySet(identity=variable)
    assert policies.can(ALICE, "s3:GetObject", REPORT, {"ex:Key": "2026.csv"})
    assert not policies.can(ALICE, "s3:GetObject", REPORT, {"ex:Key": ["2026.csv"]})


def test_values_of_numpy_and_pandas_are_taken():
    numpy = pytest.importorskip("numpy")
    pandas = pytest.importorskip("pandas")
    assert asked("Bool", "ex:Key", "true", numpy.bool_(True))
    assert asked("NumericEquals", "ex:Key", "5", numpy.int64(5))
    assert asked("DateEquals", "ex:Key", "2026-01-02T00:00:00Z", pandas.Timestamp("2026-01-02", tz="UTC"))
    for missing in (float("nan"), numpy.float64("nan"), pandas.NaT):
        with pytest.raises(ValueError, match="ex:Key"):
            asked("Bool", "ex:Key", "true", missing)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (float("inf"), ValueError),
        (decimal.Decimal("NaN"), ValueError),
        ("\ud800", ValueError),
        (["a", "\ud800"], ValueError),
        (datetime.datetime(2026, 1, 2), ValueError),
        (datetime.date(2026, 1, 2), TypeError),
        (b"a", TypeError),
        ({"a": 1}, TypeError),
        ([None], TypeError),
        ([["a"]], TypeError),
        (object(), TypeError),
    ],
)
def test_other_values_are_refused_by_the_name_of_their_key(value, expected):
    with pytest.raises(expected, match=r"context\['ex:Key'\]"):
        asked("StringEquals", "ex:Key", "a", value)


def test_keys_ignore_case_so_two_spellings_are_refused(policies):
    with pytest.raises(ValueError, match="are one key"):
        policies.can(ALICE, "s3:GetObject", REPORT, {"aws:SourceIp": "a", "AWS:sourceip": "b"})


@pytest.mark.parametrize("context", ["aws:SourceIp=a", 3, [("a", "b")], {3: "a"}])
def test_a_context_is_a_mapping_of_texts(policies, context):
    with pytest.raises(TypeError, match="context"):
        policies.can(ALICE, "s3:GetObject", REPORT, context)
    with pytest.raises(ValueError, match="context"):
        policies.can(ALICE, "s3:GetObject", REPORT, {"": "a"})
