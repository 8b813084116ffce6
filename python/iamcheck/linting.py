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
from .own_rules import CONFIDENCES, PolicyRule, RuleRun, one_of
from .policy import Policy

Target = Union[Policy, Mapping[str, Any], arguments.PathLike]
OwnRule = Union[PolicyRule, arguments.PathLike]

PROFILES = ("default", "strict", "access-analyzer")


def lint(
    *targets: Target,
    text: Union[None, str, bytes] = None,
    name: str = "<text>",
    kind: Optional[str] = None,
    resource_type: Optional[str] = None,
    profile: str = "default",
    select: Union[str, Iterable[str]] = (),
    ignore: Union[str, Iterable[str]] = (),
    min_confidence: str = "low",
    rules: Union[OwnRule, Iterable[OwnRule]] = (),
    baseline: Optional[arguments.PathLike] = None,
    catalogue: Optional[arguments.PathLike] = None,
    today: Optional[datetime.date] = None,
) -> Findings:
    """Finds what is wrong or risky in policies, and credentials, in files of any kind.

    targets: paths of files (str or path objects), policies, mappings that are policy documents
    text:    content to check instead of a file's; `name` is what findings call it, and a name that
             ends in .md makes it Markdown
    kind:    what kind of policy all of these are (`identity`, `resource`, `trust`, `scp`, `rcp`,
             `boundary`, `session`, `endpoint`, or Access Analyzer's names); None: place and content
             tell
    resource_type: what resource-based policies are attached to, such as `AWS::S3::Bucket`: some
             rules are about one of them
    profile: which rules run where `select` is empty: `default`, `strict` (all of them) or
             `access-analyzer` (those that AWS's validation has)
    select:  only these rules and categories of rules; ignore: not these
    min_confidence: only findings that are at least so sure: `low`, `medium` or `high`
    rules:   rules of your own: functions decorated with `@iamcheck.rule(...)`, and pages with
             `forbid:` or folders of them (docs/guardrails.md); a page that is wrong raises
             PolicyError
    baseline: a file that `Findings.baseline` or `iamcheck baseline` wrote; what it knows is suppressed
    catalogue: a file that `iamcheck catalogue --write` made, instead of the built-in one; a file that
             is none raises PolicyError
    today:   for rules about the age of things, and for suppressions that end; None: nothing ages

    Comments `iamcheck:ignore[rule]` in the texts are honoured; what they silence is in
    `Findings.suppressed`. No configuration file is read.

    A file that cannot be read raises InputError. A text that should be a policy and cannot be read
    is a finding of the rule `json-syntax`. Unknown rules raise UnknownNameError. When a function in
    `rules` raises, all others run to their end; then RuleError is raised, which has what they found.
    """
    if text is None and not targets:
        raise TypeError("lint: nothing to check; give a path, a policy or text=...")
    functions, pages = _own_rules(rules)
    own = RuleRun(functions)
    run = _core.LintRun(
        select=_slugs("select", select),
        ignore=_slugs("ignore", ignore),
        today=_days(today),
        guardrails=pages,
        functions=own.functions(),
        profile=one_of("profile", profile, PROFILES),
        min_confidence=one_of("min_confidence", min_confidence, CONFIDENCES),
        resource_type=arguments.optional_text("resource_type", resource_type),
        baseline=None if baseline is None else arguments.read_file(baseline),
        catalogue=None if catalogue is None else arguments.read_file(catalogue),
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
    for path_of_failure, _, _, message in own.failures:
        run.add_error(path_of_failure, message, "correct the rule")
    found = findings.of_run(run)
    error = own.error(found)
    if error is not None:
        raise error
    return found


def scan(text: Union[str, bytes], *, name: str = "<text>") -> Findings:
    """Finds credentials in a text. What is returned shows no secret.

    Comments `iamcheck:ignore[rule]` are honoured, as by `lint`.
    """
    run = _core.LintRun(policies=False)
    run.add_text(arguments.label(name), arguments.source("text", text), "")
    _refuse_too_many(run)
    return findings.of_run(run)


def _own_rules(
    rules: Union[OwnRule, Iterable[OwnRule]],
) -> tuple[list[PolicyRule], list[tuple[bytes, str, bytes]]]:
    """The functions, and the pages as name, slug and content."""
    if isinstance(rules, (str, os.PathLike, PolicyRule)):
        rules = [rules]
    if not isinstance(rules, Iterable) or isinstance(rules, bytes):
        raise TypeError(
            f"rules: paths or functions with @iamcheck.rule are expected, not {type(rules).__name__}"
        )
    known: dict[str, Union[PolicyRule, pathlib.Path]] = {}
    for position, given in enumerate(rules):
        for one in _rules_of(position, given):
            slug = one.slug if isinstance(one, PolicyRule) else one.stem
            if known.setdefault(slug, one) != one:
                raise ValueError(f"rules: there are two rules {slug!r}: {known[slug]}, {one}")
    pages = [one for one in known.values() if isinstance(one, pathlib.Path)]
    return (
        [one for one in known.values() if isinstance(one, PolicyRule)],
        [(name, page.stem, content) for page in pages for name, content in [arguments.read_file(page)]],
    )


def _rules_of(position: int, given: OwnRule) -> list[Union[PolicyRule, pathlib.Path]]:
    if isinstance(given, PolicyRule):
        return [given]
    if not isinstance(given, (str, os.PathLike)):
        hint = "; decorate it with @iamcheck.rule(...)" if callable(given) else ""
        raise TypeError(f"rules[{position}]: a path or a rule is expected, not {type(given).__name__}{hint}")
    path = pathlib.Path(os.fsdecode(given))
    if not path.is_dir():
        return [path]
    return [page for page in sorted(path.rglob("*.md")) if page.name != "README.md"]


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
