"""Births as people type them by hand: days, months and years in any order of blanks, dots and strokes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from planner.inputs.roster.cell_values import FIRST_YEAR, LAST_YEAR, year
from planner.inputs.roster.notes import Done, Notes
from planner.inputs.roster.told import Answers
from planner.inputs.vocabulary.phrases import lowered
from planner.inputs.vocabulary.words import BLANK_MARKS

AGES = (15, 90)
"""The ages [years] between which somebody on a roster may be: `assumed`, to tell 1905 from 2005."""
FEW = 3
"""So many dates of one kind are no chance."""
_BIRTHDAY = r"\s*\d{1,2}\s*[/.-]\s*\d{1,2}\s*"
_SPREADSHEET = dt.date(1899, 12, 30)
"""The day that spreadsheets number 0."""
_TIME = re.compile(r"[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$")
_WORDS = re.compile(r"\b(sinh|ngày|tháng|thg|năm|sn|ngay|thang|nam)\b[:.]?", re.IGNORECASE)
_MONTH = re.compile(r"\bt(?=\d{1,2}[./-])", re.IGNORECASE)
"""The letter before a month: T8/1985."""
_PARTS = re.compile(r"(\d{1,4})(?:[./-](\d{1,2}|\d{4}))?(?:[./-](\d{1,4}))?", re.ASCII)


@dataclass(frozen=True)
class _Birth:
    """A birth as it was read: what a clean roster writes, and the keys of what is to be said or asked."""

    text: str = ""
    remark: str = ""
    question: str = ""
    proposal: str = ""
    either: bool = False  # day and month could be changed over


def clean_births(column: pd.Series, told: Answers, now: int | None, notes: Notes) -> pd.Series:
    """A column of births as 1985-12-31, or 1985 where the day is not told."""
    name = str(column.name)
    _say_changed_over(column, notes)
    answers = {lowered(text): meaning for text, meaning in told.synonyms.get(name, {}).items()}
    codes, texts = pd.factorize(column.to_numpy(dtype=object))
    found = [_read(answers.get(lowered(text), text), now) for text in texts]
    month_first = any(birth.question == "reading_birth_month_first" for birth in found)
    rows: dict[str, list[int]] = {}
    pairs: dict[str, list[str]] = {}
    for place, (text, birth) in enumerate(zip(texts, found, strict=True)):
        remark = birth.remark or ("reading_birth_day_first" if month_first and birth.either else "")
        if not remark and not birth.question:
            continue
        labels = column.index[codes == place].tolist()
        if birth.question:
            values = {"found": text[:60], "first": FIRST_YEAR, "last": LAST_YEAR}
            notes.ask(birth.question, labels, name, at=("synonyms", name, text), proposal=birth.proposal, **values)
        else:
            rows.setdefault(remark, []).extend(labels)
            pairs.setdefault(remark, []).append(f"{text} → {birth.text}")
    for remark, labels in rows.items():
        examples = "; ".join([*pairs[remark][:3], *(["…"] if len(pairs[remark]) > 3 else [])])
        done: Done = "read" if remark == "reading_birth_month" else "assumed"
        notes.remark(remark, sorted(labels), name, done, examples=examples)
    clean = np.array([birth.text for birth in found] or [""], dtype=object)
    read = pd.Series(clean[codes], index=column.index, dtype="str", name=name)
    _say_unlikely(read, now, notes)
    return read


def _say_unlikely(births: pd.Series, now: int | None, notes: Notes) -> None:
    """Say of whom a birth was read that hardly anybody on a roster has."""
    if now is None:
        return
    texts = births.unique()
    unlikely = {text for text in texts if text and not _plausible(int(text[:4]), now)}
    if labels := births.index[births.isin(unlikely).to_numpy()].tolist():
        examples = "; ".join([*sorted(unlikely)[:3], *(["…"] if len(unlikely) > 3 else [])])
        said = {"examples": examples, "year": now, "youngest": AGES[0], "oldest": AGES[1]}
        notes.remark("reading_birth_unlikely", labels, str(births.name), "read", **said)


def join_births(people: dict[str, pd.Series]) -> None:
    """Put the year behind a birthday that stands without it, beside a column of years."""
    if not {"birth_year", "birth_date"} <= {*people}:
        return
    days, years = people["birth_date"], people["birth_year"]
    parted = (days.str.fullmatch(_BIRTHDAY) & years.str.fullmatch(r"\d{4}")).to_numpy()
    people["birth_date"] = days.where(~parted, days + "/" + years)


def _say_changed_over(column: pd.Series, notes: Notes) -> None:
    """Say where a spreadsheet may have changed day and month over: only days to 12 are dates, the others are text."""
    dates = column.str.fullmatch(r"\d{4}-\d\d-(0[1-9]|1[0-2])").to_numpy()
    typed = column.str.fullmatch(r"(1[3-9]|2\d|3[01])[/.-]\d{1,2}[/.-]\d{4}").to_numpy()
    if min(dates.sum(), typed.sum()) >= FEW and (dates | typed | (column == "").to_numpy()).all():
        labels = column.index[dates].tolist()
        found = str(column[labels[0]])
        notes.remark("reading_birth_changed_over", labels, str(column.name), "assumed", found=found)


def check_agreement(years: pd.Series, dates: pd.Series, notes: Notes) -> None:
    """Ask about those whose date of birth is of another year than the one beside it."""
    apart = ((years != "") & (dates != "") & (years.str[:4] != dates.str[:4])).to_numpy()
    labels = years.index[apart].tolist()
    if labels:
        said = {"date": dates[labels[0]], "year": years[labels[0]], "other": notes.heading("birth_year")}
        notes.ask("roster_birth", labels, "birth_date", **said)


def clean_years(column: pd.Series, notes: Notes) -> pd.Series:
    """A column of years as 1985, dates' years included."""
    codes, texts = pd.factorize(column.to_numpy(dtype=object))
    found = [None if text == "" or lowered(text) in BLANK_MARKS else year(_figures(text)) for text in texts]
    for place, (text, read) in enumerate(zip(texts, found, strict=True)):
        if read is None and text != "" and lowered(text) not in BLANK_MARKS:
            name, labels = str(column.name), column.index[codes == place].tolist()
            values = {"found": text[:60], "first": FIRST_YEAR, "last": LAST_YEAR}
            notes.ask("roster_year", labels, name, at=("synonyms", name, text), **values)
    clean = np.array(["" if read is None else str(read) for read in found] or [""], dtype=object)
    return pd.Series(clean[codes], index=column.index, dtype="str", name=column.name)


