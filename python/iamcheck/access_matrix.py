"""Many questions at once: every principal, action, resource and context, put to policies."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Optional, Union, overload

from . import _core, arguments, context as context_reader, frames, heat_map, question
from .decision import Decision
from .errors import PolicyError
from .frozen import Frozen
from .policy_set import PolicySet

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped,import-not-found,unused-ignore]
    import polars  # type: ignore[import-not-found,unused-ignore]
    import pyarrow  # type: ignore[import-untyped,import-not-found,unused-ignore]

Context = Mapping[str, Any]
Policies = Union[PolicySet, Mapping[str, PolicySet]]
Contexts = Union[None, Context, Iterable[Context], Mapping[str, Context]]

#: One call of `what_if` asks at most so many questions; an answer takes about 60 bytes.
MOST_QUESTIONS = 1_000_000
# Rows that are made at once while somebody iterates.
_BATCH = 4096

_COLUMNS = {
    "policies": "str",
    "principal": "str",
    "context": "str",
    "action": "str",
    "resource": "str",
    "kind": "str",
    "allowed": "bool",
    "cause": "str",
    "layer": "str?",
    "policy": "str?",
    "statement": "int?",
    "sid": "str?",
    "missing_context": "str",
}


@dataclasses.dataclass(frozen=True)
class AccessRow:
    """One question and its answer. True when the request is allowed."""

    policies: str  #: the name of the set; an empty text when there is one without a name
    principal: str
    context: str  #: its name, else `key=value, ...`
    action: str
    resource: str
    kind: str  #: `Allowed`, `ExplicitlyDenied`, `ImplicitlyDenied` or `Undecided`
    allowed: bool
    cause: str  #: `identity-allow`, `explicit-deny`, `no-allow`, ...
    layer: Optional[str]  #: of the statement that decided; None where none did
    policy: Optional[str]
    statement: Optional[int]
    sid: Optional[str]
    missing_context: str  #: the keys that an undecided answer hangs on, joined by `, `

    def __bool__(self) -> bool:
        return self.allowed


class AccessMatrix(Frozen, Sequence[AccessRow]):
    """What `what_if` gives: a row for every question.

    The rows are in the order of nested loops: sets, principals, contexts, actions, resources.
    """

    __slots__ = ("_sets", "_contexts", "_axes", "_mode", "_fields", "_handle", "__weakref__")
    _sets: tuple[tuple[str, PolicySet], ...]
    _contexts: tuple[tuple[str, tuple[context_reader.Entry, ...]], ...]
    _axes: dict[str, tuple[str, ...]]
    _mode: str
    _fields: dict[str, Union[str, bool]]
    _handle: _core.Matrix

    def __init__(self) -> None:
        raise TypeError("an AccessMatrix is made by what_if")

    @classmethod
    def _make(
        cls,
        sets: tuple[tuple[str, PolicySet], ...],
        contexts: tuple[tuple[str, tuple[context_reader.Entry, ...]], ...],
        principals: tuple[str, ...],
        actions: tuple[str, ...],
        resources: tuple[str, ...],
        mode: str,
        fields: dict[str, Union[str, bool]],
    ) -> AccessMatrix:
        axes = {
            "policies": tuple(name for name, _ in sets),
            "principal": principals,
            "context": tuple(name for name, _ in contexts),
            "action": actions,
            "resource": resources,
        }
        _limit(axes)
        handle = _core.Matrix(
            [one._handle for _, one in sets],
            principals,
            [entries for _, entries in contexts],
            actions,
            resources,
            question.is_ask(mode),
            fields,
        )
        matrix = cls.__new__(cls)
        matrix._set(
            _sets=sets, _contexts=contexts, _axes=axes, _mode=mode, _fields=fields, _handle=handle
        )
        return matrix

    @property
    def axes(self) -> dict[str, tuple[str, ...]]:
        """`policies`, `principal`, `context`, `action`, `resource`, each with its values."""
        return dict(self._axes)

    @property
    def rows(self) -> tuple[AccessRow, ...]:
        """All rows."""
        return self[:]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each kind of answer."""
        return self._handle.counts()

    def decision(self, index: int) -> Decision:
        """The row at `index` as a Decision, which explains it."""
        row = self._places(index)
        return self._sets[row[0]][1].can(
            self._axes["principal"][row[1]],
            self._axes["action"][row[3]],
            self._axes["resource"][row[4]],
            dict(self._contexts[row[2]][1]),
            units=None,
            mode=self._mode,
            **self._fields,  # type: ignore[arg-type]
        )

    def to_pandas(self) -> pandas.DataFrame:
        """A DataFrame with the fields of AccessRow. Needs pandas: `pip install 'iamcheck[frames]'`."""
        return frames.to_pandas("AccessMatrix", _COLUMNS, self._columns())

    def to_polars(self) -> polars.DataFrame:
        """The same for polars, which must be installed."""
        return frames.to_polars("AccessMatrix", _COLUMNS, self._columns())

    def to_arrow(self) -> pyarrow.Table:
        """The same as an Arrow table; pyarrow must be installed."""
        return frames.to_arrow("AccessMatrix", _COLUMNS, self._columns())

    def __len__(self) -> int:
        return len(self._handle)

    def __iter__(self) -> Iterator[AccessRow]:
        for begin in range(0, len(self), _BATCH):
            yield from self._rows(begin, begin + _BATCH)

    @overload
    def __getitem__(self, index: int) -> AccessRow: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[AccessRow, ...]: ...
    def __getitem__(self, index: Union[int, slice]) -> Union[AccessRow, tuple[AccessRow, ...]]:
        places = range(len(self))[index]
        if isinstance(places, int):
            return self._rows(places, places + 1)[0]
        if places.step == 1:
            return tuple(self._rows(places.start, places.stop))
        return tuple(self._rows(i, i + 1)[0] for i in places)

    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {kind}" for kind, count in sorted(self.counts.items()))
        return f"<AccessMatrix of {len(self)}: {counts}>"

    def _repr_html_(self) -> str:
        return heat_map.matrix_html(self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AccessMatrix):
            return NotImplemented
        return self._arguments() == other._arguments()

    def __hash__(self) -> int:
        return hash((self._sets, tuple(self._axes.values()), self._mode))

    def __reduce__(self) -> Any:
        return _restore, self._arguments()

    def _arguments(self) -> tuple[Any, ...]:
        axes = self._axes
        return (
            self._sets,
            self._contexts,
            axes["principal"],
            axes["action"],
            axes["resource"],
            self._mode,
            self._fields,
        )

    def _places(self, index: int) -> tuple[int, ...]:
        """The position on each axis."""
        rest = range(len(self))[index]
        places = []
        for values in reversed(self._axes.values()):
            rest, place = divmod(rest, len(values))
            places.append(place)
        return tuple(reversed(places))

    def _columns(self) -> list[list[Any]]:
        # A row object for each of a million questions would cost more than the questions did.
        columns: list[list[Any]] = [list(column) for column in zip(*itertools.product(*self._axes.values()))]
        cells: list[list[Any]] = [[] for _ in range(7)]
        for begin in range(0, len(self), _BATCH):
            for column, values in zip(cells, zip(*self._handle.cells(begin, begin + _BATCH))):
                column.extend(values)
        kinds, causes, layers, policies, statements, sids, missing = cells
        allowed = [kind == "Allowed" for kind in kinds]
        keys = [", ".join(one) for one in missing]
        return [*columns, kinds, allowed, causes, layers, policies, statements, sids, keys]

    def _rows(self, begin: int, end: int) -> list[AccessRow]:
        rows = []
        for i, cell in enumerate(self._handle.cells(begin, end), begin):
            kind, cause, layer, policy, statement, sid, missing = cell
            policies, principal, context, action, resource = (
                values[at] for values, at in zip(self._axes.values(), self._places(i))
            )
            rows.append(
                AccessRow(
                    policies=policies,
                    principal=principal,
                    context=context,
                    action=action,
                    resource=resource,
                    kind=kind,
                    allowed=kind == "Allowed",
                    cause=cause,
                    layer=layer,
                    policy=policy,
                    statement=statement,
                    sid=sid,
                    missing_context=", ".join(missing),
                )
            )
        return rows


