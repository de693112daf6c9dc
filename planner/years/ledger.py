"""The run's own ledger: entries are added to it, never changed; a wrong one is withdrawn by another."""

from __future__ import annotations

import datetime as dt
import getpass
import hashlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from planner.common.csv_cells import csv_table, csv_text
from planner.common.errors import Fault, InputError
from planner.common.files import write_file
from planner.plans.run_folder import MANIFEST, Run
from planner.years.checking import Checked, check_events, standing
from planner.years.events import COLUMNS, WITHDRAWN, Event, EventTable, read_events
from planner.years.people import read_joiners

FILE, JOINERS = "ledger.csv", "joiners.csv"
OWN = ("number", "recorded", "by", *COLUMNS, "seal")
"""The columns of the run's own ledger; `seal` holds this entry, the row of who joined by it, and so all before."""
NUMBERED = ("number", "seal")
"""The columns by which a table is known as the ledger of some run."""
SEAL = 16
NOBODY = pd.DataFrame({name: pd.Series(dtype="str") for name in ("entry", "cadre", "studying", "studying_until")})


@dataclass(frozen=True)
class Ledger:
    """What is recorded of a run.

    Attributes
    ----------
    table
        number, recorded (when), by (who), the columns of a ledger, seal; in the order of recording.
    events
        The same, withdrawn ones included.
    joiners
        The rows of those who joined, as a roster writes them; `entry` is the number of the event.
    """

    table: pd.DataFrame
    events: tuple[Event, ...]
    joiners: pd.DataFrame

    @property
    def withdrawn(self) -> dict[int, int]:
        """The number of an entry -> that of the one that took it back."""
        return {int(event.to): event.number or 0 for event in self.events if event.kind == WITHDRAWN}


@dataclass(frozen=True)
class News:
    """Events with those recorded before, checked together.

    Attributes
    ----------
    events, joiners
        All, the new ones behind.
    new
        The new events alone.
    known
        Events of the new table that were recorded before, and are not recorded again.
    table
        The new table as it was read; None where none was given.
    checked
        What they make of the plan.
    again
        New events that were recorded before and withdrawn: they count again.
    """

    events: tuple[Event, ...]
    joiners: pd.DataFrame
    new: tuple[Event, ...]
    known: tuple[Event, ...]
    table: EventTable | None
    checked: Checked
    again: tuple[Event, ...] = ()


@dataclass(frozen=True)
class Recorded:
    """What was recorded.

    Attributes
    ----------
    entries
        The new entries: number, recorded, by, the columns of a ledger, seal.
    known
        Events that were recorded before, and are not recorded again.
    blank
        Rows of the table that name a cadre and no event.
    unread
        Columns of the table that no ledger has.
    file
        The run's own ledger.
    again
        New entries that say what was withdrawn before: it counts again.
    """

    entries: pd.DataFrame
    known: tuple[Event, ...]
    blank: tuple[int, ...]
    unread: tuple[str, ...]
    file: Path
    again: tuple[Event, ...] = ()


def read_ledger(folder: str | Path, run: Run) -> Ledger:
    """The ledger of a run; without a file it is empty.

    Raises
    ------
    InputError
        The file cannot be read, or an entry in it was changed, taken out or put between after it was recorded.
    """
    file = Path(folder) / FILE
    if not file.exists():
        return Ledger(pd.DataFrame(columns=[*OWN], dtype="str"), (), NOBODY)
    table = csv_table(file)
    if missing := [name for name in OWN if name not in table]:
        raise InputError(Fault("missing_column", {"name": missing[0]}, file))
    read = read_events(file, run.problem)
    if read.faults:
        raise InputError(read.faults)
    if len(read.events) != len(table):
        raise InputError(Fault("ledger_broken", {"number": len(read.events) + 1}, file))
    events = tuple(replace(event, number=place) for place, event in enumerate(read.events, 1))
    joiners = Path(folder) / JOINERS
    people = csv_table(joiners) if joiners.exists() else NOBODY
    # A row that no entry speaks of was written by a record that a kill cut off: nobody joined by it.
    people = people[people["entry"].isin(table["number"])] if "entry" in people else NOBODY
    joined = _joined(people)
    seal = ""
    for row, event in zip(table.to_dict("records"), events, strict=True):
        seal = seal_of(seal, str(row["recorded"]), str(row["by"]), event, joined.get(str(event.number), ""))
        if str(row["number"]) != str(event.number) or row["seal"] != seal:
            raise InputError(Fault("ledger_broken", {"number": event.number}, file, row=event.row))
    return Ledger(table[[*OWN]], events, people)


