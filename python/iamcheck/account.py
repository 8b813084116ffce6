"""Snapshots of accounts: who can do what, and who can become whom."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Optional, Union

from . import _core, arguments, context as contexts
from .account_answers import EscalationGraph, WhatCan, WhoCan, make_graph, make_report
from .call import CallAnswer, CallQuestion, read_line
from .errors import Error, InputError, PolicyError
from .frozen import Frozen
from .policy_set import Unit
from .question import account_id, is_ask

#: Files of one folder; more raise PolicyError.
MOST_FILES = 100_000

# path, bytes, could not be read, is a symbolic link
_File = tuple[bytes, bytes, bool, bool]


@dataclasses.dataclass(frozen=True)
class AccountProblem:
    """Something in the files that cannot be used. What hangs on it is undecided."""

    code: str  #: `not-a-policy`, `json-syntax`, `unreadable`, ...
    message: str
    help: Optional[str]  #: what to do
    path: Optional[str]  #: None: no place
    line: Optional[int]  #: None: the file as a whole
    column: Optional[int]

    def __str__(self) -> str:
        place = "" if self.path is None else f"{self.path}: "
        if self.line is not None:
            place = f"{self.path}:{self.line}:{self.column}: "
        return place + self.message + (f"; {self.help}" if self.help else "")


@dataclasses.dataclass(frozen=True)
class Principal:
    """A user or a role of a snapshot."""

    kind: str  #: `user` or `role`
    arn: str
    name: str
    account: str
    id: Optional[str]  #: UserId or RoleId; None when the input has none
    groups: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]


class AccountDecision(CallAnswer):
    """The answer of `Account.can`. True when the request, or every unit of the call, is allowed.

    A single request is a call of one unit; `explain` and `to_dict` show it as a single one.
    """

    __slots__ = ("_account", "_question", "__weakref__")
    _account: Account
    _question: CallQuestion
    _handle: _core.AccountDecision

    def __init__(self) -> None:
        raise TypeError("an AccountDecision is made by Account.can")

    @classmethod
    def _make(cls, account: Account, question: CallQuestion) -> AccountDecision:
        decision = cls.__new__(cls)
        core = account._handle.can(*question.core)
        decision._set(_account=account, _question=question, _handle=core)
        return decision

    @property
    def request(self) -> dict[str, Any]:
        """The question, as a line that `iamcheck.simulate` takes beside policies."""
        return dict(json.loads(json.dumps(self._question.line)))

    @property
    def account(self) -> Account:
        """The snapshot that was asked."""
        return self._account

    def _report(self) -> dict[str, Any]:
        report: dict[str, Any] = json.loads(self._handle.report())
        return report

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AccountDecision):
            return NotImplemented
        return self._question.line == other._question.line and self._account == other._account

    def __hash__(self) -> int:
        return hash((self.kind, json.dumps(self._question.line, sort_keys=True)))

    def __reduce__(self) -> Any:
        return _restore_decision, (self._account, self._question.line)


class Account(Frozen):
    """A snapshot of one or more accounts: who is in them, and which policies hang where.

        account = ic.Account.load("account/")
        for access in account.who_can("s3:GetObject", "arn:aws:s3:::reports/2026.csv").principals:
            print(access.principal, access.reach)

    docs/account.md says which files are read: what `aws iam get-account-authorization-details`
    prints, folders with more, and the folders that iam-collect writes.
    """

    __slots__ = ("_files", "_found", "_handle", "__weakref__")
    _files: tuple[_File, ...]
    _found: tuple[AccountProblem, ...]
    _handle: _core.Account

    def __init__(self) -> None:
        raise TypeError("an Account is made by Account.load or Account.from_files")

    @classmethod
    def load(cls, *paths: arguments.PathLike) -> Account:
        """Reads files, and every `*.json` of folders at any depth. Links in them are not followed.

        What is wrong within stands in `problems`, and never raises. Raises InputError for a path
        that cannot be read, and PolicyError for a folder with more than 100,000 files.
        """
        if not paths:
            raise ValueError("paths: there is none")
        files: list[_File] = []
        found: list[AccountProblem] = []
        for path in paths:
            if not isinstance(path, (str, bytes, os.PathLike)):
                raise TypeError(f"paths: a path is expected, not {type(path).__name__}")
            if os.path.isdir(path):
                _read_folder(os.fsdecode(path), files, found)
            else:
                name, content = arguments.read_file(path)
                files.append((name, content, False, False))
        return _made(tuple(files), tuple(found))

    @classmethod
    def from_files(cls, files: Mapping[str, Union[str, bytes]]) -> Account:
        """The same from texts, by path: relative to the folder of the snapshot, with `/`."""
        if not isinstance(files, Mapping):
            raise TypeError(f"files: a mapping is expected, not {type(files).__name__}")
        read = tuple(
            (arguments.text("files: a path", path).encode(), arguments.source(path, text), False, False)
            for path, text in files.items()
        )
        return _made(read, ())

    @property
    def account_ids(self) -> tuple[str, ...]:
        """Ids of the accounts whose principals were read, sorted."""
        return tuple(self._handle.account_ids())

    @property
    def principals(self) -> tuple[Principal, ...]:
        """Users and roles, sorted by ARN."""
        return tuple(
            Principal(
                "role" if role else "user", arn, name, account, id, tuple(groups), tuple(tags)
            )
            for role, arn, name, account, id, groups, tags in self._handle.principals()
        )

    @property
    def problems(self) -> tuple[AccountProblem, ...]:
        """What could not be used. Questions that hang on it are undecided."""
        read = (
            AccountProblem(
                code, message, help, path, line if path else None, column if path else None
            )
            for code, message, help, path, line, column in self._handle.problems()
        )
        return (*self._found, *read)

    def can(
        self,
        principal: str,
        action: Optional[str],
        resource: Optional[str],
        context: Optional[Mapping[str, Any]] = None,
        *,
        units: Optional[Iterable[Unit]] = None,
        mode: str = "strict",
        resource_account: Optional[str] = None,
        principal_role_arn: Optional[str] = None,
        issuer_arn: Optional[str] = None,
        credential_kind: Optional[str] = None,
        s3_block_public_access: bool = False,
    ) -> AccountDecision:
        """Can `principal` do `action` on `resource`, with all policies that the snapshot knows?

        principal: `alice`, `user/alice`, `role/ci`, `role/ci/session`, an ARN, an account id, a
                   service principal, `*anonymous*`
        the others: as `PolicySet.can` takes them; each unit of a call has the policies of its own
                   resource. What is given wins over what the snapshot says.

        Unlike the command, this assumes nothing about the time or aws:SecureTransport.
        Raises UnknownNameError for a principal that the account does not have, PolicyError for a
        name that several have, TypeError and ValueError for arguments that are none of these.
        """
        if units is None:
            if action is None or resource is None:
                raise ValueError("action, resource: both are needed where there are no units")
            units, action, resource = [(action, resource)], None, None
        question = CallQuestion(
            principal,
            action,
            resource,
            units,
            context,
            mode=mode,
            resource_account=resource_account,
            principal_role_arn=principal_role_arn,
            issuer_arn=issuer_arn,
            credential_kind=credential_kind,
            s3_block_public_access=s3_block_public_access,
        )
        return AccountDecision._make(self, question)

    def who_can(
        self,
        action: str,
        resource: str,
        context: Optional[Mapping[str, Any]] = None,
        *,
        mode: str = "ask",
        resource_account: Optional[str] = None,
    ) -> WhoCan:
        """Every principal that can do `action` on `resource`; both may have wildcards.

        mode: `ask`: keys that are not given are unknown, and the answer says which it hangs on;
              `strict`: they are absent

        Raises UnknownNameError for a pattern that no action matches, PolicyError for a question
        that takes too many decisions, TypeError and ValueError for arguments that are none of these.
        """
        answer = self._handle.who_can(
            arguments.text("action", action),
            arguments.text("resource", resource),
            contexts.entries(context),
            is_ask(mode),
            _account_id(resource_account),
        )
        return make_report(WhoCan, *answer)

    def what_can(
        self,
        principal: str,
        on: Optional[str] = None,
        context: Optional[Mapping[str, Any]] = None,
        *,
        mode: str = "ask",
        resource_account: Optional[str] = None,
    ) -> WhatCan:
        """Every action of the catalogue that `principal` can do, on `on` or on any resource.

        principal: as `can` takes it
        on:        an ARN or a pattern; None: any resource of the action's types
        mode:      as in `who_can`
        """
        answer = self._handle.what_can(
            arguments.text("principal", principal),
            arguments.optional_text("on", on),
            contexts.entries(context),
            is_ask(mode),
            _account_id(resource_account),
        )
        return make_report(WhatCan, *answer)

    def graph(
        self, context: Optional[Mapping[str, Any]] = None, *, mode: str = "ask"
    ) -> EscalationGraph:
        """Who can become whom, and the shortest ways to an administrator. `mode` as in `who_can`."""
        return make_graph(*self._handle.graph(contexts.entries(context), is_ask(mode)))

    def __repr__(self) -> str:
        ids = ", ".join(self.account_ids) or "no account"
        return f"<Account {ids}: {len(self._handle.principals())} principals>"

    def __eq__(self, other: object) -> bool:
        return self._files == other._files if isinstance(other, Account) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._files)

    def __reduce__(self) -> Any:
        return _made, (self._files, self._found)


def _made(files: tuple[_File, ...], found: tuple[AccountProblem, ...]) -> Account:
    account = Account.__new__(Account)
    account._set(_files=files, _found=found, _handle=_core.Account(files))
    return account


def _read_folder(folder: str, files: list[_File], found: list[AccountProblem]) -> None:
    """Sorted, so that the answer does not depend on the file system."""
    names: list[str] = []
    links: list[str] = []

    def note(error: OSError) -> None:
        _note_unread(error.filename or folder, error.strerror or str(error), files, found)

    for place, folders, entries in os.walk(folder, onerror=note):
        for name in (*folders, *entries):
            path = os.path.join(place, name)
            if os.path.islink(path):
                links.append(path)
            elif name in entries and name.endswith(".json") and os.path.isfile(path):
                names.append(path)
        if len(names) + len(links) > MOST_FILES:
            raise PolicyError(
                f"`{_shown(folder)}` holds more than {MOST_FILES} files",
                code="limit-exceeded",
                help="name the dumps or the folders of accounts one by one",
            )
    for path in sorted(names):
        try:
            _, content = arguments.read_file(path)
        except (InputError, PolicyError) as error:
            _note_unread(path, error.message, files, found, error)
            continue
        files.append((_path(path), content, False, False))
    files.extend((_path(path), b"", False, True) for path in sorted(links))


def _note_unread(
    path: str,
    message: str,
    files: list[_File],
    found: list[AccountProblem],
    error: Optional[Error] = None,
) -> None:
    files.append((_path(path), b"", True, False))
    code, help = (error.code, error.help) if error else ("unreadable", "check its permissions")
    found.append(AccountProblem(code, message, help or None, _shown(path), None, None))


def _path(path: str) -> bytes:
    return os.fsencode(Path(path).as_posix())


def _shown(path: str) -> str:
    return _core.escape_controls(os.fsencode(path).decode("utf-8", "backslashreplace"))


def _account_id(value: Optional[str]) -> str:
    text = arguments.optional_text("resource_account", value)
    return account_id("resource_account", text) if text else ""


def _restore_decision(account: Account, line: dict[str, Any]) -> AccountDecision:
    return AccountDecision._make(account, read_line(line, "strict"))
