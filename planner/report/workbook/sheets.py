"""The lists of a workbook: for an authority, of a class, by agency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from planner.messages import localised, say
from planner.plans import tabulation
from planner.plans.plan import Plan
from planner.report.text.authorities import UNSIGNED, Authority, authorities
from planner.report.text.nominees import LEVEL, SAID_IF_EMPTY, StudyClass, by_title, heading, left_out
from planner.report.text.titles import mode_title, sex_title, source_told, untitled_told
from planner.report.workbook.forms import PAGE_ACROSS, Book, Form
from planner.report.workbook.room import Column, fitted

Wanted = dict[str, tuple[float, str]]
"""The columns of a table, in their order: width and style. `LEVEL` stands for a column of each ladder."""
LIST: Wanted = {
    "row": (4, "middle"),
    "name": (15, "cell"),
    "cadre": (6.5, "cell"),
    "birth": (9, "year"),
    "sex": (5, "middle"),
    "ethnicity": (6.5, "middle"),
    "party_joined": (10, "middle"),
    "post": (15, "cell"),
    "agency": (14, "cell"),
    LEVEL: (9, "middle"),
    "training": (15, "cell"),
    "planned_post": (10, "cell"),
    "programme": (17, "cell"),
    "mode": (8, "cell"),
    "place": (12, "cell"),
    "period": (10, "year"),
    "cost": (6.5, "amount"),
    "reason": (24, "cell"),
    "remark": (12, "cell"),
}
LETTER: Wanted = {
    "row": (4, "middle"),
    "name": (17, "cell"),
    "cadre": (7, "cell"),
    "post": (17, "cell"),
    "course": (26, "cell"),
    "period": (10, "year"),
    "authority": (15, "cell"),
}
"""The most that each has while the page has no room for more: the wider a list, the smaller it is printed on A4."""
FIRST_YEAR = 1900
"""A spreadsheet's dates begin with it (ECMA-376, part 1, 18.17.4.1); some programs count those of this year apart."""
_CODE = 1.05
"""Of a code's letter, most of which are capitals [characters]."""


