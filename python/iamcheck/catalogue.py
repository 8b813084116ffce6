"""What AWS knows: actions, resource types, condition keys and managed policies. Offline.

    ic.catalogue.date                        '2026-09-26'
    ic.catalogue.describe("s3:GetObject")    what the action needs
    ic.catalogue.expand("s3:Get*Acl")        ['s3:GetBucketAcl', ...]
    ic.Policy.managed("ReadOnlyAccess")      a managed policy
"""

from __future__ import annotations

import json
from typing import Any

from . import _core, arguments
from .errors import UnknownNameError

__all__ = ["date", "describe", "expand", "managed_policies", "services", "summary"]

#: The day of the action data, as in `2026-09-26`.
date: str = _core.CATALOGUE_DATE


def describe(name: str) -> dict[str, Any]:
    """What `iamcheck catalogue NAME --format json` says about an action, a pattern of actions, a
    service, a condition key or a managed policy; `kind` tells which. Raises UnknownNameError.
    """
    found, answer = _core.catalogue_describe(arguments.text("name", name))
    described: dict[str, Any] = json.loads(answer)
    if not found:
        near = described.get("suggestions", [])
        raise UnknownNameError(
            f"`{_core.escape_controls(name)}` is not in the catalogue of {date}",
            code="unknown-name",
            help="did you mean " + " or ".join(f"`{one}`" for one in near) + "?" if near else "",
        )
    return described


def expand(pattern: str) -> list[str]:
    """The actions that an entry of Action matches, sorted; empty when there are none."""
    return _core.catalogue_expand(arguments.text("pattern", pattern))


def services() -> list[str]:
    """The prefixes of all services: `s3`, ..."""
    return _core.catalogue_services()


def managed_policies() -> list[str]:
    """The names of all AWS managed policies."""
    return _core.managed_policies()


def summary() -> dict[str, Any]:
    """Date, counts and sources."""
    described: dict[str, Any] = json.loads(_core.catalogue_summary())
    return described
