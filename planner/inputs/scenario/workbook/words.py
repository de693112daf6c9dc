"""What sheets, columns and choices are called: in both languages, whatever language is spoken."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from planner.inputs.scenario.workbook.sheets import (
    AGENCIES,
    ANY,
    LISTS,
    ROSTER,
    SHEETS,
    Field,
    Path,
    SheetForm,
    fields_of,
)
from planner.inputs.synonyms import HEADERS, Recogniser, plain, recogniser
from planner.inputs.vocabulary.words import MODES
from planner.messages import catalogue, known, language, say

SIGNS = {"=": "is", ">=": "min", "≥": "min", "=>": "min", "<=": "max", "≤": "max", "=<": "max"}
"""Signs for comparisons."""
FAULTS = "faults"
"""The sheet that a marked copy has besides; it is never read."""
OWN_SHEETS = (*(sheet.name for sheet in SHEETS), ROSTER, AGENCIES, LISTS, FAULTS)
GROUP_COLUMN = "(group)"
"""The choice on the sheet of groups that stands for membership in another group, instead of a column."""


def called(key: str) -> tuple[str, ...]:
    """A sentence in every language."""
    return catalogue()[key]


def sheet_name(name: str) -> str:
    """What a sheet is called in the language spoken now."""
    return say(f"scheme_sheet_{name}")


@cache
def sheets_by_name() -> dict[str, str]:
    """Plain name of a sheet in any language -> the sheet."""
    return {plain(word): name for name in OWN_SHEETS for word in called(f"scheme_sheet_{name}")}


def is_own_sheet(title: str) -> bool:
    """Whether a sheet is one of those that a workbook of a scheme has."""
    return plain(title) in sheets_by_name()


def choice_word(value: str) -> str:
    """What a choice is called in the language spoken now."""
    return say(f"scheme_choice_{value}")


def choice_of(text: str, choices: Iterable[str]) -> str | None:
    """The choice that a text means: by its word in any language, its own name, or another word of the trade."""
    wanted, sign = plain(text), SIGNS.get(text.strip())
    for value in choices:
        if value == sign:
            return value
        if wanted in map(plain, (value, *called(f"scheme_choice_{value}"), *MODES.get(value, ()))):
            return value
    return None


def heading(field: Field, name: str = "") -> str:
    """What a column is called in the language spoken now; `name` is the ladder or year of one of several."""
    word = say(f"scheme_head_{field.name}")
    if not name:
        return word
    return f"{word} {name}" if field.expands == "years" or name.isdecimal() else f"{word}: {name}"


def note(field: Field) -> str:
    """What to write in a column, empty where its heading says it all."""
    key = f"scheme_note_{field.name}"
    return say(key) if known(key) else ""


def column_of(text: str, sheet: SheetForm) -> tuple[Path, Field] | None:
    """The path and the field of the column that a heading names, in any language; None where it names none."""
    for field in fields_of(sheet):
        words = called(f"scheme_head_{field.name}")
        if ANY not in field.path:
            if plain(text) in map(plain, words):
                return field.path, field
            continue
        for word in words:
            if (name := _name_behind(text, word)) is not None and (field.expands != "years" or name.isdecimal()):
                return tuple(name if step == ANY else step for step in field.path), field
    return None


LONGEST_HEADING = 300  # letters


def _name_behind(text: str, word: str) -> str | None:
    """The name that stands behind a heading's word, as in "Tối đa năm 2026" or "Đạt trình độ: theory"."""
    short = " ".join(text[:LONGEST_HEADING].split())
    found = re.match(r"(?P<word>.*?)\s*:\s*(?P<name>.+)$|(?P<before>.*?)\s*(?P<year>\d+)\s*$", short)
    if found is None or plain(found["word"] or found["before"] or "") != plain(word):
        return None
    return str(found["name"] or found["year"])


def all_headings(sheet: SheetForm) -> Iterator[str]:
    """The headings of a sheet in the language spoken now."""
    return map(heading, fields_of(sheet))


# --- the roster's columns, as conditions name them ------------------------------------------------------------------

COMPUTED = ("age", "service_years", "headcount")
"""Columns that no roster has: they follow from others."""


def column_name(text: str, ladders: Collection[str] = ()) -> str:
    """The column that a text means in a condition: a ladder, what the roster's headers call it, or itself."""
    wanted = plain(text)
    if wanted in map(plain, called("scheme_column_group")):
        return GROUP_COLUMN
    for name in COMPUTED:
        if wanted in {plain(name), *map(plain, called(f"scheme_column_{name}"))}:
            return name
    return _recogniser(frozenset(ladders))(text) or text


def column_word(name: str, ladders: Collection[str] = ()) -> str | None:
    """What a column is called in the language spoken now; None where no word leads back to it."""
    if name == GROUP_COLUMN:
        return say("scheme_column_group")
    word = say(f"scheme_column_{name}") if name in COMPUTED else HEADERS.get(name, (name,))[0]
    choices = (name,) if language() == "en" and name not in COMPUTED else (word, name)
    return next((text for text in choices if column_name(text, ladders) == name), None)


@cache
def _recogniser(ladders: frozenset[str]) -> Recogniser:
    return recogniser(HEADERS, ladders)
