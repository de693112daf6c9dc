"""The lists of those who are nominated: as a table, and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planner.analysis.given import APlan, plan_of
from planner.report.text.nominees import nominees as listed
from planner.report.workbook import nominees as lists


@dataclass(frozen=True)
class Nominees:
    """Who starts in a year.

    Attributes
    ----------
    table
        cadre, agency, post, birth_year, sex, programme, title, mode, start, finish [year], points, authority (who
        signs; empty: nobody is named), reason, name, post_title, birth, ethnicity, planned_post, level_LADDER (in
        words), agency_title, party_joined, training, course, place, cost, period, remark.
    path
        The workbook that was written; None without one.
    notes
        What its reader should be told besides.
    """

    table: pd.DataFrame
    path: Path | None
    notes: tuple[str, ...]


def nominees(
    plan: APlan,
    year: int,
    path: str | Path | None = None,
    *,
    with_names: bool = False,
    letters: bool = False,
    by: Sequence[str] = lists.BY[:1],
) -> Nominees:
    """Who is nominated in a year, who signs and why; with `path` also the workbook: `planner nominees`.

    Parameters
    ----------
    plan
        A plan, a run, or the folder of a run.
    year
        Of the start [year].
    path
        The workbook to write (.xlsx); by default none.
    with_names
        Whether the sheets show names, and sort by them.
    letters
        Whether there is a letter to each agency, too.
    by
        Which lists the workbook has: `authority`, `class`, `agency`, one or several.

    Returns
    -------
    Nominees
        Its `table` has a row per start.

    Raises
    ------
    InputError
        There is no plan, the year is not in its horizon, there are no lists by such a thing, the path does not end in
        .xlsx or cannot be written.
    """
    found = plan_of(plan)
    notes: list[str] = []
    if path is not None:
        notes = lists.write_nominees(found, year, path, with_names=with_names, letters=letters, by=by)
    by_name = with_names and "name" in found.problem.cadres
    table = listed(found, year, by_name=by_name)
    return Nominees(table, None if path is None else Path(path), tuple(notes))


def totals_for_others(plan: APlan, year: int, path: str | Path) -> Path:
    """Write the totals of a year's starts for readers outside, a workbook: `planner nominees --for-others`.

    Parameters
    ----------
    plan
        A plan, a run, or the folder of a run.
    year
        Of the starts [year].
    path
        The workbook to write (.xlsx).

    Returns
    -------
    Path
        The workbook. Nobody stands in it, and no count of fewer people than `privacy.fewest`, nor what would tell one.

    Raises
    ------
    InputError
        There is no plan, the year is not in its horizon, the path does not end in .xlsx or cannot be written.
    """
    lists.write_totals(plan_of(plan), year, path)
    return Path(path)