def _joined(people: pd.DataFrame) -> dict[str, str]:
    """By the number of the entry, what is kept of who joined by it: column and cell, without empty ones, by column."""
    joined: dict[str, str] = {}
    for row in people.to_dict("records"):
        cells = {str(name): str(cell) for name, cell in row.items() if name != "entry" and str(cell)}
        entry = str(row.get("entry", ""))
        joined[entry] = joined.get(entry, "") + "\x1e".join(f"{name}={cells[name]}" for name in sorted(cells))
    return joined


def seal_of(before: str, recorded: str, by: str, event: Event, joined: str = "") -> str:
    """The digest of an entry and of all before it; a date may be written in another form, nothing else may change."""
    said = [before, recorded, by, event.number, *event.said, event.note, *([joined] if joined else [])]
    text = "\x1f".join("" if part is None else str(part) for part in said)
    return hashlib.sha256(text.encode()).hexdigest()[:SEAL]


def resealed(table: pd.DataFrame, events: Sequence[Event], people: pd.DataFrame) -> pd.DataFrame:
    """A ledger's table whose entries were changed on purpose, each sealed anew.

    `events` are its entries, `people` the rows of those who joined.
    """
    seal, seals, joined = "", [], _joined(people)
    for row, event in zip(table.to_dict("records"), events, strict=True):
        seal = seal_of(seal, str(row["recorded"]), str(row["by"]), event, joined.get(str(event.number), ""))
        seals.append(seal)
    return table.assign(seal=seals)


def gather(
    run: Run, ledger: str | Path | None = None, joiners: str | Path | None = None, more: Sequence[Event] = ()
) -> News:
    """The run's own events with those of a table, checked whole; nothing is written.

    Parameters
    ----------
    ledger
        The table of new events.
    joiners
        The table with the rows of those who joined, if it is not recorded yet.
    more
        Further new events.

    Raises
    ------
    InputError
        Everything wrong with any of them, together.
    """
    own = read_ledger(run.folder, run)
    table = None if ledger is None else _of_a_run(read_events(ledger, run.problem), ledger)
    said = {event.said for event in standing(own.events)[0]}
    told = (*(table.events if table else ()), *more)
    new = tuple(event for event in told if event.said not in said)
    known = tuple(event for event in told if event.said in said)
    taken = {event.said for event in own.events if event.number in own.withdrawn}
    again = tuple(event for event in new if event.said in taken)
    faults = [*(table.faults if table else ())]
    rows, wrong = _joining(run, own, new, known, joiners)
    faults += wrong
    assignments = run.plan().assignments
    events = (*own.events, *new)
    left = {event.number for event in standing(own.events)[0] if event.kind == "joined"}
    mask = [entry == "" or int(entry) in left for entry in rows["entry"]]
    there = rows[pd.Series(mask, index=rows.index, dtype=bool)]
    checked = check_events(run.problem, assignments, events, there)
    # Of a table of joiners that could not be read nobody can say whose rows it lacks.
    faults += [fault for fault in checked.faults if not wrong or fault.key != "ledger_joiner_row"]
    if faults:
        raise InputError(faults)
    return News(events, there, new, known, table, checked, again)


def _of_a_run(table: EventTable, file: str | Path) -> EventTable:
    """Of a table that is the ledger of some run what stands in it; any other table as it is.

    Its withdrawals speak of its own numbers. Taken as rows of this run's ledger they would take back entries of others.
    """
    if not set(NUMBERED) <= set(table.unread):
        return table
    if Path(file).suffix.lower() != ".csv":
        return _without_withdrawals(table)
    numbers = csv_table(Path(file))["number"].astype(str)
    if table.faults or len(numbers) != len(table.events) or not numbers.str.fullmatch(r"[0-9]{1,9}").all():
        return _without_withdrawals(table)
    numbered = [replace(event, number=int(number)) for event, number in zip(table.events, numbers, strict=True)]
    left, faults = standing(numbered)
    plain = tuple(replace(event, number=None) for event in left)
    unread = tuple(name for name in table.unread if name not in OWN)
    return replace(table, events=plain, faults=tuple(faults), unread=unread)


