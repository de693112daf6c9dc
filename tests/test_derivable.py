"""What follows from all counts of a report together: nothing of few, whatever lies in what; and no more is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
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
from planner.plans.derivable import Fact, hidden_with
from planner.plans.small_cells import HIDDEN, for_others

FEWEST = 5


def facts_of(*sets: Sequence[int], people: int = 60) -> list[Fact]:
    """A fact for each set of people, alone in its bundle."""
    found = []
    for place, own in enumerate(sets):
        of = np.zeros(people, dtype=bool)
        of[list(own)] = True
        found.append(Fact(place, of))
    return found


def bounds(told: np.ndarray, asked: np.ndarray) -> tuple[float, float]:
    """The least and the most of a set, for whoever knows the told counts, and who is alike."""
    every = np.vstack([told, asked])
    atoms, sizes = np.unique(every, axis=1, return_counts=True)
    if not len(told):
        return 0, float("inf")
    ends = []
    for sign in (1, -1):
        found = linprog(sign * atoms[-1], A_eq=atoms[:-1], b_eq=atoms[:-1] @ sizes, bounds=[(0, None)] * len(sizes))
        ends.append(sign * found.fun if found.status == 0 else sign * -np.inf)
    return ends[0], ends[1]


def told_of(facts: Sequence[Fact], secret: set[Any]) -> np.ndarray:
    """The sets whose counts are told, as rows."""
    width = len(facts[0].of)
    return np.array([fact.of for fact in facts if fact.bundle not in secret], dtype=float).reshape(-1, width)


@pytest.mark.parametrize(("inner", "hides"), [(15, 0), (16, 1), (19, 1), (20, 0)])
def test_a_group_in_another_hides_one_where_few_are_left(inner: int, hides: int) -> None:
    """Of 20 people 16 are told: 4 would follow. Five are no few; nobody is no few either. The smaller count goes."""
    found = hidden_with(facts_of(range(20), range(inner)), set(), FEWEST)
    assert found == ({1} if hides else set())


def test_what_two_groups_share_follows_from_their_union() -> None:
    """20 and 20 and their union of 37: 3 are in both. None alone lies in another."""
    facts = facts_of(range(20), range(17, 37), range(37))
    assert len(hidden_with(facts, set(), FEWEST)) == 1
    assert hidden_with(facts_of(range(20), range(15, 35), range(35)), set(), FEWEST) == set()


def test_a_chain_of_groups_keeps_ends_that_are_far_apart() -> None:
    """30 in 33 in 36 in 39: hidden until no two that are told lie within four."""
    facts = facts_of(range(39), range(36), range(33), range(30))
    secret = hidden_with(facts, set(), FEWEST)
    kept = [int(fact.of.sum()) for fact in facts if fact.bundle not in secret]
    assert all(one - other >= FEWEST for one, other in pairwise(kept))
    assert len(kept) == 2


def test_a_cell_that_follows_from_the_sum_takes_another_with_it() -> None:
    """Three parts of a sum, one of them of few and hidden: the smaller of the others goes, too."""
    facts = facts_of(range(30), range(3), range(3, 12), range(12, 30))
    assert hidden_with(facts, {1}, FEWEST) == {1, 2}


def test_what_is_hidden_together_goes_together() -> None:
    """A row's cell with the rest of its row."""
    facts = facts_of(range(20), range(18), range(30, 50))
    assert hidden_with(facts, set(), FEWEST, together={1: 2}) == {1, 2}


sets = st.lists(st.sets(st.integers(0, 24), min_size=1), min_size=2, max_size=6)


@settings(max_examples=25, deadline=None)
@given(sets)
def test_nothing_of_few_follows(groups: list[set[int]]) -> None:
    """Random groups of 25 people: of each count of few, and of what a group has beyond one in it, two are possible."""
    facts = facts_of(*map(sorted, groups), people=25)
    few = {place for place, group in enumerate(groups) if len(group) < FEWEST}
    secret = hidden_with(facts, few, FEWEST)
    told = told_of(facts, secret)
    left = [one - other for one in groups for other in groups if other < one]
    for group in [*groups, *left]:
        if 0 < len(group) < FEWEST:
            low, high = bounds(told, facts_of(sorted(group), people=25)[0].of.astype(float))
            assert high - low > 0.99


# --- of a plan ------------------------------------------------------------------------------------------------------

