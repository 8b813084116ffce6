"""Many threads at once, and the interpreter lock."""

import concurrent.futures
import json
import multiprocessing
import threading
import time

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
        {"Effect": "Allow", "Action": f"s3:Get{i}*", "Resource": f"arn:aws:s3:::*b{i}*/k*{i}*"} for i in range(4000)
    ]
    document = {"Version": "2012-10-17", "Statement": statements}
    text = json.dumps(document)
    policies = ic.PolicySet(identity=text)
    request = {"principal": ALICE, "action": "s3:Get9Object", "resource": REPORT}
    yield "parse", lambda: ic.parse(text)
    yield "compile", lambda: ic.PolicySet(identity=ic.parse(text))
    yield "can_many", lambda: policies.can_many([request] * 400)
    yield "lint", lambda: ic.lint(text=text)
    yield "scan", lambda: ic.scan(text * 20)


def test_the_interpreter_lock_is_released_in_long_work():
    # A thread that only counts goes on while the library works. With the lock held it could count at
    # most before and after the call.
    for name, work in long_work():
        stop, ticks = threading.Event(), []

        def count(stop=stop, ticks=ticks):
            while not stop.is_set():
                ticks.append(time.perf_counter())
                time.sleep(0.0005)

        thread = threading.Thread(target=count)
        thread.start()
        try:
            begin = time.perf_counter()
            while time.perf_counter() - begin < 0.2:
                work()
            end = time.perf_counter()
        finally:
            stop.set()
            thread.join()
        gaps = [b - a for a, b in zip(ticks, ticks[1:]) if begin < a < end]
        assert len(gaps) > 20, name


def test_work_can_go_to_other_processes(policies):
    lines = [{"id": str(i), "principal": ALICE, "action": "s3:GetObject", "resource": REPORT} for i in range(8)]
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        parts = pool.starmap(ic.PolicySet.can_many, [(policies, lines[:4]), (policies, lines[4:])])
    answers = [answer for part in parts for answer in part]
    assert answers == policies.can_many(lines)
