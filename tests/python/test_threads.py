"""Many threads at once, and the interpreter lock."""

import concurrent.futures
import contextlib
import json
import multiprocessing
import signal
import threading
import time

import pytest
from conftest import ALICE, EXAMPLES, PAYROLL, REPORT

import iamcheck as ic


def test_one_set_answers_many_threads(policies):
    def ask(i):
        denied = policies.can(ALICE, "s3:GetObject", PAYROLL, {"aws:MultiFactorAuthPresent": "false"})
        allowed = policies.can(ALICE, "s3:GetObject", REPORT)
        return denied.kind, allowed.decided_by.sid, allowed._repr_html_(), len(ic.lint(EXAMPLES / "ci-role.json"))

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(ask, range(200)))
    assert len(answers) == 1


def long_work():
    """Calls that keep the library busy for a while."""
    statements = [
        {"Effect": "Allow", "Action": f"s3:Get{i}*", "Resource": f"arn:aws:s3:::*b{i}*/k*{i}*"} for i in range(20_000)
    ]
    text = json.dumps({"Version": "2012-10-17", "Statement": statements})
    policy = ic.parse(text)
    policies = ic.PolicySet(identity=policy)
    request = {"principal": ALICE, "action": "s3:Get9Object", "resource": REPORT}
    yield "parse", lambda: ic.parse(text)
    yield "compile", lambda: ic.PolicySet(identity=[policy] * 3)
    yield "can_many", lambda: policies.can_many([request] * 200)
    questions = [f"arn:aws:s3:::reports/{i}" for i in range(200)]
    yield "what_if", lambda: ic.what_if(policies, "s3:Get9Object", questions, principals=ALICE)
    # Rules that prove: most others would find more here than one answer holds.
    proofs = ["shadowed-statement", "dead-statement", "redundant-statement"]
    yield "lint a text", lambda: ic.lint(text=text, select=proofs)
    yield "lint a policy", lambda: ic.lint(policy, select=proofs)
    large = [ic.Policy.managed(name) for name in ("ReadOnlyAccess", "SecurityAudit")]
    yield "diff", lambda: ic.diff(*large)
    # One of those that take longest; an answer of a millisecond shows nothing.
    provisioning = ic.Policy.managed("SageMakerStudioProjectProvisioningRolePolicy")
    yield "redundant statements", lambda: ic.redundant_statements(provisioning)
    yield "scan", lambda: ic.scan(text * 4)


def longest_silence(work):
    """How long a thread that only looks at the clock was kept from it, as a share of the work."""
    stop, ticks = threading.Event(), []

    def tick():
        while not stop.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.0005)

    thread = threading.Thread(target=tick)
    thread.start()
    time.sleep(0.01)
    begin = time.perf_counter()
    work()
    end = time.perf_counter()
    stop.set()
    thread.join()
    seen = [begin, *(one for one in ticks if begin < one < end), end]
    return max(b - a for a, b in zip(seen, seen[1:])) / (end - begin)


@pytest.mark.parametrize(("name", "work"), list(long_work()), ids=lambda value: value if isinstance(value, str) else "")
def test_the_interpreter_lock_is_released_in_long_work(name, work):
    # A busy machine can keep the thread away too, but hardly every time.
    assert min(longest_silence(work) for _ in range(10)) < 0.5


def test_a_signal_ends_a_matrix_before_its_last_question(policies):
    def ask():
        begin = time.perf_counter()
        with contextlib.suppress(InterruptedError):
            ic.what_if(policies, [f"s3:X{i}" for i in range(150)], [f"b{i}" for i in range(1000)], principals=ALICE)
        return time.perf_counter() - begin

    def interrupt(*_):
        raise InterruptedError

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        whole = ask()
        signal.setitimer(signal.ITIMER_REAL, whole / 20)
        cut = ask()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert cut < whole / 2


def test_work_can_go_to_other_processes(policies):
    lines = [{"id": str(i), "principal": ALICE, "action": "s3:GetObject", "resource": REPORT} for i in range(8)]
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        parts = pool.starmap(ic.PolicySet.can_many, [(policies, lines[:4]), (policies, lines[4:])])
    answers = [answer for part in parts for answer in part]
    assert answers == policies.can_many(lines)
