"""Options: the admissible starts, one row and one Boolean variable each; and why the other starts are none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

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
)


@dataclass(frozen=True)
class Options:
    """The admissible starts.

    Attributes
    ----------
    frame
        One row per option, sorted by cadre, start and programme: cadre, programme, agency (rows in the problem's
        tables), start, finish [year], ladder, mode, low, high (places of `from` and `to`), cost, points.
    held
        One column per ladder: the place each cadre holds, current study included (-1 unknown).
    reasons
        Bit set of REASONS, cadres x programmes x years; 0 where the start is admissible.
    """

    problem: Problem
    frame: pd.DataFrame
    held: pd.DataFrame
    reasons: np.ndarray

    def __len__(self) -> int:
        return len(self.frame)

    def of_cadres(self, who: np.ndarray) -> np.ndarray:
        """The places of some cadres' options; `who` is Boolean, in the order of the problem's cadres."""
        cadres = np.flatnonzero(who)
        first, number = self._first[cadres], self._first[cadres + 1] - self._first[cadres]
        return np.repeat(first - np.cumsum(number) + number, number) + np.arange(number.sum())

    def matching(self, pin: Pin) -> np.ndarray:
        """The options that a pin matches: Boolean."""
        frame, first = self.frame, self.problem.scenario.horizon.first
        return pinned(self.problem, [pin])[frame["cadre"], frame["programme"], frame["start"].to_numpy() - first]

    @cached_property
    def _first(self) -> np.ndarray:
        """The place of each cadre's first option, and the end."""
        return np.searchsorted(self.frame["cadre"].to_numpy(), np.arange(len(self.problem.cadres) + 1))

    @cached_property
    def running(self) -> pd.DataFrame:
        """One row per option and year of the horizon that it occupies: option, year, cadre, agency, mode."""
        return self.running_to(self.problem.scenario.horizon.last)

    def running_to(self, last: int) -> pd.DataFrame:
        """As `running`, for the years up to `last`."""
        frame = self.frame
        lasting = np.minimum(frame["finish"].to_numpy(), last) - frame["start"].to_numpy() + 1
        option = np.repeat(np.arange(len(frame)), lasting)
        first_of_option = np.repeat(np.cumsum(lasting) - lasting, lasting)
        year = frame["start"].to_numpy()[option] + np.arange(len(option)) - first_of_option
        taken = frame[["cadre", "agency", "mode"]].take(option).reset_index(drop=True)
        return taken.assign(option=option, year=year)

    def reasons_of(self, bits: int) -> tuple[str, ...]:
        """The reasons in a set of bits."""
        return tuple(reason for bit, reason in enumerate(REASONS) if bits >> bit & 1)

    def refused(self) -> pd.DataFrame:
        """How many starts each reason stands against: reason, starts (a start may have several)."""
        counts = [int((self.reasons & (1 << bit) != 0).sum()) for bit in range(len(REASONS))]
        return pd.DataFrame({"reason": REASONS, "starts": counts})


WAIVABLE = ("not_eligible", "retires_too_soon", "no_seat_pool")  # what an exemption can do away with


def admissible_starts(problem: Problem, exempt: np.ndarray | None = None) -> Options:
    """Every start that section 4 of the contract admits, and every reason against each of the others.

    `exempt` (Boolean, cadres x programmes) asks what if: those are not asked whether they are eligible, have seats and
    serve long enough afterwards; they still may not retire before the end.
    """
    reasons = _reasons(problem)
    if exempt is not None:
        _waive(reasons, problem, exempt)
    held = _held(problem)
    programmes = problem.programmes
    for ladder in problem.scenario.ladders:
        rows = np.flatnonzero(programmes["ladder"] == ladder)
        for programme in rows:
            _judge_level(reasons, programme, problem)
        _judge_reach(reasons, rows, problem, held[ladder].to_numpy())
    return Options(problem, _frame(problem, reasons), held, reasons)


def _bit(reason: str) -> np.uint16:
    return np.uint16(1 << REASONS.index(reason))


def _held(problem: Problem) -> pd.DataFrame:
    """The level each cadre holds once current study has ended."""
    cadres, programmes = problem.cadres, problem.programmes
    held = cadres[list(problem.scenario.ladders)].copy()
    leads_to = np.append(programmes["high"].to_numpy(), UNKNOWN)[cadres["study"]]  # the last: no study (-1)
    for ladder in held:
        studying = _studies_on(problem, str(ladder)) & (held[ladder] != UNKNOWN)
        held[ladder] = np.where(studying, np.maximum(held[ladder], leads_to), held[ladder])
    return held


def _studies_on(problem: Problem, ladder: str) -> np.ndarray:
    on_ladder = np.append(problem.programmes["ladder"].to_numpy() == ladder, False)  # the last: no study (-1)
    return on_ladder[problem.cadres["study"]]