def _figures(text: str) -> str:
    """A year or a date without the words beside it: T9/2020, tháng 9 năm 2020."""
    words = re.sub(r"\s*([./-])\s*", r"\1", _WORDS.sub(" ", _TIME.sub("", text))).strip(" .")
    return _MONTH.sub("", "/".join(words.split()))


def _read(text: str, now: int | None) -> _Birth:
    if text == "" or lowered(text) in BLANK_MARKS:
        return _Birth()
    bare = _TIME.sub("", text.strip())
    bare = re.sub(r"\s*([./-])\s*", r"\1", _WORDS.sub(" ", bare)).strip(" .,;:/-…")
    bare = "/".join(_MONTH.sub("", bare).split())
    if re.fullmatch(r"\d{4}(\.0+)?", bare, re.ASCII):
        return _plain_year(int(bare[:4]))
    if re.fullmatch(r"\d{5}(\.\d+)?", bare, re.ASCII):
        return _serial(int(bare[:5]), now)
    return _eight_digits(bare) if re.fullmatch(r"\d{8}", bare, re.ASCII) else _parted(bare, now)


def _parted(text: str, now: int | None) -> _Birth:
    """A birth whose parts stand apart."""
    found = _PARTS.fullmatch(text)
    parts = [part for part in found.groups() if part is not None] if found else [""]
    if len(parts) == 3 and len(parts[0]) == 4:
        return _dated(int(parts[0]), int(parts[1]), int(parts[2]))
    if len(parts) == 2 and len(parts[0]) == 4 and len(parts[1]) <= 2:
        return _of_parts([int(parts[1]), int(parts[0])])
    if len(parts[-1]) not in (2, 4) or any(len(part) > 2 for part in parts[:-1]):
        return _Birth(question="roster_year")
    return _two_digits(parts, now) if len(parts[-1]) == 2 else _of_parts([int(part) for part in parts])


