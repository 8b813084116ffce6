"""The answer to a question, and why."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any, Optional

from . import _core, display
from .frozen import Frozen
from .question import Question, from_line

if TYPE_CHECKING:
    from .policy_set import PolicySet


@dataclasses.dataclass(frozen=True)
class StatementNote:
    """One statement and what it has to do with a decision."""

    layer: str  #: `identity`, `resource`, `trust`, `boundary`, `session`, `scp`, `rcp`, `endpoint`
    policy: str  #: the name of the policy
    statement: int  #: its index, from 0
    sid: Optional[str]
    text: str  #: `explicit deny`, `would be allowed if aws:MultiFactorAuthPresent were true`, ...
    line: int  #: where to look in the policy, from 1
    column: int  #: from 1, in code points


@dataclasses.dataclass(frozen=True)
class LayerNote:
    """What one layer, or one level of SCPs or RCPs, says about a request."""

    layer: str  #: as in StatementNote
    level: Optional[str]  #: None when the layer has no levels
    says: str  #: `allows`, `denies`, `does not allow`, `may allow`, `has no say: ...`
    by: Optional[StatementNote]  #: the statement that denies, else the one that allows


@dataclasses.dataclass(frozen=True)
class DecisionWarning:
    """Something about the question that its asker should know; it never changes the answer."""

    code: str
    message: str


class Decision(Frozen):
    """The answer to one request. True when the request is allowed.

    An undecided request is not allowed, and `missing_context` names the keys it hangs on. A pickled
    decision holds policies and request, and is decided again when it is loaded.
    """

    __slots__ = ("_policies", "_question", "_handle", "__weakref__")
    _policies: PolicySet
    _question: Question
    _handle: _core.Decision

    def __init__(self) -> None:
        raise TypeError("a Decision is made by PolicySet.can")

    @classmethod
    def _make(cls, policies: PolicySet, question: Question, core: _core.Decision) -> Decision:
        decision = cls.__new__(cls)
        decision._set(_policies=policies, _question=question, _handle=core)
        return decision

    @property
    def kind(self) -> str:
        """`Allowed`, `ExplicitlyDenied`, `ImplicitlyDenied` or `Undecided`."""
        return self._handle.kind

    @property
    def allowed(self) -> bool:
        """Whether `kind` is `Allowed`."""
        return self._handle.allowed

    @property
    def cause(self) -> str:
        """What led to the answer: `identity-allow`, `explicit-deny`, `no-allow`, ..."""
        return self._handle.cause

    @property
    def sentence(self) -> str:
        """`user/alice can s3:GetObject on arn:aws:s3:::reports/2026.csv`"""
        return str(self._handle.explained(False)[0])

    @property
    def decided_by(self) -> Optional[StatementNote]:
        """The statement that decided; None where none did, as in an implicit deny."""
        return _note(self._handle.explained(False)[2])

    @property
    def also(self) -> Optional[StatementNote]:
        """The second statement of a decision that needs two, or an Allow that a Deny overruled."""
        return _note(self._handle.explained(False)[3])

    @property
    def trace(self) -> tuple[StatementNote, ...]:
        """Every statement: those that decided, then the others, each with the reason."""
        _, _, decided_by, also, _, _, others = self._handle.explained(True)
        notes = (_note(fields) for fields in (decided_by, also, *others))
        return tuple(note for note in notes if note is not None)

    @property
    def layers(self) -> tuple[LayerNote, ...]:
        """What each layer says, in the order in which AWS asks them, with a row for each level.

        Layers without policies have none.
        """
        layers = self._handle.explained(True)[5]
        return tuple(LayerNote(layer, level, says, _note(by)) for layer, level, says, by in layers)

    @property
    def nearest(self) -> tuple[StatementNote, ...]:
        """What would have to be different, at most three.

        Denied: statements that would have let the request through, were the one thing different
        that `text` names; each was tried. Undecided: the statements that the answer hangs on.
        Credentials in `text` are redacted.
        """
        notes = self._handle.explained(False)[4]
        redacted = json.loads(self._handle.json(False)).get("nearest", ())
        return tuple(
            dataclasses.replace(_some(fields), text=one["note"])
            for fields, one in zip(notes, redacted)
        )

    @property
    def missing_context(self) -> tuple[str, ...]:
        """Condition keys that are unknown and may change the answer, sorted."""
        return tuple(self._handle.missing_context)

    @property
    def warnings(self) -> tuple[DecisionWarning, ...]:
        """What the asker should know about the question and the policies.

        Beside what the decision itself found odd: actions, services, condition keys and resource
        types that the catalogue does not know, and elements of the policies that AWS would refuse
        or ignore.
        """
        return tuple(DecisionWarning(*fields) for fields in self._handle.warnings())

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What was taken for granted about the question, for people.

        Such as that the resource belongs to the principal's account, where the answer hangs on it
        and nothing said so.
        """
        return tuple(json.loads(self._handle.json(False))["assumptions"])

    @property
    def request(self) -> dict[str, Any]:
        """The request, in the form that `PolicySet.can_many` takes."""
        return dict(json.loads(json.dumps(self._question.line)))

    @property
    def policies(self) -> PolicySet:
        """The policies that were asked."""
        return self._policies

    def explain(self, *, trace: bool = False) -> str:
        """The answer of `iamcheck can`; with `trace`, that of `iamcheck can --explain`."""
        return self._handle.text(bool(trace))

    def to_dict(self, *, trace: bool = False) -> dict[str, Any]:
        """What `iamcheck can --format json` prints, with the `id` of the request when it has one.

        `trace` adds every layer and every statement. docs/schema/can-v1.schema.json describes it.
        """
        answer: dict[str, Any] = json.loads(self._handle.json(bool(trace)))
        if "id" in self._question.line:
            answer = {"id": self._question.line["id"], **answer}
        return answer

    def __bool__(self) -> bool:
        return self._handle.allowed

    def __str__(self) -> str:
        return self.explain()

    def __repr__(self) -> str:
        return f"<Decision {self.kind}: {display.one_line(self.sentence)}>"

    def _repr_html_(self) -> str:
        return display.decision_html(self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Decision):
            return NotImplemented
        return self._question.line == other._question.line and self._policies == other._policies

    def __hash__(self) -> int:
        line = self._question.line
        return hash((self.kind, line["principal"], line["action"], line["resource"]))

    def __reduce__(self) -> Any:
        return _restore, (self._policies, self._question.line)


def _some(fields: tuple[Any, ...]) -> StatementNote:
    return StatementNote(*fields[:7])


def _note(fields: Optional[tuple[Any, ...]]) -> Optional[StatementNote]:
    return None if fields is None else _some(fields)


def _restore(policies: PolicySet, line: dict[str, Any]) -> Decision:
    question = from_line(line, "request", "strict")
    return Decision._make(policies, question, _core.decide(policies._handle, question.core))
