"""Rules of one's own, as functions."""

from __future__ import annotations

import dataclasses
import difflib
import importlib
import inspect
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Callable, Optional, Union

from . import _core, arguments
from .errors import RuleError
from .frozen import Frozen
from .policy import Condition, Policy, PolicyText, PrincipalEntry, Statement

#: Something of the policy that a rule was given, or its path: `Statement[0].Action`.
Place = Union[Policy, Statement, Condition, PrincipalEntry, PolicyText, str]

SEVERITIES = ("note", "warning", "error")
CONFIDENCES = ("low", "medium", "high")
_SECURITY_SEVERITIES = ("none", "low", "medium", "high", "critical")
_LONGEST_FAILURE = 500
_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_ENTRY = re.compile(r"(.*)\[(0|[1-9][0-9]{0,9})\]", re.DOTALL)


@dataclasses.dataclass(frozen=True)
class Problem:
    """What a rule has found. What is left out is that of the rule."""

    place: Place  #: something of the policy that the rule was given, or its path
    message: str = ""  #: what is wrong, one line; empty: the title of the rule
    help: str = ""  #: what to do
    notes: Sequence[str] = ()  #: why it matters here, one line each
    related: Sequence[tuple[Place, str]] = ()  #: further places, each with what it has to do with it
    severity: Optional[str] = None  #: `error`, `warning` or `note`
    confidence: Optional[str] = None  #: `high`, `medium` or `low`


#: What is decorated: it is given one policy, and yields or returns what it finds.
Check = Callable[[Policy], Union[None, Problem, Iterable[Problem]]]
#: A policy, alone or with the paths that the rule is to find in it.
Example = Union[Policy, Mapping[str, Any], str, tuple[Any, Union[str, Sequence[str]]]]


class PolicyRule(Frozen):
    """A function that `@iamcheck.rule(...)` made a rule; `lint(..., rules=this)` runs it.

    Calling it calls the function. `test()` checks it against its examples.
    """

    __slots__ = (
        "check", "slug", "title", "description", "help", "category", "severity", "confidence",
        "security_severity", "applies_to", "reported", "clean",
    )  # fmt: skip
    check: Check  #: the function
    slug: str
    title: str
    description: str  #: what the docstring says below the title
    help: str
    category: str
    severity: str  #: `error`, `warning` or `note`
    confidence: str  #: `low`, `medium` or `high`
    security_severity: str  #: `none`, `low`, `medium`, `high` or `critical`
    applies_to: tuple[str, ...]  #: kinds of policies
    reported: tuple[Example, ...]
    clean: tuple[Example, ...]

    def __init__(self, **values: Any) -> None:
        self._set(**values)

    def __call__(self, policy: Policy) -> Union[None, Problem, Iterable[Problem]]:
        return self.check(policy)

    def __repr__(self) -> str:
        return f"<PolicyRule {self.slug}: {self.severity}>"

    def __reduce__(self) -> Any:
        # Like a function: by its name, which must be that of a module.
        return _restore, (self.check.__module__, self.check.__qualname__)

    def test(self) -> None:
        """Runs the rule over its examples; raises AssertionError for those that surprise.

        Each of `reported` must have a finding, exactly at the paths that stand with it where some
        do; `clean` ones must have none.
        """
        from .linting import lint  # which knows rules itself

        if not self.reported and not self.clean:
            raise AssertionError(f"{self.slug}: there are no examples; give `reported` and `clean`")
        wrong = []
        for name, examples in (("reported", self.reported), ("clean", self.clean)):
            for number, example in enumerate(examples):
                policy, places = _example(f"{name}[{number}]", example)
                kind = None if policy.kind in self.applies_to else self.applies_to[0]
                found = [one.document_path for one in lint(policy, kind=kind, rules=self, select=self.slug)]
                if name == "clean" and found:
                    wrong.append(f"clean[{number}]: found at {', '.join(found)}")
                elif name == "reported" and not found:
                    wrong.append(f"reported[{number}]: nothing was found")
                elif places is not None and sorted(found) != sorted(places):
                    wrong.append(f"{name}[{number}]: found at {', '.join(found)}, not at {', '.join(places)}")
        if wrong:
            raise AssertionError("\n".join(f"{self.slug}: {line}" for line in wrong))


