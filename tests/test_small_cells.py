"""What is made for others tells no small count, nor what a small count follows from."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from commands import planner as command
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from small import small

import planner
from planner.plans import small_cells
from planner.plans.small_cells import HIDDEN, for_others

FEWEST = 5
YEARS = (2021, 2022, 2023)


def tables_of(counts: np.ndarray, begun: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    """seats.csv and totals.csv of pools x years."""
    rows = [(f"p{pool}", YEARS[year], 0, None, int(counts[pool, year]), 0) for pool, year in np.ndindex(counts.shape)]
    seats = pd.DataFrame(rows, columns=["pool", "year", "min", "max", "starts", "below_min"])
    sums = [(f"p{pool}", 0, None, int(counts[pool].sum() + begun[pool]), 0) for pool in range(len(counts))]
    return seats, pd.DataFrame(sums, columns=["pool", "min", "max", "starts", "below_min"])


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 3), st.lists(st.integers(0, 8), min_size=9, max_size=9))
def test_no_start_of_few_follows_from_the_others(pools: int, cells: list[int]) -> None:
    """With the sums of all years and of all that are shown, a hidden count of few can still be more than one number.

    Unless so much is hidden that nothing is left to tell them apart: then all of it is.
    """
    counts = np.array(cells).reshape(3, 3)[:pools]
    shown = small_cells._seats(*tables_of(counts, np.zeros(pools, dtype=int)), FEWEST)
    told = shown["seats"]["starts"].to_numpy(dtype=object).reshape(counts.shape)
    sums = shown["totals"]["starts"].to_numpy(dtype=object)
    small = (counts > 0) & (counts < FEWEST)
    assert (told[small] == HIDDEN).all()
    assert all(total == HIDDEN for total, own in zip(sums, counts.sum(axis=1), strict=True) if 0 < own < FEWEST)
    for place in zip(*np.nonzero(small), strict=True):
        if (told == HIDDEN).sum() < told.size:
            low, high = (extreme(counts, told, sums, place, sign) for sign in (1, -1))
            assert high - low > 0.5


def extreme(counts: np.ndarray, told: np.ndarray, sums: np.ndarray, asked: tuple[Any, ...], sign: int) -> float:
    """The least or the most that a hidden cell can be, for whoever knows what is shown and what years have in all."""
    size, rows, right = counts.size, [], []
    for place in np.ndindex(counts.shape):
        if told[place] != HIDDEN:
            rows.append(mask(counts, [place]))
            right.append(counts[place])
    for pool, total in enumerate(sums):
        if total != HIDDEN:
            rows.append(mask(counts, [(pool, year) for year in range(counts.shape[1])]))
            right.append(total)
    for year in range(counts.shape[1]):
        rows.append(mask(counts, [(pool, year) for pool in range(counts.shape[0])]))
        right.append(counts[:, year].sum())
    wanted = sign * mask(counts, [asked])
    found = linprog(wanted, A_eq=np.array(rows), b_eq=np.array(right, dtype=float), bounds=[(0, None)] * size)
    assert found.status == 0
    return sign * float(found.fun)


def mask(counts: np.ndarray, places: list[tuple[Any, ...]]) -> np.ndarray:
    """A row of the equations: 1 at the places."""
    row = np.zeros(counts.shape)
    for place in places:
        row[place] = 1
    return row.ravel()


def test_a_target_tells_its_parts_together_or_not_at_all() -> None:
    """At the bound all is told; one fewer in any part hides the parts; members below it hide the whole target."""
    columns = ["target", "members", "unknown", "required", "already", "attained", "shortfall", "share"]
    whole = (30, 0, 20, 5, 10, 10, 0.333333)
    for members, unknown, already, attained in product((30, 14, 4), (0, 4, 5), (5, 4, 0), (10, 26)):
        if unknown + attained > members or already > attained:
            continue
        row = ("t", members, unknown, 20, already, attained, max(0, 20 - attained), round(attained / members, 6))
        shown = small_cells._attainment(pd.DataFrame([row], columns=columns), FEWEST).iloc[0]
        parts = (already, attained - already, members - attained, unknown, members - attained - unknown)
        if members < FEWEST:
            assert (shown.drop("target") == HIDDEN).all()
        else:
            assert shown["members"] == members
            assert (shown["attained"] == HIDDEN) == any(0 < part < FEWEST for part in parts)
            assert (shown["shortfall"] == HIDDEN) == (shown["share"] == HIDDEN) == (shown["attained"] == HIDDEN)
    shown = small_cells._attainment(pd.DataFrame([("t", *whole)], columns=columns), FEWEST)
    assert not (shown == HIDDEN).to_numpy().any()


AGENCY = "CQ-77"
PEOPLE = {
    f"NS-{place:02}": {"sex": "FM"[place < 9], "post": "chief" if place < 3 else "staff", "agency": AGENCY}
    for place in range(14)
}
SCHEME: dict[str, Any] = {
    "title": "A scheme",
    "programmes": {"school": {"open": False}, "evening": None, "degree": {"open": False}},
    "seats": {
        "school": {"programmes": ["school"], "who": {"post": "staff"}, "per_year": 6},
        "chiefs": {"programmes": ["degree"], "who": {"post": "chief"}, "per_year": 2},
    },
    "targets": {
        "staff": {"who": {"post": "staff"}, "level": {"theory": "advanced"}, "share": 1.0},
        "chiefs": {"who": {"post": "chief"}, "level": {"education": "master"}, "share": 1.0},
    },
    "priority": {"women": {"who": {"sex": "F"}, "points": 2}},
    "goals": ["attainment", "starts", "priority", "early", "lot"],
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan for eleven of the staff and three chiefs, and one that has fewer seats."""
    folder = tmp_path_factory.mktemp("cells")
    path = small(folder / "scheme", PEOPLE, {AGENCY: 20}, **SCHEME)
    planner.write_run(planner.solve(path), folder / "run")
    fewer = planner.load(path, overlay={"seats": {"school": {"per_year": 5}}})
    planner.write_run(planner.solve(fewer), folder / "fewer")
    return folder / "run"


