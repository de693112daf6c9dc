"""The report for readers outside: counts alone, those of few people hidden; no person, no office, nothing single."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from planner.analysis.given import found_plan
from planner.common.results import write_result
from planner.messages import language, localised, say
from planner.plans import summary
from planner.plans.plan import Plan
from planner.plans.small_cells import HIDDEN, ForOthers, for_others
from planner.report.html.page import filled, invented
from planner.report.html.plan_tables import Cell, Grid, number, share, texts, verdict_of
from planner.report.html.review import TEMPLATE, Part
from planner.report.text.titles import source_told

_TARGETS = ("members", "unknown", "required", "already", "attained", "shortfall")


def write_for_others(plan: Plan, path: str | Path) -> Path:
    """Write the report for readers outside as one HTML file, whole or not at all, in the language spoken now.

    Raises
    ------
    InputError
        There is no plan, or the file cannot be written.
    """
    write_result(path, page_for_others(plan).encode())
    return Path(path)


def page_for_others(plan: Plan) -> str:
    """The report for readers outside as HTML, in the language spoken now.

    Raises
    ------
    InputError
        There is no plan.
    """
    shown = for_others(found_plan(plan))
    scenario = plan.problem.scenario
    values: dict[str, Any] = {
        "lang": language(),
        "title": localised(scenario.title, say("page_untitled")),
        "scheme": source_told(scenario.source),
        "skip": say("page_skip"),
        "contents": say("page_contents"),
        "cards": [],
        "parts": [part for part in _parts(plan, shown) if part.sentences or part.grids],
    }
    return filled(TEMPLATE, values)


def _parts(plan: Plan, shown: ForOthers) -> Iterator[Part]:
    told = [say("for_others_note", fewest=shown.fewest, hidden=HIDDEN, cells=shown.cells), say("for_others_limit")]
    proven = say("page_proof_whole" if plan.status == "optimal" else "page_proof_open")
    yield Part("summary", say("page_part_summary"), [*filter(None, [invented(plan.problem)]), *told, proven])
    yield Part("targets", say("page_part_targets"), [], [_targets(plan, shown)])
    yield Part("seats", say("page_part_seats"), [], [grid for grid in _pools(plan, shown) if grid.rows])
    yield Part("priority", say("page_part_priority"), [], [grid for grid in [_priority(shown)] if grid.rows])
    yield Part("years", say("page_yearly_caption"), [], [_yearly(shown)])
    yield Part(
        "proof", say("page_part_proof"), [say("page_proof_goals"), say("page_proof_bound")], [_goals(plan, shown)]
    )


def _cell(value: Any) -> Cell:
    return Cell(HIDDEN) if value == HIDDEN else number(value)


def _share(value: Any) -> Cell:
    return Cell(HIDDEN) if value == HIDDEN else share(value)


def _grid(name: str, caption: str, *headings: str, heads: int = 1) -> Grid:
    return Grid(name, say(f"page_{caption}_caption"), [say(f"page_{heading}") for heading in headings], row_heads=heads)


def _rows(shown: ForOthers, table: str) -> list[Mapping[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in shown.tables[table].to_dict("records")]


def _targets(plan: Plan, shown: ForOthers) -> Grid:
    headings = ("target", "members", "unknown", "required", "already", "attained", "short", "verdict")
    grid = _grid("targets", "targets", *headings)
    titles = summary.targets(plan).set_index("target")["title"]
    for row, exact in zip(_rows(shown, "attainment"), plan.attainment.to_dict("records"), strict=True):
        kind = verdict_of(int(exact["shortfall"]), int(exact["unknown"]), int(exact["members"]))
        verdict = Cell(HIDDEN) if row["members"] == HIDDEN else Cell(say(f"page_verdict_{kind}"), kind)
        grid.rows.append([*texts(titles[row["target"]]), *(_cell(row[name]) for name in _TARGETS), verdict])
    return grid


def _pools(plan: Plan, shown: ForOthers) -> Iterator[Grid]:
    """Starts by pool and year with what each may have, the horizon, and the shares."""
    entries = plan.problem.scenario
    seats = _grid("seats", "seats", "pool", "year", "total_min", "total_max", "starts", "below_min", heads=2)
    for row in _rows(shown, "seats"):
        title = localised(entries.seats[row["pool"]].title, row["pool"])
        figures = (_cell(row[name]) for name in ("min", "max", "starts", "below_min"))
        seats.rows.append([*texts(title, row["year"]), *figures])
    yield seats
    totals = _grid("totals", "totals", "pool", "total_min", "total_max", "starts", "below_min")
    for row in _rows(shown, "totals"):
        title = localised(entries.seats[row["pool"]].title, row["pool"])
        totals.rows.append([*texts(title), *(_cell(row[name]) for name in ("min", "max", "starts", "below_min"))])
    yield totals
    shares = _grid("shares", "shares", "share", "year", "starts", "of_group", "required", "short", heads=2)
    for row in _rows(shown, "shares"):
        title = localised(entries.shares[row["share"]].title, row["share"])
        year = say("whole_period") if row["year"] is None or row["year"] != row["year"] else str(row["year"])
        figures = (_cell(row[name]) for name in ("starts", "of_group", "required", "shortfall"))
        shares.rows.append([*texts(title, year), *figures])
    yield shares


def _priority(shown: ForOthers) -> Grid:
    grid = _grid("priority", "priority", "group", "sent", "sent_share", "eligible_share")
    for row in _rows(shown, "priority"):
        cells = [_cell(row["sent"]), _share(row["sent_share"]), _share(row["eligible_share"])]
        grid.rows.append([*texts(row["title"]), *cells])
    return grid


def _yearly(shown: ForOthers) -> Grid:
    grid = _grid("yearly", "yearly", "year", "starts", "cadres", "full_time", "in_service", "short_course")
    for row in _rows(shown, "yearly"):
        figures = (_cell(row[name]) for name in ("starts", "cadres", "full_time", "in_service", "short"))
        grid.rows.append([Cell(str(row["year"])), *figures])
    return grid


def _goals(plan: Plan, shown: ForOthers) -> Grid:
    grid = _grid("goals", "goals", "rank", "goal", "sense", "value", "bound", "status", heads=2)
    for rank, row in enumerate(_rows(shown, "goals"), 1):
        goal, sense = summary.goal_in_words(row["goal"], plan.problem.scenario), say(f"page_sense_{row['sense']}")
        status = Cell(say(f"status_{row['status']}"), "good" if row["status"] == "optimal" else "bad")
        grid.rows.append([*texts(rank, goal, sense), _cell(row["value"]), _cell(row["bound"]), status])
    return grid
