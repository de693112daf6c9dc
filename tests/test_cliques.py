"""Cliques: the strengthened matrix has the tables' whole points, all of them and no other, and no weaker relaxation."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small import small

from planner.inputs.loading import load
from planner.model.build import build_model
from planner.model.matrix import strengthened
from planner.model.options import admissible_starts
from planner.model.rows import ModelTables
from planner.optimiser import cliques as cliques_module
from planner.optimiser.integer_program import IntegerProgram, SolveLimits
from planner.optimiser.lp import relax

MOST_POINTS = 2**15


def plain(tables: ModelTables) -> IntegerProgram:
    """The tables as they are, without a goal."""
    nothing = np.zeros(len(tables.upper))
    return IntegerProgram(nothing, tables.terms, tables.row_lower, tables.row_upper, nothing, tables.upper)


def drawn(seed: int, folder: Path) -> ModelTables:
    """The tables of one to three cadres on ladders of several levels, with few enough columns to try every point."""
    draw = random.Random(seed)
    while True:
        programmes: dict[str, Any] = dict.fromkeys(["degree", "basics", "school", "evening", "course", "further"])
        for number in range(draw.randint(2, 4)):
            low = draw.randint(0, 1)
            programmes[f"p{number}"] = {
                "ladder": draw.choice(["one", "two"]),
                "from": f"l{low}",
                "to": f"l{draw.randint(low + 1, 3)}",
                "mode": draw.choice(["full_time", "in_service", "short"]),
                "months": draw.choice([6, 12, 18, 30]),
                "open": True,
            }
        levels = [f"l{place}" for place in range(4)]
        cadres = {
            name: {"one": draw.choice(levels[:2]), "two": draw.choice(levels[:3])}
            for name in draw.choice(["A", "AB", "ABC"])
        }
        overrides: dict[str, Any] = {
            "horizon": {"last": draw.choice([2022, 2023])},
            "ladders": {"one": levels, "two": levels},
            "study_load": {"short_per_year": draw.randint(0, 2)},
            "seats": {"p": {"programmes": ["p0", "p1"], "who": {"cadre": "A"}, "per_year": {"max": 1}, "total": 2}},
            "absence": {"modes": draw.sample(["full_time", "in_service", "short"], 2), "bands": [{"away": 1}]},
        }
        tables = build_model(admissible_starts(load(small(folder, cadres, programmes=programmes, **overrides)))).tables
        if len(tables.upper) > 0 and np.prod(tables.upper + 1) <= MOST_POINTS:
            return tables


def obeying(matrix: IntegerProgram) -> np.ndarray:
    """Of every whole point between the bounds, whether it obeys the rows."""
    sides = [np.arange(high + 1) for high in matrix.upper]
    grid = np.stack(np.meshgrid(*sides, indexing="ij")).reshape(len(sides), -1)
    activity = matrix.terms @ grid
    low, high = matrix.row_lower[:, None], matrix.row_upper[:, None]
    return np.asarray(((activity >= low) & (activity <= high)).all(axis=0))


@pytest.mark.parametrize("most", [500, 3, 0])
def test_the_whole_points_are_those_of_the_tables(tmp_path: Path, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every point obeys both or neither, whether all cadres' cliques are taken, some cadres' or none."""
    monkeypatch.setattr(cliques_module, "MOST_CLIQUES", most)
    for seed in range(8):
        tables = drawn(seed, tmp_path / str(seed))
        np.testing.assert_array_equal(obeying(plain(tables)), obeying(strengthened(tables)))


def tables_of(folder: Path, **overrides: Any) -> ModelTables:
    """The tables of a small scenario."""
    return build_model(admissible_starts(load(small(folder, **overrides)))).tables


def bounds(tables: ModelTables, cost: np.ndarray) -> tuple[float, float]:
    """The relaxation's bound with the rules' own rows, and with the strengthened ones."""
    effort = SolveLimits(time.monotonic() + 60)
    weak, strong = (relax(replace(each, cost=cost), effort).bound for each in (plain(tables), strengthened(tables)))
    return weak, strong


def test_the_relaxation_is_never_weaker(tmp_path: Path) -> None:
    """For random goals the bound is at least that of the rules' own rows."""
    for seed in range(8):
        tables = drawn(seed, tmp_path / str(seed))
        draw = np.random.default_rng(seed)
        for _ in range(5):
            weak, strong = bounds(tables, -draw.integers(0, 9, len(tables.upper)).astype(float))
            assert strong >= weak - 1e-6


def test_halves_of_three_starts_are_no_mixture(tmp_path: Path) -> None:
    """A degree in 2021 and 2022 and the same school in either year exclude each other in pairs: one, not 1.5."""
    tables = tables_of(tmp_path, roster={"A": {"administration": "senior"}})
    frame, names = tables.options.frame, list(tables.options.problem.programmes["programme"])
    three = [("degree", 2021), ("school", 2021), ("school", 2022)]
    wanted = [(names[row], start) in three for row, start in zip(frame["programme"], frame["start"], strict=True)]
    weak, strong = bounds(tables, -np.array(wanted, dtype=float))
    assert (weak, strong) == (pytest.approx(-1.5), pytest.approx(-1))


def test_starts_that_exclude_each_other_stand_in_one_row(tmp_path: Path) -> None:
    """Eight ways to the same level, full time or in service, all exclude each other: one row, at most one."""
    closed = {name: {"open": False} for name in ("degree", "basics", "course", "further")}
    tables = tables_of(tmp_path, roster={"A": {}}, programmes=closed)
    matrix = strengthened(tables)
    assert tables.terms.shape == (5, 8)  # the level once, and a row for every year
    np.testing.assert_array_equal(matrix.terms.toarray(), np.ones((1, 8)))
    assert (matrix.row_lower.tolist(), matrix.row_upper.tolist()) == ([-np.inf], [1])


def test_too_many_cliques_keep_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cadre whose cliques are too many keeps the rules' own rows, another has cliques all the same."""
    cadres = {"A": {"education": "master", "administration": "senior"}, "B": {"theory": "none"}}
    tables = tables_of(tmp_path, roster=cadres)
    before = plain(tables).terms.toarray()
    own = (before[:, (tables.options.frame["cadre"] == 1).to_numpy()] != 0).any(axis=1)
    monkeypatch.setattr(cliques_module, "MOST_CLIQUES", 2)
    rows = strengthened(tables).terms.toarray()
    assert {tuple(row) for row in before[own]} <= {tuple(row) for row in rows}
    others = {tuple(row) for row in before[~own]}
    assert others
    assert not others <= {tuple(row) for row in rows}
    assert len(rows) == own.sum() + 1


def test_a_scenario_without_options_has_no_rows_to_strengthen(tmp_path: Path) -> None:
    """Where nothing is admissible the matrix is empty but for rows that no start can help."""
    done = {"education": "master", "theory": "advanced", "administration": "senior"}
    matrix = strengthened(tables_of(tmp_path, roster={"A": done}, pins={"require": [{"cadre": "A"}]}))
    assert matrix.terms.shape == (1, 0)
    assert matrix.row_lower.tolist() == [1]