def _of_parts(parts: Sequence[int]) -> _Birth:
    """Day, month and year; month and year; the year."""
    whole = parts[-1]
    if len(parts) == 1:
        return _plain_year(whole)
    if not FIRST_YEAR <= whole <= LAST_YEAR:
        return _Birth(question="roster_year")
    month = parts[-2]
    if len(parts) == 2 or parts[0] == 0:
        return _Birth(str(whole), "reading_birth_month") if 0 <= month <= 12 else _Birth(question="roster_year")
    if month == 0:
        return _Birth(question="roster_year")
    return _dated(whole, month, parts[0], day_first=True)


def _dated(whole: int, month: int, day: int, *, day_first: bool = False) -> _Birth:
    # A year typed into a cell made for dates turns into one of the days of 1905: no cadre is that old.
    if not FIRST_YEAR <= whole <= LAST_YEAR or (whole == 1905 and not day_first):
        return _Birth(question="roster_year")
    if month == 0 or day == 0:
        return (
            _Birth(str(whole), "reading_birth_month") if month <= 12 and day <= 31 else _Birth(question="roster_year")
        )
    date = _date(whole, month, day)
    if date:
        return _Birth(date, either=day_first and day <= 12 and day != month)
    turned = _date(whole, day, month) if day_first else ""
    return _Birth(question="reading_birth_month_first" if turned else "reading_birth_no_day", proposal=turned)


def _date(whole: int, month: int, day: int) -> str:
    try:
        return dt.date(whole, month, day).isoformat()
    except ValueError:
        return ""


def _plain_year(whole: int) -> _Birth:
    return _Birth(str(whole)) if FIRST_YEAR <= whole <= LAST_YEAR else _Birth(question="roster_year")


def _plausible(whole: int, now: int) -> bool:
    return AGES[0] <= now - whole <= AGES[1]


def _two_digits(parts: Sequence[str], now: int | None) -> _Birth:
    """A year without its century, where only one century is possible."""
    if now is None:
        return _Birth(question="reading_birth_century")
    possible = [whole for whole in (1900 + int(parts[-1]), 2000 + int(parts[-1])) if _plausible(whole, now)]
    if len(possible) != 1:
        return _Birth(question="reading_birth_century")
    birth = _of_parts([*map(int, parts[:-1]), possible[0]])
    return birth if birth.question else _Birth(birth.text, "reading_birth_two_digits")


def _serial(number: int, now: int | None) -> _Birth:
    """A day as spreadsheets number it, if somebody on a roster may be born on it."""
    date = _SPREADSHEET + dt.timedelta(days=number)
    if not _plausible(date.year, now or dt.date.max.year):
        return _Birth(question="roster_year")
    return _Birth(date.isoformat(), "reading_birth_serial")


def _eight_digits(digits: str) -> _Birth:
    """Day, month and year without anything between them, in one order or the other, where only one is possible."""
    forms = (partial(_date, int(digits[4:]), int(digits[2:4]), int(digits[:2])),
             partial(_date, int(digits[:4]), int(digits[4:6]), int(digits[6:])))  # fmt: skip
    possible = {date for form in forms if (date := form() if _year_of(form) else "")}
    if len(possible) != 1:
        return _Birth(question="roster_year")
    return _Birth(possible.pop(), "reading_birth_digits")


def _year_of(form: partial[str]) -> bool:
    return FIRST_YEAR <= form.args[0] <= LAST_YEAR
