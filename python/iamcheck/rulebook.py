"""The rules, as the pages a person reads."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable
from typing import Callable, Optional, Union, overload

from . import _core, arguments, own_rules
from .errors import UnknownNameError
from .own_rules import Check, Example, PolicyRule


@dataclasses.dataclass(frozen=True)
class Rule:
    """One rule."""

    slug: str
    title: str
    kind: str  #: `policy` or `credential`
    severity: str  #: `error`, `warning` or `note`
    security_severity: str  #: `none`, `low`, `medium`, `high` or `critical`
    confidence: str  #: `low`, `medium` or `high`
    category: str
    applies_to: tuple[str, ...]  #: kinds of policies; empty for credential rules
    fix: str  #: `none`, `safe` or `unsafe`
    since: str  #: the version that brought it
    aliases: tuple[str, ...]  #: slugs it had before
    references: tuple[str, ...]
    page: str  #: the documentation, Markdown


def rules() -> tuple[Rule, ...]:
    """All rules, sorted by slug."""
    return tuple(Rule(*fields) for fields in _core.rule_pages())


@overload
def rule(slug: str) -> Rule: ...
@overload
def rule(
    slug: str,
    *,
    severity: str,
    title: Optional[str] = None,
    help: str = "",
    category: str = "custom",
    confidence: str = "high",
    security_severity: str = "none",
    applies_to: Union[None, str, Iterable[str]] = None,
    reported: Iterable[Example] = (),
    clean: Iterable[Example] = (),
) -> Callable[[Check], PolicyRule]: ...
def rule(
    slug: str,
    *,
    severity: Optional[str] = None,
    title: Optional[str] = None,
    help: str = "",
    category: str = "custom",
    confidence: str = "high",
    security_severity: str = "none",
    applies_to: Union[None, str, Iterable[str]] = None,
    reported: Iterable[Example] = (),
    clean: Iterable[Example] = (),
) -> Union[Rule, Callable[[Check], PolicyRule]]:
    """The built-in rule with this slug or alias; with a severity, a decorator that makes a rule.

        @iamcheck.rule("whole-bucket", severity="warning")
        def whole_bucket(policy):
            '''a whole bucket is granted'''
            for statement in policy.statements:
                for resource in statement.resource or ():
                    if statement.effect == "Allow" and resource.endswith(":::*"):
                        yield iamcheck.Problem(resource, help="name the bucket")

        iamcheck.lint("policy.json", rules=whole_bucket)

    slug:         lower-case letters, digits and hyphens; no built-in rule has it
    severity:     `error`, `warning` or `note`
    title:        what findings say unless they say more; None: the first line of the docstring
    help:         what to do about them
    category:     for `select` and `ignore`
    confidence:   how sure the rule is: `high`, `medium` or `low`
    security_severity: `none`, `low`, `medium`, `high` or `critical`
    applies_to:   kinds of policies, such as `identity`; None: all
    reported, clean: policies with and without findings, for `PolicyRule.test`; each a mapping, a
                  Policy or JSON text, or a pair of one and the paths of its findings

    The function gets one Policy at a time, and yields or returns `Problem`s. Without a severity
    raises UnknownNameError for a slug that no rule has.
    """
    if severity is not None:
        return own_rules.decorator(
            slug,
            severity=severity,
            title=title,
            help=help,
            category=category,
            confidence=confidence,
            security_severity=security_severity,
            applies_to=applies_to,
            reported=reported,
            clean=clean,
        )
    fields = _core.rule_page(arguments.text("slug", slug))
    if fields is None:
        near = difflib.get_close_matches(slug, [one.slug for one in rules()], 1)
        raise UnknownNameError(
            f"there is no rule `{_core.escape_controls(slug)}`",
            code="unknown-name",
            help=f"did you mean `{near[0]}`?"
            if near
            else "`iamcheck.rules()` lists them; a rule of your own is made with severity=...",
        )
    return Rule(*fields)
