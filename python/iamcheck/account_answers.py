"""What questions over a snapshot of accounts are answered with."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any, Optional, TypeVar

from .decision import DecisionWarning, StatementNote
from .frozen import Frozen


@dataclasses.dataclass(frozen=True)
class AccessPart:
    """What is allowed within the resources that were asked about."""

    resource: str  #: an ARN, or a pattern
    reach: str  #: as in Access


@dataclasses.dataclass(frozen=True)
class Access:
    """What one principal can do. True when it is at least some of what was asked about."""

    principal: str  #: ARN
    #: `all`, `some`, `possibly-some` (patterns overlap in a way that was not decided), `undecided`
    reach: str
    cause: str  #: as in Decision
    through: tuple[StatementNote, ...]  #: the statements that allow it
    missing_context: tuple[str, ...]  #: unknown keys that it hangs on
    unread: tuple[str, ...]  #: policies that it hangs on and that were not read
    parts: tuple[AccessPart, ...]  #: narrower resources; only for a resource with wildcards
    actions: tuple[str, ...]  #: of an action with wildcards: the first thousand in reach

    def __bool__(self) -> bool:
        return self.reach in ("all", "some")


@dataclasses.dataclass(frozen=True)
class ActionAccess:
    """One action of `Account.what_can`. True when it is allowed on at least some resource."""

    action: str  #: `s3:GetObject`
    reach: str  #: as in Access
    missing_context: tuple[str, ...]
    unread: tuple[str, ...]
    parts: tuple[AccessPart, ...]

    def __bool__(self) -> bool:
        return self.reach in ("all", "some")


class _Report(Frozen):
    """An answer as the command gives it, in JSON and in text."""

    __slots__ = ("_document", "_text")
    _document: str
    _text: str

    def __init__(self) -> None:
        raise TypeError(f"a {type(self).__name__} is made by Account")

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What was taken for granted about the question, for people."""
        return tuple(self.to_dict()["assumptions"])

    @property
    def warnings(self) -> tuple[DecisionWarning, ...]:
        """About the question: actions and condition keys that the catalogue does not have."""
        return tuple(
            DecisionWarning(one["code"], one["message"]) for one in self.to_dict()["warnings"]
        )

    @property
    def asked(self) -> int:
        """How many principals, or actions, were asked about."""
        return int(self.to_dict()["asked"])

    def text(self) -> str:
        """What the command prints."""
        return self._text

    def to_dict(self) -> dict[str, Any]:
        """What the command prints with `--format json`."""
        document: dict[str, Any] = json.loads(self._document)
        return document

    def __str__(self) -> str:
        return self._text.rstrip("\n")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, type(self)):
            return NotImplemented
        return self._document == other._document

    def __hash__(self) -> int:
        return hash(self._document)

    def __reduce__(self) -> Any:
        return make_report, (type(self), self._document, self._text)


_Kind = TypeVar("_Kind", bound=_Report)


class WhoCan(_Report):
    """What `Account.who_can` returns; docs/schema/who-can-v1.schema.json describes `to_dict`."""

    __slots__ = ()

    @property
    def principals(self) -> tuple[Access, ...]:
        """Everyone in reach, or perhaps in reach, sorted by ARN."""
        return tuple(
            Access(
                one["principal"],
                one["reach"],
                one["cause"],
                tuple(_statement(note) for note in one["through"]),
                tuple(one["missingContext"]),
                tuple(one["unread"]),
                _parts(one),
                tuple(one.get("actions", ())),
            )
            for one in self.to_dict()["principals"]
        )

    def __repr__(self) -> str:
        answer = self.to_dict()
        return f"<WhoCan {answer['action']}: {len(answer['principals'])} of {answer['asked']}>"


