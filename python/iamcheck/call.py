"""A call of several units, and the answer to it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Optional, Union

from . import _core, arguments, context as contexts, display
from .decision import DecisionWarning, StatementNote
from .errors import PolicyError
from .frozen import Frozen
from .question import FIELDS, account_id, check_names, is_ask, read_fields, request_id

if TYPE_CHECKING:
    from .policy_set import PolicySet

_UNIT = {"action", "resource", "resourceAccountId", "context"}


@dataclasses.dataclass(frozen=True)
class UnitDecision:
    """The answer to one unit of a call."""

    action: str
    resource: str
    kind: str  #: `Allowed`, `ExplicitlyDenied`, `ImplicitlyDenied`, `Undecided`
    cause: str  #: as in Decision
    sentence: str
    decided_by: Optional[StatementNote]
    #: Keys of the call that AWS does not send with this unit: it was decided without them. With
    #: mode `ask` also those that the policies test.
    not_in_unit: tuple[str, ...]
    missing_context: tuple[str, ...]
    warnings: tuple[DecisionWarning, ...]
    nearest: tuple[StatementNote, ...]
    #: What was taken for granted about this unit and not about every one.
    assumptions: tuple[str, ...]

    @property
    def allowed(self) -> bool:
        """Whether `kind` is `Allowed`."""
        return self.kind == "Allowed"

    def __bool__(self) -> bool:
        return self.allowed


class CallAnswer(Frozen):
    """What the answers of `PolicySet.can` to a call and of `Account.can` have in common."""

    __slots__ = ("_handle",)
    _handle: Union[_core.CallDecision, _core.AccountDecision]

    @property
    def kind(self) -> str:
        """`Allowed`, `ExplicitlyDenied`, `ImplicitlyDenied` or `Undecided`."""
        return self._handle.kind

    @property
    def allowed(self) -> bool:
        """Whether every unit is allowed."""
        return self._handle.allowed

    @property
    def cause(self) -> str:
        """What led to the answer of the deciding unit; of an allowed call, of its first unit."""
        return str(self._report()["cause"])

    @property
    def sentence(self) -> str:
        """`user/alice cannot ec2:RunInstances on 2 resources and iam:PassRole on arn:...`"""
        return str(self._report()["sentence"])

    @property
    def deciding_unit(self) -> Optional[int]:
        """Position in `units` of the first with the answer of the call; None when all allow."""
        position = self._report().get("decidingUnit")
        return None if position is None else int(position)

    @property
    def missing_context(self) -> tuple[str, ...]:
        """Of an undecided call: the unknown keys that its units hang on, sorted."""
        return tuple(self._report()["missingContext"])

    @property
    def warnings(self) -> tuple[DecisionWarning, ...]:
        """About the call and about all its units, such as `further-units`: what it lacks."""
        return _warnings(self._report())

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What was taken for granted about every unit, for people."""
        return tuple(self._report()["assumptions"])

    @property
    def units(self) -> tuple[UnitDecision, ...]:
        """The answers to the units, in the order of the question."""
        return tuple(_unit(one) for one in self._report()["units"])

    def explain(self, *, trace: bool = False) -> str:
        """The answer of `iamcheck can`; with `trace`, that of `iamcheck can --explain`."""
        return self._handle.text(bool(trace))

    def to_dict(self, *, trace: bool = False) -> dict[str, Any]:
        """What `iamcheck can --format json` prints; docs/schema/can-v1.schema.json describes it."""
        answer: dict[str, Any] = json.loads(self._handle.json(bool(trace)))
        return answer

    def _report(self) -> dict[str, Any]:
        """The answer as that to a call, of one unit too."""
        raise NotImplementedError

    def __bool__(self) -> bool:
        return self._handle.allowed

    def __str__(self) -> str:
        return self.explain()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.kind}: {display.one_line(self.sentence)}>"


class CallDecision(CallAnswer):
    """The answer to a call of several units. True when every unit is allowed.

    AWS authorizes a call such as ec2:RunInstances or lambda:CreateFunction as several units: one
    for each resource, and one for each dependent action such as iam:PassRole. The call is denied
    when one of them is, explicitly before implicitly, else undecided when one of them is.
    """

    __slots__ = ("_policies", "_question", "__weakref__")
    _policies: PolicySet
    _question: CallQuestion
    _handle: _core.CallDecision

    def __init__(self) -> None:
        raise TypeError("a CallDecision is made by PolicySet.can")

    @classmethod
    def _make(cls, policies: PolicySet, question: CallQuestion) -> CallDecision:
        decision = cls.__new__(cls)
        core = _core.decide_call(policies._handle, *question.core)
        decision._set(_policies=policies, _question=question, _handle=core)
        return decision

    @property
    def request(self) -> dict[str, Any]:
        """The request, as a line that `iamcheck.simulate` takes beside its policies."""
        return dict(json.loads(json.dumps(self._question.line)))

    @property
    def policies(self) -> PolicySet:
        """The policies that were asked about every unit."""
        return self._policies

    def to_dict(self, *, trace: bool = False) -> dict[str, Any]:
        """What `iamcheck can --format json` prints, with the `id` of the request when it has one.

        docs/schema/can-v1.schema.json describes it.
        """
        answer = super().to_dict(trace=trace)
        if "id" in self._question.line:
            answer = {"id": self._question.line["id"], **answer}
        return answer

    def _report(self) -> dict[str, Any]:
        report: dict[str, Any] = json.loads(self._handle.json(False))
        return report

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, CallDecision):
            return NotImplemented
        return self._question.line == other._question.line and self._policies == other._policies

    def __hash__(self) -> int:
        return hash((self.kind, json.dumps(self._question.line, sort_keys=True)))

    def __reduce__(self) -> Any:
        return _restore, (self._policies, self._question.line)


