"""What a country costs the machine that asks, whole and in blocks: processor seconds and memory, but for the search.

    python benchmarks/blocks.py [--districts 11 33] [--seed 1] [--out benchmarks/results]
    python benchmarks/blocks.py --solve [--districts 33] [--seed 1]
    python benchmarks/blocks.py --commands [--districts 22] [--seed 1]

Whole, everything but the search is done on one core: loading, checking, options, model, cliques, parts, tables. In
blocks (`planner/library/in_blocks.py`) that machine loads, checks, divides, sends, and puts the plan together from one
block after another; the model, cliques and parts of each block are built where it is solved. Each way has a process of
its own, so that its peak memory is its own. The plan of the tables is one in which every tenth cadre starts once: about
as large as usual, not a best one, so its rules are looked at, but not judged.

With `--solve` a country is solved, whole and in blocks, and what both find is printed; with `--commands` it is by
`planner solve` as anybody would type it, without and with `--cluster`, and what the run folders hold is printed. The
scenario's time limit is not theirs: a busy machine would decide what is found.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

from benchmarks.measuring import drawn  # noqa: E402
from benchmarks.outcomes import machine  # noqa: E402
from benchmarks.stages import peak_megabytes  # noqa: E402
from benchmarks.table import markdown  # noqa: E402
from planner import verification  # noqa: E402
from planner.analysis.what_if import reworded  # noqa: E402
from planner.common.departure import pickled_to_leave  # noqa: E402
from planner.common.workers import Parallel, workplace  # noqa: E402
from planner.inputs.loading import load  # noqa: E402
from planner.inputs.problem import Problem  # noqa: E402
from planner.library.in_blocks import block_plan, solve_in_blocks  # noqa: E402
from planner.model.blocks import blocks_of  # noqa: E402
from planner.model.build import build_model  # noqa: E402
from planner.model.check import check_problem  # noqa: E402
from planner.model.matrix import strengthened  # noqa: E402
from planner.model.options import Options, admissible_starts  # noqa: E402
from planner.optimiser.decomposition import parts  # noqa: E402
from planner.plans.plan import Plan, plan_of  # noqa: E402
from planner.solver import solve_problem  # noqa: E402

COUNTRY = 700  # districts
EVERY = 10  # cadres of whom one starts
PATIENCE = 7200.0  # of a solve, on a machine that has other work, too [seconds]

T = TypeVar("T")


class Watch:
    """Processor seconds by stage, and the peak memory [MB] at the end of each."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.megabytes: dict[str, float] = {}

    def time(self, stage: str, work: Callable[[], T]) -> T:
        """Do the work of a stage, or one more piece of it."""
        began = time.process_time()
        done = work()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.process_time() - began
        self.megabytes[stage] = peak_megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        return done


def whole(scenario: Path) -> dict[str, Any]:
    """The stages of the whole."""
    watch = Watch()
    problem = watch.time("loading", lambda: load(scenario))
    options = watch.time("checking", lambda: _checked(problem))
    model = watch.time("model", lambda: build_model(options))
    matrix = watch.time("cliques", lambda: strengthened(model.tables))
    watch.time("parts", lambda: parts(matrix))
    watch.time("tables", lambda: plan_of(options, _some(options), "feasible", pd.DataFrame()))
    return {"cadres": len(problem.cadres), "blocks": 1, **vars(watch)}


def in_blocks(scenario: Path) -> dict[str, Any]:
    """The stages of the same in blocks, of which one at a time is there."""
    watch, sent = Watch(), 0
    problem = watch.time("loading", lambda: load(scenario))
    watch.time("checking", lambda: _checked(problem))
    blocks = watch.time("dividing", lambda: blocks_of(problem))
    for number in range(len(blocks)):
        block = watch.time("dividing", partial(blocks.__getitem__, number))
        sent += len(watch.time("sending", partial(pickled_to_leave, (block_plan, (block, 0.0)))))
    for number in range(len(blocks)):
        block = watch.time("dividing", partial(blocks.__getitem__, number))
        options = watch.time("options", partial(admissible_starts, block))
        plan = watch.time("tables", partial(plan_of, options, _some(options), "feasible", pd.DataFrame()))
        watch.time("rules", partial(_findings, block, plan.assignments))
    return {"cadres": len(problem.cadres), "blocks": len(blocks), "megabytes_sent": sent / 1e6, **vars(watch)}