@dataclass(frozen=True)
class Sheets:
    """What every sheet is made of."""

    plan: Plan
    year: int
    people: pd.DataFrame
    named: bool

    @property
    def scheme(self) -> str:
        """The scheme that the lists carry out, with its source."""
        scenario = self.plan.problem.scenario
        title = localised(scenario.title, say("page_untitled"))
        source = source_told(scenario.source)
        return say("nominees_scheme_source" if source else "nominees_scheme", title=title, source=source)

    # --- the lists --------------------------------------------------------------------------------------------------

    def add_list(self, book: Book, authority: Authority | None) -> None:
        """The list for an authority, or of the starts that none approves."""
        people = self.people[self.people["authority"] == (authority.name if authority else UNSIGNED)]
        name = authority.name if authority else say("nominees_unsigned")
        form = self._begun(book, name, people, party=authority is not None and authority.party)
        self.titles(form, say("nominees_list"), say("nominees_subject", year=self.year))
        if authority:
            form.line(say("nominees_attached", year=self.year), "note")
        else:
            form.line(say("nominees_unsigned_note"), "note")
        form.row += 1
        self._finish(form, people, (), *([say("nominees_opinion", name=authority.name.upper())] if authority else []))

    def add_class(self, book: Book, own: StudyClass) -> None:
        """The list of a class."""
        numbered = own.title if own.of == 1 else say("class_numbered", title=own.title, number=own.number)
        without = ("programme", "mode", "place", "period")
        tab = own.title if own.of == 1 else say("class_sheet", title=own.title, number=own.number)
        form = self._begun(book, tab, own.people, without=without)
        self.titles(form, say("nominees_list"), say("class_subject", title=numbered, year=self.year))
        first = own.people.iloc[0]
        told = [mode_title(first["mode"]), first["period"], *([first["place"]] if first["place"] else [])]
        form.line("; ".join(told), "note")
        form.row += 1
        if own.of > 1:
            form.line(say("class_divided", of=own.of), "note")
            form.row += 1
        self._finish(form, own.people, without)

    def add_agencies(self, book: Book) -> None:
        """One list of everybody, a part with a heading for each agency."""
        form = self._begun(book, say("by_agency"), self.people, without=("agency",))
        self.titles(form, say("nominees_list"), say("by_agency_subject", year=self.year))
        form.row += 1
        parts = {called: self.people[self.people["agency"] == name] for name, called in by_title(self.people).items()}
        self._finish(form, self.people, ("agency",), parts=parts)

    def _begun(
        self, book: Book, name: str, people: pd.DataFrame, *, without: Sequence[str] = (), party: bool = False
    ) -> Form:
        form = book.sheet(name, self.fitted(people, LIST, without))
        form.heading(self.year, party=party)
        return form

    def _finish(
        self,
        form: Form,
        people: pd.DataFrame,
        without: Sequence[str],
        *opinions: str,
        parts: dict[str, pd.DataFrame] | None = None,
    ) -> None:
        """The table, what it does not say, the sum and the signatures."""
        form.line(say("nominees_sorted_names" if self.named else "nominees_sorted_codes"), "note")
        form.row += 2
        columns = form.columns
        if parts is None:
            form.table(columns, self.rows(people, LIST, without), repeat=True)
        else:
            form.table(columns, self._parted(parts, LIST, without), repeat=True)
        form.paragraph(self.sum_up(people), "left_note")
        for note in self.notes(people):
            form.paragraph(note, "left_note")
        blocks = [(say("nominees_prepared"), say("nominees_sign")), (say("nominees_head"), say("nominees_seal"))]
        form.signatures(*blocks, *((opinion, say("nominees_seal")) for opinion in opinions))
        form.finish()

    # --- what all sheets share --------------------------------------------------------------------------------------

    def titles(self, form: Form, title: str, subject: str) -> None:
        """The title of a sheet, what it is about, and the scheme."""
        form.line(title, "title")
        form.row += 1
        form.paragraph(subject, "strong")
        form.paragraph(self.scheme, "note")

    def sum_up(self, people: pd.DataFrame) -> str:
        """How many starts, cadres and women, and starts by mode."""
        if people.empty:
            return say("nominees_nobody", year=self.year)
        modes = {mode: int((people["mode"] == mode).sum()) for mode in tabulation.MODES}
        women = people.loc[people["sex"] == "F", "cadre"].nunique()
        return say("nominees_sum", starts=len(people), cadres=people["cadre"].nunique(), women=women, **modes)

    def nobody(self) -> str:
        """For whose approval nobody is proposed this year; empty where everybody has somebody, or the year nobody."""
        given = set(self.people["authority"])
        without = [authority.name for authority in authorities(self.plan) if authority.name not in given]
        return say("list_nobody_for", year=self.year, names="; ".join(without)) if given and without else ""

    def notes(self, people: pd.DataFrame) -> Iterator[str]:
        """What a list's reader should know of its cells: the unit of costs, what nobody says, agencies by code."""
        if people["cost"].any():
            yield say("list_cost_each" if localised(self.plan.problem.scenario.currency) else "list_cost_unit")
        if self.lacking:
            yield say("list_left_out", columns="; ".join(self.lacking))
        yield from untitled_told(self.plan.problem, people["agency"])

    @cached_property
    def lacking(self) -> list[str]:
        """The headings of what nobody says."""
        return left_out(self.people)

    @cached_property
    def code_width(self) -> float:
        """What the longest code takes, for no code is broken over two lines [characters]."""
        return min(_CODE * float(self.people["cadre"].str.len().max()), 24.0) if len(self.people) else 0.0

    @cached_property
    def headings(self) -> dict[str, str]:
        """Column -> its heading."""
        found = {name: heading(self.people, name) for wanted in (LIST, LETTER) for name, _ in self._spread(wanted)}
        if currency := localised(self.plan.problem.scenario.currency):
            found["cost"] = say("nominees_cost_in", currency=currency)
        return found

    def columns(self, wanted: Wanted, without: Sequence[str] = ()) -> Iterator[tuple[Column, str]]:
        """The columns that a table has, and their names: those in which somebody has something."""
        empty = set(self.lacking)
        for name, (width, style) in self._spread(wanted):
            title = self.headings[name]
            lacking = heading(self.people, name) in empty and (name in SAID_IF_EMPTY or name.startswith(LEVEL))
            if name not in without and not lacking and (name != "name" or self.named):
                yield Column(title, max(width, self.code_width) if name == "cadre" else width, style), name

    def fitted(
        self, people: pd.DataFrame, wanted: Wanted, without: Sequence[str] = (), page: float = PAGE_ACROSS
    ) -> list[Column]:
        """The columns of a table, as wide as what stands in them needs and the page allows."""
        return fitted([column for column, _ in self.columns(wanted, without)], self.rows(people, wanted, without), page)

    def _spread(self, wanted: Wanted) -> Iterator[tuple[str, tuple[float, str]]]:
        for name, look in wanted.items():
            ladders = [LEVEL + ladder for ladder in self.plan.problem.scenario.ladders]
            yield from ((own, look) for own in (ladders if name == LEVEL else [name]))

    def rows(self, people: pd.DataFrame, wanted: Wanted, without: Sequence[str] = (), first: int = 1) -> Iterator[list]:
        """The cells of a table, numbered from `first`."""
        shown = [name for _, name in self.columns(wanted, without)]
        for number, row in enumerate(people.to_dict("records"), first):
            cells = {str(name): cell for name, cell in row.items()} | _cells(number, row)
            cells["cost"] = self.plan.problem.scenario.programmes[str(row["programme"])].cost or ""
            yield [cells[name] for name in shown]

    def _parted(self, parts: dict[str, pd.DataFrame], wanted: Wanted, without: Sequence[str]) -> Iterator[list | str]:
        """The rows of all parts, each behind its heading, numbered through."""
        first = 1
        for number, (name, people) in enumerate(parts.items(), 1):
            yield say("by_agency_part", number=roman(number), name=name, starts=len(people))
            yield from self.rows(people, wanted, without, first)
            first += len(people)


def _cells(number: int, row: dict[Any, Any]) -> dict[str, object]:
    """The cells whose text is not that of the table of nominees."""
    return {
        "row": number,
        "birth": _born(row["birth"]),
        "period": int(row["period"]) if row["period"].isdecimal() else row["period"],
        "sex": sex_title(row["sex"]),
        "post": row["post_title"],
        "agency": row["agency_title"],
        "programme": row["title"],
        "mode": mode_title(row["mode"]),
        "authority": row["authority"] or say("nominees_unsigned"),
    }


def _born(told: str) -> dt.date | int | str:
    """A date or year of birth as a spreadsheet sorts and counts it; text where it has no such date."""
    if told.isdecimal():
        return int(told)
    try:
        date = dt.datetime.strptime(told, "%d/%m/%Y").date()  # noqa: DTZ007 -- a day, at no time
    except ValueError:
        return told
    return date if date.year > FIRST_YEAR else told


def roman(number: int) -> str:
    """A number as parts of a list are numbered: I, II, III."""
    told = ""
    for sign, worth in _ROMAN.items():
        told += sign * (number // worth)
        number %= worth
    return told


_ROMAN = {"M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90, "L": 50, "XL": 40, "X": 10, "IX": 9,
          "V": 5, "IV": 4, "I": 1}  # fmt: skip
