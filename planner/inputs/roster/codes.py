"""Codes for people who have none: made from name and birth, the same again whoever makes them.

A code made here is a pseudonym, not anonymity: whoever knows a name and a birth can make it again.
"""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Literal

import pandas as pd

from planner.common.errors import Fault, InputError
from planner.inputs.roster.cell_values import days, year
from planner.inputs.roster.edits import places_of
from planner.inputs.roster.table_reader import read_table
from planner.inputs.roster.texts import further_rows
from planner.inputs.roster.told import GatheredRows, Question, Remark, RosterReading
from planner.inputs.synonyms import HEADERS, NUMBERING, plain, recogniser

KEY_COLUMNS = ("code", "name", "birth", "agency")
"""The columns of a key file: whose code is whose."""
PREFIX, SIGNS = "NS-", "23456789BCDFGHJKMNPQRSTVWXZ"
"""What a made code begins with, and its signs: none that is taken for another, no vowels that make words."""
_DAY = len("1985-12-31")
_ALIKE = 0.8  # of 1: how like a name must be to be perhaps the same
LENGTHS = (8, 12, 16, 24)
"""How many signs follow; more only where two people would have the same code."""

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_KEY_HEADERS = {
    "code": ("cadre", *HEADERS["cadre"]),
    "name": HEADERS["name"],
    "birth": (*HEADERS["birth_date"], *HEADERS["birth_year"], "birth_date", "birth_year"),
    "agency": HEADERS["agency"],
    NUMBERING: HEADERS[NUMBERING],
}


@lru_cache(maxsize=100_000)
def name_key(text: str) -> str:
    """A name, or an office's, as it is compared: whatever its case, blanks and signs, and how accents are typed.

    Accents count ("Hà" is not "Há"), but not where a tone is put in a word: "Hoà" is "Hòa".
    """
    words = re.sub(r"[^\w\s]|_", " ", unicodedata.normalize("NFC", text).casefold()).split()
    return " ".join(map(_word_key, words))


def _word_key(word: str) -> str:
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in letters if letter in _TONES)
    return "".join(letter for letter in letters if letter not in _TONES) + tones


def births(people: pd.DataFrame) -> pd.Series:
    """When each was born: 1985-12-31 where the day is known, else 1985, else empty."""
    found = pd.Series("", index=people.index, dtype="str")
    for column in ("birth_year", "birth_date"):
        if column in people:
            told = people[column].map({text: birth(text) for text in people[column].unique()})
            found = told.astype("str").where(told != "", found)  # of no people, pandas 3.0 makes numbers
    return found


def birth(text: str) -> str:
    """What a cell says of a birth: 1985-12-31, 1985, or nothing that can be read."""
    day = days(text)
    if day is not None and not math.isnan(day):
        return str(pd.Timestamp(day, unit="D").date())
    found = year(text)
    return "" if found is None else str(found)


def same_birth(one: str, other: str) -> bool:
    """Whether two births may be one: the same day, or the same year where a day is not known; empty is none."""
    if not one or not other:
        return False
    return one == other if len(one) == len(other) else one[:4] == other[:4]


def _perhaps_one(name: str, born: str, other: str, other_born: str) -> bool:
    """Whether two names may be one, mistyped: the accents alone differ, or little, and the day of birth is the same."""
    if plain(name) == plain(other):
        return same_birth(born, other_born)
    return len(born) == _DAY and born == other_born and SequenceMatcher(None, name, other).ratio() >= _ALIKE


# --- the key file -------------------------------------------------------------------------------------------------


