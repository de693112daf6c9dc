"""A run of one seat a year, to which things happen: what the tests of the ledger and of replanning share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from small import CADRES, merged, small

import planner
from planner import Plan, Problem, solve, write_run
from planner.library.years import Replan, replan

HEAD = "date,event,cadre,programme,start,to,note\n"
SCHEME: dict[str, Any] = {
    "horizon": {"first": 2021, "last": 2024},
    "programmes": {"school": {"open": False, "months": 8}, "evening": {"open": False}, "basics": {"open": False}},
    "targets": {"theory": {"who": {"sex": ["F", "M"]}, "level": {"theory": "advanced"}, "share": 1.0}},
    "seats": {"school": {"programmes": ["school"], "who": {"sex": ["F", "M"]}, "per_year": {"max": 1}}},
    "goals": ["attainment", "early", "lot"],
}
"""Everybody needs `school`, which has one seat a year: one goes in 2021, one in 2022, one in 2023."""


def a_run(folder: Path, roster: Any = CADRES, agencies: Any = None, **overrides: Any) -> Path:
    """The run folder of the scheme, or of one that differs in some keys."""
    sizes = {"agencies": agencies} if agencies is not None else {}
    plan = solve(small(folder / "scenario", roster, **sizes, **merged(SCHEME, overrides)))
    write_run(plan, folder / "run")
    return folder / "run"


def in_order(run: Path) -> list[str]:
    """The cadres in the order in which they start."""
    plan = planner.read_run(run).plan().assignments
    return [str(cadre) for cadre in plan.sort_values("start")["cadre"]]


def ledger(folder: Path, *rows: str, name: str = "events.csv") -> Path:
    """A table of events, one text of cells for each."""
    path = folder / name
    path.write_text(HEAD + "".join(f"{row}{',' * (6 - row.count(','))}\n" for row in rows), encoding="utf-8")
    return path


def joiners(folder: Path, **own: dict[str, Any]) -> Path:
    """A table of those who joined: cadre -> the columns that differ from those of everybody."""
    from small import CADRE

    rows = [{"cadre": name, **CADRE, **cells} for name, cells in own.items()]
    path = folder / "joiners.csv"
    pd.DataFrame(rows).to_csv(path, index=False)
    return path


def again(run: Path, year: int, *rows: str, **options: Any) -> Replan:
    """The plan made again from a year on, after some events; changes without prices unless asked."""
    table = ledger(run.parent, *rows) if rows else None
    return replan(run, year, table, **{"priced": False, **options})


def starts(plan: Plan) -> set[tuple[str, str, int]]:
    """The starts of a plan."""
    rows = plan.assignments[["cadre", "programme", "start"]]
    return {(str(cadre), str(programme), int(start)) for cadre, programme, start in rows.itertuples(index=False)}


def history(found: Replan) -> pd.DataFrame:
    """The history that the new scenario has, as text."""
    return pd.read_csv(_table(found.plan.problem, "history"), dtype=str, keep_default_na=False)


def roster(found: Replan) -> pd.DataFrame:
    """The roster that the new scenario has, as text, by cadre."""
    table = pd.read_csv(_table(found.plan.problem, "roster"), dtype=str, keep_default_na=False)
    return table.set_index("cadre")


def _table(problem: Problem, key: str) -> Any:
    import io

    given = problem.source.table(key)
    return io.BytesIO(given.content)  # type: ignore[union-attr]


def named(news: pd.DataFrame, *columns: str) -> Sequence[tuple[Any, ...]]:
    """Some columns of what happened."""
    return [tuple(row) for row in news[list(columns)].itertuples(index=False, name=None)]
