"""Options: the admissible starts, one row and one Boolean variable each; and why the other starts are none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem, derived_once
from planner.inputs.scenario.schema import Pin
from planner.model.admissibility import REASONS, held_after_study, pinned, reasons_against


@dataclass(frozen=True)
class Options:
    """The admissible starts.

    Attributes
    ----------
    frame
        One row per option, sorted by cadre, start and programme: cadre, programme, agency (rows in the problem's
        tables), start, finish [year], ladder, mode, low, high (indices of the levels `from` and `to`), cost, points.
    held
        One column per ladder: the index of the level that each cadre holds, current study included (-1 unknown).
    reasons
        Bit set of REASONS, cadres x programmes x years; 0 where the start is admissible.
    """

    problem: Problem
    frame: pd.DataFrame
    held: pd.DataFrame
    reasons: np.ndarray

    def __len__(self) -> int:
        return len(self.frame)

    def of_cadres(self, cadres: np.ndarray) -> np.ndarray:
        """The rows of some cadres' options; `cadres` are rows in the problem's, in ascending order."""
        first, number = self._first[cadres], self._first[cadres + 1] - self._first[cadres]
        return np.repeat(first - np.cumsum(number) + number, number) + np.arange(number.sum())

    def matching(self, pin: Pin) -> np.ndarray:
        """The options that a pin matches: Boolean."""
        frame = self.frame
        row = None if pin.cadre is None else self._row_of.get(pin.cadre, -1)
        if row is None or row < 0:
            first = self.problem.scenario.horizon.first
            return pinned(self.problem, [pin])[frame["cadre"], frame["programme"], frame["start"].to_numpy() - first]
        found, own = np.zeros(len(frame), dtype=bool), slice(self._first[row], self._first[row + 1])
        found[own] = True
        if pin.programme is not None:
            found[own] &= np.isin(frame["programme"].to_numpy()[own], self.problem.programme_ids([pin.programme]))
        if pin.start is not None:
            found[own] &= frame["start"].to_numpy()[own] == pin.start
        return found

    def having(self, starts: pd.DataFrame) -> np.ndarray:
        """The options that a plan has: Boolean; `starts` has cadre and programme (rows in the tables) and start."""
        by = ["cadre", "programme", "start"]
        chosen = pd.MultiIndex.from_frame(starts[by])
        return np.asarray(pd.MultiIndex.from_frame(self.frame[by]).isin(chosen))

    def reasons_against(self, pin: Pin) -> tuple[str, ...]:
        """Of the starts that a pin matches, the reasons against the one with fewest; none if one is admissible."""
        against = self.reasons[pinned(self.problem, [pin])]
        if len(against) == 0:
            return ()
        return self.reasons_of(int(against[np.argmin(np.bitwise_count(against))]))

    @cached_property
    def _row_of(self) -> dict[str, int]:
        """The row of each cadre in the problem's table."""
        return {str(code): row for row, code in enumerate(self.problem.cadres["cadre"])}

    @cached_property
    def _first(self) -> np.ndarray:
        """The row of each cadre's first option, and the end."""
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


def admissible_starts(problem: Problem, waived: np.ndarray | None = None) -> Options:
    """Every start that section 4 of the contract admits, and every reason against each of the others.

    `waived` (bit set of the reasons that can be waived, cadres x programmes) asks what if: they do not count there. Who
    need not serve long enough afterwards may still not retire before the end.
    """
    return _as_it_is(problem) if waived is None else options_of(problem, reasons_against(problem, waived))


@derived_once
def _as_it_is(problem: Problem) -> Options:
    return options_of(problem, reasons_against(problem))


def options_of(problem: Problem, reasons: np.ndarray) -> Options:
    """The options where these are the reasons against starts, and no others."""
    reasons.flags.writeable = False  # all who ask of a problem share it
    return Options(problem, _frame(problem, reasons), held_after_study(problem), reasons)


def _taken(texts: pd.Series, rows: np.ndarray) -> pd.Categorical:
    """Some rows of a column of few texts, without a copy of the texts for each."""
    return pd.Categorical(texts).take(rows).remove_unused_categories()


def _frame(problem: Problem, reasons: np.ndarray) -> pd.DataFrame:
    cadres, programmes = problem.cadres, problem.programmes
    by_name = np.argsort(programmes["programme"].to_numpy(dtype=object), kind="stable")
    cadre, year, rank = np.nonzero(reasons[:, by_name, :].transpose(0, 2, 1) == 0)
    programme = by_name[rank]
    start = problem.years[year]
    of = {name: programmes[name].to_numpy()[programme] for name in ("years", "low", "high", "cost")}
    return pd.DataFrame(
        {
            "cadre": cadre,
            "programme": programme,
            "agency": cadres["agency_id"].to_numpy()[cadre],
            "start": start,
            "finish": start + of["years"] - 1,
            "ladder": _taken(programmes["ladder"], programme),
            "mode": _taken(programmes["mode"], programme),
            "low": of["low"],
            "high": of["high"],
            "cost": of["cost"],
            "points": problem.points[cadre, programme],
        }
    )
