"""Events: what can happen to a cadre and to a study, and how a table of it is read (contract, section 10)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from planner.common.errors import Fault, nearest
from planner.inputs.problem import Problem
from planner.inputs.roster.cell_values import FIRST_YEAR, LAST_YEAR, days, year
from planner.inputs.roster.further_tables import PLAN, Words, read_columns
from planner.inputs.roster.table_reader import further_rows
from planner.inputs.synonyms import HEADERS, NUMBERING, plain
from planner.messages import say

COLUMNS = ("date", "event", "cadre", "programme", "start", "to", "note")
"""The columns of a ledger, as the contract names them."""
LEDGER: Words = {
    "date": ("Ngày", "Ngày tháng", "Thời điểm", "day"),
    "event": ("Sự kiện", "Việc xảy ra", "Kết quả thực hiện", "what happened"),
    "cadre": HEADERS["cadre"],
    "programme": PLAN["programme"],
    "start": PLAN["start"],
    "to": ("Đến", "Đến năm", "Chuyển đến", "Giá trị mới", "until", "new value"),
    "note": ("Ghi chú", "remark", "remarks", "comment"),
}
SHOWN = {
    "name": HEADERS["name"],
    "agency": HEADERS["agency"],
    "title": ("Tên chương trình", "title of the programme"),
    "until": ("Học đến năm", "Dự kiến xong", "expected end"),
}
"""Columns of the year's workbook that only show what is known; they are not read."""

WITHDRAWN = "withdrawn"
GONE = ("left", "retired")
ENDS = ("finished", "failed")
OF_STUDIES = (*ENDS, "extended")


@dataclass(frozen=True)
class Kind:
    """An event's kind: the cells it needs, those it may have besides, and the words that offices use for it."""

    needs: tuple[str, ...]
    may: tuple[str, ...]
    words: tuple[str, ...]


KINDS: dict[str, Kind] = {
    "admitted": Kind(("programme", "start"), (), ("đã nhập học", "nhập học", "đi học", "đã đi học", "enrolled")),
    "declined": Kind(
        ("programme", "start"), (), ("không đi học", "không nhập học", "từ chối", "xin thôi không học", "did not go")
    ),
    "finished": Kind(
        ("programme",), ("start",), ("hoàn thành", "đã hoàn thành", "tốt nghiệp", "đã tốt nghiệp", "completed")
    ),
    "failed": Kind(("programme",), ("start",), ("không hoàn thành", "không tốt nghiệp", "trượt", "bỏ học", "thôi học")),
    "extended": Kind(("programme", "to"), ("start",), ("gia hạn", "kéo dài", "kéo dài thời gian học", "prolonged")),
    "left": Kind((), (), ("thôi việc", "nghỉ việc", "chuyển đi", "chuyển đi nơi khác", "left service")),
    "retired": Kind((), (), ("nghỉ hưu", "đã nghỉ hưu", "về hưu", "nghỉ chế độ")),
    "transferred": Kind(("to",), (), ("chuyển công tác", "điều động", "luân chuyển", "chuyển cơ quan", "moved")),
    "changed": Kind(("to",), (), ("thay đổi", "thay đổi thông tin", "bổ nhiệm")),
    "joined": Kind((), (), ("tiếp nhận", "tuyển dụng", "mới về", "chuyển đến", "new")),
    "leave": Kind(("start", "to"), (), ("nghỉ", "nghỉ dài hạn", "nghỉ thai sản", "nghỉ không lương", "on leave")),
    WITHDRAWN: Kind(("to",), (), ("thu hồi", "rút lại", "hủy", "hủy ghi", "ghi nhầm")),
}
"""Event -> what it needs; the contract's, and `withdrawn`, which takes back the entry whose number stands in `to`."""
_KIND_OF = {plain(word): name for name, kind in KINDS.items() for word in (name, *kind.words)}
_EPOCH = dt.date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Event:
    """Something that happened.

    Attributes
    ----------
    kind
        One of `KINDS`.
    date
        When.
    cadre, programme
        A cadre's code and a programme's id; empty where the event has none.
    start
        The year of a study's start; of a leave, its first.
    to
        What the event leads to: a year (extended, leave), an agency (transferred), `column=value` (changed), the
        number of an entry (withdrawn).
    note
        Anything.
    file, row
        Where it was read.
    number
        Its number in the run's own ledger; None before it is recorded.
    """

    kind: str
    date: dt.date
    cadre: str
    programme: str = ""
    start: int | None = None
    to: str = ""
    note: str = ""
    file: Path | str = ""
    row: int | None = None
    number: int | None = None

    @property
    def said(self) -> tuple[Any, ...]:
        """What it says, wherever it stands and whatever is noted beside."""
        return self.kind, self.date, self.cadre, self.programme, self.start, self.to

    def fault(self, key: str, **values: object) -> Fault:
        """A fault of this event, with its file and row."""
        return Fault(key, {"event": self, **values}, file=self.file, row=self.row)

    @property
    def place(self) -> str:
        """Where it stands, as its reader finds it."""
        return self.fault("ledger_no_study").place()

    def __str__(self) -> str:
        told = [self.date.isoformat(), say(f"event_{self.kind}"), self.cadre, self.programme]
        return " ".join(filter(None, [*told, str(self.start or ""), self.to]))


