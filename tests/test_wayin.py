"""The way in: what is derived once, what a command imports, rows from arrays, and the benchmark's page."""

from __future__ import annotations

import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from small import small

from benchmarks import wayin
from planner import Problem, load
from planner.inputs.problem import derived_once
from planner.model.attainment import Attainments, attaining, holding
from planner.model.options import admissible_starts
from planner.model.rows import ModelBuilder, ModelTables, Terms


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    """Three cadres, of whom B studies, and two targets of the same level."""
    theory = {"who": {"agency": "office"}, "level": {"theory": "advanced"}, "share": 1.0}
    return load(
        small(
            tmp_path,
            {"A": {"theory": "advanced"}, "B": {"studying": "school", "studying_until": 2023}, "C": {}},
            targets={"done": theory, "begun": {"counts": "enrolled", **theory}},
        )
    )


def test_what_is_derived_is_remembered_with_its_problem(problem: Problem) -> None:
    """Asked twice it is the same; of a problem that says something else, and after a journey, it is derived again."""
    known = admissible_starts(problem)
    assert admissible_starts(problem) is known
    other = replace(problem)
    assert admissible_starts(other) is not known
    pd.testing.assert_frame_equal(admissible_starts(other).frame, known.frame)
    arrived = pickle.loads(pickle.dumps(problem))
    assert "memory" not in vars(arrived)
    np.testing.assert_array_equal(admissible_starts(arrived).reasons, known.reasons)


def test_an_exemption_is_not_remembered(problem: Problem) -> None:
    """What if somebody were exempt: another answer, and the one without exemption stays as it was."""
    exempt = np.ones((len(problem.cadres), len(problem.programmes)), dtype=bool)
    before = admissible_starts(problem)
    assert admissible_starts(problem, exempt) is not before
    assert admissible_starts(problem) is before


def test_what_is_remembered_cannot_be_written_to(problem: Problem) -> None:
    """An array that all who ask share refuses a change."""
    asked = problem.scenario.targets["done"]
    for shared in (problem.counted_rows("done"), holding(problem, asked, "theory"), admissible_starts(problem).reasons):
        with pytest.raises(ValueError, match="read-only"):
            shared[0] = 0


def test_arguments_tell_what_is_remembered_apart(problem: Problem) -> None:
    """Being enrolled counts from the outset, having completed from the year of the end; in either order of asking."""
    done, begun = (problem.scenario.targets[name] for name in ("done", "begun"))
    for _ in range(2):
        assert attaining(problem, done).tolist()[:2] == [0, 2023]
        assert attaining(problem, begun).tolist()[:2] == [0, 0]
    asked: list[tuple[Any, ...]] = []

    @derived_once
    def noted(problem: Problem, *names: str, loud: bool = False) -> int:
        asked.append((*names, loud))
        return len(asked)

    assert [noted(problem, "a"), noted(problem, "b"), noted(problem, "a", loud=True), noted(problem, "a")] == [
        *(1, 2, 3),
        1,
    ]
    assert asked == [("a", False), ("b", False), ("a", True)]


def test_targets_that_ask_for_the_same_are_reckoned_once(problem: Problem) -> None:
    """By a plan's starts C is enrolled from 2022 and has completed in 2023; of one level there is one reckoning."""
    done, begun = (problem.scenario.targets[name] for name in ("done", "begun"))
    evening = list(problem.programmes["programme"]).index("evening")
    starts = pd.DataFrame({"cadre": [2], "programme": [evening], "start": [2022], "finish": [2023]})
    planned = Attainments(problem, starts)
    assert planned.since(done).tolist() == [0, 2023, 2023]
    assert planned.since(begun).tolist() == [0, 0, 2022]
    assert planned.since(done.model_copy(update={"by": 2022})) is planned.since(done)
    assert attaining(problem, done).tolist()[2] > 2024  # without the starts he does not


