"""The rules, as the pages a person reads."""

from __future__ import annotations

import dataclasses
import difflib

from . import _core, arguments
from .errors import UnknownNameError


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


def rule(slug: str) -> Rule:
    """The rule with this slug or alias. Raises UnknownNameError."""
    fields = _core.rule_page(arguments.text("slug", slug))
    if fields is None:
        near = difflib.get_close_matches(slug, [one.slug for one in rules()], 1)
        raise UnknownNameError(
            f"there is no rule `{_core.escape_controls(slug)}`",
            code="unknown-name",
            help=f"did you mean `{near[0]}`?" if near else "`iamcheck.rules()` lists them",
        )
    return Rule(*fields)
