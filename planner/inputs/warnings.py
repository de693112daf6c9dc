"""What a scenario and its tables may say, but hardly mean: implausible people, empty groups, targets out of reach.

Only what can be seen without a model; nothing here keeps a plan from being made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.common.errors import Fault, closest
from planner.inputs.matching import canonical
from planner.inputs.problem import Problem, required
from planner.inputs.scenario.conditions import Combine, Compare, Condition
from planner.inputs.scenario.loading import conditions
from planner.inputs.scenario.yaml_tree import Location

YOUNGEST, OLDEST, YOUNGEST_IN_SERVICE = 16, 75, 14  # ages [years] beyond which a roster is more likely wrong
MOST_CADRES_NAMED = 10  # cadres named in one warning
MOST_VALUES_LISTED = 12  # values of a column that are worth listing


@dataclass(frozen=True)
class ScenarioWarning(Fault):
    """Something that is allowed, but hardly meant; `str` says it in the language spoken now.

    Attributes
    ----------
    key, values, file, line
        As of a `Fault`: the sentence's key, its figures and names, where it stands.
    at
        The location in the scenario; empty for people.
    cadres
        The codes of those concerned, all of them; empty where it is not about people.
    """

    at: Location = ()
    cadres: tuple[str, ...] = ()


def warnings(problem: Problem) -> list[ScenarioWarning]:
    """All warnings that need no options, people first, then in the order of the scenario's sections."""
    return [
        *_people(problem),
        *_groups(problem),
        *_values(problem),
        *_targets(problem),
        *_pools(problem),
        *_shares(problem),
        *_programmes(problem),
        *_history(problem),
    ]


def _history(problem: Problem) -> Iterator[ScenarioWarning]:
    """Rows of the history that stand twice, and a history that counts in no pool where pools have totals."""
    history = problem.history
    begun = history[history["start"].notna()]
    twice = begun[begun.duplicated(["cadre", "programme", "start"])]
    if len(twice):
        yield warning_at(
            problem,
            ("history",),
            "warning_history_twice",
            people=", ".join(twice["cadre"].unique()[:MOST_CADRES_NAMED]),
        )
    limited = any(pool.total.max is not None or pool.total.min > 0 for pool in problem.scenario.seats.values())
    if len(begun) and limited and not any(begun["pools"]):
        yield warning_at(problem, ("history",), "warning_history_in_no_pool", rows=len(begun))


# --- people ---------------------------------------------------------------------------------------------------------


def _people(problem: Problem) -> Iterator[ScenarioWarning]:
    cadres, horizon = problem.cadres, problem.scenario.horizon
    born, service, retires = (cadres[name].to_numpy(float) for name in ("birth_year", "service_start", "retires"))
    age, then = horizon.first - born, service - born
    before_birth = then < 0
    began_young = (then < YOUNGEST_IN_SERVICE) & ~before_birth
    both = [f"{_whole_text(start)}; {_whole_text(year)}" for start, year in zip(service, born, strict=True)]
    yield from _about(problem, "warning_too_young", age < YOUNGEST, _whole(age), limit=YOUNGEST, year=horizon.first)
    yield from _about(problem, "warning_too_old", age > OLDEST, _whole(age), limit=OLDEST, year=horizon.first)
    yield from _about(problem, "warning_service_before_birth", before_birth, both)
    yield from _about(problem, "warning_service_too_young", began_young, _whole(then), limit=YOUNGEST_IN_SERVICE)
    never = np.isnan(retires) & (problem.scenario.retirement is not None)
    yield from _about(problem, "warning_never_retires", never, _whole(born))
    yield from _about(problem, "warning_retired", retires <= horizon.first, _whole(retires), year=horizon.first)
    yield from _long_studies(problem)


def _long_studies(problem: Problem) -> Iterator[ScenarioWarning]:
    """Studies that end after the horizon, and would even if they had begun in its first year only, which is longer
    than the programme lasts.
    """
    horizon, studies = problem.scenario.horizon, problem.studies
    length = problem.programmes["years"].to_numpy()[studies["programme"].to_numpy()]
    until = studies["until"].to_numpy()
    long = (until > horizon.last) & (until > horizon.first + length - 1)
    last = pd.Series(until[long], dtype=float).groupby(studies["cadre"].to_numpy()[long]).max()
    ends = last.reindex(range(len(problem.cadres))).to_numpy()
    yield from _about(problem, "warning_study_too_long", ~np.isnan(ends), _whole(ends), year=horizon.last)


def _whole_text(number: float) -> str:
    """A whole number as text, without a decimal point."""
    return str(number).removesuffix(".0")


def _whole(numbers: np.ndarray) -> list[str]:
    return [_whole_text(number) for number in numbers]


def _about(
    problem: Problem, key: str, whom: np.ndarray, figures: Sequence[str], **values: object
) -> Iterator[ScenarioWarning]:
    """One warning about all the cadres `whom`, the first of them named with their figures."""
    rows = np.flatnonzero(whom)
    if not len(rows):
        return
    codes = problem.cadres["cadre"]
    people = ", ".join(f"{codes[row]} ({figures[row]})" for row in rows[:MOST_CADRES_NAMED])
    if len(rows) > MOST_CADRES_NAMED:
        people += f", ... (+{len(rows) - MOST_CADRES_NAMED})"
    told = {**values, "people": people, "number": len(rows)}
    yield ScenarioWarning(key, told, problem.scenario.roster, cadres=tuple(codes[row] for row in rows))


