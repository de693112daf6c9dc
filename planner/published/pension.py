"""Pension ages that rise from year to year."""

from __future__ import annotations

from planner.published.schema import Retirement


def retirement(pension: Retirement, born: int, year: int) -> int:
    """The first year no longer in service of somebody born in the middle of `born` [year].

    References
    ----------
    Decree 135/2020: the pension age rises by some months every year from 2021, up to a limit.
    """
    leaving = year
    while (leaving - born) * 12 + 6 < min(pension.limit, pension.first + pension.step * (leaving - year)):
        leaving += 1
    return leaving + 1
