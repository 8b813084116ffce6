"""Evaluate and lint AWS IAM policies, and find credentials, offline.

    import iamcheck as ic

    policies = ic.PolicySet(identity=Path("ci.json"))
    decision = policies.can(principal, "s3:GetObject", "arn:aws:s3:::reports/2026.csv")
    if not decision:
        print(decision.explain())

    findings = ic.lint("ci.json")

Everything is immutable, can be pickled and copied, and is safe to use from many threads; the
interpreter lock is released while the library works. docs/python.md is the manual.
"""

from . import catalogue
from ._core import VERSION as __version__
from .account import Account, AccountDecision, AccountProblem, Principal
from .account_answers import (
    Access,
    AccessPart,
    ActionAccess,
    EscalationEdge,
    EscalationGraph,
    EscalationWay,
    WhatCan,
    WhoCan,
)
from .analysis import (
    PUBLIC_ACCESS_TYPES,
    AccessAnswer,
    AccessDiff,
    Redundancy,
    access_not_granted,
    diff,
    no_new_access,
    no_public_access,
    redundant_statements,
)
from .call import CallDecision, UnitDecision
from .decision import Decision, DecisionWarning, LayerNote, StatementNote
from .errors import Error, InputError, InternalError, PolicyError, RuleError, UnknownNameError
from .findings import Finding, Findings
from .fixing import Fixed, fix
from .linting import lint, scan
from .own_rules import PolicyRule, Problem
from .policy import Condition, Diagnostic, Policy, PolicyText, PrincipalEntry, Statement, parse
from .policy_set import PolicySet, can
from .rulebook import Rule, rule, rules
from .simulation import simulate
from .summary import Summary, expand, explain, minimize
from .access_matrix import AccessMatrix, AccessRow, what_if

__all__ = [
    "Access",
    "AccessAnswer",
    "AccessDiff",
    "AccessMatrix",
    "AccessPart",
    "AccessRow",
    "Account",
    "AccountDecision",
    "AccountProblem",
    "ActionAccess",
    "CallDecision",
    "Condition",
    "Decision",
    "DecisionWarning",
    "Diagnostic",
    "Error",
    "EscalationEdge",
    "EscalationGraph",
    "EscalationWay",
    "Finding",
    "Findings",
    "Fixed",
    "InputError",
    "InternalError",
    "LayerNote",
    "PUBLIC_ACCESS_TYPES",
    "Policy",
    "PolicyError",
    "PolicyRule",
    "PolicySet",
    "PolicyText",
    "Principal",
    "PrincipalEntry",
    "Problem",
    "Redundancy",
    "Rule",
    "RuleError",
    "Statement",
    "StatementNote",
    "Summary",
    "UnitDecision",
    "UnknownNameError",
    "WhatCan",
    "WhoCan",
    "__version__",
    "access_not_granted",
    "can",
    "catalogue",
    "diff",
    "expand",
    "explain",
    "fix",
    "lint",
    "minimize",
    "no_new_access",
    "no_public_access",
    "parse",
    "redundant_statements",
    "rule",
    "rules",
    "scan",
    "simulate",
    "what_if",
]
