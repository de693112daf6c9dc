"""The benchmark never rots: its smallest case runs whole, its values agree, its verdicts follow from the figures."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from benchmarks import cases
from benchmarks.bounds import Bound, bounds, on_paper
from benchmarks.cases import CASES
from benchmarks.contestants import CONTESTANTS, INEXACT, INTEGERS, PLANNER, RELAXATIONS, SOLVERS, Task
from benchmarks.measuring import Measured, measured
from benchmarks.outcomes import Instance, Outcome, machine
from benchmarks.solvers import HOW_TO_INSTALL, Solved, Way, available, believed
from benchmarks.stages import BUDGET, Nearness
from benchmarks.table import shown
from planner.optimiser.integer_program import FEASIBLE, INFEASIBLE, OPTIMAL, UNKNOWN, IntegerProgram
from planner.solver import Progress

RUN = Path(__file__).resolve().parent.parent / "benchmarks" / "run.py"
GOALS = ["attainment", "lot"]

THERE = [name for name in INTEGERS if name not in SOLVERS or available(SOLVERS[name])]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="peak memory is that of os.wait4")


def benchmark(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the benchmark's command to its end."""
    command = [sys.executable, str(RUN), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=600, check=False)


# --- what the contestants find ----------------------------------------------------------------------------------------

Values = dict[str, float]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Values]:
    """A scenario of a few agencies only, and planner's values of its goals."""
    with pytest.MonkeyPatch.context() as fewer:
        fewer.setattr(cases, "AGENCIES", 4)
        scenario = CASES["smallest"].scenario(1, 1, tmp_path_factory.mktemp("tiny") / "scenario")
    best = in_this_process(PLANNER, scenario, {})
    assert best["early"] > 0  # there is something to decide
    return scenario, best


def in_this_process(name: str, scenario: Path, found: Values) -> Values:
    """The value of each goal as a contestant tells it, all settled as optimal."""
    records = [record for record in CONTESTANTS[name](Task(scenario, Way(60, 2, 1), found)) if "goal" in record]
    return settled(records)


def settled(goals: list[dict[str, Any]]) -> Values:
    """The value of each goal, which must be settled as optimal."""
    assert {goal["status"] for goal in goals} == {"optimal"}
    return {goal["goal"]: goal["value"] for goal in goals}


def assert_bounds(name: str, relaxed: Values, exact: Values, best: Values) -> None:
    """The relaxation is worth what the exact one is, and no plan is better."""
    assert relaxed == pytest.approx(exact, rel=1e-3 if name in INEXACT else 1e-6, abs=1e-6)
    for goal, value in best.items():
        sign = -1 if goal == "priority" else 1  # the only one of them to be maximised
        assert sign * exact[goal] <= sign * value + 1e-6


@pytest.mark.parametrize("name", THERE)
def test_every_engine_proves_what_planner_proves(name: str, tiny: tuple[Path, Values]) -> None:
    """Every engine proves every goal of a few agencies, at planner's values."""
    scenario, best = tiny
    assert in_this_process(name, scenario, best) == best


@pytest.mark.parametrize("name", RELAXATIONS)
def test_every_relaxation_bounds_the_best_plan(name: str, tiny: tuple[Path, Values]) -> None:
    """Every relaxation of a few agencies is worth the same, and no plan is better than it."""
    scenario, best = tiny
    exact = in_this_process("lp_highs", scenario, best)
    assert_bounds(name, in_this_process(name, scenario, best), exact, best)


# --- the smallest case, run as its users run it -----------------------------------------------------------------------

FEW = ["scip", "lp_glop_warm"]


def smallest(folder: Path, *options: str) -> tuple[str, dict[str, Any]]:
    """What the smallest case prints, and its data."""
    done = benchmark("--case", "smallest", "--out", folder, *options)
    assert done.returncode == 0, done.stderr
    assert (folder / "smallest.md").read_text(encoding="utf-8").strip() == done.stdout.strip()
    (data,) = json.loads((folder / "smallest.json").read_text(encoding="utf-8"))
    return done.stdout, data


@pytest.fixture(scope="module")
def smallest_of_few(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any]]:
    """The smallest case of planner, one engine and one relaxation."""
    return smallest(tmp_path_factory.mktemp("few") / "results", "--engines", ",".join(FEW))


@pytest.fixture(scope="module")
def smallest_of_all(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any]]:
    """The smallest case of every contestant."""
    return smallest(tmp_path_factory.mktemp("all") / "results")


def told(data: dict[str, Any], name: str) -> dict[str, Any]:
    """The run of a contestant, which must have ended well."""
    (instance,) = data["instances"]
    run: dict[str, Any] = instance["runs"][name]
    assert run["exit_status"] == 0
    return run


