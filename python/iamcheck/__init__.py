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
from .call import CallDecision, UnitDecision
from .decision import Decision, DecisionWarning, LayerNote, StatementNote
from .errors import Error, InputError, InternalError, PolicyError, UnknownNameError
from .findings import Finding, Findings
from .linting import lint, scan
from .policy import Condition, Diagnostic, Policy, PrincipalEntry, Statement, parse
from .policy_set import PolicySet, can
from .rulebook import Rule, rule, rules
from .simulation import simulate
from .summary import Summary, expand, explain, minimize
from .access_matrix import AccessMatrix, AccessRow, what_if

__all__ = [
    "AccessMatrix",
    "AccessRow",
    "CallDecision",
    "Condition",
    "Decision",
    "DecisionWarning",
    "Diagnostic",
    "Error",
    "Finding",
    "Findings",
    "InputError",
    "InternalError",
    "LayerNote",
    "Policy",
    "PolicyError",
    "PolicySet",
    "PrincipalEntry",
    "Rule",
    "Statement",
    "StatementNote",
    "Summary",
    "UnitDecision",
    "UnknownNameError",
    "__version__",
    "can",
    "catalogue",
    "expand",
    "explain",
    "lint",
    "minimize",
    "parse",
    "rule",
    "rules",
    "scan",
    "simulate",
    "what_if",
]