def decorator(
    slug: str,
    *,
    severity: str,
    title: Optional[str],
    help: str,
    category: str,
    confidence: str,
    security_severity: str,
    applies_to: Union[None, str, Iterable[str]],
    reported: Iterable[Example],
    clean: Iterable[Example],
) -> Callable[[Check], PolicyRule]:
    """What `iamcheck.rule(slug, severity=...)` is."""
    values = {
        "slug": _slug("slug", slug),
        "help": arguments.text("help", help, empty=True),
        "category": _slug("category", category),
        "severity": one_of("severity", severity, SEVERITIES),
        "confidence": one_of("confidence", confidence, CONFIDENCES),
        "security_severity": one_of("security_severity", security_severity, _SECURITY_SEVERITIES),
        "applies_to": _kinds(applies_to),
        "reported": tuple(reported),
        "clean": tuple(clean),
    }
    known = _core.rule_page(slug)
    if known is not None:
        raise ValueError(f"slug: there is a built-in rule `{known[0]}`; choose another name")
    if slug in {page[6] for page in _core.rule_pages()} | {category}:
        raise ValueError(f"slug: `{slug}` is a category; choose another name")

    def decorate(check: Check) -> PolicyRule:
        if not callable(check):
            raise TypeError(f"rule `{slug}`: a function is expected, not {type(check).__name__}")
        first, _, rest = (inspect.getdoc(check) or "").partition("\n")
        heading = first.strip() if title is None else arguments.text("title", title)
        if not heading:
            raise ValueError(f"rule `{slug}`: it has no title; give it a docstring, or title=...")
        description = rest.strip() if title is None else f"{first}\n{rest}".strip()
        return PolicyRule(check=check, title=heading, description=description, **values)

    return decorate


class RuleRun:
    """The functions that one call of `lint` runs, and those that failed."""

    def __init__(self, rules: Sequence[PolicyRule]) -> None:
        self.rules = tuple(rules)
        self.failures: list[tuple[str, int, int, str]] = []  # name, line, column, message
        self._cause: Optional[Exception] = None
        self._policy: Optional[tuple[_core.Policy, Policy, _Places]] = None

    def functions(self) -> list[tuple[Any, ...]]:
        """As the extension takes them."""

        def asked(rule: PolicyRule) -> Callable[[_core.Policy], list[tuple[Any, ...]]]:
            return lambda handle: self._ask(rule, handle)

        return [
            (
                *(one.slug, one.title, one.description, one.help, one.category),
                *(one.severity, one.confidence, one.security_severity, one.applies_to, asked(one)),
            )
            for one in self.rules
        ]

    def error(self, findings: Any) -> Optional[RuleError]:
        """What is to be raised: the first failure, with what the others found."""
        if not self.failures:
            return None
        name, line, column, message = self.failures[0]
        more = len(self.failures) - 1
        if more:
            message += f", and there {'is 1 more failure' if more == 1 else f'are {more} more failures'}"
        error = RuleError(
            message,
            code="invalid-argument",
            help="`findings` of this error has what else was found, and all failures in `errors`",
            name=name,
            line=line,
            column=column,
        )
        error.findings = findings
        error.__cause__ = self._cause
        return error

    def _ask(self, rule: PolicyRule, handle: _core.Policy) -> list[tuple[Any, ...]]:
        if self._policy is None or self._policy[0] is not handle:
            policy = Policy._of(handle)
            self._policy = (handle, policy, _Places(policy))
        _, policy, places = self._policy
        rows: list[tuple[Any, ...]] = []
        try:
            for problem in _problems(rule.check(policy)):
                rows.append(_row(rule, problem, places))
                if len(rows) > _core.MAX_FINDINGS:  # one more is enough to be refused
                    break
        except Exception as error:
            # One rule that fails must not hide what the others find: `error` raises it in the end.
            self._cause = self._cause or error
            where = f" in `{policy.path}`" if policy.path else ""
            text = f"rule `{rule.slug}` raised {type(error).__name__}{where}: {error}"
            text = handle.redacted(text.encode("utf-8", "backslashreplace"))
            if len(text) > _LONGEST_FAILURE:
                text = text[:_LONGEST_FAILURE] + "..."
            self.failures.append((policy.name, *handle.place, _core.escape_controls(text)))
        return rows