def read_key(path: str | Path) -> pd.DataFrame:
    """Whose code is whose: code, name, birth (1985-12-31, 1985 or empty), agency; text.

    Raises
    ------
    InputError
        The file is no table, lacks the column code or name, or holds a code twice, or an empty one.
    """
    recognise = recogniser(_KEY_HEADERS, KEY_COLUMNS)
    table = read_table(path, recognise)
    called = {str(header): recognise(str(header)) or str(header) for header in table.frame}
    frame = table.frame.rename(columns=called)
    missing = [name for name in ("code", "name") if name not in frame]
    if missing:
        raise InputError(Fault("key_column", {"column": missing[0]}, file=table.file, row=table.header_row))
    faults = [
        Fault("key_twice" if code else "key_empty", {"code": code}, file=table.file, row=int(str(row)))
        for row, code in frame.loc[frame["code"].duplicated() | (frame["code"] == ""), "code"].items()
    ]
    if faults:
        raise InputError(faults)
    whole = frame.reindex(columns=list(KEY_COLUMNS), fill_value="").reset_index(drop=True)
    return whole.assign(birth=whole["birth"].map(birth))


def key_of(people: pd.DataFrame, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """The key file of these people, by code; whoever was `known` and is not among them stays in it."""
    named = people[(people["cadre"] != "") & (people["name"] != "")] if {"cadre", "name"} <= {*people} else people[:0]
    own = pd.DataFrame(
        {
            "code": named.get("cadre", pd.Series(dtype="str")),
            "name": named.get("name", pd.Series(dtype="str")),
            "birth": births(named),
            "agency": named.get("agency", pd.Series("", index=named.index, dtype="str")),
        }
    )
    if known is not None:
        own = pd.concat([own, known[~known["code"].isin(own["code"])]])
    return own.sort_values("code", ignore_index=True)


# --- giving codes -------------------------------------------------------------------------------------------------


def coded(reading: RosterReading, key: pd.DataFrame | None = None) -> RosterReading:
    """The reading with a code for everybody who has a name: the one of the `key` file, else one that is made.

    Who cannot be told from another, or may be somebody of the key file or not, is asked about and has none.
    """
    people = reading.people
    if "name" not in people or ("cadre" in people and not (people["cadre"] == "").any()):
        return reading
    giver = _Giver(people, key, reading.gathered)
    codes = giver.codes()
    whole = people.drop(columns="cadre", errors="ignore")
    whole.insert(0, "cadre", codes)
    remarks = (*reading.remarks, *giver.remarks())
    return replace(reading, people=whole, remarks=remarks, faults=(*reading.faults, *giver.questions))


@dataclass(frozen=True)
class _Known:
    """A row of the key file."""

    code: str
    name: str
    birth: str
    agency: str

    @property
    def office(self) -> str:
        """The office as it is compared."""
        return name_key(self.agency)


class _Giver:
    """Gives the codes of one roster."""

    def __init__(self, people: pd.DataFrame, key: pd.DataFrame | None, gathered: GatheredRows) -> None:
        self.people, self.places = people, places_of(gathered.places)
        self.key: dict[str, list[_Known]] = {}
        for row in () if key is None else key[list(KEY_COLUMNS)].itertuples(index=False, name=None):
            one = _Known(*row)
            self.key.setdefault(name_key(one.name), []).append(one)
        given = people.get("cadre", pd.Series("", index=people.index, dtype="str"))
        frame = pd.DataFrame({"code": given, "person": people["name"].map(name_key), "birth": births(people)})
        agency = people.get("agency", pd.Series("", index=people.index, dtype="str"))
        self.frame = frame.assign(office=agency.map(name_key))
        self.taken = {*given, *(one.code for ones in self.key.values() for one in ones)}
        self.lacking = frame.index[(frame["code"] == "") & (frame["person"] != "")]
        self.known: dict[int, str] = {}
        self.moved: dict[int, str] = {}
        self.exact: set[int] = set()  # known, and born on the day that the key file says
        self.made: dict[int, str] = {}
        self.questions: list[Question] = []

    def codes(self) -> pd.Series:
        """The code of each row; empty where it is asked for, or where there is no name to make one from."""
        asked = self._ask_twins()
        asked |= self._take_known(asked)
        rest = self.lacking.difference(pd.Index([*asked, *self.known]))
        self.made = dict(zip(rest, made_codes(self.frame.loc[rest], self.frame, self.taken), strict=True))
        found = self.frame["code"].copy()
        for row, code in {**self.known, **self.made}.items():
            found[row] = code
        return found

    def remarks(self) -> list[Remark]:
        """What was done, each with its rows."""
        found = []
        for key, rows in (("codes_made", [*self.made]), ("codes_known", [*self.known])):
            if rows:
                counts = {"count": len(rows), "people": len(self.people)}
                found.append(self._remark(key, rows, "assumed" if key == "codes_made" else "read", counts))
        for row, before in self.moved.items():
            moved = {"code": self.known[row], "before": before, "now": self.people.loc[row, "agency"]}
            found.append(self._remark("codes_moved", [row], "read", moved))
        return found

    def _remark(
        self, key: str, rows: Sequence[int], done: Literal["read", "assumed"], values: Mapping[str, object]
    ) -> Remark:
        return Remark(key, dict(values), file=self.places[rows[0]][0], done=done, rows=tuple(rows), column="cadre")

    def _ask_twins(self) -> set[int]:
        """Ask about people of one name, birth and office, who are never given one code."""
        lacking = self.frame.loc[self.lacking]
        same = lacking[lacking.duplicated(["person", "birth", "office"], keep=False)]
        for rows in same.groupby(["person", "birth", "office"]).groups.values():
            self._ask("codes_twins", rows, (), more=further_rows([self.places[row][2] for row in rows]))
        return set(same.index)

    def _take_known(self, skipped: set[int]) -> set[int]:
        """Take the codes that the key file knows; ask where it is not plain whose they are."""
        doubtful: dict[int, list[_Known]] = {}
        own = self.frame.loc[self.lacking.difference(pd.Index(skipped))]
        for row, person, born, office in own[["person", "birth", "office"]].itertuples(name=None):
            namesakes = self.key.get(person, [])
            same = [one for one in namesakes if same_birth(born, one.birth)]
            at_home = [one for one in same if one.office == office]
            fits = at_home if len(at_home) == 1 else same
            if len(fits) == 1:
                self.known[row] = fits[0].code
                if len(born) == _DAY and born == fits[0].birth:
                    self.exact.add(row)
                if fits[0].office not in ("", office):
                    self.moved[row] = fits[0].agency
            elif namesakes:
                doubtful[row] = fits or namesakes
        given = set(self.frame["code"])
        asked = {row for rows in self._claims(given) for row in self._give_back(rows)}
        used = given | set(self.known.values())
        for row, namesakes in doubtful.items():
            if unused := [one for one in namesakes if one.code not in used]:
                self._ask_known(row, unused)
                asked.add(row)
        return asked | self._ask_alike(own.drop(index=[*asked, *self.known]), used)

    def _ask_alike(self, own: pd.DataFrame, used: Collection[str]) -> set[int]:
        """Ask about those who would be new, where somebody who is gone was born then and is called almost so."""
        gone: dict[str, list[tuple[str, _Known]]] = {}
        for person, ones in self.key.items():
            for one in ones:
                if one.code not in used and one.birth:
                    gone.setdefault(one.birth[:4], []).append((person, one))
        asked = set()
        for row, person, born in own[["person", "birth"]].itertuples(name=None):
            alike = [one for name, one in gone.get(born[:4], []) if _perhaps_one(person, born, name, one.birth)]
            if alike:
                self._ask_known(row, alike, "codes_alike")
                asked.add(row)
        return asked

    def _claims(self, given: set[str]) -> list[list[int]]:
        """The rows that cannot all have the code that they were given, by code.

        Who moved gives way to who did not, unless only who moved is known to be born on the very day; of those who
        moved the one who is has it.
        """
        claims: dict[str, list[int]] = {}
        for row, code in self.known.items():
            claims.setdefault(code, []).append(row)
        apart = []
        for code, rows in claims.items():
            at_home = [row for row in rows if row not in self.moved]
            exact = [row for row in rows if row in self.exact]
            fits = [row for row in at_home if row in exact or not exact] if at_home else exact
            if code in given or (len(rows) > 1 and len(fits) == 1):
                for row in [row for row in rows if code in given or row not in fits]:
                    self.known.pop(row)
                    self.moved.pop(row, None)
            elif len(rows) > 1:
                apart.append(rows)
        return apart

    def _give_back(self, rows: Sequence[int]) -> Sequence[int]:
        """Ask whose a code is that several people claim."""
        for row in rows:
            code = self.known.pop(row)
            self.moved.pop(row, None)
            self._ask_known(row, [one for ones in self.key.values() for one in ones if one.code == code])
        return rows

    def _ask_known(self, row: int, known: Sequence[_Known], key: str = "codes_doubtful") -> None:
        own = made_codes(self.frame.loc[[row]], self.frame, self.taken)[0]
        named = key == "codes_alike"
        told = "; ".join(
            f"{one.code}: {', '.join(filter(None, (one.name if named else '', one.birth, one.agency)))}"
            for one in known
        )
        self._ask(key, [row], (*(one.code for one in known), own), known=told, new=own)

    def _ask(self, key: str, rows: Iterable[int], choices: tuple[str, ...], **values: object) -> None:
        labels = tuple(int(row) for row in rows)
        file, sheet, number = self.places[labels[0]]
        told = {"name": self.people.loc[labels[0], "name"], "birth": self.frame.loc[labels[0], "birth"] or "–"}
        self.questions.append(
            Question(
                key,
                told | values,
                file=file,
                row=number,
                sheet=sheet or None,
                choices=choices,
                rows=labels,
                column="cadre",
            )
        )


def made_codes(rows: pd.DataFrame, everybody: pd.DataFrame, taken: Iterable[str]) -> list[str]:
    """A code for each of `rows` (person, birth, office), none of which is `taken`.

    It is made from name and year of birth; from the day, too, where `everybody` holds several whom these do not tell
    apart, and from the office where even that does not. So it stays the same when somebody moves to another office.
    """
    born = everybody["birth"].str[:4]
    same_year = everybody.assign(birth=born).duplicated(["person", "birth"], keep=False)
    same_day = everybody.duplicated(["person", "birth"], keep=False)
    texts = {}
    for row, person, day, office in rows[["person", "birth", "office"]].itertuples(name=None):
        parts = [person, day] if same_year[row] else [person, day[:4]]
        texts[row] = "|".join([*parts, office] if same_day[row] else parts)
    return _distinct([*texts.values()], set(taken))


def _distinct(texts: Sequence[str], taken: set[str]) -> list[str]:
    """A code for every text, with more signs where fewer would give two of them one code."""
    codes = [_code(text, LENGTHS[0]) for text in texts]
    for length in LENGTHS[1:]:
        counts = pd.Series(codes, dtype="object").value_counts()
        again = {code for code, times in counts.items() if times > 1} | taken
        codes = [_code(text, length) if code in again else code for text, code in zip(texts, codes, strict=True)]
    return codes


def _code(text: str, length: int) -> str:
    number = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    signs = ""
    for _ in range(length):
        number, place = divmod(number, len(SIGNS))
        signs += SIGNS[place]
    return PREFIX + signs


# --- one person under two codes -----------------------------------------------------------------------------------


def people_twice(people: pd.DataFrame) -> list[tuple[int, ...]]:
    """The rows of people who have the same name and birth, but different codes: perhaps one person."""
    if not {"cadre", "name"} <= {*people}:
        return []
    frame = pd.DataFrame({"code": people["cadre"], "person": people["name"].map(name_key), "birth": births(people)})
    frame = frame[(frame["person"] != "") & (frame["birth"] != "") & (frame["code"] != "")]
    groups = frame[frame.duplicated(["person", "birth"], keep=False)].groupby(["person", "birth"])
    return [tuple(map(int, rows.index)) for _, rows in groups if len({*rows["code"]}) > 1]


def twice_remarks(reading: RosterReading) -> list[Remark]:
    """A remark on everybody who seems to stand under two codes."""
    people, places = reading.people, places_of(reading.gathered.places)
    found = []
    for rows in people_twice(people):
        told = people.loc[list(rows)]
        values = {
            "name": told["name"].iloc[0],
            "codes": ", ".join(map(str, told["cadre"])),
            "rows": ", ".join(str(places[row][2]) for row in rows),
        }
        found.append(Remark("codes_two", values, file=places[rows[0]][0], done="read", rows=rows, column="cadre"))
    return found
