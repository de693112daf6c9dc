"""The list of reserves of a year, as an office keeps it beside the lists of those who go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from planner.analysis.replanning.reserves import Reserves
from planner.common.results import write_result
from planner.inputs.problem import Problem
from planner.messages import say
from planner.report.text.nominees import LEVEL, missing_names, nominees
from planner.report.text.reserves import as_plan, list_title, meaning, orders, shared
from planner.report.workbook.forms import PAGE_ACROSS, Book
from planner.report.workbook.room import Column, fitted
from planner.report.workbook.sheets import LIST, Sheets, Wanted

SHOWN = ("row", "name", "cadre", "birth", "sex", "ethnicity", "post", "agency", LEVEL, "planned_post", "reason")
RESERVES: Wanted = {name: LIST[name] for name in SHOWN}
"""The columns of a list of nominees that a list of reserves has, too."""


def write_reserves(
    problem: Problem, found: Reserves, year: int, path: str | Path, *, with_names: bool = False
) -> list[str]:
    """Write the workbook of the reserves; return what its reader should be told besides. In the language spoken now.

    Parameters
    ----------
    problem
        The scheme as the year begins.
    found
        Its reserves.

    Raises
    ------
    InputError
        It cannot be written.
    """
    plan = as_plan(problem, found)
    named = with_names and "name" in problem.cadres
    people = nominees(plan, year)
    sheets = Sheets(plan, year, people, named=named)
    book = Book(sheets.scheme, year)
    remark = Column(say("reserves_remark"), 26, "cell")
    plain = [*(column for column, _ in sheets.columns(RESERVES)), remark]
    rows = list(_rows(problem, found, sheets, len(plain)))
    columns = fitted(plain, rows, PAGE_ACROSS)
    form = book.sheet(say("reserves_sheet"), columns)
    form.heading(year, party=False)
    sheets.titles(form, say("reserves_title"), say("reserves_subject", year=year))
    form.line(say("reserves_order"), "note")
    form.row += 2
    if rows:
        form.table(form.columns, rows, repeat=True)
    else:
        form.paragraph(say("reserves_nobody_goes", year=year), "left_note")
    for note in [*_orders(problem, found), *sheets.notes(people)]:
        form.paragraph(note, "left_note")
    form.signatures((say("nominees_prepared"), say("nominees_sign")), (say("nominees_head"), say("nominees_seal")))
    form.finish()
    write_result(path, book.close())
    return missing_names(plan, people) if with_names else []


def _orders(problem: Problem, found: Reserves) -> Iterator[str]:
    """Under the table: of each list for whom the order is proven; who can be called from one list alone."""
    for place, each in enumerate(found.lists, 1):
        if lines := orders(each):
            yield " ".join([f"{list_title(problem, each.places, place)}:", *lines])
    if told := shared(found):
        yield told


def _rows(problem: Problem, found: Reserves, sheets: Sheets, width: int) -> Iterator[list[object] | str]:
    """Each list behind its heading, in the order of calling."""
    people = sheets.people.set_index(["cadre", "programme"], drop=False)
    for place, each in enumerate(found.lists, 1):
        yield f"{list_title(problem, each.places, place)}. {say('reserves_proven', cadre=each.declined)}"
        if not each.reserves:
            yield [*[""] * (width - 1), say("reserves_none")]
            continue
        own = people.loc[[(reserve.cadre, each.places.programme) for reserve in each.reserves]]
        for cells, reserve in zip(sheets.rows(own, RESERVES), each.reserves, strict=True):
            yield [*cells, meaning(problem, found, each, reserve)]
