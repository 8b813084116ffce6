"""The policies that decide, and the question put to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Optional, Union, overload

from . import _core, call, layers as layer_reader, question
from .call import CallDecision
from .decision import Decision
from .frozen import Frozen
from .layers import Attached, Layer, Level, PolicyLike
from .policy import Policy

Unit = Union[tuple[str, str], Mapping[str, Any]]

__all__ = ["Layer", "PolicyLike", "PolicySet", "can"]


class PolicySet(Frozen):
    """Compiled policies, each in the layer it is attached as: every layer that AWS weighs.

        PolicySet(
            identity=[Path("ci.json"), Policy.managed("ReadOnlyAccess")],
            resource=bucket,
            scp={"r-root": Policy.full_aws_access(), "account": Path("guardrails.json")},
        )

    Of the principal:
    identity:  identity-based policies: its own, and those of its groups
    boundary:  its permissions boundary
    session:   the session policies of its session
    scp:       service control policies, on levels

    Of the resource that is asked about:
    resource:  its resource-based policy
    trust:     the same, for a role's trust policy; `resource` takes one too when its content
               tells what it is
    rcp:       resource control policies, on levels; RCPFullAWSAccess is implied at every level
    endpoint:  the policy of the VPC endpoint that the request passes

    A layer is one policy or many; of many, one that allows is enough. `scp` and `rcp` may be a
    mapping from levels to policies, in order from the root of the organization down to the account;
    what has no level is the account's. Each level must allow by itself, so a level without policies,
    `{"ou-1": []}`, denies for SCPs. Without any level there is no organization. At most 64 levels.

    A policy is a Policy, a mapping (a policy document, or `{"name": ..., "policy": ...}`), a str or
    bytes with JSON text, or a path object of a file. A str is never taken as a path: no text from
    elsewhere can make this open a file. In `scp` the str `FullAWSAccess`, in `rcp` the str
    `RCPFullAWSAccess` stands for `Policy.full_aws_access`.
    """

    __slots__ = ("_handle", "_layers", "__weakref__")
    _handle: _core.PolicySet
    _layers: dict[str, tuple[Any, ...]]

    def __init__(
        self,
        *,
        identity: Layer = (),
        resource: Layer = (),
        trust: Layer = (),
        boundary: Layer = (),
        session: Layer = (),
        scp: Union[Layer, Mapping[str, Layer]] = (),
        rcp: Union[Layer, Mapping[str, Layer]] = (),
        endpoint: Layer = (),
    ) -> None:
        layers: dict[str, tuple[Any, ...]] = {
            "identity": layer_reader.read("identity", identity),
            "resource": layer_reader.read("resource", resource),
            "trust": layer_reader.read("trust", trust),
            "boundary": layer_reader.read("boundary", boundary),
            "session": layer_reader.read("session", session),
            "scp": layer_reader.read_levels("scp", scp),
            "rcp": layer_reader.read_levels("rcp", rcp),
            "endpoint": layer_reader.read("endpoint", endpoint),
        }
        triples = [
            (name.encode(), layer, None)
            if policy is None
            else (name.encode(), layer_reader.kind(layer, policy), policy._handle)
            for layer, name, policy in layer_reader.flat(layers)
        ]
        self._set(_handle=_core.PolicySet(triples), _layers=layers)

    @property
    def identity(self) -> tuple[Policy, ...]:
        """The identity-based policies."""
        return _policies(self._layers["identity"])

    @property
    def resource(self) -> tuple[Policy, ...]:
        """What was given as `resource`."""
        return _policies(self._layers["resource"])

    @property
    def trust(self) -> tuple[Policy, ...]:
        """What was given as `trust`."""
        return _policies(self._layers["trust"])

    @property
    def boundary(self) -> tuple[Policy, ...]:
        """The permissions boundary."""
        return _policies(self._layers["boundary"])

    @property
    def session(self) -> tuple[Policy, ...]:
        """The session policies."""
        return _policies(self._layers["session"])

    @property
    def scp(self) -> dict[str, tuple[Policy, ...]]:
        """The service control policies of each level, from the root down."""
        return {level.name: _policies(level.attached) for level in self._layers["scp"]}

    @property
    def rcp(self) -> dict[str, tuple[Policy, ...]]:
        """The resource control policies of each level, from the root down."""
        return {level.name: _policies(level.attached) for level in self._layers["rcp"]}

    @property
    def endpoint(self) -> tuple[Policy, ...]:
        """The policy of the VPC endpoint."""
        return _policies(self._layers["endpoint"])

    def replace(self, **layers: Union[Layer, Mapping[str, Layer]]) -> PolicySet:
        """A set with these layers in place of its own: `ps.replace(resource=other_bucket)`."""
        unknown = sorted(set(layers) - set(self._layers))
        if unknown:
            raise TypeError(f"{unknown[0]}: there is no such layer; there are {', '.join(self._layers)}")
        return PolicySet(**{**self._layers, **layers})

    @overload
    def can(
        self,
        principal: str,
        action: str,
        resource: str,
        context: Optional[Mapping[str, Any]] = None,
        *,
        units: None = None,
        mode: str = "strict",
        principal_account: Optional[str] = None,
        resource_account: Optional[str] = None,
        principal_role_arn: Optional[str] = None,
        issuer_arn: Optional[str] = None,
        credential_kind: Optional[str] = None,
        management_account: Optional[str] = None,
        endpoint_kind: Optional[str] = None,
        s3_block_public_access: bool = False,
    ) -> Decision: ...

    @overload
    def can(
        self,
        principal: str,
        action: Optional[str],
        resource: Optional[str],
        context: Optional[Mapping[str, Any]] = None,
        *,
        units: Iterable[Unit],
        mode: str = "strict",
        principal_account: Optional[str] = None,
        resource_account: Optional[str] = None,
        principal_role_arn: Optional[str] = None,
        issuer_arn: Optional[str] = None,
        credential_kind: Optional[str] = None,
        management_account: Optional[str] = None,
        endpoint_kind: Optional[str] = None,
        s3_block_public_access: bool = False,
    ) -> CallDecision: ...

    def can(
        self,
        principal: str,
        action: Optional[str],
        resource: Optional[str],
        context: Optional[Mapping[str, Any]] = None,
        *,
        units: Optional[Iterable[Unit]] = None,
        mode: str = "strict",
        principal_account: Optional[str] = None,
        resource_account: Optional[str] = None,
        principal_role_arn: Optional[str] = None,
        issuer_arn: Optional[str] = None,
        credential_kind: Optional[str] = None,
        management_account: Optional[str] = None,
        endpoint_kind: Optional[str] = None,
        s3_block_public_access: bool = False,
    ) -> Union[Decision, CallDecision]:
        """Can `principal` do `action` on `resource`?

        principal: an ARN, a service principal name, or `*anonymous*`
        action:    `service:Name`, without wildcards
        resource:  an ARN, or `*`; other wildcards in it are literal characters
        context:   condition keys and values, see iamcheck.context
        units:     further units of a call that AWS authorizes as several, such as ec2:RunInstances
                   on its other resources and iam:PassRole: pairs of action and resource, or
                   mappings with `resource`, and optionally `action` (that of the call),
                   `resourceAccountId` and `context` (keys of this unit, which win). The answer is
                   then a CallDecision. A key of `context` is left out of the units that AWS does
                   not send it with. With `resource` None the units are all there is, with `action`
                   None too each of them names its own. More than 100 raise PolicyError.
                   Resource-based policies of this set are asked about every unit.
        mode:      `strict`: a key that is not given is absent, as in AWS; `ask`: it is unknown,
                   and the decision says which keys it hangs on
        principal_account, resource_account: account ids of twelve digits, where the ARN has none
        principal_role_arn: the role behind a session, with its path
        issuer_arn:         the user behind a federated-user session
        credential_kind:    `long-term`, `console`, `assume-role`, ...
        management_account: account id of the organization's management account, where SCPs and
                            RCPs have no effect; None: neither side is it
        endpoint_kind:      `interface` (what None means) or `gateway`: how the VPC endpoint reads
                            the principals of its policy
        s3_block_public_access: RestrictPublicBuckets is on for the bucket

        Only what follows from the request itself is derived (aws:PrincipalArn and the like); unlike
        the command, this assumes nothing about the time or aws:SecureTransport.
        Raises TypeError and ValueError for arguments that are none of these.
        """
        fields: dict[str, object] = dict(
            mode=mode,
            principal_account=principal_account,
            resource_account=resource_account,
            principal_role_arn=principal_role_arn,
            issuer_arn=issuer_arn,
            credential_kind=credential_kind,
            management_account=management_account,
            endpoint_kind=endpoint_kind,
            s3_block_public_access=s3_block_public_access,
        )
        if units is not None:
            whole = call.CallQuestion(principal, action, resource, units, context, **fields)
            return CallDecision._make(self, whole)
        asked = question.Question(principal, action, resource, context, **fields)
        return Decision._make(self, asked, _core.decide(self._handle, asked.core))

    def can_many(
        self, requests: Iterable[Mapping[str, Any]], *, mode: str = "strict"
    ) -> list[Union[Decision, CallDecision]]:
        """Decides many requests, in order, without the interpreter lock.

        A request is a mapping with `principal`, `action`, `resource`, and optionally `id`,
        `context`, `mode`, `principalAccountId`, `resourceAccountId`, `principalRoleArn`,
        `issuerArn`, `credentialKind`, `managementAccountId`, `vpcEndpointKind`,
        `s3BlockPublicAccess`: what `can` takes under the names of its arguments. One with `units`
        is a call, and its answer a CallDecision. Every request is checked before the first is
        decided. Raises TypeError and ValueError that name the request.
        """
        asked: list[Union[question.Question, call.CallQuestion]] = []
        for i, line in enumerate(requests):
            whole = isinstance(line, Mapping) and "units" in line
            asked.append((call if whole else question).from_line(line, f"requests[{i}]", mode))
        single = [item.core for item in asked if isinstance(item, question.Question)]
        answers = iter(_core.decide_many(self._handle, single))
        return [
            Decision._make(self, item, next(answers))
            if isinstance(item, question.Question)
            else CallDecision._make(self, item)
            for item in asked
        ]

    def __len__(self) -> int:
        return len(self._handle)

    def __bool__(self) -> bool:
        return True  # a set without policies is one too: nothing is allowed

    def __repr__(self) -> str:
        layers = " ".join(
            f"{layer}={_shown(entries)}" for layer, entries in self._layers.items() if entries
        )
        return f"<PolicySet {layers or 'without policies'}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PolicySet):
            return NotImplemented
        return self._layers == other._layers

    def __hash__(self) -> int:
        return hash(tuple(self._layers.values()))

    def __reduce__(self) -> Any:
        return _restore, (self._layers,)

    def _policy_at(self, position: int) -> Policy:
        policies = (policy for _, _, policy in layer_reader.flat(self._layers) if policy is not None)
        return list(policies)[position]


@overload
def can(
    principal: str,
    action: str,
    resource: str,
    context: Optional[Mapping[str, Any]] = None,
    *,
    policies: Union[PolicySet, Layer],
    units: None = None,
    **options: Any,
) -> Decision: ...


@overload
def can(
    principal: str,
    action: Optional[str],
    resource: Optional[str],
    context: Optional[Mapping[str, Any]] = None,
    *,
    policies: Union[PolicySet, Layer],
    units: Iterable[Unit],
    **options: Any,
) -> CallDecision: ...


def can(
    principal: str,
    action: Optional[str],
    resource: Optional[str],
    context: Optional[Mapping[str, Any]] = None,
    *,
    policies: Union[PolicySet, Layer],
    **options: Any,
) -> Union[Decision, CallDecision]:
    """One question: `PolicySet.can`, with its options.

    policies: a PolicySet, or identity-based policies in any form that PolicySet takes
    """
    if not isinstance(policies, PolicySet):
        policies = PolicySet(identity=policies)
    return policies.can(principal, action, resource, context, **options)


def _restore(layers: dict[str, tuple[Any, ...]]) -> PolicySet:
    return PolicySet(**layers)


def _policies(attached: tuple[Attached, ...]) -> tuple[Policy, ...]:
    return tuple(entry.policy for entry in attached)


def _shown(entries: tuple[Any, ...]) -> str:
    if isinstance(entries[0], Level):
        levels = (f"{level.name!r}: {_shown(level.attached) if level.attached else '[]'}" for level in entries)
        return f"{{{', '.join(levels)}}}"
    return f"[{', '.join(repr(entry.name) for entry in entries)}]"
