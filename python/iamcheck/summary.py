"""What a policy grants, in words; patterns to actions and back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import Any, Optional, Union

from . import _core, arguments
from .frozen import Frozen
from .linting import _kind
from .policy import Policy


class Summary(Frozen):
    """What `explain` returns: the sentence, services, statements and ways to more rights."""

    __slots__ = ("_document", "_text")
    _document: str
    _text: str

    def __init__(self) -> None:
        raise TypeError("a Summary is made by iamcheck.explain")

    @property
    def sentence(self) -> str:
        """The most important thing, to stand behind the policy's name: `allows every action ...`."""
        sentence: str = self.to_dict()["sentence"]
        return sentence

    def text(self) -> str:
        """What `iamcheck explain` prints. Long lists are cut short; `to_dict` has all of them."""
        return self._text

    def to_dict(self) -> dict[str, Any]:
        """An entry of `policies` in docs/schema/explain-v1.schema.json."""
        document: dict[str, Any] = json.loads(self._document)["policies"][0]
        return document

    def __str__(self) -> str:
        return self._text.rstrip("\n")

    def __repr__(self) -> str:
        return f"<Summary: {self.sentence}>"

    def __eq__(self, other: object) -> bool:
        return self._document == other._document if isinstance(other, Summary) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._document)

    def __reduce__(self) -> Any:
        return _restore, (self._document, self._text)


def explain(
    policy: Union[Policy, Mapping[str, Any], arguments.PathLike], *, kind: Optional[str] = None
) -> Summary:
    """Says what a policy grants: by service and access level, statement by statement, what its Denies
    take away, and the ways to more rights that its actions open. It reads the policy by itself;
    `PolicySet.can` weighs it with the others.

    policy: a Policy, a mapping that is a policy document, or the path of a file that is one policy
    kind:   what the policy is attached as, as in `lint`; None: its content tells

    Raises PolicyError, InputError.
    """
    if isinstance(policy, Mapping):
        policy = Policy.from_dict(policy)
    elif isinstance(policy, (str, os.PathLike)):
        policy = Policy.from_file(policy)
    if not isinstance(policy, Policy):
        raise TypeError(
            f"policy: a Policy, a mapping or a path is expected, not {type(policy).__name__}"
        )
    return _restore(*_core.explain(policy._handle, _kind(kind)))


def expand(patterns: Union[str, Iterable[str]]) -> list[str]:
    """The actions of the catalogue that entries of Action match (`s3:Get*`, `*`), sorted, each once;
    empty when there are none."""
    names: set[str] = set()
    for pattern in _texts("patterns", patterns):
        names.update(_core.catalogue_expand(pattern))
    return sorted(names)


def minimize(actions: Union[str, Iterable[str]]) -> list[str]:
    """The fewest patterns that match exactly these actions of the catalogue and no others, sorted.

    Actions may be patterns, which stand for theirs; those that the catalogue lacks are kept as they
    are. docs/cli.md says which patterns are tried. Raises PolicyError above 50,000 actions.
    """
    found = json.loads(_core.minimize(_texts("actions", actions)))
    patterns: list[str] = found["patterns"]
    return patterns


def _texts(name: str, values: Union[str, Iterable[str]]) -> list[str]:
    if isinstance(values, str):
        return [arguments.text(name, values)]
    if not isinstance(values, Iterable):
        raise TypeError(f"{name}: a str or an iterable is expected, not {type(values).__name__}")
    return [arguments.text(f"{name}[{i}]", value) for i, value in enumerate(values)]


def _restore(document: str, text: str) -> Summary:
    summary = Summary.__new__(Summary)
    summary._set(_document=document, _text=text)
    return summary