# --- the scenario ---------------------------------------------------------------------------------------------------


def warning_at(problem: Problem, location: Location, key: str, **values: object) -> ScenarioWarning:
    """A warning about a place of the scenario."""
    file, line = problem.source.file_and_line(location)
    return ScenarioWarning(key, {"at": ".".join(map(str, location)), **values}, file, line, at=location)


def _groups(problem: Problem) -> Iterator[ScenarioWarning]:
    year = problem.scenario.year_of_reading()
    for name, members in problem.groups.items():
        if not members.any():
            yield warning_at(problem, ("groups", name), "warning_empty_group", year=year)


def _values(problem: Problem) -> Iterator[ScenarioWarning]:
    """Values that conditions compare text columns with, and that no cadre has there."""
    held: dict[str, dict[object, str]] = {}
    for location, condition in conditions(problem.scenario):
        for part in _comparisons(condition):
            if part.column not in held:
                held[part.column] = _held(problem, part.column)
            known = held[part.column]
            for value in part.values:
                if known and not isinstance(value, bool) and canonical(value) not in known:
                    yield _unknown_value(problem, (*location, *part.at), part.column, str(value), list(known.values()))


def _comparisons(condition: Condition) -> Iterator[Compare]:
    match condition:
        case Compare():
            yield condition
        case Combine(parts=parts):
            for part in parts:
                yield from _comparisons(part)


def _held(problem: Problem, column: str) -> dict[object, str]:
    """The values of a text column as they are compared, and as they are written; none of a column of another kind."""
    cadres = problem.cadres
    if column == "studying":
        return {canonical(name): name for name in problem.scenario.programmes}
    if column in ("sex", *problem.scenario.ladders) or column not in cadres:
        return {}
    if not pd.api.types.is_string_dtype(cadres[column]):
        return {}
    cells = [*cadres[column].unique(), *(problem.agencies["agency"] if column == "agency" else ())]
    found: dict[object, str] = {canonical(cell): cell for cell in cells if cell != ""}
    return {} if {*found} <= {canonical("yes"), canonical("no")} else found


def _unknown_value(problem: Problem, at: Location, column: str, value: str, known: list[str]) -> ScenarioWarning:
    told = {"column": column, "value": value}
    near = closest(value, known)
    if near is not None:
        return warning_at(problem, at, "warning_value_nearest", **told, nearest=near)
    if len(known) <= MOST_VALUES_LISTED:
        return warning_at(problem, at, "warning_value_known", **told, known=", ".join(known))
    return warning_at(problem, at, "warning_value_unknown", **told)


def _targets(problem: Problem) -> Iterator[ScenarioWarning]:
    for name, target in problem.scenario.targets.items():
        counted = problem.counted(name)
        members = int(counted.sum())
        wanted = required(target, members)
        if not members:
            yield warning_at(problem, ("targets", name), "warning_empty_target")
            continue
        if wanted > members:
            yield warning_at(problem, ("targets", name), "warning_target_too_large", required=wanted, members=members)
        for ladder, level in target.level.items():
            yield from _without_programme(problem, name, ladder, level, wanted)


def _without_programme(problem: Problem, name: str, ladder: str, level: str, wanted: int) -> Iterator[ScenarioWarning]:
    """The level of a target that too few hold, and to which no programme and no current study leads."""
    index = problem.scenario.ladders[ladder].index(level)
    programmes = problem.programmes
    leads = ((programmes["ladder"] == ladder) & (programmes["high"] >= index)).to_numpy()
    held = int((problem.counted(name) & (problem.cadres[ladder].to_numpy() >= index)).sum())
    target = problem.scenario.targets[name]
    counts = target.weight > 0 or target.must  # else it is only watched
    if counts and held < wanted and not leads.any():
        told = {"ladder": ladder, "level": level, "held": held, "required": wanted}
        yield warning_at(problem, ("targets", name, "level", ladder), "warning_no_programme", **told)


def _pools(problem: Problem) -> Iterator[ScenarioWarning]:
    for name, covered in problem.pools.items():
        if not covered.any():
            yield warning_at(problem, ("seats", name), "warning_empty_pool")


def _shares(problem: Problem) -> Iterator[ScenarioWarning]:
    for name, share in problem.scenario.shares.items():
        if share.min > 0 and not (problem.share_group[name] & problem.share_among[name]).any():
            yield warning_at(problem, ("shares", name), "warning_empty_share")


def _programmes(problem: Problem) -> Iterator[ScenarioWarning]:
    under_way = {*problem.programmes["programme"].iloc[problem.studies["programme"]]}
    seated = {
        programme
        for name, pool in problem.scenario.seats.items()
        if problem.pools[name].any()
        for programme in pool.programmes
    }
    for name, programme in problem.scenario.programmes.items():
        if not programme.open and name not in seated | under_way:
            yield warning_at(problem, ("programmes", name), "warning_no_seats")
