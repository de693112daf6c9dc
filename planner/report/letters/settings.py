"""What an office says once for all of its documents: who sends, where, who signs, under which symbol."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator

from planner.common.errors import Fault, InputError
from planner.inputs.scenario.validation import Entry, refusal, unknown_nulls, validated
from planner.inputs.scenario.yaml_reader import read_document
from planner.inputs.scenario.yaml_tree import without_nulls
from planner.messages import say

DOTS = "……"
"""What stands where nothing is set: to be filled in by hand."""
_DATES = (
    re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"),
)


def _read_date(data: Any) -> dt.date:
    """A day as an office writes it, 15/01/2026, or as 2026-01-15."""
    for form in _DATES:
        if isinstance(data, str) and (found := form.fullmatch(data.strip())):
            try:
                return dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                break
    raise refusal("want_day", found=data)


def _read_words(data: Any) -> str:
    """A text; a number stands for its digits, since symbols and numbers of documents may be nothing else."""
    if isinstance(data, bool) or not isinstance(data, str | int):
        raise refusal("want_text", found=data)
    return " ".join(str(data).split())


Day = Annotated[dt.date, PlainValidator(_read_date)]
Words = Annotated[str, PlainValidator(_read_words)]


class Signatory(Entry):
    """Who signs."""

    behalf: Words | None = Field(None, description="for whom: TM. ỦY BAN NHÂN DÂN; T/M BAN THƯỜNG VỤ")
    deputising: Words | None = Field(None, description="in whose place: KT. CHỦ TỊCH")
    title: Words | None = Field(None, description="the post: PHÓ CHỦ TỊCH")
    name: Words | None = Field(None, description="the name under the signature")


class Letter(Entry):
    """What concerns the letters alone."""

    symbol: Words | None = Field(None, description="behind the number: UBND-NV; CV/HU")
    first_number: Annotated[int, Field(ge=1, le=10**6)] | None = Field(
        None, description="the number of the first letter; the others follow, in the order of the agencies' names"
    )
    answer_by: Day | None = Field(None, description="by when the office is to answer")


class Annex(Entry):
    """The document that the annex belongs to."""

    document: Words | None = Field(None, description="Quyết định; Tờ trình")
    number: Words | None = Field(None, description="its number")
    symbol: Words | None = Field(None, description="its symbol: QĐ-UBND")
    date: Day | None = Field(None, description="its day")
    issuer: Words | None = Field(None, description="who issues it; by default the sender")


class Report(Entry):
    """What concerns the reports of a year and of the whole scheme alone."""

    number: Words | None = Field(None, description="the number of the report")
    symbol: Words | None = Field(None, description="behind the number: BC/HU; BC-UBND")


class Settings(Entry):
    """The settings of an office's documents; what is left out stands as dots."""

    language: Literal["vi", "en"] | None = Field(None, description="of the documents; the one spoken by default")
    form: Literal["state", "party"] | None = Field(
        None, description="Decree 30/2020 or Guideline 36-HD/VPTW; by default as the sender's name tells"
    )
    superior: Words | None = Field(None, description="the body above the sender (cơ quan chủ quản)")
    sender: Words | None = Field(None, description="who sends (cơ quan ban hành)")
    place: Words | None = Field(None, description="where it is signed")
    date: Day | None = Field(None, description="the day of the letters")
    signatory: Signatory = Field(default=Signatory(), description="who signs")
    letter: Letter = Field(default=Letter(), description="the letters")
    annex: Annex = Field(default=Annex(), description="the annexes")
    report: Report = Field(default=Report(), description="the reports")
    recipients: list[Words] = Field(default=[], description="who gets copies, between 'as above' and the file")
    filed: Words | None = Field(None, description="where a copy is filed: VT, NV")


def read_settings(path: str | Path) -> Settings:
    """The settings in a YAML file.

    Raises
    ------
    InputError
        Every fault of the file, with its line.
    """
    root = read_document(path)
    if not isinstance(root.value, dict):
        raise InputError(Fault("want_mapping", {"at": Path(path).name, "found": root.text or "..."}, path, root.line))
    slips = [
        root.fault(location, "unknown_key", name=name, nearest=near)
        for location, name, near in unknown_nulls(Settings, root)
    ]
    found, faults = validated(Settings, without_nulls(root))
    if slips or faults or found is None:
        raise InputError([*slips, *faults])
    return found


def day_in_words(day: dt.date | None) -> str:
    """A day as documents have it: ngày 15 tháng 01 năm 2026; with dots where it is not set."""
    if day is None:
        return say("office_date", day=DOTS, month=DOTS, year=DOTS)
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)  # Decree 30: a zero before days to 9, months 1, 2
    return say("office_date", day=f"{day.day:02d}", month=month, year=day.year)
