"""A request, from arguments of `can` or from a mapping for `can_many`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Set
from typing import Any, Optional, Union

from . import _core, arguments, context as contexts
from .errors import PolicyError
from .frozen import Frozen

# Fields of a line, and the arguments of Question they are. Shared with calls.
FIELDS = {
    "principalAccountId": "principal_account",
    "resourceAccountId": "resource_account",
    "principalRoleArn": "principal_role_arn",
    "issuerArn": "issuer_arn",
    "credentialKind": "credential_kind",
    "managementAccountId": "management_account",
    "vpcEndpointKind": "endpoint_kind",
    "s3BlockPublicAccess": "s3_block_public_access",
}
_OWN = {"id", "principal", "action", "resource", "context", "mode", *FIELDS}
# Part of the format, but it changes the answer, and only `simulate` weighs it.
_NOT_WEIGHED = {"resourceIsPattern"}
_ACCOUNT_ID = re.compile("[0-9]{12}")
_POLICIES = {
    "identityPolicies",
    "resourcePolicy",
    "permissionBoundaries",
    "sessionPolicies",
    "serviceControlPolicies",
    "resourceControlPolicies",
    "vpcEndpointPolicies",
    "policySet",
}


class Question(Frozen):
    """One request: the extension's object, and the line that says the same."""

    __slots__ = ("core", "line")
    core: _core.Request
    line: dict[str, Any]

    def __init__(
        self,
        principal: object,
        action: object,
        resource: object,
        context: Optional[Mapping[str, Any]] = None,
        *,
        mode: object = "strict",
        id: object = None,
        **fields: object,
    ) -> None:
        line: dict[str, Any] = {} if id is None else {"id": request_id(id)}
        line["principal"] = arguments.text("principal", principal)
        line["action"] = arguments.text("action", action)
        line["resource"] = arguments.text("resource", resource)
        entries = contexts.entries(context)
        if entries:
            line["context"] = dict(entries)
        given = read_fields(fields)
        line.update((name, given[argument]) for name, argument in FIELDS.items() if argument in given)
        if is_ask(mode):
            line["mode"] = mode
        core = _core.Request(
            line["principal"], line["action"], line["resource"], entries, mode == "ask", given
        )
        self._set(core=core, line=line)


def request_id(id: object) -> Union[str, int]:
    """The name that a request carries to its answer."""
    if not isinstance(id, (str, int)):
        raise TypeError(f"id: a str is expected, not {type(id).__name__}")
    return id


def is_ask(mode: object) -> bool:
    """Whether keys that are not given are unknown."""
    if mode not in ("strict", "ask"):
        raise ValueError(f"mode: `strict` or `ask` is expected, not {mode!r}")
    return mode == "ask"


def read_fields(fields: Mapping[str, object]) -> dict[str, Union[str, bool]]:
    """What was given beside principal, action, resource and context, by name of the argument."""
    given: dict[str, Union[str, bool]] = {}
    for argument in FIELDS.values():
        value = fields.get(argument)
        if argument == "s3_block_public_access":
            if not isinstance(value, (bool, type(None))):
                raise TypeError(f"{argument}: a bool is expected, not {type(value).__name__}")
            if value:
                given[argument] = True
            continue
        text = arguments.optional_text(argument, value)
        if argument.endswith("_account") and text:
            account_id(argument, text)
        if text:
            given[argument] = text
    return given


def account_id(argument: str, text: str) -> str:
    """`text` when it is an account id."""
    if not _ACCOUNT_ID.fullmatch(text):
        shown = _core.escape_controls(text)
        raise ValueError(f"{argument}: `{shown}` is no account id, which has twelve digits")
    return text


def from_line(line: object, place: str, mode: object) -> Question:
    """Checks a line and makes the request of it. `place` begins every complaint."""
    try:
        return _from_line(line, mode)
    except PolicyError as error:
        raise ValueError(f"{place}: {error}") from None
    except (TypeError, ValueError) as error:
        raise type(error)(f"{place}: {error}") from None


def _from_line(line: object, mode: object) -> Question:
    if not isinstance(line, Mapping):
        raise TypeError(f"a mapping is expected, not {type(line).__name__}")
    check_names(line)
    for name in ("principal", "action", "resource"):
        if name not in line:
            raise ValueError(f"`{name}` is missing")
    fields = {argument: line[name] for name, argument in FIELDS.items() if name in line}
    return Question(
        line["principal"],
        line["action"],
        line["resource"],
        line.get("context"),
        mode=line.get("mode", mode),
        id=line.get("id"),
        **fields,
    )


def check_names(line: Mapping[str, Any], also: Set[str] = frozenset()) -> None:
    """Raises for a name that is no field of a request, nor one of `also`."""
    for name in line:
        if name not in _OWN | also and not (name in _NOT_WEIGHED and not line[name]):
            raise ValueError(_complaint(name))


def _complaint(name: object) -> str:
    shown = _core.escape_controls(str(name).encode("utf-8", "backslashreplace").decode())
    if name in _POLICIES:
        return f"`{shown}` belongs to the PolicySet, not to a request"
    if name in _NOT_WEIGHED:
        return f"`{shown}` is not weighed by this version"
    near = difflib.get_close_matches(str(name), sorted(_OWN), 1)
    return f"there is no field `{shown}`" + (f"; did you mean `{near[0]}`" if near else "")
