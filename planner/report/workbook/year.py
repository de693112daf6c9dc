"""The workbook of a year: the planned starts and the studies under way, where an office only ticks what happened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from planner.common.errors import Fault, InputError
from planner.common.results import write_result
from planner.messages import say
from planner.plans.agency_titles import agency_title
from planner.plans.plan import Plan
from planner.plans.run_folder import Run, read_run
from planner.report.text.sort_keys import natural_key
from planner.report.text.titles import programme_title
from planner.report.workbook.files import workbook_path
from planner.report.workbook.forms import Book
from planner.report.workbook.room import Column
from planner.years.events import KINDS, OF_STUDIES
from planner.years.ledger import News, gather

STARTED = ("admitted", "declined")
OTHERS = tuple(kind for kind in KINDS if kind not in (*STARTED, *OF_STUDIES))
BLANK_ROWS = 30
"""Rows at the end for whatever else happened."""
WIDTHS = {"date": 12, "event": 19, "cadre": 11, "name": 24, "agency": 16, "programme": 27, "title": 42}
WIDTHS |= {"start": 10, "until": 11, "to": 16, "note": 30}


def year_workbook(run: Run | str | Path, year: int, path: str | Path, *, with_names: bool = False) -> pd.DataFrame:
    """Write the workbook of a year for an office to fill in: `planner record --template`.

    Parameters
    ----------
    run
        A run, or its folder; what is recorded of it counts.
    year
        The planned starts of this year, and the studies under way in it [year].
    path
        The workbook (.xlsx).
    with_names
        Whether names stand beside the codes.

    Returns
    -------
    pd.DataFrame
        cadre, agency, programme, start, until [year], events (what may be chosen): a row per row of the sheet that is
        filled.

    Raises
    ------
    InputError
        The year is not in the plan, the path does not end in .xlsx or cannot be written.
    """
    target = workbook_path(path)
    read = run if isinstance(run, Run) else read_run(run)
    made = read.plan()
    horizon = made.problem.scenario.horizon
    if year not in horizon.years:
        raise InputError(Fault("ledger_template_year", {"year": year, "first": horizon.first, "last": horizon.last}))
    rows = _rows(made, year, gather(read))
    write_result(target, _book(made, year, rows, with_names=with_names))
    return rows


def _rows(plan: Plan, year: int, news: News) -> pd.DataFrame:
    """The starts of the year and the studies that go on, as far as nobody said how they went; agencies as they are."""
    problem, known = plan.problem, news.checked.careers
    agency = dict(zip(problem.cadres["cadre"], problem.cadres["agency"], strict=True))
    agency |= dict(zip(news.joiners["cadre"], news.joiners.get("agency", ""), strict=True))
    agency |= {cadre: value for cadre, own in known.changes.items() for column, value, _ in own if column == "agency"}
    found = []
    for study in known.studies:
        there = study.begun and study.cadre not in known.gone and not study.outcome
        if there and (study.start or 0) <= year <= study.until:
            begins = study.start == year and study.planned and not study.events
            own = (study.cadre, agency.get(study.cadre, ""), study.programme, study.start, study.until)
            found.append((*own, STARTED if begins else OF_STUDIES))
    order = sorted(found, key=lambda row: (row[5] != STARTED, row[2], natural_key(row[1]), natural_key(row[0])))
    return pd.DataFrame(order, columns=["cadre", "agency", "programme", "start", "until", "events"])


def _book(plan: Plan, year: int, rows: pd.DataFrame, *, with_names: bool) -> bytes:
    problem = plan.problem
    named = with_names and "name" in problem.cadres
    names = dict(zip(problem.cadres["cadre"], problem.cadres["name"], strict=True)) if named else {}
    shown = [name for name in WIDTHS if named or name != "name"]
    columns = [Column(say(f"ledger_heading_{name}"), WIDTHS[name], _style(name)) for name in shown]
    book = Book(say("ledger_book_title", year=year), year)
    form = book.sheet(say("ledger_sheet", year=year), columns)
    filled: list[list[object]] = []
    for row in rows.to_dict("records"):
        cells = {
            **dict.fromkeys(WIDTHS, ""),
            "cadre": row["cadre"],
            "name": names.get(row["cadre"], ""),
            "agency": agency_title(problem, str(row["agency"])),
            "programme": row["programme"],
            "title": programme_title(problem, row["programme"]),
            "start": "" if pd.isna(row["start"]) else int(row["start"]),
            "until": int(row["until"]),
        }
        filled.append([cells[name] for name in shown])
    filled += [[""] * len(shown)] * BLANK_ROWS
    form.table(columns, filled, repeat=True)
    form.finish()
    form.sheet.freeze_panes(1, 0)
    _choices(form.sheet, shown, rows)
    _guide(book)
    return book.close()


def _style(name: str) -> str:
    return "year" if name in ("start", "until") else "date" if name == "date" else "cell"


def _choices(sheet: Any, shown: Sequence[str], rows: pd.DataFrame) -> None:
    """The events that may be chosen in each row."""
    at = shown.index("event")
    for row, events in enumerate([*rows["events"], *[(*OTHERS, *STARTED, *OF_STUDIES)] * BLANK_ROWS], 1):
        words = [say(f"event_{kind}") for kind in events]
        sheet.data_validation(row, at, row, at, {"validate": "list", "source": words})


def _guide(book: Book) -> None:
    """A sheet that says what each event means and needs."""
    columns = [
        Column(say("ledger_guide_event"), 22),
        Column(say("ledger_guide_needs"), 30),
        Column(say("ledger_guide_means"), 60),
    ]
    form = book.sheet(say("ledger_guide_sheet"), columns)
    form.paragraph(say("ledger_guide"))
    told = [
        (
            say(f"event_{name}"),
            ", ".join(say(f"ledger_heading_{cell}") for cell in kind.needs),
            say(f"ledger_means_{name}"),
        )
        for name, kind in KINDS.items()
    ]
    form.table(columns, told)
    form.finish()
