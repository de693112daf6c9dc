"""The people of the read-back workbook: cell by cell what is written and what it was taken for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd

from planner.inputs.roster.edits import places_of
from planner.inputs.roster.read_back import OPEN, PEOPLE, PERSON
from planner.inputs.roster.told import UNKNOWN, Question
from planner.messages import say
from planner.report.workbook.forms import Form
from planner.report.workbook.read_back_book import NUMBER, TEXT, ReadBackBook, proposal_first
from planner.report.workbook.room import Column


def add_people(book: ReadBackBook) -> None:
    """A row per person: where it stands, whether it is one, and what each column says and was taken for."""
    people, written = book.found.reading.people, book.gathered.people
    names = [*people, *(name for name in written if name not in people)]
    names += [name for name in ("agency", "sex") if name not in names]
    names += [] if {"birth_year", "birth_date"} & {*names} else ["birth_date"]
    heads = [
        Column(say("import_head_number"), NUMBER, "middle"),
        Column(say("import_head_file"), 16, "line"),
        Column(say("import_head_sheet"), 12, "line"),
        Column(say("import_head_row"), NUMBER, "middle_line"),
        Column(say("import_head_person"), 12, "middle_line"),
        Column(say("import_head_look"), TEXT, "line"),
    ]
    for name in names:
        heading = book.wording.heading(name)
        heads += [Column(say(f"import_{kind}", column=heading), 16, "line") for kind in ("written", "meant")]
    form = book.form("import_sheet_people", heads)
    form.sheet.freeze_panes(1, 5)
    form.sheet.set_print_scale(100)  # as many pages across as it takes
    marks, look = _marks(book)
    was = {name: dict(written[name]) if name in written else {} for name in names}
    # A mark or a date under "Nam | Nữ" was gathered as M or F: shown as it is called, it is no reading to look at.
    was["sex"] = {label: book.wording.shown("sex", text) for label, text in was["sex"].items()}
    clean = {**written, **people}
    blank = dict.fromkeys(people.index, "")
    taken = {name: _shown(book, clean[name]) if name in clean else blank for name in names}
    places = places_of(book.gathered.places)
    entries: dict[str, Sequence[Any]] = {}
    cells: dict[str, Sequence[str]] = {}
    yes, no = say("import_person"), say("import_left_out")
    at: dict[int, int] = {}
    for number, label in enumerate(people.index, 1):
        file, sheet, row = places[label]
        texts = [str(number), Path(file).name, sheet, str(row), yes, "; ".join(look.get(label, ()))]
        styles, own = {}, [yes]
        for place, name in enumerate(names):
            mark = marks.get((label, name))
            before, now = was[name].get(label, ""), OPEN if mark == "doubt" else taken[name][label]
            texts += [before, now]
            own.append(now)
            if mark or before != now:
                styles[7 + 2 * place] = mark or "taken"
        book.row(form, heads, texts, styles, fitted=False)
        at[label] = form.row
        entries[str(number)], cells[str(number)] = [file, sheet, row], own
    _offer_cells(book, form, names, at)
    book.choices(form, 1, form.row, 4, [yes, no])
    book.finish(form, PEOPLE, [PERSON, *names], [4, *range(7, 7 + 2 * len(names), 2)], entries, cells)


def _offer_cells(book: ReadBackBook, form: Form, names: Sequence[str], at: Mapping[int, int]) -> None:
    """Drop-downs: of a question's choices in the cells that it is about, else of what the column may hold."""
    asked: dict[str, set[int]] = {}
    for question in book.found.open_questions:
        rows = [at[label] for label in question.rows if label in at]
        if question.column not in names or not question.choices:
            continue
        place = 7 + 2 * names.index(question.column)
        may = {*book.wording.ladders.get(question.column, question.choices), UNKNOWN}
        shown = [book.wording.shown(question.column, one) for one in question.choices if one in may]
        choices = proposal_first(book.wording.shown(question.column, question.proposal), shown)
        for row in rows:
            book.choices(form, row, row, place, choices)
        asked.setdefault(question.column, set()).update(rows)
    for name in names:
        choices = book.wording.choices(name)
        for first, last in _runs(sorted({*at.values()} - asked.get(name, set()))) if choices else ():
            book.choices(form, first, last, 7 + 2 * names.index(name), choices)


def _marks(book: ReadBackBook) -> tuple[dict[tuple[int, str], str], dict[int, list[str]]]:
    """The cells that are doubtful or assumed, and what is to be looked at in each row."""
    marks: dict[tuple[int, str], str] = {}
    look: dict[int, list[str]] = {}
    label_of = {place: label for label, place in places_of(book.gathered.places).items()}
    for remark in book.found.reading.remarks:
        if remark.done == "assumed":
            for label in remark.rows:
                marks[label, remark.column] = "assumed"
    for fault in book.found.faults:
        rows: tuple[int, ...] = fault.rows if isinstance(fault, Question) else ()
        column = fault.column if isinstance(fault, Question) else str(fault.values.get("column", "")).split(" (")[0]
        if not rows and fault.row is not None:
            known = label_of.get((str(fault.file), fault.sheet or "", fault.row))
            rows = () if known is None else (known,)
        if fault.key == "roster_column_missing":
            marks |= {(int(str(label)), column): "doubt" for label in book.found.reading.people.index}
        for label in rows:
            marks[label, column] = "doubt"
            look.setdefault(label, []).append(say(fault.key, **fault.values))
    return marks, look


def _shown(book: ReadBackBook, cells: pd.Series) -> dict[int, str]:
    name = str(cells.name)
    shown = {text: book.wording.shown(name, text) for text in cells.unique()}
    return {label: shown[text] for label, text in cells.items()}  # type: ignore[misc]


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Rows that follow one another, as first and last."""
    for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
        own = [row for _, row in run]
        yield own[0], own[-1]
