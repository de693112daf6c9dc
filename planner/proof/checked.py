"""A certificate held against its plan: what each goal's proof rests on, and what does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from planner.inputs.problem import Problem
from planner.verification.findings import Finding, phrase
from planner.verification.numbers import Number
from planner.verification.proof.checking import ProvenGoal
from planner.verification.proof.held import held

COLUMNS = ["goal", "sense", "value", "proven_bound", "proven_by", "leaves"]


@dataclass(frozen=True)
class Proof:
    """A certificate, and what it proves.

    Attributes
    ----------
    problem
        The problem of the plan.
    goals
        goal, sense, value, proven_bound (what no plan surpasses, as far as the certificate proves it; empty: nothing),
        proven_by, leaves (how many cases the certificate divides the plans into; 0: there is nothing of this goal).
        `proven_by` is `certificate`; `second_engine`, which agrees with the first; `engine`, whose word is all there
        is; `nothing`, where the search was cut short; or `contradicted`, where the second engine found a better plan.
    content
        The content of proof.npz.
    findings
        What of it does not hold.
    """

    problem: Problem
    goals: pd.DataFrame
    content: bytes
    findings: tuple[Finding, ...] = ()

    @property
    def certified(self) -> int:
        """How many goals the certificate proves, so that no engine need be trusted."""
        return int((self.goals["proven_by"] == "certificate").sum())


def held_against(
    problem: Problem,
    values: Mapping[str, Number],
    statuses: Mapping[str, str],
    content: bytes,
    *,
    plan: str = "",
    second_engine: bool = False,
) -> Proof:
    """Check a certificate.

    Parameters
    ----------
    values
        The plan's value of each goal, recomputed.
    statuses
        What the solve said of each goal.
    content
        The content of proof.npz.
    plan
        The plan's fingerprint, which the certificate must state; "": it may state any.
    second_engine
        Let CP-SAT prove the goals that the certificate does not, as long as the scenario's `solver.time_limit_s` says.
    """
    checked = held(problem, values, content, plan)
    proven = checked.goals
    left = [goal.goal for goal in proven if not goal.certified]
    limit = problem.scenario.solver.time_limit_s
    opinions: Mapping[str, bool | None] = {}
    if second_engine and left:
        from planner.proof.second_engine import second_opinion  # who asks no engine imports none

        opinions = second_opinion(problem, values, left, limit)
    rows = [
        (goal.goal, goal.sense, goal.value, goal.bound, _rests_on(goal, statuses, opinions), goal.leaves)
        for goal in proven
    ]
    found = (*checked.findings, *_better(proven, statuses, opinions))
    return Proof(problem, pd.DataFrame(rows, columns=COLUMNS, dtype=object), content, found)


def _rests_on(goal: ProvenGoal, statuses: Mapping[str, str], opinions: Mapping[str, bool | None]) -> str:
    if goal.certified:
        return "certificate"
    agrees = opinions.get(goal.goal)
    told = "engine" if agrees is None else "second_engine" if agrees else "contradicted"
    return "nothing" if told != "second_engine" and statuses.get(goal.goal) != "optimal" else told


def _better(
    proven: Iterable[ProvenGoal], statuses: Mapping[str, str], opinions: Mapping[str, bool | None]
) -> Iterable[Finding]:
    """Better plans than the run calls the best; of a goal that was cut short it says no such thing."""
    for goal in proven:
        if opinions.get(goal.goal) is False and statuses.get(goal.goal) == "optimal":
            yield Finding("proof", (goal.goal,), phrase("proof_surpassed"), phrase("proof_best", value=goal.value))