def values(data: dict[str, Any], name: str) -> Values:
    """The value of each goal, which must be settled as optimal, by a process that ended well."""
    return settled(told(data, name)["goals"])


def assert_all_lines(text: str, data: dict[str, Any], contestants: list[str]) -> None:
    """Machine, size, every goal of every contestant, totals, stages, gaps and bounds are printed."""
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]
    firsts = [line[0] for line in lines]
    goals = told(data, PLANNER)["facts"]["goals"]
    for name in contestants:
        assert [line[1] for line in lines if line[0] == name] == [*goals, f"{len(goals)} of {len(goals)}"]
    for needed in ("contestant", "stage of planner", "planner's gap of", *BUDGET, "together", "solve", *goals):
        assert needed in firsts
    for part in ("59 cadres", "admissible starts", "columns", "rows", "parts", "cores", "Python", "ortools", "CBC"):
        assert part in text
    verdicts = [line for line in text.splitlines() if line.startswith(("- kept: ", "- NOT kept: ", "- open: "))]
    assert len(verdicts) == 12


@pytest.mark.long
def test_a_few_contestants_tell_the_same(smallest_of_few: tuple[str, dict[str, Any]]) -> None:
    """Each in its process, the engine proves planner's values, the relaxation bounds them, and all is printed."""
    text, data = smallest_of_few
    engine, relaxation = FEW
    assert values(data, engine) == values(data, PLANNER)
    relaxed = values(data, relaxation)
    assert_bounds(relaxation, relaxed, relaxed, values(data, PLANNER))
    assert_all_lines(text, data, [PLANNER, *FEW])


@pytest.mark.long
@pytest.mark.parametrize("name", THERE)
def test_every_engine_proves_the_smallest_case(name: str, smallest_of_all: tuple[str, dict[str, Any]]) -> None:
    """Every engine proves every goal of the smallest case, at planner's values."""
    _, data = smallest_of_all
    assert values(data, name) == values(data, PLANNER)


@pytest.mark.long
@pytest.mark.parametrize("name", RELAXATIONS)
def test_every_relaxation_bounds_the_smallest_case(name: str, smallest_of_all: tuple[str, dict[str, Any]]) -> None:
    """Every relaxation of the smallest case is worth the same, and no plan is better than it."""
    _, data = smallest_of_all
    assert_bounds(name, values(data, name), values(data, "lp_highs"), values(data, PLANNER))


@pytest.mark.long
def test_all_lines_are_printed(smallest_of_all: tuple[str, dict[str, Any]]) -> None:
    """All that is measured of every contestant is printed."""
    assert_all_lines(*smallest_of_all, [PLANNER, *THERE, *RELAXATIONS])