class WhatCan(_Report):
    """What `Account.what_can` returns; docs/schema/what-can-v1.schema.json describes `to_dict`."""

    __slots__ = ()

    @property
    def principal(self) -> str:
        """The ARN of who was asked about."""
        return str(self.to_dict()["principal"])

    @property
    def actions(self) -> tuple[ActionAccess, ...]:
        """The actions in reach, or perhaps in reach, by service and name."""
        return tuple(
            ActionAccess(
                one["action"],
                one["reach"],
                tuple(one["missingContext"]),
                tuple(one["unread"]),
                _parts(one),
            )
            for one in self.to_dict()["actions"]
        )

    def __repr__(self) -> str:
        answer = self.to_dict()
        return f"<WhatCan {answer['principal']}: {len(answer['actions'])} of {answer['asked']}>"


@dataclasses.dataclass(frozen=True)
class EscalationWay:
    """One way along an edge of the graph."""

    path: str  #: `assume-role`, or a row of rules/escalation/paths.csv: `lambda-001`
    actions: tuple[str, ...]
    service: Optional[str]  #: that a role is passed to
    #: False: it hangs on `keys`, on policies that were not read, or on resources that are not shown
    certain: bool
    keys: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class EscalationEdge:
    """One principal can act as another."""

    source: str  #: ARN
    target: Optional[str]  #: ARN; None: every right, as an administrator
    ways: tuple[EscalationWay, ...]  #: certain ones first


class EscalationGraph(Frozen):
    """Who can become whom; docs/schema/graph-v1.schema.json describes `to_dict`."""

    __slots__ = ("_document", "_text", "_dot", "_mermaid")
    _document: str
    _text: str
    _dot: str
    _mermaid: str

    def __init__(self) -> None:
        raise TypeError("an EscalationGraph is made by Account.graph")

    @property
    def administrators(self) -> tuple[str, ...]:
        """ARNs of the principals that may give every right, sorted."""
        return tuple(one["arn"] for one in self.to_dict()["nodes"] if one["administrator"])

    @property
    def edges(self) -> tuple[EscalationEdge, ...]:
        """All edges; none leads out of an administrator."""
        return tuple(
            EscalationEdge(
                one["from"],
                one["to"],
                tuple(
                    EscalationWay(
                        way["path"],
                        tuple(way["actions"]),
                        way.get("service"),
                        way["certain"],
                        tuple(way["keys"]),
                    )
                    for way in one["ways"]
                ),
            )
            for one in self.to_dict()["edges"]
        )

    def text(self) -> str:
        """What `iamcheck graph` prints."""
        return self._text

    def dot(self) -> str:
        """For Graphviz."""
        return self._dot

    def mermaid(self) -> str:
        """For Mermaid."""
        return self._mermaid

    def to_dict(self) -> dict[str, Any]:
        """What `iamcheck graph --format json` prints."""
        document: dict[str, Any] = json.loads(self._document)
        return document

    def __str__(self) -> str:
        return self._text.rstrip("\n")

    def __repr__(self) -> str:
        answer = self.to_dict()
        return f"<EscalationGraph: {len(answer['nodes'])} principals, {len(answer['edges'])} edges>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, EscalationGraph):
            return NotImplemented
        return self._document == other._document

    def __hash__(self) -> int:
        return hash(self._document)

    def __reduce__(self) -> Any:
        return make_graph, (self._document, self._text, self._dot, self._mermaid)


def _statement(note: Mapping[str, Any]) -> StatementNote:
    begin = note["span"]["begin"]
    return StatementNote(
        note["layer"],
        note["policy"],
        note["statement"],
        note.get("sid"),
        "allows it",
        begin["line"],
        begin["column"],
    )


def _parts(one: Mapping[str, Any]) -> tuple[AccessPart, ...]:
    return tuple(AccessPart(part["resource"], part["reach"]) for part in one.get("parts", ()))


def make_report(made: type[_Kind], document: str, text: str) -> _Kind:
    report = made.__new__(made)
    report._set(_document=document, _text=text)
    return report


def make_graph(document: str, text: str, dot: str, mermaid: str) -> EscalationGraph:
    graph = EscalationGraph.__new__(EscalationGraph)
    graph._set(_document=document, _text=text, _dot=dot, _mermaid=mermaid)
    return graph
