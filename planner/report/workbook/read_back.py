"""The read-back workbook: row by row what was read and what it was taken for, with the choices to make; read again by
`planner import`.

What may be changed stands in cells of its own (see `planner.inputs.roster.read_back`): the answer to a question, what a
column, a sheet or a row is, and every cell of every person (`people_read_back`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from planner.inputs.roster.edits import RowKey, places_of
from planner.inputs.roster.imported import ImportedRoster
from planner.inputs.roster.read_back import COLUMNS, LEFT_OUT, OPEN, PERSON, QUESTIONS, SHEETS, Packed
from planner.inputs.roster.told import IGNORE, UNKNOWN, Answers
from planner.messages import say
from planner.report.workbook.forms import Form
from planner.report.workbook.people_read_back import add_people
from planner.report.workbook.read_back_book import LONG, NUMBER, TEXT, ReadBackBook, proposal_first
from planner.report.workbook.room import Column

_COLUMN = ("file", "sheet", "letter", "header", "column", "why")
_ROW = ("file", "sheet", "row", "role", "text")


def read_back_workbook(
    found: ImportedRoster, packed: Packed, further_cells: Mapping[RowKey, Mapping[str, str]]
) -> bytes:
    """The workbook's bytes, in the language spoken now.

    Parameters
    ----------
    packed
        What the workbook carries, without its `parts`.
    further_cells
        Row that was left out -> its cells by column, as it would be read if it were a person.
    """
    book = ReadBackBook(found, packed)
    _add_summary(book)
    _add_questions(book)
    add_people(book)
    _add_columns(book)
    _add_sheets(book)
    _add_left_out(book, further_cells)
    return book.close()


def _add_summary(book: ReadBackBook) -> None:
    form = book.book.sheet(say("import_sheet_summary"), [Column("", 34), Column("", 12), Column("", 90)], upright=False)
    form.line(say("import_read_back"), "title")
    form.row += 1
    for text in (say("import_how"), say("import_carries")):
        form.paragraph(text)
    for style in ("doubt", "assumed", "taken"):
        form.row += 1
        form.write(form.row, 0, say(f"import_colour_{style}"), style)
    form.row += 1
    form.table(_heads("import_head_what", "import_head_count", "import_head_note"), list(_figures(book)))
    _told(form, "import_open", [(len(getattr(fault, "rows", ())), fault.brief()) for fault in book.found.faults])
    for done in ("assumed", "left_out", "read"):
        remarks = [remark for remark in book.found.reading.remarks if remark.done == done]
        _told(form, f"import_done_{done}", [(len(remark.rows), remark.brief()) for remark in remarks])
    form.finish()


def _figures(book: ReadBackBook) -> Iterator[Sequence[object]]:
    rows, people = book.gathered.rows, book.found.reading.people
    yield (
        say("import_count_files"),
        len(book.packed.files),
        "; ".join(Path(file).name for file in book.packed.files),
    )
    sheets = [name for name in dict.fromkeys(book.gathered.columns["sheet"]) if name]
    yield say("import_count_sheets"), max(1, len(_sheet_names(book))), "; ".join(sheets)
    yield say("import_count_people"), len(people), ""
    if "agency" in people:
        yield say("import_count_agencies"), int((people["agency"].unique() != "").sum()), ""
    for role, number in Counter(rows["role"]).items():
        if role != "person":
            numbers = rows.loc[rows["role"] == role, "row"].tolist()
            yield say(f"import_role_{role}"), number, say("import_rows", rows=_some(numbers))
    for _, sheet, letters, header, column, why in _rows(book.gathered.columns, *_COLUMN):
        called = " ".join(filter(None, [sheet, f"{letters}:", header]))
        yield (
            called,
            "",
            str(why) or (say("import_taken", column=book.taken(column)) if column else book.taken(column)),
        )


def _told(form: Form, key: str, rows: Sequence[tuple[int, str]]) -> None:
    if rows:
        form.row += 1
        form.line(say(key), "section")
        form.row += 1
        form.table(
            _heads("import_head_number", "import_head_rows", "import_head_note"),
            [(number, count or "", text) for number, (count, text) in enumerate(rows, 1)],
        )


def _add_questions(book: ReadBackBook) -> None:
    heads = [
        Column(say("import_head_number"), NUMBER, "middle"),
        Column(say("import_head_question"), LONG),
        Column(say("import_head_about"), TEXT),
        Column(say("import_head_rows"), 9, "middle"),
        Column(say("import_head_choices"), TEXT),
        Column(say("import_head_answer"), TEXT),
    ]
    form = book.form("import_sheet_questions", heads)
    entries: dict[str, Sequence[Any]] = {}
    cells: dict[str, Sequence[str]] = {}
    for number, question in enumerate(book.found.open_questions, 1):
        at = question.at
        offered = [book.wording.offered(question, one) for one in question.choices]
        choices = proposal_first(book.wording.offered(question, question.proposal), offered)
        answer = "" if at else say("import_in_people", sheet=say("import_sheet_people"))
        texts = [str(number), question.brief(), book.about(at) if at else book.wording.heading(question.column)]
        texts += [str(len(question.rows) or 1), ", ".join(choices), answer]
        book.row(form, heads, texts, {5: "doubt" if at else "cell"})
        if at:
            book.choices(form, form.row, form.row, 5, choices)
        entries[str(number)], cells[str(number)] = list(at), [answer]
    settled = [(at, answer, "", "cell") for at, answer in _answers(book.packed.answers)]
    settled += [(one.at, UNKNOWN, str(len(one.rows)), "assumed") for one in book.found.blank_questions]
    for number, (at, answer, rows, style) in enumerate(settled, len(book.found.open_questions) + 1):
        shown = book.wording.answer(at, answer)
        key = "import_blank_assumed" if style == "assumed" else f"import_answered_{at[0]}"
        choices = []
        if at[1] in book.wording.ladders:
            choices = [*book.wording.choices(at[1]), book.wording.answer(at, UNKNOWN)]
        texts = [str(number), say(key), book.about(at), rows, ", ".join(choices), shown]
        book.row(form, heads, texts, {5: style})
        if choices:
            book.choices(form, form.row, form.row, 5, choices)
        entries[str(number)], cells[str(number)] = list(at), [shown]
    book.finish(form, QUESTIONS, ["answer"], [5], entries, cells)


def _add_columns(book: ReadBackBook) -> None:
    heads = [
        Column(say("import_head_number"), NUMBER, "middle"),
        Column(say("import_head_file"), 16),
        Column(say("import_head_sheet"), 12),
        Column(say("import_head_letter"), NUMBER, "middle"),
        Column(say("import_head_header"), TEXT),
        Column(say("import_head_why"), LONG),
        Column(say("import_head_taken_as"), TEXT),
    ]
    form = book.form("import_sheet_columns", heads)
    entries: dict[str, Sequence[Any]] = {}
    cells: dict[str, Sequence[str]] = {}
    known = [book.wording.heading(name) for name in book.wording.known_columns()]
    for number, one in enumerate(_rows(book.gathered.columns, *_COLUMN), 1):
        file, sheet, letters, header, column, why = one
        shown = book.taken(column)
        texts = [str(number), Path(file).name, sheet, letters, header, str(why), shown]
        asked = any(question.at == ("headers", header) for question in book.found.open_questions)
        book.row(form, heads, texts, {6: "doubt"} if asked else {})
        entries[str(number)], cells[str(number)] = ["headers", header] if header else [], [shown]
    book.choices(form, 1, form.row, 6, [say(f"import_{IGNORE}"), *known])
    book.finish(form, COLUMNS, ["column"], [6], entries, cells)


def _add_sheets(book: ReadBackBook) -> None:
    heads = [
        Column(say("import_head_number"), NUMBER, "middle"),
        Column(say("import_head_file"), 24),
        Column(say("import_head_sheet"), TEXT),
        Column(say("import_count_people"), 12, "middle"),
        Column(say("import_head_taken_as"), TEXT),
    ]
    form = book.form("import_sheet_sheets", heads)
    entries: dict[str, Sequence[Any]] = {}
    cells: dict[str, Sequence[str]] = {}
    people = Counter((str(file), sheet) for file, sheet, _ in places_of(book.gathered.places).values())
    for number, (file, sheet) in enumerate(_sheet_names(book), 1):
        shown = say("import_people" if people[file, sheet] else f"import_{IGNORE}")
        book.row(form, heads, [str(number), Path(file).name, sheet, str(people[file, sheet]), shown], {})
        entries[str(number)], cells[str(number)] = ["sheets", sheet] if sheet else [], [shown]
    book.choices(form, 1, form.row, 4, [say("import_people"), say(f"import_{IGNORE}")])
    book.finish(form, SHEETS, ["sheet"], [4], entries, cells)


def _sheet_names(book: ReadBackBook) -> list[tuple[str, str]]:
    """File and name of each sheet that anything is known of; those that only an answer or a remark names, too."""
    tables = (book.gathered.rows, book.gathered.columns)
    found = {
        (str(file), sheet): None for table in tables for file, sheet in zip(table["file"], table["sheet"], strict=True)
    }
    told = [(str(one.file), one.sheet) for one in (*book.found.reading.remarks, *book.found.faults) if one.sheet]
    return [*(found | dict.fromkeys(told))]


def _add_left_out(book: ReadBackBook, further: Mapping[RowKey, Mapping[str, str]]) -> None:
    heads = [
        Column(say("import_head_number"), NUMBER, "middle"),
        Column(say("import_head_file"), 16),
        Column(say("import_head_sheet"), 12),
        Column(say("import_head_row"), NUMBER, "middle"),
        Column(say("import_head_why"), TEXT),
        Column(say("import_head_text"), LONG),
        Column(say("import_head_person"), 14, "middle"),
    ]
    form = book.form("import_sheet_left_out", heads)
    entries: dict[str, Sequence[Any]] = {}
    cells: dict[str, Sequence[str]] = {}
    rows = book.gathered.rows[~book.gathered.rows["role"].isin(["person", "empty"])]
    no = say("import_left_out")
    for number, (file, sheet, row, role, text) in enumerate(_rows(rows, *_ROW), 1):
        place = (str(file), str(sheet), int(row))
        why = say("import_by_hand") if place in book.packed.edits.left_out else say(f"import_role_{role}")
        now = OPEN if role == "asked" else no
        texts = [str(number), Path(file).name, sheet, str(row), why, str(text), now]
        book.row(form, heads, texts, {6: "doubt"} if role == "asked" else {})
        own = further.get(place)  # none in a sheet that is not read: the sheet is what can be changed
        entries[str(number)], cells[str(number)] = [*place, own] if own is not None else [], [now]
    book.choices(form, 1, form.row, 6, [no, say("import_person")])
    book.finish(form, LEFT_OUT, [PERSON], [6], entries, cells)


def _rows(table: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    return table[list(names)].itertuples(index=False, name=None)


def _heads(what: str, count: str, note: str) -> list[Column]:
    return [
        Column(say(what), 34, "middle" if what == "import_head_number" else "cell"),
        Column(say(count), 12, "middle"),
        Column(say(note), 90),
    ]


def _answers(answers: Answers) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every answer, and where it is written."""
    for section in ("sheets", "headers", "blank"):
        yield from (((section, name), answer) for name, answer in sorted(getattr(answers, section).items()))
    for column, texts in sorted(answers.synonyms.items()):
        yield from ((("synonyms", column, text), answer) for text, answer in sorted(texts.items()))


def _some(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows[:20])) + (" …" if len(rows) > 20 else "")
