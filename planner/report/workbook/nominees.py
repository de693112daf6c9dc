"""The yearly lists: a workbook as an office sends it in the first quarter.

References
----------
Scheme 02-ĐA/HU, IV.5 (who approves) and VII.1 (lists drawn up in the first quarter of the year).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from planner.analysis.given import found_plan
from planner.common.errors import Fault, InputError, nearest
from planner.common.results import write_result
from planner.messages import say
from planner.plans.plan import Plan
from planner.report.text.authorities import UNSIGNED, authorities
from planner.report.text.nominees import by_title, missing_names, nominees, study_classes
from planner.report.text.titles import untitled_told
from planner.report.workbook.files import workbook_path
from planner.report.workbook.forms import Book
from planner.report.workbook.letter import add_letter
from planner.report.workbook.sheets import Sheets
from planner.report.workbook.totals import add_totals
from planner.report.workbook.totals_for_others import add_totals_for_others

BY = ("authority", "class", "agency")
"""By what the lists of a workbook are cut: who approves, classes of a programme, agencies."""


def write_nominees(
    plan: Plan,
    year: int,
    path: str | Path,
    *,
    with_names: bool = False,
    letters: bool = False,
    by: Sequence[str] = BY[:1],
) -> list[str]:
    """Write the workbook of those who start in `year`; return what its reader should be told besides.

    `by` says which lists: `authority`, a sheet per authority that has somebody to approve in the scenario's order and
    one for starts that no authority approves, if there are any; `class`, a sheet per class; `agency`, one sheet with a
    part per agency. Then one of totals against the seats, which says for whom there is no list; with `letters` a letter
    to each agency concerned. In the language spoken now.

    Raises
    ------
    InputError
        There is no plan, `year` is not in its horizon, there are no lists by such a thing, `path` does not end in .xlsx
        or cannot be written.
    """
    target = workbook_path(path, "nominees_not_xlsx")
    if unknown := [name for name in by if name not in BY]:
        raise InputError(Fault("nominees_by_unknown", {"name": unknown[0], "nearest": nearest(unknown[0], BY)}))
    sheets = _sheets(plan, year, with_names=with_names)
    people = sheets.people
    notes = [*(missing_names(plan, people) if with_names else []), *_told(sheets, by)]
    book = Book(sheets.scheme, year)
    for wanted in dict.fromkeys(by):
        _add_lists(sheets, book, wanted)
    add_totals(sheets, book)
    if letters:
        for agency in by_title(people):
            add_letter(sheets, book, agency)
    write_result(target, book.close())
    return notes


def write_totals(plan: Plan, year: int, path: str | Path) -> None:
    """Write the workbook of a year's totals for readers outside. Raises as `write_nominees` does."""
    target = workbook_path(path, "nominees_not_xlsx")
    sheets = _sheets(plan, year, with_names=False)
    book = Book(sheets.scheme, year)
    add_totals_for_others(sheets, book)
    write_result(target, book.close())


def _sheets(plan: Plan, year: int, *, with_names: bool) -> Sheets:
    """What the sheets of a year are made of; named, and sorted so, where names are asked for and known."""
    named = with_names and "name" in found_plan(plan).problem.cadres
    return Sheets(plan, year, nominees(plan, year, by_name=named), named=named)


def _told(sheets: Sheets, by: Sequence[str]) -> Iterator[str]:
    """That nobody is proposed, or nobody for some authorities; agencies called by their codes."""
    if sheets.people.empty:
        yield say("nominees_nobody", year=sheets.year)
    elif "authority" in by and (nobody := sheets.nobody()):
        yield nobody
    yield from untitled_told(sheets.plan.problem, sheets.people["agency"])


def _add_lists(sheets: Sheets, book: Book, by: str) -> None:
    if sheets.people.empty:
        return
    if by == "agency":
        sheets.add_agencies(book)
    elif by == "class":
        for own in study_classes(sheets.plan, sheets.people):
            sheets.add_class(book, own)
    else:
        given = set(sheets.people["authority"])
        for authority in authorities(sheets.plan):
            if authority.name in given:
                sheets.add_list(book, authority)
        if (sheets.people["authority"] == UNSIGNED).any():
            sheets.add_list(book, None)
