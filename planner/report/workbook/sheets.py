"""The sheets of the yearly lists: a list for each authority, totals against the seats, a letter to an agency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd

from planner.inputs.synonyms import plain
from planner.messages import localised, say
from planner.plans import tabulation
from planner.plans.plan import Plan
from planner.report.text.titles import mode_title, sex_title
from planner.report.workbook.forms import Book, Column, Form

UNSIGNED = ""
PARTY = re.compile(r"\b(party|communist|dang (bo|uy)|cap uy|tinh uy|(huyen|thi|thanh|quan|dang|khu) uy(?! ban))\b")
"""Words of a party committee's name, in their plain form: Huyện ủy, but not huyện Ủy ban."""


@dataclass(frozen=True)
class Authority:
    """Who approves: the name in the language spoken, and whether it is a body of the party."""

    name: str
    party: bool


def authorities(plan: Plan) -> list[Authority]:
    """Every authority that the scenario names, once, in its order."""
    found: dict[str, Authority] = {}
    for entry in plan.problem.scenario.approval.values():
        texts = [entry.authority] if isinstance(entry.authority, str) else entry.authority.values()
        name = localised(entry.authority)
        party = any(PARTY.search(plain(text)) for text in texts)
        if name != UNSIGNED:
            found.setdefault(name, Authority(name, party))
    return list(found.values())


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
        key = "nominees_scheme_source" if scenario.source else "nominees_scheme"
        return say(key, title=title, source=scenario.source)

    # --- a list for an authority ------------------------------------------------------------------------------------

    def add_list(self, book: Book, authority: Authority | None) -> None:
        """The list for an authority, or of the starts that none approves."""
        people = self.people[self.people["authority"] == (authority.name if authority else UNSIGNED)]
        columns = [column for column, _ in self._columns(_LIST)]
        form = book.sheet(authority.name if authority else say("nominees_unsigned"), columns)
        form.heading(self.year, party=authority is not None and authority.party)
        self._titles(form, say("nominees_list"), say("nominees_subject", year=self.year))
        if authority:
            form.line(say("nominees_attached", year=self.year), "note")
        else:
            form.line(say("nominees_unsigned_note"), "note")
        form.row += 1
        form.line(say("nominees_sorted_names" if self.named else "nominees_sorted_codes"), "note")
        form.row += 2
        form.table(columns, self._rows(people, _LIST), repeat=True)
        form.paragraph(self._sum(people), "left_note")
        blocks = [(say("nominees_prepared"), say("nominees_sign")), (say("nominees_head"), say("nominees_seal"))]
        if authority:
            blocks.append((say("nominees_opinion", name=authority.name.upper()), say("nominees_seal")))
        form.signatures(*blocks)
        form.finish()

    def _titles(self, form: Form, title: str, subject: str) -> None:
        form.line(title, "title")
        form.row += 1
        form.line(subject, "strong")
        form.row += 1
        form.paragraph(self.scheme, "note")

    def _sum(self, people: pd.DataFrame) -> str:
        if people.empty:
            return say("nominees_nobody", year=self.year)
        modes = {mode: int((people["mode"] == mode).sum()) for mode in tabulation.MODES}
        women = people.loc[people["sex"] == "F", "cadre"].nunique()
        return say("nominees_sum", starts=len(people), cadres=people["cadre"].nunique(), women=women, **modes)

    def _columns(self, wanted: dict[str, tuple[float, str]]) -> Iterator[tuple[Column, str]]:
        for name, (width, style) in wanted.items():
            if name != "name" or self.named:
                yield Column(say(f"nominees_{name}"), width, style), name

    def _rows(self, people: pd.DataFrame, wanted: dict[str, tuple[float, str]]) -> Iterator[list[object]]:
        shown = [name for _, name in self._columns(wanted)]
        for number, row in enumerate(people.itertuples(), 1):
            cells = _cells(number, row)
            yield [cells[name] for name in shown]

    # --- totals -----------------------------------------------------------------------------------------------------

    def add_totals(self, book: Book) -> None:
        """The starts of the year against the seats, and by programme and authority."""
        form = book.sheet(say("nominees_totals"), _SEAT_WIDTHS)
        form.heading(self.year, party=False)
        self._titles(form, say("nominees_totals_title"), say("nominees_totals_subject", year=self.year))
        form.row += 1
        self._add_seats(form)
        self._add_programmes(form)
        form.paragraph(self._sum(self.people), "left_note")
        form.signatures((say("nominees_prepared"), say("nominees_sign")), (say("nominees_head"), say("nominees_seal")))
        form.finish()

    def _add_seats(self, form: Form) -> None:
        if not self.plan.problem.scenario.seats:
            return
        form.line(say("nominees_against_seats"), "section")
        form.row += 1
        names = ["row", "pool", "min", "max", "starts", "left", "total", "used", "left_total", "remark"]
        heads = [say(f"nominees_{name}", year=self.year) for name in names]
        columns = [Column(head, old.width, old.style) for head, old in zip(heads, _SEAT_WIDTHS, strict=True)]
        form.table(columns, self._seat_rows())
        form.paragraph(say("nominees_seat_note"), "left_note")
        form.row += 1

    def _seat_rows(self) -> Iterator[list[object]]:
        for number, row in enumerate(tabulation.pool_totals(self.plan, self.year).itertuples(), 1):
            left, left_total = _rest(row.max, row.starts), _rest(row.total, row.used_so_far)
            below = max(0, int(cast("int", row.min)) - int(cast("int", row.starts)))
            remarks = [say("nominees_below", count=below)] if below else []
            lacking = int(cast("int", row.total_min)) - int(cast("int", row.used_so_far))
            remarks += [say("nominees_to_total", count=lacking, total=row.total_min)] if lacking > 0 else []
            limits = [_number(value) for value in (row.min, row.max, row.starts)]
            period = [_number(row.total), _number(row.used_so_far)]
            yield [number, row.title, *limits, left, *period, left_total, "; ".join(remarks)]

    def _add_programmes(self, form: Form) -> None:
        form.line(say("nominees_by_programme"), "section")
        form.row += 1
        signers = [authority.name for authority in authorities(self.plan)]
        if (self.people["authority"] == UNSIGNED).any():
            signers.append(UNSIGNED)
        heads = [say("nominees_row"), say("nominees_programme"), say("nominees_mode")]
        heads += [name or say("nominees_unsigned") for name in signers] + [say("nominees_all"), say("nominees_women")]
        styles = ["middle", "cell", "cell", *["number"] * (len(signers) + 2)]
        widths = [column.width for column in form.columns] + [10.0] * len(signers)
        columns = [Column(head, width, style) for head, width, style in zip(heads, widths, styles, strict=False)]
        rows = list(self._programme_rows(signers))
        form.table(columns, rows)
        form.sum_row(say("nominees_all"), 3, [sum(row[place] for row in rows) for place in range(3, len(columns))])

    def _programme_rows(self, signers: list[str]) -> Iterator[list[Any]]:
        names = [name for name in self.plan.problem.scenario.programmes if (self.people["programme"] == name).any()]
        for number, name in enumerate(names, 1):
            own = self.people[self.people["programme"] == name]
            counts = [int((own["authority"] == signer).sum()) for signer in signers]
            women = int((own["sex"] == "F").sum())
            yield [number, own["title"].iloc[0], mode_title(own["mode"].iloc[0]), *counts, len(own), women]

    # --- letters ----------------------------------------------------------------------------------------------------

    def add_letter(self, book: Book, agency: str) -> None:
        """A letter to an agency: whom it is to let go, what that means for its staff, by when it is to answer."""
        people = self.people[self.people["agency"] == agency]
        columns = [column for column, _ in self._columns(_LETTER)]
        form = book.sheet(say("nominees_letter", name=agency), columns, upright=True)
        party = {authority.name for authority in authorities(self.plan) if authority.party}
        about = say("nominees_letter_about", year=self.year)
        form.heading(self.year, party=set(people["authority"]) <= party, about=about)
        form.line(say("nominees_to", name=agency), "title")
        form.row += 2
        for text in self._letter_body(people, agency):
            form.paragraph(text)
        form.row += 1
        form.table(columns, self._rows(people, _LETTER), repeat=True)
        form.signatures(("", ""), (say("nominees_head"), say("nominees_seal")))
        form.row -= 7
        copies = [say("nominees_copies"), say("nominees_copy_same"), say("nominees_copy_file")]
        for style, text in zip(("copies", "small", "small"), copies, strict=True):
            form.row += 1
            form.line(text, style, last=0)
        form.row += 4
        form.finish()

    def _letter_body(self, people: pd.DataFrame, agency: str) -> Iterator[str]:
        counts = {"starts": len(people), "cadres": people["cadre"].nunique()}
        yield say("nominees_letter_body", scheme=self.scheme, year=self.year, **counts)
        absence = tabulation.absence_by_year(self.plan)
        own = absence[(absence["agency"] == agency) & (absence["year"] == self.year)]
        for row in own[own["limit"].notna()].itertuples():
            yield say(
                "nominees_letter_absence", away=row.away, year=self.year, headcount=row.headcount, limit=row.limit
            )
        yield say("nominees_letter_request", year=self.year)


