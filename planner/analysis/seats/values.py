"""The worth of a seat: what one more and one fewer of each limit would change, as differences of proven solves.

Of every pool and year with a `max`, of every `total`, and of every limit on absence that the best plan uses up. One
fewer of a limit that the best plan does not use up leaves that plan possible, and the plans fewer, so it stays the
best: that change is nothing without a solve (`implied`). The same does not hold of one more: two half-used limits may
stand in each other's way, so that is always solved.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from planner.analysis.asked import Asked
from planner.analysis.parallel import OnProgress, silent
from planner.analysis.partial_answers import UNPROVEN, Unproven, kept_answers
from planner.analysis.price import better
from planner.analysis.what_if import WhatIf, change
from planner.common.workers import THIS_MACHINE, Parallel
from planner.model.goals import telling
from planner.model.options import Options
from planner.model.rows import Key, Limit, ModelTables
from planner.model.rules import RULES

SOLVED, IMPLIED, IMPOSSIBLE, NOTHING_LEFT = "solved", "implied", "impossible", "nothing left"


@dataclass(frozen=True)
class Difference:
    """What a change makes of the goals.

    Attributes
    ----------
    how
        solved; implied: it follows without a solve; impossible: no plan exists then; nothing left: the limit is 0;
        unproven: it took too long.
    change
        By goal but `lot`: value after less value before, in the goal's own sense.
    decided_by
        The first goal that changes; empty where none does.
    better
        Whether the best plan is better then, in that goal.
    late
        The time that did not suffice; None where it did.
    """

    how: str
    change: dict[str, Fraction]
    decided_by: str = ""
    better: bool = False
    late: Unproven | None = None


@dataclass(frozen=True)
class Worth:
    """A limit, how much of it the best plan uses, and what one more and one fewer change."""

    rule: str
    key: Key
    where: str
    year: int | str
    limit: int
    used: int
    one_more: Difference
    one_fewer: Difference


@dataclass(frozen=True)
class _Room:
    """A limit of the model, and what the best plan uses of it."""

    limit: Limit
    most: int
    used: int


def worth_of_seats(
    what_if: WhatIf,
    on_progress: OnProgress = silent,
    parallel: Parallel = THIS_MACHINE,
) -> list[Worth]:
    """The worth of every seat limit and of every absence limit that is used up; the most valuable first."""
    rooms = _rooms(what_if)
    questions = _questions(rooms)
    found = kept_answers("value", difference, what_if, questions, on_progress, parallel)
    known = {question: _proven(each) for question, each in zip(questions, found, strict=True)}
    worths = [
        Worth(
            room.limit[0],
            room.limit[1],
            str(room.limit[1][0]),
            room.limit[1][-1],
            room.most,
            room.used,
            known[room.limit, 1],
            known.get((room.limit, -1)) or Difference(IMPLIED if room.most else NOTHING_LEFT, {}),
        )
        for room in rooms
    ]
    return sorted(worths, key=lambda worth: _rank(what_if, worth))


def _proven(found: Difference | Unproven) -> Difference:
    return Difference(UNPROVEN, {}, late=found) if isinstance(found, Unproven) else found


def limits_asked(what_if: WhatIf) -> list[tuple[Limit, int]]:
    """What is solved for the worth of all seats: limits, and how many more or fewer of each."""
    return _questions(_rooms(what_if))


def _questions(rooms: list[_Room]) -> list[tuple[Limit, int]]:
    """One more of every limit; one fewer of those that are used up."""
    return [(room.limit, 1) for room in rooms] + [(room.limit, -1) for room in rooms if 0 < room.most == room.used]


def difference(what_if: WhatIf, question: tuple[Limit, int]) -> Difference:
    """What so many more (or fewer) of a limit change, solved."""
    limit, by = question
    before, after = what_if.plan, what_if.after(Asked(more={limit: by}))
    if after is None:
        return Difference(IMPOSSIBLE, {})
    changed = change(before, after)
    first = next((goal for goal, number in changed.items() if number), "")
    return Difference(SOLVED, changed, first, bool(first) and better(what_if, after, before))


def _rank(what_if: WhatIf, worth: Worth) -> tuple[object, ...]:
    """By what one more improves, goal by goal as they are ranked; then by what one fewer costs."""
    senses = dict(zip(what_if.plan.goals["goal"], what_if.plan.goals["sense"], strict=True))
    gain = [
        difference.change.get(goal, Fraction(0)) * (sign if senses[goal] == "min" else -sign)
        for difference, sign in ((worth.one_more, 1), (worth.one_fewer, -1))
        for goal in telling(what_if.problem.scenario.goals)
    ]
    return (*gain, worth.rule, worth.where, str(worth.year))


def _rooms(what_if: WhatIf) -> list[_Room]:
    """The limits to ask about: those of the rules that are priced, of some only where they are used up."""
    options, tables = what_if.proven.options, what_if.proven.tables
    used, upper = tables.terms @ _columns(what_if, options, tables), tables.row_upper
    limits, taken = tables.limits, tables.taken
    rooms = []
    every, priced = np.ones(len(upper), dtype=bool), {name for name, rule in RULES.items() if rule.priced}
    for row, limit in tables.limits_among(every, priced):
        full = round(used[row]) >= upper[row]
        if full or not RULES[limit[0]].only_full:
            rooms.append(_Room(limit, int(limits[row]), round(used[row] + taken[row])))
    return rooms


def _columns(what_if: WhatIf, options: Options, tables: ModelTables) -> np.ndarray:
    """The plan as values of the columns; those that are no starts and no `away` stay 0."""
    frame, starts = options.frame, what_if.plan.starts
    keys = list(zip(frame["cadre"], frame["programme"], frame["start"], strict=True))
    chosen = set(zip(starts["cadre"], starts["programme"], starts["start"], strict=True))
    x = np.zeros(len(tables.upper))
    x[: len(keys)] = [key in chosen for key in keys]
    absence = what_if.problem.scenario.absence
    running = options.running_to(what_if.problem.scenario.horizon.last + 50)
    leaving = running[
        running["option"].isin(np.flatnonzero(x)) & running["mode"].isin(absence.modes if absence else [])
    ]
    codes = what_if.problem.cadres["cadre"].to_numpy()
    gone = set(zip(codes[leaving["cadre"]], leaving["year"], strict=True))
    for place, column in enumerate(tables.columns):
        if column.kind == "away" and column.key in gone:
            x[len(keys) + place] = 1
    return x