def solved(scenario: Path, solve: Callable[[Problem], Plan]) -> dict[str, Any]:
    """What a solve takes of this machine, and what it finds, whatever the scenario says of its time."""
    problem = load(scenario)
    patient = problem.scenario.solver.model_copy(update={"time_limit_s": PATIENCE})
    problem = reworded(problem, lambda said: said.model_copy(update={"solver": patient}))
    began = time.perf_counter()
    plan = solve(problem)
    seconds = time.perf_counter() - began
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "status": plan.status,
        "values": dict(zip(map(str, plan.goals["goal"]), plan.goals["value"], strict=True)),
        "starts": len(plan.assignments),
        "sha256": hashlib.sha256(plan.assignments.to_csv(index=False).encode()).hexdigest(),
        "seconds": seconds,
        "processor_seconds": sum(used.ru_utime + used.ru_stime for used in (own, others)),
        "megabytes": peak_megabytes(own.ru_maxrss),
        "worker_megabytes": peak_megabytes(others.ru_maxrss),
    }


def _in_processes(problem: Problem) -> Plan:
    with workplace(Parallel()) as (executor, _):
        return solve_in_blocks(problem, executor)


def commanded(scenario: Path, *, on_cluster: bool) -> dict[str, Any]:
    """What `planner solve` takes of this machine and of a cluster of two workers on it, and the run that it writes.

    The memory is that of the command alone; the processor seconds are the command's, and the workers' beside them.
    """
    with tempfile.TemporaryDirectory() as folder, _cluster(on_cluster) as address:
        run = Path(folder) / "run"
        command = [sys.executable, "-m", "planner", "solve", str(scenario), "--out", str(run), "--quiet"]
        command += ["--set", f"solver.time_limit_s={PATIENCE:.0f}", *(["--cluster", address] if address else [])]
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        found = {
            "exit": process.returncode,
            "seconds": time.perf_counter() - began,
            "processor_seconds": used.ru_utime + used.ru_stime,
            "megabytes": peak_megabytes(used.ru_maxrss),
        }
        goals = pd.read_csv(run / "goals.csv", dtype=str, keep_default_na=False)
        found["values"] = dict(zip(goals["goal"], goals["value"], strict=True))
        found["proven"] = int((goals["status"] == "optimal").sum())
        found["sha256"] = hashlib.sha256((run / "assignments.csv").read_bytes()).hexdigest()
    if on_cluster:  # its processes have ended by now
        workers = resource.getrusage(resource.RUSAGE_CHILDREN)
        found["workers_processor_seconds"] = workers.ru_utime + workers.ru_stime - found["processor_seconds"]
        found["largest_megabytes"] = peak_megabytes(workers.ru_maxrss)
    return found


@contextmanager
def _cluster(wanted: bool) -> Iterator[str]:
    """The address of a cluster of two workers on this machine; empty where none is wanted."""
    if not wanted:
        yield ""
        return
    from dask import distributed

    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as running:
        yield running.scheduler_address


WAYS: dict[str, Callable[[Path], dict[str, Any]]] = {"whole": whole, "in_blocks": in_blocks}
SOLVES: dict[str, Callable[[Path], dict[str, Any]]] = {
    "solve_whole": partial(solved, solve=solve_problem),
    "solve_in_blocks": partial(solved, solve=_in_processes),
}
COMMANDS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "planner solve": partial(commanded, on_cluster=False),
    "planner solve --cluster": partial(commanded, on_cluster=True),
}


def measured(scenario: Path, ways: Collection[str] = tuple(WAYS)) -> dict[str, Any]:
    """Both ways, each in a process of its own."""
    found = {}
    for way in ways:
        told = subprocess.run(
            [sys.executable, __file__, "--one", way, str(scenario)], check=True, capture_output=True, text=True
        )
        found[way] = json.loads(told.stdout)
    return found


def _checked(problem: Problem) -> Options:
    """The admissible starts, after every warning was looked for, as `planner solve` does first."""
    found = check_problem(problem)
    len(found.warnings)
    return found.options


def _findings(block: Problem, assignments: pd.DataFrame) -> int:
    return sum(1 for _ in verification.plan_findings(block, assignments))


def _some(options: Options) -> np.ndarray:
    """The first option of every tenth cadre."""
    return options.frame.drop_duplicates("cadre").index.to_numpy()[::EVERY]


