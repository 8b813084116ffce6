"""What policies allow that others do not: proved over all requests, not sampled."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn, Optional, Union

from . import _core, arguments, display
from .decision import StatementNote
from .errors import PolicyError
from .frozen import Frozen
from .linting import _kind
from .policy import Policy
from .policy_set import PolicySet

OnePolicy = Union[Policy, Mapping[str, Any], arguments.PathLike]

#: What `no_public_access` takes as `resource_type`.
PUBLIC_ACCESS_TYPES = _core.PUBLIC_ACCESS_TYPES

_READINGS = ("strict", "component", "documented")
_NEW = "allows what was not allowed"


class AccessAnswer(Frozen):
    """An answer about all requests. True when the verdict is PASS.

    PASS is a proof that no request whatever is allowed by the one side and not by the other. FAIL
    comes with a request that shows it. UNKNOWN: the limits of one question were reached. Credentials
    of the policies are masked everywhere but in `witness` and in the `sid` of a reason.
    """

    __slots__ = ("_document", "_text", "_witness", "_reasons", "__weakref__")
    _document: str
    _text: str
    _witness: Optional[str]
    _reasons: tuple[StatementNote, ...]

    def __init__(self) -> None:
        raise TypeError("an AccessAnswer is made by iamcheck.no_new_access and its siblings")

    @property
    def verdict(self) -> str:
        """`PASS`, `FAIL` or `UNKNOWN`."""
        return str(self.to_dict()["result"])

    @property
    def certainty(self) -> Optional[str]:
        """`proved` of PASS; of FAIL `confirmed` when the evaluator answers the witness as claimed,
        `possible` when nothing rules it out and no such request was found. None of UNKNOWN."""
        certainty: Optional[str] = self.to_dict()["certainty"]
        return certainty

    @property
    def reasons(self) -> tuple[StatementNote, ...]:
        """The statements that allow something new (or listed, or public), each once, in order."""
        return self._reasons

    @property
    def witness(self) -> Optional[dict[str, Any]]:
        """A request that shows a FAIL, in the form that `PolicySet.can_many` takes. Every key that
        is not in its context, or is None there, is absent."""
        return None if self._witness is None else dict(json.loads(self._witness))

    @property
    def pieces(self) -> tuple[dict[str, Any], ...]:
        """The difference in parts, in the words of the policies: `pieces` of
        docs/schema/diff-v1.schema.json. A part without `actions`, `resources` or `principals` is
        about any."""
        return tuple(self.to_dict()["pieces"])

    @property
    def complete(self) -> bool:
        """Whether `pieces` is the whole difference."""
        return bool(self.to_dict()["complete"])

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What was taken for granted, in words."""
        return tuple(self.to_dict()["assumptions"])

    def to_dict(self) -> dict[str, Any]:
        """The form of `added` in docs/schema/diff-v1.schema.json."""
        return dict(json.loads(self._document))

    def __bool__(self) -> bool:
        return self.verdict == "PASS"

    def __str__(self) -> str:
        return self._text.rstrip("\n")

    def __repr__(self) -> str:
        return f"<AccessAnswer {_first_line(self._text)}>"

    def _repr_html_(self) -> str:
        return display.report_html(self._text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AccessAnswer):
            return NotImplemented
        return self._state() == other._state()

    def __hash__(self) -> int:
        return hash(self._document)

    def __reduce__(self) -> Any:
        return _restore_answer, self._state()

    def _state(self) -> tuple[Any, ...]:
        return self._document, self._text, self._witness, self._reasons


class AccessDiff(Frozen):
    """Two versions, asked in both directions. It is neither true nor false: ask `equal`, or
    `added`."""

    __slots__ = ("_document", "_text", "_added", "_removed", "__weakref__")
    _document: str
    _text: str
    _added: AccessAnswer
    _removed: AccessAnswer

    def __init__(self) -> None:
        raise TypeError("an AccessDiff is made by iamcheck.diff")

    @property
    def added(self) -> AccessAnswer:
        """What the new version allows and the old one does not."""
        return self._added

    @property
    def removed(self) -> AccessAnswer:
        """What the old version allows and the new one does not."""
        return self._removed

    @property
    def equal(self) -> bool:
        """Whether it is proved that both versions allow exactly the same."""
        return bool(self._added) and bool(self._removed)

    def to_dict(self) -> dict[str, Any]:
        """An entry of `comparisons` in docs/schema/diff-v1.schema.json."""
        return dict(json.loads(self._document)["comparisons"][0])

    def __bool__(self) -> NoReturn:
        raise TypeError("an AccessDiff is neither true nor false; ask .equal or .added")

    def __str__(self) -> str:
        return self._text.rstrip("\n")

    def __repr__(self) -> str:
        return f"<AccessDiff {_first_line(self._text)}>"

    def _repr_html_(self) -> str:
        return display.report_html(self._text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AccessDiff):
            return NotImplemented
        return self._state() == other._state()

    def __hash__(self) -> int:
        return hash(self._document)

    def __reduce__(self) -> Any:
        return _restore_diff, self._state()

    def _state(self) -> tuple[Any, ...]:
        return self._document, self._text, self._added, self._removed