def what_if(
    policies: Policies,
    actions: Union[str, Iterable[str]],
    resources: Union[str, Iterable[str]],
    *,
    principals: Union[str, Iterable[str]],
    contexts: Contexts = None,
    mode: str = "strict",
    principal_account: Optional[str] = None,
    resource_account: Optional[str] = None,
    principal_role_arn: Optional[str] = None,
    issuer_arn: Optional[str] = None,
    credential_kind: Optional[str] = None,
    management_account: Optional[str] = None,
    endpoint_kind: Optional[str] = None,
    s3_block_public_access: bool = False,
) -> AccessMatrix:
    """Asks every combination, in one batch without the interpreter lock.

        ic.what_if(
            {"now": ps, "with SCP": ps.replace(scp=guardrails)},
            ["s3:GetObject", "s3:PutObject"],
            "arn:aws:s3:::reports/2026.csv",
            principals=[alice, bob],
            contexts={"MFA": {"aws:MultiFactorAuthPresent": True}, "no MFA": {}},
        )

    policies:   a PolicySet, or a mapping from names to sets, to compare them
    actions, resources, principals: one or many, each as `PolicySet.can` takes it;
                `iamcheck.catalogue.expand` makes the actions of a pattern
    contexts:   one context, many, or a mapping from names to contexts; None: one without keys
    the others: as `PolicySet.can` takes them, the same for all

    Raises PolicyError for more than 1,000,000 questions, TypeError and ValueError for arguments
    that name nothing or something else.
    """
    fields = question.read_fields(
        {
            "principal_account": principal_account,
            "resource_account": resource_account,
            "principal_role_arn": principal_role_arn,
            "issuer_arn": issuer_arn,
            "credential_kind": credential_kind,
            "management_account": management_account,
            "endpoint_kind": endpoint_kind,
            "s3_block_public_access": s3_block_public_access,
        }
    )
    question.is_ask(mode)
    return AccessMatrix._make(
        _named_sets(policies),
        _named_contexts(contexts),
        _texts("principals", principals),
        _actions(actions),
        _texts("resources", resources),
        mode,
        fields,
    )