_LIST = {
    "row": (5.5, "middle"),
    "cadre": (9, "cell"),
    "name": (22, "cell"),
    "birth_year": (6.5, "year"),
    "sex": (6.5, "middle"),
    "post": (23, "cell"),
    "agency": (12, "cell"),
    "programme": (29, "cell"),
    "mode": (12, "cell"),
    "from": (7, "year"),
    "until": (7, "year"),
    "reason": (48, "cell"),
}
_LETTER = {
    "row": (5.5, "middle"),
    "cadre": (9, "cell"),
    "name": (20, "cell"),
    "post": (19, "cell"),
    "programme": (27, "cell"),
    "mode": (11, "cell"),
    "from": (7, "year"),
    "until": (7, "year"),
    "authority": (19, "cell"),
}
_SEAT_WIDTHS = [
    Column("", 5.5, "middle"),
    Column("", 44, "cell"),
    Column("", 13, "number"),
    *[Column("", 12, "number")] * 6,
    Column("", 24, "cell"),
]


def _cells(number: int, row: Any) -> dict[str, object]:
    """The cells of a list's row, by column."""
    return {
        "row": number,
        "cadre": row.cadre,
        "name": row.name,
        "birth_year": _number(row.birth_year),
        "sex": sex_title(row.sex),
        "post": row.post_title,
        "agency": row.agency,
        "programme": row.title,
        "mode": mode_title(row.mode),
        "from": int(row.start),
        "until": int(row.finish),
        "reason": row.reason,
        "authority": row.authority or say("nominees_unsigned"),
    }


def _number(value: Any) -> int | str:
    """A whole number, or nothing where the table has none."""
    return "" if pd.isna(value) else int(value)


def _rest(limit: Any, used: Any) -> int | str:
    return "" if pd.isna(limit) else int(limit) - int(used)
