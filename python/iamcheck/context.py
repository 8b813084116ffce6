"""Values of the request context, as the library takes them.

| Python | the request has |
| --- | --- |
| str | one value |
| list, tuple, set | many values, whatever their number |
| bool, int, float, Decimal | one value, its text: `true`, `5`, `0.5` |
| datetime with a time zone | one value, its UTC time as `2026-01-02T03:04:05Z` |
| an object of `ipaddress` | one value, its text |
| None, an empty list | the key is known to be absent, also in ask mode |

A datetime without a time zone is refused: AWS compares instants, and guessing the zone could turn
an answer round.
"""

from __future__ import annotations

import datetime
import decimal
import ipaddress
import math
from collections.abc import Mapping, Set
from typing import Any, Optional, Union

from . import arguments

Entry = tuple[str, Union[None, str, list[str]]]

_ADDRESSES = (
    ipaddress.IPv4Address,
    ipaddress.IPv6Address,
    ipaddress.IPv4Network,
    ipaddress.IPv6Network,
)


def entries(context: Optional[Mapping[str, Any]]) -> list[Entry]:
    """Keys with one text, a list of texts, or None."""
    if context is None:
        return []
    if not isinstance(context, Mapping):
        raise TypeError(f"context: a mapping is expected, not {type(context).__name__}")
    found: list[Entry] = []
    seen: dict[str, str] = {}
    for key, value in context.items():
        folded = arguments.text("context: a key", key).lower()
        if folded in seen:
            raise ValueError(f"context: `{seen[folded]}` and `{key}` are one key")
        seen[folded] = key
        try:
            found.append((key, _value(value)))
        except (TypeError, ValueError) as error:
            raise type(error)(f"context[{key!r}]: {error}") from None
    return found


def _value(value: object) -> Union[None, str, list[str]]:
    if value is None:
        return None
    if isinstance(value, (list, tuple)):
        return [_single(item) for item in value] or None
    if isinstance(value, Set):  # sorted, so that the same set is the same request
        return sorted(map(_single, value)) or None
    return _single(value)


def _single(value: object) -> str:
    if isinstance(value, str):
        return arguments.text("value", value, empty=True)
    if type(value).__module__ == "numpy" and hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (float, decimal.Decimal)):
        if not math.isfinite(value):
            raise ValueError(f"{value} is no value of a request; None means absent")
        return repr(value) if isinstance(value, float) else str(value)
    if isinstance(value, datetime.datetime):
        return _instant(value)
    if isinstance(value, _ADDRESSES):
        return str(value)
    raise TypeError(
        "a str, number, bool, datetime, ip address, list of these or None is expected, "
        f"not {type(value).__name__}"
    )


def _instant(value: datetime.datetime) -> str:
    if value.utcoffset() is None:
        raise ValueError("the datetime has no time zone; use datetime.timezone.utc")
    return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
