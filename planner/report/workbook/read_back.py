"""The read-back workbook: row by row what was read and what it was taken for, with the choices to make; read again by
`planner import`.

What may be changed stands in cells of its own (see `planner.inputs.roster.read_back`): the answer to a question, what a
column, a sheet or a row is, and every cell of every person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd

from planner.inputs.roster.edits import RowKey, places_of
from planner.inputs.roster.imported import ImportedRoster
from planner.inputs.roster.read_back import (
    COLUMNS,
    HIDDEN,
    LEFT_OUT,
    OPEN,
    PEOPLE,
    PERSON,
    QUESTIONS,
    SHEETS,
    Packed,
    Part,
    packed_lines,
)
from planner.inputs.roster.texts import letter
from planner.inputs.roster.told import IGNORE, UNKNOWN, Answers, Question
from planner.messages import say
from planner.report.workbook.forms import Book, Form
from planner.report.workbook.room import Column
from planner.report.workbook.roster import YEAR

_NUMBER, _TEXT, _LONG = 7, 30, 60
"""Widths of columns [characters]."""
_LONGEST_RULE = 250
"""Signs of a drop-down's list that stand in its rule; Excel takes 255."""
_LISTS = "_lists"
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
    return _Writer(found, packed, further_cells).workbook()


class _Writer:
    """Writes one workbook, and notes what was written where it may be changed."""

    def __init__(self, found: ImportedRoster, packed: Packed, further: Mapping[RowKey, Mapping[str, str]]) -> None:
        self.found, self.packed, self.further = found, packed, further
        self.wording, self.gathered = found.wording, found.reading.gathered
        self.book = Book(say("import_read_back"), YEAR)
        self.parts: dict[str, Part] = {}
        self.lists: dict[tuple[str, ...], str] = {}

    def workbook(self) -> bytes:
        self._add_summary()
        self._add_questions()
        self._add_people()
        self._add_columns()
        self._add_sheets()
        self._add_left_out()
        self._add_lists()
        self.book.hidden_sheet(HIDDEN, packed_lines(replace(self.packed, parts=self.parts)))
        return self.book.close()

    # --- the first sheet ----------------------------------------------------------------------------------------------

    def _add_summary(self) -> None:
        form = self.book.sheet(
            say("import_sheet_summary"), [Column("", 34), Column("", 12), Column("", 90)], upright=False
        )
        form.line(say("import_read_back"), "title")
        form.row += 1
        for text in (say("import_how"), say("import_carries")):
            form.paragraph(text)
        for style in ("doubt", "assumed", "taken"):
            form.row += 1
            form.write(form.row, 0, say(f"import_colour_{style}"), style)
        form.row += 1
        form.table(_heads("import_head_what", "import_head_count", "import_head_note"), list(self._figures()))
        self._told(
            form, "import_open", [(len(getattr(fault, "rows", ())), fault.brief()) for fault in self.found.faults]
        )
        for done in ("assumed", "left_out", "read"):
            remarks = [remark for remark in self.found.reading.remarks if remark.done == done]
            self._told(form, f"import_done_{done}", [(len(remark.rows), remark.brief()) for remark in remarks])
        form.finish()

    def _figures(self) -> Iterator[Sequence[object]]:
        rows, people = self.gathered.rows, self.found.reading.people
        yield (
            say("import_count_files"),
            len(self.packed.files),
            "; ".join(Path(file).name for file in self.packed.files),
        )
        sheets = [name for name in dict.fromkeys(self.gathered.columns["sheet"]) if name]
        yield say("import_count_sheets"), max(1, len(self._sheet_names())), "; ".join(sheets)
        yield say("import_count_people"), len(people), ""
        if "agency" in people:
            yield say("import_count_agencies"), int((people["agency"].unique() != "").sum()), ""
        for role, number in Counter(rows["role"]).items():
            if role != "person":
                numbers = rows.loc[rows["role"] == role, "row"].tolist()
                yield say(f"import_role_{role}"), number, say("import_rows", rows=_some(numbers))
        for _, sheet, letters, header, column, why in _rows(self.gathered.columns, *_COLUMN):
            called = " ".join(filter(None, [sheet, f"{letters}:", header]))
            yield (
                called,
                "",
                str(why) or (say("import_taken", column=self._taken(column)) if column else self._taken(column)),
            )

    def _told(self, form: Form, key: str, rows: Sequence[tuple[int, str]]) -> None:
        if rows:
            form.row += 1
            form.line(say(key), "section")
            form.row += 1
            form.table(
                _heads("import_head_number", "import_head_rows", "import_head_note"),
                [(number, count or "", text) for number, (count, text) in enumerate(rows, 1)],
            )

    # --- questions ----------------------------------------------------------------------------------------------------

    def _add_questions(self) -> None:
        heads = [
            Column(say("import_head_number"), _NUMBER, "middle"),
            Column(say("import_head_question"), _LONG),
            Column(say("import_head_about"), _TEXT),
            Column(say("import_head_rows"), 9, "middle"),
            Column(say("import_head_choices"), _TEXT),
            Column(say("import_head_answer"), _TEXT),
        ]
        form = self._form("import_sheet_questions", heads)
        entries: dict[str, Sequence[Any]] = {}
        cells: dict[str, Sequence[str]] = {}
        for number, question in enumerate(self.found.open_questions, 1):
            at = question.at
            offered = [self.wording.offered(question, one) for one in question.choices]
            choices = _first(self.wording.offered(question, question.proposal), offered)
            answer = "" if at else say("import_in_people", sheet=say("import_sheet_people"))
            texts = [str(number), question.brief(), self._about(at) if at else self.wording.heading(question.column)]
            texts += [str(len(question.rows) or 1), ", ".join(choices), answer]
            self._row(form, heads, texts, {5: "doubt" if at else "cell"})
            if at:
                self._choices(form, form.row, form.row, 5, choices)
            entries[str(number)], cells[str(number)] = list(at), [answer]
        settled = [(at, answer, "", "cell") for at, answer in _answers(self.packed.answers)]
        settled += [(one.at, UNKNOWN, str(len(one.rows)), "assumed") for one in self.found.blank_questions]
        for number, (at, answer, rows, style) in enumerate(settled, len(self.found.open_questions) + 1):
            shown = self.wording.answer(at, answer)
            key = "import_blank_assumed" if style == "assumed" else f"import_answered_{at[0]}"
            choices = []
            if at[1] in self.wording.ladders:
                choices = [*self.wording.choices(at[1]), self.wording.answer(at, UNKNOWN)]
            texts = [str(number), say(key), self._about(at), rows, ", ".join(choices), shown]
            self._row(form, heads, texts, {5: style})
            if choices:
                self._choices(form, form.row, form.row, 5, choices)
            entries[str(number)], cells[str(number)] = list(at), [shown]
        self._finish(form, QUESTIONS, ["answer"], [5], entries, cells)

    # --- people -------------------------------------------------------------------------------------------------------

    def _add_people(self) -> None:
        people, written = self.found.reading.people, self.gathered.people
        names = [*people, *(name for name in written if name not in people)]
        names += [name for name in ("agency", "sex") if name not in names]
        names += [] if {"birth_year", "birth_date"} & {*names} else ["birth_date"]
        heads = [
            Column(say("import_head_number"), _NUMBER, "middle"),
            Column(say("import_head_file"), 16, "line"),
            Column(say("import_head_sheet"), 12, "line"),
            Column(say("import_head_row"), _NUMBER, "middle_line"),
            Column(say("import_head_person"), 12, "middle_line"),
            Column(say("import_head_look"), _TEXT, "line"),
        ]
        for name in names:
            heading = self.wording.heading(name)
            heads += [Column(say(f"import_{kind}", column=heading), 16, "line") for kind in ("written", "meant")]
        form = self._form("import_sheet_people", heads)
        form.sheet.freeze_panes(1, 5)
        form.sheet.set_print_scale(100)  # as many pages across as it takes
        marks, look = self._marks()
        was = {name: dict(written[name]) if name in written else {} for name in names}
        # A mark or a date under "Nam | Nữ" was gathered as M or F: shown as it is called, it is no reading to look at.
        was["sex"] = {label: self.wording.shown("sex", text) for label, text in was["sex"].items()}
        clean = {**written, **people}
        blank = dict.fromkeys(people.index, "")
        taken = {name: self._shown(clean[name]) if name in clean else blank for name in names}
        places = places_of(self.gathered.places)
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
            self._row(form, heads, texts, styles, fitted=False)
            at[label] = form.row
            entries[str(number)], cells[str(number)] = [file, sheet, row], own
        self._offer_cells(form, names, at)
        self._choices(form, 1, form.row, 4, [yes, no])
        self._finish(form, PEOPLE, [PERSON, *names], [4, *range(7, 7 + 2 * len(names), 2)], entries, cells)

    def _offer_cells(self, form: Form, names: Sequence[str], at: Mapping[int, int]) -> None:
        """Drop-downs: of a question's choices in the cells that it is about, else of what the column may hold."""
        asked: dict[str, set[int]] = {}
        for question in self.found.open_questions:
            rows = [at[label] for label in question.rows if label in at]
            if question.column not in names or not question.choices:
                continue
            place = 7 + 2 * names.index(question.column)
            may = {*self.wording.ladders.get(question.column, question.choices), UNKNOWN}
            shown = [self.wording.shown(question.column, one) for one in question.choices if one in may]
            choices = _first(self.wording.shown(question.column, question.proposal), shown)
            for row in rows:
                self._choices(form, row, row, place, choices)
            asked.setdefault(question.column, set()).update(rows)
        for name in names:
            choices = self.wording.choices(name)
            for first, last in _runs(sorted({*at.values()} - asked.get(name, set()))) if choices else ():
                self._choices(form, first, last, 7 + 2 * names.index(name), choices)

    def _marks(self) -> tuple[dict[tuple[int, str], str], dict[int, list[str]]]:
        """The cells that are doubtful or assumed, and what is to be looked at in each row."""
        marks: dict[tuple[int, str], str] = {}
        look: dict[int, list[str]] = {}
        label_of = {place: label for label, place in places_of(self.gathered.places).items()}
        for remark in self.found.reading.remarks:
            if remark.done == "assumed":
                for label in remark.rows:
                    marks[label, remark.column] = "assumed"
        for fault in self.found.faults:
            rows: tuple[int, ...] = fault.rows if isinstance(fault, Question) else ()
            column = fault.column if isinstance(fault, Question) else str(fault.values.get("column", "")).split(" (")[0]
            if not rows and fault.row is not None:
                known = label_of.get((str(fault.file), fault.sheet or "", fault.row))
                rows = () if known is None else (known,)
            if fault.key == "roster_column_missing":
                marks |= {(int(str(label)), column): "doubt" for label in self.found.reading.people.index}
            for label in rows:
                marks[label, column] = "doubt"
                look.setdefault(label, []).append(say(fault.key, **fault.values))
        return marks, look

    def _shown(self, cells: pd.Series) -> dict[int, str]:
        name = str(cells.name)
        shown = {text: self.wording.shown(name, text) for text in cells.unique()}
        return {label: shown[text] for label, text in cells.items()}  # type: ignore[misc]

    # --- columns, sheets, rows ----------------------------------------------------------------------------------------

    def _add_columns(self) -> None:
        heads = [
            Column(say("import_head_number"), _NUMBER, "middle"),
            Column(say("import_head_file"), 16),
            Column(say("import_head_sheet"), 12),
            Column(say("import_head_letter"), _NUMBER, "middle"),
            Column(say("import_head_header"), _TEXT),
            Column(say("import_head_why"), _LONG),
            Column(say("import_head_taken_as"), _TEXT),
        ]
        form = self._form("import_sheet_columns", heads)
        entries: dict[str, Sequence[Any]] = {}
        cells: dict[str, Sequence[str]] = {}
        known = [self.wording.heading(name) for name in self.wording.known_columns()]
        for number, one in enumerate(_rows(self.gathered.columns, *_COLUMN), 1):
            file, sheet, letters, header, column, why = one
            shown = self._taken(column)
            texts = [str(number), Path(file).name, sheet, letters, header, str(why), shown]
            asked = any(question.at == ("headers", header) for question in self.found.open_questions)
            self._row(form, heads, texts, {6: "doubt"} if asked else {})
            entries[str(number)], cells[str(number)] = ["headers", header] if header else [], [shown]
        self._choices(form, 1, form.row, 6, [say(f"import_{IGNORE}"), *known])
        self._finish(form, COLUMNS, ["column"], [6], entries, cells)

    def _add_sheets(self) -> None:
        heads = [
            Column(say("import_head_number"), _NUMBER, "middle"),
            Column(say("import_head_file"), 24),
            Column(say("import_head_sheet"), _TEXT),
            Column(say("import_count_people"), 12, "middle"),
            Column(say("import_head_taken_as"), _TEXT),
        ]
        form = self._form("import_sheet_sheets", heads)
        entries: dict[str, Sequence[Any]] = {}
        cells: dict[str, Sequence[str]] = {}
        people = Counter((str(file), sheet) for file, sheet, _ in places_of(self.gathered.places).values())
        for number, (file, sheet) in enumerate(self._sheet_names(), 1):
            shown = say("import_people" if people[file, sheet] else f"import_{IGNORE}")
            self._row(form, heads, [str(number), Path(file).name, sheet, str(people[file, sheet]), shown], {})
            entries[str(number)], cells[str(number)] = ["sheets", sheet] if sheet else [], [shown]
        self._choices(form, 1, form.row, 4, [say("import_people"), say(f"import_{IGNORE}")])
        self._finish(form, SHEETS, ["sheet"], [4], entries, cells)

    def _sheet_names(self) -> list[tuple[str, str]]:
        """File and name of each sheet that anything is known of; those that only an answer or a remark names, too."""
        tables = (self.gathered.rows, self.gathered.columns)
        found = {
            (str(file), sheet): None
            for table in tables
            for file, sheet in zip(table["file"], table["sheet"], strict=True)
        }
        told = [(str(one.file), one.sheet) for one in (*self.found.reading.remarks, *self.found.faults) if one.sheet]
        return [*(found | dict.fromkeys(told))]

    def _add_left_out(self) -> None:
        heads = [
            Column(say("import_head_number"), _NUMBER, "middle"),
            Column(say("import_head_file"), 16),
            Column(say("import_head_sheet"), 12),
            Column(say("import_head_row"), _NUMBER, "middle"),
            Column(say("import_head_why"), _TEXT),
            Column(say("import_head_text"), _LONG),
            Column(say("import_head_person"), 14, "middle"),
        ]
        form = self._form("import_sheet_left_out", heads)
        entries: dict[str, Sequence[Any]] = {}
        cells: dict[str, Sequence[str]] = {}
        rows = self.gathered.rows[~self.gathered.rows["role"].isin(["person", "empty"])]
        no = say("import_left_out")
        for number, (file, sheet, row, role, text) in enumerate(_rows(rows, *_ROW), 1):
            place = (str(file), str(sheet), int(row))
            why = say("import_by_hand") if place in self.packed.edits.left_out else say(f"import_role_{role}")
            now = OPEN if role == "asked" else no
            texts = [str(number), Path(file).name, sheet, str(row), why, str(text), now]
            self._row(form, heads, texts, {6: "doubt"} if role == "asked" else {})
            own = self.further.get(place)  # none in a sheet that is not read: the sheet is what can be changed
            entries[str(number)], cells[str(number)] = [*place, own] if own is not None else [], [now]
        self._choices(form, 1, form.row, 6, [no, say("import_person")])
        self._finish(form, LEFT_OUT, [PERSON], [6], entries, cells)

    # --- parts of a sheet ---------------------------------------------------------------------------------------------

    def _form(self, title: str, heads: Sequence[Column]) -> Form:
        """A sheet whose first row is the headings."""
        form = self.book.sheet(say(title), heads)
        for place, column in enumerate(heads):
            form.write(0, place, column.heading, "head")
        form.sheet.set_row(0, 45)
        form.sheet.freeze_panes(1, 0)
        form.sheet.repeat_rows(0)
        return form

    def _row(
        self,
        form: Form,
        heads: Sequence[Column],
        texts: Sequence[str],
        styles: Mapping[int, str],
        *,
        fitted: bool = True,
    ) -> None:
        form.row += 1
        if fitted:
            form.fit(texts, heads)
        for place, (text, column) in enumerate(zip(texts, heads, strict=True)):
            form.write(form.row, place, text, styles.get(place, column.style))

    def _finish(
        self,
        form: Form,
        part: str,
        names: Sequence[str],
        places: Sequence[int],
        entries: Mapping[str, Sequence[Any]],
        cells: Mapping[str, Sequence[str]],
    ) -> None:
        form.sheet.autofilter(0, 0, max(form.row, 1), form.last)
        form.row += 1
        form.finish()
        self.parts[part] = Part(form.sheet.get_name(), 2, names, places, entries, cells)

    def _choices(self, form: Form, first: int, last: int, place: int, choices: Sequence[str]) -> None:
        """A drop-down; a list that is too long for a cell's rule stands on a hidden sheet."""
        if not choices or last < first:
            return
        inline = len(",".join(choices)) <= _LONGEST_RULE and not any("," in one for one in choices)
        form.choices(first, last, place, list(choices) if inline else self._list(tuple(choices)))

    def _list(self, choices: tuple[str, ...]) -> str:
        place = [*self.lists, choices].index(choices)
        self.lists.setdefault(choices, "")
        return f"={_LISTS}!${letter(place)}$1:${letter(place)}${len(choices)}"

    def _add_lists(self) -> None:
        if self.lists:
            self.book.hidden_sheet(_LISTS, *self.lists)

    def _about(self, at: Sequence[str]) -> str:
        """What an answer is about, as its reader knows it."""
        column = self.wording.heading(at[1]) if at[0] in ("blank", "synonyms") else at[1]
        return " > ".join([column, *at[2:]])

    def _taken(self, column: str) -> str:
        return self.wording.heading(column) if column else say(f"import_{IGNORE}")


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


def _first(proposal: str, choices: Sequence[str]) -> list[str]:
    """The choices, what is proposed before the others."""
    return [one for one in choices if one == proposal] + [one for one in choices if one != proposal]


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Rows that follow one another, as first and last."""
    for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
        own = [row for _, row in run]
        yield own[0], own[-1]


def _some(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows[:20])) + (" …" if len(rows) > 20 else "")