@dataclasses.dataclass(frozen=True)
class Redundancy:
    """Statements without which a policy allows exactly the same. True when there are none.

    Each is redundant by itself: of two equal ones both are, and one must stay.
    """

    redundant: tuple[StatementNote, ...]  #: proved
    unknown: tuple[StatementNote, ...]  #: nothing was proved within the limits

    def __bool__(self) -> bool:
        return not self.redundant and not self.unknown


def diff(
    old: Union[OnePolicy, PolicySet],
    new: Union[OnePolicy, PolicySet],
    policy_type: Optional[str] = None,
    arn_matching: str = "strict",
    catalogued: bool = False,
) -> AccessDiff:
    """What a change of a policy grants, and what it takes away: `iamcheck diff`.

    old, new:     each a Policy, a mapping that is a policy document, or the path of a file; or both
                  a PolicySet, whose layers decide together
    policy_type:  what the policies are attached as, `identity`, `resource`, `trust`, ... or AWS's
                  names; None: the content of the new one tells. Not for PolicySets.
    arn_matching: `strict`: PASS only if both readings of ARNs pass; `component`: wildcards stay in
                  their part, as in Access Analyzer's checks; `documented`: a `*` that ends a part
                  may cross colons
    catalogued:   only requests that the catalogue has count: actions that exist, on their own
                  resource types, with their own keys

    Raises PolicyError, InputError, and TypeError or ValueError for other arguments.
    """
    reading = _reading(arn_matching)
    catalogued = bool(catalogued)
    if isinstance(old, PolicySet) or isinstance(new, PolicySet):
        sets = _two_sets("old", old, "new", new, policy_type)
        made = _core.diff_sets(sets[0]._handle, sets[1]._handle, reading, catalogued)
    else:
        policies = _policy("old", old), _policy("new", new)
        kind = _kind(policy_type, "policy_type")
        made = _core.diff(policies[0]._handle, policies[1]._handle, kind, reading, catalogued)
    document, text, added, removed = made
    return _restore_diff(document, text, _answer(added, _NEW), _answer(removed, _NEW))


def no_new_access(
    existing: Union[OnePolicy, PolicySet],
    new: Union[OnePolicy, PolicySet],
    policy_type: Optional[str] = None,
    arn_matching: str = "strict",
    catalogued: bool = False,
) -> AccessAnswer:
    """Whether `new` allows nothing that `existing` does not; the arguments are those of `diff`.

        assert ic.no_new_access("old.json", "new.json")
    """
    reading = _reading(arn_matching)
    catalogued = bool(catalogued)
    if isinstance(existing, PolicySet) or isinstance(new, PolicySet):
        sets = _two_sets("existing", existing, "new", new, policy_type)
        return _answer(_core.no_new_access_sets(sets[0]._handle, sets[1]._handle, reading, catalogued), _NEW)
    policies = _policy("existing", existing), _policy("new", new)
    kind = _kind(policy_type, "policy_type")
    return _answer(
        _core.no_new_access(policies[0]._handle, policies[1]._handle, kind, reading, catalogued), _NEW
    )


def access_not_granted(
    policy: OnePolicy,
    actions: Union[str, Iterable[str]] = (),
    resources: Union[str, Iterable[str]] = (),
    policy_type: Optional[str] = None,
    arn_matching: str = "strict",
) -> AccessAnswer:
    """Whether the policy allows none of the actions on any of the resources.

    actions:   actions or patterns of them, at most 100; none means all
    resources: ARNs with wildcards only in their last part, at most 100; none means all

    The other arguments are those of `diff`. Without actions and resources, and for what AWS would
    refuse, it raises PolicyError with the code `invalid-argument`.
    """
    return _answer(
        _core.access_not_granted(
            _policy("policy", policy)._handle,
            _texts("actions", actions),
            _texts("resources", resources),
            _kind(policy_type, "policy_type"),
            _reading(arn_matching),
        ),
        "allows some of what is listed",
    )


