"""The tables as a run keeps them: of the roster what counts for something, and not what an office has written beside.

A column that no condition uses and whose header nobody knows counts for nothing. In a run's copy of a CSV file its
header stays, and its filled cells hold `MASK`, so that whoever reads the copy reads the same problem and is told the
same. Other files are kept as they are.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Collection
from pathlib import Path

from planner.common.errors import Fault, InputError
from planner.common.files import GivenFile, content_of
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.roster.text_tables import csv_records
from planner.inputs.roster.texts import MASK, clean
from planner.inputs.warnings.roster_columns import ignored_columns

_kept: dict[tuple[str, str, tuple[str, ...]], bytes] = {}
"""The last roster that was masked: digests of roster and scenario, columns -> content. Reading it again costs."""


def kept_content(problem: Problem, key: str) -> bytes:
    """The table under a key of the scenario as a run keeps it.

    Raises
    ------
    InputError
        It is no longer what the problem was made from.
    """
    given = problem.source.table(key) or ""
    path = Path(given)
    content = content_of(given)
    if hashlib.sha256(content).hexdigest() != problem.digests[path]:
        raise InputError(Fault("changed_since_read", {}, path))
    columns = _masked_columns(problem) if key == "roster" else ()
    if not columns:
        return content
    known = problem.digests[path], repr(problem.scenario), columns
    if known not in _kept:
        masked = _masked(path, content, columns)
        same = masked is not None and _reads_the_same(problem, GivenFile(path.name, masked), columns)
        _kept.clear()
        _kept[known] = masked if same and masked is not None else content
    return _kept[known]


def kept_digest(problem: Problem, key: str) -> str:
    """The SHA-256 of `kept_content`, in hexadecimal."""
    if key == "roster" and _masked_columns(problem):
        return hashlib.sha256(kept_content(problem, key)).hexdigest()
    return problem.digests[Path(problem.source.table(key) or "")]


def _masked_columns(problem: Problem) -> tuple[str, ...]:
    """The columns that count for nothing and are not masked yet."""
    if Path(problem.source.table("roster") or "").suffix.lower() != ".csv":
        return ()
    cells = problem.cadres
    return tuple(name for name in ignored_columns(problem) if not cells[name].isin(["", MASK]).all())


def _masked(path: Path, content: bytes, columns: Collection[str]) -> bytes | None:
    """A CSV file with its columns masked; None where it has no row of headers with all of them."""
    try:
        before, separator, text = csv_records(path, content)
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except (csv.Error, InputError):
        return None
    header = next((row for row, cells in enumerate(records) if {*columns} <= {*map(clean, cells)}), None)
    if header is None:
        return None
    places = [place for place, cell in enumerate(records[header]) if clean(cell) in columns]
    for cells in records[header + 1 :]:
        for place in places:
            if place < len(cells) and cells[place].strip():
                cells[place] = MASK
    masked = io.StringIO(newline="")
    csv.writer(masked, delimiter=separator, lineterminator="\n").writerows(records)
    return (before + masked.getvalue()).encode()


def _reads_the_same(problem: Problem, roster: GivenFile, columns: Collection[str]) -> bool:
    """Whether the masked roster makes the same problem."""
    try:
        again = load(problem, roster=roster)
    except InputError:
        return False
    same = problem.cadres.drop(columns=list(columns)).equals(again.cadres.drop(columns=list(columns), errors="ignore"))
    return same and problem.studies.equals(again.studies) and list(problem.cadres) == list(again.cadres)
