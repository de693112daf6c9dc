"""One seat alone: who may take the place of somebody who declines, all else of the plan as it is; ordered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from planner import verification
from planner.analysis.parallel import OnProgress, silent
from planner.analysis.what_if import worth
from planner.common.errors import Fault, InputError
from planner.inputs.problem import Problem
from planner.messages import say
from planner.model.goals import kind_of, lot_of, telling
from planner.model.options import admissible_starts
from planner.plans.plan import Plan
from planner.plans.tables import number

Start = tuple[str, str, int]
NOBODY = ""
MOST_TOLD = 5  # broken rules that a sentence names
MORE = ("classes", "must", "pins")
"""Rules that a further start of anybody may mend."""
STEPS = ("level", "ladder_order", "requires")
"""Rules that a further start of the same cadre may mend; the others no start mends."""


@dataclass(frozen=True)
class Candidate:
    """Somebody for the seat.

    Attributes
    ----------
    cadre, agency
        Both empty: the seat stays empty.
    goals
        The value of every ranked goal but `changes` and a last lot, with this cadre in the seat and all else as it is;
        empty where that cannot be.
    rules
        The rules that stand against it; empty: it can be.
    """

    cadre: str
    agency: str
    goals: dict[str, Fraction]
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Substitutes:
    """The candidates for a seat, the best first, those who cannot take it last; one of them is nobody."""

    seat: Start
    candidates: tuple[Candidate, ...]

    @property
    def best(self) -> Candidate | None:
        """The best cadre who can take the seat; None if there is none."""
        return next((each for each in self.candidates if each.cadre and not each.rules), None)

    def given_away(self, free: Plan, candidate: Candidate) -> dict[str, Fraction]:
        """How much each goal differs from a plan made freely, in the goal's own sense."""
        values = worth(free)
        return {goal: value - values[goal] for goal, value in candidate.goals.items() if goal in values}


def substitutes(problem: Problem, seat: Start, on_progress: OnProgress = silent) -> Substitutes:
    """Everybody who could start the programme in that year instead, each judged by the whole plan with him in it.

    The plan is fixed but for the seat, so nothing is searched: each is checked against every rule and valued exactly,
    as `verify` does it. Ordered by the ranked goals, the lot deciding between equals.

    Parameters
    ----------
    problem
        Its earlier plan is what stays, but for the seat.

    Raises
    ------
    InputError
        The earlier plan has no such start; or the rest of it cannot stand as it is.
    """
    planned = [
        (str(cadre), str(programme), int(start))
        for cadre, programme, start in problem.earlier[["cadre", "programme", "start"]].itertuples(index=False)
    ]
    if seat not in planned:
        raise InputError(Fault("substitutes_no_seat", {"seat": ", ".join(map(str, seat))}))
    rest = [start for start in planned if start != seat]
    people = _able(problem, seat, set(rest))
    if _past_mending(problem, rest, {cadre for cadre, _ in people}):
        raise _cannot_stand(problem, rest)
    found = [_judged(problem, rest, NOBODY, NOBODY)]
    for done, (cadre, agency) in enumerate(people):
        on_progress(done, len(people))
        found.append(_judged(problem, [*rest, (cadre, *seat[1:])], cadre, agency))
    on_progress(len(people), len(people))
    if all(each.rules for each in found):
        raise _cannot_stand(problem, rest)
    senses = {goal: kind_of(goal).sense for goal in _goals(problem)}

    def order(each: Candidate) -> tuple[object, ...]:
        values = [each.goals[goal] * (1 if sense == "min" else -1) for goal, sense in senses.items() if each.goals]
        lot = lot_of(problem.scenario.lot, each.cadre, seat[1], seat[2]) if each.cadre else -1
        return bool(each.rules), values, lot, each.cadre

    return Substitutes(seat, tuple(sorted(found, key=order)))


def _past_mending(problem: Problem, rest: Sequence[Start], people: Collection[str]) -> bool:
    """Whether the rest of the plan breaks a rule, whoever of some people takes the seat: then nobody need be tried."""
    broken = verification.plan_findings(problem, _frame(rest))
    return any(
        finding.rule not in MORE and (finding.rule not in STEPS or str(finding.where[0]) not in people)
        for finding in broken
    )


def _cannot_stand(problem: Problem, rest: Sequence[Start]) -> InputError:
    broken = verification.broken_rules(problem, _frame(rest)).head(MOST_TOLD)
    told = "; ".join(f"{say(f'verify_rule_{row.rule}')} ({row.where})" for row in broken.itertuples())
    return InputError(Fault("substitutes_rest", {"rules": told}))


def _frame(starts: Sequence[Start]) -> pd.DataFrame:
    return pd.DataFrame(starts, columns=["cadre", "programme", "start"])


def _goals(problem: Problem) -> list[str]:
    return [goal for goal in telling(problem.scenario.goals) if goal != "changes"]


def _judged(problem: Problem, starts: Sequence[Start], cadre: str, agency: str) -> Candidate:
    """The plan of some starts, checked against every rule and, if it holds, valued."""
    plan = _frame(starts)
    broken = verification.plan_findings(problem, plan)
    if broken:
        return Candidate(cadre, agency, {}, tuple(dict.fromkeys(finding.rule for finding in broken)))
    values = verification.ranked_values(problem, plan)
    return Candidate(cadre, agency, {goal: Fraction(str(values[goal])) for goal in _goals(problem)})


def _able(problem: Problem, seat: Start, taken: set[Start]) -> list[tuple[str, str]]:
    """Those who may start the programme in that year, without those who do: cadre, agency."""
    options = admissible_starts(problem)
    frame = options.frame
    names = problem.programmes["programme"].to_numpy()[frame["programme"]]
    rows: pd.DataFrame = frame[(names == seat[1]) & (frame["start"] == seat[2]).to_numpy()]
    people = problem.cadres.iloc[rows["cadre"].to_numpy()]
    found = zip(people["cadre"].astype(str), people["agency"].astype(str), strict=True)
    return [(cadre, agency) for cadre, agency in found if cadre != seat[0] and (cadre, *seat[1:]) not in taken]


def substitutes_table(found: Substitutes, free: Plan) -> pd.DataFrame:
    """The candidates as a table: place, cadre, agency, rules, and for each goal its value and NAME_given_away."""
    rows = []
    for place, each in enumerate(found.candidates, 1):
        row: dict[str, object] = {
            "place": place if not each.rules else None,
            "cadre": each.cadre,
            "agency": each.agency,
            "rules": "; ".join(each.rules),
        }
        for goal, by in found.given_away(free, each).items():
            row |= {goal: number(each.goals[goal]), f"{goal}_given_away": number(by)}
        rows.append(row)
    return pd.DataFrame(rows).astype({"place": "Int64"})
