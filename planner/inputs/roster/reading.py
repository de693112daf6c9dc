"""A roster's files read whole: gathered, mended where somebody said so, interpreted, everybody with a code."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from planner.inputs.roster.codes import coded
from planner.inputs.roster.edits import Edits, mended
from planner.inputs.roster.gathering import gathered
from planner.inputs.roster.interpretation import interpreted
from planner.inputs.roster.mapping_file import together
from planner.inputs.roster.programmes import ProgrammeLike
from planner.inputs.roster.read_back import is_read_back, read_back
from planner.inputs.roster.told import Answers, RosterReading
from planner.inputs.roster.wording import Wording


@dataclass(frozen=True)
class Opened:
    """A roster's files, and all that is known of them; a read-back workbook is the files that it was read from.

    Attributes
    ----------
    files
        The files.
    answers
        What was said of their form.
    edits
        What was changed by hand.
    key
        Whose code is whose (code, name, birth, agency); None where nobody knows any.
    """

    files: tuple[str | Path, ...]
    answers: Answers = field(default_factory=Answers)
    edits: Edits = field(default_factory=Edits)
    key: pd.DataFrame | None = None


def opened(
    files: Sequence[str | Path],
    wording: Callable[[], Wording],
    answers: Answers | None = None,
    key: pd.DataFrame | None = None,
) -> Opened:
    """The files with what is known of them; what stands in a read-back workbook wins over `answers` and `key`.

    Parameters
    ----------
    wording
        Makes the words in which a read-back workbook may be filled in.

    Raises
    ------
    InputError
        A read-back workbook is damaged.
    """
    sources: list[str | Path] = []
    told, edits, keys = answers or Answers(), Edits(), [] if key is None else [key]
    for file in files:
        if not is_read_back(file):
            sources.append(file)
            continue
        given = read_back(file, wording())
        sources += given.packed.files
        told, edits = together(told, given.answers), given.edits.over(edits)
        keys.insert(0, given.packed.key)
    known = pd.concat(keys).drop_duplicates("code", ignore_index=True) if keys else None
    return Opened(tuple(sources), told, edits, known)


def read_opened(
    source: Opened,
    ladders: Mapping[str, Sequence[str]],
    programmes: Mapping[str, ProgrammeLike] | Collection[str] = (),
    names: Collection[str] = (),
    year: int | None = None,
    agencies: Collection[str] = (),
) -> RosterReading:
    """As `read_people`, of files that are opened."""
    rows = mended(gathered(source.files, ladders, names, source.answers), source.edits)
    return coded(interpreted(rows, ladders, programmes, source.answers, year, agencies), source.key)


def read_people(
    files: Sequence[str | Path],
    ladders: Mapping[str, Sequence[str]],
    programmes: Mapping[str, ProgrammeLike] | Collection[str] = (),
    names: Collection[str] = (),
    answers: Answers | None = None,
    key: pd.DataFrame | None = None,
    year: int | None = None,
    agencies: Collection[str] = (),
) -> RosterReading:
    """The people of all files as a clean roster: what was done with rows and cells said, what is doubtful asked.

    Parameters
    ----------
    ladders
        Ladder -> its levels, lowest first.
    programmes
        The programmes that `studying` may hold, by id, or their ids alone.
    names
        Further columns that the scenario speaks of: a header that is such a name is never taken for another column.
    answers
        What was said of the form of the files.
    key
        Whose code is whose: code, name, birth, agency, as `codes.read_key` has it.
    year
        The year of which the roster speaks; see `interpreted`.
    agencies
        The names of the agencies table, if there is one.

    Raises
    ------
    InputError
        A file is no table.
    """
    source = opened(files, lambda: Wording(ladders, {}, sorted(names)), answers, key)
    return read_opened(source, ladders, programmes, names, year, agencies)
