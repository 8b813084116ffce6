"""The policies that decide, and the question put to them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Optional, Union

from . import _core, question
from .decision import Decision
from .errors import PolicyError
from .frozen import Frozen
from .policy import Policy

PolicyLike = Union[Policy, Mapping[str, Any], str, bytes, "os.PathLike[str]", "os.PathLike[bytes]"]
Layer = Union[PolicyLike, Iterable[PolicyLike]]


class PolicySet(Frozen):
    """Compiled policies, each in the layer it is attached as.

        PolicySet(identity=[Path("ci.json"), Policy.managed("ReadOnlyAccess")], resource=bucket)

    identity:  identity-based policies of the principal, any number
    resource:  the resource-based policy of the resource that is asked about
    trust:     the same, for a role's trust policy; `resource` takes one too when its content
               tells what it is

    A layer is one policy or many. A policy is a Policy, a mapping (a policy document, or
    `{"name": ..., "policy": ...}`), a str or bytes with JSON text, or a path object of a file. A str
    is never taken as a path: no text from elsewhere can make this open a file.

    Further layers (service control policies, boundaries, session policies) will be further
    arguments; until then there is none, so that none can be left out silently.
    """

    __slots__ = ("_handle", "_layers", "__weakref__")
    _handle: _core.PolicySet
    _layers: dict[str, tuple[_Attached, ...]]

    def __init__(self, *, identity: Layer = (), resource: Layer = (), trust: Layer = ()) -> None:
        layers = {
            "identity": _attached("identity", identity),
            "resource": _attached("resource", resource),
            "trust": _attached("trust", trust),
        }
        triples = [
            (entry.name.encode(), _kind(layer, entry.policy), entry.policy._handle)
            for layer, entries in layers.items()
            for entry in entries
        ]
        self._set(_handle=_core.PolicySet(triples), _layers=layers)

    @property
    def identity(self) -> tuple[Policy, ...]:
        """The identity-based policies."""
        return tuple(entry.policy for entry in self._layers["identity"])

    @property
    def resource(self) -> tuple[Policy, ...]:
        """What was given as `resource`."""
        return tuple(entry.policy for entry in self._layers["resource"])

    @property
    def trust(self) -> tuple[Policy, ...]:
        """What was given as `trust`."""
        return tuple(entry.policy for entry in self._layers["trust"])

    def replace(self, **layers: Layer) -> PolicySet:
        """A set with these layers in place of its own: `ps.replace(resource=other_bucket)`."""
        unknown = sorted(set(layers) - set(self._layers))
        if unknown:
            raise TypeError(f"{unknown[0]}: there is no such layer; there are {', '.join(self._layers)}")
        return PolicySet(**{**self._layers, **layers})  # type: ignore[arg-type]

    def can(
        self,
        principal: str,
        action: str,
        resource: str,
        context: Optional[Mapping[str, Any]] = None,
        *,
        mode: str = "strict",
        principal_account: Optional[str] = None,
        resource_account: Optional[str] = None,
        principal_role_arn: Optional[str] = None,
        issuer_arn: Optional[str] = None,
        credential_kind: Optional[str] = None,
    ) -> Decision:
        """Can `principal` do `action` on `resource`?

        principal: an ARN, a service principal name, or `*anonymous*`
        action:    `service:Name`, without wildcards
        resource:  an ARN, or `*`; other wildcards in it are literal characters
        context:   condition keys and values, see iamcheck.context
        mode:      `strict`: a key that is not given is absent, as in AWS; `ask`: it is unknown,
                   and the decision says which keys it hangs on
        principal_account, resource_account: account ids, where the ARN has none
        principal_role_arn: the role behind a session, with its path
        issuer_arn:         the user behind a federated-user session
        credential_kind:    `long-term`, `console`, `assume-role`, ...

        Only what follows from the request itself is derived (aws:PrincipalArn and the like); unlike
        the command, this assumes nothing about the time or aws:SecureTransport.
        Raises TypeError and ValueError for arguments that are none of these.
        """
        asked = question.Question(
            principal,
            action,
            resource,
            context,
            mode=mode,
            principal_account=principal_account,
            resource_account=resource_account,
            principal_role_arn=principal_role_arn,
            issuer_arn=issuer_arn,
            credential_kind=credential_kind,
        )
        return Decision._make(self, asked, _core.decide(self._handle, asked.core))

    def can_many(
        self, requests: Iterable[Mapping[str, Any]], *, mode: str = "strict"
    ) -> list[Decision]:
        """Decides many requests, in order, without the interpreter lock.

        A request is a mapping with `principal`, `action`, `resource`, and optionally `id`,
        `context`, `mode`, `principalAccountId`, `resourceAccountId`, `principalRoleArn`,
        `issuerArn`, `credentialKind`. Every request is checked before the first is decided. Raises TypeError and ValueError that name the request.
        """
        asked = [
            question.from_line(line, f"requests[{i}]", mode) for i, line in enumerate(requests)
        ]
        answers = _core.decide_many(self._handle, [item.core for item in asked])
        return [Decision._make(self, item, answer) for item, answer in zip(asked, answers)]

    def __len__(self) -> int:
        return len(self._handle)

    def __bool__(self) -> bool:
        return True  # a set without policies is one too: nothing is allowed

    def __repr__(self) -> str:
        layers = (
            f"{layer}=[{', '.join(repr(entry.name) for entry in entries)}]"
            for layer, entries in self._layers.items()
            if entries
        )
        return f"<PolicySet {' '.join(layers) or 'without policies'}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PolicySet):
            return NotImplemented
        return self._layers == other._layers

    def __hash__(self) -> int:
        return hash(tuple(self._layers.values()))

    def __reduce__(self) -> Any:
        return _restore, (self._layers,)

    def _policy_at(self, position: int) -> Policy:
        entries = [entry for layer in self._layers.values() for entry in layer]
        return entries[position].policy


def can(
    principal: str,
    action: str,
    resource: str,
    context: Optional[Mapping[str, Any]] = None,
    *,
    policies: Union[PolicySet, Layer],
    **options: Any,
) -> Decision:
    """One question: `PolicySet.can`, with its options.

    policies: a PolicySet, or identity-based policies in any form that PolicySet takes
    """
    if not isinstance(policies, PolicySet):
        policies = PolicySet(identity=policies)
    return policies.can(principal, action, resource, context, **options)


class _Attached(NamedTuple):
    name: str
    policy: Policy


def _restore(layers: dict[str, tuple[_Attached, ...]]) -> PolicySet:
    return PolicySet(**layers)  # type: ignore[arg-type]


def _attached(layer: str, value: object) -> tuple[_Attached, ...]:
    if isinstance(value, _Attached) or not _is_many(value):
        value = (value,)
    assert isinstance(value, Iterable)
    return tuple(_one(f"{layer}[{i}]", item) for i, item in enumerate(value))


def _is_many(value: object) -> bool:
    single = (Policy, Mapping, str, bytes, bytearray, os.PathLike)
    return isinstance(value, Iterable) and not isinstance(value, single)


def _one(place: str, value: object) -> _Attached:
    if isinstance(value, _Attached):
        return value
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
    return _Attached(shown, policy)


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


def _kind(layer: str, policy: Policy) -> str:
    # As the command does: the content tells a trust policy from other resource-based policies.
    if layer == "resource" and policy.kind == "trust":
        return "trust"
    return layer