class CallQuestion(Frozen):
    """One call: what the extension takes, and the line that says the same."""

    __slots__ = ("core", "line")
    core: tuple[Any, ...]
    line: dict[str, Any]

    def __init__(
        self,
        principal: object,
        action: object,
        resource: object,
        units: object,
        context: Optional[Mapping[str, Any]] = None,
        *,
        mode: object = "strict",
        id: object = None,
        **fields: object,
    ) -> None:
        line: dict[str, Any] = {} if id is None else {"id": request_id(id)}
        line["principal"] = arguments.text("principal", principal)
        if resource is not None and action is None:
            raise ValueError("action: it is missing; the resource needs one")
        if action is not None:
            line["action"] = arguments.text("action", action)
        if resource is not None:
            line["resource"] = arguments.text("resource", resource)
        entries = contexts.entries(context)
        if entries:
            line["context"] = dict(entries)
        given = read_fields(fields)
        line.update((name, given[argument]) for name, argument in FIELDS.items() if argument in given)
        ask = is_ask(mode)
        if ask:
            line["mode"] = mode
        line["units"] = _read_units(units, line.get("action"))
        asked = [
            (
                one.get("action", action),
                one["resource"],
                one.get("resourceAccountId", ""),
                list(one.get("context", {}).items()),
            )
            for one in line["units"]
        ]
        if resource is not None:
            asked.insert(0, (action, resource, "", []))
        if len(asked) > _core.MAX_UNITS:
            raise PolicyError(
                f"units: a call of {len(asked)}, which is more than {_core.MAX_UNITS} units",
                code="limit-exceeded",
                help="ask in parts",
            )
        self._set(core=(line["principal"], entries, ask, given, asked), line=line)


def _read_units(units: object, action: Optional[str]) -> list[dict[str, Any]]:
    """Units in the form of a line. Each is a mapping, or a pair of action and resource."""
    if isinstance(units, (str, bytes, Mapping)) or not isinstance(units, Iterable):
        raise TypeError(f"units: an iterable of units is expected, not {type(units).__name__}")
    found: list[dict[str, Any]] = []
    for i, unit in enumerate(units):
        try:
            found.append(_read_unit(unit, action))
        except (TypeError, ValueError) as error:
            raise type(error)(f"units[{i}]: {error}") from None
    if not found:
        raise ValueError("units: there is none")
    return found


def _read_unit(unit: object, action: Optional[str]) -> dict[str, Any]:
    if isinstance(unit, tuple) and len(unit) == 2:
        unit = {"action": unit[0], "resource": unit[1]}
    if not isinstance(unit, Mapping):
        raise TypeError(
            "a mapping, or a pair of action and resource, is expected, "
            f"not {type(unit).__name__}"
        )
    for name in unit:
        if name not in _UNIT:
            raise ValueError(f"there is no field {name!r}; there are {', '.join(sorted(_UNIT))}")
    line: dict[str, Any] = {}
    if "action" in unit:
        line["action"] = arguments.text("action", unit["action"])
    elif action is None:
        raise ValueError("`action` is missing")
    if "resource" not in unit:
        raise ValueError("`resource` is missing")
    line["resource"] = arguments.text("resource", unit["resource"])
    account = arguments.optional_text("resourceAccountId", unit.get("resourceAccountId"))
    if account:
        line["resourceAccountId"] = account_id("resourceAccountId", account)
    entries = contexts.entries(unit.get("context"))
    if entries:
        line["context"] = dict(entries)
    return line


def _statement(json_note: Mapping[str, Any]) -> StatementNote:
    begin = json_note["span"]["begin"]
    return StatementNote(
        json_note["layer"],
        json_note["policy"],
        json_note["statement"],
        json_note.get("sid"),
        json_note["note"],
        begin["line"],
        begin["column"],
    )


def _warnings(report: Mapping[str, Any]) -> tuple[DecisionWarning, ...]:
    return tuple(DecisionWarning(one["code"], one["message"]) for one in report["warnings"])


def _unit(report: Mapping[str, Any]) -> UnitDecision:
    return UnitDecision(
        report["action"],
        report["resource"],
        report["decision"],
        report["cause"],
        report["sentence"],
        _statement(report["decidedBy"]) if "decidedBy" in report else None,
        tuple(report["notInUnit"]),
        tuple(report["missingContext"]),
        _warnings(report),
        tuple(_statement(note) for note in report.get("nearest", ())),
        tuple(report["assumptions"]),
    )


def from_line(line: Mapping[str, Any], place: str, mode: object) -> CallQuestion:
    """Checks a line with `units` and makes the call of it. `place` begins every complaint."""
    try:
        question = read_line(line, mode)
        # A role or issuer that cannot be is refused before anything is decided.
        principal, _, ask, given, _ = question.core
        _core.Request(principal, "", "", [], ask, given)
        return question
    except PolicyError as error:
        raise ValueError(f"{place}: {error}") from None
    except (TypeError, ValueError) as error:
        raise type(error)(f"{place}: {error}") from None


def read_line(line: Mapping[str, Any], mode: object) -> CallQuestion:
    """The call in a line; its principal may be a name that only an account knows."""
    check_names(line, also={"units"})
    if "principal" not in line:
        raise ValueError("`principal` is missing")
    fields = {argument: line[name] for name, argument in FIELDS.items() if name in line}
    return CallQuestion(
        line["principal"],
        line.get("action"),
        line.get("resource"),
        line["units"],
        line.get("context"),
        mode=line.get("mode", mode),
        id=line.get("id"),
        **fields,
    )


def _restore(policies: PolicySet, line: dict[str, Any]) -> CallDecision:
    return CallDecision._make(policies, from_line(line, "request", "strict"))