def _restore(*made_of: Any) -> AccessMatrix:
    return AccessMatrix._make(*made_of)


def _limit(axes: Mapping[str, tuple[str, ...]]) -> None:
    count = 1
    for values in axes.values():
        count *= len(values)
    if count > MOST_QUESTIONS:
        sizes = " x ".join(f"{len(values)} {name}" for name, values in axes.items())
        raise PolicyError(
            f"what_if: {sizes} are {count} questions, more than {MOST_QUESTIONS}",
            code="limit-exceeded",
            help="ask in parts",
        )


def _named_sets(policies: object) -> tuple[tuple[str, PolicySet], ...]:
    if isinstance(policies, PolicySet):
        return (("", policies),)
    if not isinstance(policies, Mapping):
        raise TypeError(
            f"policies: a PolicySet or a mapping of names to them is expected, not {type(policies).__name__}"
        )
    if not policies:
        raise ValueError("policies: it is empty")
    for name, one in policies.items():
        arguments.text("policies: a name", name)
        if not isinstance(one, PolicySet):
            raise TypeError(f"policies[{name!r}]: a PolicySet is expected, not {type(one).__name__}")
    return tuple(policies.items())


def _named_contexts(contexts: object) -> tuple[tuple[str, tuple[context_reader.Entry, ...]], ...]:
    if contexts is None:
        contexts = {}
    named: list[tuple[Optional[str], str, Any]]
    if isinstance(contexts, Mapping):
        # No condition key has a mapping as its value, so mappings in it are contexts.
        if contexts and all(isinstance(one, Mapping) for one in contexts.values()):
            named = [
                (arguments.text("contexts: a name", name), f"contexts[{name!r}]", one)
                for name, one in contexts.items()
            ]
        else:
            named = [(None, "contexts", contexts)]
    elif isinstance(contexts, Iterable) and not isinstance(contexts, (str, bytes)):
        named = [(None, f"contexts[{i}]", one) for i, one in enumerate(contexts)]
    else:
        raise TypeError(f"contexts: a mapping, or many, is expected, not {type(contexts).__name__}")
    if not named:
        raise ValueError("contexts: it is empty")
    return tuple(_entries(*one) for one in named)


def _entries(
    name: Optional[str], place: str, context: Any
) -> tuple[str, tuple[context_reader.Entry, ...]]:
    try:
        entries = tuple(context_reader.entries(context))
    except (TypeError, ValueError) as error:
        raise type(error)(f"{place}: {error}") from None
    if name is None:
        name = ", ".join(f"{key}={_value(value)}" for key, value in entries)
    return name, entries


def _value(value: Union[None, str, list[str]]) -> str:
    if isinstance(value, list):
        return f"[{', '.join(value)}]"
    return "(absent)" if value is None else value


def _texts(name: str, values: object) -> tuple[str, ...]:
    if isinstance(values, str):
        return (arguments.text(name, values),)
    if isinstance(values, (bytes, Mapping)) or not isinstance(values, Iterable):
        raise TypeError(f"{name}: a str or many is expected, not {type(values).__name__}")
    texts = tuple(arguments.text(f"{name}[{i}]", value) for i, value in enumerate(values))
    if not texts:
        raise ValueError(f"{name}: it is empty")
    return texts


def _actions(values: object) -> tuple[str, ...]:
    actions = _texts("actions", values)
    for action in actions:
        if "*" in action or "?" in action:
            shown = _core.escape_controls(action)
            raise ValueError(
                f"actions: `{shown}` is a pattern; iamcheck.catalogue.expand(...) makes its actions"
            )
    return actions
