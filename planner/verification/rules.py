"""Everything that a plan breaks: the conditions of section 4 and the rules of section 5, each under its id."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from planner.inputs.problem import Problem
from planner.verification.activities import Chosen, choose
from planner.verification.admissibility import CONDITIONS
from planner.verification.away_rules import absence, leaders
from planner.verification.cadre_rules import ladder_order, one_at_a_time, requires, study_load
from planner.verification.findings import Finding, findings_table
from planner.verification.quota_rules import budget, classes, must, per_agency, pins, seats

RULES: dict[str, Callable[[Problem, Chosen], Iterator[Finding]]] = {
    "one_at_a_time": one_at_a_time,
    "ladder_order": ladder_order,
    "seats": seats,
    "requires": requires,
    "per_agency": per_agency,
    "study_load": study_load,
    "absence": absence,
    "leaders": leaders,
    "classes": classes,
    "budget": budget,
    "pins": pins,
    "must": must,
}


def plan_findings(problem: Problem, assignments: pd.DataFrame) -> list[Finding]:
    """Everything that a plan breaks.

    Parameters
    ----------
    assignments
        cadre, programme, start [year]; numbers may be text. Further columns are ignored.

    Returns
    -------
    list of Finding
        First `assignments` (rows that name no start; they are left out of everything else), then the conditions of
        section 4, then the rules of section 5. Empty for a plan that holds.
    """
    chosen, findings = choose(problem, assignments)
    for check in (*CONDITIONS.values(), *RULES.values()):
        findings += check(problem, chosen)
    return findings


def broken_rules(problem: Problem, assignments: pd.DataFrame) -> pd.DataFrame:
    """`plan_findings` as a table in the language spoken now: rule, where, found, allowed (text)."""
    return findings_table(plan_findings(problem, assignments))
