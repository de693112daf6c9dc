"""A certificate held against a plan: what it proves of each goal, and what of it does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.common.certificates import PROOF, DamagedProofError, Statement, stated
from planner.inputs.problem import Problem
from planner.verification.findings import Finding, phrase
from planner.verification.numbers import Number
from planner.verification.proof.certificate import decoded
from planner.verification.proof.checking import Checker, ProvenGoal
from planner.verification.proof.findings import proof_findings, statement_findings, unknown_goals


@dataclass(frozen=True)
class Held:
    """What a certificate proves of a plan, goal by goal, and what of it does not hold."""

    goals: tuple[ProvenGoal, ...]
    findings: tuple[Finding, ...]


def held(problem: Problem, values: Mapping[str, Number], content: bytes, plan: str = "") -> Held:
    """Check the content of a `proof.npz` in whole numbers, without an engine.

    Parameters
    ----------
    values
        The plan's value of each goal, recomputed.
    plan
        The plan's fingerprint, which the certificate must state; "": it may state any.
    """
    try:
        certificate, statement = decoded(content), stated(content)
        found = [*statement_findings(statement, Statement(plan, values))] if plan else []
    except DamagedProofError:
        certificate, found = [], [Finding("proof", (PROOF,), phrase("proof_damaged"), phrase("proof_sound"))]
    proven = Checker(problem).check(values, certificate)
    named = [each.goal for each in certificate]
    return Held(tuple(proven), (*found, *unknown_goals(named, problem.scenario.goals), *proof_findings(proven)))
