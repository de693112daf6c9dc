"""What of a certificate does not hold, as findings under the rule `proof`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.common.certificates import PROOF, Statement
from planner.verification.findings import Finding, phrase
from planner.verification.proof.checking import ProvenGoal

FAULTS = {
    "row": "proof_fault_row",
    "column": "proof_fault_column",
    "numbers": "proof_fault_numbers",
    "surpassed": "proof_fault_surpassed",
}


def proof_findings(proven: Iterable[ProvenGoal]) -> Iterator[Finding]:
    """Goals of which the certificate says what it does not prove, or what cannot be."""
    for goal in proven:
        if goal.fault:
            yield Finding("proof", (PROOF, goal.goal), phrase(FAULTS[goal.fault]), phrase("proof_sound"))
        elif goal.claimed and not goal.certified:
            found = phrase("proof_bound", bound=goal.bound) if goal.bound is not None else phrase("proof_nothing")
            yield Finding("proof", (PROOF, goal.goal), found, phrase("proof_bound", bound=goal.value))


def unknown_goals(named: Iterable[str], ranked: Iterable[str]) -> Iterator[Finding]:
    """Goals of a certificate that the scenario does not rank."""
    for goal in sorted({*named} - {*ranked}):
        yield Finding("proof", (PROOF, goal), phrase("verify_row"), phrase("verify_no_row"))


def statement_findings(found: Statement, right: Statement) -> Iterator[Finding]:
    """What a certificate says it is about that this plan is not."""
    if found.plan != right.plan:
        yield Finding("proof", (PROOF,), phrase("proof_of_another_plan"), phrase("verify_of_this_plan"))
    for goal, value in right.values.items():
        if found.values.get(goal) != value:
            told = phrase("proof_states", value=found.values[goal]) if goal in found.values else phrase("proof_nothing")
            yield Finding("proof", (PROOF, goal), told, phrase("proof_states", value=value))
