"""Looking for mistakes, over-broad grants and credentials."""

from __future__ import annotations

import datetime
import os
import pathlib
from collections.abc import Iterable, Mapping
from typing import Any, Optional, Union

from . import _core, arguments, findings
from .errors import PolicyError
from .findings import Findings
from .policy import Policy

Target = Union[Policy, Mapping[str, Any], arguments.PathLike]


def lint(
    *targets: Target,
    text: Union[None, str, bytes] = None,
    name: str = "<text>",
    kind: Optional[str] = None,
    select: Union[str, Iterable[str]] = (),
    ignore: Union[str, Iterable[str]] = (),
    rules: Union[arguments.PathLike, Iterable[arguments.PathLike]] = (),
    today: Optional[datetime.date] = None,
) -> Findings:
    """Finds what is wrong or risky in policies, and credentials, in files of any kind.

    targets: paths of files (str or path objects), policies, mappings that are policy documents
    text:    content to check instead of a file's; `name` is what findings call it, and a name that
             ends in .md makes it Markdown
    kind:    what kind of policy all of these are (`identity`, `resource`, `trust`, `scp`, `rcp`,
             `boundary`, `session`, `endpoint`, or Access Analyzer's names); None: place and content
             tell
    select:  only these rules; ignore: not these rules
    rules:   rules of your own, pages with `forbid:` or folders of them (docs/guardrails.md); a page
             that is wrong raises PolicyError
    today:   for rules about the age of things; None: nothing ages

    A file that cannot be read raises InputError. A text that should be a policy and cannot be read
    is a finding of the rule `json-syntax`. Unknown rules raise UnknownNameError.
    """
    if text is None and not targets:
        raise TypeError("lint: nothing to check; give a path, a policy or text=...")
    run = _core.LintRun(
        _slugs("select", select),
        _slugs("ignore", ignore),
        _days(today),
        True,
        True,
        _pages(rules),
    )
    given = _kind(kind)
    for position, target in enumerate(targets):
        if isinstance(target, Mapping):
            target = Policy.from_dict(target, name=f"targets[{position}]")
        if isinstance(target, Policy):
            run.add_policy(target._handle, given)
        elif isinstance(target, (str, os.PathLike)):
            _refuse_text(target)
            path, content = arguments.read_file(target)
            run.add_text(path, content, given)
        else:
            raise TypeError(
                f"targets[{position}]: a path, a Policy or a mapping is expected, "
                f"not {type(target).__name__}"
            )
    if text is not None:
        run.add_text(arguments.label(name), arguments.source("text", text), given)
    _refuse_too_many(run)
    return findings.of_run(run)


def scan(text: Union[str, bytes], *, name: str = "<text>") -> Findings:
    """Finds credentials in a text. Nothing of what is returned holds a secret."""
    run = _core.LintRun((), (), None, False, True, ())
    run.add_text(arguments.label(name), arguments.source("text", text), "")
    _refuse_too_many(run)
    return findings.of_run(run)


def _pages(
    rules: Union[arguments.PathLike, Iterable[arguments.PathLike]],
) -> list[tuple[bytes, str, bytes]]:
    if isinstance(rules, (str, os.PathLike)):
        rules = [rules]
    if not isinstance(rules, Iterable) or isinstance(rules, bytes):
        raise TypeError(f"rules: paths are expected, not {type(rules).__name__}")
    paths: list[pathlib.Path] = []
    for path in (pathlib.Path(os.fsdecode(named)) for named in rules):
        if path.is_dir():
            paths += [page for page in sorted(path.rglob("*.md")) if page.name != "README.md"]
        else:
            paths.append(path)
    pages: dict[str, pathlib.Path] = {}
    for path in paths:
        if pages.setdefault(path.stem, path) != path:
            raise ValueError(f"rules: there are two rules {path.stem!r}: {pages[path.stem]}, {path}")
    return [
        (name, path.stem, content)
        for path in pages.values()
        for name, content in [arguments.read_file(path)]
    ]


def _slugs(argument: str, value: Union[str, Iterable[str]]) -> list[str]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, Iterable):
        raise TypeError(f"{argument}: rules by name are expected, not {type(value).__name__}")
    return [arguments.text(f"{argument}[{i}]", slug) for i, slug in enumerate(value)]


def _days(today: Optional[datetime.date]) -> Optional[int]:
    if today is None:
        return None
    if not isinstance(today, datetime.date):
        raise TypeError(f"today: a datetime.date is expected, not {type(today).__name__}")
    return today.toordinal() - datetime.date(1970, 1, 1).toordinal()


def _kind(kind: Optional[str], argument: str = "kind") -> str:
    if kind is None:
        return ""
    known = _core.policy_kinds()
    if arguments.text(argument, kind).lower() not in {
        name.lower() for row in known for name in (row[0], row[2]) if name
    }:
        raise ValueError(
            f"{argument}: there is no policy kind {kind!r}; there are {', '.join(row[0] for row in known)}"
        )
    return kind


def _refuse_text(target: object) -> None:
    if isinstance(target, str) and ("\n" in target or "{" in target):
        raise ValueError("targets: a str is a path, and this is none; give a text as text=...")


def _refuse_too_many(run: _core.LintRun) -> None:
    # Never a silently shorter answer.
    if run.omitted:
        raise PolicyError(
            f"there are {run.omitted} findings more than the limit",
            code="limit-exceeded",
            help="check fewer or smaller files at once",
        )
