"""Which starts are admissible, and every reason against the others (contract, section 4)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.inputs.problem import NEVER, UNKNOWN, Problem
from planner.inputs.scenario.schema import Pin

REASONS = (
    "level_unknown",  # 1. the level on the ladder is not known
    "level_reached",  # 1. the level is at or above the programme's `to`
    "from_out_of_reach",  # 1. `from` is not held and no admissible start leads there in time
    "not_eligible",  # 2. `eligible` does not hold in the year of the start
    "retires_too_soon",  # 3. too little service would be left
    "no_seat_pool",  # 4. no pool lists the programme and covers the cadre, and it is not open
    "forbidden",  # 5. a pin forbids it
    "studying_as_high",  # 6. current study on the ladder leads as high or higher
    "study_in_the_way",  # 6. a rule forbids it together with the current study
    "not_in_these_years",  # 7. the programme cannot be started in this year
    "not_in_service",  # 7. the cadre's service begins later
    "on_leave",  # 7. the cadre is on leave in a year that it occupies
    "required_out_of_reach",  # 8. a level that it requires is not held and cannot be reached in time
)
WAIVABLE = ("not_eligible", "retires_too_soon", "no_seat_pool")  # what an exemption can do away with

_LEVELS = ("level_unknown", "level_reached")


def reasons_against(problem: Problem, waived: np.ndarray | None = None) -> np.ndarray:
    """Bit set of REASONS for every start, cadres x programmes x years; 0 where it is admissible.

    `waived` (bit set of WAIVABLE, cadres x programmes) asks what if: these reasons do not count there. Who need not
    serve long enough afterwards may still not retire before the end.
    """
    shape = (len(problem.cadres), len(problem.programmes), len(problem.years))
    reasons = np.zeros(shape, dtype=np.uint16)
    _judge_person(reasons, problem)
    _judge_years(reasons, problem)
    reasons[~_seated(problem)] |= bit("no_seat_pool")
    reasons[pinned(problem, problem.scenario.pins.forbid)] |= bit("forbidden")
    _judge_study(reasons, problem)
    if waived is not None:
        _waive(reasons, problem, waived)
    for programme in range(len(problem.programmes)):
        _judge_level(reasons, programme, problem)
    _judge_reach(reasons, problem)
    return reasons


def bit(reason: str) -> np.uint16:
    """The bit of a reason."""
    return np.uint16(1 << REASONS.index(reason))


def bits(*reasons: str) -> np.uint16:
    """The bits of some reasons."""
    return np.uint16(np.bitwise_or.reduce([bit(reason) for reason in reasons]))


# --- people, seats and pins -----------------------------------------------------------------------------------------


def _judge_person(reasons: np.ndarray, problem: Problem) -> None:
    """Eligibility, and the service that is left after it."""
    reasons[~problem.eligible] |= bit("not_eligible")
    served = (
        problem.years + (problem.programmes["years"].to_numpy() - 1 + problem.programmes["serve"].to_numpy())[:, None]
    )
    reasons[served >= _retires(problem)] |= bit("retires_too_soon")


def _retires(problem: Problem) -> np.ndarray:
    """The first year in which each cadre is no longer in service: cadres x 1 x 1 [year]."""
    return problem.cadres["retires"].fillna(NEVER).to_numpy()[:, None, None]


def _waive(reasons: np.ndarray, problem: Problem, waived: np.ndarray) -> None:
    """Take the reasons that are waived away."""
    kept = np.where(retired_by_the_end(problem), reasons & bit("retires_too_soon"), np.uint16(0))
    reasons &= ~(waived & bits(*WAIVABLE))[:, :, None]
    reasons |= kept


def retired_by_the_end(problem: Problem) -> np.ndarray:
    """Who retires before a programme would be over: Boolean, cadres x programmes x years of the start."""
    ends = problem.years + (problem.programmes["years"].to_numpy() - 1)[:, None]
    return np.asarray(ends >= _retires(problem))


def _judge_years(reasons: np.ndarray, problem: Problem) -> None:
    """Programmes that are not given in a year, cadres who are not there yet or are on leave."""
    programmes, years = problem.programmes, problem.years
    first, last = (programmes[name].to_numpy()[:, None] for name in ("first_start", "last_start"))
    reasons[:, (years < first) | (years > last)] |= bit("not_in_these_years")
    since = problem.cadres["service_start"].fillna(0).to_numpy()[:, None, None]
    reasons[np.broadcast_to(years < since, reasons.shape)] |= bit("not_in_service")
    ends = years + (programmes["years"].to_numpy() - 1)[:, None]
    for cadre, first_away, last_away in problem.leave[["cadre", "first", "last"]].to_numpy(dtype=int):
        reasons[cadre, (years <= last_away) & (ends >= first_away)] |= bit("on_leave")


def _seated(problem: Problem) -> np.ndarray:
    """Cadres x programmes: some pool lists the programme and covers the cadre, or its seats are not rationed."""
    seated = np.tile(problem.programmes["open"].to_numpy(dtype=bool), (len(problem.cadres), 1))
    for name, pool in problem.scenario.seats.items():
        rows = problem.programme_ids(pool.programmes)
        seated[np.ix_(problem.pools.rows(name), rows)] = True
    return seated


def pinned(problem: Problem, pins: list[Pin]) -> np.ndarray:
    """The starts that any of the pins matches: Boolean, cadres x programmes x years."""
    shape = (len(problem.cadres), len(problem.programmes), len(problem.years))
    matched = np.zeros(shape, dtype=bool)
    for pin in pins:
        cadres = (problem.cadres["cadre"] == pin.cadre).to_numpy() if pin.cadre is not None else np.ones(shape[0], bool)
        rows = (
            problem.programmes["programme"] == pin.programme if pin.programme is not None else np.ones(shape[1], bool)
        )
        years = problem.years == pin.start if pin.start is not None else np.ones(shape[2], bool)
        matched |= cadres[:, None, None] & np.asarray(rows)[:, None] & years
    return matched


# --- current study --------------------------------------------------------------------------------------------------


def _judge_study(reasons: np.ndarray, problem: Problem) -> None:
    """Starts that current study forbids: by its level on the same ladder, or by a rule beside it or soon after it."""
    for study, students in problem.studies.groupby("programme"):
        cadres, until = students["cadre"].to_numpy(), students["until"].to_numpy()
        as_high, clash, apart = _excluded_by(problem, int(str(study)))
        reasons[np.ix_(cadres, np.flatnonzero(as_high))] |= bit("studying_as_high")
        not_over = problem.years <= until[:, None, None]
        too_soon = problem.years <= until[:, None, None] + problem.scenario.study_load.years_between
        stands = (clash[:, None] & not_over) | (apart[:, None] & too_soon)
        np.bitwise_or.at(reasons, cadres, np.where(stands, bit("study_in_the_way"), np.uint16(0)))
    full = shorts_under_way(problem) >= max(1, problem.scenario.study_load.short_per_year)
    short = (problem.programmes["mode"] == "short").to_numpy()
    reasons[full[:, None, :] & short[:, None]] |= bit("study_in_the_way")


def _excluded_by(problem: Problem, study: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The programmes that a study makes pointless, that it excludes while it lasts, and that must keep apart from it.

    Booleans over the programmes. Short ones beside short ones are counted elsewhere.
    """
    programmes = problem.programmes
    mode, ladder = programmes["mode"].to_numpy(), programmes["ladder"].to_numpy()
    same_ladder = ladder == ladder[study]
    long = (mode != "short") & (mode[study] != "short")
    alone = (mode == "full_time") | (mode[study] == "full_time")
    as_high = same_ladder & (programmes["high"].to_numpy()[study] >= programmes["high"].to_numpy())
    return as_high, long | alone | same_ladder, long


