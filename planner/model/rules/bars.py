"""What keeps cadres from starting (the contract, section 4), as statements that a conflict may name beside the rules.

The options leave out starts that are not admissible, so no row of a rule speaks of them. Where it is asked why
something cannot be reached, they are there as columns, and a row for each of these statements says: none of them
(`planner.model.barred`). Some are said in the scenario; the others are facts about people, which nobody decides.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from planner.inputs.problem import Problem
from planner.inputs.scenario.yaml_tree import Location
from planner.model.attainment import unknown_level
from planner.model.options import Options
from planner.model.rows import Key, ModelBuilder
from planner.model.rules.rule import Rule, Said, everybody


def _nothing(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """The options obey it already."""


def _of_programme(problem: Problem, key: Key) -> Said:
    return "", {"programme": key[0]}


def _eligible(problem: Problem, key: Key) -> Said:
    return "", {"programme": key[0], "eligible": problem.scenario.programmes[str(key[0])].eligible}


def _service_owed(problem: Problem, key: Key) -> float | None:
    return problem.scenario.programmes[str(key[0])].serve_after_years


def _held_in(problem: Problem, key: Key) -> Said:
    row = problem.programmes.iloc[int(problem.programme_ids([str(key[0])])[0])]
    first, last = int(row["first_start"]), int(row["last_start"])
    if first > last:
        return "_never", {"programme": key[0]}
    return "", {"programme": key[0], "first": first, "last": last}


def _forbidden(problem: Problem, key: Key) -> Said:
    return "", {"pin": problem.scenario.pins.forbid[int(key[0])]}


def _leave(problem: Problem, key: Key) -> Said:
    entry = problem.scenario.leave[str(key[0])]
    return "", {"cadre": entry.cadre, "first": entry.from_, "last": entry.to}


def _unknown(problem: Problem, key: Key) -> Said:
    name = str(key[0])
    members = problem.counted(name) & unknown_level(problem, problem.scenario.targets[name])
    return "", {"number": int(members.sum())}


def _by(problem: Problem, key: Key) -> Said:
    return "", {"by": problem.by(problem.scenario.targets[str(key[0])])}


def _at(section: str, *below: str, first: str = "") -> Callable[[Problem, Key], Location]:
    """Where the scenario says it: in an entry of a section, or in one of a list in it."""
    inside = (first,) if first else ()
    return lambda problem, key: (section, *inside, *key, *below)


def _no_year(key: Key) -> None:
    """None of them speaks of one year."""


_fact = partial(Rule, write=_nothing, year=_no_year, statement=everybody)
_bar = partial(Rule, write=_nothing, year=_no_year)


BARS: dict[str, Rule] = {
    bar.name: bar
    for bar in (
        # facts about people
        _bar("level_unknown", said=_unknown),
        _fact("retirement"),
        _fact("current_study"),
        _fact("service_start"),
        # the scenario
        _bar("no_programme_in_time", said=_by, entry=_at("targets")),
        _bar("leave", said=_leave, entry=_at("leave")),
        _bar("programme_years", said=_held_in, suffixes=("", "_never"), entry=_at("programmes", "years")),
        _bar("eligible", said=_eligible, entry=_at("programmes", "eligible")),
        _bar("service_owed", said=_of_programme, limit=_service_owed, entry=_at("programmes", "serve_after_years")),
        _bar("no_seat_pool", said=_of_programme, entry=_at("programmes")),
        _bar("forbidden", said=_forbidden, entry=_at("pins", first="forbid")),
    )
}
"""Facts first: where these alone explain it, they do."""
