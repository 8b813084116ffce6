"""From what people pass as layers of a PolicySet to named policies."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Optional, Union

from . import _core, arguments
from .errors import PolicyError
from .policy import Policy

PolicyLike = Union[Policy, Mapping[str, Any], str, bytes, "os.PathLike[str]", "os.PathLike[bytes]"]
#: One policy or many. For service and resource control policies also `{level: policies}`.
Layer = Union[PolicyLike, Iterable[PolicyLike]]

#: Layers that lie on levels, and the name of AWS's own policy there.
FULL_ACCESS = {"scp": "FullAWSAccess", "rcp": "RCPFullAWSAccess"}
# The level of policies that were given without one.
_ACCOUNT = "account"


class Attached(NamedTuple):
    """A policy and its name."""

    name: str
    policy: Policy


class Level(NamedTuple):
    """The root of an organization, a unit or the account, and the policies attached there."""

    name: str
    attached: tuple[Attached, ...]


def read(layer: str, value: object) -> tuple[Attached, ...]:
    """The policies of a layer without levels."""
    return _many(layer, layer, value)


def read_levels(layer: str, value: object) -> tuple[Level, ...]:
    """The levels of a layer, from the root down. What has no level is the account's."""
    if isinstance(value, tuple) and value and all(isinstance(one, Level) for one in value):
        return value
    if isinstance(value, Mapping) and not _is_policy(value):
        return tuple(
            Level(
                arguments.text(f"{layer}: a level", name),
                _many(layer, f"{layer}[{name!r}]", policies),
            )
            for name, policies in value.items()
        )
    attached = _many(layer, layer, value)
    return (Level(_ACCOUNT, attached),) if attached else ()


def kind(layer: str, policy: Policy) -> str:
    """What the extension attaches the policy as."""
    # As the command does: the content tells a trust policy from other resource-based policies.
    if layer == "resource" and policy.kind == "trust":
        return "trust"
    return layer


def flat(layers: Mapping[str, tuple[Any, ...]]) -> Iterator[tuple[str, str, Optional[Policy]]]:
    """(layer, name, policy) in order; None in place of a policy opens a level of that name."""
    for layer, entries in layers.items():
        for entry in entries:
            if isinstance(entry, Level):
                yield layer, entry.name, None
                yield from ((layer, *one) for one in entry.attached)
            else:
                yield (layer, *entry)


def _is_policy(value: Mapping[Any, Any]) -> bool:
    return "Statement" in value or ("policy" in value and set(value) <= {"name", "policy"})


def _many(layer: str, place: str, value: object) -> tuple[Attached, ...]:
    single = (Attached, Policy, Mapping, str, bytes, bytearray, os.PathLike)
    if isinstance(value, single) or not isinstance(value, Iterable):
        value = (value,)
    assert isinstance(value, Iterable)
    return tuple(_one(layer, f"{place}[{i}]", item) for i, item in enumerate(value))


def _one(layer: str, place: str, value: object) -> Attached:
    if isinstance(value, Attached):
        return value
    # The one text that is a name: no file and no JSON text can be meant.
    if isinstance(value, str) and value == FULL_ACCESS.get(layer):
        return Attached(value, Policy.full_aws_access(layer))
    name: Optional[str] = None
    if isinstance(value, Mapping) and "policy" in value and "Statement" not in value:
        name = value.get("name")
        if name is not None and not isinstance(name, str):
            raise TypeError(f"{place}: name: a str is expected, not {type(name).__name__}")
        value = value["policy"]
    policy = _policy(place, value)
    if not policy._handle.has_statement:
        raise PolicyError(
            "it holds no policy: it has no `Statement`",
            code="not-a-policy",
            name=name or policy.name,
        )
    shown = policy.name if name is None else name.encode("utf-8", "backslashreplace").decode()
    return Attached(shown, policy)


def _policy(place: str, value: object) -> Policy:
    if isinstance(value, Policy):
        return value
    if isinstance(value, Mapping):
        return Policy.from_dict(value, name=place)
    if isinstance(value, os.PathLike):
        return Policy.from_file(value)
    if isinstance(value, (str, bytes, bytearray)):
        _refuse_path(place, value)
        return Policy.parse(value if isinstance(value, str) else bytes(value), name=place)
    raise TypeError(
        f"{place}: a Policy, a mapping, JSON text or a path object is expected, "
        f"not {type(value).__name__}"
    )


def _refuse_path(place: str, value: Union[str, bytes, bytearray]) -> None:
    # A policy begins with a brace; a name is what people give by mistake.
    if isinstance(value, str) and value and "{" not in value and "\n" not in value:
        shown = _core.escape_controls(value[:80].encode("utf-8", "backslashreplace").decode())
        raise PolicyError(
            f"{place}: `{shown}` is no JSON text",
            code="json-syntax",
            help="use pathlib.Path(...) for a file, Policy.managed(...) for an AWS managed policy",
            name=place,
            line=1,
            column=1,
        )