def shorts_under_way(problem: Problem) -> np.ndarray:
    """How many short studies each cadre is in: cadres x years of the horizon."""
    count = np.zeros((len(problem.cadres), len(problem.years)), dtype=int)
    studies = problem.studies
    short = (problem.programmes["mode"] == "short").to_numpy()[studies["programme"]]
    own = studies[short]
    np.add.at(count, own["cadre"].to_numpy(), own["until"].to_numpy()[:, None] >= problem.years)
    return count


# --- levels ---------------------------------------------------------------------------------------------------------


def held_after_study(problem: Problem) -> pd.DataFrame:
    """The level that each cadre holds on each ladder once current study has ended, as its index; -1 if not known."""
    held = problem.cadres[list(problem.scenario.ladders)].copy()
    ladders, highs = problem.programmes["ladder"].to_numpy(), problem.programmes["high"].to_numpy()
    for ladder in held:
        studies = problem.studies[ladders[problem.studies["programme"]] == ladder]
        after = held[ladder].to_numpy().astype(int)
        np.maximum.at(after, studies["cadre"].to_numpy(), highs[studies["programme"]])
        held[ladder] = np.where(held[ladder] == UNKNOWN, UNKNOWN, after)
    return held


def _judge_level(reasons: np.ndarray, programme: int, problem: Problem) -> None:
    level = problem.cadres[problem.programmes["ladder"][programme]].to_numpy()
    reasons[level == UNKNOWN, programme] |= bit("level_unknown")
    reasons[level >= problem.programmes["high"][programme], programme] |= bit("level_reached")


