"""An IAM policy as it was written."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Mapping
from typing import Any, Optional, Union

from . import _core, arguments
from .errors import PolicyError, UnknownNameError
from .frozen import Frozen

Document = Mapping[str, Any]


class PolicyText(str):
    """A text of a policy that knows where it stands; else a `str` like any other.

    Texts made from it, as by `lower()`, are plain ones and know nothing of a place.
    """

    __slots__ = ("_list", "_number", "span", "line", "column", "unresolved")
    _list: str  # one text for all entries of a list
    _number: int  # in the list; -1 without one
    span: tuple[int, int]  #: begin and end in bytes of the text, the quotes included
    line: int  #: from 1
    column: int  #: from 1, in code points
    unresolved: bool  #: known only at deploy time: `{"Ref": ...}`, as JSON

    def __new__(
        cls,
        value: str,
        path: str = "",
        number: int = -1,
        begin: int = 0,
        end: int = 0,
        line: int = 0,
        column: int = 0,
        unresolved: bool = False,
    ) -> PolicyText:
        made = super().__new__(cls, value)
        for name, given in zip(
            cls.__slots__, (path, number, (begin, end), line, column, unresolved)
        ):
            object.__setattr__(made, name, given)
        return made

    @property
    def path(self) -> str:
        """`Statement[1].Action[0]`"""
        return self._list if self._number < 0 else f"{self._list}[{self._number}]"

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"`PolicyText` is immutable; `{name}` cannot be set")

    def __reduce__(self) -> Any:
        fields = (self._list, self._number, *self.span, self.line, self.column, self.unresolved)
        return PolicyText, (str(self), *fields)


def _place(default: Any) -> Any:
    # Where a thing stands is no part of what it says.
    return dataclasses.field(default=default, compare=False, repr=False)


@dataclasses.dataclass(frozen=True)
class Condition:
    """One operator with one key. All conditions of a statement must hold."""

    operator: str  #: as written, with set prefix and IfExists
    key: str
    values: tuple[PolicyText, ...]  #: booleans and numbers as their text
    path: str = _place("")  #: of the key: `Statement[0].Condition.StringLike.aws:PrincipalArn`
    span: tuple[int, int] = _place((0, 0))  #: of the key
    line: int = _place(0)
    column: int = _place(0)


@dataclasses.dataclass(frozen=True)
class PrincipalEntry:
    """One entry of Principal or NotPrincipal."""

    type: Optional[str]  #: `AWS`, `Service`, ...; None for the bare `"Principal": "*"`
    value: PolicyText


@dataclasses.dataclass(frozen=True)
class Statement:
    """One statement. An element that is not there is None."""

    index: int  #: from 0
    sid: Optional[PolicyText]
    effect: Optional[PolicyText]  #: `Allow` or `Deny`; None when it is neither, and then it never matches
    action: Optional[tuple[PolicyText, ...]]
    not_action: Optional[tuple[PolicyText, ...]]
    resource: Optional[tuple[PolicyText, ...]]
    not_resource: Optional[tuple[PolicyText, ...]]
    principal: Optional[tuple[PrincipalEntry, ...]]
    not_principal: Optional[tuple[PrincipalEntry, ...]]
    conditions: tuple[Condition, ...]
    line: int  #: from 1
    column: int  #: from 1, in code points
    path: str = _place("Statement")  #: `Statement[1]`
    span: tuple[int, int] = _place((0, 0))  #: begin and end in bytes of the text
    unresolved: bool = False  #: an expression of a template: nothing else is known


@dataclasses.dataclass(frozen=True)
class Diagnostic:
    """Something in the text that the grammar does not allow, or that was forgiven."""

    kind: str  #: `unknown-element`, `duplicate-member`, `wrong-type` or `forgiven`
    message: str
    help: str
    path: str  #: `Statement[1].Effect`
    line: int
    column: int


class Policy(Frozen):
    """One policy document. Made by `parse`, `from_file`, `from_dict`, `managed`, `full_aws_access`.

    Nothing is thrown away: what the grammar does not allow is in `diagnostics`. Two policies are
    equal when they say the same, whatever their layout, names and diagnostics.
    """

    __slots__ = ("_handle", "_statements", "__weakref__")
    _handle: _core.Policy
    _statements: Optional[tuple[Statement, ...]]

    def __init__(self) -> None:
        raise TypeError("a Policy is made by parse, from_file, from_dict or managed")

    @classmethod
    def parse(
        cls, text: Union[str, bytes], *, name: str = "<policy>", strict: bool = False
    ) -> Policy:
        """Reads JSON text. `name` is what messages call it.

        Comments and trailing commas are forgiven, and listed in `diagnostics`, unless `strict`.
        Bytes may be UTF-8 or, with a byte order mark, UTF-16. Raises PolicyError.
        """
        return cls._make(arguments.source("text", text), arguments.label(name), strict)

    @classmethod
    def from_file(cls, path: arguments.PathLike, *, strict: bool = False) -> Policy:
        """Reads a file that is one policy. Raises InputError, PolicyError."""
        name, content = arguments.read_file(path)
        return cls._make(content, name, strict)

    @classmethod
    def from_dict(cls, document: Document, *, name: str = "<dict>") -> Policy:
        """Takes a policy document as Python values. Raises PolicyError.

        A `datetime.date` is taken back to the text it was: YAML readers make one of `Version`.
        """
        if not isinstance(document, Mapping):
            raise TypeError(f"document: a mapping is expected, not {type(document).__name__}")
        return cls._make(_json_of(document), arguments.label(name), True)

    @classmethod
    def managed(cls, name: str) -> Policy:
        """An AWS managed policy, by name or ARN in exact case. Raises UnknownNameError.

        Lines and columns are those of its canonical JSON, which `source` holds.
        """
        found = _core.managed_policy(arguments.text("name", name))
        if found is None:
            raise UnknownNameError(
                f"there is no AWS managed policy `{_core.escape_controls(name)}`",
                code="unknown-name",
                help=_core.suggest_managed_policy(name)
                or f"the catalogue is of {_core.CATALOGUE_DATE}",
            )
        policy_name = found[0].encode()
        # The catalogue keeps documents in one line, where no place could be pointed at.
        printed = _core.Policy.parse(found[1], policy_name, True).print()
        return cls._make(printed.encode(), policy_name, True, aws_managed=True)

    @classmethod
    def full_aws_access(cls, kind: str = "scp") -> Policy:
        """What AWS attaches to every root, unit and account: `FullAWSAccess`.

        kind: `scp`, or `rcp` for `RCPFullAWSAccess`
        """
        name = {"scp": "FullAWSAccess", "rcp": "RCPFullAWSAccess"}.get(kind)
        if name is None:
            raise ValueError(f"kind: `scp` or `rcp` is expected, not {kind!r}")
        content = _core.full_access(name)
        assert content is not None
        return cls._make(content, name.encode(), True, aws_managed=True)

    @classmethod
    def _make(
        cls, content: bytes, name: bytes, strict: bool, aws_managed: bool = False
    ) -> Policy:
        return cls._of(_core.Policy.parse(content, name, bool(strict), aws_managed))

    @classmethod
    def _of(cls, handle: _core.Policy) -> Policy:
        policy = cls.__new__(cls)
        policy._set(_handle=handle, _statements=None)
        return policy

    @property
    def name(self) -> str:
        """The file name, or what the policy was called when it was read."""
        return self._handle.name

    @property
    def kind(self) -> str:
        """What the content alone tells: `trust`, `resource`, else `identity`.

        Of a policy that a rule is asked about, what kind it is checked as.
        """
        return self._handle.kind

    @property
    def path(self) -> str:
        """Where it stands in its file: `Resources.Role.Properties.Policies[0].PolicyDocument`.

        Empty when it is the whole of the file, and of a policy that was read by itself.
        """
        return self._handle.path

    @property
    def version(self) -> Optional[str]:
        """The element Version as written, or None."""
        return self._handle.version

    @property
    def id(self) -> Optional[str]:
        """The element Id, or None."""
        return self._handle.id

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements in order."""
        if self._statements is None:
            self._set(_statements=tuple(map(_statement, self._handle.statements)))
        assert self._statements is not None
        return self._statements

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What the grammar does not allow, in the order of the text."""
        return tuple(Diagnostic(*fields) for fields in self._handle.diagnostics)

    @property
    def source(self) -> bytes:
        """The bytes it was read from; of a policy in a larger file, its canonical JSON."""
        return self._handle.source

    def to_dict(self) -> dict[str, Any]:
        """The policy as Python values; what `diagnostics` lists is not in it."""
        document: dict[str, Any] = json.loads(self._handle.print())
        return document

    def __str__(self) -> str:
        """Canonical JSON: elements in the order of the grammar, two spaces."""
        return self._handle.print().rstrip("\n")

    def __repr__(self) -> str:
        count = len(self.statements)
        return f"<Policy {self.name!r}: {self.kind}, {count} statement{'' if count == 1 else 's'}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Policy):
            return NotImplemented
        return self._handle.same(other._handle)

    def __hash__(self) -> int:
        return self._handle.digest()

    def __reduce__(self) -> Any:
        return _restore, (self.source, self._handle.name.encode(), self._handle.aws_managed)


def parse(text: Union[str, bytes], *, name: str = "<policy>", strict: bool = False) -> Policy:
    """`Policy.parse`."""
    return Policy.parse(text, name=name, strict=strict)


def _restore(content: bytes, name: bytes, aws_managed: bool) -> Policy:
    return Policy._make(content, name, False, aws_managed)


def _statement(fields: tuple[Any, ...]) -> Statement:
    def text(given: Optional[tuple[Any, ...]]) -> Optional[PolicyText]:
        return None if given is None else PolicyText(*given)

    def texts(given: Optional[tuple[tuple[Any, ...], ...]]) -> Any:
        return None if given is None else tuple(PolicyText(*one) for one in given)

    def principals(given: Optional[tuple[Any, ...]]) -> Any:
        return None if given is None else tuple(PrincipalEntry(kind, PolicyText(*one)) for kind, one in given)

    index, sid, effect, action, not_action, resource, not_resource, principal, not_principal = fields[:9]
    conditions, line, column, path, begin, end, unresolved = fields[9:]
    return Statement(
        index,
        text(sid),
        text(effect),
        texts(action),
        texts(not_action),
        texts(resource),
        texts(not_resource),
        principals(principal),
        principals(not_principal),
        tuple(
            Condition(operator, key, texts(values), where, (first, last), *place)
            for operator, key, values, where, first, last, *place in conditions
        ),
        line,
        column,
        path,
        (begin, end),
        unresolved,
    )


def _json_of(document: Document) -> bytes:
    def plain(value: object) -> object:
        if isinstance(value, Mapping):
            return dict(value)
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value.isoformat()
        raise TypeError(f"document: {type(value).__name__} is no JSON value")

    try:
        text = json.dumps(
            dict(document), ensure_ascii=False, allow_nan=False, indent=2, default=plain
        )
    except RecursionError:
        raise PolicyError("the document is nested too deeply", code="limit-exceeded") from None
    except ValueError as error:
        raise ValueError(f"document: {error}") from None
    except TypeError as error:
        message = str(error)
        raise TypeError(message if message.startswith("document") else f"document: {message}") from None
    return text.encode("utf-8", "surrogatepass")
