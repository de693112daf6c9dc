"""The yearly lists: a workbook as an office sends it in the first quarter, one sheet per approving authority.

References
----------
Scheme 02-ĐA/HU, IV.5 (who approves) and VII.1 (lists drawn up in the first quarter of the year).
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from planner.common.errors import Fault, InputError
from planner.common.files import write_bytes
from planner.messages import say
from planner.plans import tabulation
from planner.plans.plan import Plan
from planner.report.text.sort_keys import name_key, natural_key
from planner.report.text.titles import post_titles
from planner.report.workbook.forms import Book
from planner.report.workbook.sheets import UNSIGNED, Sheets, authorities


def write_nominees(
    plan: Plan, year: int, path: str | Path, *, with_names: bool = False, letters: bool = False
) -> list[str]:
    """Write the workbook of those who start in `year`; return what its reader should be told besides.

    A sheet per authority, in the scenario's order, one for starts that no authority approves, if there are any, and
    one of totals against the seats; with `letters` a letter to each agency concerned. In the language spoken now.

    Raises
    ------
    InputError
        There is no plan, `year` is not in its horizon, `path` does not end in .xlsx or cannot be written.
    """
    if Path(path).suffix.lower() != ".xlsx":
        raise InputError(Fault("nominees_not_xlsx", {}, Path(path)))
    if not plan.found:
        raise InputError(Fault("nominees_no_plan"))
    named = with_names and "name" in plan.problem.cadres
    people = nominees(plan, year, by_name=named)
    notes = _missing_names(plan, people) if with_names else []
    sheets = Sheets(plan, year, people, named=named)
    book = Book(sheets.scheme, year)
    for authority in authorities(plan):
        sheets.add_list(book, authority)
    if (people["authority"] == UNSIGNED).any():
        sheets.add_list(book, None)
    sheets.add_totals(book)
    if letters:
        for agency in sorted(people["agency"].unique(), key=natural_key):
            sheets.add_letter(book, agency)
    write_bytes(path, book.close())
    return notes


def nominees(plan: Plan, year: int, *, by_name: bool = False) -> pd.DataFrame:
    """Those who start in `year`: the columns of `tabulation.nominations`, and `name` and `post_title`.

    Sorted by code, or, with `by_name`, by name the Vietnamese way and by code where two share a name.
    """
    table = tabulation.nominations(plan, year)
    cadres = plan.problem.cadres
    names = dict(zip(cadres["cadre"], cadres["name"], strict=True)) if "name" in cadres else {}
    table = table.assign(
        name=[str(names.get(cadre, "")) for cadre in table["cadre"]],
        post_title=table["post"].map(post_titles(plan.problem)).fillna(""),
    )
    order = sorted(
        range(len(table)),
        key=lambda row: (
            name_key(table["name"].iloc[row] if by_name else ""),
            natural_key(table["cadre"].iloc[row]),
            table["programme"].iloc[row],
        ),
    )
    return table.iloc[order].reset_index(drop=True)


def _missing_names(plan: Plan, people: pd.DataFrame) -> list[str]:
    if "name" not in plan.problem.cadres or (len(people) and (people["name"] == "").all()):
        return [say("nominees_no_names")]
    nameless = people.loc[people["name"] == "", "cadre"].nunique()
    return [say("nominees_some_no_names", count=nameless)] if nameless else []