def _judge_reach(reasons: np.ndarray, problem: Problem) -> None:
    """`from` and every level required must be held, or be reachable before the start by other admissible starts.

    A level required on another ladder may be reached by starts that require levels themselves: what is reached in one
    round serves in the next, until nobody reaches anything sooner.
    """
    since = held_since(problem)
    while True:
        required = {programme: _required_late(problem, since, programme) for programme in problem.requires}
        late, reached = _climb(reasons, problem, required)
        if all(np.array_equal(since[ladder], reached[ladder]) for ladder in since) or not required:
            break
        since = reached
    for programme, years in late.items():
        judged = (reasons[:, programme] & bits(*_LEVELS)) == 0
        reasons[:, programme][years & judged] |= bit("from_out_of_reach")
    for programme, years in required.items():
        reasons[:, programme][years] |= bit("required_out_of_reach")


def _required_late(problem: Problem, since: dict[str, np.ndarray], programme: int) -> np.ndarray:
    """In which years a level that a programme requires cannot be counted on: cadres x years."""
    late = np.zeros((len(problem.cadres), len(problem.years)), dtype=bool)
    for ladder, level in problem.requires[programme].items():
        late |= since[ladder][:, level][:, None] > problem.years
    return late


def _climb(
    reasons: np.ndarray, problem: Problem, required: dict[int, np.ndarray]
) -> tuple[dict[int, np.ndarray], dict[str, np.ndarray]]:
    """For each programme the years in which its `from` cannot be counted on, and since when each level can.

    Programmes that lead lower are judged first: one that leads as high is no way to the `from` of another.
    """
    programmes, since = problem.programmes, held_since(problem)
    low, high, lasts = (programmes[name].to_numpy() for name in ("low", "high", "years"))
    late: dict[int, np.ndarray] = {}
    for ladder, own in since.items():
        rows = np.flatnonzero(programmes["ladder"] == ladder)
        for level in np.unique(high[rows]):
            equals = rows[high[rows] == level]
            for programme in map(int, equals):
                late[programme] = own[:, low[programme]][:, None] > problem.years
            for programme in map(int, equals):
                admissible = (reasons[:, programme] == 0) & ~late[programme]
                if programme in required:
                    admissible &= ~required[programme]
                ends = np.where(admissible, problem.years + lasts[programme], NEVER).min(axis=1)
                own[:, : level + 1] = np.minimum(own[:, : level + 1], ends[:, None])
    return late, since


def held_since(problem: Problem) -> dict[str, np.ndarray]:
    """The first year in which a start may count on a level: by ladder, cadres x levels; 0 from the outset.

    On the roster, or by current study that has ended; NEVER where neither leads to it.
    """
    since = {}
    ladders, highs = problem.programmes["ladder"].to_numpy(), problem.programmes["high"].to_numpy()
    for ladder, levels in problem.scenario.ladders.items():
        held = problem.cadres[ladder].to_numpy()[:, None]
        years = np.where(np.arange(len(levels)) <= held, 0, NEVER)
        studies = problem.studies[ladders[problem.studies["programme"]] == ladder]
        leads = np.arange(len(levels)) <= highs[studies["programme"]][:, None]
        ends = np.where(leads, studies["until"].to_numpy()[:, None] + 1, NEVER)
        np.minimum.at(years, studies["cadre"].to_numpy(), ends)
        since[ladder] = years
    return since
