"""Whether a target is reached, missed, or cannot be told: one rule for the terminal, the page, pictures and lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from planner.inputs.problem import Problem, required
from planner.messages import say
from planner.model.attainment import unknown_level
from planner.plans.plan import Plan

REACHED, MISSED, UNTOLD, MEMBERLESS = "reached", "missed", "unknown", "memberless"
VERDICTS = (REACHED, MISSED, UNTOLD, MEMBERLESS)


def verdict(members: int, shortfall: int, unknown: int) -> str:
    """What may be said of a target: `reached`, `missed`, `unknown` (it cannot be told) or `memberless`.

    Parameters
    ----------
    members, shortfall, unknown
        As attainment.csv has them [people]; those of unknown level are not among the attained.

    Returns
    -------
    str
        `unknown` where it falls short and those of unknown level could make up for it; `missed` where it would fall
        short even if every one of them held the level. A target without members is neither.
    """
    if not members:
        return MEMBERLESS
    return REACHED if not shortfall else UNTOLD if shortfall <= unknown else MISSED


def verdict_in_words(told: str) -> str:
    """A `verdict`, in the language spoken now."""
    return say(f"verdict_{told}")


@dataclass(frozen=True)
class Outcome:
    """How the targets of a plan stand.

    Attributes
    ----------
    reached, missed, unknown, memberless
        How many targets have each verdict.
    short
        The places that are short whatever those of unknown level hold. One person may be short at two targets.
    open
        The further places of which that depends on those of unknown level: with them, attainment.csv's shortfall.
    """

    reached: int
    missed: int
    unknown: int
    memberless: int
    short: int
    open: int

    @property
    def told(self) -> int:
        """The targets of which it can be told whether they are reached."""
        return self.reached + self.missed


def outcome(plan: Plan) -> Outcome:
    """How the targets of a plan stand; a plan that was not found has none."""
    table = plan.attainment.reindex(columns=["members", "shortfall", "unknown"]).astype(int)
    return outcome_of(table.itertuples(index=False, name=None))


def untold(plan: Plan) -> tuple[str, ...]:
    """The targets of which nobody can tell whether a plan reaches them: the roster leaves levels open."""
    rows = plan.attainment[["target", "members", "shortfall", "unknown"]].itertuples(index=False, name=None)
    return tuple(str(name) for name, *figures in rows if verdict(*map(int, figures)) == UNTOLD)


def outcome_of(rows: Iterable[tuple[int, int, int]]) -> Outcome:
    """The same, from each target's members, shortfall and unknown [people]."""
    counts, short, left = dict.fromkeys(VERDICTS, 0), 0, 0
    for members, shortfall, unknown in rows:
        counts[verdict(members, shortfall, unknown)] += 1
        left += min(shortfall, unknown)
        short += max(0, shortfall - unknown)
    return Outcome(**counts, short=int(short), open=int(left))


def surely_open(problem: Problem, names: Collection[str] = ()) -> int:
    """The places of some targets (by default all) of which no plan can tell whether they are short.

    No start makes a level known that the roster leaves open: whatever the plan, as many members as are not of unknown
    level are the most that attain a target.
    """
    left = 0
    for name in names or problem.scenario.targets:
        counted, target = problem.counted_rows(name), problem.scenario.targets[name]
        members, unknown = len(counted), int(unknown_level(problem, target, counted).sum())
        left += min(unknown, max(0, required(target, members) - (members - unknown)))
    return left
