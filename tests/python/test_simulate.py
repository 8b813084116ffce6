"""simulate: requests in, answers out."""

import datetime
import threading
import time

import pytest

import iamcheck as ic

ALICE = "arn:aws:iam::111122223333:user/alice"
ALLOW = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}


def request(**more):
    return {"principal": ALICE, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", **more}


def test_answers_come_in_order_with_their_ids():
    requests = (request(id=str(i), identityPolicies=[ALLOW] if i % 2 else []) for i in range(100))
    answers = ic.simulate(requests, jobs=4)
    assert [answer["id"] for answer in answers] == [str(i) for i in range(100)]
    assert [answer["decision"] for answer in answers] == ["ImplicitlyDenied", "Allowed"] * 50


def test_named_sets_and_policies_in_every_form():
    answers = ic.simulate(
        [
            {"policySet": "all", "identityPolicies": [ic.Policy.from_dict(ALLOW)]},
            request(policySet="all"),
            request(identityPolicies=[{"name": "mine", "policy": ic.Policy.from_dict(ALLOW)}]),
        ]
    )
    assert [answer["decision"] for answer in answers] == ["Allowed", "Allowed"]
    assert answers[1]["decidedBy"]["policy"] == "mine"


def test_context_values_are_those_of_can():
    statement = {
        "Effect": "Allow",
        "Action": "*",
        "Resource": "*",
        "Condition": {"DateLessThan": {"aws:CurrentTime": "2026-06-01T00:00:00Z"}},
    }
    when = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    [answer] = ic.simulate(
        [request(context={"aws:CurrentTime": when}, identityPolicies=[{"Statement": statement}])]
    )
    assert answer["decision"] == "Allowed"


def test_a_request_that_cannot_be_answered_does_not_stop_the_others():
    answers = ic.simulate([{"id": "bad"}, request()])
    assert answers[0]["id"] == "bad"
    assert answers[0]["error"]["code"] == "invalid-argument"
    assert answers[0]["line"] == 1
    assert answers[1]["decision"] == "ImplicitlyDenied"


def test_explain_adds_layers_and_trace():
    [answer] = ic.simulate([request(identityPolicies=[ALLOW])], explain=True)
    assert answer["layers"][0]["layer"] == "identity"
    assert answer["trace"][0]["applies"] == "true"


@pytest.mark.parametrize(
    "bad, error, words",
    [
        ([5], TypeError, r"requests\[0\]: a mapping"),
        ([request(), request(id={1})], TypeError, r"requests\[1\]: set is no JSON"),
        ([request(context={"a:b": float("nan")})], ValueError, r"requests\[0\]: .*nan"),
    ],
)
def test_wrong_requests_are_named(bad, error, words):
    with pytest.raises(error, match=words):
        ic.simulate(bad)


def test_jobs_is_a_number_of_threads():
    with pytest.raises(ValueError, match="jobs"):
        ic.simulate([], jobs=0)
    assert ic.simulate([]) == []


def test_the_lock_is_released():
    requests = [request(identityPolicies=[ALLOW], id=str(i)) for i in range(20_000)]
    silences = []
    done = threading.Event()

    def count():
        last = time.perf_counter()
        while not done.is_set():
            time.sleep(0.001)
            now = time.perf_counter()
            silences.append(now - last)
            last = now

    counter = threading.Thread(target=count)
    counter.start()
    started = time.perf_counter()
    ic.simulate(requests)
    spent = time.perf_counter() - started
    done.set()
    counter.join()
    assert max(silences) < spent / 2
