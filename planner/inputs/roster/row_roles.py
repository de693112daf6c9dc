"""What the rows below a header are: people, sections, totals, signatures, notes; or what nobody can tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.inputs.roster import layout_words as words
from planner.inputs.roster.headers import Header, counts_columns, is_header_of_people
from planner.inputs.roster.meanings import Column
from planner.inputs.roster.sections import Section, marker_kind, section_of
from planner.inputs.roster.sheets import Merge, Row
from planner.inputs.roster.texts import EXCEL_ERRORS, clean
from planner.inputs.roster.told import Role
from planner.inputs.synonyms import FEMALE, MALE, Recogniser, recogniser

BORN = ("birth_year", "birth_date", MALE, FEMALE)
_BIRTH = re.compile(r"(?:\d{1,2}\s*[-/.]\s*){0,2}(?:19|20)\d\d(?:\.0)?\.?|(?:19|20)\d\d-\d\d-\d\d.*")
_TOTALS_HEADER = recogniser(words.TOTALS_HEADERS)


@dataclass
class Roles:
    """The roles of the rows below a header.

    Attributes
    ----------
    roles
        For each row.
    sections
        The rows that name offices.
    end
        Where a table of people of another form begins; the number of rows, if none does.
    """

    roles: np.ndarray
    sections: list[Section] = field(default_factory=list)
    end: int = 0


@dataclass(frozen=True)
class Form:
    """What is known of a table when its rows are looked at."""

    header: Header
    columns: Sequence[Column]
    recognise: Recogniser
    merges: Sequence[Merge]

    def places(self, *names: str) -> list[int]:
        """The places of the columns with one of these meanings."""
        return [column.place for column in self.columns if column.kind == "column" and column.name in names]


def roles_of(body: Sequence[Row], cells: Sequence[np.ndarray], form: Form) -> Roles:
    """The role of each row.

    A row with a code or name and a year of birth is a person, whatever else it holds; the others are looked at one by
    one.

    Parameters
    ----------
    body
        The rows below the header.
    cells
        The same as clean columns, cut at the header's width.
    """
    plainly = _filled(cells, form.places("cadre", "name"), len(body)) & _born(cells, form.places(*BORN), len(body))
    found = Roles(np.where(plainly, "person", "asked").astype(object), end=len(body))
    reader = _Reader(form, body, plainly)
    index = 0
    doubtful = iter(np.flatnonzero(~plainly).tolist())
    for index in doubtful:
        number, raw = body[index]
        texts = [clean(text) for text in raw]
        if reader.begins_another(texts):
            found.end = index
            break
        role = reader.role(index, number, texts)
        found.roles[index] = role
        if role == "section":
            found.sections.append(reader.section(index, texts))
    for start, stop in reader.foreign(found.end):
        found.roles[start:stop][plainly[start:stop]] = "asked"
    found.roles = found.roles[: found.end]
    return found


def _filled(cells: Sequence[np.ndarray], places: Sequence[int], rows: int) -> np.ndarray:
    some = np.zeros(rows, dtype=bool)
    for place in places:
        some |= cells[place] != ""
    return some


def _born(cells: Sequence[np.ndarray], places: Sequence[int], rows: int) -> np.ndarray:
    """The rows with a year or date of birth."""
    some = np.zeros(rows, dtype=bool)
    for place in places:
        column = cells[place]
        births = {text for text in set(column.tolist()) if text and _is_birth(text)}
        if births:
            some |= np.fromiter((text in births for text in column), dtype=bool, count=rows)
    return some


def _is_birth(text: str) -> bool:
    """Whether a text is a year or a date on which an official may be born."""
    if not _BIRTH.fullmatch(text):
        return False
    return any(1900 <= int(figure) <= words.LATEST_BIRTH for figure in re.findall(r"\d{4}", text))


class _Reader:
    """Looks at the rows that are not plainly people, from the top; remembers what went before."""

    def __init__(self, form: Form, body: Sequence[Row], plainly: np.ndarray) -> None:
        self.form = form
        self.body = body
        self.plainly = plainly
        self.numbering = {column.place for column in form.columns if column.kind == "numbering"}
        self.ids = {*form.places("cadre", "name")}
        self.names = {*form.places("name")}
        self.telling = {column.place for column in form.columns if column.kind in ("column", "mark", "candidate")}
        self.telling -= {*form.places("note")}
        self.after: tuple[str, int] = ("", -1)  # what the rows belong to since a row: signature, note, totals, table
        self._foreign: list[int] = []
        self._lower = [{line.casefold() for line in column.lines} for column in form.columns]
        self._inside = {
            row
            for merge in form.merges
            if merge.left in self.ids and merge.bottom > merge.top and merge.right - merge.left < 2
            for row in range(merge.top + 1, min(merge.bottom, body[-1][0] if body else 0) + 1)
        }
        self._wide = {merge.top: merge for merge in form.merges if merge.right - merge.left >= 2}

    def begins_another(self, texts: Sequence[str]) -> bool:
        """Whether a row is the header of people in another form."""
        return is_header_of_people(texts, self.form.recognise) and not self._repeats(texts, most=True)

    def foreign(self, end: int) -> list[tuple[int, int]]:
        """The rows under another header, from each such header on."""
        return [(start, end) for start in self._foreign[:1]]

    def section(self, index: int, texts: Sequence[str]) -> Section:
        """A row as the section that it begins."""
        return section_of(index, self._stated(texts), [text for _, text in self._others(texts)])

    def role(self, index: int, number: int, texts: list[str]) -> Role:
        """What a row is."""
        role = self._role(index, number, texts)
        if role in ("section", "header", "person") and self.after[0] != "table":
            self.after = ("", index)
        elif role in ("signature", "note") and self.after[0] != "table":
            self.after = (role, index)
        return role

    def _role(self, index: int, number: int, texts: list[str]) -> Role:
        others = self._others(texts)
        told = [text.casefold() for _, text in others]
        if self.after[0] and self.after[0] != "table" and self.plainly[self.after[1] + 1 : index].any():
            self.after = ("", index)  # people came in between
        if self._repeats(texts):
            return "header"
        if counts_columns(texts):
            return "numbers"
        if not any(text.strip(" .…_-–—/") for _, text in others):
            return "empty"
        numbered = self._stated(texts)[:1].isdigit()
        role = self._total(index, told, numbered=numbered)
        if role is None and not numbered:
            capitals = all(text.isupper() for _, text in others)
            role = self._signature(told, capitals=capitals) or self._note(told) or self._other_table(index, told)
        if role is not None:
            return role
        if self._begins_section(number, texts, others):
            return "section"
        vacant = any(words.VACANT.fullmatch(texts[place].casefold()) for place in self.names if place < len(texts))
        return "vacant" if vacant else self._person(number, texts, numbered=numbered)

    def _others(self, texts: Sequence[str]) -> list[tuple[int, str]]:
        """The cells that hold more than the row's number or mark."""
        return [
            (place, text)
            for place, text in enumerate(texts)
            if text and not (place in self.numbering and marker_kind(text))
        ]

    def _stated(self, texts: Sequence[str]) -> str:
        """The row's number or mark, in the column for it."""
        marks = [texts[place] for place in sorted(self.numbering) if place < len(texts) and texts[place]]
        return marks[0] if marks and marker_kind(marks[0]) else ""

    def _repeats(self, texts: Sequence[str], *, most: bool = False) -> bool:
        """Whether a row says what the header says: in every column, or in most."""
        held = [(place, text.casefold()) for place, text in enumerate(texts) if text]
        same = sum(1 for place, text in held if place < len(self._lower) and text in self._lower[place])
        return same == len(held) or (same * 5 >= len(held) * 3 and (most or len(held) > 2))

    def _total(self, index: int, told: Sequence[str], *, numbered: bool) -> Role | None:
        if len(told) == 1 and words.TOTALS_TITLE.match(told[0]):
            self.after = ("totals", index)
            return "total"
        counts = [words.COUNT.fullmatch(text) is not None or text.upper() in EXCEL_ERRORS for text in told]
        totals = [place for place, text in enumerate(told[:2]) if words.TOTAL.match(text)]
        if totals:
            first = totals[0]
            if all(counts[first + 1 :]) and all(counts[:first]):
                return "total"
            return None if numbered else "asked"
        if self.after[0] in ("totals", "table") and len(told) > 1 and all(counts[1:]):
            return "total"
        return None

    def _signature(self, told: Sequence[str], *, capitals: bool) -> Role | None:
        if len(told) > 5:
            return None
        signs = [words.SIGNATURE.search(text) is not None for text in told]
        posts = [sign or words.SIGNATORY.match(text) is not None for sign, text in zip(signs, told, strict=True)]
        if any(signs) and (all(posts) or len(told) <= 2):
            return "signature"
        if all(posts) and (self.after[0] == "signature" or len(told) > 1 or capitals):
            return "signature"
        names = len(told) <= 3 and not any(re.search(r"\d", text) for text in told)
        if self.after[0] == "signature" and names and not any(map(is_office, told)):
            return "signature"
        return None

    def _note(self, told: Sequence[str]) -> Role | None:
        if len(told) > 2:
            return None
        if words.NOTE.match(told[0]) or (len(told) == 1 and len(told[0]) > 90):
            return "note"
        return "note" if self.after[0] == "note" and told[0][:1] in "-+*•" else None

    def _other_table(self, index: int, told: Sequence[str]) -> Role | None:
        """The header of a table that is none of people, and the rows below it."""
        if any(re.search(r"\d", text) for text in told):
            return None
        named = {_TOTALS_HEADER(text) for text in told} - {None}
        if len(named) >= 2 or (self.after[0] == "totals" and named and len(told) > 1):
            self.after = ("table", index)
            self._foreign.append(index)
            return "total"
        return None

    def _begins_section(self, number: int, texts: Sequence[str], others: Sequence[tuple[int, str]]) -> bool:
        mark = self._stated(texts)
        # A code such as A beside an office is a person.
        offices = {*self.form.places("agency")}
        if (
            len(others) > 1
            and not mark
            and others[1][0] not in offices
            and marker_kind(others[0][1]) in ("roman", "letter")
        ):
            mark, others = others[0][1], others[1:]
        lettered = [(place, text) for place, text in others if not words.COUNT.fullmatch(text.casefold())]
        if len(lettered) != 1 or lettered[0] != others[0]:
            return False
        place, text = lettered[0]
        found = section_of(0, mark, [text])
        wide = self._wide.get(number)
        return (
            found.kind in ("roman", "letter")
            or place in self.numbering
            or is_office(found.text)
            or (place in self.ids and _is_kind_of_people(found.text))
            or (wide is not None and wide.left <= place <= wide.right)
        )

    def _person(self, number: int, texts: Sequence[str], *, numbered: bool) -> Role:
        held = {place for place, text in enumerate(texts) if text} & self.telling
        names = [texts[place] for place in sorted(held & self.names)]
        coded = held & (self.ids - self.names)
        told = [texts[place].casefold() for place in held - self.ids]
        nameless = bool(names) and not any(re.search(r"[^\W\d_]", text) for text in names)
        counts = bool(told) and all(words.COUNT.fullmatch(text) for text in told)  # no row of a person is like that
        offices = bool(names) and not (numbered or coded) and all(map(is_office, names))
        signed = self.after[0] == "signature" and not (numbered or coded)
        if number in self._inside or nameless or counts or offices or signed or self.after[0] in ("table", "totals"):
            return "asked"
        return "person" if len(held) >= (2 if held & self.ids else 3) else "asked"


def _is_kind_of_people(text: str) -> bool:
    """Whether a text names a kind of people, as "Chuyên viên" does above those of an office."""
    return words.NO_OFFICE.match(text.casefold()) is not None and not re.search(r"\d", text)


def is_office(text: str) -> bool:
    """Whether a text begins as the name of an office, or of several, does."""
    low = f"{text.casefold()} "
    return any(low.startswith(word) for word in words.OFFICES)