def _without_withdrawals(table: EventTable) -> EventTable:
    """The table of a ledger whose numbers do not fit its rows, or are in a workbook: its withdrawals are faults."""
    faults = [event.fault("ledger_other_numbers") for event in table.events if event.kind == WITHDRAWN]
    return replace(table, faults=(*table.faults, *faults))


def _joining(
    run: Run, own: Ledger, new: Sequence[Event], known: Sequence[Event], joiners: str | Path | None
) -> tuple[pd.DataFrame, list[Fault]]:
    """The rows of all who joined; `entry` is empty where the event is new."""
    if joiners is None:
        return own.joiners, []
    joined = {event.cadre for event in new if event.kind == "joined"}
    already = {event.cadre for event in known if event.kind == "joined"}
    try:
        rows = read_joiners(joiners, run.problem)
    except InputError as error:
        return own.joiners, list(error.faults)
    faults = [
        Fault("ledger_joiner_event", {"cadre": code}, joiners)
        for code in rows["cadre"]
        if code not in joined and code not in already
    ]
    fresh = rows[rows["cadre"].isin(joined)].assign(entry="")
    whole = pd.concat([own.joiners, fresh], ignore_index=True)
    return whole.fillna("").astype("str"), faults


def record(
    run: Run,
    ledger: str | Path | None = None,
    joiners: str | Path | None = None,
    more: Sequence[Event] = (),
    by: str | None = None,
) -> Recorded:
    """Add events to the run's own ledger: all of them, or none.

    Parameters
    ----------
    by
        Who records them; by default the account of the machine.

    Raises
    ------
    InputError
        Everything wrong with any of them, together; or the ledger cannot be written.
    """
    with _alone(run.folder):
        news = gather(run, ledger, joiners, more)
        own = read_ledger(run.folder, run)
        now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        who = _account() if by is None else by
        seal = str(own.table["seal"].iloc[-1]) if len(own.table) else ""
        rows, numbers = [], {}
        joined = news.joiners[news.joiners["entry"] == ""]
        told = _joined(joined.assign(entry=joined["cadre"]).astype("str"))
        for number, event in enumerate(news.new, len(own.events) + 1):
            own_row = told.get(event.cadre, "") if event.kind == "joined" else ""
            seal = seal_of(seal, now, who, replace(event, number=number), own_row)
            cells = (event.date.isoformat(), event.kind, event.cadre, event.programme)
            rows.append((str(number), now, who, *cells, str(event.start or ""), event.to, event.note, seal))
            if event.kind == "joined":
                numbers[event.cadre] = str(number)
        entries = pd.DataFrame(rows, columns=[*OWN], dtype="str")
        if numbers:
            fresh = joined.assign(entry=joined["cadre"].map(numbers))
            kept = pd.concat([own.joiners, fresh], ignore_index=True).fillna("")
            _write(kept, run.folder / JOINERS)
        if rows:
            _write(pd.concat([own.table, entries], ignore_index=True), run.folder / FILE)
    table = news.table or EventTable((), ())
    return Recorded(entries, news.known, table.blank, table.unread, run.folder / FILE, news.again)


def _write(table: pd.DataFrame, file: Path) -> None:
    write_file(file, csv_text(table))


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return ""


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else records meanwhile: two at once would each leave out what the other wrote."""
    with (folder / MANIFEST).open("rb") as held:
        if sys.platform == "win32":
            import msvcrt

            held.seek(2**30)  # beyond the file's end, so that nobody is kept from reading it
            msvcrt.locking(held.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX)
        for name in (FILE, JOINERS):
            for draft in folder.glob(f".{name}.*.part"):  # of a recording that was killed
                draft.unlink()
        yield


def withdrawal(number: int, note: str = "", today: dt.date | None = None) -> Event:
    """The event that takes back the entry with a number."""
    day = today or dt.datetime.now(dt.UTC).date()
    return Event(WITHDRAWN, day, "", to=str(number), note=note, file="--withdraw")
