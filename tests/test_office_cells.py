"""Some 1900 cells as personnel files have them, each with what a personnel officer says that it means."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from planner.inputs.vocabulary.levels import Ladder
from planner.inputs.vocabulary.words import BLANK_MARKS, SCALES, STANDARD

YEAR = 2026
LADDERS = {
    name: Ladder(name, SCALES[name] if name == "administration" else levels, YEAR) for name, levels in STANDARD.items()
}
CELLS = Path(__file__).parent / "cases" / "cells" / "levels.csv"


def told(ladder: Ladder, text: str) -> str:
    """The level held, study under way behind a plus; ask, unknown, or blank."""
    if not text or (text.casefold() in BLANK_MARKS and ladder.own(text) is None):
        return "blank"
    read = ladder.read(text)
    if read.question:
        return "ask"
    if read.unknown:
        return "unknown"
    held = [] if read.held is None else [ladder.levels[read.held]]
    return "+".join([*held, *(f"study:{'/'.join(ladder.levels[to] for to in one.levels)}" for one in read.studies)])


@pytest.mark.parametrize("column", STANDARD)
def test_cells_of_offices(column: str) -> None:
    """Nothing is read as another thing; what is plain is read, what is not is asked about."""
    with CELLS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["column"] == column]
    wrong = {
        row["text"]: (row["means"], found)
        for row in rows
        if (found := told(LADDERS[column], row["text"])) not in row["means"].split(" or ")
    }
    assert len(rows) > 100
    assert wrong == {}
