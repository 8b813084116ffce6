"""Correcting policies: only what is proved to be the same or less."""

from __future__ import annotations

import dataclasses
import difflib
import os
from collections.abc import Iterable, Mapping
from typing import Any, Optional, Union

from . import _core, arguments
from .linting import PROFILES, _kind, _refuse_text, _slugs
from .own_rules import one_of
from .policy import Policy

MODES = ("safe", "all")


@dataclasses.dataclass(frozen=True)
class Fixed:
    """A text, corrected. `text` is the whole of it, with its layout and its comments."""

    text: str
    applied: tuple[str, ...]  #: what was done, one line each: `p.json:4:47: delete the entries [...]`
    refused: tuple[str, ...]  #: fixes that could not be proved and were left alone
    _before: str = dataclasses.field(repr=False)
    _name: str = dataclasses.field(repr=False)

    def __bool__(self) -> bool:
        """Whether anything was changed."""
        return self.text != self._before

    @property
    def policy(self) -> Policy:
        """The corrected policy. Raises PolicyError when the text is not a policy by itself."""
        return Policy.parse(self.text, name=self._name)

    def diff(self) -> str:
        """What was changed, as a unified diff; empty when nothing was."""
        lines = difflib.unified_diff(
            self._before.splitlines(keepends=True),
            self.text.splitlines(keepends=True),
            f"a/{self._name}",
            f"b/{self._name}",
        )
        return "".join(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines)


def fix(
    target: Union[None, Policy, Mapping[str, Any], arguments.PathLike] = None,
    *,
    text: Union[None, str, bytes] = None,
    name: str = "<text>",
    mode: str = "safe",
    kind: Optional[str] = None,
    resource_type: Optional[str] = None,
    profile: str = "default",
    select: Union[str, Iterable[str]] = (),
    ignore: Union[str, Iterable[str]] = (),
    catalogue: Optional[arguments.PathLike] = None,
) -> Fixed:
    """Corrects what `lint` finds and has a fix for. Nothing is written: `Fixed.text` is the text.

    target:  the path of a file of any kind, a policy, or a mapping that is a policy document
    text:    content instead of a file's; `name` is what messages call it
    mode:    `safe`: every decision stays as it is; `all`: what was allowed too widely is narrowed
             too, and a policy that AWS refuses may get a meaning
    kind, resource_type, profile, select, ignore, catalogue: as for `lint`

    Each fix is applied only when it is proved to keep its promise, over all requests. What comments
    `iamcheck:ignore[rule]` suppress is left alone.

    A file that cannot be read, or is not written in UTF-8, raises InputError; unknown rules raise
    UnknownNameError.
    """
    if (target is None) == (text is None):
        raise TypeError("fix: one thing to correct is expected: a path, a policy or text=...")
    label, content = _content(target, text, name)
    fixed, applied, refused = _core.fix(
        label,
        content,
        _kind(kind),
        arguments.optional_text("resource_type", resource_type),
        one_of("mode", mode, MODES),
        _slugs("select", select),
        _slugs("ignore", ignore),
        one_of("profile", profile, PROFILES),
        None if catalogue is None else arguments.read_file(catalogue),
    )
    shown = label.decode("utf-8", "replace") if isinstance(label, bytes) else str(label)
    return Fixed(
        fixed.decode("utf-8", "replace"), tuple(applied), tuple(refused), content.decode("utf-8", "replace"), shown
    )


def _content(target: object, text: Union[None, str, bytes], name: str) -> tuple[Any, bytes]:
    if text is not None:
        return arguments.label(name), arguments.source("text", text)
    if isinstance(target, Mapping):
        target = Policy.from_dict(target, name="<dict>")
    if isinstance(target, Policy):
        return arguments.label(target.name), target.source
    if isinstance(target, (str, os.PathLike)):
        _refuse_text(target)
        return arguments.read_file(target)
    raise TypeError(f"target: a path, a Policy or a mapping is expected, not {type(target).__name__}")