@pytest.mark.long
def test_highspy_that_is_absent_is_left_out_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without highspy the benchmark runs, says so, and how to install it."""
    (tmp_path / "highspy.py").write_text("raise ImportError", encoding="utf-8")
    monkeypatch.setenv("HIGHSPY_PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    text, data = smallest(tmp_path / "results", "--engines", "highspy")
    assert f"no highspy, left out: {HOW_TO_INSTALL}" in text
    assert list(data["instances"][0]["runs"]) == [PLANNER]


@pytest.mark.parametrize(("off", "status", "bound"), [(0.5, OPTIMAL, 1.0), (0.6, FEASIBLE, -math.inf)])
def test_a_value_that_is_not_the_solutions_is_not_believed(off: float, status: str, bound: float) -> None:
    """HiGHS 1.16 says "Optimal" of a value that its solution has not: then neither that nor its bound counts."""
    nothing, ones = np.zeros(2), np.ones(2)
    row = sparse.csr_matrix(np.ones((1, 2)))
    matrix = IntegerProgram(np.array([1.0, 10.0]), row, np.ones(1), np.full(1, math.inf), nothing, ones)
    silent = Solved(UNKNOWN, None, 1.0, 2.0)
    found = believed(matrix, "Optimal", ones, 11 - off, silent)
    assert (found.status, found.bound, found.seconds) == (status, bound, 2.0)
    assert believed(matrix, "Optimal", nothing, 0.0, silent) == silent, "it breaks a row"
    assert believed(matrix, "Infeasible", np.zeros(0), math.inf, silent).status == INFEASIBLE


def test_an_unknown_engine_is_named() -> None:
    """What is no contestant is refused before anything runs."""
    done = benchmark("--engines", "highs,abacus")
    assert done.returncode == 2
    assert "unknown: abacus" in done.stderr


# --- instances and processes ------------------------------------------------------------------------------------------


@pytest.mark.long
def test_a_seed_is_an_instance(tmp_path: Path) -> None:
    """The same seed gives the same bytes, another seed another roster."""
    one, again, other = (
        CASES["smallest"].scenario(1, seed, tmp_path / name).parent for name, seed in (("a", 7), ("b", 7), ("c", 8))
    )
    for file in ("scenario.yaml", "roster.csv", "agencies.csv"):
        assert (one / file).read_bytes() == (again / file).read_bytes()
    assert (one / "roster.csv").read_bytes() != (other / "roster.csv").read_bytes()


def test_one_that_dies_costs_only_itself(tmp_path: Path) -> None:
    """A contestant that ends badly is reported, with whatever it had told."""
    run = measured("highs", Task(tmp_path / "missing.yaml", Way(1, 1, 1), {}))
    assert (run.exit_status, run.goals, run.facts) == (1, [], {})
    assert run.megabytes > 0


def test_nearness_is_the_first_small_gap() -> None:
    """A goal is near its bound when its gap is first known and small enough, all parts heard."""
    near = Nearness()
    for news in (
        Progress("early", 100, 100, 1, parts=1, of_parts=2),
        Progress("early", None, 99, 2),
        Progress("early", 10_000, 9_990, 3),
        Progress("early", 10_000, 9_995, 4),
        Progress("early", 10_000, 10_000, 5),
        Progress("lot", 10_000, 9_949, 6),
        Progress("lot", 10_000, 9_950, 7),
    ):
        near(news)
    assert near.seconds == {"early": 4, "lot": 7}


# --- verdicts from figures --------------------------------------------------------------------------------------------


def run(seconds: float, proven: bool = True, value: int = 5) -> Measured:
    """A contestant that told of two goals, the second proven or not, each in half the seconds."""
    states = ("optimal", "optimal" if proven else "feasible")
    goals = [
        {"goal": goal, "value": value, "bound": value, "status": status, "seconds": seconds / 2}
        for goal, status in zip(GOALS, states, strict=True)
    ]
    return Measured(goals, {}, seconds, 100, 0)


def planner_run(seconds: float, proven: bool = True, cadres: int = 100, megabytes: float = 300) -> Measured:
    """A run of planner: solved in so many seconds, near its bounds after half of them, each stage in 10 ms."""
    stages = dict.fromkeys(BUDGET, 0.01)
    near = dict.fromkeys(GOALS, seconds / 2)
    facts = {"goals": GOALS, "near": near, "stages": stages, "cadres": cadres, "solve_megabytes": megabytes}
    return replace(run(seconds, proven), facts={**facts, "seconds": seconds})


def verdicts(case: str, *instances: dict[str, Measured], districts: tuple[int, ...] = (1,)) -> list[Bound]:
    """The bounds of a case that came out so."""
    made = [Instance(size, runs) for size, runs in zip(districts, instances, strict=True)]
    return bounds(Outcome(case, 1, 60, 2, made))


def verdict(found: list[Bound], words: str) -> bool | None:
    """The verdict of the one bound that says so."""
    (bound,) = [bound for bound in found if words in bound.says]
    return bound.kept


@pytest.mark.parametrize(
    ("ours", "theirs", "kept"),
    [
        (planner_run(2), {"highs": run(10)}, True),
        (planner_run(2), {"highs": run(9.9)}, False),
        (planner_run(2), {"highs": run(50), "cbc": run(9)}, False),
        (planner_run(2), {"highs": run(9, proven=False)}, None),
        (planner_run(2), {"highs": run(10, proven=False)}, True),
        (planner_run(2, proven=False), {"highs": run(100)}, False),
        (planner_run(2), {}, None),
    ],
)
def test_the_fastest_engine_decides(ours: Measured, theirs: dict[str, Measured], kept: bool | None) -> None:
    """A fifth of the fastest engine's time: one cut short proves what it can, and leaves open what it cannot."""
    assert verdict(verdicts("district", {PLANNER: ours, **theirs}), "fastest other engine") is kept


@pytest.mark.parametrize(
    ("relaxed", "kept"),
    [
        ({"lp_highs": run(0.4)}, True),
        ({"lp_highs": run(0.39)}, False),
        ({"lp_highs": run(0.4), "lp_pdlp": run(0.1)}, True),
        ({"lp_highs": run(0.4), "lp_clp": run(0.1)}, False),
        ({"lp_highs": run(0.4), "lp_clp": run(0.1, proven=False)}, True),
        ({"lp_clp": run(0.4, proven=False)}, True),
        ({"lp_clp": run(0.39, proven=False)}, None),
        ({}, None),
    ],
)
def test_the_fastest_exact_relaxation_decides(relaxed: dict[str, Measured], kept: bool | None) -> None:
    """Five times the relaxations' time: of those that are exact and came to their end; else of what they had."""
    found = verdicts("district", {PLANNER: planner_run(2), **relaxed})
    assert verdict(found, "linear relaxations") is kept