def _reasons(problem: Problem) -> np.ndarray:
    """Everything but the levels: eligibility, retirement, seats, pins, current study."""
    cadres, programmes, years = problem.cadres, problem.programmes, problem.years
    reasons = np.zeros((len(cadres), len(programmes), len(years)), dtype=np.uint16)
    reasons[~problem.eligible] |= _bit("not_eligible")
    retires = cadres["retires"].fillna(NEVER).to_numpy()[:, None, None]
    served = years + (programmes["years"].to_numpy() - 1 + programmes["serve"].to_numpy())[:, None]
    reasons[served >= retires] |= _bit("retires_too_soon")
    reasons[~_seated(problem)] |= _bit("no_seat_pool")
    reasons[pinned(problem, problem.scenario.pins.forbid)] |= _bit("forbidden")
    _judge_study(reasons, problem)
    return reasons


def _waive(reasons: np.ndarray, problem: Problem, exempt: np.ndarray) -> None:
    """Take the reasons that can be waived from those who are exempt."""
    reasons[exempt] &= ~np.bitwise_or.reduce([_bit(reason) for reason in WAIVABLE])
    retires = problem.cadres["retires"].fillna(NEVER).to_numpy()[:, None, None]
    ends = problem.years + (problem.programmes["years"].to_numpy() - 1)[:, None]
    reasons[exempt[:, :, None] & (ends >= retires)] |= _bit("retires_too_soon")


def _seated(problem: Problem) -> np.ndarray:
    """Cadres x programmes: some pool lists the programme and covers the cadre, or its seats are not rationed."""
    seated = np.tile(problem.programmes["open"].to_numpy(dtype=bool), (len(problem.cadres), 1))
    for name, pool in problem.scenario.seats.items():
        rows = problem.programme_ids(pool.programmes)
        seated[:, rows] |= problem.pools[name][:, None]
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


def _judge_study(reasons: np.ndarray, problem: Problem) -> None:
    """Starts that current study forbids: by its level on the same ladder, or by a rule while it lasts."""
    programmes = problem.programmes
    shorts = problem.scenario.study_load.short_per_year
    mode, ladder = programmes["mode"].to_numpy(), programmes["ladder"].to_numpy()
    high = programmes["high"].to_numpy()
    for study in np.unique(problem.cadres["study"]):
        if study == UNKNOWN:
            continue
        students = np.flatnonzero(problem.cadres["study"] == study)
        same_ladder = ladder == ladder[study]
        both_long = (mode != "short") & (mode[study] != "short")
        full_time = (mode == "full_time") | (mode[study] == "full_time")
        both_short = (mode == "short") & (mode[study] == "short") & (shorts <= 1)
        as_high = same_ladder & (high[study] >= high)
        clash = both_long | full_time | both_short | same_ladder
        lasting = problem.years <= problem.cadres["study_until"].to_numpy()[students, None]
        reasons[np.ix_(students, np.flatnonzero(as_high))] |= _bit("studying_as_high")
        reasons[students] |= np.where(clash[:, None] & lasting[:, None, :], _bit("study_in_the_way"), np.uint16(0))


def _judge_level(reasons: np.ndarray, programme: np.intp, problem: Problem) -> None:
    ladder = problem.programmes["ladder"][programme]
    level = problem.cadres[ladder].to_numpy()
    reasons[level == UNKNOWN, programme] |= _bit("level_unknown")
    reasons[level >= problem.programmes["high"][programme], programme] |= _bit("level_reached")


def _judge_reach(reasons: np.ndarray, rows: np.ndarray, problem: Problem, held: np.ndarray) -> None:
    """`from` must be held, or be reachable before the start by other admissible starts of the ladder."""
    low, high = problem.programmes["low"].to_numpy(), problem.programmes["high"].to_numpy()
    lasts = problem.programmes["years"].to_numpy()
    # held_from[i, v]: the first year in which cadre i may hold place v. Programmes that lead lower are judged first.
    held_from = np.where(np.arange(high.max(initial=0) + 1) <= held[:, None], 0, NEVER)
    for level in np.unique(high[rows]):
        equals = rows[high[rows] == level]
        for programme in equals:
            late = held_from[:, low[programme], None] > problem.years
            late &= (reasons[:, programme] & (_bit("level_unknown") | _bit("level_reached"))) == 0
            reasons[:, programme][late] |= _bit("from_out_of_reach")
        for programme in equals:
            ends = np.where(reasons[:, programme] == 0, problem.years + lasts[programme], NEVER).min(axis=1)
            held_from[:, : level + 1] = np.minimum(held_from[:, : level + 1], ends[:, None])


def _frame(problem: Problem, reasons: np.ndarray) -> pd.DataFrame:
    cadres, programmes = problem.cadres, problem.programmes
    by_name = np.argsort(programmes["programme"].to_numpy(dtype=object), kind="stable")
    cadre, year, rank = np.nonzero(reasons[:, by_name, :].transpose(0, 2, 1) == 0)
    programme = by_name[rank]
    start = problem.years[year]
    chosen = programmes.iloc[programme].reset_index(drop=True)
    return pd.DataFrame(
        {
            "cadre": cadre,
            "programme": programme,
            "agency": cadres["agency_id"].to_numpy()[cadre],
            "start": start,
            "finish": start + chosen["years"] - 1,
            "ladder": chosen["ladder"].astype("category"),
            "mode": chosen["mode"].astype("category"),
            "low": chosen["low"],
            "high": chosen["high"],
            "cost": chosen["cost"],
            "points": cadres["points"].to_numpy()[cadre],
        }
    )