def shown(found: dict[int, dict[str, Any]]) -> str:
    """The stages side by side, how each grows, and the country on paper."""
    rows = []
    for districts, each in found.items():
        for way, own in each.items():
            told = ", ".join(f"{stage} {figure:.2f}" for stage, figure in own["seconds"].items())
            ratio = sum(own["seconds"].values()) / sum(each["whole"]["seconds"].values())
            rows.append(
                [
                    f"{districts}",
                    f"{own['cadres']:,}",
                    f"{way.replace('_', ' ')} ({own['blocks']})",
                    told,
                    f"{sum(own['seconds'].values()):.2f}",
                    f"{ratio:.2f}",
                    f"{own['megabytes']['loading']:,.0f}",
                    f"{max(own['megabytes'].values()):,.0f}",
                ]
            )
    columns = ["districts", "cadres", "way (blocks)", "stages [processor s]", "together", "times whole"]
    table = markdown([*columns, "MB loaded", "peak MB"], rows)
    return f"{table}\n\n{_growth(found)}\n\n{_paper(found)}"


def _last_two(found: dict[int, dict[str, Any]], way: str) -> tuple[dict[str, Any], dict[str, Any], float]:
    """The two largest sizes, and how many times the cadres of the first the second has."""
    small, large = (each[way] for _, each in sorted(found.items())[-2:])
    return small, large, large["cadres"] / small["cadres"]


def _growth(found: dict[int, dict[str, Any]]) -> str:
    """With which power of the cadres each stage grows, between the two largest sizes."""
    rows = []
    for way in WAYS:
        small, large, times = _last_two(found, way)
        for stage, seconds in large["seconds"].items():
            rows.append([way.replace("_", " "), stage, f"{_power(small['seconds'][stage], seconds, times):.2f}"])
        peaks = [max(each["megabytes"].values()) for each in (small, large)]
        rows.append([way.replace("_", " "), "peak MB", f"{_power(*peaks, times):.2f}"])
    return markdown(["way", "stage", "grows with the cadres to the power of"], rows)


def _power(small: float, large: float, times: float) -> float:
    return math.log(large / small) / math.log(times)


def _paper(found: dict[int, dict[str, Any]]) -> str:
    """The country from the two largest sizes: straight on, or with the power seen where that is more than 1."""
    told = []
    for way in WAYS:
        small, large, times = _last_two(found, way)
        more = COUNTRY / max(found)
        figures = []
        for figure, measure in ((sum, "seconds"), (max, "megabytes")):
            before, last = (figure(each[measure].values()) for each in (small, large))
            straight = last + (last - before) / (times - 1) * times * (more - 1)
            figures.append(max(straight, last * more ** _power(before, last, times)))
        told.append(f"{way.replace('_', ' ')} {figures[0]:.0f} s and {figures[1] / 1000:.1f} GB")
    return f"On paper, {COUNTRY} districts, one core, without search, run folder and report: {'; '.join(told)}."


def main() -> None:
    """Parse, measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--districts", type=int, nargs="+", default=[11, 33], help="two sizes or more [districts]")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="a folder for blocks.md and blocks.json")
    parser.add_argument(
        "--one", nargs=2, metavar=("WAY", "SCENARIO"), help="measure one way alone, and print it as JSON"
    )
    parser.add_argument("--solve", action="store_true", help="solve, whole and in blocks, and print both as JSON")
    parser.add_argument(
        "--commands", action="store_true", help="the same by `planner solve`, with and without --cluster"
    )
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps((WAYS | SOLVES | COMMANDS)[asked.one[0]](Path(asked.one[1]))))
        return
    found, here = {}, machine()
    ways = SOLVES if asked.solve else COMMANDS if asked.commands else WAYS
    for districts in sorted(asked.districts):
        with tempfile.TemporaryDirectory() as folder:
            found[districts] = measured(drawn("country", districts, asked.seed, Path(folder)), ways)
    if asked.solve or asked.commands:
        print(json.dumps(found, indent=1))
        return
    told = f"{here['date']}, {here['processor']}, {here['cores']} cores, load {here['load']} at the start"
    head = f"## blocks\n\n- {told}\n- seed {asked.seed}; processor seconds, not the clock"
    text = f"{head}\n\n{shown(found)}\n"
    print(text)
    if asked.out:
        (asked.out / "blocks.md").write_text(text, encoding="utf-8")
        (asked.out / "blocks.json").write_text(
            json.dumps({"machine": here, "found": found}, indent=1), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