def test_a_report_for_others_has_nobody(run: Path, tmp_path: Path) -> None:
    """Neither codes nor the three chiefs' counts, nor those of the staff, who are all others of those sent."""
    page = tmp_path / "page.html"
    assert command("report", run, "--for-others", "--out", page).returncode == 0
    text = page.read_text("utf-8")
    assert [code for code in (*PEOPLE, AGENCY) if code in text] == []
    shown = for_others(planner.read_run(run).plan())
    assert (shown.tables["attainment"].set_index("target").loc["chiefs"] == HIDDEN).all()
    assert shown.tables["attainment"].set_index("target").loc["staff", "members"] == HIDDEN
    told = for_others(planner.read_run(run).plan(), 3).tables["attainment"].set_index("target")
    assert told["members"].to_dict() == {"staff": 11, "chiefs": 3}
    assert f">{HIDDEN}<" in text
    for option in (["--with-names"], ["--answers"], ["--by", "post"]):
        assert command("report", run, "--for-others", "--out", tmp_path / "x.html", *option).returncode == 2


def test_a_comparison_for_others_hides_in_every_plan_what_is_hidden_in_one(run: Path, tmp_path: Path) -> None:
    """On the terminal, in the table and in the picture; who comes and goes is not told."""
    table = tmp_path / "table.csv"
    done = command("compare", run, run.parent / "fewer", "--for-others", "--out", table, "--plot", tmp_path / "p.svg")
    assert (done.returncode, done.stderr) == (0, "")
    assert [code for code in PEOPLE if code in done.stdout + table.read_text("utf-8")] == []
    found = pd.read_csv(table, dtype=str, keep_default_na=False)
    hidden = found.groupby(["kind", "item", "measure"])["value"].agg(lambda cells: (cells == HIDDEN).sum())
    assert {*hidden} == {0, 2}
    counts = found[found["kind"].isin(["seats", "totals"]) & (found["measure"] == "starts")]
    assert all(value == HIDDEN or not 0 < int(float(value)) < FEWEST for value in counts["value"])
    assert command("compare", run, run, "--for-others", "--people").returncode == 2


def test_totals_for_others_are_a_workbook_without_people(run: Path, tmp_path: Path) -> None:
    """Its cells hold no code, and no small number of starts."""
    year = int(planner.read_run(run).plan().assignments["start"].iloc[0])
    book = tmp_path / "totals.xlsx"
    assert command("nominees", run, "--year", year, "--for-others", "--out", book).returncode == 0
    cells = [cell.value for sheet in openpyxl.load_workbook(book) for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if isinstance(cell, str) and ("NS-" in cell or AGENCY in cell)] == []
    assert HIDDEN in cells
    assert command("nominees", run, "--year", year, "--for-others", "--with-names").returncode == 2


def test_how_few_is_the_scenario_s_to_say(run: Path) -> None:
    """With another least count other cells are hidden; 2 is the least that hides anything."""
    plan = planner.read_run(run).plan()
    assert for_others(plan, 2).cells < for_others(plan, 5).cells < for_others(plan, 20).cells
    with pytest.raises(planner.InputError, match="fewest"):
        planner.load(plan.problem, overlay={"privacy": {"fewest": 1}})
