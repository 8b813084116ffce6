"""Many requests at once, each with the policies that decide it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from . import _core
from . import context as contexts
from .policy import Policy


def simulate(
    requests: Iterable[Mapping[str, Any]], *, explain: bool = False, jobs: int = 1
) -> list[dict[str, Any]]:
    """Answers requests as `iamcheck simulate` does, in order, without the interpreter lock.

    requests: mappings with the members of docs/schema/simulate-request-v1.schema.json; a policy may
              also be a Policy, a value of the context whatever `PolicySet.can` takes
    explain:  add `layers` and `trace` to the answers
    jobs:     threads; the answers are the same for any number

    A request that cannot be answered has an answer with `error` and its place; the others are
    answered all the same. A definition of a policy set (`policySet` without `action`) has no answer.
    `line` of an answer counts the requests from 1. Raises TypeError for what is no mapping or no
    JSON, ValueError for values that no request has, both with the number of the request.
    """
    if not isinstance(jobs, int) or isinstance(jobs, bool) or not 1 <= jobs <= 256:
        raise ValueError("jobs: a number from 1 to 256 is expected")
    lines = [_line(number, request) for number, request in enumerate(requests)]
    return [json.loads(answer) for answer in _core.simulate(lines, bool(explain), jobs)]


def _line(number: int, request: object) -> str:
    if not isinstance(request, Mapping):
        raise TypeError(f"requests[{number}]: a mapping is expected, not {type(request).__name__}")
    members = dict(request)
    try:
        if isinstance(members.get("context"), Mapping):
            members["context"] = dict(contexts.entries(members["context"]))
        return json.dumps(members, allow_nan=False, default=_plain)
    except (TypeError, ValueError) as error:
        raise type(error)(f"requests[{number}]: {error}") from None


def _plain(value: object) -> object:
    if isinstance(value, Policy):
        return value.to_dict()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no JSON")
