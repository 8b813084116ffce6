"""The exceptions. Each carries a code, a place and a next step.

Arguments of a wrong type raise TypeError, wrong values ValueError; both name the argument.
"""

from __future__ import annotations

from typing import Any


class Error(Exception):
    """What the library could not do.

    code:     `json-syntax`, `not-utf8`, `limit-exceeded`, `not-a-policy`, `invalid-argument`,
              `unreadable`, `unknown-name`, `corrupt-catalogue`, `internal`, `unsupported`,
              `yaml-syntax` or `hcl-syntax`; codes never change
    message:  what is wrong
    help:     the next step, or an empty text
    name:     the file or text, or None
    line, column: where, counted from 1 (columns in code points), or None
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = "internal",
        help: str = "",
        name: str | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.help = help
        self.name = name
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = "" if self.name is None else f"{self.name}:"
        if self.line is not None:
            place += f"{self.line}:{self.column}:"
        text = f"{place} {self.message}" if place else self.message
        return f"{text}; {self.help}" if self.help else text

    def __reduce__(self) -> Any:
        return _restore, (type(self), self.message, self.code, self.help, self.name, self.line, self.column)


class PolicyError(Error, ValueError):
    """A text that is no policy, or an argument that the library refuses."""


class InputError(Error, OSError):
    """A file that cannot be read."""


class UnknownNameError(Error, LookupError, ValueError):
    """A rule, action, service or managed policy that does not exist."""


class RuleError(Error, RuntimeError):
    """A rule of the caller's own raised; that is the `__cause__`.

    findings: what the other rules found, what this one found before, and all failures in `errors`
    """

    findings: Any = None  #: `Findings`

    def __reduce__(self) -> Any:
        made, values = super().__reduce__()
        return made, values, {"findings": self.findings}


class InternalError(Error, RuntimeError):
    """A defect of iamcheck. Please report it."""


_CLASSES: dict[str, type[Error]] = {
    "json-syntax": PolicyError,
    "not-utf8": PolicyError,
    "limit-exceeded": PolicyError,
    "not-a-policy": PolicyError,
    "invalid-argument": PolicyError,
    "unreadable": InputError,
    "unknown-name": UnknownNameError,
}


def error_of(
    code: str, message: str, help: str, name: str | None, line: int | None, column: int | None
) -> Error:
    """The exception for a code of the library; the extension calls this, nothing else does."""
    made = _CLASSES.get(code, InternalError)
    return made(message, code=code, help=help, name=name, line=line, column=column)


def _restore(
    made: type[Error],
    message: str,
    code: str,
    help: str,
    name: str | None,
    line: int | None,
    column: int | None,
) -> Error:
    return made(message, code=code, help=help, name=name, line=line, column=column)