def test_rows_from_arrays_are_those_from_a_frame(problem: Problem) -> None:
    """A rule's terms may be arrays, with what is the same for all said once."""
    cadre, option, sign = np.array([2, 0, 2, 0]), np.array([0, 1, 2, 3]), np.array([1.0, 1.0, 1.0, -1.0])
    arrays = {"cadre": cadre, "ladder": "theory", "year": 2022, "option": option, "coefficient": sign}
    told = [_rows(problem, terms) for terms in (arrays, pd.DataFrame(arrays))]
    assert told[0].row_keys() == told[1].row_keys() == [("rule", ("C", "theory", 2022))]
    assert (told[0].terms != told[1].terms).nnz == 0
    assert told[0].terms.indices.tolist() == [0, 2]


def _rows(problem: Problem, terms: Terms) -> ModelTables:
    builder = ModelBuilder(admissible_starts(problem))
    builder.at_most("rule", terms, ["cadre", "ladder", "year"], 1)
    return builder.tables()


LIGHT = (
    *("planner.library.plans", "planner.verification", "planner.report.workbook.document"),
    *("planner.report.charts.document", "planner.report.letters.document", "planner.report.terminal.plans"),
    "planner.report.html.document",
)


def test_who_solves_nothing_imports_no_engine() -> None:
    """Who reads, checks, verifies or writes, a report too, imports neither engines nor SciPy."""
    script = (
        f"import sys\nfor name in {LIGHT}: __import__(name)\nprint(*sorted({{'ortools', 'scipy'}} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


@pytest.mark.long
def test_the_report_command_without_answers_imports_no_engine(base_run: Path, tmp_path: Path) -> None:
    """Not while it runs either: pictures, lists and pages need none."""
    command = [sys.executable, "-X", "importtime", "-m", "planner", "report", str(base_run)]
    done = subprocess.run([*command, "--out", str(tmp_path / "r.html")], capture_output=True, text=True, check=True)
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "matplotlib" in imported
    assert imported.isdisjoint({"ortools", "scipy"})


# --- the benchmark --------------------------------------------------------------------------------------------------


def measured(case: str, **times: float) -> dict[str, Any]:
    """What the benchmark hands to its page: the solve takes 4 s, everything else so many times that."""
    ratios = {"solve": 2.0, "optimiser": 1.0, "one solve": 1.0, **times}
    here = {"date": "-", "processor": "-", "cores": 2, "load": 0.0}
    pairs = {name: [ratio, ratio] for name, ratio in ratios.items()}
    seconds = {name: [4 * ratio, 4 * ratio] for name, ratio in ratios.items()}
    share = [round(ratios["optimiser"] / ratios["solve"], 2)] * 2
    return {"case": case, "machine": here, "rounds": 1, "seconds": seconds, "times": pairs, "share": share}


@pytest.mark.parametrize(("report", "solve", "kept"), [(1.0, 2.0, True), (1.01, 2.05, False)])
def test_the_page_judges_at_the_bounds(report: float, solve: float, kept: bool) -> None:
    """A report may take one solve, the command twice its optimiser; not more."""
    page = wayin.told(measured("district", report=report, solve=solve))
    lines = [line for line in page.splitlines() if "`report`" in line or "optimiser's" in line]
    assert len(lines) == 2
    assert all(("NOT kept" not in line) == kept and "kept" in line for line in lines)


def test_another_case_is_not_judged() -> None:
    """The bounds are those of the district."""
    assert "kept" not in wayin.told(measured("smallest", report=9.0))


def test_the_shortest_round_counts_and_the_first_does_not() -> None:
    """The first round compiles; of the others the shortest seconds are kept, each of its kind."""
    best: dict[str, tuple[float, float]] = {}
    for number, seconds in enumerate([(0.1, 0.1), (3.0, 2.0), (2.0, 2.5)]):
        wayin._keep(best, {"check": seconds}, first=number == 0)
    assert best == {"check": (2.0, 2.0)}


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    """A child that ends badly stops the benchmark."""
    with pytest.raises(subprocess.CalledProcessError):
        wayin.child(["-c", "raise SystemExit(2)"], tmp_path)
    clock, own = wayin.child(["-c", "pass"], tmp_path)
    assert clock > 0
    assert own > 0
