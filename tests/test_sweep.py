"""Sweeps: the keys that are varied, the grid, what is kept, crashes, clusters."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pandas as pd
import pytest
from small import small

from planner.common.errors import Fault, InputError, TaskCrashedError
from planner.common.os_errors import os_reason
from planner.common.workers import Parallel, ProcessPerTask
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.scenario.loading import load_scenario
from planner.messages import speaking
from planner.plans.plan import Plan
from planner.plans.run_folder import write_run
from planner.solver import solve_problem
from planner.studies import sweep
from planner.studies.comparison import collect
from planner.studies.sweep import SweepProgress, run_sweep
from planner.studies.sweep_axes import place_of, read_axes, varied_tree

BASE = Path(__file__).parents[1] / "scenarios" / "hoang-su-phi" / "base.yaml"
SEATS = "seats.theory.per_year.max=1..3"
SHARE = "absence.share=0.1,0.3"


@pytest.fixture(autouse=True)
def _in_english():
    with speaking("en"):
        yield


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    return small(
        tmp_path / "scenario",
        targets={"all": {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "share": 1.0, "by": 2022}},
        seats={"theory": {"programmes": ["school"], "who": {"sex": "F"}, "per_year": {"min": 0, "max": 1}}},
        programmes={"school": {"open": False}, "evening": {"open": False}},
        absence={"modes": ["full_time"], "bands": [{"up_to": 4, "away": 0}, {"share": 0.2}]},
    )


def value_at(scenario: Path, text: str) -> object:
    root = load_scenario(scenario).root
    axes = read_axes(root, [text])
    return varied_tree(root, axes, [axes[0].values[0]]).find(axes[0].at).value


# --- keys and values ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("lot=4..8", (4, 5, 6, 7, 8)),
        ("lot=3..1", (3, 2, 1)),
        ("lot=1,3..4,1", (1, 3, 4)),
        ("absence.share=0.1..0.3..0.1", (0.1, 0.2, 0.3)),
        ("absence.share=0.1,0.2", (0.1, 0.2)),
        ("lot=0..10..5", (0, 5, 10)),
        ("targets.all.must=yes,no", (True, False)),
        ("targets.all.counts=completed,enrolled", ("completed", "enrolled")),
        ("absence=null", (None,)),
    ],
)
def test_values_are_lists_and_ranges(scenario: Path, text: str, values: tuple[object, ...]) -> None:
    """Values are listed with commas; a range holds both its ends, exactly; none is twice there."""
    assert read_axes(load_scenario(scenario).root, [text])[0].values == values


@pytest.mark.parametrize(
    "text", ["lot", "=1", "lot=", "lot=1,,2", "lot=1..", "lot=0.1..0.3", "lot=1..3..0", "lot=a..c", ".a=1"]
)
def test_a_text_of_another_form_is_refused(scenario: Path, text: str) -> None:
    """What is not KEY=VALUES, or no range, is refused with an example of what is."""
    with pytest.raises(InputError, match="expected"):
        read_axes(load_scenario(scenario).root, [text])


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("seats.theory.per_year.max", ("seats", "theory", "per_year", "max")),
        ("seats.theory.total", ("seats", "theory", "total")),  # not in the file, but a key of seat pools
        ("absence.leaders.present", ("absence", "leaders", "present")),
        ("absence.bands.0.away", ("absence", "bands", 0, "away")),
        ("absence.share", ("absence", "bands", 1, "share")),
        ("absence.bands.share", ("absence", "bands", 1, "share")),
        ("study_load.short_per_year", ("study_load", "short_per_year")),
    ],
)
def test_a_key_is_a_path_or_the_one_below_it(scenario: Path, key: str, place: tuple[object, ...]) -> None:
    """A path leads to what the file or the schema has there; its last step may name the only such key further down."""
    assert place_of(load_scenario(scenario).root, key) == place


def test_the_last_of_a_list_is_meant(tmp_path: Path) -> None:
    """`absence.share` is the share of the last band that has one."""
    path = small(tmp_path, absence={"modes": ["full_time"], "bands": [{"up_to": 9, "share": 0.5}, {"share": 0.2}]})
    assert place_of(load_scenario(path).root, "absence.share") == ("absence", "bands", 1, "share")


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("seats.teory.per_year.max", "no 'teory' there; did you mean 'theory'"),
        ("seats.theory.per_year.mx", "no 'mx' there; did you mean 'max'"),
        ("seat.theory.per_year.max", "no 'seat' there; did you mean 'seats'"),
        ("absence.bands.7.share", "no '7' there"),
        ("absence.leaders.presnt", "no 'presnt' there; did you mean 'present'"),
        ("programmes.cost_of_all", "no 'cost_of_all' there"),
        ("programmes.mode", "'mode' could be any of programmes.degree.mode, programmes.basics.mode"),
    ],
)
def test_an_unknown_key_is_told_with_the_nearest(scenario: Path, key: str, message: str) -> None:
    """A path that does not exist, or is not clear, is refused before anything is solved, with file and nearest name."""
    with pytest.raises(InputError, match=message) as caught:
        read_axes(load_scenario(scenario).root, [f"{key}=1"])
    assert "scenario.yaml" in str(caught.value)


def test_all_faults_of_the_keys_come_together(scenario: Path) -> None:
    """Two wrong keys are two faults of one message; one key varied twice, or inside another, is a fault, too."""
    root = load_scenario(scenario).root
    with pytest.raises(InputError) as caught:
        read_axes(root, ["lto=1", "seats.theory.per_year.mx=1"])
    assert len(caught.value.faults) == 2
    with pytest.raises(InputError, match="varied twice"):
        read_axes(root, ["absence.share=0.1", "absence.bands.1.share=0.2"])
    with pytest.raises(InputError, match="inside 'absence'"):
        read_axes(root, ["absence=null", "absence.share=0.2"])


def test_a_value_is_put_where_the_key_leads(scenario: Path) -> None:
    """A value replaces what is there, in a mapping or an item of a list, and leaves the rest alone."""
    assert value_at(scenario, "absence.share=0.4") == 0.4
    assert value_at(scenario, "seats.theory.total=3") == 3
    root = load_scenario(scenario).root
    axes = read_axes(root, ["absence.share=0.4"])
    before, after = root.plain(), varied_tree(root, axes, [0.4]).plain()
    before["absence"]["bands"][1]["share"] = 0.4
    assert after == before


def test_values_are_checked_as_a_file_is(scenario: Path, tmp_path: Path) -> None:
    """A value that the schema refuses is refused with every other such value, and nothing is written."""
    with pytest.raises(InputError) as caught:
        run_sweep(scenario, ["seats.theory.per_year.max=1,-1,-2"], tmp_path / "sweep")
    assert len(caught.value.faults) == 2
    assert not (tmp_path / "sweep").exists()


def test_the_example_of_the_base_scheme_is_understood() -> None:
    """`seats.district_advanced.per_year.max=4..8` and `absence.share=0.1,0.2,0.3` name places of the real scheme."""
    root = load_scenario(BASE).root
    axes = read_axes(root, ["seats.district_advanced.per_year.max=4..8", "absence.share=0.1,0.2,0.3"])
    assert [axis.at for axis in axes] == [
        ("seats", "district_advanced", "per_year", "max"),
        ("absence", "bands", 3, "share"),
    ]
    assert [len(axis.values) for axis in axes] == [5, 3]


# --- the sweep ------------------------------------------------------------------------------------------------------


def test_every_scenario_of_the_grid_is_solved(scenario: Path, tmp_path: Path) -> None:
    """The table has a row per combination, in order, with the values that a solve of the same file gives."""
    news: list[SweepProgress] = []
    with ThreadPoolExecutor(2) as threads:
        sweep = run_sweep(
            scenario, [SEATS, SHARE], tmp_path / "sweep", parallel=Parallel(executor=threads), on_progress=news.append
        )
    table = sweep.table
    assert sweep.keys == ("seats.theory.per_year.max", "absence.share")
    assert sweep.goals == ("attainment", "early", "lot")
    assert list(zip(*(table[key] for key in sweep.keys), strict=True)) == [
        (seats, share) for seats in (1, 2, 3) for share in (0.1, 0.3)
    ]
    assert list(table["status"]) == ["optimal"] * 6
    # Ten people: a share of 0.1 lets one away, 0.3 three; two years to send three through one, two or three seats.
    assert list(table["attainment"]) == [1, 1, 1, 0, 1, 0]
    assert list(table["attainment"]) == list(table["attainment_bound"])
    assert [(step.done, step.total, step.kept) for step in news] == [(done, 6, 0) for done in range(7)]
    assert news[0].seconds_left is None
    assert news[-1].seconds_left == 0


def test_results_are_kept_as_run_folders_and_a_table(scenario: Path, tmp_path: Path) -> None:
    """Every result is a run folder that reads back as the plan of its scenario; sweep.csv holds the table."""
    with ThreadPoolExecutor(1) as threads:
        sweep = run_sweep(scenario, ["lot=1,2"], tmp_path / "sweep", parallel=Parallel(executor=threads))
    assert sweep.keys == ("lot.varied",)
    plans = collect(tmp_path / "sweep" / folder for folder in sweep.table["folder"])
    assert [plan.problem.scenario.lot for plan in plans.values()] == ["1", "2"]
    written = pd.read_csv(tmp_path / "sweep" / "sweep.csv", keep_default_na=False)
    assert list(written["lot"]) == list(sweep.table["lot"])
    assert list(written.columns) == list(sweep.table.columns)


def count_solves(problem: Problem) -> Plan:
    """Solves, and leaves a line beside the roster for each solve."""
    with (Path(problem.scenario.roster).parent / "solved.txt").open("a") as log:
        log.write(f"{problem.scenario.lot}\n")
    return solve_problem(problem)


def test_a_second_sweep_solves_only_what_is_new(scenario: Path, tmp_path: Path) -> None:
    """Results are known by scenario and inputs: what was solved is not solved again, unless one of them changed."""
    out, log = tmp_path / "sweep", scenario.parent / "solved.txt"
    with ThreadPoolExecutor(1) as threads:
        run_sweep(scenario, ["lot=1,2"], out, parallel=Parallel(executor=threads), solve=count_solves)
        news: list[SweepProgress] = []
        run_sweep(
            scenario,
            ["lot=1..3"],
            out,
            parallel=Parallel(executor=threads),
            solve=count_solves,
            on_progress=news.append,
        )
        assert log.read_text().split() == ["1", "2", "3"]
        assert [(step.done, step.kept) for step in news] == [(2, 2), (3, 2)]
        roster = scenario.parent / "roster.csv"
        roster.write_text(roster.read_text().replace("1985", "1986"))
        run_sweep(scenario, ["lot=1"], out, parallel=Parallel(executor=threads), solve=count_solves)
    assert log.read_text().split() == ["1", "2", "3", "1"]


def unproven(problem: Problem) -> Plan:
    """Solves, and says that time ran out before it was proven."""
    return replace(solve_problem(problem), status="feasible")


def test_what_was_not_proven_is_tried_again(scenario: Path, tmp_path: Path) -> None:
    """A sweep that goes on keeps what is proven and solves the rest anew; its table then says so."""
    out, log = tmp_path / "sweep", scenario.parent / "solved.txt"
    with ThreadPoolExecutor(1) as threads:
        parallel = Parallel(executor=threads)
        run_sweep(scenario, ["lot=1"], out, parallel=parallel)
        first = run_sweep(scenario, ["lot=1,2"], out, parallel=parallel, solve=unproven)
        assert list(first.table["status"]) == ["optimal", "feasible"]
        again = run_sweep(scenario, ["lot=1,2"], out, parallel=parallel, solve=count_solves)
    assert list(again.table["status"]) == ["optimal", "optimal"]
    assert log.read_text().split() == ["2"]


def test_a_killed_sweep_goes_on_where_it_stopped(scenario: Path, tmp_path: Path) -> None:
    """After a kill that leaves no time for anything, finished results are there, and only the others are solved."""
    script = dedent(f"""
        import os, signal
        from concurrent.futures import ThreadPoolExecutor
        from planner.common.workers import Parallel
        from planner.studies.sweep import run_sweep

        def kill(news):
            if news.done == 2:
                os.kill(os.getpid(), signal.SIGKILL)

        run_sweep({str(scenario)!r}, ["lot=1..4"], {str(tmp_path / "sweep")!r}, kill,
                  Parallel(1, executor=ThreadPoolExecutor(1)))
    """)
    ended = subprocess.run([sys.executable, "-c", script], check=False, cwd=BASE.parents[2])
    assert ended.returncode == -signal.SIGKILL
    with ThreadPoolExecutor(1) as threads:
        sweep = run_sweep(
            scenario, ["lot=1..4"], tmp_path / "sweep", parallel=Parallel(executor=threads), solve=count_solves
        )
    assert (scenario.parent / "solved.txt").read_text().split() == ["3", "4"]
    assert list(sweep.table["status"]) == ["optimal"] * 4


@pytest.mark.parametrize("full_at", [1, 2])
def test_a_full_disk_is_told_of_the_sweep(
    scenario: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full_at: int
) -> None:
    """Where the sweep is and what it keeps, not the draft at which it happened; with room again it goes on."""
    folder, runs = tmp_path / "sweep", []

    def write(plan: Plan, place: Path) -> None:
        runs.append(place)
        if len(runs) >= full_at:
            raise InputError(Fault("cannot_write", {"path": place, "reason": os_reason(OSError(errno.ENOSPC, ""))}))
        write_run(plan, place)

    with ThreadPoolExecutor(1) as threads:
        parallel = Parallel(1, executor=threads)
        with monkeypatch.context() as patch:
            patch.setattr(sweep, "write_run", write)
            with pytest.raises(InputError) as caught:
                run_sweep(scenario, ["lot=1..3"], folder, parallel=parallel)
        told = str(caught.value)
        assert (str(folder) in told, ".part" in told) == (True, False)
        assert f"{full_at - 1} of 3 scenarios are kept there" in told
        assert list(folder.rglob("*.part*")) == []
        again = run_sweep(scenario, ["lot=1..3"], folder, parallel=parallel, solve=count_solves)
    assert list(again.table["status"]) == ["optimal"] * 3
    assert len((scenario.parent / "solved.txt").read_text().split()) == 4 - full_at


def test_a_damaged_result_is_computed_again(scenario: Path, tmp_path: Path) -> None:
    """A result that cannot be read is not believed."""
    with ThreadPoolExecutor(1) as threads:
        first = run_sweep(scenario, ["lot=1"], tmp_path / "sweep", parallel=Parallel(executor=threads))
        (tmp_path / "sweep" / first.table["folder"][0]).parent.joinpath("result.json").write_text("{")
        again = run_sweep(
            scenario, ["lot=1"], tmp_path / "sweep", parallel=Parallel(executor=threads), solve=count_solves
        )
    assert (scenario.parent / "solved.txt").exists()
    assert list(again.table["lot"]) == list(first.table["lot"])


def test_a_scenario_without_a_plan_is_a_row(scenario: Path, tmp_path: Path) -> None:
    """An infeasible scenario is an answer: it has a row and no folder, and is kept like any other."""
    with ThreadPoolExecutor(1) as threads:
        for _ in range(2):
            sweep = run_sweep(
                scenario, ["targets.all.must=no,yes"], tmp_path / "sweep", parallel=Parallel(executor=threads)
            )
            assert list(sweep.table["status"]) == ["optimal", "infeasible"]
            assert list(sweep.table["folder"] != "") == [True, False]


def test_a_folder_of_other_things_is_left_alone(scenario: Path, tmp_path: Path) -> None:
    """Results are not written among somebody's documents."""
    (tmp_path / "letter.txt").write_text("Dear Sir")
    with pytest.raises(InputError, match="other things"):
        run_sweep(scenario, ["lot=1"], tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.txt", "scenario"]


# --- processes and clusters -----------------------------------------------------------------------------------------


def abort_for_two(problem: Problem) -> Plan:
    """Takes its process down, as an engine's abort does, where the lot is 2."""
    if problem.scenario.lot == "2":
        os.abort()
    return solve_problem(problem)


@pytest.mark.long
def test_a_crash_loses_one_task_alone(scenario: Path, tmp_path: Path) -> None:
    """A solve that aborts is a row that says so; the others are solved; the next sweep tries it again."""
    sweep = run_sweep(scenario, ["lot=1..3"], tmp_path / "sweep", parallel=Parallel(2), solve=abort_for_two)
    assert list(sweep.table["status"]) == ["optimal", "error", "optimal"]
    assert "crashed (exit status -6)" in sweep.table["error"][1]
    again = run_sweep(scenario, ["lot=1..3"], tmp_path / "sweep", parallel=Parallel(1))
    assert list(again.table["status"]) == ["optimal"] * 3
    assert list(again.table["error"]) == [""] * 3


def test_each_task_has_a_process_of_its_own() -> None:
    """Answers and exceptions come back as with any executor; a dead process is told from both."""
    with ProcessPerTask(2) as executor:
        mine, bad, dead = executor.submit(os.getpid), executor.submit(int, "x"), executor.submit(os.abort)
        others = [executor.submit(pow, 2, power) for power in range(2)]
        assert mine.result() != os.getpid()
        assert isinstance(bad.exception(), ValueError)
        assert isinstance(dead.exception(), TaskCrashedError)
        assert [other.result() for other in others] == [1, 2]


@pytest.mark.long
def test_no_scheduler_is_a_clear_message(scenario: Path, tmp_path: Path) -> None:
    """An address at which nothing answers is said to be so."""
    pytest.importorskip("distributed")
    with pytest.raises(InputError, match="no Dask scheduler answers at tcp:"):
        run_sweep(scenario, ["lot=1"], tmp_path / "sweep", parallel=Parallel(cluster="tcp://127.0.0.1:1"))


def test_a_solve_that_fails_is_told(scenario: Path, tmp_path: Path) -> None:
    """Any exception of a solve is its row's alone."""

    def fail(problem: Problem) -> Plan:
        raise ArithmeticError("rounding")

    with ThreadPoolExecutor(1) as threads:
        sweep = run_sweep(scenario, ["lot=1"], tmp_path / "sweep", parallel=Parallel(executor=threads), solve=fail)
    assert sweep.table["error"][0] == "the solve failed: ArithmeticError: rounding"
    assert load(scenario).scenario.lot == "1"