class _Places:
    """What findings about a policy can be about."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        # By path and number in a list, which together are a path: entries share the text of theirs.
        self._spans: dict[tuple[str, int], tuple[int, int]] = {}
        self._others: set[tuple[str, int, tuple[int, int]]] = set()

    def find(self, place: Any) -> tuple[str, int, int]:
        """Path, begin and end. Raises ValueError for what is no place of this policy."""
        if not self._spans:
            for path, number, *span in self._policy._handle.places():
                if self._spans.setdefault((path, number), (span[0], span[1])) != (span[0], span[1]):
                    self._others.add((path, number, (span[0], span[1])))
        if isinstance(place, Policy):
            if place == self._policy:
                return ("", *self._spans["", -1])
            raise ValueError("place: it is another policy than the one that the rule was given")
        if isinstance(place, PrincipalEntry):
            place = place.value
        if isinstance(place, (PolicyText, Statement, Condition)):
            key = (place._list, place._number) if isinstance(place, PolicyText) else (place.path, -1)
            if self._spans.get(key) == place.span or (*key, place.span) in self._others:
                return (place.path, *place.span)
            raise ValueError(f"place: `{place.path[:200]}` is not of the policy that the rule was given")
        if isinstance(place, str):
            entry = _ENTRY.fullmatch(place)
            found = self._spans.get((place, -1)) or (entry and self._spans.get((entry[1], int(entry[2]))))
            if found:
                return (place, *found)
            raise ValueError(f"place: the policy has no `{place[:200]}`; {self._hint(place[:200])}")
        raise TypeError(f"place: something of the policy or a path is expected, not {type(place).__name__}")


    def _hint(self, wrong: str) -> str:
        known = [
            path if number < 0 else f"{path}[{number}]"
            for path, number in list(self._spans)[:1000]
            if len(path) < 200
        ]
        near = difflib.get_close_matches(wrong, known, 1)
        return f"did you mean `{near[0]}`?" if near else "give something of the policy, or its path"


def _problems(told: Any) -> Iterable[Any]:
    if told is None:
        return ()
    return (told,) if isinstance(told, Problem) else told


def _row(rule: PolicyRule, problem: Any, places: _Places) -> tuple[Any, ...]:
    """In the order in which the extension takes it."""
    if not isinstance(problem, Problem):
        raise TypeError(f"a rule yields iamcheck.Problem, not {type(problem).__name__}")
    if isinstance(problem.notes, str):
        raise TypeError("notes: a sequence of texts is expected, not str")
    related = [(places.find(place), arguments.text("related", message)) for place, message in problem.related]
    return (
        *places.find(problem.place),
        arguments.text("message", problem.message, empty=True) or rule.title,
        arguments.text("help", problem.help, empty=True) or rule.help,
        [arguments.text("notes", note) for note in problem.notes],
        [(begin, end, message) for (_, begin, end), message in related],
        one_of("severity", rule.severity if problem.severity is None else problem.severity, SEVERITIES),
        one_of("confidence", problem.confidence or rule.confidence, CONFIDENCES),
    )


def one_of(name: str, value: str, known: Sequence[str]) -> str:
    """`value` when it is one of the words."""
    if arguments.text(name, value) not in known:
        raise ValueError(f"{name}: there is no {value!r}; there are {', '.join(known)}")
    return value


def _slug(name: str, value: str) -> str:
    if not _SLUG.fullmatch(arguments.text(name, value)):
        raise ValueError(f"{name}: {value!r} is not lower-case letters, digits and hyphens")
    return value


def _kinds(kinds: Union[None, str, Iterable[str]]) -> tuple[str, ...]:
    known = [row[0] for row in _core.policy_kinds()]
    if kinds is None:
        return tuple(known)
    given = [kinds] if isinstance(kinds, str) else list(kinds)
    if not given:
        raise ValueError("applies_to: it is empty; leave it out for every kind of policy")
    return tuple(one_of("applies_to", kind, known) for kind in given)


def _example(name: str, example: Example) -> tuple[Policy, Optional[list[str]]]:
    if isinstance(example, tuple):
        document, paths = example
        return _example(name, document)[0], [paths] if isinstance(paths, str) else list(paths)
    if isinstance(example, Mapping):
        return Policy.from_dict(example, name=name), None
    return example if isinstance(example, Policy) else Policy.parse(example, name=name), None


def _restore(module: str, name: str) -> PolicyRule:
    found: Any = importlib.import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    if not isinstance(found, PolicyRule):
        raise TypeError(f"`{module}.{name}` is no rule")
    return found