AGENCY = "CQ-1"
PEOPLE = {
    f"NS-{place:02}": {"sex": "FM"[place % 2], "post": "chief" if place < 3 else "staff", "agency": AGENCY}
    for place in range(24)
}
NESTED: dict[str, Any] = {
    "programmes": {"school": {"open": False}, "evening": {"open": False}, "degree": {"open": False}},
    "seats": {
        "school": {"programmes": ["school"], "who": {}, "per_year": 6},
        "evening": {"programmes": ["evening"], "who": {}, "per_year": 3},
        "degree": {"programmes": ["degree"], "who": {}, "per_year": 5},
    },
    "targets": {
        "everybody": {"level": {"theory": "advanced"}, "who": {}, "share": 1.0},
        "staff": {"level": {"theory": "advanced"}, "who": {"post": "staff"}, "share": 1.0},
        "master": {"level": {"education": "master"}, "who": {"sex": "F"}, "share": 1.0},
    },
    "goals": ["attainment", "starts", "early", "lot"],
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan with a target of a group that lies in another's, three people apart."""
    folder = tmp_path_factory.mktemp("nested")
    planner.write_run(planner.solve(small(folder / "scheme", PEOPLE, {AGENCY: 60}, **NESTED)), folder / "run")
    return folder / "run"


def test_of_nested_targets_the_rest_is_not_told(run: Path) -> None:
    """24 people and 21 of them: of the three chiefs neither number nor levels follow; the larger target is told."""
    shown = for_others(planner.read_run(run).plan()).tables["attainment"].set_index("target")
    assert (shown.loc["staff", ["members", "required", "attained"]] == HIDDEN).all()
    assert shown.loc["everybody", "members"] == 24
    assert shown.loc["master", "members"] == 12
    plan = planner.read_run(run).plan()
    assert for_others(plan, 3).tables["attainment"].set_index("target").loc["staff", "members"] == 21


def test_two_reports_of_a_plan_hide_the_same(run: Path, tmp_path: Path) -> None:
    """What is hidden follows from the plan alone, sought over all that is ever made for others: lists of years, too."""
    plan = planner.read_run(run).plan()
    first, again = for_others(plan), for_others(planner.read_run(run).plan())
    assert all(first.tables[name].equals(again.tables[name]) for name in first.tables)
    told = first.tables["programmes"]
    for year in sorted(set(plan.assignments["start"]))[:1]:
        out = tmp_path / f"{year}.xlsx"
        assert command("nominees", run, "--year", year, "--for-others", "--out", out).returncode == 0
        rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(out).worksheets[-1].iter_rows()]
        cells = {row[1]: row[3:5] for row in rows if row[1] in set(told["programme"])}
        own = told[told["year"] == year].set_index("programme")[["starts", "women"]]
        assert cells == {str(name): own.loc[name].tolist() for name in own.index}


def test_programmes_of_a_year_do_not_tell_what_its_modes_hide(run: Path) -> None:
    """All counts of starts of the report and of the lists together: of no cell of few a bound meets the other."""
    plan = planner.read_run(run).plan()
    shown = for_others(plan).tables
    starts = plan.assignments
    told, small_ones = [], []
    for table, columns in (("seats", ["pool", "year"]), ("yearly", ["year"]), ("programmes", ["year", "programme"])):
        for row in shown[table].to_dict("records"):
            for name in {"seats": ["starts"], "yearly": ["starts", "full_time", "in_service", "short"]}.get(
                table, ["starts"]
            ):
                own = starts["start"] == row["year"]
                if "pool" in columns:
                    own &= starts["programme"] == row["pool"]
                if "programme" in columns:
                    own &= starts["programme"] == row["programme"]
                if name != "starts":
                    own &= starts["mode"] == name
                if row[name] != HIDDEN:
                    assert row[name] == own.sum()
                    told.append(own.to_numpy(dtype=float))
                elif own.sum() < FEWEST:
                    small_ones.append(own.to_numpy(dtype=float))
    assert small_ones
    for each in small_ones:
        low, high = bounds(np.array(told).reshape(len(told), len(starts)), each)
        assert high - low > 0.99


@pytest.mark.long
def test_the_page_and_the_comparison_hide_what_the_tables_do(run: Path, tmp_path: Path) -> None:
    """A comparison with a plan whose scheme tells only larger counts hides no less than each plan's own report."""
    path = run.parent / "scheme" / "scenario.yaml"
    shy = planner.load(path, overlay={"privacy": {"fewest": 9}, "lot": 2})
    planner.write_run(planner.solve(shy), tmp_path / "shy")
    out = tmp_path / "table.csv"
    assert command("compare", run, tmp_path / "shy", "--for-others", "--out", out).returncode == 0
    found = pd.read_csv(out, dtype=str, keep_default_na=False)
    targets = found[(found["kind"] == "targets") & (found["item"] == "staff") & (found["measure"] == "members")]
    assert {*targets["value"]} == {HIDDEN}
    assert command("report", run, "--for-others", "--out", tmp_path / "page.html").returncode == 0
    assert "two reports" in (tmp_path / "page.html").read_text("utf-8")