def no_public_access(
    policy: OnePolicy, resource_type: str, arn_matching: str = "strict"
) -> AccessAnswer:
    """Whether a resource-based policy or trust policy lets in only callers that it names for certain.

    resource_type: one of `PUBLIC_ACCESS_TYPES`, such as `AWS::S3::Bucket`, or for a trust policy
                   `AWS::IAM::AssumeRolePolicyDocument`
    """
    found = _core.no_public_access(
        _policy("policy", policy)._handle,
        arguments.text("resource_type", resource_type),
        _reading(arn_matching),
    )
    return _answer(found, "lets in callers that the policy does not name")


def redundant_statements(policy: OnePolicy, policy_type: Optional[str] = None) -> Redundancy:
    """The statements without which the policy allows exactly the same.

    A Deny among them has no effect within this document; beside other policies it may have one.
    """
    handle = _policy("policy", policy)._handle
    found, unknown = _core.redundant_statements(handle, _kind(policy_type, "policy_type"))
    return Redundancy(
        tuple(
            _note(fields, "has no effect within this document" if deny else "allows nothing of its own")
            for fields, deny in found
        ),
        tuple(_note(fields, "not known within the limits") for fields in unknown),
    )


def _policy(argument: str, value: object) -> Policy:
    if isinstance(value, Mapping):
        value = Policy.from_dict(value, name=argument)
    elif isinstance(value, (str, os.PathLike)):
        if isinstance(value, str) and ("\n" in value or "{" in value):
            raise ValueError(f"{argument}: a str is a path, and this is none; use Policy.parse for JSON text")
        value = Policy.from_file(value)
    if not isinstance(value, Policy):
        raise TypeError(
            f"{argument}: a Policy, a mapping or a path is expected, not {type(value).__name__}"
        )
    if not value._handle.has_statement:
        # As an empty policy it would pass every check.
        raise PolicyError(
            f"{argument}: it holds no policy: it has no `Statement`",
            code="not-a-policy",
            name=value.name,
        )
    return value


def _two_sets(
    first: str, existing: object, second: str, new: object, policy_type: Optional[str]
) -> tuple[PolicySet, PolicySet]:
    if not isinstance(existing, PolicySet) or not isinstance(new, PolicySet):
        raise TypeError(f"{first}, {second}: either both are a PolicySet or none is")
    if policy_type is not None:
        raise TypeError("policy_type: the policies of a PolicySet have theirs")
    return existing, new


def _reading(value: object) -> str:
    if value not in _READINGS:
        raise ValueError(f"arn_matching: one of {', '.join(_READINGS)} is expected, not {value!r}")
    return str(value)


def _texts(argument: str, values: Union[str, Iterable[str]]) -> list[str]:
    if isinstance(values, str):
        return [arguments.text(argument, values)]
    if not isinstance(values, Iterable):
        raise TypeError(f"{argument}: a str or an iterable is expected, not {type(values).__name__}")
    return [arguments.text(f"{argument}[{i}]", value) for i, value in enumerate(values)]


def _note(fields: _core._Reason, text: str) -> StatementNote:
    layer, policy, statement, sid, line, column = fields
    return StatementNote(layer, policy, statement, sid, text, line, column)


def _answer(told: _core._Answer, text: str) -> AccessAnswer:
    document, report, witness, reasons = told
    return _restore_answer(document, report, witness, tuple(_note(one, text) for one in reasons))


def _restore_answer(
    document: str, text: str, witness: Optional[str], reasons: tuple[StatementNote, ...]
) -> AccessAnswer:
    answer = AccessAnswer.__new__(AccessAnswer)
    answer._set(_document=document, _text=text, _witness=witness, _reasons=reasons)
    return answer


def _restore_diff(
    document: str, text: str, added: AccessAnswer, removed: AccessAnswer
) -> AccessDiff:
    made = AccessDiff.__new__(AccessDiff)
    made._set(_document=document, _text=text, _added=added, _removed=removed)
    return made


def _first_line(text: str) -> str:
    return text.split("\n", 1)[0]