@dataclass(frozen=True)
class EventTable:
    """A table of events as it was read.

    Attributes
    ----------
    events
        In the order of the rows.
    faults
        All that is wrong with its cells.
    blank
        The rows that name a cadre and no event: nothing happened there yet.
    unread
        Columns that no ledger has.
    """

    events: tuple[Event, ...]
    faults: tuple[Fault, ...]
    blank: tuple[int, ...] = ()
    unread: tuple[str, ...] = ()


def read_events(path: str | Path, problem: Problem) -> EventTable:
    """The events in a .csv or .xlsx file, under Vietnamese or English headings.

    Raises
    ------
    InputError
        The file is no table, or lacks a column.
    """
    words = {**LEDGER, **SHOWN, NUMBERING: HEADERS[NUMBERING]}
    table, frame, reading = read_columns(path, words, (), ("date", "event", "cadre"), empty=True)
    for name in COLUMNS:
        if name not in frame:
            frame[name] = pd.Series("", index=frame.index, dtype="str")
    shown = [name for name in frame if name not in COLUMNS]
    unread = tuple(str(name) for name in shown if name not in SHOWN)
    ticked = (frame["event"] != "") | (frame["date"] != "") | (frame["to"] != "") | (frame["note"] != "")
    blank = tuple(int(row) for row in frame.index[~ticked & (frame["cadre"] != "")])
    rows = frame[ticked]
    for name in ("date", "event"):
        reading.check_filled(rows[name])
    reading.check_filled(rows.loc[rows["event"].map(kind_of) != WITHDRAWN, "cadre"])
    dates = reading.numbers(rows["date"], _day, "ledger_date", first=FIRST_YEAR, last=LAST_YEAR)
    starts = reading.years(rows["start"])
    known = programme_names(problem)
    found: list[Event] = []
    faults = reading.faults
    faults += _unknown(rows, "event", kind_of, "ledger_event", KINDS, table.file)
    programmes = problem.scenario.programmes
    faults += _unknown(
        rows, "programme", lambda text: known.get(plain(text)), "ledger_programme", programmes, table.file
    )
    for (row, cells), day, start in zip(rows.iterrows(), dates, starts, strict=True):
        kind, programme = kind_of(cells["event"]), known.get(plain(cells["programme"]), "")
        nobody = not cells["cadre"] and kind != WITHDRAWN
        if kind is None or nobody or math.isnan(day) or (cells["programme"] and not programme):
            continue
        begun = None if math.isnan(start) else int(start)
        date = dt.date.fromordinal(int(day) + _EPOCH)
        until = year(cells["to"]) if kind in ("extended", "leave") else None
        to = str(until or cells["to"])
        named = (cells["cadre"], programme, begun, to, cells["note"])
        event = Event(kind, date, *named, table.file, int(str(row)))
        wrong = list(_cell_faults(event, {name for name in COLUMNS if cells[name]}))
        faults += wrong
        if not wrong:
            found.append(event)
    return EventTable(tuple(found), tuple(faults), blank, unread)


def kind_of(text: str) -> str | None:
    """The kind that an office's word for an event means."""
    return _KIND_OF.get(plain(text))


def programme_names(problem: Problem) -> dict[str, str]:
    """What a programme may be called in a ledger, in its plain form -> its id: the id, or a title that only it has."""
    called: dict[str, set[str]] = {}
    for name, entry in problem.scenario.programmes.items():
        title = entry.title
        titles = list(title.values()) if isinstance(title, Mapping) else [title] if title else []
        for text in (name, *titles):
            called.setdefault(plain(str(text)), set()).add(name)
    own = {plain(name): name for name in problem.scenario.programmes}
    return {text: next(iter(names)) for text, names in called.items() if len(names) == 1} | own


def _day(text: str) -> float | None:
    """The day that a cell names; a year or month alone is none."""
    found = days(text)
    return None if found is None or math.isnan(found) else found


def _unknown(
    rows: pd.DataFrame, column: str, read: Any, key: str, known: Collection[str], file: Path
) -> Iterator[Fault]:
    """The texts of a column that mean nothing, each once."""
    held = rows.loc[rows[column] != "", column]
    for text, own in held.groupby(held).groups.items():
        if read(str(text)) is None:
            at = [int(row) for row in own]
            hint = nearest(text, known)
            yield Fault(key, {"name": text, "nearest": hint, "more": further_rows(at)}, file=file, row=at[0])


def _cell_faults(event: Event, filled: Collection[str]) -> Iterator[Fault]:
    """Cells that an event needs and that are empty, cells it has no use for, years that are none."""
    kind = KINDS[event.kind]
    wanted = {"date", "event", "note", *kind.needs, *kind.may, "cadre"}
    for name in COLUMNS:
        if name in kind.needs and name not in filled:
            yield event.fault("ledger_needs", column=name)
        if name in filled and name not in wanted:
            yield event.fault("ledger_no_use", column=name)
    if event.kind in ("extended", "leave") and event.to and year(event.to) is None:
        yield event.fault("ledger_to_year", found=event.to)
    if event.kind == WITHDRAWN and event.to and not event.to.isdecimal():
        yield event.fault("ledger_to_number", found=event.to)
    if event.kind == "changed" and event.to and not all(part.strip() for part in event.to.partition("=")[::2]):
        yield event.fault("ledger_to_value", found=event.to)
