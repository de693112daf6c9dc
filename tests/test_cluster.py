"""Solving on a Dask cluster: two workers on loopback, the same plan, a worker killed in the middle."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import distributed
import pandas as pd
import pytest
from commands import planner
from small import small

from planner import check_proof
from planner.common.cluster import on_cluster
from planner.common.workers import Parallel
from planner.inputs.loading import load
from planner.model.blocks import SMALLEST_BLOCK, blocks_of
from planner.plans.plan import Plan
from planner.plans.run_folder import read_run, write_run
from planner.solver import Progress, solve_problem
from planner.studies.sweep import run_sweep

BASE = Path(__file__).resolve().parent.parent / "scenarios" / "hoang-su-phi" / "base.yaml"
EXAMPLE = Path(__file__).parent / "cases" / "example" / "scenario.yaml"
QUIET: dict[str, Any] = {
    "dashboard_address": None,
    "host": "127.0.0.1",
    "threads_per_worker": 1,
    "n_workers": 2,
    "processes": True,
}


class Diary(distributed.SchedulerPlugin):
    """What every worker does: (task, worker) of each task that was begun, and of each that was finished."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, str]] = []
        self.finished: list[tuple[str, str]] = []

    def transition(self, key: Any, start: str, finish: str, *args: Any, **kwargs: Any) -> None:
        """Write down what a task goes over to."""
        if finish == "processing":
            place = self.scheduler.tasks[key].processing_on
            self.begun.append((str(key), place.address if place else ""))
        if (start, finish) == ("processing", "memory"):
            self.finished.append((str(key), str(kwargs.get("worker", ""))))

    async def start(self, scheduler: Any) -> None:
        """Keep the scheduler to look tasks up."""
        self.scheduler = scheduler


@pytest.fixture(scope="module")
def cluster() -> Iterator[tuple[distributed.LocalCluster, Diary]]:
    """Two worker processes, and the diary of their work."""
    diary = Diary()
    with distributed.LocalCluster(**QUIET) as running:
        with distributed.Client(running, set_as_default=False) as client:
            client.register_plugin(diary, name="diary")
        # The plugin travels as a copy: the scheduler of a LocalCluster is in this process and holds it.
        yield running, running.scheduler.plugins["diary"]


def same(one: Plan, two: Plan) -> None:
    """Both plans have the same starts, values and bounds, all proven."""
    assert one.status == two.status == "optimal"
    told = ["goal", "sense", "value", "bound", "status"]
    pd.testing.assert_frame_equal(one.goals[told], two.goals[told])
    pd.testing.assert_frame_equal(one.assignments, two.assignments)


@pytest.mark.long
def test_a_cluster_finds_the_same_plan_though_a_worker_dies(
    cluster: tuple[distributed.LocalCluster, Diary], base_run: Path, tmp_path: Path
) -> None:
    """A worker is killed while it solves a part: that part is solved again, no other one, and the plan is the same."""
    running, diary = cluster
    problem = load(BASE)
    killed: list[str] = []

    def kill() -> None:
        while not diary.begun:
            time.sleep(0.01)
        address = diary.begun[0][1]
        killed.append(address)
        # What the nanny at that address watches over ends as a machine does: without a word.
        worker = next(worker for worker in running.workers.values() if worker.worker_address == address)
        os.kill(worker.pid, signal.SIGKILL)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    news: list[Progress] = []
    with on_cluster(running.scheduler_address) as (executor, threads):
        plan = solve_problem(problem, news.append, executor=executor)
    killer.join()
    assert threads == 2
    write_run(plan, tmp_path / "run")
    same(read_run(tmp_path / "run").plan(), read_run(base_run).plan())
    assert {told.of_parts for told in news} == {len({key for key, _ in diary.begun})}
    times = Counter(key for key, _ in diary.begun)
    lost = {key for key, address in diary.begun if address == killed[0]}
    assert times[diary.begun[0][0]] == 2
    assert {key for key, number in times.items() if number > 1} <= lost
    assert set(Counter(key for key, _ in diary.finished).values()) == {1}


def test_the_command_line_solves_on_a_cluster(cluster: tuple[distributed.LocalCluster, Diary], tmp_path: Path) -> None:
    """`planner solve --cluster` hands the parts over and writes the run folder as ever."""
    running, diary = cluster
    before = len(diary.finished)
    folder = tmp_path / "run"
    ended = planner("solve", str(EXAMPLE), "--out", str(folder), "--cluster", running.scheduler_address, "--quiet")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(diary.finished) > before
    assert planner("verify", str(folder)).returncode == 0


def provinces(folder: Path) -> Path:
    """Two offices that share nothing, each as large as a block has to be."""
    size = SMALLEST_BLOCK
    cadres = {f"{office}{number}": {"agency": office} for office in "AB" for number in range(size)}
    of = {office: {"agency": office} for office in "AB"}
    seats = {
        f"of_{office}": {"programmes": ["school", "evening"], "who": who, "per_year": {"max": 2}}
        for office, who in of.items()
    }
    targets = {
        f"in_{office}": {"who": who, "level": {"theory": "advanced"}, "share": 0.1} for office, who in of.items()
    }
    closed = {"school": {"open": None}, "evening": {"open": None}}
    told = {"programmes": closed, "seats": seats, "targets": targets, "goals": ["attainment", "starts", "early"]}
    return small(folder, cadres, dict.fromkeys("AB", size), **told)


@pytest.mark.long
@pytest.mark.parametrize("blocks", [1, 2])
def test_a_plan_of_a_cluster_is_proven_here(
    blocks: int, cluster: tuple[distributed.LocalCluster, Diary], tmp_path: Path
) -> None:
    """`solve --cluster --proof`, parts spread or blocks: `verify --proof` finds every goal certified."""
    file, run = EXAMPLE if blocks == 1 else provinces(tmp_path), tmp_path / "run"
    assert len(blocks_of(load(file))) == blocks
    before = len(cluster[1].finished)
    ended = planner("solve", file, "--cluster", cluster[0].scheduler_address, "--out", run, "--proof", "--quiet")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(cluster[1].finished) >= before + blocks
    checked = check_proof(run)
    assert not checked.findings
    assert set(checked.goals["proven_by"]) == {"certificate"}
    assert planner("verify", run, "--proof").returncode == 0


@pytest.mark.long
def test_a_cluster_gives_the_same_table(cluster: tuple[distributed.LocalCluster, Diary], tmp_path: Path) -> None:
    """A sweep on two workers gives the table that this machine's processes give."""
    running, _ = cluster
    here = run_sweep(EXAMPLE, ["lot=1,2"], tmp_path / "here", parallel=Parallel(2))
    there = run_sweep(EXAMPLE, ["lot=1,2"], tmp_path / "there", parallel=Parallel(cluster=running.scheduler_address))
    pd.testing.assert_frame_equal(here.table.drop(columns="seconds"), there.table.drop(columns="seconds"))


@pytest.mark.long
def test_nobody_at_the_address_is_said_so() -> None:
    """Exit 2 with the address."""
    ended = planner("solve", str(EXAMPLE), "--cluster", "tcp://127.0.0.1:1")
    assert ended.returncode == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:1" in ended.stderr