@pytest.mark.parametrize(("seconds", "kept"), [(0.71, True), (0.69, False)])
def test_a_tenth_of_the_solve_for_all_else(seconds: float, kept: bool) -> None:
    """Seven stages of 10 ms are at most a tenth of a solve of 0.7 s."""
    assert verdict(verdicts("district", {PLANNER: planner_run(seconds)}), "at most 10 %") is kept


@pytest.mark.parametrize(("theirs", "kept"), [(0.71, True), (0.69, False)])
def test_a_tenth_of_the_best_engine_for_all_else(theirs: float, kept: bool) -> None:
    """Seven stages of 10 ms are a tenth of 0.7 s of the best of the others."""
    found = verdicts("district", {PLANNER: planner_run(0.1), "cbc": run(theirs)})
    assert verdict(found, "at most a tenth") is kept


@pytest.mark.parametrize(
    ("seconds", "megabytes", "kept"),
    [(5, 4095, [True, True, True, True]), (10.1, 4097, [False, False, True, False]), (15.1, 1, [False] * 3 + [True])],
)
def test_the_province(seconds: float, megabytes: float, kept: list[bool]) -> None:
    """Near within 5 times the relaxations, lot too, proven within 15 times, under 4 GB."""
    runs = {PLANNER: planner_run(seconds, megabytes=megabytes), "lp_glop": run(1), "scip": run(1000)}
    found = verdicts("province", runs, districts=(11,))
    asked = ("every goal but lot", "lot within 0.5 %", "in at most 15 times", "under 4 GB")
    assert [verdict(found, words) for words in asked] == kept
    assert verdict(found, "at most 1/4") is True


def test_another_value_is_named() -> None:
    """An engine that proves another value is named; a goal that follows one it did not prove is another problem's."""
    wrong = verdicts("district", {PLANNER: planner_run(2), "cbc": run(10, value=4)})
    (bound,) = [bound for bound in wrong if "proves is planner's" in bound.says]
    assert (bound.kept, bound.figure) == (False, "cbc, attainment: 4 is not 5; cbc, lot: 4 is not 5")
    cut_short = Measured([{**goal, "status": "feasible"} for goal in run(10, value=4).goals], {}, 10, 100, 0)
    assert verdict(verdicts("district", {PLANNER: planner_run(2), "cbc": cut_short}), "proves is planner's") is True


def country(*figures: tuple[int, float, float]) -> Outcome:
    """A country measured at some sizes: districts, seconds of the solve, megabytes."""
    instances = [
        Instance(size, {PLANNER: planner_run(seconds, cadres=100 * size, megabytes=megabytes)})
        for size, seconds, megabytes in figures
    ]
    return Outcome("country", 1, 60, 2, instances)


@pytest.mark.parametrize(
    ("last", "kept"),
    [((100, 150, 3000), [True, True]), ((100, 151, 3000), [False, True]), ((100, 100, 3001), [True, False])],
)
def test_the_country(last: tuple[int, float, float], kept: list[bool]) -> None:
    """Cost per district at most 1.5 times the smallest size's; memory linear between any two sizes."""
    found = bounds(country((10, 10, 300), last))
    assert [verdict(found, words) for words in ("cost per district", "memory")] == kept
    assert verdict(found, "linear in the cadres") is True


def test_what_is_linear_stays_so_on_paper() -> None:
    """The country on paper: loading and what is not spread grow with the size, the parts over the cores."""
    paper = on_paper(country((10, 10, 300), (100, 100, 3000)))
    assert (paper.districts, paper.cores) == (700, 64)
    assert paper.megabytes == pytest.approx(21_000)
    assert paper.side_by_side == pytest.approx(max(700 / 64, 10))
    loading = 0.01 * 7  # measured the same at both sizes, taken as linear at least
    assert paper.alone == pytest.approx(100 * 7 / 2 + loading)
    assert math.isclose(paper.seconds, paper.alone + paper.side_by_side)


def test_one_size_gives_no_curve() -> None:
    """A country of one size, planner having died on the next, is printed without growth, and says so."""
    outcome = replace(country((10, 10, 300)), missing=("100 districts: died of -9",))
    text = shown(outcome, machine(), [])
    assert "- NOT kept: planner comes to its end: 100 districts: died of -9" in text
    assert "On paper" not in text
    assert "cost per district" not in text
