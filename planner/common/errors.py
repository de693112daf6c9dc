"""What can be wrong with an input, and how it is said: file, line or row, what was found, the nearest known name."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from planner.messages import say, visible_line

MOST_NAMES_TOLD = 12  # names that a sentence tells


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an input.

    `key` names the sentence in `planner.messages`, `values` fill its blanks. `line` is the line of a YAML file,
    `row` the row of a table as a spreadsheet numbers it (the header included), `sheet` that of a workbook with
    several, `cell` a cell of it as a spreadsheet calls it (D5).
    """

    key: str
    values: dict[str, Any] = field(default_factory=dict)
    file: Path | str | None = None
    line: int | None = None
    row: int | None = None
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        values = {key: visible_line(value) if type(value) is str else value for key, value in self.values.items()}
        sentence = say(self.key, **values)
        if self.file is None:
            return sentence
        return f"{self.place()}: {sentence}"

    def brief(self) -> str:
        """The same with the file's name alone, where its reader knows which folder is meant."""
        return str(self if self.file is None else replace(self, file=Path(self.file).name))

    def place(self) -> str:
        """Where it stands, as its reader finds it: file and line; or file, sheet and cell or row."""
        file = visible_line(str(self.file))
        where = file if self.sheet is None else say("at_sheet", file=file, sheet=visible_line(self.sheet))
        if self.line is not None:
            return say("at_line", file=where, line=self.line)
        if self.cell is not None:
            return say("at_cell", file=where, cell=self.cell)
        return where if self.row is None else say("at_row", file=where, row=self.row)


class PlannerError(Exception):
    """Anything planner refuses; as a text, in words for its user. Never a programming error."""


class InputError(PlannerError):
    """An input is wrong: every fault found in it, together, each once."""

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        found = [faults] if isinstance(faults, Fault) else faults
        self.faults = tuple({str(fault): fault for fault in found}.values())
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


class TaskCrashedError(PlannerError):
    """A task's process ended without an answer."""


@dataclass(frozen=True)
class NearestName:
    """The end of a sentence about an unknown name: the known name most like it, or all of them if they are few.

    `like` is that name, empty if none is; `known` are all names, empty if they are too many to be told.
    """

    like: str
    known: tuple[str, ...]

    def __str__(self) -> str:
        if self.like:
            return say("did_you_mean", name=self.like)
        between = "; " if any("," in name for name in self.known) else ", "
        return say("known_names", names=between.join(self.known)) if self.known else ""


def nearest(name: object, known: Iterable[str]) -> NearestName:
    """The known name most like an unknown one, and the known names if they are few."""
    names = tuple(known)
    return NearestName(closest(name, names) or "", names if len(names) <= MOST_NAMES_TOLD else ())


def closest(name: object, known: Iterable[str]) -> str | None:
    """The known name most like an unknown one; None where none is like it."""
    folded: dict[str, list[str]] = {}
    for each in known:
        folded.setdefault(_folded(each), []).append(each)
    close = difflib.get_close_matches(_folded(name), list(folded), n=1, cutoff=0.5)
    if not close:
        return None
    return max(folded[close[0]], key=lambda each: difflib.SequenceMatcher(None, str(name), each).ratio())


def _folded(name: object) -> str:
    """A name without accents, in small letters, its blanks as ids have them: `Lãnh đạo` is `lanh_dao`."""
    letters = unicodedata.normalize("NFD", str(name).strip().casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return bare.replace("đ", "d").replace(" ", "_")
